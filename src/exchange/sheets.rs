//! Rows of a sheets file, one per answer, in the columns of `sheets.csv` or their Chinese names. Only form is judged
//! here; who may rate whom is `sheet_rules.rs`. Used by `/a/import/sheets` and `starlight import sheets`.

use super::columns::{Columns, Known};
use super::report::{Problems, Report};
use super::roster::Cells;
use super::table::{Row, Table};
use super::{Message, clean};
use crate::domain::rubric::Source;
use std::collections::HashMap;

/// One answer of one sheet.
#[derive(Debug, Clone, PartialEq)]
pub struct SheetRow {
    /// Line in the file.
    pub line: usize,
    /// Name of the round; never empty, never `term`.
    pub round: String,
    /// 评价主体.
    pub source: Source,
    /// A student_no, a teacher's login or a family link.
    pub rater: String,
    /// A student_no or a class code.
    pub ratee: String,
    /// Indicator id.
    pub indicator: String,
    /// 1 … n; `None`: did not see it.
    pub anchor: Option<u8>,
    /// Seconds of the whole sheet, ≥ 0.
    pub seconds: Option<f64>,
    /// Comment, at most 500 characters.
    pub comment: Option<String>,
}

const COLUMNS: [Known; 8] = [
    Known {
        key: "round",
        aliases: &["星光时刻", "轮次", "评价轮次", "批次"],
        required: true,
    },
    Known {
        key: "source",
        aliases: &["评价主体", "主体", "来源"],
        required: true,
    },
    Known {
        key: "rater",
        aliases: &["评价人", "评价者", "评分人"],
        required: true,
    },
    Known {
        key: "ratee",
        aliases: &["被评人", "被评价人", "评价对象", "对象"],
        required: true,
    },
    Known {
        key: "indicator",
        aliases: &["指标", "评价指标"],
        required: true,
    },
    Known {
        key: "anchor",
        aliases: &["等级", "评分"],
        required: true,
    },
    Known {
        key: "seconds",
        aliases: &["用时", "秒", "用时秒"],
        required: false,
    },
    Known {
        key: "comment",
        aliases: &["评语", "留言", "寄语"],
        required: false,
    },
];

/// Longest comment, in characters (security.md S-102).
const LONGEST_COMMENT: usize = 500;
/// Longest id of anything, in characters.
const LONGEST_ID: usize = 64;

/// Reads the answers. Never stops at the first error; one error per row and column.
pub fn parse(table: &Table) -> Report<SheetRow> {
    let mut problems = Problems::default();
    let columns = Columns::find(table, &COLUMNS, &mut problems);
    if problems.count() > 0 {
        return problems.report(Vec::new(), columns.ignored);
    }
    let mut rows: Vec<SheetRow> = Vec::new();
    let mut answered: HashMap<(String, Source, String, String, String), usize> = HashMap::new();
    for row in &table.rows {
        if !same_width(row, table, &mut problems) {
            continue;
        }
        let Some(parsed) = parse_row(row, &columns, &mut problems) else {
            continue;
        };
        let SheetRow {
            round,
            rater,
            ratee,
            indicator,
            ..
        } = parsed.clone();
        let first = *answered
            .entry((round, parsed.source, rater, ratee, indicator))
            .or_insert(row.line);
        if first == row.line {
            rows.push(parsed);
        } else {
            let message = Message::new("import-answer-twice").with("first", first);
            problems.error(row.line, "indicator", &parsed.indicator, message);
        }
    }
    problems.report(rows, columns.ignored)
}

/// A row with fewer or more fields than the header has lost a comma or a quote: its cells stand in wrong columns.
pub(super) fn same_width(row: &Row, table: &Table, problems: &mut Problems) -> bool {
    let width = table.header.len();
    let surplus = row
        .cells
        .iter()
        .skip(width)
        .any(|cell| !clean::trimmed(cell).is_empty());
    if row.cells.len() >= width && !surplus {
        return true;
    }
    let message = Message::new("import-field-count")
        .with("found", row.cells.len())
        .with("expected", width);
    problems.error(row.line, "", "", message);
    false
}

/// The row, if nothing in it is wrong.
fn parse_row(row: &Row, columns: &Columns, problems: &mut Problems) -> Option<SheetRow> {
    let before = problems.count();
    let mut cells = Cells {
        row,
        columns,
        problems,
    };
    let round = cells.read("round", round);
    let source = cells.read("source", source);
    let rater = cells.read("rater", known_id);
    let ratee = cells.read("ratee", known_id);
    let indicator = cells.read("indicator", known_id);
    let anchor = cells.optional("anchor", anchor);
    let seconds = cells.optional("seconds", seconds);
    let comment = cells.optional("comment", comment);
    let clean = problems.count() == before;
    let (round, source, rater, ratee, indicator) = (round?, source?, rater?, ratee?, indicator?);
    let parsed = SheetRow {
        line: row.line,
        round,
        source,
        rater,
        ratee,
        indicator,
        anchor: anchor.flatten(),
        seconds,
        comment,
    };
    clean.then_some(parsed)
}

pub(super) fn round(text: &str) -> Result<String, Message> {
    let name = known_id(text)?;
    if name == "term" {
        Err(Message::new("import-round-called-term"))
    } else {
        Ok(name)
    }
}

