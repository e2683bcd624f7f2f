//! The seating plan of a class: kept by whoever leads it, used by the page of praises and by the bias watch of the
//! class's portrait. A child that left the class leaves its seat empty.

use super::{Acted, class_desk, class_desk::ClassDesk};
use crate::{
    domain::{
        actor::{Call, ClassPermit},
        ids::ClassId,
        seating::Plan,
    },
    storage::{
        Db, Tx,
        classroom::{self, SeatRow},
        students::StudentRow,
    },
};

/// The plan of these children; empty where none was made.
pub fn plan(
    db: &mut Db,
    call: &Call,
    permit: &ClassPermit,
    children: &[StudentRow],
) -> Acted<Plan> {
    let rows = classroom::seats(db, permit, &call.school)?;
    let seat = |row: SeatRow| {
        let at = (usize::try_from(row.line), usize::try_from(row.place));
        let (Ok(line), Ok(place)) = at else {
            return None;
        };
        Some(((line, place), row.student_id))
    };
    let mut plan = Plan(rows.into_iter().filter_map(seat).collect());
    plan.0
        .retain(|_, id| children.iter().any(|child| child.id == *id));
    Ok(plan)
}

/// A class with the plan of those who are in it today, for whoever leads it.
pub fn load(db: &mut Db, call: &Call, class: &ClassId) -> Acted<(ClassDesk, Plan)> {
    let permit = call.actor.lead_class(class)?;
    let desk = class_desk::desk(db, call, class)?;
    let plan = plan(db, call, &permit, &desk.children)?;
    Ok((desk, plan))
}

/// Keeps a plan in place of the one before; an empty one takes it away. `how` is for the audit.
///
/// # Errors
/// `NotFound` out of scope, `Forbidden` for a subject teacher.
pub fn keep(tx: &mut Tx<'_>, call: &Call, class: &ClassId, plan: &Plan, how: &str) -> Acted<()> {
    let permit = call.actor.lead_class(class)?;
    let number = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    let row = |((line, place), id): (&(usize, usize), &String)| SeatRow {
        school_id: call.school.to_string(),
        class_id: class.to_string(),
        student_id: id.clone(),
        line: number(*line),
        place: number(*place),
    };
    let rows: Vec<SeatRow> = plan.0.iter().map(row).collect();
    classroom::set_seats(tx, &permit, &call.school, &rows)?;
    let detail = format!("{how} seats={}", rows.len());
    Ok(tx.record(call, "seats.keep", &format!("class/{class}"), &detail)?)
}
