//! Why a file as a whole cannot be read. Errors of single rows are in `report.rs`.

use super::encoding::Sample;
use crate::exchange::Message;
use std::fmt;

/// What kind of refusal, from which the web shell takes its status.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TableErrorKind {
    /// Larger than the limits: 413.
    TooLarge,
    /// Extension, content type and first bytes disagree, or a format we do not read: 415.
    Media,
    /// Anything else wrong with it: 400.
    Invalid,
    /// The characters can be read in more than one way; the samples are the question to ask: 400.
    Ambiguous(Vec<Sample>),
}

/// A refusal of a whole file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableError {
    /// What kind of refusal.
    pub kind: TableErrorKind,
    /// The line where reading stopped, if one can be named.
    pub line: Option<usize>,
    /// What to tell the user.
    pub message: Message,
}

impl TableError {
    pub(in crate::exchange) fn invalid(key: &'static str) -> Self {
        Self {
            kind: TableErrorKind::Invalid,
            line: None,
            message: Message::new(key),
        }
    }

    pub(super) fn media(key: &'static str) -> Self {
        Self {
            kind: TableErrorKind::Media,
            line: None,
            message: Message::new(key),
        }
    }

    pub(in crate::exchange) fn too_large(key: &'static str, limit: impl ToString) -> Self {
        Self {
            kind: TableErrorKind::TooLarge,
            line: None,
            message: Message::new(key).with("limit", limit),
        }
    }

    pub(super) fn ambiguous(samples: Vec<Sample>) -> Self {
        Self {
            kind: TableErrorKind::Ambiguous(samples),
            line: None,
            message: Message::new("import-encoding-ambiguous"),
        }
    }

    pub(in crate::exchange) fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.message = self.message.with(name, value);
        self
    }

    /// Names the line; messages of such errors have a placeable `line`.
    pub(super) fn at(mut self, line: usize) -> Self {
        self.line = Some(line);
        self.with("line", line)
    }

    /// The HTTP status that fits.
    pub fn status(&self) -> u16 {
        match self.kind {
            TableErrorKind::TooLarge => 413,
            TableErrorKind::Media => 415,
            TableErrorKind::Invalid | TableErrorKind::Ambiguous(_) => 400,
        }
    }
}

impl fmt::Display for TableError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message.key)
    }
}

impl std::error::Error for TableError {}
