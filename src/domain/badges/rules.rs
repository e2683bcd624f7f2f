//! The declared badge rules as data; `exchange::badges_toml` reads them, `conditions` applies them.

use crate::domain::week_index::FlagKind;

/// A versioned document of badge rules, in the order of the file.
#[derive(Debug, Clone, PartialEq)]
pub struct Rules {
    pub version: u32,
    pub badges: Vec<Rule>,
}

/// One declared badge.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Stable ASCII id; see [`Rule::badge`].
    pub id: String,
    pub recipient: Recipient,
    /// One badge per dimension of the rubric.
    pub each_dimension: bool,
    pub rounds: Rounds,
    pub tier: String,
    /// Name of the picture, without folder or ending.
    pub picture: String,
    pub name: Words,
    pub text: Words,
    /// At most this share of a class, 0…1.
    pub quota: Option<f64>,
    /// The homeroom teacher says yes before anybody sees it (〔师〕).
    pub confirm: bool,
    pub guard: Guard,
    pub when: Condition,
}

/// What a score has to rest on before a badge may come of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Guard {
    /// Fewest different people, other than the child, whose marks are in it.
    pub raters: u32,
    /// Whoever gave one answer throughout is not one of them.
    pub no_flat: bool,
}

/// Who can get a badge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Recipient {
    Class,
    Student,
}

impl Recipient {
    /// The word in `badges.csv`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Class => "class",
            Self::Student => "student",
        }
    }
}

/// Which rows a badge can be won on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rounds {
    Each,
    Term,
    Both,
}

/// A text in both languages of the interface.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Words {
    pub zh: String,
    pub en: String,
}

/// What has to be true.
#[derive(Debug, Clone, PartialEq)]
pub enum Condition {
    /// Score (or dimension score) in stars, with enough voices.
    Score {
        at_least: f64,
        voices: u32,
        provisional: bool,
    },
    /// Place among the ranked classes of the grade in the upper 1/`one_in`, ties in, the leaders
    /// always; at least `ranked` classes ranked.
    Upper { one_in: u32, ranked: u32 },
    /// Section 9: mean of the last `window` scored rounds against as many before.
    Progress { window: u32, step: f64, raters: u32 },
    /// Participation rate of a class.
    Participation { at_least: f64 },
    /// Things counted for a child in a term.
    Count(Count),
    /// Share of a class's children of whom a moment was released in the term.
    Shining { at_least: f64 },
    /// Weeks in which a class won a flag.
    Flags(Flags),
}

/// A condition over the decided weeks of a term.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Flags {
    pub kind: FlagKind,
    /// Weeks, rising; one for a badge of one tier, three for 萌芽, 开花, 结果.
    pub at_least: Vec<u32>,
}

/// A condition over counts. Nothing of it can be lost again by waiting: a window is any stretch of the term.
#[derive(Debug, Clone, PartialEq)]
pub struct Count {
    pub of: Counted,
    /// Rising; one for a badge of one tier, three for 萌芽, 开花, 结果.
    pub at_least: Vec<u32>,
    /// What has to be there besides, each at least so often.
    pub also: Vec<(Counted, u32)>,
    /// Only what belongs to this dimension of the rubric.
    pub star: Option<String>,
    /// Within any so many days in a row; rounds and their like: within so many rounds in a row.
    pub within: Option<u32>,
    /// Only this kind of what comes in kinds: of personal records rope, run, read, labour, pingpong; of festivals
    /// science, sports, choir, arts.
    pub which: Option<String>,
    /// Of shifts: at most this share overturned.
    pub overturned: Option<f64>,
}

/// What can be counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Counted {
    /// Released moments about the child.
    Moments,
    /// Praises that stand.
    Praises,
    /// Small goals that teacher or family confirmed.
    Goals,
    /// Days of personal records that a teacher kept or confirmed.
    Logs,
    /// What these days add up to: books, laps, chores.
    Done,
    /// Days on which the child passed its own former best.
    Bests,
    /// Festivals in which the child took part, with an award or without.
    Festivals,
    /// Rounds in which the child said everything it was asked; excused ones are no rounds.
    Rounds,
    /// Such rounds in which its answers about classmates were not all the same.
    Varied,
    /// Moments the child told of others, once released.
    Told,
    /// Thank-yous that came back for them.
    Thanks,
    /// Shifts on duty.
    Shifts,
    /// Shifts of which a check was overturned.
    Overturned,
}

