//! Reads the declared badge rules (`fixtures/badges.toml`), with the line of each mistake; used by
//! the set-up and by `starlight score`.

mod document;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use self::document::{Document, rule};
use crate::domain::{
    badges::{Condition, Count, Counted, Guard, Recipient, Rounds, Rule, Rules, TIERS, pictures},
    festivals, logs,
};

/// A mistake in the document; the first line and the first column are 1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    pub line: usize,
    pub column: usize,
    pub message: String,
}

impl std::fmt::Display for Mistake {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}:{}: {}", self.line, self.column, self.message)
    }
}

/// The document that every school starts with.
pub const SHIPPED: &str = include_str!("../../fixtures/badges.toml");

/// The rules that every school starts with, compiled in from `fixtures/badges.toml`.
///
/// # Errors
/// Only where that file was broken; a test reads it.
pub fn built_in() -> Result<Rules, BadRules> {
    parse(SHIPPED).map_err(BadRules)
}

/// Rules that do not hold together, with every mistake.
#[derive(Debug)]
pub struct BadRules(pub Vec<Mistake>);

impl std::fmt::Display for BadRules {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0
            .iter()
            .try_for_each(|mistake| writeln!(f, "{mistake}"))
    }
}

impl std::error::Error for BadRules {}

/// Reads a document.
///
/// # Errors
/// One mistake where the text is no such document at all, otherwise all of them: names that are
/// not ASCII ids, the same badge twice, conditions that do not fit the recipient, numbers out of
/// range. Never empty.
pub fn parse(text: &str) -> Result<Rules, Vec<Mistake>> {
    let document: Document = toml::from_str(text).map_err(|error| {
        let at = error.span().map_or(0, |span| span.start);
        vec![mistake(text, at, error.message().to_owned())]
    })?;
    let mut mistakes = Vec::new();
    let mut seen = BTreeSet::new();
    let mut badges = Vec::new();
    for badge in document.badge {
        let head = badge.span().start;
        let badge = badge.into_inner();
        let when = badge.when.span().start;
        match rule(badge) {
            Ok(rule) => {
                let twice = !seen.insert((rule.id.clone(), rule.each_dimension));
                let repeated = twice.then(|| format!("badge {} is declared twice", rule.id));
                let of_head = problems(&rule).into_iter().chain(repeated);
                mistakes.extend(of_head.map(|message| mistake(text, head, message)));
                let of_when = out_of_range(&rule.when).into_iter();
                mistakes.extend(of_when.map(|message| mistake(text, when, message)));
                badges.push(rule);
            }
            Err(message) => mistakes.push(mistake(text, when, message)),
        }
    }
    if mistakes.is_empty() {
        Ok(Rules {
            version: document.version,
            badges,
        })
    } else {
        mistakes.sort_by_key(|mistake| (mistake.line, mistake.column));
        Err(mistakes)
    }
}

fn mistake(text: &str, at: usize, message: String) -> Mistake {
    let before = || text.bytes().take(at);
    let column = before().rev().take_while(|byte| *byte != b'\n').count();
    Mistake {
        line: before().filter(|byte| *byte == b'\n').count() + 1,
        column: column + 1,
        message,
    }
}

/// What is wrong with one rule, in words.
fn problems(rule: &Rule) -> Vec<String> {
    let mut found = Vec::new();
    let ids = [
        ("id", &rule.id),
        ("tier", &rule.tier),
        ("picture", &rule.picture),
    ];
    found.extend(
        ids.into_iter()
            .filter(|(_, id)| !plain(id))
            .map(|(field, id)| {
                format!("{field} \"{id}\" must be small ASCII letters, digits, _ or -")
            }),
    );
    if !pictures::exists(&rule.picture) {
        found.push(format!("there is no picture \"{}\"", rule.picture));
    }
    let about_students = rule.looks_at_scores() || matches!(rule.when, Condition::Count(_));
    if about_students != (rule.recipient == Recipient::Student) {
        found.push("this condition is not for this recipient".to_owned());
    }
    if rule.each_dimension && rule.recipient == Recipient::Class {
        found.push("each = \"dimension\" is for students only".to_owned());
    }
    if rule.quota.is_some() && rule.recipient == Recipient::Class {
        found.push("a quota is for students only".to_owned());
    }
    if matches!(rule.when, Condition::Progress { .. }) && rule.rounds != Rounds::Each {
        found.push("progress is seen from round to round: rounds = \"round\"".to_owned());
    }
    if rule.counts() && rule.rounds != Rounds::Term {
        found.push("what is counted is counted over the term: rounds = \"term\"".to_owned());
    }
    if rule.guard != Guard::default() && !matches!(rule.when, Condition::Score { .. }) {
        found.push("a guard is for scores only".to_owned());
    }
    if rule.confirm && rule.recipient == Recipient::Class {
        found.push("confirm = \"teacher\" is for students only".to_owned());
    }
    found.extend(growth(rule));
    found.extend(
        rule.quota
            .and_then(|quota| outside("quota", quota, 0.0..=1.0)),
    );
    found
}

