//! Which format a file is, and whether its name, its content type and its first bytes agree (security.md S-63).

use super::TableError;

/// The formats read and written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Delimited text.
    Csv,
    /// Office Open XML workbook.
    Xlsx,
}

impl Format {
    /// The format that a file's name says, if it is one of ours.
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        match extension.to_ascii_lowercase().as_str() {
            "csv" | "tsv" | "txt" => Some(Self::Csv),
            "xlsx" => Some(Self::Xlsx),
            _ => None,
        }
    }

    /// The media type to answer with.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => XLSX_TYPE,
        }
    }

    /// The extension without its dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    fn accepts(self, content_type: &str) -> bool {
        let essence = content_type
            .split(';')
            .next()
            .unwrap_or("")
            .trim()
            .to_ascii_lowercase();
        let common = matches!(
            essence.as_str(),
            "" | "application/octet-stream" | "application/vnd.ms-excel"
        );
        common
            || match self {
                Self::Csv => matches!(
                    essence.as_str(),
                    "text/csv"
                        | "text/plain"
                        | "application/csv"
                        | "text/comma-separated-values"
                        | "text/tab-separated-values"
                ),
                Self::Xlsx => matches!(
                    essence.as_str(),
                    XLSX_TYPE | "application/zip" | "application/x-zip-compressed"
                ),
            }
    }
}

const XLSX_TYPE: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// First bytes of formats that are never a .csv, whatever the name says.
const NOT_TEXT: [&[u8]; 11] = [
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"\xd0\xcf\x11\xe0",
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",
    b"SQLite format 3",
];

pub(super) fn judge(
    name: &str,
    content_type: Option<&str>,
    bytes: &[u8],
) -> Result<Format, TableError> {
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Err(TableError::media("import-old-excel"));
    }
    let format = Format::of_name(name).ok_or_else(|| TableError::media("import-unknown-format"))?;
    let by_bytes = match format {
        Format::Xlsx => bytes.starts_with(b"PK\x03\x04"),
        Format::Csv => !NOT_TEXT.iter().any(|magic| bytes.starts_with(magic)) && !is_markup(bytes),
    };
    if !by_bytes || !format.accepts(content_type.unwrap_or("")) {
        return Err(TableError::media("import-format-mismatch").with("format", format.extension()));
    }
    Ok(format)
}

/// Web pages and XML “tables” that some programs save under the name .csv.
fn is_markup(bytes: &[u8]) -> bool {
    let head: Vec<u8> = bytes.iter().take(64).map(u8::to_ascii_lowercase).collect();
    let text = head
        .strip_prefix(b"\xef\xbb\xbf")
        .unwrap_or(&head)
        .trim_ascii_start();
    [b"<html".as_slice(), b"<!doctype", b"<?xml", b"<table"]
        .iter()
        .any(|tag| text.starts_with(tag))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, content_type: Option<&str>, bytes: &[u8], expected: Option<Format>) {
        let found = judge(name, content_type, bytes);
        assert_eq!(
            found.as_ref().ok().copied(),
            expected,
            "{name} {content_type:?}"
        );
        if let Err(error) = found {
            assert_eq!(error.status(), 415);
        }
    }

    #[test]
    fn name_type_and_bytes_must_agree() {
        check("名单.csv", None, b"a,b", Some(Format::Csv));
        check(
            "a.CSV",
            Some("application/vnd.ms-excel"),
            b"a,b",
            Some(Format::Csv),
        );
        check(
            "a.csv",
            Some("text/csv; charset=gbk"),
            b"a,b",
            Some(Format::Csv),
        );
        check("a.xlsx", Some(XLSX_TYPE), b"PK\x03\x04", Some(Format::Xlsx));
        check("a.xlsx", None, b"a,b", None);
        check("a.csv", None, b"PK\x03\x04", None);
        check("a.csv", Some("image/png"), b"a,b", None);
        check("a.xls", None, b"\xd0\xcf\x11\xe0", None);
        check("a.xlsx", None, b"\xd0\xcf\x11\xe0", None);
        check("a.csv", None, b"\xef\xbb\xbf <HTML>", None);
        check("a.ods", None, b"PK\x03\x04", None);
        check("a", None, b"a,b", None);
        check("a.csv", Some("application/json"), b"a,b", None);
    }
}
