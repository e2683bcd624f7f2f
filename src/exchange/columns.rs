//! Finds columns by their Chinese or English names, in any order. Used by every reader of rows.

use super::report::Problems;
use super::table::{Row, Table};
use super::{Message, clean};

/// A column that a reader knows: its key (the header that exports write) and other names it goes by.
pub(super) struct Known {
    pub key: &'static str,
    pub aliases: &'static [&'static str],
    pub required: bool,
}

/// Where the known columns are in one table.
pub(super) struct Columns {
    places: Vec<(&'static str, usize)>,
    /// Names of columns that nobody knows; they are not read and not stored.
    pub ignored: Vec<String>,
}

impl Columns {
    /// Missing required and doubled columns are noted as problems of the header line.
    pub fn find(table: &Table, known: &[Known], problems: &mut Problems) -> Self {
        let mut columns = Self {
            places: Vec::new(),
            ignored: Vec::new(),
        };
        for (place, header) in table.header.iter().enumerate() {
            match known.iter().find(|column| column.matches(header)) {
                None if header.is_empty() => {}
                None => columns.ignored.push(header.clone()),
                Some(column) if columns.has(column.key) => {
                    let message = Message::new("import-column-twice").with("column", header);
                    problems.error(table.header_line, column.key, header, message);
                }
                Some(column) => columns.places.push((column.key, place)),
            }
        }
        for column in known
            .iter()
            .filter(|column| column.required && !columns.has(column.key))
        {
            let message = Message::new("import-column-missing").with("column", column.names());
            problems.error(table.header_line, column.key, "", message);
        }
        columns
    }

    pub fn has(&self, key: &str) -> bool {
        self.places.iter().any(|(known, _)| *known == key)
    }

    /// The cell, trimmed; empty when the column is absent.
    pub fn cell<'a>(&self, row: &'a Row, key: &str) -> &'a str {
        let place = self.places.iter().find(|(known, _)| *known == key);
        place.map_or("", |(_, place)| clean::trimmed(row.get(*place)))
    }
}

impl Known {
    fn matches(&self, header: &str) -> bool {
        let plain = plain(header);
        plain == plain_key(self.key) || self.aliases.iter().any(|alias| plain == plain_key(alias))
    }

    fn names(&self) -> String {
        self.aliases.first().map_or_else(
            || self.key.to_owned(),
            |alias| format!("{alias} ({})", self.key),
        )
    }
}

/// Headers are compared without case, spaces, marks such as `*` and the hint behind them in brackets.
fn plain(header: &str) -> String {
    let narrow = clean::narrow(header);
    let before_hint = match narrow.split_once('(') {
        Some((before, _)) if !before.trim().is_empty() => before,
        _ => narrow.as_str(),
    };
    plain_key(before_hint)
}

fn plain_key(key: &str) -> String {
    let skipped = |c: &char| !(c.is_whitespace() || matches!(c, '*' | '_' | '-' | ':' | '：'));
    key.chars()
        .filter(skipped)
        .flat_map(char::to_lowercase)
        .collect()
}
