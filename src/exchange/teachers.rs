//! The teachers file: login, name, homeroom class, classes taught, subjects. A teacher may stand in several rows, one
//! per class; they become one. Used by `/a/import/teachers`.

use super::class_name::{self, ClassName, SchoolYear};
use super::columns::{Columns, Known};
use super::report::{Problems, Report};
use super::roster::Cells;
use super::table::{Row, Table};
use super::{Message, clean};
use std::collections::HashMap;

/// One teacher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeacherRow {
    /// Line of the teacher's first row.
    pub line: usize,
    /// 工号 or login name: letters, digits, `.`, `-`, `_`, `@`; 2 to 64.
    pub login: String,
    /// Name in its one form.
    pub name: String,
    /// Class whose 班主任 the teacher is.
    pub homeroom: Option<ClassName>,
    /// Classes taught, sorted, each once.
    pub classes: Vec<ClassName>,
    /// Subjects, in file order, each once.
    pub subjects: Vec<String>,
}

const COLUMNS: [Known; 5] = [
    Known {
        key: "login",
        aliases: &["工号", "登录名", "账号", "用户名", "教师工号", "teacher"],
        required: true,
    },
    Known {
        key: "name",
        aliases: &["姓名", "教师姓名", "老师", "teacher name"],
        required: true,
    },
    Known {
        key: "homeroom",
        aliases: &["班主任班级", "班主任", "homeroom class"],
        required: false,
    },
    Known {
        key: "classes",
        aliases: &["任教班级", "任课班级", "班级", "class"],
        required: false,
    },
    Known {
        key: "subject",
        aliases: &["学科", "任教学科", "科目", "subjects"],
        required: false,
    },
];

/// Reads the teachers. Never stops at the first error.
pub fn parse(table: &Table, year: SchoolYear) -> Report<TeacherRow> {
    let mut problems = Problems::default();
    let columns = Columns::find(table, &COLUMNS, &mut problems);
    if problems.count() > 0 {
        return problems.report(Vec::new(), columns.ignored);
    }
    let mut teachers: Vec<TeacherRow> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for row in &table.rows {
        let Some(teacher) = parse_row(row, &columns, year, &mut problems) else {
            continue;
        };
        match places
            .get(&teacher.login)
            .and_then(|place| teachers.get_mut(*place))
        {
            Some(first) => merge(first, teacher, &mut problems),
            None => {
                places.insert(teacher.login.clone(), teachers.len());
                teachers.push(teacher);
            }
        }
    }
    note_shared_homerooms(&teachers, &mut problems);
    problems.report(teachers, columns.ignored)
}

/// The row, if nothing in it is wrong.
fn parse_row(
    row: &Row,
    columns: &Columns,
    year: SchoolYear,
    problems: &mut Problems,
) -> Option<TeacherRow> {
    let before = problems.count();
    let mut cells = Cells {
        row,
        columns,
        problems,
    };
    let login = cells.read("login", login);
    let name = cells.read("name", clean::name);
    let homeroom = cells.optional("homeroom", |text| class_name::parse("", text, year));
    let classes = cells
        .optional("classes", |text| classes(text, year))
        .unwrap_or_default();
    let subjects = cells.optional("subject", subjects).unwrap_or_default();
    let clean = problems.count() == before;
    Some(TeacherRow {
        line: row.line,
        login: login?,
        name: name?,
        homeroom,
        classes,
        subjects,
    })
    .filter(|_| clean)
}

fn merge(first: &mut TeacherRow, next: TeacherRow, problems: &mut Problems) {
    let other_homeroom =
        next.homeroom.is_some() && first.homeroom.is_some() && next.homeroom != first.homeroom;
    if first.name != next.name || other_homeroom {
        let message = Message::new("import-login-twice").with("first", first.line);
        problems.error(next.line, "login", &next.login, message);
        return;
    }
    first.homeroom = first.homeroom.or(next.homeroom);
    first.classes.extend(next.classes);
    first.classes.sort_unstable();
    first.classes.dedup();
    for subject in next.subjects {
        if !first.subjects.contains(&subject) {
            first.subjects.push(subject);
        }
    }
}

