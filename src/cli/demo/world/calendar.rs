//! The demo's term: nine weeks, one round a week, the ninth open today. `today` is an argument.
//! Used by the demo to date rounds, inspections and moments.

use super::school::OPEN_ROUND;
use chrono::{Datelike, Days, NaiveDate};

/// One week's round: Monday to Friday.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoundPlan {
    /// Sorts in time by its bytes: 2026-R01 … 2026-R09.
    pub name: String,
    pub opens: NaiveDate,
    pub closes: NaiveDate,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The school year that `today` belongs to, by its September.
    pub school_year: i32,
    pub term_starts: NaiveDate,
    /// Twenty weeks: the term is not half over.
    pub term_ends: NaiveDate,
    /// Eight published ones, then the open one.
    pub rounds: Vec<RoundPlan>,
}

impl Plan {
    /// The term around `today`, which lies in its ninth week whatever the season: a demo has no holidays.
    pub fn around(today: NaiveDate) -> Self {
        let monday = today - Days::new(u64::from(today.weekday().num_days_from_monday()));
        let term_starts = monday - Days::new(7 * weeks(OPEN_ROUND));
        let school_year = if today.month() >= 9 {
            today.year()
        } else {
            today.year() - 1
        };
        Self {
            school_year,
            term_starts,
            term_ends: term_starts + Days::new(7 * 20 - 3),
            rounds: (0..=OPEN_ROUND)
                .map(|n| round(term_starts, school_year, n))
                .collect(),
        }
    }

    /// Date of a school day counted from 0 as in `World::checks`.
    pub fn date(&self, day: usize) -> NaiveDate {
        self.term_starts + Days::new(7 * weeks(day / 5) + weeks(day % 5))
    }

    /// How many school days are over before `today`.
    pub fn days_over(&self, today: NaiveDate) -> usize {
        (0..200).take_while(|day| self.date(*day) < today).count()
    }
}

fn weeks(n: usize) -> u64 {
    u64::try_from(n).unwrap_or(0)
}

fn round(term_starts: NaiveDate, school_year: i32, number: usize) -> RoundPlan {
    let opens = term_starts + Days::new(7 * weeks(number));
    RoundPlan {
        name: format!("{school_year}-R{:02}", number + 1),
        opens,
        closes: opens + Days::new(4),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn today_lies_in_the_ninth_week() {
        for today in [
            "2026-11-23",
            "2026-11-25",
            "2026-11-29",
            "2027-02-10",
            "2026-09-01",
        ]
        .map(date)
        {
            let plan = Plan::around(today);
            let open = plan.rounds.last().unwrap();
            assert!(open.opens <= today && today <= open.closes + Days::new(2));
            assert_eq!(plan.rounds.len(), 9);
        }
    }

    #[test]
    fn a_school_year_starts_in_september() {
        assert_eq!(Plan::around(date("2026-08-31")).school_year, 2025);
        assert_eq!(Plan::around(date("2026-09-01")).school_year, 2026);
    }

    #[test]
    fn school_days_skip_the_weekend() {
        let plan = Plan::around(date("2026-11-25"));
        assert_eq!(
            (plan.date(0), plan.date(5)),
            (date("2026-09-28"), date("2026-10-05"))
        );
        assert_eq!(plan.days_over(date("2026-11-25")), 42);
        assert_eq!(plan.rounds[8].name, "2026-R09");
    }
}
