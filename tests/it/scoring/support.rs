//! Golden folders as bytes, and small schools made by hand. Used by the tests beside it.

use std::collections::BTreeMap;
use std::path::PathBuf;

use starlight::domain::rubric::Rubric;
use starlight::domain::scoring::input::TermInput;
use starlight::domain::scoring::school::score_term;
use starlight::exchange::score_files::{InFiles, OutFile, RowError, read_term, write_results};

pub fn golden(path: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("fixtures/golden")
        .join(path)
}

/// The files of an IN folder by name.
#[derive(Clone, Default)]
pub struct Folder(pub BTreeMap<String, Vec<u8>>);

impl Folder {
    pub fn golden(school: &str) -> Folder {
        let entries = std::fs::read_dir(golden(school).join("in")).unwrap();
        Folder(
            entries
                .map(|entry| {
                    let path = entry.unwrap().path();
                    let name = path.file_name().unwrap().to_str().unwrap().to_owned();
                    (name, std::fs::read(path).unwrap())
                })
                .collect(),
        )
    }

    pub fn with(mut self, name: &str, text: &str) -> Folder {
        self.0.insert(name.to_owned(), text.as_bytes().to_vec());
        self
    }

    pub fn text(&self, name: &str) -> String {
        String::from_utf8(self.0[name].clone()).unwrap()
    }

    pub fn files(&self) -> InFiles<'_> {
        let file = |name: &str| self.0.get(name).map(Vec::as_slice);
        InFiles {
            rubric: file("rubric.toml"),
            classes: file("classes.csv"),
            students: file("students.csv"),
            teachers: file("teachers.csv"),
            sheets: file("sheets.csv"),
            assignments: file("assignments.csv"),
            excused: file("excused.csv"),
            inspections: file("inspections.csv"),
        }
    }

    pub fn read(&self) -> Result<(Rubric, TermInput), Vec<RowError>> {
        read_term(&self.files(), 2)
    }

    /// The errors as `file:line`.
    pub fn errors(&self) -> Vec<String> {
        let errors = self.read().err().unwrap_or_default();
        let place = |error: RowError| format!("{}:{}", error.file, error.line);
        errors.into_iter().map(place).collect()
    }

    pub fn score(&self) -> Vec<OutFile> {
        let (rubric, term) = self.read().unwrap_or_else(|errors| {
            panic!(
                "{}",
                errors
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join("\n")
            )
        });
        let result = score_term(&rubric, &term, 2);
        write_results(&rubric, &term, &result, 2)
    }

    pub fn table(&self, name: &str) -> Table {
        let files = self.score();
        let file = files.iter().find(|file| file.name == name).unwrap();
        Table::new(std::str::from_utf8(&file.bytes).unwrap())
    }
}

/// A CSV file without quoted fields, by column name.
pub struct Table {
    pub columns: Vec<String>,
    pub rows: Vec<Vec<String>>,
}

impl Table {
    pub fn new(text: &str) -> Table {
        assert!(!text.contains('"'));
        let fields = |line: &str| line.split(',').map(str::to_owned).collect();
        let mut lines = text.lines().map(fields);
        Table {
            columns: lines.next().unwrap(),
            rows: lines.collect(),
        }
    }

    pub fn column(&self, name: &str) -> usize {
        self.columns.iter().position(|c| c == name).unwrap()
    }

    /// The field of the row whose fields contain all of `key`.
    pub fn get(&self, key: &[&str], column: &str) -> &str {
        let is = |row: &&Vec<String>| key.iter().all(|part| row.iter().any(|f| f == part));
        let row = self.rows.iter().find(is).unwrap();
        &row[self.column(column)]
    }
}

/// A class of `n` students s01, s02, … of grade 5 with the built-in rubric.
pub fn one_class(n: usize) -> Folder {
    let students: String = (1..=n).map(|i| format!("s{i:02},,501\n")).collect();
    Folder::default()
        .with("classes.csv", "class,grade\n501,5\n")
        .with(
            "students.csv",
            &format!("student_no,name,class\n{students}"),
        )
        .with("teachers.csv", "teacher,class,role\nT,501,homeroom\n")
}

pub const SHEETS: &str = "round,source,rater,ratee,indicator,anchor,seconds,comment\n";
