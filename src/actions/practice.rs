//! The practice round: offered to a child once a term, and kept as played. What was tapped in it is not kept.

use super::{Acted, term_votes::read_rubric, terms};
use crate::{
    domain::{
        actor::{Actor, Call},
        ids::StudentId,
        refusal::Refusal,
        rubric::Segment,
    },
    storage::{Db, Tx, practices, practices::PracticeRow, schools::TermRow},
};

/// The term in which the child may still practise; none between terms and after it did.
pub fn offered(db: &mut Db, call: &Call) -> Acted<Option<TermRow>> {
    let child = child(call)?;
    let Some(term) = terms::present(db, call)? else {
        return Ok(None);
    };
    let done = practices::is_done(db, &call.school, &term.id, &child)?;
    Ok((!done).then_some(term))
}

/// The labels of the anchors that the term's sheets have.
pub fn anchors(db: &mut Db, call: &Call, term: &TermRow, segment: Segment) -> Acted<Vec<String>> {
    let rubric = read_rubric(db, &call.school, &term.rubric_id)?;
    Ok(rubric.anchors.of(segment).to_vec())
}

/// Keeps that the child has practised; a second time is no error and changes nothing.
///
/// # Errors
/// `NotFound` between terms.
pub fn finish(tx: &mut Tx<'_>, call: &Call) -> Acted<()> {
    let child = child(call)?;
    let term = terms::present(tx, call)?.ok_or(Refusal::NotFound)?;
    let again = practices::is_done(tx, &call.school, &term.id, &child)?;
    if !again {
        let row = PracticeRow {
            school_id: call.school.to_string(),
            term_id: term.id.clone(),
            student_id: child.to_string(),
            done_at: call.now,
        };
        practices::add(tx, &row)?;
    }
    let detail = if again { "again" } else { "" };
    Ok(tx.record(call, "practice.done", &format!("term/{}", term.id), detail)?)
}

fn child(call: &Call) -> Acted<StudentId> {
    match &call.actor {
        Actor::Student { id, .. } => Ok(id.clone()),
        _ => Err(Refusal::Forbidden.into()),
    }
}
