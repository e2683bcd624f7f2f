//! Reads the declared badge rules (`fixtures/badges.toml`), with the line of each mistake; used by
//! the set-up and by `starlight score`.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use serde::Deserialize;
use toml::Spanned;

use crate::domain::badges::{
    Condition, Count, Counted, Guard, Recipient, Rounds, Rule, Rules, TIERS, Words, pictures,
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

fn rule(badge: Badge) -> Result<Rule, String> {
    let guard = badge.guard.unwrap_or_default();
    Ok(Rule {
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
        confirm: badge.confirm.is_some(),
        guard: Guard {
            raters: guard.raters,
            no_flat: guard.no_flat,
        },
        when: badge.when.into_inner().read()?,
    })
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
    let Condition::Count(count) = &rule.when else {
        return (rule.tier == GROW).then(|| "tier = \"grow\" is for counts only".to_owned());
    };
    let wanted = if rule.tier == GROW { TIERS.len() } else { 1 };
    (count.at_least.len() != wanted).then(|| {
        format!(
            "tier \"{}\" needs {wanted} numbers in at_least, not {}",
            rule.tier,
            count.at_least.len()
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
    };
    checks.into_iter().flatten().collect()
}

fn bad_counts(count: &Count) -> Vec<Option<String>> {
    let also = count.also.iter().map(|(_, bound)| bound);
    let bounds = count.at_least.iter().chain(also);
    let mut found: Vec<Option<String>> = bounds
        .map(|bound| outside("at_least", f64::from(*bound), 1.0..=1000.0))
        .collect();
    let mut pairs = count.at_least.iter().zip(count.at_least.iter().skip(1));
    if !pairs.all(|(low, high)| low < high) {
        found.push(Some("at_least must rise from tier to tier".to_owned()));
    }
    let within = count.within.map(f64::from);
    found.push(within.and_then(|within| outside("within", within, 1.0..=400.0)));
    let share = count.overturned;
    found.push(share.and_then(|share| outside("overturned", share, 0.0..=1.0)));
    if share.is_some() && count.of != Counted::Shifts {
        found.push(Some("overturned is for of = \"shifts\"".to_owned()));
    }
    found
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
    confirm: Option<Confirm>,
    guard: Option<Behind>,
    when: Spanned<Kind>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Confirm {
    Teacher,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct Behind {
    #[serde(default)]
    raters: u32,
    #[serde(default)]
    no_flat: bool,
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
    Shining {
        at_least: f64,
    },
    Count {
        of: String,
        at_least: Steps,
        #[serde(default)]
        also: BTreeMap<String, u32>,
        star: Option<String>,
        within: Option<u32>,
        overturned: Option<f64>,
    },
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Steps {
    One(u32),
    More(Vec<u32>),
}

impl Kind {
    fn read(self) -> Result<Condition, String> {
        Ok(match self {
            Self::Score {
                at_least,
                voices,
                provisional,
            } => Condition::Score {
                at_least,
                voices,
                provisional,
            },
            Self::Upper { one_in, ranked } => Condition::Upper { one_in, ranked },
            Self::Progress {
                window,
                step,
                raters,
            } => Condition::Progress {
                window,
                step,
                raters,
            },
            Self::Participation { at_least } => Condition::Participation { at_least },
            Self::Shining { at_least } => Condition::Shining { at_least },
            Self::Count {
                of,
                at_least,
                also,
                star,
                within,
                overturned,
            } => Condition::Count(Count {
                of: counted(&of)?,
                at_least: match at_least {
                    Steps::One(one) => vec![one],
                    Steps::More(more) => more,
                },
                also: also
                    .into_iter()
                    .map(|(what, bound)| Ok((counted(&what)?, bound)))
                    .collect::<Result<_, String>>()?,
                star,
                within,
                overturned,
            }),
        })
    }
}

fn counted(word: &str) -> Result<Counted, String> {
    let found = Counted::ALL.into_iter().find(|(key, _)| *key == word);
    found.map(|(_, what)| what).ok_or_else(|| {
        let all: Vec<&str> = Counted::ALL.iter().map(|(key, _)| *key).collect();
        format!(
            "nothing called \"{word}\" is counted; there are {}",
            all.join(", ")
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHIPPED: &str = include_str!("../../fixtures/badges.toml");

    /// A document of one badge, whose lines from the sixth on are these.
    fn one(lines: &str) -> String {
        let text = "{ zh = \"a\", en = \"a\" }";
        format!(
            "version = 3\n[[badge]]\nid = \"a\"\nname = {text}\ntext = {text}\n{lines}\npicture = \"star\"\n"
        )
    }

    const COUNT: &str = "recipient = \"student\"\nrounds = \"term\"\ntier = \"grow\"\nwhen = { kind = \"count\", of = \"moments\", at_least = [1, 4, 8] }";

    fn check(text: &str, expected: &[(usize, usize, &str)]) {
        let mistakes = parse(text).unwrap_err();
        assert_eq!(mistakes.len(), expected.len(), "{mistakes:?}");
        for (mistake, (line, column, part)) in mistakes.iter().zip(expected) {
            assert_eq!(
                (mistake.line, mistake.column),
                (*line, *column),
                "{mistake:?}"
            );
            assert!(mistake.message.contains(part), "{mistake:?}");
        }
    }

    #[test]
    fn the_shipped_rules_read() {
        let rules = parse(SHIPPED).unwrap();
        assert_eq!(rules.version, 2);
        let (rule, dimension) = rules.find("starlight_student.virtue").unwrap();
        assert_eq!((rule.tier.as_str(), dimension), ("star", Some("virtue")));
        assert_eq!(rule.name.about("向善星", "virtue").zh, "星光学生·向善");
        assert_eq!(rules.find("starlight_student").unwrap().0.tier, "sun");
        assert_eq!(rules.find("progress"), None);
        assert_eq!(
            rule.guard,
            Guard {
                raters: 3,
                no_flat: true
            }
        );
        let (fair, _) = rules.find("fair_rater").unwrap();
        assert!(fair.confirm && !fair.is_live());
        let Condition::Count(count) = &fair.when else {
            panic!("{fair:?}")
        };
        assert_eq!(count.also, [(Counted::Told, 1), (Counted::Varied, 3)]);
        let (point, _) = rules.find("shining_point").unwrap();
        assert!(point.is_live());
        assert!(parse(&one(COUNT)).is_ok());
    }

    #[test]
    fn mistakes_have_lines_and_columns() {
        check("version = 1\n[[badge]]\nid = 3\n", &[(3, 6, "string")]);
        check("version = 1\nbadges = 3\n", &[(2, 1, "badges")]);
        check("", &[(1, 1, "version")]);
        let unknown = one(COUNT).replace("of = ", "off = ");
        check(&unknown, &[(9, 8, "off")]);
        let what = COUNT.replace("moments", "marbles");
        check(&one(&what), &[(9, 8, "marbles")]);
    }

    #[test]
    fn all_mistakes_of_meaning_are_told() {
        let falling = COUNT.replace("[1, 4, 8]", "[1, 1, 8]");
        check(&one(&falling), &[(9, 8, "rise")]);
        let two = COUNT.replace("[1, 4, 8]", "[1, 4]");
        check(&one(&two), &[(2, 1, "needs 3")]);
        let class = COUNT.replace("\"student\"", "\"class\"");
        check(&one(&class), &[(2, 1, "recipient")]);
        let each_round = COUNT.replace("\"term\"", "\"round\"");
        check(&one(&each_round), &[(2, 1, "rounds = \"term\"")]);
        let shifts = COUNT.replace("[1, 4, 8]", "[1, 4, 8], overturned = 0.1");
        check(&one(&shifts), &[(9, 8, "shifts")]);
        let guarded = format!("{COUNT}\nguard = {{ raters = 2 }}");
        check(&one(&guarded), &[(2, 1, "guard")]);
        let twice = one(COUNT) + one(COUNT).split_once('\n').unwrap().1;
        check(&twice, &[(11, 1, "twice")]);
        let wrong = SHIPPED.replace("one_in = 3", "one_in = 0");
        assert!(parse(&wrong).unwrap_err()[0].message.contains("one_in"));
    }
}
