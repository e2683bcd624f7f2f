//! The files of `starlight score` (interfaces.md): bytes in to [`TermInput`], results to bytes out. Opens
//! no files. Used by `cli::score` and by import and export.

mod extras;
mod gather;
mod output;
mod people;
mod sheet_rows;
mod sheets;
mod write_term;

pub use output::{OutFile, write_results};
pub use write_term::{checks, each_sheet, write_term};

use std::fmt;

use crate::domain::rubric::Rubric;
use crate::domain::scoring::input::TermInput;
use crate::exchange::csv_rows::{Column, Header, Row, Rows, header};
use crate::exchange::rubric_toml;

/// The bytes of the files of IN; none = there is no such file.
#[derive(Clone, Copy, Debug, Default)]
pub struct InFiles<'a> {
    pub rubric: Option<&'a [u8]>,
    pub classes: Option<&'a [u8]>,
    pub students: Option<&'a [u8]>,
    pub teachers: Option<&'a [u8]>,
    pub sheets: Option<&'a [u8]>,
    pub assignments: Option<&'a [u8]>,
    pub excused: Option<&'a [u8]>,
    pub inspections: Option<&'a [u8]>,
}

/// What is wrong in a row of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct RowError {
    pub file: &'static str,
    /// Line where the row starts; the header is 1.
    pub line: u32,
    pub message: String,
}

impl fmt::Display for RowError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message)
    }
}

/// Reads a term. Either everything is good or all errors are told, one per row, by file and line.
///
/// `threads` ≥ 1 changes the speed and nothing else.
pub fn read_term(
    files: &InFiles<'_>,
    threads: usize,
) -> Result<(Rubric, TermInput), Vec<RowError>> {
    let mut errors = Vec::new();
    let rubric = match files.rubric.map(rubric_toml::read) {
        None => Rubric::built_in(),
        Some(Ok(rubric)) => rubric,
        Some(Err(flaws)) => {
            errors.extend(flaws.into_iter().map(|flaw| RowError {
                file: "rubric.toml",
                line: flaw.line,
                message: flaw.message,
            }));
            Rubric::built_in()
        }
    };
    let rubric_is_good = errors.is_empty();
    let people = people::read(files, &mut errors);
    let sheets = needed("sheets.csv", files.sheets, &mut errors);
    // Without a rubric or people every row of the other files would be wrong too.
    let (Some(people), Some(sheets), true) = (people, sheets, rubric_is_good) else {
        return Err(errors);
    };
    let read = sheets::read(sheets, &rubric, &people, threads, &mut errors);
    let mut term = gather::gather(&people, read, threads, &mut errors);
    extras::read(files, &rubric, &people, &mut term, &mut errors);
    if errors.is_empty() {
        return Ok((rubric, term));
    }
    let rank = |error: &RowError| FILES.iter().position(|file| *file == error.file);
    errors.sort_by_key(|error| (rank(error), error.line));
    errors.dedup_by_key(|error| (error.file, error.line));
    Err(errors)
}

/// The files in the order in which their errors are told.
const FILES: [&str; 8] = [
    "rubric.toml",
    "classes.csv",
    "students.csv",
    "teachers.csv",
    "sheets.csv",
    "assignments.csv",
    "excused.csv",
    "inspections.csv",
];

fn needed<'a>(
    file: &'static str,
    bytes: Option<&'a [u8]>,
    errors: &mut Vec<RowError>,
) -> Option<&'a [u8]> {
    if bytes.is_none() {
        errors.push(RowError {
            file,
            line: 1,
            message: "the file is missing".into(),
        });
    }
    bytes
}

/// Calls `each` with every row of a small file that has as many fields as the header; what it
/// returns is wrong with the row. False: the header is unusable.
fn each_row<const N: usize>(
    file: &'static str,
    bytes: &[u8],
    columns: [Column; N],
    errors: &mut Vec<RowError>,
    mut each: impl FnMut([&str; N], u32) -> Result<(), String>,
) -> bool {
    let mut rows = Rows::new(bytes);
    let header = match header(&mut rows, columns) {
        Ok(header) => header,
        Err((line, message)) => {
            errors.push(RowError {
                file,
                line,
                message,
            });
            return false;
        }
    };
    let mut row = Row::default();
    while rows.next_into(&mut row) {
        let fields = texts(&header, &row);
        if let Err(message) = fields.and_then(|fields| each(fields, row.line)) {
            errors.push(RowError {
                file,
                line: row.line,
                message,
            });
        }
    }
    true
}

fn texts<'r, const N: usize>(header: &Header<N>, row: &'r Row<'_>) -> Result<[&'r str; N], String> {
    right_length(header, row)?;
    let mut bad = false;
    let texts = header.columns.map(|column| {
        std::str::from_utf8(row.get(column)).unwrap_or_else(|_| {
            bad = true;
            ""
        })
    });
    if bad {
        return Err("a field is not UTF-8".into());
    }
    Ok(texts)
}

fn right_length<const N: usize>(header: &Header<N>, row: &Row<'_>) -> Result<(), String> {
    if row.fields.len() == header.fields {
        return Ok(());
    }
    Err(format!(
        "{} fields, expected {}",
        row.fields.len(),
        header.fields
    ))
}

/// A number of plain decimal notation.
fn decimal(text: &str) -> Option<f64> {
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | '-' | '+');
    let number: f64 = text.chars().all(plain).then(|| text.parse().ok())??;
    number.is_finite().then_some(number)
}
