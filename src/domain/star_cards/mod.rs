//! Star cards (product.md, 星卡): five praises or one released moment in a dimension are its star, one star of each
//! dimension is a moon, four moons are a sun. This is the rules of the ledger in `storage/card_entries.rs`: what has to
//! be written so that it says what was earned and what can be exchanged. What was earned is never spent: a privilege
//! takes from what can be exchanged. Never part of a score.

mod settle;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

pub use settle::{pay, pay_back, settle};

/// Praises that make a star.
pub const PRAISES_PER_STAR: u32 = 5;
/// Moons that make a sun.
pub const MOONS_PER_SUN: i64 = 4;

/// What is counted in cards.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// Of a dimension, by its id.
    Star(String),
    Moon,
    Sun,
}

impl Unit {
    /// The word in the ledger: `moon`, `sun`, or the dimension's id.
    #[must_use]
    pub fn key(&self) -> &str {
        match self {
            Self::Star(dimension) => dimension,
            Self::Moon => "moon",
            Self::Sun => "sun",
        }
    }

    /// The unit of a word in the ledger.
    #[must_use]
    pub fn parse(key: &str) -> Self {
        match key {
            "moon" => Self::Moon,
            "sun" => Self::Sun,
            star => Self::Star(star.to_owned()),
        }
    }
}

/// What a star was earned by.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cause {
    /// Five praises of the dimension.
    Praises,
    /// A released moment, by its id.
    Moment(String),
}

impl Cause {
    /// The id in the ledger; empty for praises.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Self::Praises => "",
            Self::Moment(id) => id,
        }
    }
}

/// Why something is written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Act {
    /// Stars that came, and those that went because a praise or moment was taken back.
    Earned(Cause),
    /// Five stars and a moon, four moons and a sun, in either direction.
    Exchanged,
    /// A privilege taken or, by the opposite, given back; the teacher's act.
    Privilege,
}

impl Act {
    /// The word in the ledger.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Earned(_) => "earned",
            Self::Exchanged => "exchanged",
            Self::Privilege => "privilege",
        }
    }
}

/// One line of the ledger: so many of a unit more, or fewer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub act: Act,
    pub unit: Unit,
    pub amount: i64,
}

/// What a child was seen for in a term: stars it has a right to, by dimension and cause.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// Praises that stand, by dimension.
    pub praises: BTreeMap<String, u32>,
    /// Released moments: id and dimension.
    pub moments: BTreeMap<String, String>,
}

impl Seen {
    fn rights(&self) -> BTreeMap<(String, Cause), i64> {
        let praises = self.praises.iter();
        let praises = praises.map(|(star, n)| {
            (
                (star.clone(), Cause::Praises),
                i64::from(n / PRAISES_PER_STAR),
            )
        });
        let moments = self.moments.iter();
        let moments = moments.map(|(id, star)| ((star.clone(), Cause::Moment(id.clone())), 1));
        praises.chain(moments).filter(|(_, n)| *n > 0).collect()
    }
}

/// A child's ledger, added up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ledger {
    /// What can be exchanged, by unit.
    balance: BTreeMap<Unit, i64>,
    /// Stars earned by dimension and cause in this term.
    granted: BTreeMap<(String, Cause), i64>,
    /// Stars earned by dimension, in all terms.
    earned: BTreeMap<String, i64>,
}

impl Ledger {
    /// Adds a line of this term.
    pub fn add(&mut self, entry: &Entry) {
        self.add_older(entry);
        if let (Act::Earned(cause), Unit::Star(star)) = (&entry.act, &entry.unit) {
            let key = (star.clone(), cause.clone());
            *self.granted.entry(key).or_default() += entry.amount;
        }
    }

    /// Adds a line of another term: it counts, and the present term's praises do not take it back.
    pub fn add_older(&mut self, entry: &Entry) {
        *self.balance.entry(entry.unit.clone()).or_default() += entry.amount;
        if let (Act::Earned(_), Unit::Star(star)) = (&entry.act, &entry.unit) {
            *self.earned.entry(star.clone()).or_default() += entry.amount;
        }
    }

