//! The rubric in force today, for the office's view and for what posts may check.

use super::{Acted, term_votes::read_rubric};
use crate::{
    domain::{actor::Call, refusal::Refusal, rubric::Rubric},
    storage::{Db, rounds, schools},
};

/// The rubric in force today, for the office's view: its version, document, and the round that froze it.
pub fn rubric_now(db: &mut Db, call: &Call) -> Acted<(schools::RubricRow, Rubric, Option<String>)> {
    call.actor.run_school()?;
    let terms = schools::terms(db, &call.school)?;
    let now = terms.iter().rev().find(|t| t.starts_on <= call.today);
    let term = now.or(terms.first());
    let versions = schools::rubrics(db, &call.school)?;
    let wanted = term.map(|t| t.rubric_id.as_str());
    let row = versions.iter().find(|r| Some(r.id.as_str()) == wanted);
    let row = row.or(versions.last()).ok_or(Refusal::NotFound)?.clone();
    let frozen = match term {
        None => None,
        Some(term) => rounds::of_term(db, &call.school, &term.id)?
            .into_iter()
            .find(|r| r.opened_at.is_some())
            .map(|r| r.name),
    };
    let rubric = read_rubric(db, &call.school, &row.id)?;
    Ok((row, rubric, frozen))
}
