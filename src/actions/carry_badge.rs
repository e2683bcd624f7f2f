//! A family takes a badge of its child along as a signed file, and takes its consent back. Nothing is signed, and nothing
//! about the badge stands on any public page, before the family asks for it here.

use super::{Acted, ActionError, child_view, child_view::ChildSight, new_hidden_id};
use crate::{
    domain::{
        actor::{Actor, Call, ChildPermit},
        credential::{self, LIST_BITS, Shown, Withdrawal},
        ids::SchoolId,
        refusal::Refusal,
    },
    exchange::{
        open_badges::{self, Badge, Issue, School},
        open_badges_v2,
    },
    keys::{
        issuer::{BadKey, IssuerKey},
        mac, random,
        server_key::KeyRing,
    },
    storage::{
        Db, StorageError, Tx, credentials,
        credentials::{BadgeClassRow, CredentialRow, IssuerKeyRow, Of},
        results::AwardRow,
        students,
    },
};

/// The child's badges as its family may take them along.
#[derive(Clone, Debug)]
pub struct Luggage {
    pub child: String,
    pub sight: ChildSight,
    /// Newest first; withdrawn ones too.
    pub taken: Vec<CredentialRow>,
}

impl Luggage {
    /// The badge of this id, as child and family see it.
    pub fn award(&self, id: &str) -> Option<&AwardRow> {
        self.sight.awards.iter().find(|award| award.id == id)
    }

    /// What was taken along of it: what stands, else what was withdrawn last.
    pub fn of(&self, award: &str) -> Option<&CredentialRow> {
        let mut own = self.taken.iter().filter(|row| row.award_id == award);
        let last = own.clone().next();
        own.find(|row| row.revoked_at.is_none()).or(last)
    }
}

fn permit(call: &Call) -> Acted<ChildPermit> {
    let Actor::Family { student, class, .. } = &call.actor else {
        return Err(Refusal::NotFound.into());
    };
    Ok(call.actor.see_child(student, class)?)
}

/// Loads them.
///
/// # Errors
/// `NotFound` for anybody but a family.
pub fn luggage(db: &mut Db, call: &Call) -> Acted<Luggage> {
    let permit = permit(call)?;
    let Actor::Family { class, .. } = &call.actor else {
        return Err(Refusal::NotFound.into());
    };
    Ok(Luggage {
        child: students::get(db, &permit, &call.school)?.name,
        sight: child_view::load(db, call, &permit, class)?,
        taken: credentials::of_child(db, &permit, &call.school)?,
    })
}

/// What the guardian agreed to.
#[derive(Clone, Debug)]
pub struct Agreed {
    pub award: String,
    pub shown: Shown,
    /// The badge in words, without its id.
    pub badge: Badge,
}

/// Signs the badge; where it was taken along already, nothing happens twice.
///
/// # Errors
/// `NotFound` for a badge that is not the child's, not seen by its family or withdrawn; `WrongState` while it is in doubt.
pub fn take(
    tx: &mut Tx<'_>,
    call: &Call,
    ring: &KeyRing,
    school: School,
    agreed: &Agreed,
) -> Acted<String> {
    let permit = permit(call)?;
    let found = luggage(tx, call)?;
    let award = found.award(&agreed.award).ok_or(Refusal::NotFound)?;
    if let Some(row) = found.of(&award.id).filter(|row| row.revoked_at.is_none()) {
        tx.record(call, "badge.carry", &format!("award/{}", award.id), "again")?;
        return Ok(row.id.clone());
    }
    if award.doubted.is_some() {
        return Err(Refusal::WrongState.into());
    }
    let key = signing_key(tx, call, ring)?;
    let badge = known_badge(tx, &call.school, &agreed.badge)?;
    let issue = Issue {
        id: new_hidden_id(),
        subject: new_hidden_id(),
        person: agreed.shown.of(&found.child),
        place: free_place(tx, &call.school)?,
        awarded_at: award.awarded_at,
        issued_at: call.now,
        key: key.public().id(),
        school,
        badge,
    };
    let row = signed(call, &permit, &key, &issue, agreed)?;
    credentials::add(tx, &permit, &row)?;
    let detail = format!("shown={} id={}", agreed.shown.key(), row.id);
    tx.record(call, "badge.carry", &format!("award/{}", award.id), &detail)?;
    Ok(row.id)
}

