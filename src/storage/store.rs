//! The only door to the data. `Store::read` and `Store::write` are the only hop from a request to a blocking thread;
//! all writes go through one writer, each is one transaction and must leave its audit line.

use std::{path::Path, sync::Arc};

use diesel::r2d2;
use tokio::sync::{oneshot, watch};

use super::{
    audit::AuditKeys,
    engine::{DatabaseUrl, Db, Opener},
    error::{StorageError, Stored},
    writer::{Done, Writer},
};

/// Connections for readers. Two cores do not read faster with more.
const READERS: u32 = 6;

/// Shared handle to one database.
#[derive(Clone)]
pub struct Store {
    readers: r2d2::Pool<Opener>,
    writer: Writer,
    url: Arc<DatabaseUrl>,
    audit_keys: AuditKeys,
    changed: Arc<watch::Sender<u64>>,
}

/// A running write: reads as a [`Db`] does, and is the only thing that storage's writing functions accept.
pub struct Tx<'c> {
    pub(super) db: &'c mut Db,
    pub(super) audit_keys: AuditKeys,
    pub(super) audited: usize,
}

impl std::ops::Deref for Tx<'_> {
    type Target = Db;

    fn deref(&self) -> &Db {
        self.db
    }
}

impl std::ops::DerefMut for Tx<'_> {
    fn deref_mut(&mut self) -> &mut Db {
        self.db
    }
}

/// How a database is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Migrate {
    /// Run what is pending.
    Run,
    /// Refuse a database that is behind: `starlight migrate` takes a backup first.
    Refuse,
}

impl Store {
    /// Opens the database, migrating it or not, and starts the writer.
    pub fn open(url: &DatabaseUrl, audit_keys: AuditKeys, migrate: Migrate) -> Stored<Self> {
        let mut first = Db::open(url)?;
        first.refuse_newer()?;
        match migrate {
            Migrate::Run => drop(first.migrate()?),
            Migrate::Refuse if first.is_behind()? => {
                return Err(StorageError::Broken(
                    "the database is behind this program: run `starlight migrate`".to_owned(),
                ));
            }
            Migrate::Refuse => {}
        }
        let readers = r2d2::Pool::builder()
            .max_size(READERS)
            .min_idle(Some(1))
            .build(Opener(url.clone()))
            .map_err(|e| StorageError::Broken(e.to_string()))?;
        let (changed, _) = watch::channel(0);
        let url = Arc::new(url.clone());
        Ok(Self {
            readers,
            writer: Writer::start(first)?,
            url,
            audit_keys,
            changed: Arc::new(changed),
        })
    }

    /// Migrations that wait, run by `starlight migrate`; returns their names.
    pub fn migrate(url: &DatabaseUrl) -> Stored<Vec<String>> {
        let mut db = Db::open(url)?;
        db.refuse_newer()?;
        db.migrate()
    }

    /// Whether migrations wait.
    pub fn is_behind(url: &DatabaseUrl) -> Stored<bool> {
        Db::open(url)?.is_behind()
    }

    /// Makes an empty PostgreSQL schema, for a test or a district's trial beside the real one. `name`: letters, digits
    /// and `_` only.
    ///
    /// # Errors
    /// `Conflict` for another kind of name or an embedded database.
    pub fn prepare_schema(url: &DatabaseUrl, name: &str) -> Stored<()> {
        let plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        match url {
            DatabaseUrl::Postgres(_) if plain && !name.is_empty() => {
                Db::open(url)?.run(&format!("CREATE SCHEMA {name}"))
            }
            _ => Err(StorageError::Conflict),
        }
    }

    /// The embedded file, if it is one.
    pub fn file(&self) -> Option<&Path> {
        self.url.file()
    }

    /// Ticks after every committed write of this process; screens and caches listen.
    pub fn changes(&self) -> watch::Receiver<u64> {
        self.changed.subscribe()
    }

