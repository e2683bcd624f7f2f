//! Remember first: whether a child was asked for a concrete moment in this round already, and what it picked.

use super::{
    Acted,
    submit_sheet::{Ratee, read_drawn},
    term_votes::read_rubric,
};
use crate::{
    domain::{
        actor::{Actor, Call},
        recall::Recall,
        refusal::Refusal,
        rubric::Of,
    },
    storage::{Db, Tx, recalls, recalls::RecallRow, rounds},
};

/// Whether the child may still be asked in this round: at most once.
pub fn may_ask(db: &mut Db, call: &Call, round: &str) -> Acted<bool> {
    let Actor::Student { id, .. } = &call.actor else {
        return Err(Refusal::Forbidden.into());
    };
    Ok(recalls::own(db, &call.school, round, id)?.is_none())
}

/// Whether an id is an indicator about children of the round's rule. That the praise still stands is not asked: a
/// device may deliver days later, and its answer must not be lost for that.
fn praisable(
    db: &mut Db,
    call: &Call,
    round: &str,
    said: &Recall,
) -> Acted<impl Fn(&str) -> bool + use<>> {
    let rubric = match said.praised_for() {
        None => None,
        Some(_) => {
            let round = rounds::get(db, &call.school, round)?;
            Some(read_rubric(db, &call.school, &round.rubric_id)?)
        }
    };
    Ok(move |id: &str| {
        let rubric = rubric.iter();
        let mut indicators = rubric.flat_map(|rubric| &rubric.indicators);
        indicators.any(|one| one.id == id && one.of == Of::Student)
    })
}

/// Keeps what a child picked about an allotted classmate. Another one in the same round changes nothing, unless it is
/// about the same answer. Part of the write that stores the answer and under its audit line.
pub fn note(tx: &mut Tx<'_>, call: &Call, round: &str, ratee: &Ratee, said: &Recall) -> Acted<()> {
    let Actor::Student { id, class } = &call.actor else {
        return Err(Refusal::Forbidden.into());
    };
    if !said.is_known(praisable(tx, call, round, said)?) {
        return Err(Refusal::Invalid("recall".to_owned()).into());
    }
    let part = rounds::class_of(tx, &call.school, round, class)?.ok_or(Refusal::NotFound)?;
    let asked = read_drawn(&part.drawn)?;
    if !asked.peer.contains(&said.indicator) {
        return Err(Refusal::UnknownIndicator(said.indicator.clone()).into());
    }
    let dealt = rounds::ratees_of(tx, &call.school, round, id)?;
    if !dealt.iter().any(|one| one == ratee.id()) {
        return Err(Refusal::NotYourRatee.into());
    }
    let row = RecallRow {
        school_id: call.school.to_string(),
        round_id: round.to_owned(),
        rater_id: id.to_string(),
        ratee_id: ratee.id().to_owned(),
        indicator: said.indicator.clone(),
        occasion: said.occasion.clone(),
        deed: said.deed.clone(),
        recalled_at: call.now,
    };
    match recalls::own(tx, &call.school, round, id)? {
        None => Ok(recalls::add(tx, &row)?),
        Some(before) if before.ratee_id == row.ratee_id && before.indicator == row.indicator => {
            Ok(recalls::change(tx, &row)?)
        }
        Some(_) => Ok(()),
    }
}
