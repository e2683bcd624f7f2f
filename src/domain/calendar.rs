//! School years, terms, weeks and grades (product.md, "Words"); used by storage, rounds and pages.
//! Names of classes are in `class_name`.

use chrono::{Datelike, Days, NaiveDate};

/// Grades of a primary school.
pub const GRADES: std::ops::RangeInclusive<u32> = 1..=6;

/// A school year by the calendar year it starts in; it runs from 1 September to 31 August.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchoolYear(pub i32);

impl SchoolYear {
    /// The school year a day belongs to.
    #[must_use]
    pub fn of(date: NaiveDate) -> Self {
        Self(if date.month() >= 9 {
            date.year()
        } else {
            date.year() - 1
        })
    }

    /// First and last day; nothing for years beyond the calendar.
    #[must_use]
    pub fn days(self) -> Option<(NaiveDate, NaiveDate)> {
        Some((
            NaiveDate::from_ymd_opt(self.0, 9, 1)?,
            NaiveDate::from_ymd_opt(self.0.checked_add(1)?, 8, 31)?,
        ))
    }

    /// Grade of a cohort (the year its classes entered) in this school year, 1…6; nothing before
    /// it entered or after it left. Never stored, so nothing is rewritten in September.
    ///
    /// ```
    /// use starlight::domain::calendar::SchoolYear;
    /// assert_eq!(SchoolYear(2026).grade(2024), Some(3));
    /// assert_eq!(SchoolYear(2026).grade(2027), None);
    /// ```
    #[must_use]
    pub fn grade(self, cohort: i32) -> Option<u32> {
        let grade = self.0.checked_sub(cohort)?.checked_add(1)?;
        u32::try_from(grade)
            .ok()
            .filter(|grade| GRADES.contains(grade))
    }

    /// The cohort that is in a grade in this school year.
    #[must_use]
    pub fn cohort(self, grade: u32) -> Option<i32> {
        GRADES.contains(&grade).then_some(())?;
        self.0
            .checked_add(1)?
            .checked_sub(i32::try_from(grade).ok()?)
    }

    /// `2026–2027`.
    #[must_use]
    pub fn label(self) -> String {
        format!("{}–{}", self.0, self.0.saturating_add(1))
    }
}

/// Segments: they decide anchors (3, 4, 5), picture or digit PIN, and the default k (2, 3, 4).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GradeBand {
    Low,
    Middle,
    High,
}

impl GradeBand {
    /// Low 1–2, middle 3–4, high 5–6; nothing for other grades.
    #[must_use]
    pub const fn of(grade: u32) -> Option<Self> {
        match grade {
            1 | 2 => Some(Self::Low),
            3 | 4 => Some(Self::Middle),
            5 | 6 => Some(Self::High),
            _ => None,
        }
    }

    /// The name in files: `low`, `middle`, `high`.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Middle => "middle",
            Self::High => "high",
        }
    }

    /// Classmates each child rates unless the round says otherwise (section 7).
    #[must_use]
    pub const fn default_k(self) -> usize {
        match self {
            Self::Low => 2,
            Self::Middle => 3,
            Self::High => 4,
        }
    }
}

/// A term: its first and last day and the days off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    pub name: String,
    pub first: NaiveDate,
    pub last: NaiveDate,
    /// Any day of each holiday week; the whole week, Monday to Sunday, is skipped in counting.
    pub holiday_weeks: Vec<NaiveDate>,
}

/// A counted week of a term.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Week {
    /// 1, 2, 3 … within the term.
    pub number: u32,
    pub monday: NaiveDate,
}

/// The Monday of the week of a day.
#[must_use]
pub fn monday(date: NaiveDate) -> NaiveDate {
    date.checked_sub_days(Days::new(u64::from(date.weekday().num_days_from_monday())))
        .unwrap_or(date)
}

