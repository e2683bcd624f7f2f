//! Looks through an .xlsx before calamine does: entries, sizes after unpacking (measured, not believed), and the few
//! XML tricks that make a small file cost much memory or time (security.md S-62). calamine itself has no such limits.

use super::tags::{Tags, local_name};
use super::{Limits, TableError};
use std::io::{Cursor, Read};
use zip::ZipArchive;

/// Most attributes in a tag, counted by equals signs.
const MOST_ATTRIBUTES: usize = 512;
/// Tags per cell of the largest table accepted; honest workbooks have 4 to 9, shared strings included.
const TAGS_PER_CELL: usize = 12;
/// Most cell formats. calamine copies the font's name and the number format into each of them …
const MOST_FORMATS: usize = 20_000;
/// … so those texts are short: Excel allows 255 characters for a number format.
const LONGEST_STYLE_TAG: usize = 512;
/// Most tags that are neither cells nor texts: relationships, fonts, merged cells, drawings.
const MOST_OTHERS: usize = 200_000;

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
        let is_media = is_media(&entry.name().map_err(broken)?);
        scan.entry(&mut entry, is_media)?;
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

/// What is left of each allowance, over all entries.
struct Scan {
    bytes: u64,
    tags: usize,
    strings: usize,
    formats: usize,
    others: usize,
}

impl Scan {
    fn new(limits: &Limits) -> Self {
        let cells = limits.rows.saturating_add(1).saturating_mul(limits.columns);
        Self {
            bytes: limits.unpacked,
            tags: cells.saturating_mul(TAGS_PER_CELL).saturating_add(200_000),
            strings: cells.saturating_add(10_000),
            formats: MOST_FORMATS,
            others: MOST_OTHERS,
        }
    }

    fn entry(&mut self, entry: &mut impl Read, is_media: bool) -> Result<(), TableError> {
        let mut buffer = vec![0_u8; 16 << 10];
        let mut tags = Tags::default();
        loop {
            let read = entry.read(&mut buffer).map_err(broken)?;
            let chunk = buffer.get(..read).unwrap_or_default();
            if chunk.is_empty() {
                return Ok(());
            }
            let size = u64::try_from(read).unwrap_or(u64::MAX);
            self.bytes = self.bytes.checked_sub(size).ok_or_else(bomb)?;
            if is_media {
                continue;
            }
            // UTF-16 always holds zeros. Nothing writes it here, and it would hide from this scan.
            if chunk.contains(&0) {
                return Err(suspicious());
            }
            for &byte in chunk {
                if tags.push(byte) {
                    self.tag(&tags)?;
                }
            }
        }
    }

    fn tag(&mut self, tags: &Tags) -> Result<(), TableError> {
        self.tags = self.tags.checked_sub(1).ok_or_else(bomb)?;
        if tags.is_forbidden() || tags.equals > MOST_ATTRIBUTES {
            return Err(suspicious());
        }
        let text = String::from_utf8_lossy(&tags.text);
        if text.starts_with("?xml") && !declares_utf8(&text) {
            return Err(suspicious());
        }
        let name = local_name(&text);
        if matches!(name, "name" | "numFmt") && tags.length > LONGEST_STYLE_TAG {
            return Err(suspicious());
        }
        if let Some(allowance) = self.allowance(name) {
            *allowance = allowance.checked_sub(1).ok_or_else(bomb)?;
        }
        // calamine reserves memory for as many strings as this attribute promises.
        match text
            .split_once("uniqueCount")
            .map(|(_, rest)| promised(rest))
        {
            Some(None) => Err(suspicious()),
            Some(Some(count)) if count > self.strings.saturating_add(10_000) => Err(suspicious()),
            _ => Ok(()),
        }
    }

    /// The allowance that a tag uses up besides that of all tags.
    fn allowance(&mut self, name: &str) -> Option<&mut usize> {
        match name {
            "si" => Some(&mut self.strings),
            "xf" => Some(&mut self.formats),
            // Cells, texts and the runs of formatted texts, bounded by the number of cells.
            "c" | "v" | "t" | "is" | "row" | "r" | "f" | "rPr" | "rFont" | "sz" | "color"
            | "family" | "charset" | "scheme" | "b" | "i" | "u" | "vertAlign" | "rPh"
            | "phoneticPr" => None,
            "/" => None,
            _ => Some(&mut self.others),
        }
    }
}

/// Pictures and printer settings, by the names that calamine never reads as strings or styles.
fn is_media(name: &str) -> bool {
    const MEDIA: [&str; 10] = [
        "png", "jpg", "jpeg", "gif", "bmp", "tif", "tiff", "emf", "wmf", "bin",
    ];
    let extension = name
        .rsplit_once('.')
        .map(|(_, extension)| extension.to_ascii_lowercase());
    extension.is_some_and(|extension| MEDIA.contains(&extension.as_str()))
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
