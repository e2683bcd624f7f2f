//! The consent register: what each child's family said to which version of the notice, and how. Written by the office
//! from paper, and by the family itself over its link. Refusing leaves the child's basic service: no screen, nobody deals
//! it classmates. While it stands the child's links are over (S-43, `family_door`), but for the one over which the family
//! itself refused: that one still leads to the page of rights, so that the decision can be taken back as easily.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::{Acted, new_id, redeal};
use crate::{
    domain::{
        actor::{Actor, Call},
        credential::Withdrawal,
        home_rights::{NOTICE, asks},
        ids::{ClassId, SchoolId, StudentId},
        refusal::Refusal,
    },
    storage::{
        Db, Tx, credentials, credentials::Of, home_rights, home_rights::ConsentRow, schools,
        students, students::StudentRow,
    },
};

/// How an answer came.
pub const PAPER: &str = "paper";
const LINK: &str = "link";

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
    note(tx, call, &child, given, on, PAPER)?;
    consequences(tx, call, class, &child, given)
}

/// Only who refuses, or no longer refuses, changes who rates whom and who is on screens. Badges taken along hold no
/// longer once the family refuses, for it could not take them back any more.
fn consequences(
    tx: &mut Tx<'_>,
    call: &Call,
    class: &ClassId,
    child: &StudentRow,
    given: bool,
) -> Acted<()> {
    if !given {
        let (of, why) = (Of::Child(&child.id), Withdrawal::Home);
        credentials::withdraw(tx, &call.school, of, why, call.now)?;
    }
    if (child.consent == "refused") == given {
        // Whoever decided does not see the class; the machine deals again.
        let machine = Call::system(call.school.clone(), call.now, call.today);
        let moved = redeal::classes(tx, &machine, [class])?;
        tx.record(
            call,
            "round.redeal",
            &format!("class/{class}"),
            &moved.to_string(),
        )?;
    }
    Ok(schools::touch_board(tx, &call.school)?)
}

/// A family decides for its child over its link; any time, and as often as it likes.
///
/// # Errors
/// `NotFound` for anybody but a family; `Stale` where it answers an older notice than the one in force.
pub fn decide(tx: &mut Tx<'_>, call: &Call, given: bool, notice: i32) -> Acted<()> {
    let Actor::Family { student, class, .. } = &call.actor else {
        return Err(Refusal::NotFound.into());
    };
    if notice != NOTICE {
        return Err(Refusal::Stale.into());
    }
    let permit = call.actor.see_child(student, class)?;
    let child = students::get(tx, &permit, &call.school)?;
    note(tx, call, &child, given, call.today, LINK)?;
    consequences(tx, call, class, &child, given)
}

/// Whether the family is asked before anything else: it said nothing yet, or to an older notice only.
///
/// # Errors
/// `NotFound` for anybody but a family.
pub fn is_asked(db: &mut Db, call: &Call) -> Acted<bool> {
    let Actor::Family { student, class, .. } = &call.actor else {
        return Err(Refusal::NotFound.into());
    };
    let permit = call.actor.see_child(student, class)?;
    let child = students::get(db, &permit, &call.school)?;
    let newest = home_rights::consents_of(db, &permit, &call.school)?;
    Ok(asks(answered(&child, newest.first())))
}

/// The version of the notice that a child's family answered last. A register that began without rows holds answers to
/// the first one.
fn answered(child: &StudentRow, newest: Option<&ConsentRow>) -> Option<i32> {
    match newest {
        Some(row) => Some(row.notice),
        None if child.consent == "notice" => None,
        None => Some(1),
    }
}

/// The newest decision about each child of a class, by child.
pub fn newest(
    db: &mut Db,
    call: &Call,
    class: &ClassId,
    children: &[StudentRow],
) -> Acted<HashMap<String, ConsentRow>> {
    call.actor.run_school()?;
    let permit = call.actor.see_class(class)?;
    let ids: Vec<String> = children.iter().map(|c| c.id.clone()).collect();
    let rows = home_rights::consents_among(db, &permit, &call.school, &ids)?;
    let mut found = HashMap::new();
    for row in rows {
        found.entry(row.student_id.clone()).or_insert(row);
    }
    Ok(found)
}

/// Whether the family itself refused over this link, and nothing was said since.
pub fn refused_over(
    db: &mut Db,
    school: &SchoolId,
    student: &StudentId,
    link: &str,
) -> Acted<bool> {
    let newest = home_rights::newest_consent(db, school, student)?;
    let is_this =
        |row: ConsentRow| row.decision == "refused" && row.how == LINK && row.by_id == link;
    Ok(newest.is_some_and(is_this))
}

/// Enters a signed paper for every child of the class that has no entry yet; returns how many.
pub fn class_paper(tx: &mut Tx<'_>, call: &Call, class: &ClassId, on: NaiveDate) -> Acted<usize> {
    let children = of_class(tx, call, class)?;
    let open: Vec<StudentRow> = children
        .into_iter()
        .filter(|s| s.consent == "notice")
        .collect();
    for child in &open {
        note(tx, call, child, true, on, PAPER)?;
    }
    if open.is_empty() {
        tx.record(call, "consent.none", &format!("class/{class}"), "")?;
    }
    Ok(open.len())
}

fn note(
    tx: &mut Tx<'_>,
    call: &Call,
    child: &StudentRow,
    given: bool,
    on: NaiveDate,
    how: &str,
) -> Acted<()> {
    if on > call.today {
        return Err(Refusal::Invalid("consent-date".to_owned()).into());
    }
    let entry = if given { "consented" } else { "refused" };
    let permit = Actor::System.run_school()?;
    students::set_consent(tx, &permit, &call.school, &child.id, entry, on)?;
    register(tx, call, &child.id, entry, how, on)?;
    let object = format!("student/{}", child.id);
    let detail = format!("{entry} {how} notice={NOTICE}");
    Ok(tx.record(call, "consent.enter", &object, &detail)?)
}

/// Adds a line to the register; the student's own column is the caller's.
pub fn register(
    tx: &mut Tx<'_>,
    call: &Call,
    student: &str,
    entry: &str,
    how: &str,
    on: NaiveDate,
) -> Acted<()> {
    let row = ConsentRow {
        school_id: call.school.to_string(),
        id: new_id(),
        student_id: student.to_owned(),
        notice: NOTICE,
        decision: entry.to_owned(),
        how: how.to_owned(),
        by_id: call.actor.id().to_owned(),
        said_on: on,
        said_at: call.now,
    };
    Ok(home_rights::add_consent(tx, &row)?)
}
