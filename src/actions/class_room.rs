//! What a homeroom teacher does for the class: sign-in window, excuses, PINs, family links, badges on screens.

use std::collections::HashMap;

use super::{Acted, ActionError, new_id, redeal, sign_in::pin_kind_key};
use crate::{
    domain::{
        actor::Call,
        ids::{ClassId, StudentId},
        refusal::Refusal,
    },
    keys::{
        family_link::{self, LinkRecord},
        pin,
        server_key::KeyRing,
        token::{Token, TokenHash},
    },
    storage::{
        Db, StorageError, Tx, access,
        access::LinkRow,
        results, rounds,
        rounds::ExcusalRow,
        schools,
        schools::TermRow,
        students,
        students::{PinRow, StudentRow, WindowRow},
    },
};

/// A window closes by itself after an hour at the latest (S-08).
const LONGEST_WINDOW: i64 = 60 * 60_000;
const DAY: i64 = 24 * 60 * 60_000;

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

/// A child's link with the token that its slip shows.
#[derive(Clone, Debug)]
pub struct Slip {
    pub child: StudentRow,
    pub link: LinkRow,
    /// None when the server key was changed: the link works, but must be issued anew to be printed.
    pub token: Option<String>,
}

/// Issues a link to every child of the class that has none in force; returns how many were made.
pub fn issue_links(tx: &mut Tx<'_>, ring: &KeyRing, call: &Call, class: &ClassId) -> Acted<usize> {
    let slips = slips(tx, ring, call, class)?;
    let have: Vec<&str> = slips.iter().map(|s| s.child.id.as_str()).collect();
    let permit = call.actor.lead_class(class)?;
    let children = students::of_class(tx, &permit, &call.school, call.today)?;
    let without: Vec<StudentRow> = children
        .into_iter()
        .filter(|c| !have.contains(&c.id.as_str()) && c.consent != "refused")
        .collect();
    for child in &without {
        add_link(tx, ring, call, class, &child.id)?;
    }
    tx.record(
        call,
        "link.issue",
        &format!("class/{class}"),
        &format!("links={}", without.len()),
    )?;
    Ok(without.len())
}

/// Issues one more link to one child of the class: several may be out at once.
pub fn issue_link(
    tx: &mut Tx<'_>,
    ring: &KeyRing,
    call: &Call,
    class: &ClassId,
    student: &StudentId,
) -> Acted<()> {
    call.actor.lead_class(class)?;
    if students::class_on(tx, &call.school, student, call.today)? != *class {
        return Err(Refusal::NotFound.into());
    }
    if students::by_id(tx, &call.school, student)?.consent == "refused" {
        return Err(Refusal::Forbidden.into());
    }
    add_link(tx, ring, call, class, student.as_str())?;
    Ok(tx.record(call, "link.issue", &format!("student/{student}"), "links=1")?)
}

fn add_link(
    tx: &mut Tx<'_>,
    ring: &KeyRing,
    call: &Call,
    class: &ClassId,
    student: &str,
) -> Acted<()> {
    let permit = call.actor.lead_class(class)?;
    let term = current_term(tx, call)?;
    let id = new_id();
    let issued = family_link::issue(ring, &id);
    let (_, record) =
        issued.map_err(|e| ActionError::Storage(StorageError::Broken(e.to_string())))?;
    let days_left = (term.ends_on - call.today).num_days().max(0) + 31;
    let row = LinkRow {
        school_id: call.school.to_string(),
        id,
        student_id: student.to_owned(),
        term_id: term.id,
        nonce: record.nonce,
        key_id: record.key_id,
        token_hash: record.token_hash.hex(),
        issued_by: call.actor.id().to_owned(),
        issued_at: call.now,
        expires_at: call.now + days_left * DAY,
        revoked_at: None,
    };
    Ok(access::add_link(tx, &permit, &row)?)
}

/// The links in force of a class, in the order of the class, with what their slips show.
pub fn slips(db: &mut Db, ring: &KeyRing, call: &Call, class: &ClassId) -> Acted<Vec<Slip>> {
    let permit = call.actor.lead_class(class)?;
    let term = current_term(db, call)?;
    let children = students::of_class(db, &permit, &call.school, call.today)?;
    let ids: Vec<String> = children.iter().map(|c| c.id.clone()).collect();
    let mut by_child: HashMap<String, Vec<LinkRow>> = HashMap::new();
    for link in access::links_among(db, &permit, &call.school, &term.id, &ids)? {
        if link.revoked_at.is_none() && link.expires_at > call.now {
            by_child
                .entry(link.student_id.clone())
                .or_default()
                .push(link);
        }
    }
    let mut slips = Vec::new();
    for child in children {
        for link in by_child.remove(&child.id).unwrap_or_default() {
            let token = token_of(ring, &link).map(|t| t.reveal().to_owned());
            slips.push(Slip {
                child: child.clone(),
                link,
                token,
            });
        }
    }
    Ok(slips)
}

fn token_of(ring: &KeyRing, link: &LinkRow) -> Option<Token> {
    let token_hash = TokenHash::from_hex(&link.token_hash)?;
    let record = LinkRecord {
        nonce: link.nonce.clone(),
        key_id: link.key_id.clone(),
        token_hash,
    };
    family_link::reprint(ring, &link.id, &record)
}

/// Revokes a link of the class and, where wanted, issues another for the same child.
pub fn revoke_link(
    tx: &mut Tx<'_>,
    ring: &KeyRing,
    call: &Call,
    class: &ClassId,
    link: &str,
    reissue: bool,
) -> Acted<()> {
    let permit = call.actor.lead_class(class)?;
    let row = access::link(tx, &call.school, link)?;
    let student = StudentId::new(row.student_id.clone());
    if students::class_on(tx, &call.school, &student, call.today)? != *class {
        return Err(Refusal::NotFound.into());
    }
    access::revoke_link(tx, &permit, &call.school, link, call.now)?;
    access::end_sessions_of(tx, &call.school, link, "", call.now)?;
    if reissue {
        add_link(tx, ring, call, class, &row.student_id)?;
    }
    let action = if reissue {
        "link.reissue"
    } else {
        "link.revoke"
    };
    Ok(tx.record(call, action, &format!("link/{link}"), "")?)
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
