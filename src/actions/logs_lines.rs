//! Lines that were pasted or stood in a file, made days of a class's logs: all of them, or none and what is wrong.

use chrono::NaiveDate;

use super::logs::{ClassLogs, Given, whom};
use crate::{
    domain::logs::{Kind, find},
    exchange::logs::LogLine,
};

/// Why a line cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    pub line: usize,
    pub said: String,
    /// who, amount, date or twice: `logs-wrong-…`.
    pub why: &'static str,
}

/// Reads pasted text: a name or 学号 and an amount a line, with a tab, comma or blanks between them.
///
/// ```
/// # use starlight::actions::logs_lines::pasted;
/// let lines = pasted("林岚\t117\n\n40102，98\r\n张 小满 5");
/// let read: Vec<_> = lines.iter().map(|l| (l.line, l.who.as_str(), l.amount.as_str())).collect();
/// assert_eq!(read, [(1, "林岚", "117"), (3, "40102", "98"), (4, "张 小满", "5")]);
/// ```
pub fn pasted(text: &str) -> Vec<LogLine> {
    let filled = (1..).zip(text.lines().map(str::trim));
    let filled = filled.filter(|(_, line)| !line.is_empty());
    let read = |(line, text): (usize, &str)| {
        let between = |c: char| c.is_whitespace() || matches!(c, ',' | '，');
        let (who, amount) = text.rsplit_once(between).unwrap_or((text, ""));
        LogLine {
            line,
            who: who.trim_end_matches(between).to_owned(),
            amount: amount.to_owned(),
            on: None,
            kind: None,
        }
    };
    filled.map(read).collect()
}

/// Finds out what the lines mean in this class; `kind` and `on` where a line says neither.
///
/// # Errors
/// Every line that cannot be taken.
pub fn given(
    class: &ClassLogs,
    lines: &[LogLine],
    (kind, on): (Kind, NaiveDate),
    today: NaiveDate,
) -> Result<Vec<Given>, Vec<Wrong>> {
    let (mut all, mut wrong): (Vec<Given>, Vec<Wrong>) = (Vec::new(), Vec::new());
    for line in lines {
        match one(class, line, (kind, on), today) {
            Ok(given) => {
                let same = |g: &Given| {
                    (&g.student, g.kind, g.on) == (&given.student, given.kind, given.on)
                };
                if all.iter().any(same) {
                    wrong.push(wrong_at(line, &line.who, "twice"));
                } else {
                    all.push(given);
                }
            }
            Err(found) => wrong.push(found),
        }
    }
    if wrong.is_empty() {
        Ok(all)
    } else {
        Err(wrong)
    }
}

fn one(
    class: &ClassLogs,
    line: &LogLine,
    (kind, on): (Kind, NaiveDate),
    today: NaiveDate,
) -> Result<Given, Wrong> {
    let kind = line.kind.and_then(find).unwrap_or(kind);
    let on = line.on.unwrap_or(on);
    let student = whom(&class.desk, &line.who).ok_or_else(|| wrong_at(line, &line.who, "who"))?;
    let amount = kind.judge(&line.amount);
    let amount = amount.map_err(|_not_one| wrong_at(line, &line.amount, "amount"))?;
    let term = &class.term;
    if on < term.starts_on || on > term.ends_on.min(today) {
        return Err(wrong_at(line, &on.to_string(), "date"));
    }
    Ok(Given {
        student: student.to_owned(),
        kind,
        on,
        amount: Some(amount),
    })
}

fn wrong_at(line: &LogLine, said: &str, why: &'static str) -> Wrong {
    Wrong {
        line: line.line,
        said: said.chars().take(40).collect(),
        why,
    }
}
