//! Badges taken along: the school's signing keys, what a badge says about itself, and one row a signed file. Rows are
//! never taken away; what is withdrawn loses its text and keeps its place in the status list.

use diesel::prelude::*;

use super::{
    engine::Db,
    error::Stored,
    schema_homes::{badge_classes, credentials, issuer_keys},
    store::Tx,
};
use crate::domain::{actor::ChildPermit, credential::Withdrawal, ids::SchoolId};

/// A signing key; see the migration.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = issuer_keys)]
pub struct IssuerKeyRow {
    pub school_id: String,
    pub id: String,
    pub public: String,
    pub sealed: String,
    pub made_at: i64,
}

/// What a badge says about itself.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = badge_classes)]
pub struct BadgeClassRow {
    pub school_id: String,
    pub id: String,
    pub name: String,
    pub description: String,
    pub picture: String,
}

/// A badge that was taken along; see the migration.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = credentials)]
pub struct CredentialRow {
    pub school_id: String,
    pub id: String,
    pub student_id: String,
    pub award_id: String,
    pub badge_class: String,
    pub shown: String,
    pub link_id: String,
    pub list: i32,
    pub slot: i32,
    pub signed_v3: String,
    pub signed_v2: String,
    pub issued_at: i64,
    pub revoked_at: Option<i64>,
    pub revoked_for: Option<String>,
}

/// A school's keys, the newest first.
pub fn keys(db: &mut Db, school: &SchoolId) -> Stored<Vec<IssuerKeyRow>> {
    Ok(issuer_keys::table
        .filter(issuer_keys::school_id.eq(school.as_str()))
        .order((issuer_keys::made_at.desc(), issuer_keys::id.asc()))
        .select(IssuerKeyRow::as_select())
        .load(db)?)
}

/// The key of whichever school has one of this id: a file says by which key it was signed, and not by whom.
pub fn key_named(db: &mut Db, id: &str) -> Stored<Option<IssuerKeyRow>> {
    Ok(issuer_keys::table
        .filter(issuer_keys::id.eq(id))
        .select(IssuerKeyRow::as_select())
        .first(db)
        .optional()?)
}

