//! Reads .xlsx cell by cell. Never asks calamine for a whole range: a single cell at XFD1048576 would make it one of
//! 17 billion cells. Formulas are not looked at; their cached values are taken (security.md S-61).

use super::{Builder, ReadOptions, Table, TableError, archive, decimal};
use calamine::{DataRef, ExcelDateTime, Reader, SheetType, Xlsx};
use std::io::Cursor;

pub(super) fn read(bytes: &[u8], options: &ReadOptions<'_>) -> Result<Table, TableError> {
    archive::check(bytes, &options.limits)?;
    let broken = |_: calamine::XlsxError| TableError::invalid("import-broken-workbook");
    let mut book = Xlsx::new(Cursor::new(bytes)).map_err(broken)?;
    let sheet = sheet_name(&book, options.sheet)?;
    let mut cells = book.worksheet_cells_reader(&sheet).map_err(broken)?;
    let mut rows = Rows {
        builder: Builder::new(options.limits),
        current: None,
        text_left: options.limits.bytes.saturating_mul(TEXT_PER_BYTE),
    };
    while let Some(cell) = cells.next_cell().map_err(broken)? {
        let text = shown(cell.get_value());
        if !text.is_empty() {
            let (row, column) = cell.get_position();
            rows.put(row, column, text, options.limits.columns)?;
        }
    }
    rows.finish()
}

fn sheet_name(book: &Xlsx<Cursor<&[u8]>>, wanted: Option<&str>) -> Result<String, TableError> {
    let mut sheets = book
        .sheets_metadata()
        .iter()
        .filter(|sheet| sheet.typ == SheetType::WorkSheet);
    let found = match wanted {
        Some(name) => sheets.find(|sheet| sheet.name == name),
        None => sheets.next(),
    };
    let missing =
        || TableError::invalid("import-sheet-missing").with("sheet", wanted.unwrap_or(""));
    found.map(|sheet| sheet.name.clone()).ok_or_else(missing)
}

/// Texts of all cells together may be this many times the file. One long shared text named by every cell of a sheet
/// packs into nothing and would unpack without end.
const TEXT_PER_BYTE: usize = 8;

/// Collects cells into rows. Cells of a row come together; a row number that comes back is refused.
struct Rows {
    builder: Builder,
    current: Option<(u32, Vec<String>)>,
    text_left: usize,
}

impl Rows {
    fn put(
        &mut self,
        row: u32,
        column: u32,
        text: String,
        columns: usize,
    ) -> Result<(), TableError> {
        let line = line_of(row);
        let column = usize::try_from(column).unwrap_or(usize::MAX);
        let too_large = || TableError::invalid("import-workbook-too-large");
        self.text_left = self
            .text_left
            .checked_sub(text.len())
            .ok_or_else(too_large)?;
        if column >= columns {
            return Err(TableError::invalid("import-too-many-columns")
                .with("limit", columns)
                .at(line));
        }
        match &self.current {
            Some((at, _)) if row < *at => {
                return Err(TableError::invalid("import-broken-workbook"));
            }
            Some((at, _)) if row == *at => {}
            _ => {
                self.flush()?;
                self.current = Some((row, Vec::new()));
            }
        }
        if let Some((_, cells)) = &mut self.current {
            if cells.len() <= column {
                cells.resize(column + 1, String::new());
            }
            if let Some(cell) = cells.get_mut(column) {
                *cell = text;
            }
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<(), TableError> {
        match self.current.take() {
            Some((row, cells)) => self.builder.push(line_of(row), cells),
            None => Ok(()),
        }
    }

    /// A workbook does not say how many cells a row has, so every row is as long as the header.
    fn finish(mut self) -> Result<Table, TableError> {
        self.flush()?;
        let mut table = self.builder.finish()?;
        let width = table.header.len();
        for row in table.rows.iter_mut().filter(|row| row.cells.len() < width) {
            row.cells.resize(width, String::new());
        }
        Ok(table)
    }
}

fn line_of(row: u32) -> usize {
    usize::try_from(row).unwrap_or(usize::MAX).saturating_add(1)
}

/// The text that a person sees or means: 202403017 without `.0`, dates as YYYY-MM-DD.
fn shown(value: &DataRef<'_>) -> String {
    match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number_text(*number),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::Error(error) => error.to_string(),
        DataRef::DateTime(moment) => moment_text(moment),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        // Variants that later versions of calamine may add hold nothing we could name.
        #[allow(unreachable_patterns)]
        _ => String::new(),
    }
}

/// From 10^15 on Excel has lost digits; the exponent makes whoever expects an id notice.
fn number_text(number: f64) -> String {
    if number.abs() >= 1e15 {
        format!("{number:E}")
    } else {
        decimal(number)
    }
}

fn moment_text(moment: &ExcelDateTime) -> String {
    if moment.is_duration() || moment.as_f64() < 1.0 {
        return time_text(moment.as_f64());
    }
    let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
    let date = format!("{year:04}-{month:02}-{day:02}");
    if (hour, minute, second) == (0, 0, 0) {
        date
    } else {
        format!("{date} {hour:02}:{minute:02}:{second:02}")
    }
}

/// A time of day or a duration, given in days.
fn time_text(days: f64) -> String {
    let seconds = (days * 86_400.0).round();
    let (hours, rest) = ((seconds / 3_600.0).floor(), seconds.rem_euclid(3_600.0));
    format!(
        "{hours:02}:{:02}:{:02}",
        (rest / 60.0).floor(),
        rest.rem_euclid(60.0)
    )
}
