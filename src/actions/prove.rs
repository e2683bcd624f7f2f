//! Proof of identity again, asked before what cannot be undone or leaves the house (S-19): exports, new administrators,
//! resets of staff.

use super::{
    Acted,
    session::Seen,
    sign_in::{SecondFactor, judge_code},
};
use crate::{
    domain::{ids::StaffId, refusal::Refusal},
    keys::server_key::KeyRing,
    storage::{Db, Tx, access, staff, staff::StaffRow},
};

/// How long a proof lasts, in milliseconds.
pub const FRESH: i64 = 5 * 60_000;

/// Whether the person proved who it is a moment ago.
pub fn is_fresh(seen: &Seen) -> bool {
    seen.call.now - seen.proved_at <= FRESH
}

/// The same as a refusal, for actions.
pub fn need(seen: &Seen) -> Result<(), Refusal> {
    if is_fresh(seen) {
        Ok(())
    } else {
        Err(Refusal::ProveAgain)
    }
}

/// The account behind a staff session, for its password to be tried on.
pub fn account(db: &mut Db, seen: &Seen) -> Acted<StaffRow> {
    let id = staff_id(seen)?;
    Ok(staff::get(db, &seen.call.school, &id)?)
}

fn staff_id(seen: &Seen) -> Result<StaffId, Refusal> {
    seen.call.actor.staff().cloned().ok_or(Refusal::Forbidden)
}

/// Notes the proof after the password fitted; the second factor is judged here, inside the write.
pub fn prove(tx: &mut Tx<'_>, ring: &KeyRing, seen: &Seen, code: &str) -> Acted<()> {
    let (school, id) = (&seen.call.school, staff_id(seen)?);
    let now = staff::get(tx, school, &id)?;
    let secret = now.totp_secret.as_deref();
    match judge_code(ring, &now, code, seen.call.now)? {
        SecondFactor::None => {}
        SecondFactor::Step(step) => {
            let step = i64::try_from(step).unwrap_or(0);
            staff::set_totp(tx, school, &id, secret, step, &now.recovery)?;
        }
        SecondFactor::Recovery(left) => {
            staff::set_totp(tx, school, &id, secret, now.totp_last_step, &left)?;
        }
    }
    access::prove_session(tx, &seen.session, seen.call.now)?;
    tx.record(&seen.call, "session.prove", &format!("staff/{id}"), "")?;
    Ok(())
}