fn signed(
    call: &Call,
    permit: &ChildPermit,
    key: &IssuerKey,
    issue: &Issue,
    agreed: &Agreed,
) -> Acted<CredentialRow> {
    Ok(CredentialRow {
        school_id: call.school.to_string(),
        id: issue.id.clone(),
        student_id: permit.student().to_string(),
        award_id: agreed.award.clone(),
        badge_class: issue.badge.class.clone(),
        shown: agreed.shown.key().to_owned(),
        link_id: call.actor.id().to_owned(),
        list: issue.place.0,
        slot: issue.place.1,
        signed_v3: key.sign(&open_badges::credential(issue)).map_err(broken)?,
        signed_v2: key
            .sign(&open_badges_v2::assertion(issue))
            .map_err(broken)?,
        issued_at: issue.issued_at,
        revoked_at: None,
        revoked_for: None,
    })
}

pub(super) fn broken(why: BadKey) -> ActionError {
    StorageError::Broken(why.to_string()).into()
}

/// The school's newest key that the server key opens, or a new one.
fn signing_key(tx: &mut Tx<'_>, call: &Call, ring: &KeyRing) -> Acted<IssuerKey> {
    let school = call.school.as_str();
    for row in credentials::keys(tx, &call.school)? {
        let Ok((key, old)) = IssuerKey::open(ring, school, &row.sealed) else {
            continue;
        };
        if old {
            let sealed = key.seal(ring, school).map_err(broken)?;
            credentials::reseal(tx, &call.school, &row.id, &sealed)?;
        }
        return Ok(key);
    }
    let key = IssuerKey::make().map_err(broken)?;
    let row = IssuerKeyRow {
        school_id: school.to_owned(),
        id: key.public().id(),
        public: key.public().text(),
        sealed: key.seal(ring, school).map_err(broken)?,
        made_at: call.now,
    };
    credentials::add_key(tx, &row)?;
    tx.record(
        call,
        "issuer-key.make",
        &format!("issuer-key/{}", row.id),
        "",
    )?;
    Ok(key)
}

/// The badge under the hash of its words: whoever got the same leads to the same.
fn known_badge(tx: &mut Tx<'_>, school: &SchoolId, badge: &Badge) -> Acted<Badge> {
    let words = [&badge.name, &badge.description, &badge.picture];
    let words = words.map(String::as_str).join("\n");
    let class: String = mac::hex(&mac::sha256(words.as_bytes()))
        .chars()
        .take(24)
        .collect();
    let row = BadgeClassRow {
        school_id: school.to_string(),
        id: class.clone(),
        name: badge.name.clone(),
        description: badge.description.clone(),
        picture: badge.picture.clone(),
    };
    credentials::keep_badge_class(tx, &row)?;
    Ok(Badge {
        class,
        ..badge.clone()
    })
}

/// A drawn place, so that neighbours in the list have nothing in common.
fn free_place(tx: &mut Tx<'_>, school: &SchoolId) -> Acted<(i32, i32)> {
    let list = credential::list_for(credentials::places(tx, school)?);
    loop {
        let drawn = random::below(LIST_BITS.unsigned_abs());
        let drawn = drawn.map_err(|e| StorageError::Broken(e.to_string()))?;
        let place = (list, i32::try_from(drawn).unwrap_or(0));
        if !credentials::is_taken(tx, school, place)? {
            return Ok(place);
        }
    }
}

/// The family takes its consent back: the file holds no longer, and its text is gone from here.
///
/// # Errors
/// `NotFound` where nothing of this badge was taken along.
pub fn give_back(tx: &mut Tx<'_>, call: &Call, award: &str) -> Acted<()> {
    let permit = permit(call)?;
    let taken = credentials::of_child(tx, &permit, &call.school)?;
    let standing = |row: &&CredentialRow| row.award_id == award && row.revoked_at.is_none();
    let row = taken.iter().find(standing).ok_or(Refusal::NotFound)?;
    let why = Withdrawal::Home;
    credentials::withdraw(tx, &call.school, Of::One(&row.id), why, call.now)?;
    let detail = format!("id={}", row.id);
    tx.record(call, "badge.give-back", &format!("award/{award}"), &detail)?;
    Ok(())
}
