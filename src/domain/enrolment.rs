//! Dated enrolments (product.md, "Words"): which class a child belonged to on which day. Leaving
//! keeps history, so old rounds keep their classes. Used by storage, rounds and exports.

use chrono::NaiveDate;

/// Why an enrolment began or ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// 入学
    Entered,
    /// 转入
    TransferredIn,
    /// 转出
    TransferredOut,
    /// 调班
    ChangedClass,
    /// 休学
    Suspended,
    /// 复学
    Resumed,
}

impl Reason {
    pub const ALL: [Self; 6] = [
        Self::Entered,
        Self::TransferredIn,
        Self::TransferredOut,
        Self::ChangedClass,
        Self::Suspended,
        Self::Resumed,
    ];

    /// The stable name in tables and files.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Entered => "entered",
            Self::TransferredIn => "transferred_in",
            Self::TransferredOut => "transferred_out",
            Self::ChangedClass => "changed_class",
            Self::Suspended => "suspended",
            Self::Resumed => "resumed",
        }
    }

    /// The word of Chinese rosters.
    #[must_use]
    pub const fn zh(self) -> &'static str {
        match self {
            Self::Entered => "入学",
            Self::TransferredIn => "转入",
            Self::TransferredOut => "转出",
            Self::ChangedClass => "调班",
            Self::Suspended => "休学",
            Self::Resumed => "复学",
        }
    }

    /// Reads either name.
    ///
    /// ```
    /// use starlight::domain::enrolment::Reason;
    /// assert_eq!(Reason::parse("调班"), Some(Reason::ChangedClass));
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|reason| [reason.key(), reason.zh()].contains(&text.trim()))
    }

    /// Whether it can begin an enrolment; 调班 begins one and ends one.
    #[must_use]
    pub const fn begins(self) -> bool {
        !matches!(self, Self::TransferredOut | Self::Suspended)
    }

    /// Whether it can end one.
    #[must_use]
    pub const fn ends(self) -> bool {
        matches!(
            self,
            Self::TransferredOut | Self::Suspended | Self::ChangedClass
        )
    }
}

/// One stay of one child in one class; `C` is whatever names a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Enrolment<C> {
    pub class: C,
    /// First day in the class.
    pub from: NaiveDate,
    /// First day no longer in the class; nothing while the child is there.
    pub until: Option<NaiveDate>,
    pub began: Reason,
    pub ended: Option<Reason>,
}

impl<C> Enrolment<C> {
    #[must_use]
    pub fn covers(&self, date: NaiveDate) -> bool {
        self.from <= date && self.until.is_none_or(|until| date < until)
    }

    /// Whether the stay has at least one day of `first..=last`.
    #[must_use]
    pub fn touches(&self, first: NaiveDate, last: NaiveDate) -> bool {
        first <= last
            && self.from <= last
            && self
                .until
                .is_none_or(|until| first < until && self.from < until)
    }
}

/// How much of a round a child spent in a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    Throughout,
    /// A late joiner or a leaver.
    Partly,
    Never,
}

/// The class of a child on a day; of overlapping stays (a slip of an import) the one begun last.
#[must_use]
pub fn class_on<C>(stays: &[Enrolment<C>], date: NaiveDate) -> Option<&C> {
    stays
        .iter()
        .filter(|stay| stay.covers(date))
        .max_by_key(|stay| stay.from)
        .map(|stay| &stay.class)
}

/// How much of the days `first..=last` a child spent in `class`, all stays there taken together.
#[must_use]
pub fn presence<C: PartialEq>(
    stays: &[Enrolment<C>],
    class: &C,
    first: NaiveDate,
    last: NaiveDate,
) -> Presence {
    let mut here: Vec<&Enrolment<C>> = stays
        .iter()
        .filter(|stay| stay.class == *class && stay.touches(first, last))
        .collect();
    here.sort_by_key(|stay| stay.from);
    if here.is_empty() {
        return Presence::Never;
    }
    // The first day not yet known to be covered, stay by stay; nothing left means all of it.
    let uncovered = here.iter().try_fold(first, |open, stay| match stay.until {
        _ if stay.from > open => Some(open),
        None => None,
        Some(until) => Some(open.max(until)),
    });
    if uncovered.is_none_or(|open| open > last) {
        Presence::Throughout
    } else {
        Presence::Partly
    }
}

