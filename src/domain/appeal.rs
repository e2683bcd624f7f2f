//! Appeals (申诉): "this is not right", said by a child, its family or, about the class's own result, by its homeroom
//! teacher. The homeroom teacher answers with a proposal, a second adult decides. Used by `actions::appeals`.

use chrono::{Days, NaiveDate};

use super::refusal::Refusal;

/// Days until an appeal should be answered.
pub const DAYS: u64 = 7;
/// Longest words of a filer, in characters; they are optional.
pub const WORDS: usize = 200;
/// A child may add words of its own from this grade on.
pub const WORDS_FROM_GRADE: u32 = 4;
/// What an appeal may be about beside one of the rubric's stars.
pub const ABOUT: [&str; 2] = ["all", "moment"];

/// Who filed an appeal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Child,
    Family,
    Class,
}

impl By {
    /// As stored.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Child => "child",
            Self::Family => "family",
            Self::Class => "class",
        }
    }

    /// From what is stored.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        let all = [Self::Child, Self::Family, Self::Class];
        all.into_iter().find(|by| by.key() == key)
    }
}

/// How far an appeal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Waits for the homeroom teacher.
    Filed,
    /// Waits for the second adult.
    Proposed,
    Granted,
    Declined,
    /// Taken back by whoever filed it, before anybody decided.
    Withdrawn,
}

impl State {
    /// As stored.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Filed => "filed",
            Self::Proposed => "proposed",
            Self::Granted => "granted",
            Self::Declined => "declined",
            Self::Withdrawn => "withdrawn",
        }
    }

    /// From what is stored.
    #[must_use]
    pub fn parse(key: &str) -> Option<Self> {
        let all = [
            Self::Filed,
            Self::Proposed,
            Self::Granted,
            Self::Declined,
            Self::Withdrawn,
        ];
        all.into_iter().find(|state| state.key() == key)
    }

    /// Whether nobody has decided yet.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Filed | Self::Proposed)
    }
}

/// Days left of the clock, negative once it is over.
///
/// ```
/// # use starlight::domain::appeal::days_left;
/// let day = |n| chrono::NaiveDate::from_ymd_opt(2026, 11, n).unwrap();
/// assert_eq!(days_left(day(2), day(2)), 7);
/// assert_eq!(days_left(day(2), day(10)), -1);
/// ```
#[must_use]
pub fn days_left(filed_on: NaiveDate, today: NaiveDate) -> i64 {
    let due = filed_on.checked_add_days(Days::new(DAYS));
    due.map_or(0, |due| (due - today).num_days())
}

/// Judges an appeal before it is kept; gives the words without spaces around them.
///
/// # Errors
/// `Taken` where one of the same filer about the round is open, `Invalid("appeal-about")`, `CommentTooLong`.
pub fn judge(
    about: &str,
    stars: &[&str],
    words: &str,
    one_is_open: bool,
) -> Result<String, Refusal> {
    if one_is_open {
        return Err(Refusal::Taken("appeal".to_owned()));
    }
    if !ABOUT.contains(&about) && !stars.contains(&about) {
        return Err(Refusal::Invalid("appeal-about".to_owned()));
    }
    let words = words.trim();
    match words.chars().count() > WORDS {
        true => Err(Refusal::CommentTooLong(WORDS)),
        false => Ok(words.to_owned()),
    }
}

/// Whether somebody may decide: only a second person, and only on a proposal.
///
/// # Errors
/// `WrongState` without a proposal or after the decision, `Forbidden` for whoever proposed.
pub fn may_decide(state: State, proposed_by: &str, decider: &str) -> Result<(), Refusal> {
    match state {
        State::Proposed if proposed_by == decider => Err(Refusal::Forbidden),
        State::Proposed => Ok(()),
        _ => Err(Refusal::WrongState),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_at_a_time_about_something_that_there_is() {
        let check = |about, words: &str, open| judge(about, &["virtue"], words, open);
        assert_eq!(
            check("virtue", " I did help ", false).as_deref(),
            Ok("I did help")
        );
        assert_eq!(check("all", "", false).as_deref(), Ok(""));
        assert_eq!(
            check("moment", "", true),
            Err(Refusal::Taken("appeal".to_owned()))
        );
        assert_eq!(
            check("place", "", false),
            Err(Refusal::Invalid("appeal-about".to_owned()))
        );
        let long = "x".repeat(WORDS + 1);
        assert_eq!(
            check("all", &long, false),
            Err(Refusal::CommentTooLong(WORDS))
        );
    }

    #[test]
    fn nobody_decides_an_own_proposal_or_twice() {
        assert_eq!(may_decide(State::Proposed, "gu", "shen"), Ok(()));
        assert_eq!(
            may_decide(State::Proposed, "gu", "gu"),
            Err(Refusal::Forbidden)
        );
        for state in [State::Filed, State::Granted, State::Declined] {
            assert_eq!(may_decide(state, "", "shen"), Err(Refusal::WrongState));
        }
    }
}
