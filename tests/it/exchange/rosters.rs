//! The office imports rosters that real programs have saved.

use super::{fixture, table};
use starlight::exchange::class_name::SchoolYear;
use starlight::exchange::report::fixable_copy;
use starlight::exchange::roster::{RosterRow, parse};
use starlight::exchange::table::{Charset, Format, ReadOptions, TableErrorKind, read, write};
use starlight::exchange::{Message, Report};

fn roster(name: &str) -> Report<RosterRow> {
    parse(&table(name).unwrap(), SchoolYear(Some(2026)))
}

fn people(report: &Report<RosterRow>) -> Vec<(usize, &str, &str, String, Option<u8>)> {
    report
        .rows
        .iter()
        .map(|r| {
            (
                r.line,
                r.student_no.as_str(),
                r.name.as_str(),
                r.class_code(),
                r.seat,
            )
        })
        .collect()
}

#[test]
fn a_workbook_with_title_numbers_dates_and_mixed_classes() {
    let report = roster("roster-openpyxl.xlsx");
    assert_eq!(report.errors, []);
    let class = || "302".to_owned();
    assert_eq!(
        people(&report),
        [
            (3, "202403017", "张三", class(), Some(1)),
            (4, "202403018", "李四", class(), Some(2)),
            (5, "202403019", "阿依古丽·买买提", class(), Some(3)),
            (6, "202403020", "张三", class(), Some(4)),
        ]
    );
    let notes: Vec<_> = report
        .notes
        .iter()
        .map(|n| (n.line, n.message.key))
        .collect();
    assert_eq!(notes, [(6, "import-same-name")]);
    assert_eq!(report.ignored_columns, ["序号", "入学日期", "备注"]);
    let cells = &table("roster-openpyxl.xlsx").unwrap().rows;
    assert_eq!(
        (cells[0].get(7), cells[1].get(7)),
        ("2024-09-01", "2024-09-01 08:30:00")
    );
}

#[test]
fn a_sheet_is_found_by_name() {
    let bytes = fixture("roster-openpyxl.xlsx");
    let by_name = |sheet| {
        read(
            "r.xlsx",
            None,
            &bytes,
            &ReadOptions {
                sheet: Some(sheet),
                ..ReadOptions::default()
            },
        )
    };
    assert_eq!(by_name("说明").unwrap().header, ["第二张表"]);
    assert_eq!(
        by_name("没有").unwrap_err().message.key,
        "import-sheet-missing"
    );
}

#[test]
fn formulas_give_their_cached_text() {
    let report = roster("formula-cached.xlsx");
    assert_eq!(report.rows[0].name, "张三");
}

#[test]
fn every_encoding_and_delimiter_gives_the_same_children() {
    let expected = roster("roster-utf8-bom.csv");
    assert_eq!(expected.errors, []);
    assert_eq!(expected.rows.len(), 3);
    assert_eq!(expected.rows[2].name, "欧阳,鑫");
    for name in [
        "roster-gb18030.csv",
        "roster-utf16.csv",
        "roster-semicolon.csv",
    ] {
        assert_eq!(roster(name), expected, "{name}");
    }
}

#[test]
fn big5_is_asked_about() {
    let error = table("roster-big5.csv").unwrap_err();
    assert_eq!(error.status(), 400);
    let TableErrorKind::Ambiguous(samples) = &error.kind else {
        panic!("{error:?}")
    };
    assert!(
        samples
            .iter()
            .any(|sample| sample.charset == Charset::Big5 && sample.text.contains("姓名"))
    );
    let answered = ReadOptions {
        charset: Some(Charset::Big5),
        ..ReadOptions::default()
    };
    let table = read("r.csv", None, &fixture("roster-big5.csv"), &answered).unwrap();
    assert_eq!(table.header[0], "學號");
}

#[test]
fn all_errors_at_once_and_a_copy_to_correct_them_in() {
    let report = roster("roster-bad.csv");
    let found: Vec<_> = report
        .errors
        .iter()
        .map(|e| (e.line, e.column, e.message.key))
        .collect();
    assert_eq!(
        found,
        [
            (3, "student_no", "import-student-no-twice"),
            (4, "student_no", "import-empty"),
            (5, "name", "import-hidden-character"),
            (5, "class", "import-class-unreadable"),
            (5, "sex", "import-sex-unreadable"),
            (5, "seat", "import-seat-unreadable"),
            (6, "student_no", "import-number-shortened"),
            (7, "student_no", "import-identity-number"),
            (7, "class", "import-class-without-grade"),
            (8, "seat", "import-seat-twice"),
        ]
    );
    let table = table("roster-bad.csv").unwrap();
    let say = |message: &Message| message.key.to_owned();
    for format in [Format::Csv, Format::Xlsx] {
        let copy = write(&fixable_copy(&table, &report.errors, "问题", &say), format).unwrap();
        let name = format!("copy.{}", format.extension());
        let read_back = read(&name, None, &copy, &ReadOptions::default()).unwrap();
        assert_eq!(
            read_back.header,
            ["学号", "姓名", "性别", "班级", "座号", "问题"]
        );
        assert_eq!(read_back.rows[0].get(5), "");
        assert_eq!(
            read_back.rows[5].get(5),
            "import-identity-number；import-class-without-grade"
        );
        let again = parse(&read_back, SchoolYear(Some(2026)));
        assert_eq!(again.errors, report.errors);
        let second = fixable_copy(&read_back, &again.errors, "问题", &say);
        assert_eq!(
            write(&second, format).unwrap(),
            copy,
            "the column is replaced, not doubled"
        );
    }
}
