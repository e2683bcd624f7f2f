//! Rows of an inspections file: date, round, post, class, item, full, points, or the Chinese names. Form only; whether
//! round, post, class and item exist is asked through [`InspectionFacts`]. Used by `/a/import/inspections`.

use super::class_name::{self, SchoolYear};
use super::columns::{Columns, Known};
use super::report::{Problems, Report};
use super::roster::Cells;
use super::sheets::{known_id, plain_number, round, same_width};
use super::table::{Row, Table};
use super::{Message, RowError, clean};
use chrono::NaiveDate;
use std::collections::HashMap;

/// One item checked in one class on one day.
#[derive(Debug, Clone, PartialEq)]
pub struct InspectionRow {
    /// Line in the file.
    pub line: usize,
    /// Day of the check.
    pub date: NaiveDate,
    /// Name of the round; `None`: of its week alone.
    pub round: Option<String>,
    /// 监督岗, by name.
    pub post: String,
    /// Class code.
    pub class: String,
    /// Item, by id or name.
    pub item: String,
    /// Full marks, above 0.
    pub full: f64,
    /// Points kept, 0 … `full`.
    pub points: f64,
}

/// What the school knows.
pub trait InspectionFacts {
    /// Whether the round exists.
    fn has_round(&self, round: &str) -> bool;
    /// Whether the post exists.
    fn has_post(&self, post: &str) -> bool;
    /// Whether the class exists.
    fn has_class(&self, class: &str) -> bool;
    /// Whether checks of that day outside every round have a rubric: a school day of a term.
    fn has_day(&self, day: NaiveDate) -> bool;
    /// Whether the rubric of the round, or outside every round of the day's term, has the item.
    fn has_item(&self, row: &InspectionRow) -> bool;
}

const COLUMNS: [Known; 7] = [
    Known {
        key: "date",
        aliases: &["日期", "检查日期"],
        required: true,
    },
    Known {
        key: "round",
        aliases: &["星光时刻", "轮次", "评价轮次"],
        required: false,
    },
    Known {
        key: "post",
        aliases: &["监督岗", "岗位"],
        required: true,
    },
    Known {
        key: "class",
        aliases: &["班级"],
        required: true,
    },
    Known {
        key: "item",
        aliases: &["检查项目", "项目", "检查项"],
        required: true,
    },
    Known {
        key: "full",
        aliases: &["满分"],
        required: true,
    },
    Known {
        key: "points",
        aliases: &["得分", "分数"],
        required: true,
    },
];

/// Reads the checks. Never stops at the first error.
pub fn parse(table: &Table, year: SchoolYear) -> Report<InspectionRow> {
    let mut problems = Problems::default();
    let columns = Columns::find(table, &COLUMNS, &mut problems);
    if problems.count() > 0 {
        return problems.report(Vec::new(), columns.ignored);
    }
    let mut rows = Vec::new();
    let mut seen: HashMap<(NaiveDate, Option<String>, String, String, String), usize> =
        HashMap::new();
    for row in &table.rows {
        if !same_width(row, table, &mut problems) {
            continue;
        }
        let Some(parsed) = parse_row(row, &columns, year, &mut problems) else {
            continue;
        };
        let InspectionRow {
            date,
            round,
            post,
            class,
            item,
            ..
        } = parsed.clone();
        let first = *seen
            .entry((date, round, post, class, item))
            .or_insert(row.line);
        // A post may look twice a day; the same row pasted twice looks just like it, so it is worth a remark.
        if first != row.line {
            problems.note(
                row.line,
                "item",
                &parsed.item,
                Message::new("import-check-twice").with("first", first),
            );
        }
        rows.push(parsed);
    }
    problems.report(rows, columns.ignored)
}

/// The row, if nothing in it is wrong.
fn parse_row(
    row: &Row,
    columns: &Columns,
    year: SchoolYear,
    problems: &mut Problems,
) -> Option<InspectionRow> {
    let before = problems.count();
    let mut cells = Cells {
        row,
        columns,
        problems,
    };
    let date = cells.read("date", date);
    let round = cells.optional("round", round);
    let post = cells.read("post", known_id);
    // A code that is no grade-and-number class (a school may have others) is left for the judge.
    let class = cells.read("class", |text| match class_name::parse("", text, year) {
        Ok(class) => Ok(class.code()),
        Err(_) => known_id(text),
    });
    let item = cells.read("item", known_id);
    let number =
        |text: &str| plain_number(text).ok_or_else(|| Message::new("import-points-unreadable"));
    let (full, points) = (cells.read("full", number), cells.read("points", number));
    if let (Some(full), Some(points)) = (full, points)
        && (full <= 0.0 || points > full)
    {
        let value = columns.cell(row, "points");
        problems.error(
            row.line,
            "points",
            value,
            Message::new("import-points-range"),
        );
    }
    let clean = problems.count() == before;
    let parsed = InspectionRow {
        line: row.line,
        date: date?,
        round,
        post: post?,
        class: class?,
        item: item?,
        full: full?,
        points: points?,
    };
    clean.then_some(parsed)
}

