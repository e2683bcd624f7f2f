//! Reads .csv: finds the delimiter, keeps the line on which each record starts, takes the formula guard away.

use super::{Builder, ReadOptions, Table, TableError, encoding, unguarded};

pub(super) fn read(bytes: &[u8], options: &ReadOptions<'_>) -> Result<Table, TableError> {
    let text = encoding::decode(bytes, options.charset)?;
    let (delimiter, body, skipped) = delimiter_of(&text);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .from_reader(body.as_bytes());
    let mut lines = Lines::new(body.as_bytes(), skipped);
    let mut builder = Builder::new(options.limits);
    let mut record = csv::StringRecord::new();
    loop {
        let start = reader.position().byte();
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Ok(true) => {}
            Err(_) => return Err(TableError::invalid("import-encoding-broken")),
        }
        let line = lines.of_record_after(start);
        let cells = record.iter().take(options.limits.columns.saturating_add(1));
        builder.push(line, cells.map(|cell| unguarded(cell).to_owned()).collect())?;
    }
    if lines.unclosed_quote(body, delimiter) {
        return Err(TableError::invalid("import-open-quote"));
    }
    builder.finish()
}

/// The delimiter, the text behind a `sep=;` line (an instruction to Excel), and the number of lines before it.
fn delimiter_of(text: &str) -> (u8, &str, usize) {
    let first = text.lines().next().unwrap_or("");
    if let Some(sign @ (";" | "," | "\t")) = first.strip_prefix("sep=") {
        let body = text.split_once('\n').map_or("", |(_, body)| body);
        return (sign.bytes().next().unwrap_or(b','), body, 1);
    }
    (sniffed(text), text, 0)
}

/// The most frequent delimiter outside quotes in the first line that is not blank; the comma wins ties.
fn sniffed(text: &str) -> u8 {
    let mut counts = [(b',', 0_usize), (b'\t', 0), (b';', 0)];
    let mut quoted = false;
    for byte in text.trim_start_matches(['\r', '\n', ' ']).bytes() {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' | b'\r' if !quoted => break,
            _ if quoted => {}
            _ => {
                for (delimiter, count) in &mut counts {
                    *count += usize::from(*delimiter == byte);
                }
            }
        }
    }
    let [comma, ..] = counts;
    counts
        .into_iter()
        .fold(
            comma,
            |best, next| if next.1 > best.1 { next } else { best },
        )
        .0
}

/// Counts lines up to byte offsets that only grow. The reader's own line counter does not count empty lines the way
/// an editor does, and the messages must name the line that an editor shows.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: usize,
}

impl<'a> Lines<'a> {
    fn new(bytes: &'a [u8], skipped: usize) -> Self {
        Self {
            bytes,
            at: 0,
            line: 1 + skipped,
        }
    }

    /// The line of the record that the reader finds from `offset` on, empty lines before it skipped.
    fn of_record_after(&mut self, offset: u64) -> usize {
        let offset = usize::try_from(offset).unwrap_or(usize::MAX);
        while let Some(&byte) = self.bytes.get(self.at) {
            let before = self.at < offset;
            if !before && byte != b'\n' && byte != b'\r' {
                break;
            }
            let lone_return = byte == b'\r' && self.bytes.get(self.at + 1) != Some(&b'\n');
            self.line += usize::from(byte == b'\n' || lone_return);
            self.at += 1;
        }
        self.line
    }

