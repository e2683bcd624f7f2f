//! The golden schools: every field of every expected file, and every line that is wrong.

use super::support::{Folder, Table, golden};

fn check(school: &str) {
    for file in Folder::golden(school).score() {
        let path = golden(school).join("expected").join(file.name);
        let expected = Table::new(&std::fs::read_to_string(path).unwrap());
        let ours = Table::new(std::str::from_utf8(&file.bytes).unwrap());
        assert_eq!(ours.columns, expected.columns, "{}", file.name);
        assert_eq!(ours.rows.len(), expected.rows.len(), "{}", file.name);
        let columns = &expected.columns;
        for (ours, expected) in ours.rows.iter().zip(&expected.rows) {
            for (column, (a, b)) in columns.iter().zip(ours.iter().zip(expected)) {
                let same = a == b || (column != "points" && close(a, b));
                assert!(
                    same,
                    "{}: {column} is {a}, not {b}: {expected:?}",
                    file.name
                );
            }
        }
    }
}

fn close(a: &str, b: &str) -> bool {
    let numbers = a.parse::<f64>().ok().zip(b.parse::<f64>().ok());
    numbers.is_some_and(|(a, b)| (a - b).abs() < 1e-9)
}

#[test]
fn small_school() {
    check("small-school");
}

#[test]
fn edge_school() {
    check("edge-school");
}

#[test]
fn bad_school_tells_every_line() {
    let expected = std::fs::read_to_string(golden("bad-school/expected/errors.txt")).unwrap();
    let place = |line: &str| line.splitn(3, ':').take(2).collect::<Vec<_>>().join(":");
    let mut expected: Vec<String> = expected.lines().map(place).collect();
    let mut ours = Folder::golden("bad-school").errors();
    expected.sort();
    ours.sort();
    assert_eq!(ours, expected);
}
