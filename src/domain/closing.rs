//! Closing a class's term: a child of whom nobody told anything lately is not passed over without a word (product.md,
//! rule 8).

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::refusal::Refusal;

/// A child is seen by a moment of the last so many days. Never fewer than a month has, so that whoever has a moment this
/// month is seen here too.
pub const SEEN_DAYS: u64 = 31;
/// Fewest and most characters of a reason.
pub const REASON: (usize, usize) = (2, 80);

/// The first day whose moments count on `today`.
///
/// ```
/// # use starlight::domain::closing::seen_since;
/// let today = "2026-03-31".parse().unwrap();
/// assert_eq!(seen_since(today).to_string(), "2026-03-01");
/// ```
pub fn seen_since(today: NaiveDate) -> NaiveDate {
    let first = today.checked_sub_days(Days::new(SEEN_DAYS - 1));
    first.unwrap_or(today)
}

/// The reasons as stored: one for each unseen child, none for anybody else.
///
/// # Errors
/// `Invalid("closing-reason")` where one is missing, too short, too long or not a line of text.
pub fn reasons(
    unseen: &[String],
    said: &BTreeMap<String, String>,
) -> Result<Vec<(String, String)>, Refusal> {
    let one = |id: &String| {
        let reason = said.get(id).map(|reason| reason.trim()).unwrap_or_default();
        let fits = (REASON.0..=REASON.1).contains(&reason.chars().count())
            && !reason.chars().any(char::is_control);
        match fits {
            true => Ok((id.clone(), reason.to_owned())),
            false => Err(Refusal::Invalid("closing-reason".to_owned())),
        }
    };
    unseen.iter().map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        let own = |(id, why): &(&str, &str)| ((*id).to_owned(), (*why).to_owned());
        pairs.iter().map(own).collect()
    }

    #[test]
    fn each_unseen_child_needs_a_reason_and_nobody_else_has_one() {
        let unseen = ["a".to_owned(), "b".to_owned()];
        assert!(reasons(&unseen, &said(&[("a", "ill")])).is_err());
        for wrong in ["", " x ", "a\nb", &"x".repeat(81)] {
            assert!(
                reasons(&unseen, &said(&[("a", "ill"), ("b", wrong)])).is_err(),
                "{wrong:?}"
            );
        }
        let given = reasons(
            &unseen,
            &said(&[("a", " ill "), ("b", "new"), ("c", "why")]),
        );
        let stored = [("a", "ill"), ("b", "new")].map(|(id, why)| (id.to_owned(), why.to_owned()));
        assert_eq!(given, Ok(stored.to_vec()));
        assert_eq!(reasons(&[], &said(&[])), Ok(Vec::new()));
    }

    #[test]
    fn a_moment_of_this_month_always_counts() {
        for (today, first) in [("2026-01-31", "2026-01-01"), ("2026-02-28", "2026-01-29")] {
            let today: NaiveDate = today.parse().unwrap();
            assert_eq!(seen_since(today).to_string(), first);
        }
    }
}
