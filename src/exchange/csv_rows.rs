//! Rows of a CSV file (RFC 4180) with exact line numbers, in one pass and without copying. A BOM, white
//! space around fields and empty lines are skipped. Used by `score_files`.

use std::borrow::Cow;

/// Reads rows from bytes; may start and stop at any row boundary.
#[derive(Clone, Debug)]
pub struct Rows<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u32,
}

/// One row, reused from row to row.
#[derive(Debug, Default)]
pub struct Row<'a> {
    /// Line where the row starts; the file's first line is 1.
    pub line: u32,
    /// The fields without white space around them.
    pub fields: Vec<Cow<'a, [u8]>>,
}

impl<'a> Row<'a> {
    /// A field; empty where the row has none.
    pub fn get(&self, column: usize) -> &[u8] {
        self.fields.get(column).map_or(&[], AsRef::as_ref)
    }
}

impl<'a> Rows<'a> {
    /// Rows of a whole file.
    pub fn new(bytes: &'a [u8]) -> Rows<'a> {
        let bom = if bytes.starts_with(b"\xEF\xBB\xBF") {
            3
        } else {
            0
        };
        Rows {
            bytes,
            at: bom,
            line: 1,
        }
    }

    /// Where the next row starts, in bytes.
    pub fn position(&self) -> usize {
        self.at
    }

    /// Line where the next row starts.
    pub fn line(&self) -> u32 {
        self.line
    }

    /// The rows from another boundary of the same file on, its first line counted as `line`.
    pub fn from(&self, at: usize, line: u32) -> Rows<'a> {
        Rows {
            bytes: self.bytes,
            at,
            line,
        }
    }

    /// Reads the next row that is not empty; false at the end of the file.
    pub fn next_into(&mut self, row: &mut Row<'a>) -> bool {
        while self.at < self.bytes.len() {
            row.fields.clear();
            row.line = self.line;
            while self.field(&mut row.fields) {}
            let empty = row.fields.len() == 1 && row.fields.iter().all(|field| field.is_empty());
            if !empty {
                return true;
            }
        }
        false
    }

    /// Reads one field with the separator after it; true if the row goes on.
    fn field(&mut self, fields: &mut Vec<Cow<'a, [u8]>>) -> bool {
        let rest = self.bytes.get(self.at..).unwrap_or(&[]);
        let end = rest
            .iter()
            .position(|byte| matches!(byte, b',' | b'\n' | b'"'));
        let end = end.unwrap_or(rest.len());
        if rest.get(end) == Some(&b'"') && trim(rest.get(..end).unwrap_or(&[])).is_empty() {
            return self.quoted(self.at + end + 1, fields);
        }
        self.plain(fields)
    }

    fn plain(&mut self, fields: &mut Vec<Cow<'a, [u8]>>) -> bool {
        let rest = self.bytes.get(self.at..).unwrap_or(&[]);
        let end = rest.iter().position(|byte| matches!(byte, b',' | b'\n'));
        let end = end.unwrap_or(rest.len());
        fields.push(Cow::Borrowed(trim(rest.get(..end).unwrap_or(&[]))));
        self.at += end;
        self.separator()
    }

    /// A field that began with a quote; `start` is after it.
    fn quoted(&mut self, start: usize, fields: &mut Vec<Cow<'a, [u8]>>) -> bool {
        let mut text = Cow::Borrowed(&[][..]);
        self.at = start;
        loop {
            let rest = self.bytes.get(self.at..).unwrap_or(&[]);
            let end = rest.iter().position(|byte| *byte == b'"');
            let part = rest.get(..end.unwrap_or(rest.len())).unwrap_or(&[]);
            let lines = part.iter().filter(|byte| **byte == b'\n').count();
            self.line += u32::try_from(lines).unwrap_or(u32::MAX);
            append(&mut text, part);
            self.at += part.len() + usize::from(end.is_some());
            if end.is_none() || self.bytes.get(self.at) != Some(&b'"') {
                break;
            }
            append(&mut text, b"\"");
            self.at += 1;
        }
        // Whatever follows the closing quote belongs to the field, as spreadsheets have it.
        let rest = self.bytes.get(self.at..).unwrap_or(&[]);
        let end = rest.iter().position(|byte| matches!(byte, b',' | b'\n'));
        let tail = rest.get(..end.unwrap_or(rest.len())).unwrap_or(&[]);
        if !trim(tail).is_empty() {
            append(&mut text, tail);
        }
        self.at += tail.len();
        fields.push(match text {
            Cow::Borrowed(text) => Cow::Borrowed(trim(text)),
            Cow::Owned(text) => Cow::Owned(trim(&text).to_vec()),
        });
        self.separator()
    }

