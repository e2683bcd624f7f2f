//! From anchors to marks (scoring.md 1). Used by every source of the computation.

use super::input::Answer;
use crate::domain::rubric::{Rubric, Segment, star};

/// Star values and indicator weights of one segment, looked up by position.
#[derive(Clone, Debug)]
pub struct Scale {
    /// Star value by anchor; index 0 is unused.
    stars: Vec<f64>,
    /// Weight and dimension (`usize::MAX`: none) by indicator.
    indicators: Vec<(f64, usize)>,
    dimensions: usize,
    n: u8,
}

/// Smallest and largest anchor among counted answers: all that the flat rule asks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct AnchorSpan {
    pub answers: u32,
    pub lowest: u8,
    pub highest: u8,
}

impl Scale {
    /// The scale of a segment under a rubric.
    pub fn new(rubric: &Rubric, segment: Segment) -> Scale {
        let n = rubric.scale(segment);
        Scale {
            stars: (0..=n).map(|anchor| star(anchor, n)).collect(),
            indicators: rubric
                .indicators
                .iter()
                .map(|i| (i.weight, i.dimension.unwrap_or(usize::MAX)))
                .collect(),
            dimensions: rubric.dimensions.len(),
            n,
        }
    }

    /// How many anchors there are.
    pub fn n(&self) -> u8 {
        self.n
    }

    /// How many dimensions the rubric has.
    pub fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// Star value of an answer; none for 没看见.
    pub fn star(&self, answer: Answer) -> Option<f64> {
        if answer.anchor == 0 {
            return None;
        }
        self.stars.get(usize::from(answer.anchor)).copied()
    }

    /// Composite mark of the answers: weighted mean of the answered questions, `Σ w v / Σ w`. Leaves
    /// (Σ w v, Σ w) of each dimension in `dimensions`.
    pub fn marks(&self, answers: &[Answer], dimensions: &mut Vec<(f64, f64)>) -> Option<f64> {
        dimensions.clear();
        dimensions.resize(self.dimensions, (0.0, 0.0));
        let mut whole = (0.0, 0.0);
        for answer in answers {
            let Some(value) = self.star(*answer) else {
                continue;
            };
            let Some(&(weight, dimension)) = self.indicators.get(usize::from(answer.indicator))
            else {
                continue;
            };
            whole = (whole.0 + weight * value, whole.1 + weight);
            if let Some(part) = dimensions.get_mut(dimension) {
                *part = (part.0 + weight * value, part.1 + weight);
            }
        }
        ratio(whole)
    }

    /// Whether answers of that span make a rater flat: three or more, all alike, at an end of the scale.
    pub fn is_flat(&self, span: AnchorSpan) -> bool {
        span.answers >= 3
            && span.lowest == span.highest
            && (span.lowest == 1 || span.lowest == self.n)
    }
}

impl AnchorSpan {
    /// Span of the counted answers.
    pub fn of(answers: &[Answer]) -> AnchorSpan {
        let given = answers.iter().filter(|answer| answer.anchor > 0);
        given.fold(AnchorSpan::default(), |span, answer| {
            span.and(AnchorSpan {
                answers: 1,
                lowest: answer.anchor,
                highest: answer.anchor,
            })
        })
    }

    /// Span of both.
    pub fn and(self, other: AnchorSpan) -> AnchorSpan {
        if self.answers == 0 || other.answers == 0 {
            return if self.answers == 0 { other } else { self };
        }
        AnchorSpan {
            answers: self.answers + other.answers,
            lowest: self.lowest.min(other.lowest),
            highest: self.highest.max(other.highest),
        }
    }
}

/// Mean of (Σ w v, Σ w); none without weight.
pub fn ratio((sum, weight): (f64, f64)) -> Option<f64> {
    (weight > 0.0).then(|| sum / weight)
}