impl Term {
    /// Whether a day lies in the term, holidays included.
    #[must_use]
    pub fn contains(&self, date: NaiveDate) -> bool {
        (self.first..=self.last).contains(&date)
    }

    /// Whether a day lies in a holiday week of the term.
    #[must_use]
    pub fn is_holiday(&self, date: NaiveDate) -> bool {
        self.holiday_weeks
            .iter()
            .any(|day| monday(*day) == monday(date))
    }

    /// The counted weeks in order. Week 1 is the first one that is no holiday and has a day of the
    /// term, be it a single one.
    #[must_use]
    pub fn weeks(&self) -> Vec<Week> {
        let mondays = std::iter::successors(Some(monday(self.first)), |day| {
            day.checked_add_days(Days::new(7))
        });
        let counted = mondays
            .take_while(|day| *day <= self.last)
            .filter(|day| !self.is_holiday(*day));
        (1..)
            .zip(counted)
            .map(|(number, monday)| Week { number, monday })
            .collect()
    }

    /// The counted week of a day; nothing outside the term and in holidays.
    #[must_use]
    pub fn week_of(&self, date: NaiveDate) -> Option<Week> {
        let start = monday(date);
        self.contains(date)
            .then(|| self.weeks().into_iter().find(|week| week.monday == start))?
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn term() -> Term {
        Term {
            name: "2026 autumn".to_owned(),
            first: day("2026-09-01"),
            last: day("2027-01-22"),
            holiday_weeks: vec![day("2026-10-01")],
        }
    }

    #[test]
    fn a_school_year_starts_on_the_first_of_september() {
        assert_eq!(SchoolYear::of(day("2026-08-31")), SchoolYear(2025));
        assert_eq!(SchoolYear::of(day("2026-09-01")), SchoolYear(2026));
        assert_eq!(
            SchoolYear(2026).days(),
            Some((day("2026-09-01"), day("2027-08-31")))
        );
        assert_eq!(SchoolYear(2026).label(), "2026–2027");
    }

    #[test]
    fn grades_follow_from_the_cohort() {
        assert_eq!(SchoolYear(2026).grade(2026), Some(1));
        assert_eq!(SchoolYear(2026).grade(2021), Some(6));
        assert_eq!(SchoolYear(2026).grade(2020), None);
        assert_eq!(SchoolYear(2026).cohort(6), Some(2021));
        assert_eq!(SchoolYear(2026).cohort(7), None);
    }

    #[test]
    fn segments() {
        let keys: Vec<_> = (0..=7)
            .map(|grade| GradeBand::of(grade).map(GradeBand::key))
            .collect();
        let (low, middle, high) = (Some("low"), Some("middle"), Some("high"));
        assert_eq!(keys, [None, low, low, middle, middle, high, high, None]);
    }

    #[test]
    fn weeks_start_on_monday_and_skip_holidays() {
        let weeks = term().weeks();
        assert_eq!(
            weeks[0],
            Week {
                number: 1,
                monday: day("2026-08-31")
            }
        );
        assert_eq!(
            weeks[3],
            Week {
                number: 4,
                monday: day("2026-09-21")
            }
        );
        assert_eq!(
            weeks[4],
            Week {
                number: 5,
                monday: day("2026-10-05")
            }
        );
        assert_eq!(
            weeks.last().unwrap(),
            &Week {
                number: 20,
                monday: day("2027-01-18")
            }
        );
    }

    #[test]
    fn week_of_a_day() {
        let number = |date: &str| term().week_of(day(date)).map(|week| week.number);
        assert_eq!(number("2026-09-01"), Some(1));
        assert_eq!(number("2026-09-06"), Some(1));
        assert_eq!(number("2026-09-07"), Some(2));
        assert_eq!(
            number("2026-08-31"),
            None,
            "before the term, though in its first week"
        );
        assert_eq!(number("2026-10-04"), None, "holiday");
        assert_eq!(number("2026-10-05"), Some(5));
        assert_eq!(number("2027-01-23"), None);
    }
}