impl Counted {
    /// All of them, by their words in the document.
    pub const ALL: [(&'static str, Self); 13] = [
        ("moments", Self::Moments),
        ("praises", Self::Praises),
        ("goals", Self::Goals),
        ("logs", Self::Logs),
        ("done", Self::Done),
        ("bests", Self::Bests),
        ("festivals", Self::Festivals),
        ("rounds", Self::Rounds),
        ("varied", Self::Varied),
        ("told", Self::Told),
        ("thanks", Self::Thanks),
        ("shifts", Self::Shifts),
        ("overturned", Self::Overturned),
    ];

    /// The word in the document and in evidence.
    #[must_use]
    pub fn key(self) -> &'static str {
        let mut all = Self::ALL.into_iter();
        all.find(|(_, one)| *one == self).map_or("", |(key, _)| key)
    }

    /// Whether it is counted at once. The rest waits for a publication: told and thanked moments so that nobody sees
    /// from a badge's hour who told, rounds because they end with it.
    #[must_use]
    pub const fn is_live(self) -> bool {
        matches!(
            self,
            Self::Moments
                | Self::Praises
                | Self::Goals
                | Self::Logs
                | Self::Done
                | Self::Bests
                | Self::Festivals
        )
    }

    /// Whether it comes in kinds; see [`Count::which`].
    #[must_use]
    pub const fn has_kinds(self) -> bool {
        matches!(
            self,
            Self::Logs | Self::Done | Self::Bests | Self::Festivals
        )
    }

    /// Whether evidence names the entries: not where they would say who told what of whom.
    #[must_use]
    pub const fn names_entries(self) -> bool {
        !matches!(self, Self::Told | Self::Thanks)
    }
}

/// The tiers of a growing badge.
pub const TIERS: [&str; 3] = ["sprout", "bloom", "fruit"];

impl Rule {
    /// The id of the award: the rule's, and the dimension's where there is one per dimension.
    #[must_use]
    pub fn badge(&self, dimension: Option<&str>) -> String {
        dimension.map_or_else(
            || self.id.clone(),
            |dimension| format!("{}.{dimension}", self.id),
        )
    }

    /// Whether a row of this round counts.
    #[must_use]
    pub fn applies_to(&self, round: &str) -> bool {
        match self.rounds {
            Rounds::Each => round != super::TERM,
            Rounds::Term => round == super::TERM,
            Rounds::Both => true,
        }
    }

    /// Whether it goes by counts rather than by the numbers of rounds.
    #[must_use]
    pub const fn counts(&self) -> bool {
        matches!(
            self.when,
            Condition::Count(_) | Condition::Shining { .. } | Condition::Flags(_)
        )
    }

    /// Tier and threshold, rising; the rule's own tier where there is one threshold only.
    #[must_use]
    pub fn steps<'a>(&'a self, at_least: &'a [u32]) -> Vec<(&'a str, u32)> {
        match at_least {
            [one] => vec![(self.tier.as_str(), *one)],
            more => TIERS.into_iter().zip(more.iter().copied()).collect(),
        }
    }

    /// Whether a change decides it at once: no quota, and nothing but what is counted at once; flags with their week.
    #[must_use]
    pub fn is_live(&self) -> bool {
        match &self.when {
            Condition::Count(count) => {
                let also = count.also.iter().all(|(what, _)| what.is_live());
                self.quota.is_none() && count.of.is_live() && also
            }
            Condition::Flags(_) => true,
            _ => false,
        }
    }

    /// Whether it looks at scores that classmates take part in.
    #[must_use]
    pub const fn looks_at_scores(&self) -> bool {
        matches!(
            self.when,
            Condition::Score { .. } | Condition::Progress { .. }
        )
    }
}

impl Rules {
    /// The rule behind the badge of an award, and its dimension.
    #[must_use]
    pub fn find<'a>(&'a self, badge: &'a str) -> Option<(&'a Rule, Option<&'a str>)> {
        let (id, dimension) = badge
            .split_once('.')
            .map_or((badge, None), |(id, dimension)| (id, Some(dimension)));
        let fits = |rule: &&Rule| rule.id == id && rule.each_dimension == dimension.is_some();
        self.badges.iter().find(fits).map(|rule| (rule, dimension))
    }
}

impl Words {
    /// Both texts with `{star}` replaced by the dimension's name; 向善星 reads 向善 here.
    ///
    /// ```
    /// use starlight::domain::badges::Words;
    /// let name = Words { zh: "星光学生·{star}".into(), en: "Starlight student · {star}".into() };
    /// assert_eq!(name.about("向善星", "virtue").zh, "星光学生·向善");
    /// ```
    #[must_use]
    pub fn about(&self, zh: &str, en: &str) -> Self {
        let short = zh
            .strip_suffix('星')
            .filter(|rest| !rest.is_empty())
            .unwrap_or(zh);
        Self {
            zh: self.zh.replace("{star}", short),
            en: self.en.replace("{star}", en),
        }
    }
}
