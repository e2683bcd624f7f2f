//! Writes .csv as Excel understands it: UTF-8 with a mark, CRLF, quotes where needed, formulas guarded (S-58, S-59).

use super::{Cell, Sheet, TableError, decimal, guarded};

/// The bytes of the .csv file.
pub fn to_csv(sheet: &Sheet) -> Result<Vec<u8>, TableError> {
    let mut writer = csv::WriterBuilder::new()
        .terminator(csv::Terminator::CRLF)
        .flexible(true)
        .from_writer(b"\xef\xbb\xbf".to_vec());
    let mark = sheet.watermark.as_ref();
    let heading = mark.map(|mark| guarded(&mark.heading));
    let header = sheet.header.iter().map(|name| guarded(name)).chain(heading);
    let failed = |_: csv::Error| TableError::invalid("import-write-failed");
    writer.write_record(header).map_err(failed)?;
    for row in &sheet.rows {
        let cells = row
            .iter()
            .map(field)
            .chain(mark.map(|mark| guarded(&mark.text)));
        writer.write_record(cells).map_err(failed)?;
    }
    match writer.into_inner() {
        Ok(bytes) => Ok(bytes),
        Err(_) => Err(TableError::invalid("import-write-failed")),
    }
}

fn field(cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => guarded(text),
        Cell::Number(value) => decimal(*value),
        Cell::Empty => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::table::{Format, ReadOptions, Watermark, read, write};
    use proptest::prelude::*;

    fn sheet(header: &[&str], rows: Vec<Vec<Cell>>) -> Sheet {
        let header = header.iter().map(|name| (*name).to_owned()).collect();
        Sheet {
            name: "s".to_owned(),
            header,
            rows,
            watermark: None,
        }
    }

    #[test]
    fn excel_opens_it() {
        let rows = vec![vec![
            Cell::text("张三"),
            Cell::Number(-3.0),
            Cell::text("=1+1"),
            Cell::Empty,
        ]];
        let bytes = to_csv(&sheet(&["姓名", "n", "c", "d"], rows)).unwrap();
        assert_eq!(bytes, "\u{feff}姓名,n,c,d\r\n张三,-3,'=1+1,\r\n".as_bytes());
    }

    #[test]
    fn numbers_have_no_exponent_and_no_minus_zero() {
        for (value, expected) in [
            (0.1 + 0.2, "0.30000000000000004"),
            (-0.0, "0"),
            (4.0, "4"),
            (1e21, "1000000000000000000000"),
            (f64::NAN, ""),
        ] {
            assert_eq!(decimal(value), expected);
        }
    }

    #[test]
    fn the_watermark_is_a_column_that_imports_ignore() {
        let mut marked = sheet(&["a"], vec![vec![Cell::text("1")]]);
        marked.watermark = Some(Watermark {
            heading: "水印".to_owned(),
            text: "王老师 2026-11-23".to_owned(),
        });
        assert_eq!(
            to_csv(&marked).unwrap(),
            "\u{feff}a,水印\r\n1,王老师 2026-11-23\r\n".as_bytes()
        );
    }

    /// Texts made of everything that has ever broken a .csv.
    fn hostile() -> impl Strategy<Value = String> {
        prop_oneof![
            "['\"=+\\-@,;\t\r\n\0 ＝＠\u{feff}\u{200b}a1张]{0,12}",
            any::<String>(),
            Just("=cmd|' /C calc'!A0".to_owned()),
            Just("<script>alert(1)</script>".to_owned()),
        ]
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]
        #[test]
        fn export_import_export_is_byte_identical(texts in proptest::collection::vec((hostile(), hostile()), 1..6)) {
            let rows = texts.iter().enumerate().map(|(at, (a, b))| {
                vec![Cell::text(format!("k{at}")), Cell::text(a.as_str()), Cell::text(b.as_str())]
            });
            let first = to_csv(&sheet(&["key", "a", "b"], rows.collect())).unwrap();
            let table = read("x.csv", None, &first, &ReadOptions::default()).unwrap();
            prop_assert_eq!(table.rows.len(), texts.len());
            for (row, (a, b)) in table.rows.iter().zip(&texts) {
                prop_assert_eq!((row.get(1), row.get(2)), (a.as_str(), b.as_str()));
            }
            let again = table.rows.iter().map(|row| row.cells.iter().map(Cell::text).collect());
            let second = write(&sheet(&["key", "a", "b"], again.collect()), Format::Csv).unwrap();
            prop_assert_eq!(first, second);
        }
    }
}
