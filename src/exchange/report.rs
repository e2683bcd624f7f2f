//! What an import found: rows, every error at once, remarks, and a copy of the file with the problems beside the rows.

use super::Message;
use super::table::{Cell, Sheet, Table};

/// Why one cell or row is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RowError {
    /// Line in the file; see [`super::table::Row::line`].
    pub line: usize,
    /// Key of the column, e.g. `student_no`; empty when the row as a whole is meant.
    pub column: &'static str,
    /// What the cell holds.
    pub value: String,
    /// What is wrong.
    pub message: Message,
}

/// Something worth a look that does not stop the import, e.g. two children of the same name.
pub type RowNote = RowError;

/// The outcome of reading a table. An import goes ahead only when `errors` is empty: all or nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Report<T> {
    /// The rows without errors, in file order.
    pub rows: Vec<T>,
    /// All errors, by line.
    pub errors: Vec<RowError>,
    /// All remarks, by line.
    pub notes: Vec<RowNote>,
    /// Headers of columns that are not read.
    pub ignored_columns: Vec<String>,
}

impl<T> Report<T> {
    /// Whether the import may go ahead.
    pub fn is_clean(&self) -> bool {
        self.errors.is_empty()
    }
}

/// Collects errors and notes while rows are read.
#[derive(Default)]
pub(super) struct Problems {
    errors: Vec<RowError>,
    notes: Vec<RowNote>,
}

impl Problems {
    pub fn error(&mut self, line: usize, column: &'static str, value: &str, message: Message) {
        self.errors.push(problem(line, column, value, message));
    }

    pub fn note(&mut self, line: usize, column: &'static str, value: &str, message: Message) {
        self.notes.push(problem(line, column, value, message));
    }

    pub fn count(&self) -> usize {
        self.errors.len()
    }

    pub fn report<T>(mut self, rows: Vec<T>, ignored_columns: Vec<String>) -> Report<T> {
        self.errors.sort_by_key(|error| error.line);
        self.notes.sort_by_key(|note| note.line);
        Report {
            rows,
            errors: self.errors,
            notes: self.notes,
            ignored_columns,
        }
    }
}

fn problem(line: usize, column: &'static str, value: &str, message: Message) -> RowError {
    // A cell may hold a novel; the report shows where it begins.
    let value = value.chars().filter(|c| !c.is_control()).take(60).collect();
    RowError {
        line,
        column,
        value,
        message,
    }
}

/// The file's own rows with a last column that says what is wrong, to be corrected and uploaded again.
///
/// `heading` names that column; `say` turns a message into the reader's language. A column that an earlier fixable
/// copy added is replaced, so that correcting takes as many rounds as it needs. Problems of the header line stand in
/// the first row.
pub fn fixable_copy(
    table: &Table,
    errors: &[RowError],
    heading: &str,
    say: &dyn Fn(&Message) -> String,
) -> Sheet {
    let old = table.header.iter().position(|name| name == heading);
    let keep = |place: &usize| Some(*place) != old;
    let width = table.header.len();
    let mut header: Vec<String> = table
        .header
        .iter()
        .enumerate()
        .filter(|(place, _)| keep(place))
        .map(|(_, name)| name.clone())
        .collect();
    header.push(heading.to_owned());
    let first = table.rows.first().map(|row| row.line);
    let rows = table.rows.iter().map(|row| {
        let mut cells: Vec<Cell> = (0..width)
            .filter(keep)
            .map(|place| Cell::text(row.get(place)))
            .collect();
        let mine = |error: &&RowError| {
            error.line == row.line || (error.line == table.header_line && first == Some(row.line))
        };
        let texts: Vec<String> = errors
            .iter()
            .filter(mine)
            .map(|error| say(&error.message))
            .collect();
        cells.push(Cell::text(texts.join("；")));
        cells
    });
    Sheet {
        name: heading.to_owned(),
        header,
        rows: rows.collect(),
        watermark: None,
    }
}
