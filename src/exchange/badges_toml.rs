//! Reads the declared badge rules (`fixtures/badges.toml`), with the line of each mistake; used by
//! the set-up and by `starlight score`.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use serde::Deserialize;
use toml::Spanned;

use crate::domain::badges::{Condition, Recipient, Rounds, Rule, Rules, Words};

/// A mistake in the document; line 1 is the first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mistake {
    pub line: usize,
    pub message: String,
}

/// The rules that every school starts with, compiled in from `fixtures/badges.toml`.
///
/// # Errors
/// Only where that file was broken; a test reads it.
pub fn built_in() -> Result<Rules, BadRules> {
    parse(include_str!("../../fixtures/badges.toml")).map_err(BadRules)
}

/// Rules that do not hold together, with every mistake.
#[derive(Debug)]
pub struct BadRules(pub Vec<Mistake>);

impl std::fmt::Display for BadRules {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0
            .iter()
            .try_for_each(|m| writeln!(f, "line {}: {}", m.line, m.message))
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
        let line = error.span().map_or(1, |span| line(text, span.start));
        vec![Mistake {
            line,
            message: error.message().to_owned(),
        }]
    })?;
    let mut mistakes = Vec::new();
    let mut seen = BTreeSet::new();
    let mut badges = Vec::new();
    for badge in document.badge {
        let at = line(text, badge.span().start);
        let rule = rule(badge.into_inner());
        let twice = !seen.insert((rule.id.clone(), rule.each_dimension));
        let repeated = twice.then(|| format!("badge {} is declared twice", rule.id));
        mistakes.extend(
            problems(&rule)
                .into_iter()
                .chain(repeated)
                .map(|message| Mistake { line: at, message }),
        );
        badges.push(rule);
    }
    if mistakes.is_empty() {
        Ok(Rules {
            version: document.version,
            badges,
        })
    } else {
        Err(mistakes)
    }
}

fn line(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

fn rule(badge: Badge) -> Rule {
    Rule {
        id: badge.id,
        recipient: match badge.recipient {
            Who::Student => Recipient::Student,
            Who::Class => Recipient::Class,
        },
        each_dimension: badge.each.is_some(),
        rounds: match badge.rounds {
            When::Round => Rounds::Each,
            When::Term => Rounds::Term,
            When::Both => Rounds::Both,
        },
        tier: badge.tier,
        picture: badge.picture,
        name: Words {
            zh: badge.name.zh,
            en: badge.name.en,
        },
        text: Words {
            zh: badge.text.zh,
            en: badge.text.en,
        },
        quota: badge.quota,
        when: badge.when.into(),
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
    let about_students = rule.looks_at_scores();
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
    found.extend(
        rule.quota
            .and_then(|quota| outside("quota", quota, 0.0..=1.0)),
    );
    found.extend(out_of_range(rule.when));
    found
}

fn plain(id: &str) -> bool {
    let sign =
        |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || b"_-".contains(&byte);
    !id.is_empty() && id.bytes().all(sign)
}

fn out_of_range(when: Condition) -> Vec<String> {
    let checks = match when {
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
        Condition::Participation { at_least } => vec![outside("at_least", at_least, 0.0..=1.0)],
    };
    checks.into_iter().flatten().collect()
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Document {
    version: u32,
    #[serde(default)]
    badge: Vec<Spanned<Badge>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Badge {
    id: String,
    recipient: Who,
    each: Option<Each>,
    rounds: When,
    tier: String,
    picture: String,
    name: Text,
    text: Text,
    quota: Option<f64>,
    when: Kind,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Who {
    Student,
    Class,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Each {
    Dimension,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum When {
    Round,
    Term,
    Both,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Text {
    zh: String,
    en: String,
}

#[derive(Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case", deny_unknown_fields)]
enum Kind {
    Score {
        at_least: f64,
        voices: u32,
        #[serde(default)]
        provisional: bool,
    },
    Upper {
        one_in: u32,
        ranked: u32,
    },
    Progress {
        window: u32,
        step: f64,
        raters: u32,
    },
    Participation {
        at_least: f64,
    },
}

impl From<Kind> for Condition {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Score {
                at_least,
                voices,
                provisional,
            } => Self::Score {
                at_least,
                voices,
                provisional,
            },
            Kind::Upper { one_in, ranked } => Self::Upper { one_in, ranked },
            Kind::Progress {
                window,
                step,
                raters,
            } => Self::Progress {
                window,
                step,
                raters,
            },
            Kind::Participation { at_least } => Self::Participation { at_least },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = include_str!("../../fixtures/badges.toml");

    fn check(text: &str, expected: &[(usize, &str)]) {
        let mistakes = parse(text).unwrap_err();
        assert_eq!(mistakes.len(), expected.len(), "{mistakes:?}");
        for (mistake, (line, part)) in mistakes.iter().zip(expected) {
            assert_eq!(mistake.line, *line, "{mistake:?}");
            assert!(mistake.message.contains(part), "{mistake:?}");
        }
    }

    #[test]
    fn the_shipped_rules_read() {
        let rules = parse(SHIPPED).unwrap();
        assert_eq!(rules.version, 1);
        let ids: Vec<&str> = rules.badges.iter().map(|rule| rule.id.as_str()).collect();
        assert_eq!(
            ids,
            [
                "starlight_student",
                "starlight_student",
                "starlight_class",
                "progress",
                "all_took_part"
            ]
        );
        let (rule, dimension) = rules.find("starlight_student.virtue").unwrap();
        assert_eq!((rule.tier.as_str(), dimension), ("star", Some("virtue")));
        assert_eq!(rule.name.about("向善星", "virtue").zh, "星光学生·向善");
        assert_eq!(rules.find("starlight_student").unwrap().0.tier, "sun");
        assert_eq!(rules.find("progress"), None);
        assert_eq!(
            rule.when,
            Condition::Score {
                at_least: 4.0,
                voices: 3,
                provisional: false
            }
        );
    }

    #[test]
    fn mistakes_have_lines() {
        check("version = 1\n[[badge]]\nid = 3\n", &[(3, "string")]);
        check("version = 1\nbadges = 3\n", &[(2, "badges")]);
        check(
            &SHIPPED.replace("voices = 3 }", "voice = 3 }"),
            &[(23, "voice")],
        );
        check("", &[(1, "version")]);
    }

    #[test]
    fn all_mistakes_of_meaning_are_told() {
        let text = SHIPPED
            .replace("id = \"progress\"", "id = \"starlight_student\"")
            .replace("one_in = 3", "one_in = 0")
            .replace(
                "tier = \"star\"\npicture = \"full-sky\"",
                "tier = \"Star\"\npicture = \"full-sky\"",
            );
        check(&text, &[(35, "one_in"), (45, "twice"), (56, "tier")]);
        let wrong = SHIPPED.replace("recipient = \"class\"", "recipient = \"student\"");
        check(&wrong, &[(35, "recipient"), (56, "recipient")]);
    }
}
