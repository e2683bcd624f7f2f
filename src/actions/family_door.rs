//! What stands behind a family link: whether it is in force, and the session that one tap begins. Judged afresh for
//! every request, so that a link is over the moment its reason is (S-35, S-43). Used by `web/family/address.rs` and by
//! `session`.

use chrono::Days;

use super::{
    Acted, consent,
    family_links::DAYS_AFTER_TERM,
    session::{self, Kind, Origin},
};
use crate::{
    domain::{
        actor::Actor,
        ids::{ClassId, LinkId, SchoolId, StudentId},
        refusal::Refusal,
    },
    keys::token::Token,
    storage::{Db, Tx, access, access::LinkRow, schools, students},
};

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
    // The office may have moved the end of the term since the link was made.
    let term = schools::term(db, &school, &link.term_id)?;
    let last = term.ends_on + Days::new(DAYS_AFTER_TERM);
    if link.expires_at <= origin.now || last < origin.today() {
        return Err(Refusal::Expired.into());
    }
    let reach = if refused { Reach::Rights } else { Reach::All };
    Ok((class, reach))
}

/// Exchanges a link for a session; its id.
pub fn open(tx: &mut Tx<'_>, origin: &Origin, link: &LinkRow, device: &str) -> Acted<String> {
    let (class, _) = reach(tx, origin, link)?;
    let (school, student) = of_link(link);
    let actor = Actor::Family {
        link: LinkId::new(link.id.clone()),
        student,
        class,
    };
    let call = origin.call(school, actor);
    session::begin(tx, &call, Kind::Family, &link.id, None, device)
}

fn of_link(link: &LinkRow) -> (SchoolId, StudentId) {
    (
        SchoolId::new(link.school_id.clone()),
        StudentId::new(link.student_id.clone()),
    )
}
