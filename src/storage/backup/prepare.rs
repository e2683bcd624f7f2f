//! What a restored copy goes through before it takes the database's place, on either engine: no newer schema, whole,
//! brought up to date, an audit chain that holds, and no right that was taken back since.

use diesel::prelude::*;

use super::{Checked, Links, broken, check, note};
use crate::storage::{
    audit::AuditKeys,
    credentials::{self, Abroad},
    engine::Db,
    erasure::{self, ErasureRow},
    error::Stored,
    schema::{family_links, pairings, screens, sessions, setup_tokens, staff},
};

/// School, id and when, of what was revoked or disabled.
type Gone = Vec<(String, String, i64)>;

/// What the present database says was taken back; none where there is no readable one.
pub struct TakenBack {
    links: Gone,
    screens: Gone,
    staff: Gone,
    erased: Vec<ErasureRow>,
    abroad: Abroad,
}

impl TakenBack {
    /// Reads it from the present database.
    pub fn read(db: &mut Db) -> Stored<Self> {
        let known = |rows: Vec<(String, String, Option<i64>)>| -> Gone {
            rows.into_iter()
                .filter_map(|(school, id, at)| Some((school, id, at?)))
                .collect()
        };
        let links = family_links::table
            .filter(family_links::revoked_at.is_not_null())
            .select((
                family_links::school_id,
                family_links::id,
                family_links::revoked_at,
            ))
            .load(db)?;
        let screens = screens::table
            .filter(screens::revoked_at.is_not_null())
            .select((screens::school_id, screens::id, screens::revoked_at))
            .load(db)?;
        let staff = staff::table
            .filter(staff::disabled_at.is_not_null())
            .select((staff::school_id, staff::id, staff::disabled_at))
            .load(db)?;
        Ok(Self {
            links: known(links),
            screens: known(screens),
            staff: known(staff),
            erased: erasure::all(db)?,
            abroad: credentials::abroad(db)?,
        })
    }
}

/// Makes a restored copy fit to be used; gives the migrations run and the number of links revoked.
pub fn prepare(
    db: &mut Db,
    keys: &AuditKeys,
    present: Option<&TakenBack>,
    links: Links,
    made_at: i64,
    now: i64,
) -> Stored<(Vec<String>, usize)> {
    db.refuse_newer()?;
    if let Db::Sqlite(conn) = db {
        refuse(Checked {
            problems: check::flaws(conn)?,
            ..Checked::default()
        })?;
    }
    let migrated = db.migrate()?;
    refuse(check::check_open(db, keys)?)?;
    db.begin()?;
    let revoked = end_rights(db, present, links, now)?;
    db.run("COMMIT")?;
    let detail = format!("made_at={made_at} links_revoked={revoked}");
    note(db, keys, now, "backup.restore", &detail)?;
    Ok((migrated, revoked))
}

fn refuse(checked: Checked) -> Stored<()> {
    if checked.is_sound() {
        return Ok(());
    }
    let all = checked.problems.join("; ");
    Err(broken(format!("the backup is not sound: {all}")))
}

/// All sessions end and waiting addresses and codes are void; what was revoked since stays revoked.
fn end_rights(db: &mut Db, present: Option<&TakenBack>, links: Links, now: i64) -> Stored<usize> {
    diesel::update(sessions::table.filter(sessions::revoked_at.is_null()))
        .set(sessions::revoked_at.eq(now))
        .execute(db)?;
    diesel::delete(pairings::table).execute(db)?;
    diesel::update(setup_tokens::table.filter(setup_tokens::used_at.is_null()))
        .set(setup_tokens::used_at.eq(now))
        .execute(db)?;
    match (present, links) {
        (Some(gone), _) => take_back_again(db, gone),
        (None, Links::Keep) => Ok(0),
        (None, Links::Revoke) => Ok(diesel::update(
            family_links::table.filter(family_links::revoked_at.is_null()),
        )
        .set(family_links::revoked_at.eq(now))
        .execute(db)?),
    }
}

fn take_back_again(db: &mut Db, gone: &TakenBack) -> Stored<usize> {
    let mut links = 0;
    for (school, id, at) in &gone.links {
        links += diesel::update(
            family_links::table
                .filter(family_links::school_id.eq(school))
                .filter(
                    family_links::id
                        .eq(id)
                        .and(family_links::revoked_at.is_null()),
                ),
        )
        .set(family_links::revoked_at.eq(at))
        .execute(db)?;
    }
    for (school, id, at) in &gone.screens {
        diesel::update(
            screens::table
                .filter(screens::school_id.eq(school))
                .filter(screens::id.eq(id).and(screens::revoked_at.is_null())),
        )
        .set(screens::revoked_at.eq(at))
        .execute(db)?;
    }
    for (school, id, at) in &gone.staff {
        diesel::update(
            staff::table
                .filter(staff::school_id.eq(school))
                .filter(staff::id.eq(id).and(staff::disabled_at.is_null())),
        )
        .set(staff::disabled_at.eq(at))
        .execute(db)?;
    }
    credentials::again(db, &gone.abroad)?;
    for row in &gone.erased {
        erasure::again(db, row)?;
    }
    Ok(links)
}
