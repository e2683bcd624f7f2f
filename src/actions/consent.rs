//! The consent register: what each child's family said to the notice. Written by the office from paper.

use chrono::NaiveDate;

use super::{Acted, redeal};
use crate::{
    domain::{actor::Call, ids::ClassId, refusal::Refusal},
    storage::{Db, Tx, schools, students, students::StudentRow},
};

/// The children of a class with their entries.
pub fn of_class(db: &mut Db, call: &Call, class: &ClassId) -> Acted<Vec<StudentRow>> {
    call.actor.run_school()?;
    let permit = call.actor.see_class(class)?;
    Ok(students::of_class(db, &permit, &call.school, call.today)?)
}

/// Enters one child's answer.
pub fn enter(
    tx: &mut Tx<'_>,
    call: &Call,
    class: &ClassId,
    student: &str,
    given: bool,
    on: NaiveDate,
) -> Acted<()> {
    let child = of_class(tx, call, class)?
        .into_iter()
        .find(|s| s.id == student)
        .ok_or(Refusal::NotFound)?;
    note(tx, call, &child, given, on)?;
    // Only who refuses, or no longer refuses, changes who rates whom.
    if (child.consent == "refused") == given {
        let moved = redeal::classes(tx, call, [class])?;
        tx.record(
            call,
            "round.redeal",
            &format!("class/{class}"),
            &moved.to_string(),
        )?;
    }
    schools::touch_board(tx, &call.school)?;
    Ok(())
}

/// Enters a signed paper for every child of the class that has no entry yet; returns how many.
pub fn class_paper(tx: &mut Tx<'_>, call: &Call, class: &ClassId, on: NaiveDate) -> Acted<usize> {
    let children = of_class(tx, call, class)?;
    let open: Vec<StudentRow> = children
        .into_iter()
        .filter(|s| s.consent == "notice")
        .collect();
    for child in &open {
        note(tx, call, child, true, on)?;
    }
    if open.is_empty() {
        tx.record(call, "consent.none", &format!("class/{class}"), "")?;
    }
    Ok(open.len())
}

fn note(tx: &mut Tx<'_>, call: &Call, child: &StudentRow, given: bool, on: NaiveDate) -> Acted<()> {
    let permit = call.actor.run_school()?;
    if on > call.today {
        return Err(Refusal::Invalid("consent-date".to_owned()).into());
    }
    let entry = if given { "consented" } else { "refused" };
    students::set_consent(tx, &permit, &call.school, &child.id, entry, on)?;
    tx.record(
        call,
        "consent.enter",
        &format!("student/{}", child.id),
        entry,
    )?;
    Ok(())
}