/// Three thresholds make the tiers of a growing badge, one that of any other.
fn growth(rule: &Rule) -> Option<String> {
    let steps = match &rule.when {
        Condition::Count(count) => &count.at_least,
        Condition::Flags(flags) => &flags.at_least,
        _ => {
            let grows = rule.tier == GROW;
            return grows.then(|| "tier = \"grow\" is for counts and flags only".to_owned());
        }
    };
    let wanted = if rule.tier == GROW { TIERS.len() } else { 1 };
    (steps.len() != wanted).then(|| {
        format!(
            "tier \"{}\" needs {wanted} numbers in at_least, not {}",
            rule.tier,
            steps.len()
        )
    })
}

/// The tier of a badge that grows.
const GROW: &str = "grow";

fn plain(id: &str) -> bool {
    let sign =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-".contains(&byte);
    !id.is_empty() && id.bytes().all(sign)
}

fn out_of_range(when: &Condition) -> Vec<String> {
    let checks = match *when {
        Condition::Score {
            at_least, voices, ..
        } => {
            vec![
                outside("at_least", at_least, 1.0..=5.0),
                outside("voices", f64::from(voices), 0.0..=4.0),
            ]
        }
        Condition::Upper { one_in, ranked } => {
            vec![
                outside("one_in", f64::from(one_in), 1.0..=100.0),
                outside("ranked", f64::from(ranked), 1.0..=100.0),
            ]
        }
        Condition::Progress { window, step, .. } => {
            vec![
                outside("window", f64::from(window), 1.0..=50.0),
                outside("step", step, 0.0..=4.0),
            ]
        }
        Condition::Participation { at_least } | Condition::Shining { at_least } => {
            vec![outside("at_least", at_least, 0.0..=1.0)]
        }
        Condition::Count(ref count) => bad_counts(count),
        Condition::Flags(ref flags) => bad_steps(&flags.at_least, &[]),
    };
    checks.into_iter().flatten().collect()
}

fn bad_counts(count: &Count) -> Vec<Option<String>> {
    let also: Vec<u32> = count.also.iter().map(|(_, bound)| *bound).collect();
    let mut found = bad_steps(&count.at_least, &also);
    let within = count.within.map(f64::from);
    found.push(within.and_then(|within| outside("within", within, 1.0..=400.0)));
    let share = count.overturned;
    found.push(share.and_then(|share| outside("overturned", share, 0.0..=1.0)));
    if share.is_some() && count.of != Counted::Shifts {
        found.push(Some("overturned is for of = \"shifts\"".to_owned()));
    }
    found.push(bad_kind(count));
    found
}

/// Thresholds, and numbers that have to be there besides.
fn bad_steps(steps: &[u32], also: &[u32]) -> Vec<Option<String>> {
    let mut found: Vec<Option<String>> = steps
        .iter()
        .chain(also)
        .map(|bound| outside("at_least", f64::from(*bound), 1.0..=1000.0))
        .collect();
    let mut pairs = steps.iter().zip(steps.iter().skip(1));
    if !pairs.all(|(low, high)| low < high) {
        found.push(Some("at_least must rise from tier to tier".to_owned()));
    }
    found
}

fn bad_kind(count: &Count) -> Option<String> {
    let which = count.which.as_ref()?;
    if !count.of.has_kinds() {
        return Some(format!("which is not for of = \"{}\"", count.of.key()));
    }
    let all: Vec<&str> = match count.of {
        Counted::Festivals => festivals::KINDS.iter().map(|kind| kind.id).collect(),
        _ => logs::KINDS.iter().map(|kind| kind.id).collect(),
    };
    let known = all.contains(&which.as_str());
    (!known).then(|| format!("there is no \"{which}\"; there are {}", all.join(", ")))
}

fn outside(field: &str, value: f64, range: RangeInclusive<f64>) -> Option<String> {
    (!range.contains(&value)).then(|| {
        format!(
            "{field} = {value} is not within {} to {}",
            range.start(),
            range.end()
        )
    })
}
