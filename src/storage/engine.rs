//! The two engines behind one connection type, how a connection is opened and set up, and the migrations.
//! Used by `store` only.

use std::path::Path;

use diesel::{
    Connection, PgConnection, RunQueryDsl, SqliteConnection, connection::SimpleConnection,
    migration::MigrationSource, r2d2, sql_query,
};
use diesel_migrations::{EmbeddedMigrations, MigrationHarness, embed_migrations};

use super::error::{StorageError, Stored};

const SQLITE: EmbeddedMigrations = embed_migrations!("migrations/sqlite");
const POSTGRES: EmbeddedMigrations = embed_migrations!("migrations/postgres");

/// A connection to either engine; one query text serves both.
#[derive(diesel::MultiConnection)]
pub enum Db {
    /// Embedded, one file.
    Sqlite(SqliteConnection),
    /// A district's server.
    Postgres(PgConnection),
}

/// Where the data is: `sqlite:PATH` or `postgres://…`; any other scheme is refused, because SQLite would accept any path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DatabaseUrl {
    /// Path of the file.
    Sqlite(String),
    /// The whole URL.
    Postgres(String),
}

impl DatabaseUrl {
    /// Reads the configured text.
    pub fn parse(text: &str) -> Result<Self, String> {
        if let Some(path) = text.strip_prefix("sqlite:") {
            let path = path.strip_prefix("//").unwrap_or(path);
            if path.is_empty() {
                return Err("sqlite: needs a path, as in sqlite:starlight.db".to_owned());
            }
            return Ok(Self::Sqlite(path.to_owned()));
        }
        if text.starts_with("postgres://") || text.starts_with("postgresql://") {
            return Ok(Self::Postgres(text.to_owned()));
        }
        Err("database_url must begin with sqlite: or postgres://".to_owned())
    }

    /// Path of the embedded file.
    pub fn file(&self) -> Option<&Path> {
        match self {
            Self::Sqlite(path) => Some(Path::new(path)),
            Self::Postgres(_) => None,
        }
    }
}

/// What every SQLite connection must have; asserted, because these are settings of the connection, not of the file.
const SQLITE_SET_UP: &str = "PRAGMA busy_timeout=10000; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; \
     PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY; PRAGMA cache_size=-16000;";

#[derive(diesel::QueryableByName)]
struct Pragma {
    #[diesel(sql_type = diesel::sql_types::Text)]
    value: String,
}

fn pragma(conn: &mut SqliteConnection, name: &str) -> Stored<String> {
    let query = format!("SELECT CAST({name} AS TEXT) AS value FROM pragma_{name}");
    Ok(sql_query(query).get_result::<Pragma>(conn)?.value)
}

fn assert_durable(conn: &mut SqliteConnection) -> Stored<()> {
    let found = (
        pragma(conn, "journal_mode")?,
        pragma(conn, "synchronous")?,
        pragma(conn, "foreign_keys")?,
    );
    if found == ("wal".to_owned(), "2".to_owned(), "1".to_owned()) {
        return Ok(());
    }
    Err(StorageError::Broken(format!(
        "the database refuses its safety settings: {found:?}"
    )))
}

impl Db {
    /// Opens and sets up one connection.
    pub(super) fn open(url: &DatabaseUrl) -> Stored<Self> {
        let broken = |e: diesel::ConnectionError| StorageError::Broken(e.to_string());
        match url {
            DatabaseUrl::Sqlite(path) => {
                let mut conn = SqliteConnection::establish(path).map_err(broken)?;
                conn.batch_execute(SQLITE_SET_UP)?;
                assert_durable(&mut conn)?;
                Ok(Self::Sqlite(conn))
            }
            DatabaseUrl::Postgres(url) => {
                let mut conn = PgConnection::establish(url).map_err(broken)?;
                conn.batch_execute(
                    "SET synchronous_commit = on; SET client_min_messages = warning",
                )?;
                Ok(Self::Postgres(conn))
            }
        }
    }

    /// Runs what is pending; returns the names of the migrations run.
    pub(super) fn migrate(&mut self) -> Stored<Vec<String>> {
        let run = match self {
            Self::Sqlite(conn) => conn.run_pending_migrations(SQLITE).map(names),
            Self::Postgres(conn) => conn.run_pending_migrations(POSTGRES).map(names),
        };
        run.map_err(|e| StorageError::Broken(format!("migration failed: {e}")))
    }

    /// Whether migrations wait.
    pub(super) fn is_behind(&mut self) -> Stored<bool> {
        let behind = match self {
            Self::Sqlite(conn) => conn.has_pending_migration(SQLITE),
            Self::Postgres(conn) => conn.has_pending_migration(POSTGRES),
        };
        behind.map_err(|e| StorageError::Broken(e.to_string()))
    }

    /// Refuses data that a newer program has written: this one would misread it.
    pub(super) fn refuse_newer(&mut self) -> Stored<()> {
        let unknown = match self {
            Self::Sqlite(conn) => unknown_versions(conn, &SQLITE),
            Self::Postgres(conn) => unknown_versions(conn, &POSTGRES),
        }?;
        match unknown.first() {
            None => Ok(()),
            Some(version) => Err(StorageError::Broken(format!(
                "the data was written by a newer version of this program (migration {version})"
            ))),
        }
    }

    /// Begins a writing transaction. SQLite: IMMEDIATE, since a deferred read-then-write fails at once under load.
    /// PostgreSQL: one writer at a time over all processes, which gives both engines the same meaning.
    pub(super) fn begin(&mut self) -> Stored<()> {
        match self {
            Self::Sqlite(conn) => conn.batch_execute("BEGIN IMMEDIATE")?,
            Self::Postgres(conn) => {
                conn.batch_execute("BEGIN; SELECT pg_advisory_xact_lock(7827)")?
            }
        }
        Ok(())
    }

    /// Runs text that both engines read alike.
    pub(super) fn run(&mut self, sql: &str) -> Stored<()> {
        match self {
            Self::Sqlite(conn) => conn.batch_execute(sql)?,
            Self::Postgres(conn) => conn.batch_execute(sql)?,
        }
        Ok(())
    }
}

fn unknown_versions<C, D>(conn: &mut C, known: &EmbeddedMigrations) -> Stored<Vec<String>>
where
    C: MigrationHarness<D>,
    D: diesel::backend::Backend,
    EmbeddedMigrations: MigrationSource<D>,
{
    let broken = |e: Box<dyn std::error::Error + Send + Sync>| StorageError::Broken(e.to_string());
    let migrations = MigrationSource::<D>::migrations(known).map_err(broken)?;
    let known: Vec<String> = migrations
        .iter()
        .map(|m| m.name().version().to_string())
        .collect();
    let applied = conn.applied_migrations().map_err(broken)?;
    let applied = applied.iter().map(ToString::to_string);
    Ok(applied.filter(|version| !known.contains(version)).collect())
}

fn names(versions: Vec<diesel::migration::MigrationVersion<'_>>) -> Vec<String> {
    versions.iter().map(ToString::to_string).collect()
}

/// Makes connections for the pool of readers.
#[derive(Debug)]
pub(super) struct Opener(pub(super) DatabaseUrl);

impl r2d2::ManageConnection for Opener {
    type Connection = Db;
    type Error = StorageError;

    fn connect(&self) -> Stored<Db> {
        Db::open(&self.0)
    }

    fn is_valid(&self, conn: &mut Db) -> Stored<()> {
        conn.run("SELECT 1")
    }

    fn has_broken(&self, _conn: &mut Db) -> bool {
        std::thread::panicking()
    }
}
