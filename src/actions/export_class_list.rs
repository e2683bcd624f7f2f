//! The ordered list of a class as a table, for its homeroom teacher and the office: what the page of numbers shows, with
//! each place beside its interval. [`announce`] leaves the audit line before the first byte.

use super::{
    Acted, export_tables,
    published_class::{self, Period},
};
use crate::{
    domain::{actor::Call, class_list::places, ids::ClassId, published::Number},
    exchange::{
        exports::{self, Headings, ListRow},
        table::Sheet,
    },
    storage::{Db, Tx},
};

/// Leaves the audit line.
///
/// # Errors
/// `Forbidden` for whoever does not lead the class; `NotFound` for a period that is not published.
pub fn announce(tx: &mut Tx<'_>, call: &Call, class: &ClassId, asked: &str) -> Acted<()> {
    call.actor.lead_class(class)?;
    let period = period(tx, call, class, asked)?;
    let (object, detail) = (
        format!("class/{class}"),
        format!("round={}", period.value()),
    );
    Ok(tx.record(call, "results.export", &object, &detail)?)
}

fn period(db: &mut Db, call: &Call, class: &ClassId, asked: &str) -> Acted<Period> {
    let published = published_class::published_rounds(db, call, class)?;
    published_class::period(&published, asked)
}

/// The list by place; children without one after them by student number. Marked with who and when.
pub fn build(
    db: &mut Db,
    call: &Call,
    class: &ClassId,
    asked: &str,
    headings: Headings,
) -> Acted<Sheet> {
    let permit = call.actor.lead_class(class)?;
    let period = period(db, call, class, asked)?;
    let children = published_class::children(db, &permit, call, &period.round)?;
    let numbers: Vec<&Number> = children.iter().map(|c| period.number(&c.results)).collect();
    let placed = children.iter().zip(&numbers).zip(places(&numbers));
    let mut rows: Vec<ListRow> = placed
        .map(|((child, number), place)| ListRow {
            student_no: child.child.student_no.clone(),
            name: child.child.name.clone(),
            seat: child.child.seat,
            voices: number.voices.map(|voice| voice.said),
            heard: format!("{}/{}", number.heard_of.0, number.heard_of.1),
            score: number.score,
            points: number.points.as_deref().and_then(|text| text.parse().ok()),
            se: number.se,
            place: place.map(|p| (p.place, p.low, p.high)),
            provisional: number.provisional.is_some(),
        })
        .collect();
    rows.sort_by_key(|row| (row.place.is_none(), row.place, row.student_no.clone()));
    let sheet = exports::class_list(&rows, headings);
    Ok(sheet.marked(headings, export_tables::watermark(db, call)?))
}
