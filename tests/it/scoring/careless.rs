//! An honest minority beside careless classmates (product.md, rule 7), and children nobody rated.

use super::support::{Folder, SHEETS, one_class};
use starlight::domain::scoring::school::score_term;

const QUESTIONS: [&str; 3] = ["high_virtue_1", "high_wisdom_1", "high_health_1"];

/// 30 raters of three classmates each; the first three vary their answers, all others give the top.
fn careless_class() -> Folder {
    let mut sheets = SHEETS.to_owned();
    for rater in 0..30 {
        for step in [3, 11, 16] {
            let ratee = (rater + step) % 30;
            for (at, question) in QUESTIONS.iter().enumerate() {
                let anchor = if rater < 3 { 2 + (at + step) % 3 } else { 5 };
                let (rater, ratee) = (rater + 1, ratee + 1);
                sheets += &format!("R,peer,s{rater:02},s{ratee:02},{question},{anchor},,\n");
            }
        }
    }
    one_class(30).with("sheets.csv", &sheets)
}

#[test]
fn the_varied_few_keep_their_weight() {
    let (rubric, term) = careless_class().read().unwrap();
    let result = score_term(&rubric, &term, 1);
    let round = &result.classes[0].rounds[0];
    let mut weights = vec![None; 30];
    for student in &round.students {
        for mark in &student.peer.marks {
            weights[usize::try_from(mark.rater).unwrap()] = Some(mark.weight);
        }
    }
    let (honest, careless) = weights.split_at(3);
    assert!(honest.iter().all(|w| *w == Some(1.0)));
    assert!(careless.iter().all(|w| *w == Some(0.25)));
    let flat = round.raters.iter().filter(|rater| rater.flat).count();
    assert_eq!(flat, 27);
}

#[test]
fn the_varied_few_do_not_end_below_the_others() {
    let table = careless_class().table("student_scores.csv");
    let peer = |no: usize| {
        table
            .get(&["R", &format!("s{no:02}")], "peer")
            .parse::<f64>()
            .unwrap()
    };
    // s04, s12 and s17 were rated by an honest one like s05, s13, s18; nobody is low for having rated.
    let mean = |from: usize, to: usize| {
        (from..to).map(peer).sum::<f64>() / starlight::domain::scoring::number::real(to - from)
    };
    assert!(mean(1, 4) >= mean(4, 31) - 1e-9);
}

#[test]
fn nothing_rated_is_no_number() {
    let folder = one_class(3).with(
        "sheets.csv",
        &format!("{SHEETS}R,peer,s01,s02,high_virtue_1,,,\nR,self,s03,s03,high_virtue_1,,,\n"),
    );
    let table = folder.table("student_scores.csv");
    for row in &table.rows {
        let field = |name: &str| row[table.column(name)].as_str();
        assert_eq!((field("score"), field("points"), field("se")), ("", "", ""));
        assert_eq!((field("voices"), field("provisional")), ("0/4", "true"));
    }
    assert_eq!(table.rows.len(), 6);
    let classes = folder.table("class_rankings.csv");
    // The self sheet exists and counts as taking part: one of three.
    assert!(!classes.get(&["R", "501"], "participation").is_empty());
    let raters = folder.table("raters.csv");
    assert_eq!(raters.get(&["s01"], "marks"), "0");
    assert_eq!(raters.get(&["s01"], "leniency"), "0");
}

#[test]
fn without_any_round_there_is_a_term_of_nothing() {
    let folder = one_class(2).with("sheets.csv", SHEETS);
    let students = folder.table("student_scores.csv");
    assert_eq!(students.rows.len(), 2);
    assert_eq!(students.get(&["term", "s01"], "provisional"), "true");
    let classes = folder.table("class_rankings.csv");
    assert_eq!(classes.get(&["term", "501"], "unranked_because"), "no_data");
}
