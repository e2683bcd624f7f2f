//! What a homeroom teacher does for the class: sign-in window, excuses, PINs, badges on screens.

use super::{Acted, redeal, sign_in::pin_kind_key};
use crate::{
    domain::{
        actor::Call,
        ids::{ClassId, StudentId},
        refusal::Refusal,
    },
    keys::{pin, server_key::KeyRing},
    storage::{
        Db, Tx, access, results, rounds,
        rounds::ExcusalRow,
        schools,
        schools::TermRow,
        students,
        students::{PinRow, WindowRow},
    },
};

/// A window closes by itself after an hour at the latest (S-08).
const LONGEST_WINDOW: i64 = 60 * 60_000;

/// Opens the sign-in window of a class for `minutes` (at most 60), or closes it.
pub fn set_window(tx: &mut Tx<'_>, call: &Call, class: &ClassId, minutes: i64) -> Acted<WindowRow> {
    let permit = call.actor.see_class(class)?;
    let row = WindowRow {
        school_id: call.school.to_string(),
        class_id: class.to_string(),
        opened_by: call.actor.id().to_owned(),
        opened_at: call.now,
        closes_at: call.now + (minutes * 60_000).clamp(0, LONGEST_WINDOW),
    };
    students::set_window(tx, &permit, &row)?;
    let action = if minutes > 0 {
        "window.open"
    } else {
        "window.close"
    };
    tx.record(call, action, &format!("class/{class}"), "")?;
    Ok(row)
}

/// Excuses a child of the class in the open or closed round, or takes the excuse back. While the round is open the
/// class is dealt again without or with the child.
pub fn excuse(
    tx: &mut Tx<'_>,
    call: &Call,
    class: &ClassId,
    round: &str,
    student: &StudentId,
    reason: &str,
    on: bool,
) -> Acted<()> {
    let permit = call.actor.lead_class(class)?;
    if students::class_on(tx, &call.school, student, call.today)? != *class {
        return Err(Refusal::NotFound.into());
    }
    let round = rounds::get(tx, &call.school, round)?;
    if round.state != "open" && round.state != "closed" {
        return Err(Refusal::RoundNotOpen.into());
    }
    let already = rounds::excused(tx, &call.school, &round.id)?
        .iter()
        .any(|e| e.student_id == student.as_str());
    if on && !already {
        let row = ExcusalRow {
            school_id: call.school.to_string(),
            round_id: round.id.clone(),
            student_id: student.to_string(),
            reason: reason.trim().chars().take(60).collect(),
            excused_by: call.actor.id().to_owned(),
            excused_at: call.now,
        };
        rounds::excuse(tx, &permit, &row)?;
    }
    if !on && already {
        rounds::unexcuse(tx, &permit, &call.school, &round.id, student)?;
    }
    let moved = match round.state == "open" && on != already {
        true => redeal::in_round(tx, call, &round, class)?.to_string(),
        false => String::new(),
    };
    let action = if on { "excuse" } else { "excuse.undo" };
    Ok(tx.record(
        call,
        action,
        &format!("round/{}/student/{student}", round.id),
        &moved,
    )?)
}

/// A new PIN for a child: the old card is void at once.
pub fn reset_pin(tx: &mut Tx<'_>, ring: &KeyRing, call: &Call, student: &StudentId) -> Acted<()> {
    let class = students::class_on(tx, &call.school, student, call.today)?;
    call.actor.lead_class(&class)?;
    let permit = call.actor.see_child(student, &class)?;
    let child = students::get(tx, &permit, &call.school)?;
    let record = super::sign_in::pin_record(&child);
    let (_, fresh) = pin::issue(ring, student.as_str(), record.kind, record.epoch + 1);
    let row = PinRow {
        epoch: i32::try_from(fresh.epoch).unwrap_or(1),
        kind: pin_kind_key(fresh.kind),
        key_id: &fresh.key_id,
        tag: &fresh.tag,
    };
    students::set_pin(tx, &permit, &call.school, &row)?;
    access::end_sessions_of(tx, &call.school, student.as_str(), "", call.now)?;
    Ok(tx.record(call, "pin.reset", &format!("student/{student}"), "")?)
}

/// The term that a day belongs to, else the newest one begun before it.
pub fn current_term(db: &mut Db, call: &Call) -> Acted<TermRow> {
    let terms = schools::terms(db, &call.school)?;
    let mut begun = terms.into_iter().filter(|t| t.starts_on <= call.today);
    begun.next_back().ok_or_else(|| Refusal::NotFound.into())
}

/// Shows a badge of one of the class's children on screens, or takes it off them.
pub fn release_badge(
    tx: &mut Tx<'_>,
    call: &Call,
    class: &ClassId,
    award: &str,
    on: bool,
) -> Acted<()> {
    let permit = call.actor.lead_class(class)?;
    let children = students::of_class(tx, &permit, &call.school, call.today)?;
    let ids: Vec<String> = children.iter().map(|c| c.id.clone()).collect();
    let awards = results::awards_among(tx, &permit, &call.school, &ids)?;
    let found = awards
        .into_iter()
        .find(|a| a.id == award && a.revoked_at.is_none())
        .ok_or(Refusal::NotFound)?;
    let refused = children
        .iter()
        .any(|c| c.id == found.recipient_id && c.consent == "refused");
    if on && (refused || found.visible_at.is_none()) {
        return Err(Refusal::Forbidden.into());
    }
    let (by, at) = if on {
        (Some(call.actor.id()), Some(call.now))
    } else {
        (None, None)
    };
    results::release_award(tx, &permit, &call.school, award, by, at)?;
    schools::touch_board(tx, &call.school)?;
    let action = if on { "badge.release" } else { "badge.hold" };
    Ok(tx.record(call, action, &format!("award/{award}"), "")?)
}