    /// Steps over a comma (true) or the end of the line (false).
    fn separator(&mut self) -> bool {
        let byte = self.bytes.get(self.at);
        if byte.is_some() {
            self.at += 1;
        }
        if byte == Some(&b'\n') {
            self.line += 1;
        }
        byte == Some(&b',')
    }
}

fn append<'a>(text: &mut Cow<'a, [u8]>, part: &'a [u8]) {
    if text.is_empty() && matches!(text, Cow::Borrowed(_)) {
        *text = Cow::Borrowed(part);
    } else if !part.is_empty() {
        text.to_mut().extend_from_slice(part);
    }
}

/// Cuts white space from both ends: ASCII's, the no-break and the ideographic space.
pub fn trim(mut field: &[u8]) -> &[u8] {
    const WIDE: [&[u8]; 2] = ["\u{3000}".as_bytes(), "\u{a0}".as_bytes()];
    loop {
        field = field.trim_ascii();
        let cut = WIDE.iter().find_map(|space| {
            field
                .strip_prefix(*space)
                .or_else(|| field.strip_suffix(*space))
        });
        match cut {
            Some(rest) => field = rest,
            None => return field,
        }
    }
}

/// A column by its name in files, with a second name that is accepted.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    pub name: &'static str,
    pub alias: Option<&'static str>,
    pub required: bool,
}

impl Column {
    /// A column that must be there.
    pub const fn required(name: &'static str) -> Column {
        Column {
            name,
            alias: None,
            required: true,
        }
    }

    /// A column that may be left out.
    pub const fn optional(name: &'static str) -> Column {
        Column {
            name,
            alias: None,
            required: false,
        }
    }

    /// The same with a second name.
    pub const fn or(self, alias: &'static str) -> Column {
        Column {
            name: self.name,
            alias: Some(alias),
            required: self.required,
        }
    }
}

/// Where each wanted column is (a number beyond all fields: nowhere), and how many fields a row has.
#[derive(Clone, Copy, Debug)]
pub struct Header<const N: usize> {
    pub columns: [usize; N],
    pub fields: usize,
}

/// Reads the header; the error names a column that is missing or there twice.
pub fn header<const N: usize>(
    rows: &mut Rows<'_>,
    wanted: [Column; N],
) -> Result<Header<N>, (u32, String)> {
    let mut row = Row::default();
    if !rows.next_into(&mut row) {
        return Err((1, "the file is empty".into()));
    }
    let line = row.line;
    let mut problem = None;
    let columns = wanted.map(|column| {
        let named = |name: &str| {
            let is = move |field: &Cow<'_, [u8]>| field.as_ref() == name.as_bytes();
            let mut found = row.fields.iter().enumerate().filter(move |(_, f)| is(f));
            (found.next().map(|(at, _)| at), found.next().is_some())
        };
        let (own, twice) = named(column.name);
        let other = column.alias.map_or((None, false), named);
        let (at, twice) = if own.is_some() { (own, twice) } else { other };
        if twice {
            problem = Some(format!("column {} appears twice", column.name));
        } else if at.is_none() && column.required {
            problem = Some(format!("column {} is missing", column.name));
        }
        at.unwrap_or(usize::MAX)
    });
    match problem {
        Some(problem) => Err((line, problem)),
        None => Ok(Header {
            columns,
            fields: row.fields.len(),
        }),
    }
}
