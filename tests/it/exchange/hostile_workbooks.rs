//! Workbooks that were made to hurt (security.md S-62, S-63): all are refused, quickly and with little memory.

use super::fixture;
use starlight::exchange::table::{Limits, ReadOptions, read};
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>"#;
const RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const BOOK_RELS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#;

fn zipped(entries: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in entries {
        zip.start_file(name.as_str(), options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A workbook with this body of its only sheet and additional entries.
fn workbook(sheet: &str, more: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let fixed = [
        ("[Content_Types].xml", TYPES),
        ("_rels/.rels", RELS),
        ("xl/workbook.xml", BOOK),
        ("xl/_rels/workbook.xml.rels", BOOK_RELS),
        ("xl/worksheets/sheet1.xml", sheet),
    ];
    let fixed = fixed
        .iter()
        .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()));
    let more = more
        .iter()
        .map(|(name, bytes)| ((*name).to_owned(), bytes.clone()));
    zipped(&fixed.chain(more).collect::<Vec<_>>())
}

fn sheet(data: &str) -> String {
    format!(
        r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{data}</worksheet>"#
    )
}

fn row(line: usize, value: &str) -> String {
    format!(r#"<row r="{line}"><c r="A{line}" t="inlineStr"><is><t>{value}</t></is></c></row>"#)
}

fn check(what: &str, bytes: &[u8], expected: &str, status: u16) {
    let error = read("a.xlsx", None, bytes, &ReadOptions::default()).expect_err(what);
    assert_eq!(
        (error.message.key, error.status()),
        (expected, status),
        "{what}"
    );
}

#[test]
fn the_plain_one_is_read() {
    let data = format!("<sheetData>{}{}</sheetData>", row(1, "a"), row(2, "b"));
    let table = read(
        "a.xlsx",
        None,
        &workbook(&sheet(&data), &[]),
        &ReadOptions::default(),
    )
    .unwrap();
    assert_eq!(
        (table.header, table.rows[0].line),
        (vec!["a".to_owned()], 2)
    );
}

#[test]
fn broken_and_disguised_files() {
    check(
        "truncated",
        &fixture("truncated.xlsx"),
        "import-broken-workbook",
        400,
    );
    check(
        "only a beginning",
        b"PK\x03\x04",
        "import-broken-workbook",
        400,
    );
    check(
        "an old workbook",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "import-old-excel",
        415,
    );
    check(
        "text",
        "学号,姓名".as_bytes(),
        "import-format-mismatch",
        415,
    );
    check(
        "a zip without workbook",
        &zipped(&[("a.txt".to_owned(), vec![1])]),
        "import-broken-workbook",
        400,
    );
    let whole = fixture("roster-openpyxl.xlsx");
    let error = read("a.csv", None, &whole, &ReadOptions::default()).unwrap_err();
    assert_eq!(error.status(), 415);
}

#[test]
fn bombs() {
    let zeros = workbook(
        &sheet("<sheetData/>"),
        &[("xl/media/a.bin", vec![0; 40 << 20])],
    );
    assert!(zeros.len() < 1 << 20);
    check("40 MiB of zeros", &zeros, "import-workbook-too-large", 400);
    let names: Vec<String> = (0..1_000).map(|n| format!("e{n}")).collect();
    let many: Vec<(&str, Vec<u8>)> = names.iter().map(|name| (name.as_str(), vec![])).collect();
    check(
        "1,000 entries",
        &workbook(&sheet("<sheetData/>"), &many),
        "import-workbook-too-large",
        400,
    );
    check(
        "too large a file",
        &vec![0; (2 << 20) + 1],
        "import-file-too-large",
        413,
    );
    let empty = "<c/>".repeat(7_000_000);
    check(
        "cells without end",
        &workbook(&sheet(&empty), &[]),
        "import-workbook-too-large",
        400,
    );
}

#[test]
fn a_directory_that_lies_about_sizes() {
    let mut zeros = workbook(
        &sheet("<sheetData/>"),
        &[("xl/media/a.bin", vec![0; 40 << 20])],
    );
    let size = (40_u32 << 20).to_le_bytes();
    let mut at = 0;
    while let Some(found) = zeros[at..].windows(4).position(|four| four == size) {
        at += found;
        zeros[at..at + 4].copy_from_slice(&10_u32.to_le_bytes());
    }
    assert!(read("a.xlsx", None, &zeros, &ReadOptions::default()).is_err());
}

#[test]
fn tricks_of_xml() {
    let far = format!(
        r#"<dimension ref="A1:XFD1048576"/><sheetData>{}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>"#,
        row(1, "a")
    );
    check(
        "a cell far away",
        &workbook(&sheet(&far), &[]),
        "import-too-many-columns",
        400,
    );
    let low = format!(
        r#"<dimension ref="A1:A1048576"/><sheetData>{}{}</sheetData>"#,
        row(1, "a"),
        row(1_048_576, "b")
    );
    assert_eq!(
        read(
            "a.xlsx",
            None,
            &workbook(&sheet(&low), &[]),
            &ReadOptions::default()
        )
        .unwrap()
        .rows
        .len(),
        1
    );
    let attributes = " a='1'".repeat(1_000_000);
    let tag = format!("<sheetData{attributes}></sheetData>");
    check(
        "a million attributes",
        &workbook(&sheet(&tag), &[]),
        "import-workbook-suspicious",
        400,
    );
    let entity = format!("<!DOCTYPE a [<!ENTITY b 'c'>]>{}", sheet("<sheetData/>"));
    check(
        "a document type",
        &workbook(&entity, &[]),
        "import-workbook-suspicious",
        400,
    );
    for promise in ["99999999999999", "18446744073709551615", "0x10", ""] {
        let strings =
            format!(r#"<sst uniqueCount="{promise}"><si><t>a</t></si></sst>"#).into_bytes();
        let book = workbook(&sheet("<sheetData/>"), &[("xl/sharedStrings.xml", strings)]);
        check("promised strings", &book, "import-workbook-suspicious", 400);
    }
    let wide: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain("<sst>".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let book = workbook(&sheet("<sheetData/>"), &[("xl/sharedStrings.xml", wide)]);
    check(
        "an entry in UTF-16",
        &book,
        "import-workbook-suspicious",
        400,
    );
}

#[test]
fn promises_cannot_hide_from_the_scan() {
    for tag in [
        "garbage <sst uniqueCount='99999999999999'>",
        "<sst a='>' uniqueCount='99999999999999'>",
        "</a \"><sst uniqueCount='99999999999999'>",
        "<!-- > <a b=\" --><sst uniqueCount='99999999999999'>",
        "<![CDATA[ > <a b=\" ]]><sst uniqueCount='99999999999999'>",
        &format!(
            "<x:sst a='{}' uniqueCount='99999999999999'>",
            "b".repeat(9_000)
        ),
    ] {
        let strings = format!("{tag}<si><t>a</t></si></sst>").into_bytes();
        let book = workbook(&sheet("<sheetData/>"), &[("xl/sharedStrings.xml", strings)]);
        check(tag, &book, "import-workbook-suspicious", 400);
    }
}

#[test]
fn small_parts_that_multiply() {
    let long = "x".repeat(30_000);
    let fonts = format!("<fonts><font><name val=\"{long}\"/></font></fonts>");
    let styles = |body: String| {
        vec![(
            "xl/styles.xml",
            format!("<styleSheet>{body}</styleSheet>").into_bytes(),
        )]
    };
    let body = format!(
        "{fonts}<cellXfs>{}</cellXfs>",
        "<xf fontId=\"0\"></xf>".repeat(10_000)
    );
    check(
        "a long font name",
        &workbook(&sheet("<sheetData/>"), &styles(body)),
        "import-workbook-suspicious",
        400,
    );
    let body = format!(
        "<cellXfs>{}</cellXfs>",
        "<xf fontId=\"0\"></xf>".repeat(100_000)
    );
    check(
        "formats without end",
        &workbook(&sheet("<sheetData/>"), &styles(body)),
        "import-workbook-too-large",
        400,
    );
    let strings = format!("<sst><si><t>{long}</t></si></sst>").into_bytes();
    let cells = "<c t=\"s\"><v>0</v></c>".repeat(60);
    let rows = format!(
        "<sheetData>{}</sheetData>",
        format!("<row>{cells}</row>").repeat(4_000)
    );
    let book = workbook(&sheet(&rows), &[("xl/sharedStrings.xml", strings)]);
    assert!(book.len() < 100_000);
    check(
        "one long text everywhere",
        &book,
        "import-workbook-too-large",
        400,
    );
}

#[test]
fn too_many_rows() {
    let rows: String = (1..=5_001).map(|line| row(line, "x")).collect();
    let full = workbook(&sheet(&format!("<sheetData>{rows}</sheetData>")), &[]);
    assert_eq!(
        read("a.xlsx", None, &full, &ReadOptions::default())
            .unwrap()
            .rows
            .len(),
        5_000
    );
    let rows: String = (1..=5_002).map(|line| row(line, "x")).collect();
    let over = workbook(&sheet(&format!("<sheetData>{rows}</sheetData>")), &[]);
    check("5,001 rows", &over, "import-too-many-rows", 400);
    let command = ReadOptions {
        limits: Limits::COMMAND,
        ..ReadOptions::default()
    };
    assert_eq!(
        read("a.xlsx", None, &over, &command).unwrap().rows.len(),
        5_001
    );
}
