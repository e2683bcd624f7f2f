//! Sessions, family links, and uploads that wait for their second step.

use diesel::prelude::*;

use super::{
    engine::Db,
    error::Stored,
    schema::{family_links, sessions, uploads},
    store::Tx,
};
use crate::domain::{
    actor::{ClassPermit, SchoolPermit},
    ids::SchoolId,
};

/// A signed-in person or device.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = sessions)]
pub struct SessionRow {
    pub school_id: String,
    pub id: String,
    pub kind: String,
    pub subject_id: String,
    pub class_id: Option<String>,
    pub created_at: i64,
    pub seen_at: i64,
    pub proved_at: i64,
    pub expires_at: i64,
    pub revoked_at: Option<i64>,
    pub device: String,
}

/// A share link. The token itself is nowhere: it follows from the server's key, the id and the nonce.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = family_links)]
pub struct LinkRow {
    pub school_id: String,
    pub id: String,
    pub student_id: String,
    pub term_id: String,
    pub nonce: String,
    pub key_id: String,
    pub token_hash: String,
    pub issued_by: String,
    pub issued_at: i64,
    pub expires_at: i64,
    pub revoked_at: Option<i64>,
}

/// A file between its dry run and its commit.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = uploads)]
pub struct UploadRow {
    pub school_id: String,
    pub id: String,
    pub kind: String,
    pub file_name: String,
    pub sha256: String,
    pub body: Vec<u8>,
    pub uploaded_by: String,
    pub uploaded_at: i64,
}

/// The session of a signed token.
pub fn session(db: &mut Db, id: &str) -> Stored<Option<SessionRow>> {
    Ok(sessions::table
        .filter(sessions::id.eq(id))
        .select(SessionRow::as_select())
        .first(db)
        .optional()?)
}

/// The sessions of a person or device that are neither ended nor over, newest first.
pub fn sessions_of(
    db: &mut Db,
    school: &SchoolId,
    subject: &str,
    now: i64,
) -> Stored<Vec<SessionRow>> {
    Ok(sessions::table
        .filter(
            sessions::school_id
                .eq(school.as_str())
                .and(sessions::subject_id.eq(subject)),
        )
        .filter(
            sessions::revoked_at
                .is_null()
                .and(sessions::expires_at.gt(now)),
        )
        .order((sessions::created_at.desc(), sessions::id.asc()))
        .select(SessionRow::as_select())
        .load(db)?)
}

