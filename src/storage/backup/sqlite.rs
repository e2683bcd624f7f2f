//! SQLite: a consistent copy while others write, and the switch of files.

use std::{
    ffi::OsString,
    fs,
    path::{Path, PathBuf},
};

use diesel::{
    Connection, RunQueryDsl, SqliteConnection, connection::SimpleConnection, sql_query,
    sql_types::Text,
};

use super::{
    Checked, Links, Restored, Sealed, broken, check,
    files::{Part, folder_of, sync_folder},
    prepare::{TakenBack, prepare},
    seal,
};
use crate::storage::{
    audit::AuditKeys,
    engine::Db,
    error::{StorageError, Stored},
};

/// For copies and for a database at rest: no WAL beside the file. Views and triggers of a file are not trusted with
/// more than their own tables.
const SET_UP: &str = "PRAGMA busy_timeout=2000; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; \
     PRAGMA trusted_schema=OFF; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;";

fn open(path: &Path) -> Stored<SqliteConnection> {
    let text = path
        .to_str()
        .ok_or_else(|| broken(format!("{} is not UTF-8", path.display())))?;
    let mut conn = SqliteConnection::establish(text).map_err(broken)?;
    conn.batch_execute(SET_UP)?;
    Ok(conn)
}

/// Copies the database as of one moment; writers go on.
pub fn copy_out(live: &str, to: &Path) -> Stored<()> {
    let live = Path::new(live);
    if !live.is_file() {
        return Err(broken(format!("there is no database {}", live.display())));
    }
    let target = to
        .to_str()
        .ok_or_else(|| broken(format!("{} is not UTF-8", to.display())))?;
    sql_query("VACUUM INTO ?")
        .bind::<Text, _>(target)
        .execute(&mut open(live)?)?;
    let flaws = check::flaws(&mut open(to)?)?;
    if flaws.is_empty() {
        Ok(())
    } else {
        let all = flaws.join("; ");
        Err(broken(format!("the database is not sound: {all}")))
    }
}

/// The checks of a database at rest.
pub fn check_file(path: &Path, keys: &AuditKeys) -> Stored<Checked> {
    let mut db = Db::Sqlite(open(path)?);
    db.refuse_newer()?;
    check::check_open(&mut db, keys)
}

/// Restores into the place of `live`.
pub fn restore(
    live: &str,
    keys: &AuditKeys,
    from: &Path,
    sealed: &Sealed,
    links: Links,
    now: i64,
) -> Stored<Restored> {
    let live = Path::new(live);
    fs::create_dir_all(folder_of(live)).map_err(broken)?;
    let part = Part::beside(live)?;
    seal::copy_body(from, sealed, keys, part.path())?;
    let present = Present::look_at(live)?;
    let mut copy = Db::Sqlite(open(part.path())?);
    let (migrated, links_revoked) = prepare(
        &mut copy,
        keys,
        present.taken_back(),
        links,
        sealed.made_at,
        now,
    )?;
    drop(copy);
    let before = present.step_aside(live)?;
    part.keep_as(live)?;
    Ok(Restored {
        made_at: sealed.made_at,
        before: before.map(|path| path.display().to_string()),
        migrated,
        links_revoked,
    })
}

/// What stands in the database's place now.
enum Present {
    Nothing,
    /// Something that SQLite does not read: the reason for restoring.
    Unreadable,
    /// At rest, with nobody else at it: its WAL is folded in.
    AtRest(TakenBack),
}

#[derive(diesel::QueryableByName)]
struct Mode {
    #[diesel(sql_type = Text)]
    journal_mode: String,
}

impl Present {
    /// # Errors
    /// `Broken` where another process has the database open.
    fn look_at(live: &Path) -> Stored<Self> {
        if !live.exists() {
            return Ok(Self::Nothing);
        }
        let in_use = || broken("the database is in use: stop `starlight serve` first");
        match Self::fold_in(live) {
            Ok(gone) => Ok(Self::AtRest(gone)),
            Err(StorageError::Busy) => Err(in_use()),
            Err(_) => Ok(Self::Unreadable),
        }
    }

    /// Leaving WAL mode works only for the last connection, and leaves one whole file behind.
    fn fold_in(live: &Path) -> Stored<TakenBack> {
        let mut conn = open(live)?;
        let mode: Mode = sql_query("PRAGMA journal_mode=DELETE").get_result(&mut conn)?;
        if mode.journal_mode != "delete" {
            return Err(StorageError::Busy);
        }
        TakenBack::read(&mut Db::Sqlite(conn))
    }

    fn taken_back(&self) -> Option<&TakenBack> {
        match self {
            Self::AtRest(gone) => Some(gone),
            Self::Nothing | Self::Unreadable => None,
        }
    }

    /// Keeps the present file under another name. The live name stays until the new file replaces it; a WAL of the
    /// old one must not be taken for the new one's.
    fn step_aside(&self, live: &Path) -> Stored<Option<PathBuf>> {
        if matches!(self, Self::Nothing) {
            return Ok(None);
        }
        let aside = with_ending(live, ".before-restore");
        let work = || -> std::io::Result<()> {
            for ending in ["", "-wal", "-shm"] {
                let _ = fs::remove_file(with_ending(&aside, ending));
            }
            if fs::hard_link(live, &aside).is_err() {
                fs::copy(live, &aside)?;
            }
            for ending in ["-wal", "-shm"] {
                if with_ending(live, ending).exists() {
                    fs::rename(with_ending(live, ending), with_ending(&aside, ending))?;
                }
            }
            sync_folder(live)
        };
        work().map_err(broken)?;
        Ok(Some(aside))
    }
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut name: OsString = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}