    /// Reads on a blocking thread.
    pub async fn read<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
        F: FnOnce(&mut Db) -> Result<T, E> + Send + 'static,
    {
        let store = self.clone();
        tokio::task::spawn_blocking(move || store.read_here(work))
            .await
            .unwrap_or_else(|e| Err(StorageError::Broken(e.to_string()).into()))
    }

    /// Reads on this thread: for commands.
    pub fn read_here<T, E, F>(&self, work: F) -> Result<T, E>
    where
        E: From<StorageError>,
        F: FnOnce(&mut Db) -> Result<T, E>,
    {
        let mut db = self.readers.get().map_err(|e| {
            tracing::warn!(error = %e, "no reader became free");
            E::from(StorageError::Busy)
        })?;
        work(&mut db)
    }

    /// Writes: one transaction, acknowledged after its commit. A write that changes things without an audit line is
    /// undone and reported as broken.
    pub async fn write<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        self.queue(work, Rule::Audited)?
            .await
            .unwrap_or_else(|_| Err(StorageError::Busy.into()))
    }

    /// Writes from a command or a job, waiting on this thread.
    pub fn write_here<T, E, F>(&self, work: F) -> Result<T, E>
    where
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        self.queue(work, Rule::Audited)?
            .blocking_recv()
            .unwrap_or_else(|_| Err(StorageError::Busy.into()))
    }

    /// Notes that a session or a screen was seen: state of the machine, not of the school, hence without audit line.
    pub async fn note<T, F>(&self, work: F) -> Stored<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Stored<T> + Send + 'static,
    {
        self.queue(work, Rule::Note)?
            .await
            .unwrap_or(Err(StorageError::Busy))
    }

    /// Folds the write-ahead log into the file and empties it, so that what was just erased is in neither; an engine
    /// without such a log has nothing to do.
    pub async fn forget(&self) -> Stored<()> {
        let url = Arc::clone(&self.url);
        tokio::task::spawn_blocking(move || match url.as_ref() {
            DatabaseUrl::Sqlite(_) => Db::open(&url)?.run("PRAGMA wal_checkpoint(TRUNCATE)"),
            DatabaseUrl::Postgres(_) => Ok(()),
        })
        .await
        .unwrap_or_else(|e| Err(StorageError::Broken(e.to_string())))
    }

    fn queue<T, E, F>(&self, work: F, rule: Rule) -> Result<oneshot::Receiver<Result<T, E>>, E>
    where
        T: Send + 'static,
        E: From<StorageError> + Send + 'static,
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    {
        let (reply, answer) = oneshot::channel();
        let audit_keys = self.audit_keys.clone();
        let changed = self.changed.clone();
        let job = move |db: &mut Db| {
            let mut tx = Tx {
                db,
                audit_keys,
                audited: 0,
            };
            let outcome = work(&mut tx);
            let outcome = match (outcome, rule) {
                (Ok(_), Rule::Audited) if tx.audited == 0 => {
                    Err(StorageError::Broken("a write left no audit line".to_owned()).into())
                }
                (outcome, _) => outcome,
            };
            Done {
                keep: outcome.is_ok(),
                answer: tell(reply, outcome, changed),
            }
        };
        self.writer.send(Box::new(job))?;
        Ok(answer)
    }
}

#[derive(Clone, Copy)]
enum Rule {
    Audited,
    Note,
}

fn tell<T, E>(
    reply: oneshot::Sender<Result<T, E>>,
    outcome: Result<T, E>,
    changed: Arc<watch::Sender<u64>>,
) -> Box<dyn FnOnce(Stored<()>) + Send>
where
    T: Send + 'static,
    E: From<StorageError> + Send + 'static,
{
    Box::new(move |committed| {
        let outcome = match committed {
            Ok(()) => outcome,
            Err(error) => outcome.and(Err(error.into())),
        };
        if outcome.is_ok() {
            changed.send_modify(|n| *n = n.wrapping_add(1));
        }
        // The asker may have gone away; the write stands all the same.
        let _ = reply.send(outcome);
    })
}
