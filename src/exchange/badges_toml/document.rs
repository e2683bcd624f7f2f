//! The document of badge rules as serde reads it, and how it becomes rules.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::domain::{
    badges::{Condition, Count, Counted, Flags, Guard, Recipient, Rounds, Rule, Words},
    week_index::FlagKind,
};

/// The rule of an entry; what it counts has to exist.
pub(super) fn rule(badge: Badge) -> Result<Rule, String> {
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Document {
    pub version: u32,
    #[serde(default)]
    pub badge: Vec<Spanned<Badge>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Badge {
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
    pub when: Spanned<Kind>,
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
pub(super) enum Kind {
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
    Flags {
        of: Flag,
        at_least: Steps,
    },
    Count {
        of: String,
        at_least: Steps,
        #[serde(default)]
        also: BTreeMap<String, u32>,
        star: Option<String>,
        within: Option<u32>,
        which: Option<String>,
        overturned: Option<f64>,
    },
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Flag {
    Flag,
    Progress,
}

#[derive(Deserialize)]
#[serde(untagged)]
pub(super) enum Steps {
    One(u32),
    More(Vec<u32>),
}

impl Steps {
    fn read(self) -> Vec<u32> {
        match self {
            Self::One(one) => vec![one],
            Self::More(more) => more,
        }
    }
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
            Self::Flags { of, at_least } => Condition::Flags(Flags {
                kind: match of {
                    Flag::Flag => FlagKind::Flag,
                    Flag::Progress => FlagKind::Progress,
                },
                at_least: at_least.read(),
            }),
            Self::Count {
                of,
                at_least,
                also,
                star,
                within,
                which,
                overturned,
            } => Condition::Count(Count {
                of: counted(&of)?,
                at_least: at_least.read(),
                also: also
                    .into_iter()
                    .map(|(what, bound)| Ok((counted(&what)?, bound)))
                    .collect::<Result<_, String>>()?,
                star,
                within,
                which,
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
