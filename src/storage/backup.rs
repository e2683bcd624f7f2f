//! Backups: an online copy in one sealed file, the checks of a database, and the way back. Used by `cli` and by the
//! nightly job. A backup is the engine's own file (an SQLite database, a `pg_dump` archive) followed by one sealed
//! line, so that a changed, cut or foreign file is refused before anything is touched.

mod check;
mod files;
mod postgres;
mod prepare;
mod seal;
mod sqlite;

use std::path::{Path, PathBuf};

pub use check::{Checked, check, content_hashes};
pub use files::{backups_in, file_name};
pub use seal::Sealed;

use super::{
    audit::AuditKeys,
    engine::{DatabaseUrl, Db},
    error::{StorageError, Stored},
    schools,
    store::Tx,
};
use crate::domain::{actor::Call, ids::SchoolId};

/// A backup that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    pub path: PathBuf,
    pub bytes: u64,
}

/// What becomes of family links where no present database says which were revoked since the backup.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Links {
    /// Revoke them all: the safe choice.
    Revoke,
    /// Keep them: somebody knows that none was revoked since.
    Keep,
}

/// What restoring did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Restored {
    /// When the backup was made, milliseconds UTC.
    pub made_at: i64,
    /// Where the database of before was put.
    pub before: Option<String>,
    /// Migrations run on the restored copy.
    pub migrated: Vec<String>,
    /// Family links that no longer open.
    pub links_revoked: usize,
}

/// Backs the database up into `to` (a file, or a folder that gets a file named by `now`) while it is being written.
/// The file appears under its name only when it is whole, checked and on disk.
pub fn backup(url: &DatabaseUrl, keys: &AuditKeys, to: &Path, now: i64) -> Stored<Made> {
    let made = backup_only(url, keys, to, now)?;
    note(&mut Db::open(url)?, keys, now, "backup.make", "")?;
    Ok(made)
}

/// The same without an audit line, for a database whose tables are those of an older version.
pub fn backup_only(url: &DatabaseUrl, keys: &AuditKeys, to: &Path, now: i64) -> Stored<Made> {
    let path = if to.is_dir() {
        to.join(file_name(now))
    } else {
        to.to_owned()
    };
    let part = files::Part::beside(&path)?;
    let engine = match url {
        DatabaseUrl::Sqlite(live) => {
            sqlite::copy_out(live, part.path())?;
            seal::Engine::Sqlite
        }
        DatabaseUrl::Postgres(live) => {
            postgres::dump(live, part.path())?;
            seal::Engine::Postgres
        }
    };
    let bytes = seal::append(part.path(), keys, engine, now)?;
    part.keep_as(&path)?;
    Ok(Made { path, bytes })
}

/// Puts a backup in the place of the database: verified first, brought into a fresh place, all sessions ended, then
/// switched in. Until the switch the present database is as it was.
///
/// # Errors
/// `Broken` with the reason in words where the file is no whole backup of this installation, or newer than this
/// program, or the database is in use.
pub fn restore(
    url: &DatabaseUrl,
    keys: &AuditKeys,
    from: &Path,
    links: Links,
    now: i64,
) -> Stored<Restored> {
    let sealed = seal::read(from)?;
    match (url, sealed.engine) {
        (DatabaseUrl::Sqlite(live), seal::Engine::Sqlite) => {
            sqlite::restore(live, keys, from, &sealed, links, now)
        }
        (DatabaseUrl::Postgres(live), seal::Engine::Postgres) => {
            postgres::restore(live, keys, from, &sealed, links, now)
        }
        _ => Err(broken("the backup is of the other kind of database")),
    }
}

/// Proves a backup without restoring it: the seal, and for SQLite the checks of a database.
pub fn check_backup(keys: &AuditKeys, from: &Path) -> Stored<Checked> {
    let sealed = seal::read(from)?;
    let part = files::Part::beside(&std::env::temp_dir().join("starlight-check"))?;
    seal::copy_body(from, &sealed, keys, part.path())?;
    match sealed.engine {
        seal::Engine::Sqlite => sqlite::check_file(part.path(), keys),
        seal::Engine::Postgres => Ok(Checked::default()),
    }
}

/// One audit line in every school, for what concerns the whole installation.
fn note(db: &mut Db, keys: &AuditKeys, now: i64, action: &str, detail: &str) -> Stored<()> {
    let today = chrono::DateTime::from_timestamp_millis(now)
        .unwrap_or_default()
        .date_naive();
    db.begin()?;
    let mut tx = Tx {
        db,
        audit_keys: keys.clone(),
        audited: 0,
    };
    let written = schools::all(&mut tx).and_then(|all| {
        all.into_iter().try_for_each(|school| {
            let call = Call::system(SchoolId::new(school.id), now, today);
            tx.record(&call, action, "installation", detail)
        })
    });
    match written {
        Ok(()) => db.run("COMMIT"),
        Err(error) => {
            let _ = db.run("ROLLBACK");
            Err(error)
        }
    }
}

fn broken(why: impl std::fmt::Display) -> StorageError {
    StorageError::Broken(why.to_string())
}