/// Begins a session.
pub fn add_session(tx: &mut Tx<'_>, row: &SessionRow) -> Stored<()> {
    diesel::insert_into(sessions::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Notes that a session was used.
pub fn see_session(tx: &mut Tx<'_>, id: &str, now: i64) -> Stored<()> {
    diesel::update(sessions::table.filter(sessions::id.eq(id)))
        .set(sessions::seen_at.eq(now))
        .execute(tx.db)?;
    Ok(())
}

/// Notes that the person proved who it is again.
pub fn prove_session(tx: &mut Tx<'_>, id: &str, now: i64) -> Stored<()> {
    diesel::update(sessions::table.filter(sessions::id.eq(id)))
        .set(sessions::proved_at.eq(now))
        .execute(tx.db)?;
    Ok(())
}

/// Ends one session.
pub fn end_session(tx: &mut Tx<'_>, id: &str, now: i64) -> Stored<()> {
    diesel::update(sessions::table.filter(sessions::id.eq(id).and(sessions::revoked_at.is_null())))
        .set(sessions::revoked_at.eq(now))
        .execute(tx.db)?;
    Ok(())
}

/// Ends all sessions of a person or device, but for `except`.
pub fn end_sessions_of(
    tx: &mut Tx<'_>,
    school: &SchoolId,
    subject: &str,
    except: &str,
    now: i64,
) -> Stored<()> {
    diesel::update(
        sessions::table.filter(
            sessions::school_id
                .eq(school.as_str())
                .and(sessions::subject_id.eq(subject))
                .and(sessions::id.ne(except))
                .and(sessions::revoked_at.is_null()),
        ),
    )
    .set(sessions::revoked_at.eq(now))
    .execute(tx.db)?;
    Ok(())
}

/// The link of a token's hash, whatever its state.
pub fn link_by_hash(db: &mut Db, hash: &str) -> Stored<Option<LinkRow>> {
    Ok(family_links::table
        .filter(family_links::token_hash.eq(hash))
        .select(LinkRow::as_select())
        .first(db)
        .optional()?)
}

/// The link of a session.
pub fn link(db: &mut Db, school: &SchoolId, id: &str) -> Stored<LinkRow> {
    Ok(family_links::table
        .filter(
            family_links::school_id
                .eq(school.as_str())
                .and(family_links::id.eq(id)),
        )
        .select(LinkRow::as_select())
        .first(db)?)
}

/// Links of some children of the permit's class for a term, newest first.
pub fn links_among(
    db: &mut Db,
    _permit: &ClassPermit,
    school: &SchoolId,
    term: &str,
    students: &[String],
) -> Stored<Vec<LinkRow>> {
    Ok(family_links::table
        .filter(
            family_links::school_id
                .eq(school.as_str())
                .and(family_links::term_id.eq(term)),
        )
        .filter(family_links::student_id.eq_any(students))
        .order((family_links::issued_at.desc(), family_links::id.desc()))
        .select(LinkRow::as_select())
        .load(db)?)
}

/// Issues a link.
pub fn add_link(tx: &mut Tx<'_>, _permit: &ClassPermit, row: &LinkRow) -> Stored<()> {
    diesel::insert_into(family_links::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Revokes a link.
pub fn revoke_link(
    tx: &mut Tx<'_>,
    _permit: &ClassPermit,
    school: &SchoolId,
    id: &str,
    now: i64,
) -> Stored<()> {
    diesel::update(
        family_links::table.filter(
            family_links::school_id
                .eq(school.as_str())
                .and(family_links::id.eq(id))
                .and(family_links::revoked_at.is_null()),
        ),
    )
    .set(family_links::revoked_at.eq(now))
    .execute(tx.db)?;
    Ok(())
}

/// Keeps an upload for its second step; older ones of the same person and kind go.
pub fn add_upload(tx: &mut Tx<'_>, row: &UploadRow) -> Stored<()> {
    diesel::delete(
        uploads::table.filter(
            uploads::school_id
                .eq(&row.school_id)
                .and(uploads::uploaded_by.eq(&row.uploaded_by))
                .and(uploads::kind.eq(&row.kind)),
        ),
    )
    .execute(tx.db)?;
    diesel::insert_into(uploads::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// The uploader's file of a kind with this hash.
pub fn upload(
    db: &mut Db,
    school: &SchoolId,
    by: &str,
    kind: &str,
    sha256: &str,
) -> Stored<Option<UploadRow>> {
    Ok(uploads::table
        .filter(
            uploads::school_id
                .eq(school.as_str())
                .and(uploads::uploaded_by.eq(by)),
        )
        .filter(uploads::kind.eq(kind).and(uploads::sha256.eq(sha256)))
        .select(UploadRow::as_select())
        .first(db)
        .optional()?)
}

/// Forgets an upload.
pub fn end_upload(tx: &mut Tx<'_>, school: &SchoolId, id: &str) -> Stored<()> {
    diesel::delete(
        uploads::table.filter(
            uploads::school_id
                .eq(school.as_str())
                .and(uploads::id.eq(id)),
        ),
    )
    .execute(tx.db)?;
    Ok(())
}

/// Which of these links were opened, once for each device that did.
pub fn devices_of_links(
    db: &mut Db,
    _permit: &ClassPermit,
    school: &SchoolId,
    links: &[String],
) -> Stored<Vec<String>> {
    Ok(sessions::table
        .filter(
            sessions::school_id
                .eq(school.as_str())
                .and(sessions::kind.eq("family")),
        )
        .filter(sessions::subject_id.eq_any(links))
        .select(sessions::subject_id)
        .load(db)?)
}

/// When accounts of staff were last seen: id and time, oldest first.
pub fn staff_seen(
    db: &mut Db,
    _permit: &SchoolPermit,
    school: &SchoolId,
) -> Stored<Vec<(String, i64)>> {
    Ok(sessions::table
        .filter(
            sessions::school_id
                .eq(school.as_str())
                .and(sessions::kind.eq_any(["office", "teacher"])),
        )
        .order(sessions::seen_at.asc())
        .select((sessions::subject_id, sessions::seen_at))
        .load(db)?)
}
