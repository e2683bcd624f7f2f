//! Whatever the bytes, reading gives an answer (security.md S-64): no panic, no hang.

use super::fixture;
use proptest::prelude::*;
use starlight::exchange::class_name::{self, SchoolYear};
use starlight::exchange::oneroster;
use starlight::exchange::table::{Cell, Format, Limits, ReadOptions, Sheet, Table, read, write};
use starlight::exchange::{inspections, roster, sheets, teachers};

/// Every reader of rows on the table.
fn parse_all(table: &Table) {
    let year = SchoolYear(Some(2026));
    let _ = roster::parse(table, year);
    let _ = teachers::parse(table, year);
    let _ = sheets::parse(table);
    let _ = inspections::parse(table, year);
}

fn read_all(bytes: &[u8]) {
    let _ = oneroster::unpack(bytes, &Limits::UPLOAD);
    for name in ["a.csv", "a.xlsx"] {
        if let Ok(table) = read(name, None, bytes, &ReadOptions::default()) {
            parse_all(&table);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4_000))]

    #[test]
    fn random_bytes(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        read_all(&bytes);
    }

    #[test]
    fn random_rosters(body in "(学号|姓名|班级|年级|性别|座号|round|ratee|[,;\t\"\r\n]|[0-9三（）()班级年]|\\PC){0,60}") {
        read_all(body.as_bytes());
        let whole = format!("学号,姓名,年级,班级,性别,座号\n{body}");
        read_all(whole.as_bytes());
    }

    #[test]
    fn random_classes(grade in "[一二三十0-9年级届]{0,5}|\\PC{0,8}", class in "[一二三十0-9年级班()（）.-]{0,8}|\\PC{0,8}") {
        if let Ok(class) = class_name::parse(&grade, &class, SchoolYear(Some(2026))) {
            prop_assert!((1..=6).contains(&class.grade) && (1..=99).contains(&class.number));
            prop_assert_eq!(class_name::parse("", &class.code(), SchoolYear(None)), Ok(class));
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_500))]

    #[test]
    fn damaged_workbooks(changes in proptest::collection::vec((any::<proptest::sample::Index>(), any::<u8>()), 1..12), cut in any::<proptest::sample::Index>(), shorten in any::<bool>()) {
        let mut bytes = fixture("formula-cached.xlsx");
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        if shorten {
            bytes.truncate(cut.index(bytes.len()));
        }
        read_all(&bytes);
    }

    #[test]
    fn workbooks_keep_every_text(texts in proptest::collection::vec("['=+\\-@,_x0-9A-F\t\r\n\0 <>&\"\u{1}\u{1f}張三😀]{0,12}", 1..5)) {
        let rows = texts.iter().map(|text| vec![Cell::text("k"), Cell::text(text.as_str()), Cell::Number(-3.0)]);
        let header = ["key", "text", "number"].map(str::to_owned).to_vec();
        let sheet = Sheet { name: "=a/b".to_owned(), header, rows: rows.collect(), watermark: None };
        let bytes = write(&sheet, Format::Xlsx).unwrap();
        let table = read("a.xlsx", None, &bytes, &ReadOptions::default()).unwrap();
        for (row, text) in table.rows.iter().zip(&texts) {
            prop_assert_eq!(row.get(1), text.as_str());
            prop_assert_eq!(row.get(2), "-3");
        }
        prop_assert_eq!(table.rows.len(), texts.len());
    }
}
