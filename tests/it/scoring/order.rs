//! Same input, same bytes: whatever the order of the rows and the number of threads.

use super::support::Folder;
use starlight::domain::scoring::school::score_term;
use starlight::exchange::score_files::{read_term, write_results};

/// Reverses, then interleaves the rows of a file without quoted line ends.
fn shuffled(text: &str) -> String {
    let mut lines = text.lines();
    let header = lines.next().unwrap();
    let mut rows: Vec<&str> = lines.collect();
    rows.reverse();
    let half = rows.len() / 2;
    let (a, b) = rows.split_at(half);
    let mixed: Vec<&str> = (0..b.len())
        .flat_map(|at| [b.get(at), a.get(at)])
        .flatten()
        .copied()
        .collect();
    assert_eq!(mixed.len(), rows.len());
    format!("{header}\n{}\n", mixed.join("\n"))
}

#[test]
fn the_order_of_rows_changes_nothing() {
    for school in ["small-school", "edge-school"] {
        let folder = Folder::golden(school);
        let mut mixed = folder.clone();
        let names: Vec<String> = folder
            .0
            .keys()
            .filter(|n| n.ends_with(".csv"))
            .cloned()
            .collect();
        for name in names {
            mixed = mixed.with(&name, &shuffled(&folder.text(&name)));
        }
        assert!(folder.score() == mixed.score(), "{school}");
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let folder = Folder::golden("small-school");
    let score = |threads| {
        let (rubric, term) = read_term(&folder.files(), threads).unwrap();
        let result = score_term(&rubric, &term, threads);
        write_results(&rubric, &term, &result, threads)
    };
    let one = score(1);
    assert!([2, 3, 7].into_iter().all(|threads| score(threads) == one));
}

#[test]
fn errors_have_the_same_lines_on_every_number_of_threads() {
    let folder = Folder::golden("bad-school");
    let errors = |threads| read_term(&folder.files(), threads).unwrap_err();
    let one = errors(1);
    assert_eq!(one.len(), 36);
    assert!([2, 3, 5].into_iter().all(|threads| errors(threads) == one));
}
