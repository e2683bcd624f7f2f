//! `starlight import` and `export` on files: exit codes, the copy to correct, nothing half written.

use std::{fmt::Debug, path::Path, process::ExitCode};

use starlight::cli::{export, export::ExportArgs, import, import::ImportArgs, opened::Opened};

use super::school::School;

fn opened(school: &School) -> Opened {
    Opened {
        store: school.store.clone(),
        ring: school.ring.clone(),
        school: school.call.school.clone(),
        call: school.call.clone(),
    }
}

fn check(code: impl Debug, expected: u8) {
    assert_eq!(
        format!("{code:?}"),
        format!("{:?}", ExitCode::from(expected))
    );
}

fn import_file(school: &School, what: import::What, path: &Path, dry_run: bool) -> ExitCode {
    let args = ImportArgs {
        what,
        path: path.to_owned(),
        dry_run,
        confirm_moves: false,
    };
    import::run(&args, &opened(school)).unwrap()
}

fn export_to(school: &School, what: export::What, path: &Path) -> ExitCode {
    let args = ExportArgs {
        what,
        path: path.to_owned(),
        term: None,
        with: None,
        chinese: false,
    };
    export::run(&args, &opened(school)).unwrap()
}

#[test]
fn a_bad_file_comes_back_with_its_problems_and_a_corrected_one_goes_in() {
    let school = School::new();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("class.csv");
    std::fs::write(&path, "学号,姓名,班级\n1,甲,101\n2,乙,909\n").unwrap();
    check(import_file(&school, import::What::Roster, &path, false), 1);
    assert!(school.children().is_empty());
    let copy = folder.path().join("class.problems.csv");
    let text = std::fs::read_to_string(&copy).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert!(
        lines[1].ends_with("101,") && lines[2].len() > "2,乙,909,".len(),
        "{text}"
    );

    std::fs::write(&copy, text.replace("909", "102")).unwrap();
    check(import_file(&school, import::What::Roster, &copy, true), 0);
    assert!(school.children().is_empty());
    check(import_file(&school, import::What::Roster, &copy, false), 0);
    assert_eq!(school.children().len(), 2);
    let odd = folder.path().join("class.doc");
    check(import_file(&school, import::What::Roster, &odd, false), 2);
}

#[test]
fn every_table_can_be_written_and_a_folder_for_the_score() {
    let school = School::with_two_classes();
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    use export::What;
    check(export_to(&school, What::Roster, &path("a.csv")), 0);
    check(export_to(&school, What::Teachers, &path("b.xlsx")), 0);
    check(export_to(&school, What::Rankings, &path("c.csv")), 0);
    check(export_to(&school, What::Sheets, &path("votes")), 0);
    check(export_to(&school, What::Scores, &path("d")), 2);
    let mut names: Vec<String> = std::fs::read_dir(path("votes"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "assignments.csv",
            "classes.csv",
            "excused.csv",
            "inspections.csv",
            "rubric.toml",
            "sheets.csv",
            "students.csv",
            "teachers.csv",
        ]
    );
    check(
        import_file(&school, import::What::Roster, &path("a.csv"), false),
        0,
    );
    check(
        import_file(&school, import::What::Teachers, &path("b.xlsx"), false),
        0,
    );
}