/// Adds a key.
pub fn add_key(tx: &mut Tx<'_>, row: &IssuerKeyRow) -> Stored<()> {
    diesel::insert_into(issuer_keys::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Seals a private key anew.
pub fn reseal(tx: &mut Tx<'_>, school: &SchoolId, id: &str, sealed: &str) -> Stored<()> {
    diesel::update(issuer_keys::table.find((school.as_str(), id)))
        .set(issuer_keys::sealed.eq(sealed))
        .execute(tx.db)?;
    Ok(())
}

/// What a badge says about itself.
pub fn badge_class(db: &mut Db, school: &SchoolId, id: &str) -> Stored<BadgeClassRow> {
    Ok(badge_classes::table
        .find((school.as_str(), id))
        .select(BadgeClassRow::as_select())
        .first(db)?)
}

/// Keeps it where it is new.
pub fn keep_badge_class(tx: &mut Tx<'_>, row: &BadgeClassRow) -> Stored<()> {
    let known = badge_classes::table.find((&row.school_id, &row.id));
    if known.count().get_result::<i64>(tx.db)? == 0 {
        diesel::insert_into(badge_classes::table)
            .values(row)
            .execute(tx.db)?;
    }
    Ok(())
}

/// Keeps a signed file.
pub fn add(tx: &mut Tx<'_>, _permit: &ChildPermit, row: &CredentialRow) -> Stored<()> {
    diesel::insert_into(credentials::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Everything taken along of the permit's child, the newest first.
pub fn of_child(
    db: &mut Db,
    permit: &ChildPermit,
    school: &SchoolId,
) -> Stored<Vec<CredentialRow>> {
    Ok(credentials::table
        .filter(
            credentials::school_id
                .eq(school.as_str())
                .and(credentials::student_id.eq(permit.student().as_str())),
        )
        .order((credentials::issued_at.desc(), credentials::id.asc()))
        .select(CredentialRow::as_select())
        .load(db)?)
}

/// The one of this id, of whichever school: whoever holds the file holds the id.
pub fn find(db: &mut Db, id: &str) -> Stored<Option<CredentialRow>> {
    Ok(credentials::table
        .filter(credentials::id.eq(id))
        .select(CredentialRow::as_select())
        .first(db)
        .optional()?)
}

/// How many there ever were, and whether a place is taken.
pub fn places(db: &mut Db, school: &SchoolId) -> Stored<i64> {
    let own = credentials::table.filter(credentials::school_id.eq(school.as_str()));
    Ok(own.count().get_result(db)?)
}

/// Whether a place in the status list is taken.
pub fn is_taken(db: &mut Db, school: &SchoolId, (list, slot): (i32, i32)) -> Stored<bool> {
    let own = credentials::table.filter(credentials::school_id.eq(school.as_str()));
    let there = own.filter(credentials::list.eq(list).and(credentials::slot.eq(slot)));
    Ok(there.count().get_result::<i64>(db)? > 0)
}

/// A file that holds no longer; nothing of it leads to a child.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable)]
#[diesel(table_name = credentials)]
pub struct WithdrawnRow {
    pub id: String,
    pub list: i32,
    pub slot: i32,
    pub revoked_for: Option<String>,
}

/// Those of a school, by their place.
pub fn withdrawn(db: &mut Db, school: &SchoolId) -> Stored<Vec<WithdrawnRow>> {
    Ok(credentials::table
        .filter(
            credentials::school_id
                .eq(school.as_str())
                .and(credentials::revoked_at.is_not_null()),
        )
        .order((credentials::list.asc(), credentials::slot.asc()))
        .select(WithdrawnRow::as_select())
        .load(db)?)
}

/// Which files are withdrawn.
#[derive(Clone, Copy, Debug)]
pub enum Of<'a> {
    One(&'a str),
    Award(&'a str),
    Child(&'a str),
}

/// Withdraws what still stands; how many. The text goes, place and day stay.
pub fn withdraw(
    tx: &mut Tx<'_>,
    school: &SchoolId,
    of: Of<'_>,
    why: Withdrawal,
    at: i64,
) -> Stored<usize> {
    let standing = || {
        credentials::table.filter(
            credentials::school_id
                .eq(school.as_str())
                .and(credentials::revoked_at.is_null()),
        )
    };
    let gone = (
        credentials::revoked_at.eq(at),
        credentials::revoked_for.eq(why.key()),
        credentials::signed_v3.eq(""),
        credentials::signed_v2.eq(""),
    );
    let done = match of {
        Of::One(id) => diesel::update(standing().filter(credentials::id.eq(id)))
            .set(gone)
            .execute(tx.db),
        Of::Award(id) => diesel::update(standing().filter(credentials::award_id.eq(id)))
            .set(gone)
            .execute(tx.db),
        Of::Child(id) => diesel::update(standing().filter(credentials::student_id.eq(id)))
            .set(gone)
            .execute(tx.db),
    };
    Ok(done?)
}

/// Everything about badges taken along that a restore must not lose: files in people's hands are not restored.
#[derive(Debug)]
pub(super) struct Abroad {
    keys: Vec<IssuerKeyRow>,
    classes: Vec<BadgeClassRow>,
    rows: Vec<CredentialRow>,
}

/// Reads it from the present database.
pub(super) fn abroad(db: &mut Db) -> Stored<Abroad> {
    Ok(Abroad {
        keys: issuer_keys::table
            .select(IssuerKeyRow::as_select())
            .load(db)?,
        classes: badge_classes::table
            .select(BadgeClassRow::as_select())
            .load(db)?,
        rows: credentials::table
            .select(CredentialRow::as_select())
            .load(db)?,
    })
}

/// Puts it into a restored database: what is missing there, and what was withdrawn since.
pub(super) fn again(db: &mut Db, abroad: &Abroad) -> Stored<()> {
    for row in &abroad.keys {
        let known = issuer_keys::table.find((&row.school_id, &row.id));
        if known.count().get_result::<i64>(db)? == 0 {
            diesel::insert_into(issuer_keys::table)
                .values(row)
                .execute(db)?;
        }
    }
    for row in &abroad.classes {
        let known = badge_classes::table.find((&row.school_id, &row.id));
        if known.count().get_result::<i64>(db)? == 0 {
            diesel::insert_into(badge_classes::table)
                .values(row)
                .execute(db)?;
        }
    }
    for row in &abroad.rows {
        // As it stands now, whatever stood in the backup.
        diesel::delete(credentials::table.find((&row.school_id, &row.id))).execute(db)?;
        diesel::insert_into(credentials::table)
            .values(row)
            .execute(db)?;
    }
    Ok(())
}
