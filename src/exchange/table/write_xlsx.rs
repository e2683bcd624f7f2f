//! Writes .xlsx: texts as texts (never a formula or a link), numbers as numbers, header bold and frozen.

use super::{Cell, Sheet, TableError};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, Workbook, Worksheet, XlsxError};

/// Widest column, in characters.
const WIDEST: usize = 48;

/// The bytes of the workbook. The same sheet always gives the same bytes: no clock is read into them.
pub fn to_xlsx(sheet: &Sheet) -> Result<Vec<u8>, TableError> {
    build(sheet).map_err(|error| match error {
        XlsxError::MaxStringLengthExceeded => TableError::invalid("import-cell-too-long"),
        XlsxError::RowColumnLimitError => TableError::invalid("import-sheet-too-large"),
        _ => TableError::invalid("import-write-failed"),
    })
}

fn build(sheet: &Sheet) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    // A fixed moment keeps the file reproducible; the real one is in the watermark.
    let mut properties =
        DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?);
    if let Some(mark) = &sheet.watermark {
        properties = properties.set_comment(&mark.text);
    }
    book.set_properties(&properties);
    let page = book.add_worksheet();
    page.set_name(sheet_name(&sheet.name))?;
    if let Some(mark) = &sheet.watermark {
        page.set_footer(footer(&mark.text));
    }
    fill(page, sheet)?;
    book.save_to_buffer()
}

fn fill(page: &mut Worksheet, sheet: &Sheet) -> Result<(), XlsxError> {
    let bold = Format::new().set_bold();
    for (column, name) in (0_u16..).zip(&sheet.header) {
        page.write_string_with_format(0, column, name, &bold)?;
        page.set_column_width(column, width(sheet, column))?;
    }
    page.set_freeze_panes(1, 0)?;
    for (row, cells) in (1_u32..).zip(&sheet.rows) {
        for (column, cell) in (0_u16..).zip(cells) {
            match cell {
                Cell::Text(text) if !text.is_empty() => page.write_string(row, column, text)?,
                Cell::Number(value) if value.is_finite() => {
                    page.write_number(row, column, *value)?
                }
                _ => page,
            };
        }
    }
    Ok(())
}

/// Wide enough for the header and the first rows; a Chinese character takes two places.
fn width(sheet: &Sheet, column: u16) -> f64 {
    let column = usize::from(column);
    let header = sheet.header.get(column).map_or(0, |name| places(name));
    let cells = sheet
        .rows
        .iter()
        .take(200)
        .filter_map(|row| match row.get(column)? {
            Cell::Text(text) => Some(places(text)),
            Cell::Number(_) => Some(8),
            Cell::Empty => None,
        });
    let widest = cells.fold(header, usize::max).clamp(6, WIDEST);
    f64::from(u32::try_from(widest + 2).unwrap_or(12))
}

fn places(text: &str) -> usize {
    text.chars()
        .take(WIDEST)
        .map(|c| if c.is_ascii() { 1 } else { 2 })
        .sum()
}

/// Excel refuses some characters and more than 31 of them.
fn sheet_name(name: &str) -> String {
    let allowed =
        |c: &char| !matches!(c, '[' | ']' | ':' | '*' | '?' | '/' | '\\' | '\'') && !c.is_control();
    let cleaned: String = name.chars().filter(allowed).take(31).collect();
    if cleaned.trim().is_empty() {
        "Sheet1".to_owned()
    } else {
        cleaned
    }
}

/// `&` starts an instruction in a footer, and Excel allows 255 characters.
fn footer(text: &str) -> String {
    let plain: String = text.chars().filter(|c| !c.is_control()).take(100).collect();
    format!("&L{}&R&P / &N", plain.replace('&', "&&"))
}
