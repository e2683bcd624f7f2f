//! The roster file: columns in any order, many ways to write a class, all errors at once.
//! Used by `/a/import/roster`, a homeroom teacher's import and `starlight import roster`; `domain/roster_plan.rs` goes on.

use super::class_name::{self, SchoolYear};
use super::columns::{Columns, Known};
use super::report::{Problems, Report};
use super::roster_checks::{self, Seen};
use super::table::{Row, Table};
use super::{Message, clean};
use crate::domain::roster_plan::{Pupil, Sex};

/// One child of a roster file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RosterRow {
    /// Line in the file.
    pub line: usize,
    /// 学号: letters, digits, `-` and `_`, at most 32.
    pub student_no: String,
    /// Name in its one form.
    pub name: String,
    /// 性别, if given.
    pub sex: Option<Sex>,
    /// 1 to 6.
    pub grade: u8,
    /// 1 to 99.
    pub class_number: u8,
    /// 座号, if given, 1 to 99.
    pub seat: Option<u8>,
    /// 组, if given.
    pub group: Option<String>,
    /// 拼音, if given.
    pub pinyin: Option<String>,
    /// 知情同意, if given.
    pub consent: Option<bool>,
}

impl RosterRow {
    /// The class code of the scoring files, e.g. 302.
    pub fn class_code(&self) -> String {
        class_name::ClassName {
            grade: self.grade,
            number: self.class_number,
        }
        .code()
    }

    /// What the plan of the import compares.
    pub fn pupil(&self) -> Pupil {
        Pupil {
            student_no: self.student_no.clone(),
            name: self.name.clone(),
            sex: self.sex,
            class: Some((self.grade, self.class_number)),
            seat: self.seat,
        }
    }
}

const COLUMNS: [Known; 9] = [
    Known {
        key: "student_no",
        aliases: &[
            "学号",
            "学生学号",
            "学籍号",
            "学籍辅号",
            "校内学号",
            "student number",
            "student id",
        ],
        required: true,
    },
    Known {
        key: "name",
        aliases: &["姓名", "学生姓名", "名字", "student name", "full name"],
        required: true,
    },
    Known {
        key: "sex",
        aliases: &["性别", "gender"],
        required: false,
    },
    Known {
        key: "grade",
        aliases: &["年级", "年段", "所在年级"],
        required: false,
    },
    Known {
        key: "class",
        aliases: &[
            "班级",
            "班",
            "班别",
            "所在班级",
            "班级名称",
            "class number",
            "class name",
        ],
        required: true,
    },
    Known {
        key: "seat",
        aliases: &["座号", "座位号", "seat number"],
        required: false,
    },
    Known {
        key: "group",
        aliases: &["组", "小组", "组别", "组号", "team"],
        required: false,
    },
    Known {
        key: "pinyin",
        aliases: &["拼音", "姓名拼音", "拼音姓名"],
        required: false,
    },
    Known {
        key: "consent",
        aliases: &["知情同意", "知情同意书", "家长知情同意", "同意"],
        required: false,
    },
];

/// Reads the rows of a roster. Never stops at the first error.
pub fn parse(table: &Table, year: SchoolYear) -> Report<RosterRow> {
    let mut problems = Problems::default();
    let columns = Columns::find(table, &COLUMNS, &mut problems);
    if problems.count() > 0 {
        return problems.report(Vec::new(), columns.ignored);
    }
    let mut seen = Seen::default();
    let mut rows = Vec::new();
    for row in &table.rows {
        let before = problems.count();
        let parsed = parse_row(row, &columns, year, &mut problems);
        if let Some(parsed) = parsed {
            seen.check(&parsed, &mut problems);
            if problems.count() == before {
                rows.push(parsed);
            }
        }
    }
    roster_checks::note_same_names(&rows, &mut problems);
    problems.report(rows, columns.ignored)
}

