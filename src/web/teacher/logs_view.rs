//! What the page of logs shows: the class's days, and what was typed where it was refused.

use std::collections::BTreeMap;

use super::{logs::Place, words};
use crate::{
    actions::{logs::ClassLogs, logs_lines::Wrong, session::Seen},
    domain::logs::{KINDS, Way},
    exchange::report::RowError,
    screens::{
        Lang, say,
        teacher_logs::{LogChild, LogDay, LogWaiting, LogWrong, Logs},
        teacher_shared::Pick,
    },
    storage::{logs::LogRow, students::StudentRow},
};

/// What was sent and not taken.
#[derive(Clone, Debug, Default)]
pub struct Draft {
    typed: Option<BTreeMap<String, String>>,
    refused: &'static str,
    text: String,
    wrong: Vec<LogWrong>,
    no_file: &'static str,
}

impl Draft {
    /// The form, with why.
    pub fn typed(typed: BTreeMap<String, String>, refused: &'static str) -> Self {
        Self {
            typed: Some(typed),
            refused,
            ..Self::default()
        }
    }

    /// A paste or a file whose lines mean nothing here.
    pub fn lines(text: String, wrong: Vec<Wrong>) -> Self {
        let told = |w: Wrong| LogWrong {
            line: w.line,
            said: w.said,
            why: w.why,
        };
        Self {
            text,
            wrong: wrong.into_iter().map(told).collect(),
            ..Self::default()
        }
    }

    /// A file whose cells cannot be read.
    pub fn unread(errors: &[RowError]) -> Self {
        let told = |error: &RowError| LogWrong {
            line: error.line,
            said: error.value.clone(),
            why: match error.column {
                "student_no" | "name" => "who",
                "date" => "date",
                "kind" => "kind",
                _ => "amount",
            },
        };
        Self {
            wrong: errors.iter().map(told).collect(),
            ..Self::default()
        }
    }

    /// No file at all.
    pub fn no_file(why: &'static str) -> Self {
        Self {
            no_file: why,
            ..Self::default()
        }
    }

    /// Whether something was refused.
    pub fn is_refused(&self) -> bool {
        !(self.refused.is_empty() && self.wrong.is_empty() && self.no_file.is_empty())
    }
}

/// The page.
pub fn view(lang: Lang, seen: &Seen, found: &ClassLogs, place: &Place, draft: Draft) -> Logs {
    let kinds = KINDS.iter().map(|kind| Pick {
        value: kind.id.to_owned(),
        label: say(lang, &format!("log-{}", kind.id), &[]),
        chosen: *kind == place.kind,
    });
    let children = found.desk.children.iter().enumerate();
    let rows = children.map(|(at, child)| row(lang, seen, found, place, &draft, (at, child)));
    let waiting = found.rows.iter().filter(|row| !row.is_confirmed());
    Logs {
        class_id: found.desk.class.id.clone(),
        class_name: found.desk.name.clone(),
        kinds: kinds.collect(),
        kind: place.kind.id,
        way: match place.kind.way {
            Way::Best => "best",
            Way::Sum => "sum",
        },
        most: place.kind.most,
        on: place.on.to_string(),
        from: found.term.starts_on.to_string(),
        today: seen.call.today.min(found.term.ends_on).to_string(),
        rows: rows.collect(),
        waiting: waiting.map(|row| told(lang, found, row)).collect(),
        text: draft.text,
        refused: draft.refused,
        wrong: draft.wrong,
        no_file: draft.no_file,
    }
}

fn row(
    lang: Lang,
    seen: &Seen,
    found: &ClassLogs,
    place: &Place,
    draft: &Draft,
    (at, child): (usize, &StudentRow),
) -> LogChild {
    let stands = found.on(place.kind, &child.id, place.on);
    let stands = stands.filter(|row| row.is_confirmed());
    let typed = draft.typed.as_ref().and_then(|typed| typed.get(&child.id));
    let standing = found.standing(place.kind, &child.id, seen.call.today);
    let amount = typed.cloned();
    LogChild {
        id: child.id.clone(),
        number: words::number(child, at),
        name: child.name.clone(),
        bad: amount
            .as_ref()
            .is_some_and(|text| !text.trim().is_empty() && place.kind.judge(text).is_err()),
        amount: amount.unwrap_or_else(|| stands.map_or_else(String::new, |r| r.amount.to_string())),
        last: standing.map(|s| LogDay {
            amount: s.last.amount,
            day: words::day(lang, s.last.on),
        }),
        total: standing.map(|s| s.total),
        rise: standing.and_then(|s| s.rise()),
    }
}

fn told(lang: Lang, found: &ClassLogs, row: &LogRow) -> LogWaiting {
    let child = found.desk.children.iter().find(|c| c.id == row.student_id);
    LogWaiting {
        id: row.id.clone(),
        child: child.map(|c| c.name.clone()).unwrap_or_default(),
        kind: row.kind.clone(),
        amount: row.amount,
        day: words::day(lang, row.done_on),
    }
}
