//! Personal-best logs (product.md, Badges): rope skipping, laps, books, chores. A child is compared with its own former
//! self and with nobody else; no log touches a score. Texts are Fluent `log-{id}` and `log-{id}-unit`.

use chrono::{Datelike, NaiveDate};

use super::refusal::Refusal;

/// How the days of a log come together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The best day counts.
    Best,
    /// The days add up.
    Sum,
}

/// A kind of log.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    pub id: &'static str,
    /// `virtue wisdom health arts labour`.
    pub dimension: &'static str,
    pub way: Way,
    /// Most that one day can hold: more is a slip of the hand.
    pub most: i32,
}

/// 一分钟跳绳 (skips), 阳光长跑 (laps), 阅读 (books), 劳动 (chores), 乒乓球颠球 (bounces).
pub const KINDS: [Kind; 5] = [
    kind("rope", "health", Way::Best, 300),
    kind("run", "health", Way::Sum, 60),
    kind("read", "wisdom", Way::Sum, 30),
    kind("labour", "labour", Way::Sum, 30),
    kind("pingpong", "health", Way::Best, 500),
];

const fn kind(id: &'static str, dimension: &'static str, way: Way, most: i32) -> Kind {
    Kind {
        id,
        dimension,
        way,
        most,
    }
}

/// The kind of an id.
pub fn find(id: &str) -> Option<Kind> {
    KINDS.into_iter().find(|kind| kind.id == id)
}

impl Kind {
    /// Judges an amount as typed; full-width digits are read too.
    ///
    /// # Errors
    /// `Invalid("log-amount")` for anything but a whole number from 1 to [`Kind::most`].
    ///
    /// ```
    /// # use starlight::domain::logs::find;
    /// let rope = find("rope").unwrap();
    /// assert_eq!(rope.judge(" １17 "), Ok(117));
    /// assert!(rope.judge("0").is_err() && rope.judge("301").is_err() && rope.judge("1.5").is_err());
    /// ```
    pub fn judge(self, typed: &str) -> Result<i32, Refusal> {
        let narrow = |c: char| match c {
            '０'..='９' => char::from_digit(u32::from(c) - u32::from('０'), 10).unwrap_or(c),
            other => other,
        };
        let text: String = typed.trim().chars().map(narrow).collect();
        let amount = text.parse().ok().filter(|n| (1..=self.most).contains(n));
        amount.ok_or_else(|| Refusal::Invalid("log-amount".to_owned()))
    }
}

/// A day's amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Day {
    pub on: NaiveDate,
    pub amount: i32,
}

/// Where a child stands with itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Best: the first day, where there are two or more. Sum: the month before, where there was anything.
    pub before: Option<i32>,
    /// Best: the best day. Sum: this month.
    pub now: i32,
    /// Best: the best day. Sum: all days.
    pub total: i32,
    pub last: Day,
}

impl Standing {
    /// Both figures, where there is something to be glad of.
    pub fn rise(self) -> Option<(i32, i32)> {
        let before = self.before?;
        (self.now > before).then_some((before, self.now))
    }
}

/// The standing of one child in one kind; none without a day. `days` in any order.
///
/// ```
/// # use chrono::NaiveDate;
/// # use starlight::domain::logs::{Day, Way, standing};
/// let day = |m, d, amount| Day { on: NaiveDate::from_ymd_opt(2026, m, d).unwrap(), amount };
/// let days = [day(10, 8, 82), day(11, 2, 117), day(11, 9, 110)];
/// let today = NaiveDate::from_ymd_opt(2026, 11, 28).unwrap();
/// let best = standing(Way::Best, &days, today).unwrap();
/// assert_eq!((best.before, best.now, best.total), (Some(82), 117, 117));
/// let sum = standing(Way::Sum, &days, today).unwrap();
/// assert_eq!((sum.before, sum.now, sum.total), (Some(82), 227, 309));
/// assert!(standing(Way::Sum, &[], today).is_none());
/// ```
pub fn standing(way: Way, days: &[Day], today: NaiveDate) -> Option<Standing> {
    let last = *days.iter().max_by_key(|day| day.on)?;
    let first = *days.iter().min_by_key(|day| day.on)?;
    let best = days.iter().map(|day| day.amount).max()?;
    let sum = |fits: &dyn Fn(NaiveDate) -> bool| -> i32 {
        let days = days.iter().filter(|day| fits(day.on));
        days.map(|day| day.amount).sum()
    };
    let month = |on: NaiveDate| on.year() * 12 + i32::try_from(on.month0()).unwrap_or(0);
    Some(match way {
        Way::Best => Standing {
            before: (first.on < last.on).then_some(first.amount),
            now: best,
            total: best,
            last,
        },
        Way::Sum => Standing {
            before: Some(sum(&|on| month(on) + 1 == month(today))).filter(|n| *n > 0),
            now: sum(&|on| month(on) == month(today)),
            total: sum(&|_| true),
            last,
        },
    })
}
