//! The declared badge rules as data; `exchange::badges_toml` reads them, `conditions` applies them.

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
    pub when: Condition,
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
#[derive(Debug, Clone, Copy, PartialEq)]
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
}

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
