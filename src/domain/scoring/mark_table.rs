//! The marks of one round as the runs of scoring.md 2 read them. Made by `class` and `school`.

use super::number::{compact, ix};

/// One composite or dimension mark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mark {
    pub ratee: u32,
    pub rater: u32,
    /// y, in stars.
    pub y: f64,
}

/// The marks of one kind of a round, ascending by (ratee, rater).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MarkTable {
    marks: Vec<Mark>,
    /// Where each ratee's marks begin; one more entry than ratees.
    starts: Vec<u32>,
}

/// One round of one group: what a run reads.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RoundMarks {
    /// Composite marks.
    pub composite: MarkTable,
    /// Dimension marks, one table per dimension.
    pub dimensions: Vec<MarkTable>,
    /// w by rater: 1, or q for a flat one.
    pub weights: Vec<f64>,
    /// By composite mark: (Σ w y, Σ w) of the other marks about its ratee.
    pub others: Vec<(f64, f64)>,
}

impl RoundMarks {
    /// Takes the tables and the weight of each rater.
    pub fn new(composite: MarkTable, dimensions: Vec<MarkTable>, weights: Vec<f64>) -> RoundMarks {
        let mut round = RoundMarks {
            composite,
            dimensions,
            weights,
            others: Vec::new(),
        };
        let mut others = Vec::with_capacity(round.composite.marks.len());
        for ratee in 0..round.composite.ratees() {
            let (_, marks) = round.composite.placed(ratee);
            others.extend(marks.iter().map(|m| round.others_of(marks, m.rater, None)));
        }
        round.others = others;
        round
    }

    /// w of a rater.
    pub fn weight(&self, rater: u32) -> f64 {
        self.weights.get(ix(rater)).copied().unwrap_or(1.0)
    }

    /// (Σ w y, Σ w) of the marks other than those of two raters, summed anew in their order.
    pub fn others_of(&self, marks: &[Mark], rater: u32, left_out: Option<u32>) -> (f64, f64) {
        let (mut sum, mut by) = (0.0, 0.0);
        for other in marks {
            if other.rater != rater && Some(other.rater) != left_out {
                let w = self.weight(other.rater);
                sum += w * other.y;
                by += w;
            }
        }
        (sum, by)
    }
}

impl MarkTable {
    /// Takes marks ascending by (ratee, rater), ratees below `ratees`.
    pub fn new(marks: Vec<Mark>, ratees: usize) -> MarkTable {
        let mut starts = Vec::with_capacity(ratees + 1);
        let mut at = 0;
        for ratee in 0..=ratees {
            at += marks
                .iter()
                .skip(at)
                .take_while(|mark| ix(mark.ratee) < ratee)
                .count();
            starts.push(compact(at));
        }
        MarkTable { marks, starts }
    }

    /// All marks.
    pub fn marks(&self) -> &[Mark] {
        &self.marks
    }

    /// The marks about one ratee.
    pub fn about(&self, ratee: usize) -> &[Mark] {
        self.placed(ratee).1
    }

    /// The marks about one ratee, and the position of the first among all marks.
    pub fn placed(&self, ratee: usize) -> (usize, &[Mark]) {
        let ends = self.starts.get(ratee).zip(self.starts.get(ratee + 1));
        let (from, to) = ends.map_or((0, 0), |(from, to)| (ix(*from), ix(*to)));
        (from, self.marks.get(from..to).unwrap_or(&[]))
    }

    /// How many ratees there are.
    pub fn ratees(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }
}
