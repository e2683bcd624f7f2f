//! The friendly question to a child before it sends: about answers to classmates all alike, faster than one can read,
//! or words said before (scoring.md 8, product.md rule 7). Asked once, nothing is refused, nothing is kept of it. Used by
//! the page without script; `static/js/sheet.js` asks the same while there may be no network.

use serde::Serialize;

use super::scoring::signals::bare_text;

/// What is asked about; texts are `sheet-question-…`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum KindQuestion {
    /// The same level everywhere.
    Same,
    /// Faster than one can read.
    Fast,
    /// Own words that the child used in an earlier round.
    Copied,
}

/// What a child is about to send about its classmates.
#[derive(Debug, Clone, Default)]
pub struct AboutToSend<'a> {
    /// Levels 1…n given, 没看见 left out.
    pub given: Vec<u8>,
    /// n, the levels of the scale.
    pub levels: usize,
    /// Questions on these cards.
    pub asked: usize,
    /// Seconds the cards took together, where all were measured.
    pub seconds: Option<i64>,
    /// Own words about one of them; empty without.
    pub words: &'a str,
    /// The child's own words of earlier rounds.
    pub earlier: &'a [String],
}

/// Answers at one end of the scale that are few enough to be no accident, and elsewhere.
const SAME_AT_END: usize = 3;
const SAME: usize = 6;
/// Fewest questions to judge the pace by, and seconds that reading one takes.
const PACED: usize = 3;
const SECONDS_A_QUESTION: i64 = 2;

/// The one question that is due, if any.
///
/// ```
/// # use starlight::domain::kind_question::{AboutToSend, KindQuestion, ask};
/// let alike = AboutToSend { given: vec![5, 5, 5], levels: 5, asked: 3, ..Default::default() };
/// assert_eq!(ask(&alike), Some(KindQuestion::Same));
/// assert_eq!(ask(&AboutToSend { given: vec![4, 4, 4], ..alike }), None);
/// ```
pub fn ask(sending: &AboutToSend<'_>) -> Option<KindQuestion> {
    if all_alike(&sending.given, sending.levels) {
        return Some(KindQuestion::Same);
    }
    if said_before(sending.words, sending.earlier) {
        return Some(KindQuestion::Copied);
    }
    let asked = i64::try_from(sending.asked).unwrap_or(i64::MAX);
    let enough = sending.asked >= PACED;
    let hasty = |seconds| seconds < SECONDS_A_QUESTION.saturating_mul(asked);
    (enough && sending.seconds.is_some_and(hasty)).then_some(KindQuestion::Fast)
}

fn all_alike(given: &[u8], levels: usize) -> bool {
    let Some(first) = given.first() else {
        return false;
    };
    let end = *first == 1 || usize::from(*first) == levels;
    let enough = if end { SAME_AT_END } else { SAME };
    given.len() >= enough && given.iter().all(|one| one == first)
}

/// Whether the words stand among earlier ones, normalised as in scoring.md 8.
fn said_before(words: &str, earlier: &[String]) -> bool {
    let words = bare_text(words);
    !words.is_empty() && earlier.iter().any(|one| bare_text(one) == words)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sending(given: &[u8]) -> AboutToSend<'static> {
        AboutToSend {
            given: given.to_vec(),
            levels: 5,
            asked: given.len(),
            ..AboutToSend::default()
        }
    }

    #[test]
    fn the_middle_of_the_scale_may_be_meant_more_often_than_its_ends() {
        assert_eq!(ask(&sending(&[1, 1, 1])), Some(KindQuestion::Same));
        assert_eq!(ask(&sending(&[3; 5])), None);
        assert_eq!(ask(&sending(&[3; 6])), Some(KindQuestion::Same));
        assert_eq!(ask(&sending(&[5, 5, 4])), None);
        assert_eq!(ask(&sending(&[])), None, "nobody was seen");
    }

    #[test]
    fn two_seconds_a_question_are_enough_to_read_it() {
        let at = |seconds| AboutToSend {
            seconds,
            ..sending(&[1, 2, 3])
        };
        assert_eq!(ask(&at(Some(5))), Some(KindQuestion::Fast));
        assert_eq!(ask(&at(Some(6))), None);
        assert_eq!(ask(&at(None)), None, "what was not measured says nothing");
    }

    #[test]
    fn words_of_an_earlier_round_are_asked_about_whatever_their_signs() {
        let earlier = ["Shared the umbrella, twice!".to_owned()];
        let with = |words| AboutToSend {
            words,
            earlier: &earlier,
            ..sending(&[1, 2])
        };
        assert_eq!(
            ask(&with("shared the umbrella twice")),
            Some(KindQuestion::Copied)
        );
        assert_eq!(ask(&with("shared the umbrella")), None);
        assert_eq!(ask(&with(" ")), None);
    }
}
