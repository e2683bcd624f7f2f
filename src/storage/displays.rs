//! Displays of the school and the codes with which they are paired. Used by `actions/screens.rs`, the demo and sessions.

use diesel::prelude::*;

use super::{
    engine::Db,
    error::{StorageError, Stored},
    schema::{pairings, screens, sessions},
    store::Tx,
};
use crate::domain::{
    actor::DisplayPermit,
    ids::{ClassId, SchoolId},
};

/// A paired display.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = screens)]
pub struct ScreenRow {
    pub school_id: String,
    pub id: String,
    pub name: String,
    pub kind: String,
    pub class_id: Option<String>,
    pub paired_by: String,
    pub paired_at: i64,
    pub revoked_at: Option<i64>,
}

/// A display that waits to be paired; its id is known to the device alone.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = pairings)]
pub struct PairingRow {
    pub id: String,
    pub code: String,
    pub expires_at: i64,
    pub school_id: Option<String>,
    pub screen_id: Option<String>,
}

/// The displays that the permit covers, oldest first.
pub fn screens(db: &mut Db, permit: &DisplayPermit, school: &SchoolId) -> Stored<Vec<ScreenRow>> {
    let mut rows: Vec<ScreenRow> = screens::table
        .filter(screens::school_id.eq(school.as_str()))
        .order(screens::paired_at.asc())
        .select(ScreenRow::as_select())
        .load(db)?;
    rows.retain(|row| covered(permit, row));
    Ok(rows)
}

fn covered(permit: &DisplayPermit, row: &ScreenRow) -> bool {
    permit.covers(row.class_id.clone().map(ClassId::new).as_ref())
}

/// One display.
pub fn screen(db: &mut Db, school: &SchoolId, id: &str) -> Stored<ScreenRow> {
    Ok(screens::table
        .filter(
            screens::school_id
                .eq(school.as_str())
                .and(screens::id.eq(id)),
        )
        .select(ScreenRow::as_select())
        .first(db)?)
}

/// Adds a display.
pub fn add_screen(tx: &mut Tx<'_>, permit: &DisplayPermit, row: &ScreenRow) -> Stored<()> {
    if !covered(permit, row) {
        return Err(StorageError::NotFound);
    }
    diesel::insert_into(screens::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Takes a display's right away.
pub fn revoke_screen(
    tx: &mut Tx<'_>,
    _permit: &DisplayPermit,
    school: &SchoolId,
    id: &str,
    now: i64,
) -> Stored<()> {
    diesel::update(
        screens::table.filter(
            screens::school_id
                .eq(school.as_str())
                .and(screens::id.eq(id)),
        ),
    )
    .set(screens::revoked_at.eq(now))
    .execute(tx.db)?;
    Ok(())
}

/// A display asks to be paired.
pub fn add_pairing(tx: &mut Tx<'_>, row: &PairingRow, now: i64) -> Stored<()> {
    diesel::delete(pairings::table.filter(pairings::expires_at.lt(now))).execute(tx.db)?;
    diesel::insert_into(pairings::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// The waiting display of a code.
pub fn pairing_by_code(db: &mut Db, code: &str, now: i64) -> Stored<Option<PairingRow>> {
    Ok(pairings::table
        .filter(
            pairings::code
                .eq(code)
                .and(pairings::expires_at.gt(now))
                .and(pairings::screen_id.is_null()),
        )
        .select(PairingRow::as_select())
        .first(db)
        .optional()?)
}

/// What has become of a display's request.
pub fn pairing(db: &mut Db, id: &str, now: i64) -> Stored<Option<PairingRow>> {
    Ok(pairings::table
        .filter(pairings::id.eq(id).and(pairings::expires_at.gt(now)))
        .select(PairingRow::as_select())
        .first(db)
        .optional()?)
}

/// Gives the waiting display its screen.
pub fn pair(
    tx: &mut Tx<'_>,
    _permit: &DisplayPermit,
    id: &str,
    school: &SchoolId,
    screen: &str,
) -> Stored<()> {
    diesel::update(pairings::table.filter(pairings::id.eq(id)))
        .set((
            pairings::school_id.eq(school.as_str()),
            pairings::screen_id.eq(screen),
        ))
        .execute(tx.db)?;
    Ok(())
}

/// A pairing is used once.
pub fn end_pairing(tx: &mut Tx<'_>, id: &str) -> Stored<()> {
    diesel::delete(pairings::table.filter(pairings::id.eq(id))).execute(tx.db)?;
    Ok(())
}

/// When the displays of the school were last seen: screen id and time of its newest session.
pub fn screens_seen(
    db: &mut Db,
    _permit: &DisplayPermit,
    school: &SchoolId,
) -> Stored<Vec<(String, i64, i64)>> {
    Ok(sessions::table
        .filter(
            sessions::school_id
                .eq(school.as_str())
                .and(sessions::kind.eq("screen"))
                .and(sessions::revoked_at.is_null()),
        )
        .order(sessions::seen_at.asc())
        .select((
            sessions::subject_id,
            sessions::seen_at,
            sessions::expires_at,
        ))
        .load(db)?)
}
