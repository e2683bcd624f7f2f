//! Which rounds a person may know of: the office all, others those that have begun and in which a class of theirs
//! takes part. Used by the API.

use super::{Acted, rounds::state_of};
use crate::{
    domain::{
        actor::{Actor, Call},
        ids::ClassId,
        refusal::Refusal,
        round::RoundState,
    },
    storage::{Db, rounds, rounds::RoundRow},
};

/// Rounds oldest first, of one state or of all.
pub fn visible(db: &mut Db, call: &Call, state: Option<RoundState>) -> Acted<Vec<RoundRow>> {
    let mine: Option<&[ClassId]> = match &call.actor {
        Actor::Office(_) | Actor::System => None,
        Actor::Teacher { teaches, .. } => Some(teaches),
        Actor::Student { class, .. }
        | Actor::Monitor { class, .. }
        | Actor::Family { class, .. } => Some(std::slice::from_ref(class)),
        Actor::Screen { .. } => return Err(Refusal::NotFound.into()),
    };
    let mut rows = Vec::new();
    for row in rounds::all(db, &call.school)? {
        let now = state_of(&row)?;
        if state.is_some_and(|wanted| wanted != now) {
            continue;
        }
        if let Some(classes) = mine
            && (now == RoundState::Draft || !takes_part(db, call, &row, classes)?)
        {
            continue;
        }
        rows.push(row);
    }
    Ok(rows)
}

fn takes_part(db: &mut Db, call: &Call, round: &RoundRow, classes: &[ClassId]) -> Acted<bool> {
    for class in classes {
        if rounds::class_of(db, &call.school, &round.id, class)?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}
