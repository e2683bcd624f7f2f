//! Personal-best logs in a spreadsheet: one child and one amount a row, with a day and a kind where the file has them.
//! Used by `/t/classes/{id}/logs`; who is meant and what an amount may be is judged there.

use chrono::NaiveDate;

use super::columns::{Columns, Known};
use super::inspections::date;
use super::report::{Problems, Report};
use super::roster::Cells;
use super::table::Table;
use super::{Message, clean};

/// One row, as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogLine {
    pub line: usize,
    /// 学号, or the name where there is none.
    pub who: String,
    pub amount: String,
    pub on: Option<NaiveDate>,
    /// Id of a kind of `domain/logs.rs`.
    pub kind: Option<&'static str>,
}

const COLUMNS: [Known; 5] = [
    Known {
        key: "student_no",
        aliases: &["学号", "学籍号"],
        required: false,
    },
    Known {
        key: "name",
        aliases: &["姓名", "学生", "学生姓名"],
        required: false,
    },
    Known {
        key: "amount",
        aliases: &["数量", "成绩", "次数", "圈数", "本数", "个数"],
        required: true,
    },
    Known {
        key: "date",
        aliases: &["日期", "测试日期"],
        required: false,
    },
    Known {
        key: "kind",
        aliases: &["项目", "类别"],
        required: false,
    },
];

/// Names of the kinds as schools write them.
const KINDS: [(&str, &[&str]); 5] = [
    ("rope", &["rope", "跳绳", "一分钟跳绳"]),
    ("run", &["run", "长跑", "阳光长跑", "跑步"]),
    ("read", &["read", "阅读", "读书"]),
    ("labour", &["labour", "劳动", "家务"]),
    ("pingpong", &["pingpong", "乒乓", "乒乓球", "颠球"]),
];

fn kind(text: &str) -> Result<&'static str, Message> {
    let found = KINDS.iter().find(|(_, names)| names.contains(&text));
    found
        .map(|(id, _)| *id)
        .ok_or_else(|| Message::new("import-log-kind"))
}

/// Reads the rows. Never stops at the first error.
///
/// ```
/// # use starlight::exchange::{logs::parse, table::{ReadOptions, read}};
/// let file = "学号,姓名,个数,日期\n40101,林岚,117,2026/11/9\n,周一,,\n";
/// let table = read("rope.csv", None, file.as_bytes(), &ReadOptions::default()).unwrap();
/// let report = parse(&table);
/// assert_eq!((report.rows.len(), report.rows[0].who.as_str()), (1, "40101"));
/// assert_eq!(report.errors.len(), 1, "the second has no amount");
/// ```
pub fn parse(table: &Table) -> Report<LogLine> {
    let mut problems = Problems::default();
    let columns = Columns::find(table, &COLUMNS, &mut problems);
    if problems.count() > 0 {
        return problems.report(Vec::new(), columns.ignored);
    }
    let mut rows = Vec::new();
    for row in &table.rows {
        let before = problems.count();
        let mut cells = Cells {
            row,
            columns: &columns,
            problems: &mut problems,
        };
        let key = match columns.cell(row, "student_no").is_empty() {
            true => "name",
            false => "student_no",
        };
        let who = cells.read(key, |text| Ok(text.to_owned()));
        let amount = cells.read("amount", |text| Ok(clean::narrow(text)));
        let on = cells.optional("date", date);
        let kind = cells.optional("kind", kind);
        if let (Some(who), Some(amount), true) = (who, amount, problems.count() == before) {
            let line = row.line;
            rows.push(LogLine {
                line,
                who,
                amount,
                on,
                kind,
            });
        }
    }
    problems.report(rows, columns.ignored)
}
