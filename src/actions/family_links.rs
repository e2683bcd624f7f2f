//! The family links of a class: issued, printed again, revoked. A link is for one child and one term; several may be
//! out at once. What a link opens is `family_door`.

use std::collections::HashMap;

use chrono::{Days, NaiveTime, TimeZone as _};

use super::{Acted, ActionError, class_room::current_term, family_door, new_id};
use crate::{
    domain::{
        actor::Call,
        ids::{ClassId, StudentId},
        refusal::Refusal,
    },
    keys::{
        family_link::{self, LinkRecord},
        server_key::KeyRing,
        slip_code,
    },
    storage::{
        Db, StorageError, Tx, access, access::LinkRow, schools, schools::TermRow, students,
        students::StudentRow,
    },
};

/// How long after its term a link can be read (S-43).
pub const DAYS_AFTER_TERM: u64 = 30;

/// A child's link with the token that its slip shows.
#[derive(Clone, Debug)]
pub struct Slip {
    pub child: StudentRow,
    pub link: LinkRow,
    /// None when the server key was changed: the link works, but must be issued anew to be printed.
    pub token: Option<String>,
    /// For the class's link; printed like `K7-4HRMX`.
    pub code: String,
    /// The second factor; empty where the school does not ask for it.
    pub digits: String,
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
    let Fresh {
        id,
        term,
        record,
        expires_at,
    } = fresh(tx, ring, call)?;
    let row = LinkRow {
        school_id: call.school.to_string(),
        id,
        student_id: student.to_owned(),
        term_id: term,
        nonce: record.nonce,
        key_id: record.key_id,
        token_hash: record.token_hash.hex(),
        issued_by: call.actor.id().to_owned(),
        issued_at: call.now,
        expires_at,
        revoked_at: None,
    };
    Ok(access::add_link(tx, &permit, &row)?)
}

/// What is new about a link of this term, a child's or a class's.
pub(super) struct Fresh {
    pub id: String,
    pub term: String,
    pub record: LinkRecord,
    pub expires_at: i64,
}

/// Makes it; the token follows from id and record.
///
/// # Errors
/// `WrongState` once the links of the term are past their time.
pub(super) fn fresh(db: &mut Db, ring: &KeyRing, call: &Call) -> Acted<Fresh> {
    let term = current_term(db, call)?;
    let expires_at = last_moment(db, call, &term)?;
    if expires_at <= call.now {
        return Err(Refusal::WrongState.into());
    }
    let id = new_id();
    let issued = family_link::issue(ring, &id);
    let (_, record) =
        issued.map_err(|e| ActionError::Storage(StorageError::Broken(e.to_string())))?;
    Ok(Fresh {
        id,
        term: term.id,
        record,
        expires_at,
    })
}

/// The end of the last day on which the links of a term can be read, by the school's clock.
fn last_moment(db: &mut Db, call: &Call, term: &TermRow) -> Acted<i64> {
    let zone = schools::get(db, &call.school)?.timezone;
    let zone: chrono_tz::Tz = zone.parse().unwrap_or(chrono_tz::Asia::Shanghai);
    let after = term.ends_on + Days::new(DAYS_AFTER_TERM + 1);
    let midnight = zone.from_local_datetime(&after.and_time(NaiveTime::MIN));
    Ok(midnight
        .earliest()
        .map_or(call.now, |at| at.timestamp_millis()))
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
    let digits = family_door::asks_digits(db, &call.school)?;
    let mut slips = Vec::new();
    for child in children {
        for link in by_child.remove(&child.id).unwrap_or_default() {
            slips.push(slip(ring, child.clone(), link, digits));
        }
    }
    Ok(slips)
}

/// What a link's slip says.
fn slip(ring: &KeyRing, child: StudentRow, link: LinkRow, asks_digits: bool) -> Slip {
    let record = record_of(&link);
    let record = record.as_ref();
    let token = record.and_then(|r| family_link::reprint(ring, &link.id, r));
    let code = record.and_then(|r| slip_code::code(ring, &child.id, &link.id, r));
    let digits = record.filter(|_| asks_digits);
    let digits = digits.and_then(|r| slip_code::digits(ring, &link.id, r));
    Slip {
        token: token.map(|t| t.reveal().to_owned()),
        code: code.map(|c| c.printed()).unwrap_or_default(),
        digits: digits.unwrap_or_default(),
        child,
        link,
    }
}

/// What follows from a link's row and the server key.
pub(super) fn record_of(link: &LinkRow) -> Option<LinkRecord> {
    LinkRecord::stored(&link.nonce, &link.key_id, &link.token_hash)
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
