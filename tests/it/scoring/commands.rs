//! `starlight score` as a command: files in, files out, or nothing.

use super::support::golden;
use starlight::cli::score::{ScoreArgs, run};
use std::path::PathBuf;
use std::process::ExitCode;

fn out(name: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = std::fs::remove_dir_all(&folder);
    folder
}

fn score(school: &str, out: PathBuf, explain: Option<&str>) -> anyhow::Result<ExitCode> {
    run(&ScoreArgs {
        input: golden(school).join("in"),
        out,
        explain: explain.map(str::to_owned),
    })
}

#[test]
fn good_files_give_four_files_and_no_others() {
    let out = out("good");
    let code = score("small-school", out.clone(), None).unwrap();
    assert_eq!(code, ExitCode::SUCCESS);
    let names = std::fs::read_dir(&out).unwrap();
    let mut names: Vec<_> = names
        .map(|f| f.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [
            "badges.csv",
            "class_rankings.csv",
            "raters.csv",
            "student_scores.csv"
        ]
    );
}

#[test]
fn bad_files_write_nothing() {
    let out = out("bad");
    let code = score("bad-school", out.clone(), None).unwrap();
    assert_eq!(code, ExitCode::from(1));
    assert!(!out.exists());
}

#[test]
fn an_unknown_student_is_not_explained_and_writes_nothing() {
    let out = out("nobody");
    assert!(score("small-school", out.clone(), Some("nobody")).is_err());
    assert!(!out.exists());
}
