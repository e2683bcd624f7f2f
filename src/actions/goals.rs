//! A child's small goal: set, done, confirmed by teacher or family, or dropped. The child's own, its family's and its
//! homeroom teacher's business.

use super::{Acted, class_room::current_term, new_hidden_id, recognize, rounds::graded};
use crate::{
    domain::{
        actor::{Actor, Call, ChildPermit, ChildView},
        compliments::DIMENSIONS,
        goals::{Stage, find as find_ready, judge},
        ids::{ClassId, StudentId},
        refusal::Refusal,
    },
    storage::{Db, Tx, goals, goals::GoalRow, students},
};

/// A goal that a child sets: a ready one, or a star and own words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NewGoal {
    /// Id of one of [`READY`](crate::domain::goals::READY); empty for own words.
    pub ready: String,
    pub dimension: String,
    /// Judged by grade and length.
    pub words: String,
}

/// What the child says about its goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Done,
    NotYet,
    Drop,
}

/// How far a stored goal is.
pub fn stage(row: &GoalRow) -> Stage {
    Stage::of(
        row.done_at.is_some(),
        row.confirmed_at.is_some(),
        row.dropped_at.is_some(),
    )
}

/// Sets a goal.
///
/// # Errors
/// `WrongState` while another one is on; `Invalid` for a ready goal or a star there is none of; refusals of [`judge`].
pub fn set(tx: &mut Tx<'_>, call: &Call, new: &NewGoal) -> Acted<()> {
    let (me, class, permit) = child(call)?;
    let grade = grade(tx, call, class)?;
    let (ready, dimension, text) = if new.ready.is_empty() {
        let words = judge(&new.words, grade)?;
        let star = DIMENSIONS.iter().find(|star| **star == new.dimension);
        let star = star.ok_or_else(|| Refusal::Invalid("dimension".to_owned()))?;
        ("", *star, words)
    } else {
        let found = find_ready(&new.ready).ok_or_else(|| Refusal::Invalid("goal".to_owned()))?;
        (found.id, found.dimension, String::new())
    };
    let term = current_term(tx, call)?.id;
    let before = goals::of_child(tx, &permit, &call.school, &term)?;
    if before.iter().any(|row| stage(row).is_on()) {
        return Err(Refusal::WrongState.into());
    }
    let row = GoalRow {
        school_id: call.school.to_string(),
        id: new_hidden_id(),
        student_id: me.to_string(),
        term_id: term,
        dimension: dimension.to_owned(),
        ready: ready.to_owned(),
        text,
        set_at: call.now,
        done_at: None,
        confirmed_kind: None,
        confirmed_by: None,
        confirmed_at: None,
        dropped_at: None,
    };
    goals::add(tx, &permit, &row)?;
    Ok(tx.record(call, "goal.set", &format!("goal/{}", row.id), "")?)
}

/// The child says that the goal is done, or not yet after all, or drops it. Saying it twice changes nothing.
///
/// # Errors
/// `NotFound` for anybody else's goal, `WrongState` for one that is reached or dropped.
pub fn step(tx: &mut Tx<'_>, call: &Call, id: &str, step: Step) -> Acted<()> {
    let (_, _, permit) = child(call)?;
    let mut row = find(tx, call, &permit, id)?;
    if !stage(&row).is_on() {
        return Err(Refusal::WrongState.into());
    }
    let action = match step {
        Step::Done => {
            row.done_at = row.done_at.or(Some(call.now));
            "goal.done"
        }
        Step::NotYet => {
            row.done_at = None;
            "goal.undone"
        }
        Step::Drop => {
            row.dropped_at = Some(call.now);
            "goal.drop"
        }
    };
    goals::change(tx, &permit, &row)?;
    Ok(tx.record(call, action, &format!("goal/{id}"), "")?)
}

/// The family or the homeroom teacher confirm that a goal is reached; twice changes nothing.
///
/// # Errors
/// `NotFound` out of scope, `Forbidden` for a subject teacher and for the child itself, `WrongState` for a goal that
/// the child has not called done.
pub fn confirm(tx: &mut Tx<'_>, call: &Call, student: &StudentId, id: &str) -> Acted<()> {
    let class = students::class_on(tx, &call.school, student, call.today)?;
    let permit = call.actor.see_child(student, &class)?;
    let family = matches!(call.actor, Actor::Family { .. });
    if !family && permit.view() != ChildView::AllSteps {
        return Err(Refusal::Forbidden.into());
    }
    let mut row = find(tx, call, &permit, id)?;
    match stage(&row) {
        Stage::Waiting => {
            row.confirmed_kind = Some(if family { "family" } else { "teacher" }.to_owned());
            row.confirmed_by = Some(call.actor.id().to_owned());
            row.confirmed_at = Some(call.now);
            goals::change(tx, &permit, &row)?;
        }
        Stage::Reached => {}
        Stage::Open | Stage::Dropped => return Err(Refusal::WrongState.into()),
    }
    tx.record(call, "goal.confirm", &format!("goal/{id}"), "")?;
    recognize::after_change(tx, call, &[student.to_string()])
}

fn find(db: &mut Db, call: &Call, permit: &ChildPermit, id: &str) -> Acted<GoalRow> {
    let term = current_term(db, call)?.id;
    let rows = goals::of_child(db, permit, &call.school, &term)?;
    let found = rows.into_iter().find(|row| row.id == id);
    found.ok_or_else(|| Refusal::NotFound.into())
}

fn grade(db: &mut Db, call: &Call, class: &ClassId) -> Acted<u32> {
    let row = students::class(db, &call.school, class)?;
    let grade = graded(&row, call.today).and_then(|(_, grade)| u32::try_from(grade).ok());
    Ok(grade.unwrap_or(1))
}

fn child(call: &Call) -> Result<(&StudentId, &ClassId, ChildPermit), Refusal> {
    match &call.actor {
        Actor::Student { id, class } => Ok((id, class, call.actor.see_child(id, class)?)),
        _ => Err(Refusal::Forbidden),
    }
}
