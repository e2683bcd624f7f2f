//! A table of texts with line numbers, read from .csv or .xlsx, and typed tables written to both.
//! Used by every import and export of this room; the folder of `starlight score` may use it too.

mod archive;
mod delimited;
mod encoding;
mod error;
mod guard;
mod media;
mod tags;
mod workbook;
mod write_csv;
mod write_xlsx;

pub use encoding::{Charset, Sample};
pub use error::{TableError, TableErrorKind};
pub use guard::{guarded, unguarded};
pub use media::Format;
pub use write_csv::to_csv;
pub use write_xlsx::to_xlsx;

/// Largest sizes accepted. The defaults are those of an upload (security.md S-62).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of the file itself.
    pub bytes: usize,
    /// Rows that hold something, the header not counted.
    pub rows: usize,
    /// Cells in a row.
    pub columns: usize,
    /// Bytes of all zip entries of an .xlsx after unpacking.
    pub unpacked: u64,
    /// Entries in the zip directory of an .xlsx.
    pub entries: usize,
}

impl Limits {
    /// What a page accepts.
    pub const UPLOAD: Self = Self {
        bytes: 2 << 20,
        rows: 5_000,
        columns: 64,
        unpacked: 32 << 20,
        entries: 200,
    };
    /// What the command line accepts on the school's own machine: a district's term of sheets.
    pub const COMMAND: Self = Self {
        bytes: 256 << 20,
        rows: 5_000_000,
        columns: 256,
        unpacked: 1 << 30,
        entries: 1_000,
    };
}

impl Default for Limits {
    fn default() -> Self {
        Self::UPLOAD
    }
}

/// How to read a file.
#[derive(Debug, Clone, Copy, Default)]
pub struct ReadOptions<'a> {
    /// Sizes accepted.
    pub limits: Limits,
    /// Sheet of a workbook; the first one when absent.
    pub sheet: Option<&'a str>,
    /// The answer to the question of [`TableErrorKind::Ambiguous`]; absent: found out from the bytes.
    pub charset: Option<Charset>,
}

/// A header and the rows below it; rows that hold nothing but white space are left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// Line of the header (1 unless blank lines or a title stand above it).
    pub header_line: usize,
    /// Names of the columns, trimmed.
    pub header: Vec<String>,
    /// The rows in file order.
    pub rows: Vec<Row>,
}

/// One row. In a .csv it may be shorter or longer than the header; use [`Row::get`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Line where the record starts, the file's first line being 1; the row number in a workbook.
    pub line: usize,
    /// The cells as written, untrimmed.
    pub cells: Vec<String>,
}

impl Row {
    /// The cell of a column, empty when the row is too short.
    pub fn get(&self, column: usize) -> &str {
        self.cells.get(column).map_or("", String::as_str)
    }
}

/// A value to be written: texts stay texts and numbers stay numbers, by type and not by luck.
#[derive(Debug, Clone, PartialEq)]
pub enum Cell {
    /// A text; guarded in .csv when a spreadsheet would read it as a formula.
    Text(String),
    /// A number; NaN and infinities are written as nothing.
    Number(f64),
    /// No value.
    Empty,
}

impl Cell {
    /// A text.
    pub fn text(value: impl Into<String>) -> Self {
        Self::Text(value.into())
    }

    /// A number, or nothing.
    pub fn number(value: Option<f64>) -> Self {
        value.map_or(Self::Empty, Self::Number)
    }
}

/// A typed table to be written, with the name of its sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Name of the sheet in a workbook.
    pub name: String,
    /// Names of the columns.
    pub header: Vec<String>,
    /// Rows of cells.
    pub rows: Vec<Vec<Cell>>,
    /// Who exported this and when; an additional last column in .csv, page footer and file property in .xlsx.
    pub watermark: Option<Watermark>,
}

/// The mark of an export (security.md S-67).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Watermark {
    /// Heading of the additional column, in the reader's language.
    pub heading: String,
    /// Who and when.
    pub text: String,
}

/// Reads a table. `name` is the file's name (its extension decides the format), `content_type` what the browser said.
///
/// Never panics, whatever the bytes. The refusals carry a kind from which the web shell takes its status.
pub fn read(
    name: &str,
    content_type: Option<&str>,
    bytes: &[u8],
    options: &ReadOptions<'_>,
) -> Result<Table, TableError> {
    if bytes.len() > options.limits.bytes {
        return Err(TableError::too_large(
            "import-file-too-large",
            options.limits.bytes,
        ));
    }
    match media::judge(name, content_type, bytes)? {
        Format::Csv => delimited::read(bytes, options),
        Format::Xlsx => workbook::read(bytes, options),
    }
}

/// Writes a sheet in the format.
pub fn write(sheet: &Sheet, format: Format) -> Result<Vec<u8>, TableError> {
    match format {
        Format::Csv => to_csv(sheet),
        Format::Xlsx => to_xlsx(sheet),
    }
}

/// Shortest decimal digits that read back to the same number: no exponent, no `.0`, no `-0`; nothing for NaN and ∞.
pub fn decimal(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    if value == 0.0 {
        "0".to_owned()
    } else {
        format!("{value}")
    }
}

fn is_blank(cells: &[String]) -> bool {
    cells.iter().all(|cell| cell.trim().is_empty())
}

/// Turns numbered records into a table: header first, a lone title above it skipped, blank records dropped.
struct Builder {
    limits: Limits,
    header: Option<(usize, Vec<String>)>,
    rows: Vec<Row>,
}

impl Builder {
    fn new(limits: Limits) -> Self {
        Self {
            limits,
            header: None,
            rows: Vec::new(),
        }
    }

    fn push(&mut self, line: usize, cells: Vec<String>) -> Result<(), TableError> {
        if cells.len() > self.limits.columns
            && cells
                .iter()
                .skip(self.limits.columns)
                .any(|c| !c.is_empty())
        {
            return Err(TableError::invalid("import-too-many-columns")
                .with("limit", self.limits.columns)
                .at(line));
        }
        if is_blank(&cells) {
            return Ok(());
        }
        match &self.header {
            None => self.header = Some((line, trimmed(&cells))),
            Some((_, title)) if self.rows.is_empty() && is_title(title, &cells) => {
                self.header = Some((line, trimmed(&cells)));
            }
            Some(_) if self.rows.len() >= self.limits.rows => {
                return Err(
                    TableError::invalid("import-too-many-rows").with("limit", self.limits.rows)
                );
            }
            Some(_) => self.rows.push(Row { line, cells }),
        }
        Ok(())
    }

    fn finish(self) -> Result<Table, TableError> {
        let (header_line, mut header) = self
            .header
            .ok_or_else(|| TableError::invalid("import-empty-file"))?;
        while header.last().is_some_and(String::is_empty) {
            header.pop();
        }
        Ok(Table {
            header_line,
            header,
            rows: self.rows,
        })
    }
}

fn trimmed(cells: &[String]) -> Vec<String> {
    cells.iter().map(|cell| cell.trim().to_owned()).collect()
}

/// A lone heading such as “一年级花名册” above the real header, as schools like to merge it over their columns.
fn is_title(first: &[String], second: &[String]) -> bool {
    let filled = |cells: &[String]| cells.iter().filter(|cell| !cell.trim().is_empty()).count();
    filled(first) == 1 && filled(second) > 1
}
