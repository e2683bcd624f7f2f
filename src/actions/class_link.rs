//! One link for a whole class, posted in the parents' chat for a meeting: it shows nobody, asks for the code on a child's
//! own slip and opens that child's own link (S-41). Made and taken back by the homeroom teacher.

use super::{
    Acted, ActionError,
    class_room::current_term,
    family_door,
    family_links::{Fresh, fresh, record_of},
    session::{self, Origin},
};
use crate::{
    domain::{
        actor::{Actor, Call},
        ids::{ClassId, SchoolId},
        refusal::Refusal,
    },
    keys::{
        family_link::{self, LinkRecord},
        server_key::KeyRing,
        slip_code::{self, SlipCode},
        token::Token,
    },
    storage::{
        Db, Tx,
        access::LinkRow,
        class_links::{self, ClassLinkRow},
    },
};

/// The class's link of this term in force, if there is one, with the token of its address where that can be printed.
pub fn of_class(
    db: &mut Db,
    ring: &KeyRing,
    call: &Call,
    class: &ClassId,
) -> Acted<Option<(ClassLinkRow, Option<String>)>> {
    let permit = call.actor.lead_class(class)?;
    let term = current_term(db, call)?;
    let link = class_links::of_class(db, &permit, &call.school, &term.id)?;
    let in_time = link.filter(|link| link.expires_at > call.now);
    Ok(in_time.map(|link| {
        let token = token_of(ring, &link).map(|t| t.reveal().to_owned());
        (link, token)
    }))
}

/// Makes the class's link of this term; one made before is over.
pub fn issue(tx: &mut Tx<'_>, ring: &KeyRing, call: &Call, class: &ClassId) -> Acted<()> {
    let permit = call.actor.lead_class(class)?;
    let Fresh {
        id,
        term,
        record,
        expires_at,
    } = fresh(tx, ring, call)?;
    class_links::revoke(tx, &permit, &call.school, call.now)?;
    let row = ClassLinkRow {
        school_id: call.school.to_string(),
        id,
        class_id: class.to_string(),
        term_id: term,
        nonce: record.nonce,
        key_id: record.key_id,
        token_hash: record.token_hash.hex(),
        issued_by: call.actor.id().to_owned(),
        issued_at: call.now,
        expires_at,
        revoked_at: None,
    };
    class_links::add(tx, &permit, &row)?;
    Ok(tx.record(call, "class-link.issue", &format!("class/{class}"), "")?)
}

/// Takes the class's link back. Whoever came in through it stays with the own child.
pub fn revoke(tx: &mut Tx<'_>, call: &Call, class: &ClassId) -> Acted<()> {
    let permit = call.actor.lead_class(class)?;
    class_links::revoke(tx, &permit, &call.school, call.now)?;
    Ok(tx.record(call, "class-link.revoke", &format!("class/{class}"), "")?)
}

fn token_of(ring: &KeyRing, link: &ClassLinkRow) -> Option<Token> {
    let record = LinkRecord::stored(&link.nonce, &link.key_id, &link.token_hash)?;
    family_link::reprint(ring, &link.id, &record)
}

/// The class's link of a token, in force.
///
/// # Errors
/// As `family_door::by_token`.
pub fn by_token(db: &mut Db, origin: &Origin, token: &str) -> Acted<ClassLinkRow> {
    let token = Token::parse(token).ok_or(Refusal::NotFound)?;
    let link = class_links::by_hash(db, &token.hash().hex())?.ok_or(Refusal::NotFound)?;
    if link.revoked_at.is_some() {
        return Err(Refusal::NotFound.into());
    }
    let school = SchoolId::new(link.school_id.clone());
    family_door::in_time(db, origin, &school, &link.term_id, link.expires_at)?;
    Ok(link)
}

/// The link of the one child of the class whose slip has this code. Every link is compared, whether one fits or not.
pub fn child_of(
    db: &mut Db,
    ring: &KeyRing,
    origin: &Origin,
    door: &ClassLinkRow,
    code: &SlipCode,
) -> Acted<Option<LinkRow>> {
    let links = class_links::behind(db, door, origin.today())?;
    let fits = |link: &&LinkRow| {
        let ours = record_of(link)
            .and_then(|record| slip_code::code(ring, &link.student_id, &link.id, &record));
        ours.is_some_and(|ours| ours.same(code))
    };
    let fitting: Vec<&LinkRow> = links.iter().filter(fits).collect();
    // Two slips of one code, once in a hundred thousand classes, open neither.
    let [link] = fitting.as_slice() else {
        return Ok(None);
    };
    match family_door::in_force(db, origin, link) {
        Ok(_) => Ok(Some((*link).clone())),
        Err(ActionError::Refused(_)) => Ok(None),
        Err(other) => Err(other),
    }
}

/// Notes a wrong code in the school's log: for nobody in particular.
pub fn note_wrong_code(tx: &mut Tx<'_>, origin: &Origin, door: &ClassLinkRow) -> Acted<()> {
    let school = SchoolId::new(door.school_id.clone());
    let call = origin.call(school, Actor::System);
    session::note_failure(tx, &call, "class-link", &door.id)
}