    /// How many of a unit can be exchanged.
    #[must_use]
    pub fn has(&self, unit: &Unit) -> i64 {
        self.balance.get(unit).copied().unwrap_or(0)
    }

    /// Whether nothing is below zero.
    #[must_use]
    pub fn is_sound(&self) -> bool {
        let earned = self.earned.values();
        self.balance.values().chain(earned).all(|n| *n >= 0)
    }

    /// Stars of a dimension that were ever earned.
    #[must_use]
    pub fn earned(&self, dimension: &str) -> u32 {
        let n = self.earned.get(dimension).copied().unwrap_or(0);
        u32::try_from(n).unwrap_or(0)
    }

    /// What can be exchanged.
    #[must_use]
    pub fn purse(&self) -> Purse {
        let count = |n: i64| u32::try_from(n).unwrap_or(0);
        let stars = self.balance.iter().filter_map(|(unit, n)| match unit {
            Unit::Star(_) => Some(count(*n)),
            Unit::Moon | Unit::Sun => None,
        });
        Purse {
            stars: stars.sum(),
            moons: count(self.has(&Unit::Moon)),
            suns: count(self.has(&Unit::Sun)),
        }
    }
}

/// What can be exchanged, in whole cards.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Purse {
    pub stars: u32,
    pub moons: u32,
    pub suns: u32,
}

impl Purse {
    /// Everything in stars, of a rubric with so many dimensions.
    ///
    /// ```
    /// # use starlight::domain::star_cards::Purse;
    /// assert_eq!(Purse { stars: 2, moons: 1, suns: 1 }.in_stars(5), 27);
    /// ```
    #[must_use]
    pub fn in_stars(self, dimensions: u32) -> u32 {
        let moons = self.suns.saturating_mul(4).saturating_add(self.moons);
        moons.saturating_mul(dimensions).saturating_add(self.stars)
    }
}

/// A child's cards as earned.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cards {
    /// Stars of each dimension, in the order given.
    pub stars: Vec<u32>,
    /// Whether the dimension has its star towards the next moon.
    pub have: Vec<bool>,
    /// Moons that are not part of a sun.
    pub moons: u32,
    pub suns: u32,
}

/// The cards of the stars earned in each dimension.
///
/// ```
/// # use starlight::domain::star_cards::cards;
/// let found = cards(&[1, 2, 1, 1, 1]);
/// assert_eq!((found.suns, found.moons), (0, 1));
/// assert_eq!(found.have, [false, true, false, false, false]);
/// ```
#[must_use]
pub fn cards(stars: &[u32]) -> Cards {
    let all = stars.iter().copied().min().unwrap_or(0);
    let a_sun = u32::try_from(MOONS_PER_SUN).unwrap_or(1);
    Cards {
        have: stars.iter().map(|n| *n > all).collect(),
        moons: all % a_sun,
        suns: all / a_sun,
        stars: stars.to_vec(),
    }
}

/// What a privilege costs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Price {
    pub unit: PriceUnit,
    pub amount: u32,
}

/// In which cards a privilege is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PriceUnit {
    Star,
    Moon,
    Sun,
}

impl PriceUnit {
    /// All, by their words.
    pub const ALL: [(&'static str, Self); 3] = [
        ("star", Self::Star),
        ("moon", Self::Moon),
        ("sun", Self::Sun),
    ];

    /// The unit of a word.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter();
        all.find(|(word, _)| *word == key).map(|(_, unit)| unit)
    }
}

impl Price {
    /// Whether a purse has enough: suns may be broken into moons, moons into stars.
    #[must_use]
    pub fn is_within(self, purse: Purse, dimensions: &[&str]) -> bool {
        let dimensions = u32::try_from(dimensions.len()).unwrap_or(u32::MAX);
        let moons = purse.suns.saturating_mul(4).saturating_add(purse.moons);
        self.amount
            <= match self.unit {
                PriceUnit::Star => purse.in_stars(dimensions),
                PriceUnit::Moon => moons,
                PriceUnit::Sun => purse.suns,
            }
    }
}