    /// Whether the last record begins a quoted field and never ends it: most of the file would be one cell.
    fn unclosed_quote(&self, body: &str, delimiter: u8) -> bool {
        let tail = body.as_bytes().get(self.at..).unwrap_or_default();
        let mut open = false;
        let mut at_start = true;
        for &byte in tail {
            match byte {
                b'"' if open || at_start => open = !open,
                _ => {}
            }
            // A doubled quote closes and opens again, so a quote right after a closing one may open.
            at_start =
                byte == delimiter || byte == b'"' || (!open && matches!(byte, b'\n' | b'\r'));
        }
        open
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::table::{Limits, Row};

    fn rows(text: &str) -> Vec<(usize, Vec<String>)> {
        let table = read(text.as_bytes(), &ReadOptions::default()).unwrap();
        std::iter::once((table.header_line, table.header))
            .chain(
                table
                    .rows
                    .into_iter()
                    .map(|Row { line, cells }| (line, cells)),
            )
            .collect()
    }

    fn check(text: &str, expected: &[(usize, &[&str])]) {
        let expected: Vec<(usize, Vec<String>)> = expected
            .iter()
            .map(|(line, cells)| (*line, cells.iter().map(|c| (*c).to_owned()).collect()))
            .collect();
        assert_eq!(rows(text), expected, "{text:?}");
    }

    #[test]
    fn every_delimiter_and_line_end_gives_the_same_rows() {
        for delimiter in [",", ";", "\t"] {
            for end in ["\n", "\r\n", "\r"] {
                let text = ["a,b", "1,\"x y\"", "2,z"]
                    .join(end)
                    .replace(',', delimiter);
                check(
                    &text,
                    &[(1, &["a", "b"]), (2, &["1", "x y"]), (3, &["2", "z"])],
                );
            }
        }
        check(
            "sep=;\r\na;b,c\r\n1;2\r\n",
            &[(2, &["a", "b,c"]), (3, &["1", "2"])],
        );
    }

    #[test]
    fn lines_are_those_an_editor_shows() {
        let text = "\n\na,b\r\n\r\n1,\"x\ny\r\nz\"\n ,\n\n2,w\n";
        check(
            text,
            &[
                (3, &["a", "b"]),
                (5, &["1", "x\ny\r\nz"]),
                (10, &["2", "w"]),
            ],
        );
        check("a,b\n1,2\n\n\n", &[(1, &["a", "b"]), (2, &["1", "2"])]);
    }

    #[test]
    fn a_title_above_the_header_is_skipped() {
        check(
            "花名册,,\n学号,姓名,班级\n1,a,101\n",
            &[(2, &["学号", "姓名", "班级"]), (3, &["1", "a", "101"])],
        );
        check("评语\n好\n", &[(1, &["评语"]), (2, &["好"])]);
    }

    #[test]
    fn the_guard_goes_and_other_apostrophes_stay() {
        check("a,b\n'=1,'x\n", &[(1, &["a", "b"]), (2, &["=1", "'x"])]);
    }

    fn check_error(text: &str, limits: Limits, key: &str) {
        let error = read(
            text.as_bytes(),
            &ReadOptions {
                limits,
                ..ReadOptions::default()
            },
        )
        .unwrap_err();
        assert_eq!(error.message.key, key, "{text:?}");
        assert_eq!(error.status(), 400);
    }

    #[test]
    fn limits_hold() {
        let small = Limits {
            rows: 2,
            columns: 2,
            ..Limits::UPLOAD
        };
        check_error("a,b\n1,2\n3,4\n5,6\n", small, "import-too-many-rows");
        check_error("a,b\n1,2,3\n", small, "import-too-many-columns");
        let full = read(
            b"a,b\n1,2,\n3,4\n,\n,\n",
            &ReadOptions {
                limits: small,
                ..ReadOptions::default()
            },
        );
        assert_eq!(full.unwrap().rows.len(), 2);
        check_error("", Limits::UPLOAD, "import-empty-file");
        check_error(" \n,,\n", Limits::UPLOAD, "import-empty-file");
        check_error(
            "a,b\n1,\"open\n2,x\n3,y\n",
            Limits::UPLOAD,
            "import-open-quote",
        );
    }

    #[test]
    fn closed_quotes_are_not_called_open() {
        check(
            "a,b\n1,\"x \"\"y\"\"\"\n",
            &[(1, &["a", "b"]), (2, &["1", "x \"y\""])],
        );
        check(
            "a,b\n1,5\" tall\n",
            &[(1, &["a", "b"]), (2, &["1", "5\" tall"])],
        );
    }
}
