//! Places and how sure they are (scoring.md 5). Used by `school`, by ranking pages and screens.

use super::number::less;

/// Half width of a rank interval in standard errors.
pub const HALF_WIDTH: f64 = 1.39;

/// Competition ranks (1 2 2 4), highest value first, in the order of the input.
///
/// ```
/// # use starlight::domain::scoring::rank::competition_ranks;
/// assert_eq!(competition_ranks(&[45, 48, 45, 42]), [2, 1, 2, 4]);
/// ```
pub fn competition_ranks<T: PartialOrd>(values: &[T]) -> Vec<usize> {
    let above = |mine: &T| values.iter().filter(|other| *other > mine).count();
    values.iter().map(|mine| 1 + above(mine)).collect()
}

/// Best and worst place each may have, from (lower end, upper end): `low = 1 + #{others whose lower end
/// is above my upper end}`, `high = n − #{others whose upper end is below my lower end}`.
pub fn rank_intervals(ends: &[(f64, f64)]) -> Vec<(usize, usize)> {
    let count = |holds: &dyn Fn(&(f64, f64)) -> bool| ends.iter().filter(|e| holds(e)).count();
    ends.iter()
        .map(|&(lower, upper)| {
            let better = count(&|other| less(upper, other.0));
            let worse = count(&|other| less(other.1, lower));
            (1 + better, ends.len() - worse)
        })
        .collect()
}
