//! How long a card took, by the server's clock: from the moment it was shown, or from the last tap on the card before
//! it where a page holds several. Kept in memory only: after a restart a sheet simply has no time.

use std::{collections::HashMap, sync::Mutex};

/// Raters remembered; past that all are forgotten at once, and their sheets have no time.
const MOST: usize = 20_000;
/// A card that lay open longer says nothing about reading.
const LONGEST: i64 = 3600;

/// See the file's head.
#[derive(Default)]
pub struct Pace {
    raters: Mutex<HashMap<String, At>>,
}

/// The card a rater is at, since when, and the last tap on it; milliseconds.
struct At {
    card: String,
    since: i64,
    last: i64,
}

impl Pace {
    /// A card was shown.
    pub fn shown(&self, rater: &str, card: &str, now: i64) {
        self.change(|raters| {
            let at = At {
                card: card.to_owned(),
                since: now,
                last: now,
            };
            raters.insert(rater.to_owned(), at);
        });
    }

    /// Something on a card was saved: the seconds the card took so far, at most an hour.
    pub fn tap(&self, rater: &str, card: &str, now: i64) -> Option<i64> {
        let mut seconds = None;
        self.change(|raters| {
            if let Some(at) = raters.get_mut(rater) {
                if at.card != card {
                    at.since = at.last;
                    card.clone_into(&mut at.card);
                }
                at.last = now;
                seconds = Some(((now - at.since) / 1000).clamp(0, LONGEST));
            }
        });
        if seconds.is_none() {
            self.shown(rater, card, now);
        }
        seconds
    }

    /// A panic elsewhere leaves times that are still good enough.
    fn change(&self, work: impl FnOnce(&mut HashMap<String, At>)) {
        let mut raters = self
            .raters
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if raters.len() >= MOST {
            raters.clear();
        }
        work(&mut raters);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_begins_where_the_one_before_it_ended() {
        let pace = Pace::default();
        pace.shown("lin", "self", 0);
        assert_eq!(pace.tap("lin", "self", 4_000), Some(4));
        assert_eq!(pace.tap("lin", "self", 9_000), Some(9));
        assert_eq!(pace.tap("lin", "su", 12_000), Some(3));
        assert_eq!(pace.tap("lin", "su", 15_000), Some(6));
        assert_eq!(pace.tap("zhou", "self", 15_000), None);
    }
}
