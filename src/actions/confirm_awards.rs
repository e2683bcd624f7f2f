//! The homeroom teacher says yes to proposed badges, declines them, and withdraws badges that were given; with a reason,
//! which stays and which the family reads.

use super::{Acted, release_badges::Wanted};
use crate::{
    domain::{
        actor::{Actor, Call},
        badges::TERM,
        correction,
        ids::{ClassId, StudentId},
        refusal::Refusal,
    },
    storage::{Db, Tx, releases, results, results::AwardRow, rounds, schools, students},
};

/// Says yes to proposals: child and family see them from now on (what rests on a peer part: with its release), and with
/// `screen` the screens too, unless the family refused. How many were confirmed.
///
/// # Errors
/// `NotFound` where the class has no such proposal.
pub fn confirm(
    tx: &mut Tx<'_>,
    call: &Call,
    class: &ClassId,
    wanted: &Wanted,
    screen: bool,
) -> Acted<usize> {
    let permit = call.actor.lead_class(class)?;
    let children = students::of_class(tx, &permit, &call.school, call.today)?;
    let ids: Vec<String> = children.iter().map(|c| c.id.clone()).collect();
    let mut found = results::awards_among(tx, &permit, &call.school, &ids)?;
    found.retain(|row| row.is_proposal() && row.doubted.is_none() && wanted.is(row));
    if found.is_empty() {
        return Err(Refusal::NotFound.into());
    }
    for row in &found {
        let visible = !row.rests_on_peer || is_released(tx, call, row)?;
        let by = (call.actor.id(), call.now);
        results::confirm_award(tx, &permit, &call.school, &row.id, by, visible)?;
        let refused = |id: &str| {
            children
                .iter()
                .any(|c| c.id == id && c.consent == "refused")
        };
        if screen && visible && !refused(&row.recipient_id) {
            let (by, at) = (Some(call.actor.id()), Some(call.now));
            results::release_award(tx, &permit, &call.school, &row.id, by, at)?;
        }
        let detail = format!("badge={} screen={screen}", row.badge);
        tx.record(call, "award.confirm", &format!("award/{}", row.id), &detail)?;
    }
    schools::touch_board(tx, &call.school)?;
    Ok(found.len())
}

/// Whether what classmates said was released to child and family with the award's round, or with the newest published
/// round of its term, in it.
fn is_released(db: &mut Db, call: &Call, row: &AwardRow) -> Acted<bool> {
    // A fact about the child's release, asked by whoever leads its class.
    let permit = Actor::System.run_school()?;
    let mut published = rounds::of_term(db, &call.school, &row.term_id)?;
    published.retain(|round| round.state == "published");
    published.sort_by_key(|round| round.published_at);
    let wanted = match row.period.as_str() {
        TERM => published.last(),
        name => published.iter().find(|round| round.name == name),
    };
    let Some(since) = wanted.and_then(|round| round.published_at) else {
        return Ok(false);
    };
    let child = StudentId::new(row.recipient_id.clone());
    let mut releases = releases::of_term(db, &permit, &call.school, &row.term_id)?;
    releases.retain(|release| release.student_id == child.as_str());
    Ok(releases.iter().any(|release| release.released_at >= since))
}

/// Declines a proposal or withdraws a badge: shown nowhere any more, never given again by itself.
///
/// # Errors
/// `NotFound` for a badge of another class or one that was withdrawn, `Invalid("correction-reason")`.
pub fn withdraw(
    tx: &mut Tx<'_>,
    call: &Call,
    class: &ClassId,
    id: &str,
    reason: &str,
) -> Acted<AwardRow> {
    let permit = call.actor.lead_class(class)?;
    let children = students::of_class(tx, &permit, &call.school, call.today)?;
    let ids: Vec<String> = children.into_iter().map(|c| c.id).collect();
    let found = results::awards_among(tx, &permit, &call.school, &ids)?;
    let row = found
        .into_iter()
        .find(|row| row.id == id && row.revoked_at.is_none())
        .ok_or(Refusal::NotFound)?;
    let reason = correction::reason(reason)?;
    let by = (call.actor.id(), call.now);
    results::revoke_award(tx, &call.school, id, by, &reason)?;
    schools::touch_board(tx, &call.school)?;
    let action = if row.is_proposal() {
        "award.decline"
    } else {
        "award.withdraw"
    };
    tx.record(call, action, &format!("award/{id}"), "")?;
    Ok(row)
}
