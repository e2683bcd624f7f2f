//! `starlight score IN --out OUT [--explain STUDENT_NO]`: the whole computation on files, without a database.

use std::fs;
use std::io::{self, ErrorKind, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context as _, bail};
use clap::Args;

use super::score_explain::{self, explain};
use crate::domain::badges::facts::{TermRows, class_facts, student_facts};
use crate::domain::badges::{Facts, evaluate};
use crate::domain::rubric::Rubric;
use crate::domain::scoring::input::TermInput;
use crate::domain::scoring::result::TermResult;
use crate::domain::scoring::school::score_term;
use crate::exchange::score_files::{InFiles, OutFile, read_term, write_results};
use crate::exchange::{badges_csv, badges_toml};

#[derive(Args, Debug)]
pub struct ScoreArgs {
    /// Folder with rubric.toml, classes.csv, students.csv, teachers.csv, sheets.csv and so on
    pub input: PathBuf,
    /// Folder for the results; made if it is not there
    #[arg(long)]
    pub out: PathBuf,
    /// Prints every step of this student's numbers
    #[arg(long, value_name = "STUDENT_NO")]
    pub explain: Option<String>,
}

/// Runs the command. Bad files: every error on stderr, exit 1, nothing written.
pub fn run(args: &ScoreArgs) -> anyhow::Result<ExitCode> {
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let bytes = Folder::read(&args.input)?;
    let (rubric, term) = match read_term(&bytes.files(), threads) {
        Ok(read) => read,
        Err(errors) => {
            let mut stderr = io::stderr().lock();
            for error in errors {
                writeln!(stderr, "{error}")?;
            }
            return Ok(ExitCode::from(1));
        }
    };
    drop(bytes);
    let student = args.explain.as_deref();
    if let Some(no) = student.filter(|no| score_explain::find(&term, no).is_none()) {
        bail!("there is no student {no}");
    }
    let result = score_term(&rubric, &term, threads);
    let mut files = write_results(&rubric, &term, &result, threads);
    files.push(badges(&rubric, &term, &result)?);
    write_all(&args.out, &files)?;
    if let Some(text) = student.and_then(|no| explain(&rubric, &term, &result, no)) {
        io::stdout().lock().write_all(text.as_bytes())?;
    }
    // The process ends here: giving back millions of small pieces of memory one by one would cost
    // more than writing the files did.
    std::mem::forget((term, result, files));
    Ok(ExitCode::SUCCESS)
}

/// The badges that the built-in rules give on these results.
fn badges(rubric: &Rubric, term: &TermInput, result: &TermResult) -> anyhow::Result<OutFile> {
    let rules = badges_toml::built_in()?;
    let dimensions: Vec<String> = rubric.dimensions.iter().map(|d| d.id.clone()).collect();
    let students = student_facts(rubric, term, result, TermRows::Include);
    let classes = class_facts(term, result, TermRows::Include);
    let facts = Facts {
        dimensions: &dimensions,
        students: &students,
        classes: &classes,
    };
    let bytes = badges_csv::write(&evaluate(&rules, &facts))?;
    Ok(OutFile {
        name: "badges.csv",
        bytes,
    })
}

/// The bytes of IN.
struct Folder {
    rubric: Option<Vec<u8>>,
    classes: Option<Vec<u8>>,
    students: Option<Vec<u8>>,
    teachers: Option<Vec<u8>>,
    sheets: Option<Vec<u8>>,
    assignments: Option<Vec<u8>>,
    excused: Option<Vec<u8>>,
    inspections: Option<Vec<u8>>,
}

impl Folder {
    fn read(folder: &Path) -> anyhow::Result<Folder> {
        if !folder.is_dir() {
            bail!("{} is not a folder", folder.display());
        }
        let file = |name: &str| match fs::read(folder.join(name)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(problem) if problem.kind() == ErrorKind::NotFound => Ok(None),
            Err(problem) => Err(problem).with_context(|| format!("cannot read {name}")),
        };
        Ok(Folder {
            rubric: file("rubric.toml")?,
            classes: file("classes.csv")?,
            students: file("students.csv")?,
            teachers: file("teachers.csv")?,
            sheets: file("sheets.csv")?,
            assignments: file("assignments.csv")?,
            excused: file("excused.csv")?,
            inspections: file("inspections.csv")?,
        })
    }

    fn files(&self) -> InFiles<'_> {
        InFiles {
            rubric: self.rubric.as_deref(),
            classes: self.classes.as_deref(),
            students: self.students.as_deref(),
            teachers: self.teachers.as_deref(),
            sheets: self.sheets.as_deref(),
            assignments: self.assignments.as_deref(),
            excused: self.excused.as_deref(),
            inspections: self.inspections.as_deref(),
        }
    }
}

/// Writes all files under temporary names first, so that OUT never holds half a result.
fn write_all(out: &Path, files: &[OutFile]) -> anyhow::Result<()> {
    fs::create_dir_all(out).with_context(|| format!("cannot make {}", out.display()))?;
    let hidden = |file: &OutFile| out.join(format!(".{}.{}.tmp", file.name, std::process::id()));
    let put = |file| fs::write(hidden(file), &file.bytes);
    let written = files.iter().try_for_each(put);
    let rename = |file: &OutFile| fs::rename(hidden(file), out.join(file.name));
    let done = written.and_then(|()| files.iter().try_for_each(rename));
    if done.is_err() {
        for file in files {
            let _ = fs::remove_file(hidden(file));
        }
    }
    done.with_context(|| format!("cannot write to {}", out.display()))
}
