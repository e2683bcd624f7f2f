//! Closing a class's term: what is still open is said, a child of whom nobody told anything lately needs a reason
//! (product.md, rule 8), and from then on the term's comments stand as they are. Opened again by the same people.

use std::collections::{BTreeMap, HashMap};

use super::{
    Acted, appeals, class_desk,
    class_desk::ClassDesk,
    class_room::current_term,
    moments, new_id,
    term_comments::{self, staff_names},
};
use crate::{
    domain::{
        actor::Call,
        closing::reasons,
        ids::{ClassId, SchoolId},
        refusal::Refusal,
        term_comment::State,
    },
    storage::{
        Db, Tx, closings,
        closings::{ClosingReasonRow, ClosingRow},
        schools::TermRow,
        students,
    },
};

/// A class at its term's end.
#[derive(Clone, Debug)]
pub struct TermEnd {
    pub desk: ClassDesk,
    pub term: TermRow,
    /// Children of whom nobody told anything lately, by seat.
    pub unseen: Vec<String>,
    /// Term comments that are final.
    pub comments: usize,
    pub released: bool,
    /// Moments and goals, badges and appeals that wait.
    pub moments: usize,
    pub badges: usize,
    pub appeals: usize,
    pub closed: Option<Closed>,
}

/// A closing that stands.
#[derive(Clone, Debug)]
pub struct Closed {
    pub row: ClosingRow,
    pub by: String,
    /// Reason by child.
    pub reasons: HashMap<String, String>,
}

/// Loads the end of a class's term.
///
/// # Errors
/// `NotFound` out of scope, `Forbidden` for a subject teacher.
pub fn load(db: &mut Db, call: &Call, class: &ClassId) -> Acted<TermEnd> {
    let permit = call.actor.lead_class(class)?;
    let desk = class_desk::desk(db, call, class)?;
    let term = current_term(db, call)?;
    let comments = term_comments::of_class(db, call, class)?;
    let told = moments::brief(db, call, &desk)?;
    let awards = class_desk::awards(db, call, &desk)?;
    let filed = appeals::of_class(db, call, class)?;
    let closed = match closings::standing(db, &call.school, &term.id, class)? {
        None => None,
        Some(row) => {
            let why = closings::reasons(db, &permit, &call.school, &row.id)?;
            Some(closed(db, call, row, why)?)
        }
    };
    Ok(TermEnd {
        unseen: told.untold,
        comments: comments.count(State::Final),
        released: comments.released_at.is_some(),
        moments: told.waiting,
        badges: awards
            .iter()
            .filter(|a| class_desk::waits(&desk, a))
            .count(),
        appeals: filed.iter().filter(|one| appeals::is_open(one)).count(),
        desk,
        term,
        closed,
    })
}

fn closed(db: &mut Db, call: &Call, row: ClosingRow, why: Vec<ClosingReasonRow>) -> Acted<Closed> {
    let names = staff_names(db, call, [row.closed_by.as_str()].into_iter())?;
    Ok(Closed {
        by: names.get(&row.closed_by).cloned().unwrap_or_default(),
        reasons: why.into_iter().map(|w| (w.student_id, w.reason)).collect(),
        row,
    })
}

/// Closes the term of a class; `said` are reasons by child. Twice changes nothing.
///
/// # Errors
/// Those of [`load`]; `Invalid("closing-reason")` where an unseen child has no reason.
pub fn close(
    tx: &mut Tx<'_>,
    call: &Call,
    class: &ClassId,
    said: &BTreeMap<String, String>,
) -> Acted<()> {
    let permit = call.actor.lead_class(class)?;
    let end = load(tx, call, class)?;
    let object = format!("class/{class}/term/{}", end.term.id);
    if end.closed.is_some() {
        return Ok(tx.record(call, "term.close", &object, "again")?);
    }
    let row = ClosingRow {
        school_id: call.school.to_string(),
        id: new_id(),
        term_id: end.term.id,
        class_id: class.to_string(),
        closed_by: call.actor.id().to_owned(),
        closed_at: call.now,
        reopened_by: None,
        reopened_at: None,
    };
    let reason = |(student_id, reason)| ClosingReasonRow {
        school_id: row.school_id.clone(),
        closing_id: row.id.clone(),
        student_id,
        reason,
    };
    let given = reasons(&end.unseen, said)?;
    let why: Vec<ClosingReasonRow> = given.into_iter().map(reason).collect();
    closings::add(tx, &permit, &row, &why)?;
    Ok(tx.record(
        call,
        "term.close",
        &object,
        &format!("unseen={}", why.len()),
    )?)
}

/// Opens a closed term of a class again.
///
/// # Errors
/// Those of [`load`]; `WrongState` where it is not closed.
pub fn reopen(tx: &mut Tx<'_>, call: &Call, class: &ClassId) -> Acted<()> {
    let permit = call.actor.lead_class(class)?;
    let term = current_term(tx, call)?;
    let row = closings::standing(tx, &call.school, &term.id, class)?;
    let row = row.ok_or(Refusal::WrongState)?;
    closings::reopen(
        tx,
        &permit,
        &call.school,
        &row.id,
        call.actor.id(),
        call.now,
    )?;
    let object = format!("class/{class}/term/{}", term.id);
    Ok(tx.record(call, "term.reopen", &object, "")?)
}

/// Refuses where the class's term is closed.
///
/// # Errors
/// `TermClosed`.
pub fn need_open(db: &mut Db, school: &SchoolId, term: &str, class: &ClassId) -> Acted<()> {
    match closings::standing(db, school, term, class)? {
        Some(_) => Err(Refusal::TermClosed.into()),
        None => Ok(()),
    }
}

/// Every class of the school at its term's end, in order of grade and number; for the office.
///
/// # Errors
/// `Forbidden` for anybody else.
pub fn of_school(db: &mut Db, call: &Call) -> Acted<Vec<TermEnd>> {
    call.actor.run_school()?;
    let classes = students::classes(db, &call.school)?;
    let mut ends = Vec::with_capacity(classes.len());
    for class in classes {
        let end = load(db, call, &ClassId::new(class.id))?;
        if !end.desk.children.is_empty() {
            ends.push(end);
        }
    }
    Ok(ends)
}
