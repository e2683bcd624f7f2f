//! A child says thank you for a moment, and whoever told it sees that on its own page: no name either way.

use super::Acted;
use crate::{
    domain::{
        actor::{Actor, Call, ChildPermit},
        ids::StudentId,
        moments::{THANKS, Teller},
        refusal::Refusal,
    },
    storage::{Db, Tx, moments, moments::ThanksRow},
};

fn me(call: &Call) -> Result<(&StudentId, ChildPermit), Refusal> {
    match &call.actor {
        Actor::Student { id, class } => Ok((id, call.actor.see_child(id, class)?)),
        _ => Err(Refusal::Forbidden),
    }
}

/// Thanks for a released moment about the caller. Once is enough: a second thank-you changes nothing.
///
/// # Errors
/// `NotFound` for any other moment, `Invalid("thanks")` for a way of thanking there is none of.
pub fn say(tx: &mut Tx<'_>, call: &Call, moment: &str, kind: &str) -> Acted<()> {
    let (_, permit) = me(call)?;
    if !THANKS.contains(&kind) {
        return Err(Refusal::Invalid("thanks".to_owned()).into());
    }
    let row = moments::get_released(tx, &permit, &call.school, moment)?;
    let before = moments::thanks_for(tx, &call.school, std::slice::from_ref(&row.id))?;
    let action = if before.is_empty() {
        let row = ThanksRow {
            school_id: call.school.to_string(),
            moment_id: row.id,
            kind: kind.to_owned(),
            sent_at: call.now,
            seen_at: None,
        };
        moments::thank(tx, &permit, &row)?;
        "thanks.say"
    } else {
        "thanks.same"
    };
    Ok(tx.record(call, action, &format!("moment/{moment}"), "")?)
}

/// The kinds of thank-yous that came for what the caller told of classmates and that it has not seen yet, sorted.
pub fn unseen(db: &mut Db, call: &Call) -> Acted<Vec<String>> {
    let ids = told(db, call)?;
    let mut kinds: Vec<String> = moments::thanks_for(db, &call.school, &ids)?
        .into_values()
        .filter(|thanks| thanks.seen_at.is_none())
        .map(|thanks| thanks.kind)
        .collect();
    kinds.sort();
    Ok(kinds)
}

/// The caller saw them.
pub fn see(tx: &mut Tx<'_>, call: &Call) -> Acted<()> {
    let ids = told(tx, call)?;
    let seen = moments::see_thanks(tx, &call.school, &ids, call.now)?;
    Ok(tx.record(call, "thanks.see", "thanks", &format!("thanks={seen}"))?)
}

fn told(db: &mut Db, call: &Call) -> Acted<Vec<String>> {
    let (id, _) = me(call)?;
    let rows = moments::all_own(db, &call.school, Teller::Peer.key(), id.as_str())?;
    // What the teacher hid again is no longer anybody's gift.
    let shown = rows.into_iter().filter(|row| row.state == "released");
    Ok(shown.map(|row| row.id).collect())
}