/// YYYY-MM-DD, and what spreadsheets make of it: 2026/3/5, 2026.3.5, 2026年3月5日, a time of midnight behind it.
pub(super) fn date(text: &str) -> Result<NaiveDate, Message> {
    let narrow = clean::narrow(text);
    let day = narrow.split([' ', 'T']).next().unwrap_or("");
    let day = day
        .trim_end_matches('日')
        .replace(['/', '.', '年', '月'], "-");
    let mut parts = day
        .split('-')
        .map(|part| part.parse::<u32>().ok().filter(|_| part.len() <= 4));
    let (year, month, date) = (
        parts.next().flatten(),
        parts.next().flatten(),
        parts.next().flatten(),
    );
    let found = match (year, month, date, parts.next()) {
        (Some(year @ 2000..=2100), Some(month), Some(date), None) => i32::try_from(year)
            .ok()
            .and_then(|year| NaiveDate::from_ymd_opt(year, month, date)),
        _ => None,
    };
    found.ok_or_else(|| Message::new("import-date-unreadable"))
}

/// All rows that cannot be stored, one error each.
pub fn judge(rows: &[InspectionRow], facts: &impl InspectionFacts) -> Vec<RowError> {
    let mut errors = Vec::new();
    for row in rows {
        let day = row.date.to_string();
        let taken = match &row.round {
            Some(round) => (
                !facts.has_round(round),
                "round",
                "import-unknown-round",
                round,
            ),
            None => (
                !facts.has_day(row.date),
                "date",
                "import-no-school-day",
                &day,
            ),
        };
        let found = [
            taken,
            (
                !facts.has_post(&row.post),
                "post",
                "import-unknown-post",
                &row.post,
            ),
            (
                !facts.has_class(&row.class),
                "class",
                "import-unknown-class",
                &row.class,
            ),
            (
                !facts.has_item(row),
                "item",
                "import-unknown-item",
                &row.item,
            ),
        ];
        if let Some((_, column, key, value)) = found.into_iter().find(|(wrong, ..)| *wrong) {
            let message = Message::new(key).with("value", value);
            errors.push(RowError {
                line: row.line,
                column,
                value: value.clone(),
                message,
            });
        }
    }
    errors
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::table::{ReadOptions, read};

    fn parsed(csv: &str) -> Report<InspectionRow> {
        parse(
            &read("i.csv", None, csv.as_bytes(), &ReadOptions::default()).unwrap(),
            SchoolYear::default(),
        )
    }

    #[test]
    fn dates_as_people_and_spreadsheets_write_them() {
        for text in [
            "2026-03-05",
            "2026/3/5",
            "2026.3.5",
            "2026年3月5日",
            "2026-03-05 00:00:00",
            "２０２６-03-05",
        ] {
            assert_eq!(
                date(text),
                Ok(NaiveDate::from_ymd_opt(2026, 3, 5).unwrap()),
                "{text}"
            );
        }
        for text in [
            "2026-02-30",
            "5.3.2026",
            "26-3-5",
            "2026-3",
            "2026-3-5-1",
            "46086",
            "昨天",
            "",
        ] {
            assert!(date(text).is_err(), "{text}");
        }
    }

    #[test]
    fn rows_and_errors() {
        let csv = "日期,星光时刻,监督岗,班级,检查项目,满分,得分\n2026/3/5,R1,卫生岗,三年级2班,hygiene,10,9.5\n2026-03-05,R1,卫生岗,302,hygiene,10,9\n\
            2026-03-05,R1,卫生岗,302,recess,10,11\n2026-03-05,R1,卫生岗,302,x,0,0\n2026-03-05,R1,卫生岗,302,y,10,-1\n明天,R1,,302,z,10,1\n";
        let report = parsed(csv);
        assert_eq!(report.rows.len(), 2);
        assert_eq!(report.notes[0].message.key, "import-check-twice");
        assert_eq!(
            (report.rows[0].class.as_str(), report.rows[0].points),
            ("302", 9.5)
        );
        let found: Vec<_> = report
            .errors
            .iter()
            .map(|e| (e.line, e.message.key))
            .collect();
        assert_eq!(
            found,
            [
                (4, "import-points-range"),
                (5, "import-points-range"),
                (6, "import-points-unreadable"),
                (7, "import-date-unreadable"),
                (7, "import-empty"),
            ]
        );
    }

    struct Small;

    impl InspectionFacts for Small {
        fn has_round(&self, round: &str) -> bool {
            round == "R1"
        }
        fn has_post(&self, post: &str) -> bool {
            post == "卫生岗"
        }
        fn has_class(&self, class: &str) -> bool {
            class == "302"
        }
        fn has_day(&self, day: NaiveDate) -> bool {
            day.to_string() != "2026-08-05"
        }
        fn has_item(&self, row: &InspectionRow) -> bool {
            row.item == "hygiene"
        }
    }

    #[test]
    fn unknown_things_are_judged() {
        let csv = "date,round,post,class,item,full,points\n2026-03-05,R1,卫生岗,302,hygiene,10,9\n2026-03-05,R2,卫生岗,302,hygiene,10,9\n\
            2026-03-05,R1,x,302,hygiene,10,9\n2026-03-05,R1,卫生岗,实验班,hygiene,10,9\n2026-03-05,R1,卫生岗,302,x,10,9\n\
            2026-03-05,,卫生岗,302,hygiene,10,9\n2026-08-05,,卫生岗,302,hygiene,10,9\n";
        let found: Vec<_> = judge(&parsed(csv).rows, &Small)
            .iter()
            .map(|e| (e.line, e.message.key))
            .collect();
        assert_eq!(
            found,
            [
                (3, "import-unknown-round"),
                (4, "import-unknown-post"),
                (5, "import-unknown-class"),
                (6, "import-unknown-item"),
                (8, "import-no-school-day")
            ]
        );
    }
}
