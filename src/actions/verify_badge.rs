//! Whether a badge file is genuine, and what a reader of it finds on the school's server: who signs, what the badge is,
//! what was withdrawn. Nobody is signed in here; whoever asks holds the file or its id.

use super::{Acted, carry_badge::broken};
use crate::{
    domain::{credential::Withdrawal, ids::SchoolId, refusal::Refusal},
    exchange::{
        badge_files,
        open_badges::{self, Badge, School, Told},
        open_badges_v2,
    },
    keys::{
        issuer::{self, IssuerKey, PublicKey},
        server_key::KeyRing,
    },
    storage::{Db, credentials, credentials::CredentialRow, schools},
};

/// What became of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Verdict {
    Genuine(Box<Genuine>),
    /// Somebody changed it after it was signed.
    Changed,
    /// It is genuine and holds no longer: since when, and why.
    Withdrawn(i64, Withdrawal),
    /// Signed here, but nobody here knows of it.
    Lost,
    /// No school here signed it.
    NotOurs,
    /// No badge file at all.
    Unreadable,
}

/// What a genuine file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Genuine {
    pub told: Told,
    pub school: String,
    pub badge: Badge,
    pub issued_at: i64,
    pub version: u8,
}

/// Judges a file.
pub fn check(db: &mut Db, file: &[u8]) -> Acted<Verdict> {
    let Some(token) = badge_files::extract(file) else {
        return Ok(Verdict::Unreadable);
    };
    let Some(claimed) = issuer::claimed(&token) else {
        return Ok(Verdict::Unreadable);
    };
    let key = credentials::key_named(db, &claimed.key)?;
    let Some(row) = key else {
        return Ok(Verdict::NotOurs);
    };
    let ours = PublicKey::parse(&row.public).is_some_and(|key| key.signed(&token));
    if !ours {
        return Ok(Verdict::Changed);
    }
    match open_badges::read(&claimed.payload) {
        Some(told) => judged(db, told),
        None => Ok(Verdict::Unreadable),
    }
}

fn judged(db: &mut Db, told: Told) -> Acted<Verdict> {
    match credentials::find(db, &told.id)? {
        None => Ok(Verdict::Lost),
        Some(row) => standing(db, &row, told),
    }
}

fn standing(db: &mut Db, row: &CredentialRow, told: Told) -> Acted<Verdict> {
    if let Some(at) = row.revoked_at {
        let why = row.revoked_for.as_deref().and_then(Withdrawal::parse);
        return Ok(Verdict::Withdrawn(at, why.unwrap_or(Withdrawal::School)));
    }
    let school = SchoolId::new(row.school_id.clone());
    Ok(Verdict::Genuine(Box::new(Genuine {
        school: schools::get(db, &school)?.name,
        badge: badge(db, &school, &row.badge_class)?,
        issued_at: row.issued_at,
        version: told.version,
        told,
    })))
}

/// The file of an id, by what is kept of it.
///
/// # Errors
/// `NotFound` for an id that no file has.
pub fn by_id(db: &mut Db, id: &str) -> Acted<Verdict> {
    let row = credentials::find(db, id)?.ok_or(Refusal::NotFound)?;
    match row.revoked_at {
        None => check(db, row.signed_v3.as_bytes()),
        Some(_) => standing(db, &row, Told::default()),
    }
}

fn badge(db: &mut Db, school: &SchoolId, class: &str) -> Acted<Badge> {
    let row = credentials::badge_class(db, school, class)?;
    Ok(Badge {
        class: row.id,
        name: row.name,
        description: row.description,
        picture: row.picture,
    })
}

/// A school that signed something, by its id.
///
/// # Errors
/// `NotFound` for any other.
fn signer(db: &mut Db, base: &str, id: &str) -> Acted<(SchoolId, School)> {
    let school = SchoolId::new(id);
    if credentials::keys(db, &school)?.is_empty() {
        return Err(Refusal::NotFound.into());
    }
    let name = schools::get(db, &school)?.name;
    let (base, id) = (base.to_owned(), id.to_owned());
    Ok((school, School { base, id, name }))
}

/// The school's profile.
///
/// # Errors
/// `NotFound` for a school that never signed a badge; so the functions below.
pub fn profile(db: &mut Db, base: &str, id: &str) -> Acted<String> {
    let (school, signer) = signer(db, base, id)?;
    let keys = credentials::keys(db, &school)?;
    let keys: Vec<String> = keys.into_iter().map(|key| key.id).collect();
    Ok(open_badges_v2::profile(&signer, &keys))
}

/// One of its keys.
pub fn key(db: &mut Db, base: &str, id: &str, name: &str) -> Acted<String> {
    let (school, signer) = signer(db, base, id)?;
    let keys = credentials::keys(db, &school)?;
    let row = keys.into_iter().find(|key| key.id == name);
    let public = row.and_then(|row| PublicKey::parse(&row.public));
    let public = public.ok_or(Refusal::NotFound)?;
    Ok(open_badges_v2::key(&signer, name, &public.pem()))
}

/// What a badge says about itself.
pub fn badge_class(db: &mut Db, base: &str, id: &str, class: &str) -> Acted<String> {
    let (school, signer) = signer(db, base, id)?;
    let badge = badge(db, &school, class)?;
    Ok(open_badges_v2::badge(&signer, &badge))
}

/// What was withdrawn, for readers of version 2.0.
pub fn withdrawn(db: &mut Db, base: &str, id: &str) -> Acted<String> {
    let (school, signer) = signer(db, base, id)?;
    let rows = credentials::withdrawn(db, &school)?.into_iter();
    let ids: Vec<(String, Withdrawal)> = rows
        .map(|row| {
            let why = row.revoked_for.as_deref().and_then(Withdrawal::parse);
            (row.id, why.unwrap_or(Withdrawal::School))
        })
        .collect();
    Ok(open_badges_v2::withdrawn(&signer, &ids))
}

/// A status list, signed now.
pub fn status_list(
    db: &mut Db,
    ring: &KeyRing,
    (base, id): (&str, &str),
    list: i32,
    now: i64,
) -> Acted<String> {
    let (school, signer) = signer(db, base, id)?;
    let keys = credentials::keys(db, &school)?;
    let mut opened = keys
        .iter()
        .filter_map(|row| IssuerKey::open(ring, id, &row.sealed).ok());
    let (key, _) = opened.next().ok_or(Refusal::NotFound)?;
    let rows = credentials::withdrawn(db, &school)?;
    let slots: Vec<i32> = rows
        .iter()
        .filter(|row| row.list == list)
        .map(|row| row.slot)
        .collect();
    let text = open_badges::status_list(&signer, list, &slots, now);
    key.sign(&text).map_err(broken)
}
