//! What a family decides about the notice, and what it may ask of the school about its child's data (security.md 3).

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::refusal::Refusal;

/// Version of the notice in force: a family that answered an older one is asked again. Its text is `notice-…` of
/// `notice.ftl`.
pub const NOTICE: i32 = 1;

/// The clock of a request in working days.
pub const WORKING_DAYS: u32 = 15;

/// Longest words of a request or an answer, in characters.
pub const WORDS: usize = 300;

/// Whether a family is to be asked: nothing was said yet, or only to an older notice.
///
/// ```
/// # use starlight::domain::home_rights::{NOTICE, asks};
/// assert!(asks(None) && asks(Some(NOTICE - 1)));
/// assert!(!asks(Some(NOTICE)));
/// ```
pub fn asks(answered: Option<i32>) -> bool {
    answered.is_none_or(|notice| notice < NOTICE)
}

/// What a family asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Something is not right and is to be put right.
    Correction,
    /// Something is to be deleted.
    Deletion,
}

impl Kind {
    /// The word in the database and in forms.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Correction => "correction",
            Self::Deletion => "deletion",
        }
    }

    /// Reads the word.
    pub fn parse(key: &str) -> Option<Self> {
        [Self::Correction, Self::Deletion]
            .into_iter()
            .find(|kind| kind.key() == key)
    }
}

/// How far a request is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Open,
    Done,
    Declined,
}

impl State {
    /// The word in the database.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Done => "done",
            Self::Declined => "declined",
        }
    }

    /// Reads the word.
    pub fn parse(key: &str) -> Option<Self> {
        [Self::Open, Self::Done, Self::Declined]
            .into_iter()
            .find(|state| state.key() == key)
    }
}

/// The last day for an answer: [`WORKING_DAYS`] after the day of the request, weekends and days off not counted.
///
/// ```
/// # use chrono::NaiveDate;
/// # use starlight::domain::home_rights::due;
/// let day = |d| NaiveDate::from_ymd_opt(2026, 11, d).unwrap();
/// assert_eq!(due(day(2), |_| false), day(23)); // a Monday: three weeks
/// assert_eq!(due(day(2), |d| d == day(9)), day(24));
/// ```
pub fn due(filed_on: NaiveDate, is_off: impl Fn(NaiveDate) -> bool) -> NaiveDate {
    let (mut day, mut left) = (filed_on, WORKING_DAYS);
    // A calendar of days off alone would never end.
    for _ in 0..366 {
        if left == 0 {
            break;
        }
        day = day + Days::new(1);
        if works(day) && !is_off(day) {
            left -= 1;
        }
    }
    day
}

/// Working days from `today` to the last day, below 0 where it is past.
pub fn days_left(today: NaiveDate, due_on: NaiveDate, is_off: impl Fn(NaiveDate) -> bool) -> i64 {
    let (from, to, sign) = match today <= due_on {
        true => (today, due_on, 1),
        false => (due_on, today, -1),
    };
    let days = from.iter_days().skip(1).take_while(|day| *day <= to);
    let working = days.filter(|day| works(*day) && !is_off(*day)).count();
    sign * i64::try_from(working).unwrap_or(i64::MAX)
}

fn works(day: NaiveDate) -> bool {
    !matches!(day.weekday(), Weekday::Sat | Weekday::Sun)
}

/// The words of a request, trimmed.
///
/// # Errors
/// `Invalid("request-words")` for none or too many.
pub fn words(said: &str) -> Result<String, Refusal> {
    let said = said.replace('\r', "").trim().to_owned();
    let length = said.chars().count();
    if length == 0 || length > WORDS {
        return Err(Refusal::Invalid("request-words".to_owned()));
    }
    Ok(said)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(2026, month, day).unwrap()
    }

    #[test]
    fn the_clock_counts_working_days_alone() {
        assert_eq!(due(day(11, 28), |_| false), day(12, 18));
        let golden_week = |d: NaiveDate| d >= day(10, 1) && d <= day(10, 7);
        assert_eq!(due(day(9, 28), golden_week), day(10, 26));
        assert_eq!(days_left(day(11, 28), day(12, 18), |_| false), 15);
        assert_eq!(days_left(day(12, 18), day(12, 18), |_| false), 0);
        assert_eq!(days_left(day(12, 21), day(12, 18), |_| false), -1);
    }

    #[test]
    fn a_request_needs_words() {
        assert!(words(" \r\n ").is_err());
        assert!(words(&"好".repeat(301)).is_err());
        assert_eq!(words(" 名字 \r\n").unwrap(), "名字");
    }

    #[test]
    fn words_are_read_back() {
        for kind in [Kind::Correction, Kind::Deletion] {
            assert_eq!(Kind::parse(kind.key()), Some(kind));
        }
        for state in [State::Open, State::Done, State::Declined] {
            assert_eq!(State::parse(state.key()), Some(state));
        }
    }
}