fn note_shared_homerooms(teachers: &[TeacherRow], problems: &mut Problems) {
    let mut first: HashMap<ClassName, usize> = HashMap::new();
    for teacher in teachers {
        let Some(class) = teacher.homeroom else {
            continue;
        };
        let line = *first.entry(class).or_insert(teacher.line);
        if line != teacher.line {
            problems.note(
                teacher.line,
                "homeroom",
                &class.code(),
                Message::new("import-homeroom-twice").with("first", line),
            );
        }
    }
}

fn login(text: &str) -> Result<String, Message> {
    let id = clean::id(text);
    let allowed = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '@');
    if id.contains("E+") {
        return Err(Message::new("import-number-shortened"));
    }
    if (2..=64).contains(&id.len()) && id.chars().all(allowed) {
        Ok(id)
    } else {
        Err(Message::new("import-login-characters"))
    }
}

/// A list such as “301、302, 三年级3班”. A space separates too, unless it only spreads one class (三年级 2班).
fn classes(text: &str, year: SchoolYear) -> Result<Vec<ClassName>, Message> {
    let mut all = Vec::new();
    for part in items(text) {
        match class_name::parse("", &part, year) {
            Ok(class) => all.push(class),
            Err(whole) => {
                let words = part
                    .split_whitespace()
                    .map(|word| class_name::parse("", word, year));
                let words: Vec<ClassName> =
                    words.collect::<Result<_, _>>().map_err(|_word| whole)?;
                all.extend(words);
            }
        }
    }
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

fn subjects(text: &str) -> Result<Vec<String>, Message> {
    let mut all: Vec<String> = Vec::new();
    for part in items(text) {
        for word in part.split_whitespace() {
            let word = clean::short_text(word, 20)?;
            if !all.contains(&word) {
                all.push(word);
            }
        }
    }
    Ok(all)
}

fn items(text: &str) -> Vec<String> {
    let narrow = clean::narrow(text);
    let parts = narrow
        .split(['、', ',', ';', '|', '\n', '\r'])
        .map(str::trim)
        .filter(|part| !part.is_empty());
    parts.map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::table::{ReadOptions, read};

    fn parsed(csv: &str) -> Report<TeacherRow> {
        parse(
            &read("t.csv", None, csv.as_bytes(), &ReadOptions::default()).unwrap(),
            SchoolYear::default(),
        )
    }

    fn codes(teacher: &TeacherRow) -> Vec<String> {
        teacher.classes.iter().map(|class| class.code()).collect()
    }

    #[test]
    fn lists_are_separated_in_every_usual_way() {
        let csv = "姓名,工号,班主任班级,任教班级,学科\n王 芳,T001,三年级2班,\"301、302，三(3)班\",语文、道法\n李明,T002,,301 302;四年级1班,数学\n";
        let report = parsed(csv);
        assert_eq!(report.errors, []);
        let [wang, li] = report.rows.as_slice() else {
            panic!("{report:?}")
        };
        assert_eq!(
            (wang.name.as_str(), wang.homeroom.map(ClassName::code)),
            ("王芳", Some("302".to_owned()))
        );
        assert_eq!(codes(wang), ["301", "302", "303"]);
        assert_eq!(wang.subjects, ["语文", "道法"]);
        assert_eq!(codes(li), ["301", "302", "401"]);
    }

    #[test]
    fn several_rows_of_one_teacher_become_one() {
        let report = parsed("login,name,class,subject\nT1,王芳,301,语文\nT1,王芳,302,语文\n");
        assert_eq!(report.rows.len(), 1);
        assert_eq!(codes(&report.rows[0]), ["301", "302"]);
        assert_eq!(report.rows[0].subjects, ["语文"]);
    }

    #[test]
    fn all_errors_are_told() {
        let report = parsed(
            "login,name,homeroom,classes\nT 1,王芳,九年级1班,\n中文,李明,,301、实验\nT1,另一个,,\nT1,王芳,,\nT3,,,\nT4,赵,302,\nT5,钱,302,\n",
        );
        let found: Vec<_> = report
            .errors
            .iter()
            .map(|e| (e.line, e.column, e.message.key))
            .collect();
        assert_eq!(
            found,
            [
                (2, "homeroom", "import-class-unreadable"),
                (3, "login", "import-login-characters"),
                (3, "classes", "import-class-unreadable"),
                (5, "login", "import-login-twice"),
                (6, "name", "import-empty"),
            ]
        );
        assert_eq!(report.notes.len(), 1);
    }
}
