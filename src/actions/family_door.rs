//! What stands behind a family link: whether it is in force, and the session that one tap begins. Judged afresh for
//! every request, so that a link is over the moment its reason is (S-35, S-43). Used by `web/family/address.rs` and by
//! `session`.

use chrono::Days;

use super::{
    Acted, consent,
    family_links::{DAYS_AFTER_TERM, record_of},
    session::{self, Kind, Origin},
};
use crate::{
    domain::{
        actor::{Actor, Call},
        ids::{ClassId, LinkId, SchoolId, StudentId},
        refusal::Refusal,
    },
    keys::{server_key::KeyRing, slip_code, token::Token},
    storage::{Db, Tx, access, access::LinkRow, schools, students},
};

/// Name of the setting.
const ASK_DIGITS: &str = "family-digits";

/// The link of a token, in force.
///
/// # Errors
/// `Expired` past its time; `NotFound` for whatever is not or not any more a link: revoked looks like never made.
pub fn by_token(db: &mut Db, origin: &Origin, token: &str) -> Acted<LinkRow> {
    let token = Token::parse(token).ok_or(Refusal::NotFound)?;
    let link = access::link_by_hash(db, &token.hash().hex())?.ok_or(Refusal::NotFound)?;
    reach(db, origin, &link)?;
    Ok(link)
}

/// How far a link reaches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Form, card, rights.
    All,
    /// The family refused over this very link: it leads to the page of rights and nowhere else.
    Rights,
}

/// The class of the link's child, where the link is in force for form and card.
///
/// # Errors
/// As [`reach`]; also `NotFound` where only the rights are left.
pub fn in_force(db: &mut Db, origin: &Origin, link: &LinkRow) -> Acted<ClassId> {
    match reach(db, origin, link)? {
        (class, Reach::All) => Ok(class),
        (_, Reach::Rights) => Err(Refusal::NotFound.into()),
    }
}

/// The class of the link's child, and how far the link reaches.
///
/// # Errors
/// As [`by_token`]; also `NotFound` where the child has left or its family's consent was withdrawn.
pub fn reach(db: &mut Db, origin: &Origin, link: &LinkRow) -> Acted<(ClassId, Reach)> {
    if link.revoked_at.is_some() {
        return Err(Refusal::NotFound.into());
    }
    let (school, student) = of_link(link);
    let class = students::class_on(db, &school, &student, origin.today())?;
    let refused = students::by_id(db, &school, &student)?.consent == "refused";
    if refused && !consent::refused_over(db, &school, &student, &link.id)? {
        return Err(Refusal::NotFound.into());
    }
    in_time(db, origin, &school, &link.term_id, link.expires_at)?;
    let reach = if refused { Reach::Rights } else { Reach::All };
    Ok((class, reach))
}

/// Whether a link of this term is still to be read.
pub(super) fn in_time(
    db: &mut Db,
    origin: &Origin,
    school: &SchoolId,
    term: &str,
    expires_at: i64,
) -> Acted<()> {
    // The office may have moved the end of the term since the link was made.
    let last = schools::term(db, school, term)?.ends_on + Days::new(DAYS_AFTER_TERM);
    if expires_at <= origin.now || last < origin.today() {
        return Err(Refusal::Expired.into());
    }
    Ok(())
}

/// Whether the school asks for the four digits of the slip before a link opens on a new device.
pub fn asks_digits(db: &mut Db, school: &SchoolId) -> Acted<bool> {
    let chosen = schools::setting(db, school, ASK_DIGITS)?;
    Ok(chosen.as_deref() == Some("on"))
}

/// The office's choice.
pub fn set_asks_digits(tx: &mut Tx<'_>, call: &Call, on: bool) -> Acted<()> {
    let permit = call.actor.run_school()?;
    let value = if on { "on" } else { "off" };
    schools::set_setting(tx, &permit, &call.school, ASK_DIGITS, value)?;
    Ok(tx.record(call, "link.digits", "school", value)?)
}

/// Whether these are the digits of the link's slip.
pub fn digits_fit(ring: &KeyRing, link: &LinkRow, typed: &str) -> bool {
    record_of(link).is_some_and(|record| slip_code::digits_fit(ring, &link.id, &record, typed))
}

/// Notes wrong digits in the school's log.
pub fn note_wrong_digits(tx: &mut Tx<'_>, origin: &Origin, link: &LinkRow) -> Acted<()> {
    let (actor, school) = (actor_of(link, reach(tx, origin, link)?.0), of_link(link).0);
    session::note_failure(tx, &origin.call(school, actor), "family", &link.id)
}

/// Exchanges a link for a session; its id.
pub fn open(tx: &mut Tx<'_>, origin: &Origin, link: &LinkRow, device: &str) -> Acted<String> {
    let actor = actor_of(link, reach(tx, origin, link)?.0);
    let call = origin.call(of_link(link).0, actor);
    session::begin(tx, &call, Kind::Family, &link.id, None, device)
}

fn actor_of(link: &LinkRow, class: ClassId) -> Actor {
    Actor::Family {
        link: LinkId::new(link.id.clone()),
        student: of_link(link).1,
        class,
    }
}

fn of_link(link: &LinkRow) -> (SchoolId, StudentId) {
    (
        SchoolId::new(link.school_id.clone()),
        StudentId::new(link.student_id.clone()),
    )
}
