//! A member of staff sees where else it is signed in, and ends those sessions (S-16). Used by the API and by pages.

use super::{Acted, session::Kind, session::Seen};
use crate::{
    domain::refusal::Refusal,
    storage::{Db, Tx, access, access::SessionRow},
};

/// The caller's sessions that still let somebody in, newest first.
pub fn list(db: &mut Db, seen: &Seen) -> Acted<Vec<SessionRow>> {
    let (call, id) = (&seen.call, seen.call.actor.staff());
    let id = id.ok_or(Refusal::Forbidden)?;
    let mut rows = access::sessions_of(db, &call.school, id.as_str(), call.now)?;
    rows.retain(|row| {
        let idle = Kind::parse(&row.kind).map_or(0, |kind| kind.limits().0);
        row.seen_at + idle > call.now
    });
    Ok(rows)
}

/// Ends all of them but the one in use.
pub fn end_others(tx: &mut Tx<'_>, seen: &Seen) -> Acted<()> {
    let call = &seen.call;
    let id = call.actor.staff().ok_or(Refusal::Forbidden)?;
    access::end_sessions_of(tx, &call.school, id.as_str(), &seen.session, call.now)?;
    Ok(tx.record(call, "session.end-others", &format!("staff/{id}"), "")?)
}
