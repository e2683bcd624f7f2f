//! Shining moments as readers see them: what the parts of one are called, in which order they stand, how exact their
//! date is. Used by the teacher's queue, the child's own page and the family's card.

use chrono::NaiveDate;

use super::{compliments::tidy, refusal::Refusal};

/// The four ways of saying thank you; Fluent `thanks-{kind}`.
pub const THANKS: [&str; 4] = ["seen", "happy", "again", "together"];
/// Longest sentence a teacher writes, in characters.
pub const MOST_OWN: usize = 60;
/// Longest sentence of a child after a teacher's edit: a chip and sixty characters.
pub const MOST_EDITED: usize = 80;

/// Who told a moment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Teller {
    Teacher,
    Peer,
    Parent,
}

impl Teller {
    /// The word that is stored.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Teacher => "teacher",
            Self::Peer => "peer",
            Self::Parent => "parent",
        }
    }

    /// From the stored word.
    pub fn parse(key: &str) -> Option<Self> {
        [Self::Teacher, Self::Peer, Self::Parent]
            .into_iter()
            .find(|t| t.key() == key)
    }

    /// Whether readers are told the day. A classmate's or family's is told by its month, so that nobody can work out
    /// who was at the tablet that day.
    pub const fn has_day(self) -> bool {
        matches!(self, Self::Teacher)
    }
}

/// A teacher's sentence: one line, something in it, not too long.
///
/// # Errors
/// `Invalid("moment-empty")`, `CommentTooLong`.
pub fn sentence(text: &str, most: usize) -> Result<String, Refusal> {
    let text = tidy(text);
    match text.chars().count() {
        0 => Err(Refusal::Invalid("moment-empty".to_owned())),
        n if n > most => Err(Refusal::CommentTooLong(most)),
        _ => Ok(text),
    }
}

/// Key by which moments stand, newest month first. Within a month teachers' come by their day and the others after
/// them in the order of ids that say nothing, so that the place tells no day either.
pub fn place(told_on: NaiveDate, teller: Teller, id: &str) -> (i32, i32, String) {
    use chrono::Datelike;
    let month = -(told_on.year() * 12 + i32::try_from(told_on.month()).unwrap_or(0));
    let day = if teller.has_day() {
        -i32::try_from(told_on.day()).unwrap_or(0)
    } else {
        1
    };
    (month, day, id.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_classmates_place_tells_no_day() {
        let on = |day| NaiveDate::from_ymd_opt(2026, 11, day).unwrap();
        assert_eq!(
            place(on(3), Teller::Peer, "b"),
            place(on(28), Teller::Peer, "b")
        );
        assert!(place(on(28), Teller::Teacher, "z") < place(on(3), Teller::Teacher, "a"));
        assert!(place(on(1), Teller::Teacher, "z") < place(on(30), Teller::Peer, "a"));
        let october = NaiveDate::from_ymd_opt(2026, 10, 31).unwrap();
        assert!(place(on(1), Teller::Peer, "z") < place(october, Teller::Teacher, "a"));
    }

    #[test]
    fn a_sentence_has_something_in_it() {
        assert_eq!(sentence(" a\n b ", 60).unwrap(), "a b");
        assert!(sentence("  \n", 60).is_err());
        assert_eq!(
            sentence(&"x".repeat(61), 60),
            Err(Refusal::CommentTooLong(60))
        );
    }
}
