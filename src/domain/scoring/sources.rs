//! The marks of each source about the students of a class, and their means (scoring.md 3). Used by `class`.

use super::input::{ClassInput, ClassRoundInput};
use super::mark_table::{Mark, MarkTable, RoundMarks};
use super::marks::{AnchorSpan, Scale};
use super::number::{ix, mean};
use super::result::SheetMark;
use crate::domain::rubric::{Of, PeerConstants, Source};

/// Marks of one source in one round: composite first, then one row per dimension.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// `rows[0]` composite, `rows[1 + d]` dimension d; each by student.
    rows: Vec<Vec<Option<f64>>>,
}

impl Table {
    /// The mark of a student in a row.
    pub fn get(&self, row: usize, student: usize) -> Option<f64> {
        self.rows.get(row)?.get(student).copied().flatten()
    }

    /// m_s: mean over the students who have one; none = not heard.
    pub fn mean(&self, row: usize) -> Option<f64> {
        mean(self.rows.get(row)?.iter().flatten().copied())
    }

    /// Mean of a student's values over the rounds that have one (scoring.md 4, term).
    pub fn over(rounds: &[&Table], rows: usize, students: usize) -> Table {
        let value = |row, student| mean(rounds.iter().filter_map(|t| t.get(row, student)));
        let row = |row| (0..students).map(|student| value(row, student)).collect();
        Table {
            rows: (0..rows).map(row).collect(),
        }
    }
}

/// Marks of the sheets of one source about students, in sheet order.
pub(super) struct Heard {
    pub sheets: Vec<SheetMark>,
    /// Dimension marks, one stride of dimensions per sheet.
    dimensions: Vec<Option<f64>>,
}

pub(super) fn hear(round: &ClassRoundInput, source: Source, scale: &Scale) -> Heard {
    let sheets = round.sheets(Of::Student, source);
    let mut heard = Heard {
        sheets: Vec::with_capacity(sheets.len()),
        dimensions: Vec::with_capacity(sheets.len() * scale.dimensions()),
    };
    let mut sums = Vec::new();
    for sheet in sheets {
        let mark = scale.marks(round.answers_of(sheet), &mut sums);
        heard.sheets.push(SheetMark {
            ratee: sheet.ratee,
            rater: sheet.rater,
            mark,
        });
        heard
            .dimensions
            .extend(sums.iter().map(|sum| super::marks::ratio(*sum)));
    }
    heard
}

impl Heard {
    /// Weighted mean about each student, raters in order.
    pub fn table(&self, class: &ClassInput, scale: &Scale, source: Source) -> Table {
        let students = class.students.len();
        let stride = scale.dimensions();
        let mut sums = vec![vec![(0.0, 0.0); students]; stride + 1];
        for (at, sheet) in self.sheets.iter().enumerate() {
            let weight = match source {
                Source::Teacher => class
                    .teachers
                    .get(ix(sheet.rater))
                    .map_or(1.0, |t| t.weight()),
                _ => 1.0,
            };
            let parts = self.dimensions.iter().skip(at * stride).take(stride);
            let values = std::iter::once(&sheet.mark).chain(parts);
            for (row, value) in sums.iter_mut().zip(values) {
                if let (Some(sum), Some(value)) = (row.get_mut(ix(sheet.ratee)), value) {
                    *sum = (sum.0 + weight * value, sum.1 + weight);
                }
            }
        }
        let row = |row: Vec<(f64, f64)>| row.into_iter().map(super::marks::ratio).collect();
        Table {
            rows: sums.into_iter().map(row).collect(),
        }
    }

    /// The marks as section 2 wants them, with the weights of flat raters lowered.
    pub fn peers(
        &self,
        spans: &[AnchorSpan],
        scale: &Scale,
        constants: &PeerConstants,
    ) -> RoundMarks {
        let students = spans.len();
        let stride = scale.dimensions();
        let table = |value: &dyn Fn(usize, &SheetMark) -> Option<f64>| {
            let mark = |(at, sheet): (usize, &SheetMark)| {
                value(at, sheet).map(|y| Mark {
                    ratee: sheet.ratee,
                    rater: sheet.rater,
                    y,
                })
            };
            let marks = self.sheets.iter().enumerate().filter_map(mark).collect();
            MarkTable::new(marks, students)
        };
        let weight = |span: &AnchorSpan| match scale.is_flat(*span) {
            true => constants.low_weight,
            false => 1.0,
        };
        let dimension = |d| table(&|at, _| self.dimensions.get(at * stride + d).copied().flatten());
        RoundMarks::new(
            table(&|_, sheet| sheet.mark),
            (0..stride).map(dimension).collect(),
            spans.iter().map(weight).collect(),
        )
    }
}

/// Span of all answers that each student gave on peer sheets of the round.
pub(super) fn peer_spans(round: &ClassRoundInput, students: usize) -> Vec<AnchorSpan> {
    let mut spans = vec![AnchorSpan::default(); students];
    for sheet in round.sheets(Of::Student, Source::Peer) {
        if let Some(span) = spans.get_mut(ix(sheet.rater)) {
            *span = span.and(AnchorSpan::of(round.answers_of(sheet)));
        }
    }
    spans
}
