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
        let ends = self.starts.get(ratee).zip(self.starts.get(ratee + 1));
        ends.and_then(|(from, to)| self.marks.get(ix(*from)..ix(*to)))
            .unwrap_or(&[])
    }

    /// How many ratees there are.
    pub fn ratees(&self) -> usize {
        self.starts.len().saturating_sub(1)
    }
}
