//! What files may look like, and how they are refused.

use super::support::{Folder, SHEETS, one_class};

#[test]
fn a_file_may_have_a_bom_quotes_spaces_and_empty_lines() {
    let plain = one_class(2).with(
        "sheets.csv",
        &format!("{SHEETS}R,peer,s01,s02,high_virtue_1,4,,\"a, \"\"b\"\"\nc\"\n"),
    );
    let odd = one_class(2)
        .with("students.csv", "\u{feff}\r\n 班级 ,学号,姓名\r\n\r\n501, s01 ,\"x\r\ny\"\r\n  \r\n501,\u{3000}s02,\r\n")
        .with("sheets.csv", "\n x,comment,anchor,indicator,ratee,rater,source,round \n,\"a, \"\"b\"\"\nc\",4,high_virtue_1,s02, \"s01\" ,peer,R\n");
    assert!(plain.score() == odd.score());
}

#[test]
fn lines_are_where_records_start() {
    let rows = "R,self,s01,s01,high_virtue_1,4,,\"two\nlines\"\n\n\nR,self,s01,s01,nothing,4,,\nR,self,s01,s01,high_virtue_2,6,,\"x\n";
    let folder = one_class(2).with("sheets.csv", &format!("\n{SHEETS}{rows}"));
    assert_eq!(folder.errors(), ["sheets.csv:7", "sheets.csv:8"]);
}

#[test]
fn a_stray_quote_does_not_lose_rows_between_threads() {
    let mut rows = SHEETS.to_owned();
    let students = 300;
    for at in 1..=students {
        for question in [
            "high_virtue_1",
            "high_virtue_2",
            "high_virtue_3",
            "high_wisdom_1",
        ] {
            let pad = "长".repeat(60);
            rows += &format!("R,self,s{at:02},s{at:02},{question},4,,{pad}5\"x\n");
        }
    }
    rows += "R,self,s01,s01,nothing,4,,\n";
    let folder = one_class(students).with("sheets.csv", &rows);
    assert_eq!(
        folder.errors(),
        [format!("sheets.csv:{}", 4 * students + 2)]
    );
}

#[test]
fn a_missing_file_or_column_is_told() {
    let mut folder = one_class(2);
    assert_eq!(folder.errors(), ["sheets.csv:1"]);
    folder = folder.with("sheets.csv", "round,source,rater,ratee,indicator\n");
    assert_eq!(folder.errors(), ["sheets.csv:1"]);
    let folder = one_class(2)
        .with("sheets.csv", SHEETS)
        .with("classes.csv", "");
    assert_eq!(folder.errors(), ["classes.csv:1"]);
}

#[test]
fn repeated_keys_are_refused_in_every_file() {
    let sheet = "R,self,s01,s01,high_virtue_1,4,,\n";
    let check = |name: &str, text: &str, line: u32| {
        let folder = one_class(2)
            .with("sheets.csv", &format!("{SHEETS}{sheet}"))
            .with(name, text);
        assert_eq!(folder.errors(), [format!("{name}:{line}")]);
    };
    check(
        "sheets.csv",
        &format!(
            "{SHEETS}{sheet}{}{sheet}",
            "R,self,s02,s02,high_virtue_1,4,,\n"
        ),
        4,
    );
    check(
        "assignments.csv",
        "round,rater,ratee\nR,s01,s02\nR,s02,s01\nR,s01,s02\n",
        4,
    );
    check("excused.csv", "round,student_no\nR,s01\nR,s01\n", 3);
    check(
        "teachers.csv",
        "teacher,class,role\nT,501,homeroom\nT,501,subject\nT,501,subject\n",
        4,
    );
    let checks = "2025-09-01,R,岗,501,hygiene,10,9\n";
    let header = "date,round,post,class,item,full,points\n";
    check("inspections.csv", &format!("{header}{checks}{checks}"), 3);
    check(
        "inspections.csv",
        &format!("{header}2025-02-29,R,岗,501,hygiene,10,9\n"),
        2,
    );
    check(
        "inspections.csv",
        &format!("{header}2025-02-28,R,岗,501,hygiene,inf,9\n"),
        2,
    );
}

#[test]
fn numbers_in_files_have_no_exponent_and_no_minus_zero() {
    use starlight::domain::scoring::number::push_digits;
    let check = |number: f64, expected: &str| {
        let mut out = String::new();
        push_digits(&mut out, number);
        assert_eq!(out, expected);
    };
    check(-0.0, "0");
    check(5.0, "5");
    check(1.0 / 3.0, "0.3333333333333333");
    check(1e-17, "0.00000000000000001");
    check(1e21, "1000000000000000000000");
}

#[test]
fn the_first_comment_and_the_largest_time_count() {
    let rows = "R,peer,s01,s02,high_virtue_1,4,3,\nR,peer,s01,s02,high_virtue_3,,9,first\nR,peer,s01,s02,high_wisdom_1,3,7,second\n";
    let folder: Folder = one_class(2).with("sheets.csv", &format!("{SHEETS}{rows}"));
    let (_, term) = folder.read().unwrap();
    let sheet = &term.classes[0].rounds[0].about_students[1][0];
    assert_eq!(sheet.seconds, Some(9.0));
    assert_eq!(sheet.comment.as_deref(), Some("first"));
    assert_eq!(sheet.answers, (0, 3));
}