/// Why a new stay does not fit those there already.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misfit {
    /// It ends on or before the day it begins.
    Empty,
    /// The child has a class on some of these days already.
    Overlap,
    /// The reason cannot begin (or end) a stay.
    WrongReason,
}

/// Checks a new stay of a child against the others.
///
/// # Errors
/// [`Misfit`], the first that applies in the order of its variants.
pub fn check<C>(stays: &[Enrolment<C>], new: &Enrolment<C>) -> Result<(), Misfit> {
    if new.until.is_some_and(|until| until <= new.from) {
        return Err(Misfit::Empty);
    }
    let last = new
        .until
        .and_then(|until| until.pred_opt())
        .unwrap_or(NaiveDate::MAX);
    if stays.iter().any(|stay| stay.touches(new.from, last)) {
        return Err(Misfit::Overlap);
    }
    if !new.began.begins() || new.ended.is_some_and(|reason| !reason.ends()) {
        return Err(Misfit::WrongReason);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn stay(class: u32, from: &str, until: &str) -> Enrolment<u32> {
        let until = (!until.is_empty()).then(|| day(until));
        Enrolment {
            class,
            from: day(from),
            until,
            began: Reason::Entered,
            ended: until.map(|_| Reason::ChangedClass),
        }
    }

    fn history() -> Vec<Enrolment<u32>> {
        vec![
            stay(101, "2026-09-01", "2026-10-12"),
            stay(102, "2026-10-12", "2026-11-02"),
            stay(102, "2026-12-01", ""),
        ]
    }

    #[test]
    fn the_class_changes_on_the_day() {
        let on = |date: &str| class_on(&history(), day(date)).copied();
        assert_eq!(on("2026-08-31"), None);
        assert_eq!(on("2026-09-01"), Some(101));
        assert_eq!(on("2026-10-11"), Some(101));
        assert_eq!(on("2026-10-12"), Some(102));
        assert_eq!(on("2026-11-02"), None, "休学");
        assert_eq!(on("2027-03-01"), Some(102));
    }

    #[test]
    fn presence_in_a_round() {
        let of = |class: u32, first: &str, last: &str| {
            presence(&history(), &class, day(first), day(last))
        };
        assert_eq!(of(101, "2026-09-07", "2026-09-11"), Presence::Throughout);
        assert_eq!(of(101, "2026-10-08", "2026-10-12"), Presence::Partly);
        assert_eq!(of(102, "2026-10-08", "2026-10-12"), Presence::Partly);
        assert_eq!(of(101, "2026-10-12", "2026-10-16"), Presence::Never);
        assert_eq!(
            of(102, "2026-10-20", "2026-12-04"),
            Presence::Partly,
            "a gap in between"
        );
        assert_eq!(of(102, "2026-12-01", "2027-01-04"), Presence::Throughout);
    }

    #[test]
    fn stays_next_to_each_other_are_one() {
        let stays = [
            stay(1, "2026-09-01", "2026-09-10"),
            stay(1, "2026-09-10", "2026-09-20"),
        ];
        assert_eq!(
            presence(&stays, &1, day("2026-09-05"), day("2026-09-19")),
            Presence::Throughout
        );
        assert_eq!(
            presence(&stays, &1, day("2026-09-05"), day("2026-09-20")),
            Presence::Partly
        );
    }

    #[test]
    fn a_new_stay_must_fit() {
        assert_eq!(
            check(&history(), &stay(103, "2026-11-02", "2026-12-01")),
            Ok(())
        );
        assert_eq!(
            check(&history(), &stay(103, "2026-11-02", "2026-12-02")),
            Err(Misfit::Overlap)
        );
        assert_eq!(
            check(&history(), &stay(103, "2026-11-02", "")),
            Err(Misfit::Overlap)
        );
        assert_eq!(
            check(&history(), &stay(103, "2026-11-02", "2026-11-02")),
            Err(Misfit::Empty)
        );
        let wrong = Enrolment {
            began: Reason::TransferredOut,
            ..stay(103, "2026-11-02", "2026-12-01")
        };
        assert_eq!(check(&history(), &wrong), Err(Misfit::WrongReason));
    }

    #[test]
    fn reasons_read_back() {
        for reason in Reason::ALL {
            assert_eq!(Reason::parse(reason.key()), Some(reason));
            assert_eq!(Reason::parse(reason.zh()), Some(reason));
            assert!(reason.begins() || reason.ends());
        }
        assert_eq!(Reason::parse("毕业"), None);
    }
}
