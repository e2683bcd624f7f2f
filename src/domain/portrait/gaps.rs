//! Whether a group of children is judged apart from the rest of the class. Advisory and about groups only: a gap may be
//! real, and it says nothing about any child.

use crate::domain::scoring::number::real;

/// Children that a group and its rest need at least, so that no single child can be told.
pub const ENOUGH: usize = 5;
/// Half-width of the interval in standard errors (normal approximation), by the number of comparisons that a class is
/// looked at in: this wide, chance alone shows a gap in about one class of ten (Bonferroni: the quantile of
/// 1 − 0.10 / (2 · comparisons)).
const FEW: (usize, f64) = (12, 2.64);
const MANY: (usize, f64) = (21, 2.83);
/// From how many stars on a gap is worth a second look.
const WORTH_A_LOOK: f64 = 0.3;

/// The mean of a group less the mean of the rest, in stars, with the half-width of its interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gap {
    pub gap: f64,
    pub half: f64,
}

impl Gap {
    /// Whether chance is an unlikely reason and the size matters.
    pub fn worth_a_look(&self) -> bool {
        self.gap.abs() >= WORTH_A_LOOK && self.gap.abs() > self.half
    }
}

/// The gap between marks in stars; none where either side has fewer than five. The standard error is Welch's, as the
/// sides may spread unequally (Welch 1947).
///
/// ```
/// # use starlight::domain::portrait::gaps::gap;
/// let apart = gap(&[4.0, 4.2, 4.1, 4.3, 3.9], &[3.0, 3.2, 3.1, 3.3, 2.9], 12).unwrap();
/// assert!((apart.gap - 1.0).abs() < 1e-9 && apart.worth_a_look());
/// assert!(gap(&[4.0; 4], &[3.0; 9], 12).is_none());
/// ```
pub fn gap(group: &[f64], rest: &[f64], comparisons: usize) -> Option<Gap> {
    if group.len() < ENOUGH || rest.len() < ENOUGH {
        return None;
    }
    let (_, width) = if comparisons <= FEW.0 { FEW } else { MANY };
    let (a, var_a) = mean_and_its_variance(group);
    let (b, var_b) = mean_and_its_variance(rest);
    Some(Gap {
        gap: a - b,
        half: width * (var_a + var_b).sqrt(),
    })
}

fn mean_and_its_variance(marks: &[f64]) -> (f64, f64) {
    let n = real(marks.len());
    let mean = marks.iter().sum::<f64>() / n;
    let squares: f64 = marks.iter().map(|x| (x - mean).powi(2)).sum();
    (mean, squares / (n - 1.0) / n)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_gap_turns_round_with_its_sides(
            a in prop::collection::vec(1.0..5.0f64, 5..30), b in prop::collection::vec(1.0..5.0f64, 5..30)
        ) {
            let (one, other) = (gap(&a, &b, 12).unwrap(), gap(&b, &a, 12).unwrap());
            prop_assert!((one.gap + other.gap).abs() < 1e-9);
            prop_assert!((one.half - other.half).abs() < 1e-9);
        }
    }

    #[test]
    fn noise_and_small_gaps_are_no_reason_to_look() {
        let even = [4.0, 4.1, 4.0, 3.9, 4.0];
        assert!(
            !gap(&even, &even.map(|x| x - 0.2), 12)
                .unwrap()
                .worth_a_look()
        );
        let wide = [1.0, 5.0, 2.0, 4.0, 5.0];
        assert!(
            !gap(&wide, &wide.map(|x| (x - 0.4).max(1.0)), 12)
                .unwrap()
                .worth_a_look()
        );
    }
}
