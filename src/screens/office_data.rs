//! Import, export and the calendar. Used by `GET,POST /a/import/{kind}`, `GET /a/export`,
//! `GET,POST /a/calendar`; templates `office/import.html`, `office/export.html`,
//! `office/calendar.html`, first passwords `office/passwords.html`.

use super::teacher_shared::Pick;
use super::teacher_shared::page;
use serde::Serialize;

page! {
    Import => "office/import.html", "staff-import-title";
    Passwords => "office/passwords.html", "staff-passwords-title";
    Export => "office/export.html", "staff-export-title";
    Calendar => "office/calendar.html", "staff-calendar-title";
}

/// Kinds of files that can be read in.
pub const IMPORTS: [&str; 4] = ["roster", "teachers", "sheets", "inspections"];

/// `GET,POST /a/import/{kind}`.
#[derive(Debug, Clone, Serialize)]
pub struct Import {
    /// One of `IMPORTS`.
    pub kind: &'static str,
    pub kinds: Vec<&'static str>,
    /// Headers of the columns, needed ones first.
    pub columns: Vec<ImportColumn>,
    pub report: Option<ImportReport>,
    /// What a commit did.
    pub done: Option<ImportDone>,
    /// Key of `staff-refused-…` for a file refused as a whole.
    pub refused: Option<&'static str>,
}

/// Reasons why a file is refused before its rows are looked at.
pub const FILE_REFUSALS: [&str; 5] = ["too_big", "not_table", "encoding", "no_header", "changed"];

#[derive(Debug, Clone, Serialize)]
pub struct ImportColumn {
    pub name: String,
    pub example: String,
    pub needed: bool,
}

/// The dry run: nothing was written.
#[derive(Debug, Clone, Serialize)]
pub struct ImportReport {
    pub file_name: String,
    /// SHA-256 of exactly this file; the commit names it.
    pub hash: String,
    pub rows: u32,
    pub new: u32,
    pub changed: u32,
    pub unchanged: u32,
    /// People who are in the database and not in the file.
    pub left: u32,
    pub errors: Vec<RowError>,
    pub changes: Vec<RowChange>,
    /// Address of the fixable copy.
    pub fix_href: Option<String>,
}

/// One bad row.
#[derive(Debug, Clone, Serialize)]
pub struct RowError {
    pub line: u32,
    pub column: String,
    pub value: String,
    pub message: String,
}

/// One changed or leaving person, so that nobody is moved unseen.
#[derive(Debug, Clone, Serialize)]
pub struct RowChange {
    /// new, changed or left.
    pub kind: &'static str,
    pub who: String,
    pub before: String,
    pub after: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct ImportDone {
    pub new: u32,
    pub changed: u32,
    pub left: u32,
    pub passwords: Vec<FirstPassword>,
}

/// A first password: shown and printed once, stored nowhere in clear.
#[derive(Debug, Clone, Serialize)]
pub struct FirstPassword {
    pub name: String,
    pub login: String,
    pub password: String,
    pub classes: String,
}

/// Page of first passwords to print and cut.
#[derive(Debug, Clone, Serialize)]
pub struct Passwords {
    pub school_name: String,
    pub address: String,
    pub people: Vec<FirstPassword>,
}

/// `GET /a/export`.
#[derive(Debug, Clone, Serialize)]
pub struct Export {
    pub items: Vec<ExportItem>,
    pub rounds: Vec<Pick>,
    /// The last sign-in is too old: a password is asked first.
    pub reauth: bool,
}

/// What can be exported; the name is also the last part of the address.
#[derive(Debug, Clone, Serialize)]
pub struct ExportItem {
    pub what: &'static str,
    pub formats: Vec<&'static str>,
    /// Holds data of single children.
    pub personal: bool,
}

/// Everything that can be exported.
pub const EXPORTS: [&str; 6] = [
    "roster",
    "sheets",
    "inspections",
    "scores",
    "rankings",
    "badges",
];

/// `GET,POST /a/calendar`.
#[derive(Debug, Clone, Serialize)]
pub struct Calendar {
    pub terms: Vec<TermRow>,
    pub holidays: Vec<HolidayRow>,
    pub today: String,
    pub week: Option<u32>,
    pub refused: Vec<&'static str>,
}

/// Reasons why dates are refused.
pub const DATE_REFUSALS: [&str; 3] = ["dates", "overlap", "in_use"];

#[derive(Debug, Clone, Serialize)]
pub struct TermRow {
    pub id: String,
    pub name: String,
    pub starts_on: String,
    pub ends_on: String,
    pub weeks: u32,
    pub current: bool,
    /// A round uses it: it can be moved, not removed.
    pub in_use: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct HolidayRow {
    pub id: String,
    pub name: String,
    pub from_on: String,
    pub to_on: String,
}
