//! Which votes about a student did not count, or counted less, and why. Used by explanation pages.

use super::input::ClassInput;
use super::number::{less, same};
use super::result::ClassResult;
use crate::domain::rubric::Source;

/// A vote that did not count fully.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Uncounted {
    pub source: Source,
    /// Index of the student, teacher or family in the class's table of that source.
    pub rater: u32,
    pub why: Why,
}

/// Why a vote did not count fully.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Why {
    /// 没看见 throughout: no mark.
    NothingSeen,
    /// One answer throughout at an end of the scale: counts with this weight.
    Flat { weight: f64 },
    /// Far from the others: drawn from the first number to the second.
    Clamped { from: f64, to: f64 },
    /// The source has weight 0 in the rubric: shown, not counted.
    WeightZero,
}

/// Votes about a student (index) in a round (index) that did not count fully.
pub fn uncounted(
    weights: &[f64; 4],
    class: &ClassInput,
    result: &ClassResult,
    round: usize,
    student: usize,
) -> Vec<Uncounted> {
    let mut found = Vec::new();
    let Some(heard) = result.rounds.get(round) else {
        return found;
    };
    debug_assert_eq!(class.rounds.len(), result.rounds.len());
    for ((source, sheets), weight) in Source::ALL.into_iter().zip(&heard.heard).zip(weights) {
        let about = sheets
            .iter()
            .filter(|s| super::number::ix(s.ratee) == student);
        for sheet in about {
            let why = match sheet.mark {
                None => Why::NothingSeen,
                Some(_) if *weight <= 0.0 => Why::WeightZero,
                Some(_) => continue,
            };
            found.push(Uncounted {
                source,
                rater: sheet.rater,
                why,
            });
        }
    }
    let own = heard.students.get(student);
    for mark in own.into_iter().flat_map(|own| &own.peer.marks) {
        let mut note = |why| {
            found.push(Uncounted {
                source: Source::Peer,
                rater: mark.rater,
                why,
            });
        };
        if less(mark.weight, 1.0) {
            note(Why::Flat {
                weight: mark.weight,
            });
        }
        if !same(mark.corrected, mark.clamped) {
            note(Why::Clamped {
                from: mark.corrected,
                to: mark.clamped,
            });
        }
    }
    found
}
