//! What can go wrong below the actions: four kinds, whatever the engine.

use diesel::result::{DatabaseErrorKind, Error};

/// A failed read or write. The text is for the log, never for a page.
#[derive(Debug)]
pub enum StorageError {
    /// No such row in this school.
    NotFound,
    /// A key exists already.
    Conflict,
    /// The machine is at its limit; the same call may succeed in a moment.
    Busy,
    /// Anything else: disk, connection, a bug.
    Broken(String),
}

impl std::fmt::Display for StorageError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotFound => f.write_str("not found"),
            Self::Conflict => f.write_str("already there"),
            Self::Busy => f.write_str("storage is busy"),
            Self::Broken(why) => f.write_str(why),
        }
    }
}

impl std::error::Error for StorageError {}

impl From<Error> for StorageError {
    fn from(error: Error) -> Self {
        match error {
            Error::NotFound => Self::NotFound,
            Error::DatabaseError(DatabaseErrorKind::UniqueViolation, _) => Self::Conflict,
            Error::DatabaseError(_, info) if info.message().contains("database is locked") => {
                Self::Busy
            }
            Error::DatabaseError(_, info) if info.message().contains("disk is full") => Self::Busy,
            other => Self::Broken(other.to_string()),
        }
    }
}

/// Result of everything in `storage`.
pub type Stored<T> = Result<T, StorageError>;