/// An id or name that the database will know or not.
pub(super) fn known_id(text: &str) -> Result<String, Message> {
    clean::short_text(&clean::narrow(text), LONGEST_ID)
}

fn source(text: &str) -> Result<Source, Message> {
    let name = clean::id(text).to_lowercase();
    let chinese = match name.as_str() {
        "自" | "自评" | "自己" | "学生自评" => Some(Source::SelfRating),
        "友" | "互评" | "同学" | "同伴" | "学生互评" => Some(Source::Peer),
        "师" | "师评" | "老师" | "教师" | "教师评" | "教师评价" => {
            Some(Source::Teacher)
        }
        "家" | "家评" | "家长" | "家庭" | "家长评" | "家长评价" => {
            Some(Source::Parent)
        }
        _ => None,
    };
    chinese
        .or_else(|| Source::from_name(&name))
        .ok_or_else(|| Message::new("import-source-unknown"))
}

fn anchor(text: &str) -> Result<Option<u8>, Message> {
    let digits = clean::id(text);
    if matches!(digits.as_str(), "没看见" | "-" | "—") {
        return Ok(None);
    }
    let plain = digits.bytes().all(|b| b.is_ascii_digit());
    let number = digits
        .parse()
        .ok()
        .filter(|anchor: &u8| plain && *anchor > 0);
    number
        .map(Some)
        .ok_or_else(|| Message::new("import-anchor-unreadable"))
}

fn seconds(text: &str) -> Result<f64, Message> {
    plain_number(text).ok_or_else(|| Message::new("import-number-unreadable"))
}

/// A decimal number from 0 up, written without exponent.
pub(super) fn plain_number(text: &str) -> Option<f64> {
    let narrow = clean::id(text);
    let plain = !narrow.is_empty() && narrow.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    narrow
        .parse()
        .ok()
        .filter(|number: &f64| plain && number.is_finite())
}

fn comment(text: &str) -> Result<String, Message> {
    // Line ends typed into a cell are honest; nothing else unseen is.
    let line = text
        .split(['\r', '\n', '\t'])
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ");
    clean::short_text(&without_emoji_joiners(&line), LONGEST_COMMENT).map(|_| line)
}

/// Emoji are composed with joiners and variation selectors, which a comment may hold and a name may not.
fn without_emoji_joiners(text: &str) -> String {
    text.chars()
        .filter(|c| !matches!(c, '\u{200d}' | '\u{fe0e}' | '\u{fe0f}'))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::table::{ReadOptions, read};

    fn parsed(csv: &str) -> Report<SheetRow> {
        parse(&read("s.csv", None, csv.as_bytes(), &ReadOptions::default()).unwrap())
    }

    #[test]
    fn chinese_and_english_headers_give_the_same_rows() {
        let english = "round,source,rater,ratee,indicator,anchor,seconds,comment\nR1,self,1,1,low_virtue_1,3,34,好👩‍🏫\nR1,peer,1,2,low_virtue_1,,,\n";
        let chinese = "评语,用时（秒）,星光时刻,评价主体,评价人,被评人,指标,等级\n好👩‍🏫,34,R1,自评,1,1,low_virtue_1,３\n,,R1,互评,1,2,low_virtue_1,没看见\n";
        let (english, chinese) = (parsed(english), parsed(chinese));
        assert_eq!(english.errors, []);
        assert_eq!(english.rows, chinese.rows);
        assert_eq!(english.rows[0].anchor, Some(3));
        assert_eq!(english.rows[1].anchor, None);
        assert_eq!(english.rows[1].source, Source::Peer);
    }

    #[test]
    fn every_bad_row_is_told() {
        let csv = "round,source,rater,ratee,indicator,anchor,seconds\n\
            R1,self,1,1,i,1,\nR1,self,1,1,i,2,\nR1,friend,1,1,i,1,\nR1,peer,1,2,i,2.5,\nR1,peer,1,2,i,0,\nterm,peer,1,2,i,1,\n,peer,1,2,i,1,\nR1,peer,1\nR1,peer,1,3,i,1,-4\nR1,peer,1,3,i,1,NaN\n";
        let report = parsed(csv);
        let found: Vec<_> = report
            .errors
            .iter()
            .map(|e| (e.line, e.message.key))
            .collect();
        assert_eq!(
            found,
            [
                (3, "import-answer-twice"),
                (4, "import-source-unknown"),
                (5, "import-anchor-unreadable"),
                (6, "import-anchor-unreadable"),
                (7, "import-round-called-term"),
                (8, "import-empty"),
                (9, "import-field-count"),
                (10, "import-number-unreadable"),
                (11, "import-number-unreadable"),
            ]
        );
        assert_eq!(report.rows.len(), 1);
    }

    #[test]
    fn columns_that_are_missing_or_doubled_are_told_once() {
        let report = parsed("round,source,rater,rater,indicator,anchor\nR1,self,1,1,i,1\n");
        let found: Vec<_> = report
            .errors
            .iter()
            .map(|e| (e.line, e.column, e.message.key))
            .collect();
        assert_eq!(
            found,
            [
                (1, "rater", "import-column-twice"),
                (1, "ratee", "import-column-missing")
            ]
        );
    }
}