/// The row, if its key, name and class can be read; further errors are in `problems`.
fn parse_row(
    row: &Row,
    columns: &Columns,
    year: SchoolYear,
    problems: &mut Problems,
) -> Option<RosterRow> {
    let mut cells = Cells {
        row,
        columns,
        problems,
    };
    let student_no = cells.read("student_no", student_no);
    let name = cells.read("name", clean::name);
    let class = cells.read("class", |text| {
        class_name::parse(columns.cell(row, "grade"), text, year)
    });
    let sex = cells.optional("sex", sex);
    let seat = cells.optional("seat", seat);
    let group = cells.optional("group", |text| clean::short_text(text, 20));
    let pinyin = cells.optional("pinyin", |text| clean::short_text(text, 80));
    let consent = cells.optional("consent", yes_or_no);
    let (student_no, name, class) = (student_no?, name?, class?);
    let (grade, class_number) = (class.grade, class.number);
    Some(RosterRow {
        line: row.line,
        student_no,
        name,
        sex,
        grade,
        class_number,
        seat,
        group,
        pinyin,
        consent,
    })
}

/// The cells of one row, read one by one; what is wrong with them is collected.
pub(super) struct Cells<'a> {
    pub row: &'a Row,
    pub columns: &'a Columns,
    pub problems: &'a mut Problems,
}

impl Cells<'_> {
    /// A cell that must hold a value.
    pub fn read<T>(
        &mut self,
        key: &'static str,
        parse: impl Fn(&str) -> Result<T, Message>,
    ) -> Option<T> {
        let text = self.columns.cell(self.row, key);
        let parsed = if text.is_empty() {
            Err(Message::new("import-empty"))
        } else {
            parse(text)
        };
        parsed
            .map_err(|message| self.problems.error(self.row.line, key, text, message))
            .ok()
    }

    /// A cell that may be empty or absent.
    pub fn optional<T>(
        &mut self,
        key: &'static str,
        parse: impl Fn(&str) -> Result<T, Message>,
    ) -> Option<T> {
        if self.columns.cell(self.row, key).is_empty() {
            None
        } else {
            self.read(key, parse)
        }
    }
}

/// Longest 学号 or login, in characters.
const LONGEST_ID: usize = 32;

fn student_no(text: &str) -> Result<String, Message> {
    let id = clean::id(text);
    if id.contains("E+") || id.contains("e+") {
        return Err(Message::new("import-number-shortened"));
    }
    if id.is_empty()
        || id.len() > LONGEST_ID
        || !id
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_'))
    {
        return Err(Message::new("import-student-no-characters").with("limit", LONGEST_ID));
    }
    if roster_checks::is_identity_number(&id) {
        return Err(Message::new("import-identity-number"));
    }
    Ok(id)
}

fn sex(text: &str) -> Result<Sex, Message> {
    match clean::id(text).to_lowercase().as_str() {
        "男" | "男生" | "男性" | "m" | "male" | "boy" | "1" => Ok(Sex::Male),
        "女" | "女生" | "女性" | "f" | "female" | "girl" | "2" => Ok(Sex::Female),
        _ => Err(Message::new("import-sex-unreadable")),
    }
}

fn seat(text: &str) -> Result<u8, Message> {
    let digits = clean::id(text);
    let digits = digits.strip_suffix('号').unwrap_or(&digits);
    let number = digits
        .parse()
        .ok()
        .filter(|seat| (1..=99).contains(seat) && !digits.starts_with('+'));
    number.ok_or_else(|| Message::new("import-seat-unreadable"))
}

fn yes_or_no(text: &str) -> Result<bool, Message> {
    match clean::id(text).to_lowercase().as_str() {
        "是" | "同意" | "已同意" | "有" | "已签" | "yes" | "y" | "true" | "1" | "√" | "✓" => {
            Ok(true)
        }
        "否" | "不同意" | "未同意" | "无" | "未签" | "no" | "n" | "false" | "0" | "×" | "✗" => {
            Ok(false)
        }
        _ => Err(Message::new("import-yes-no-unreadable")),
    }
}
