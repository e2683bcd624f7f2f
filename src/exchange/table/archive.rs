//! Looks through an .xlsx before calamine does: entries, sizes after unpacking (measured, not believed), and the few
//! XML tricks that make a small file cost much memory or time (security.md S-62). calamine itself has no such limits.

use super::{Limits, TableError};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Longest tag accepted. Honest ones stay far below; a tag of a million attributes does not.
const LONGEST_TAG: usize = 32 << 10;
/// Most attributes in a tag, counted by equals signs.
const MOST_ATTRIBUTES: usize = 512;
/// Tags per cell of the largest table accepted; honest workbooks have 4 to 6, styles included.
const TAGS_PER_CELL: usize = 12;

/// Refuses archives beyond the limits. Takes time and memory bounded by the limits, whatever the bytes.
pub(super) fn check(bytes: &[u8], limits: &Limits) -> Result<(), TableError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(broken)?;
    if archive.len() > limits.entries {
        return Err(bomb());
    }
    // First what the directory says, which costs nothing …
    let mut declared = 0_u64;
    for index in 0..archive.len() {
        let entry = archive.by_index_raw(index).map_err(broken)?;
        declared = declared.saturating_add(entry.size());
    }
    if declared > limits.unpacked {
        return Err(bomb());
    }
    // … then what really comes out, because a directory may lie.
    let mut scan = Scan::new(limits);
    for index in 0..archive.len() {
        let mut entry = archive.by_index(index).map_err(broken)?;
        scan.entry(&mut entry)?;
    }
    Ok(())
}

/// Details of a broken archive help nobody who has to save the file again.
fn broken<E>(_: E) -> TableError {
    TableError::invalid("import-broken-workbook")
}

fn bomb() -> TableError {
    TableError::invalid("import-workbook-too-large")
}

fn suspicious() -> TableError {
    TableError::invalid("import-workbook-suspicious")
}

/// Totals over all entries.
struct Scan {
    bytes_left: u64,
    tags_left: usize,
    most_strings: usize,
}

impl Scan {
    fn new(limits: &Limits) -> Self {
        let cells = limits.rows.saturating_add(1).saturating_mul(limits.columns);
        Self {
            bytes_left: limits.unpacked,
            tags_left: cells.saturating_mul(TAGS_PER_CELL).saturating_add(200_000),
            most_strings: cells.saturating_mul(2).saturating_add(10_000),
        }
    }

    fn entry(&mut self, entry: &mut impl Read) -> Result<(), TableError> {
        let mut buffer = vec![0_u8; 16 << 10];
        let mut tags = Tags::default();
        let mut head = true;
        loop {
            let read = entry.read(&mut buffer).map_err(broken)?;
            let chunk = buffer.get(..read).unwrap_or_default();
            if chunk.is_empty() {
                return Ok(());
            }
            let size = u64::try_from(read).unwrap_or(u64::MAX);
            self.bytes_left = self.bytes_left.checked_sub(size).ok_or_else(bomb)?;
            if head {
                head = false;
                tags.is_markup = looks_like_markup(chunk)?;
            }
            for &byte in chunk {
                if tags.push(byte) {
                    self.tag(&tags)?;
                }
            }
        }
    }

    fn tag(&mut self, tags: &Tags) -> Result<(), TableError> {
        self.tags_left = self.tags_left.checked_sub(1).ok_or_else(bomb)?;
        if tags.too_long || tags.equals > MOST_ATTRIBUTES {
            return Err(suspicious());
        }
        let text = String::from_utf8_lossy(&tags.text);
        if text.starts_with("!DOCTYPE") || text.starts_with("!ENTITY") {
            return Err(suspicious());
        }
        if text.starts_with("?xml") && !declares_utf8(&text) {
            return Err(suspicious());
        }
        // calamine reserves memory for as many strings as this attribute promises.
        match text
            .split_once("uniqueCount")
            .map(|(_, rest)| promised(rest))
        {
            Some(None) => Err(suspicious()),
            Some(Some(count)) if count > self.most_strings => Err(suspicious()),
            _ => Ok(()),
        }
    }
}

/// Whether an entry is XML. Entries in UTF-16 are refused: nothing writes them, and they would hide from this scan.
fn looks_like_markup(head: &[u8]) -> Result<bool, TableError> {
    if head.starts_with(b"\xff\xfe")
        || head.starts_with(b"\xfe\xff")
        || head.starts_with(b"<\0")
        || head.starts_with(b"\0<")
    {
        return Err(suspicious());
    }
    let body = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head);
    Ok(body.trim_ascii_start().starts_with(b"<"))
}

fn declares_utf8(declaration: &str) -> bool {
    let lower = declaration.to_ascii_lowercase();
    !lower.contains("encoding") || lower.contains("utf-8") || lower.contains("us-ascii")
}

/// The number in `="123"`; nothing when it is not written plainly.
fn promised(rest: &str) -> Option<usize> {
    let value = rest.trim_start().strip_prefix('=')?.trim_start();
    let value = value.strip_prefix(['"', '\''])?;
    let digits = value.split(['"', '\'']).next()?;
    digits.trim().parse().ok()
}

/// Cuts a stream into the texts between `<` and `>`; a `>` inside an attribute ends the tag early, which only makes
/// this check see it as a shorter tag followed by text, and the rest of it is counted on through the next `<`.
#[derive(Default)]
struct Tags {
    is_markup: bool,
    inside: bool,
    too_long: bool,
    equals: usize,
    length: usize,
    /// The tag's beginning, as much as the checks look at.
    text: Vec<u8>,
}

impl Tags {
    /// Takes one byte; true when a tag is complete or has become too long.
    fn push(&mut self, byte: u8) -> bool {
        if !self.is_markup {
            return false;
        }
        match (self.inside, byte) {
            (false, b'<') => self.begin(),
            (false, _) => {}
            (true, b'>') => {
                self.inside = false;
                return true;
            }
            (true, _) => {
                self.length += 1;
                self.equals += usize::from(byte == b'=');
                if self.text.len() < 2_048 {
                    self.text.push(byte);
                }
                self.too_long = self.length > LONGEST_TAG;
                return self.too_long;
            }
        }
        false
    }

    fn begin(&mut self) {
        self.inside = true;
        self.too_long = false;
        self.equals = 0;
        self.length = 0;
        self.text.clear();
    }
}
