//! Numbers as the rule wants them: tolerant comparison, display rounding, small statistics, and the
//! digits that files carry. Used by the whole computation, by pages and by files.

use std::fmt;

/// Numbers closer than this count as equal (head of scoring.md).
pub const CLOSE: f64 = 1e-9;

/// Whether two numbers count as equal.
pub fn same(a: f64, b: f64) -> bool {
    (a - b).abs() < CLOSE
}

/// Whether `a` is below `b` by more than counts as equal.
///
/// ```
/// # use starlight::domain::scoring::number::less;
/// assert!(!less(0.4 + 0.2, 0.6));
/// assert!(less(0.59, 0.6));
/// ```
pub fn less(a: f64, b: f64) -> bool {
    b - a >= CLOSE
}

/// Whether `a` is above `b` or counts as equal.
pub fn at_least(a: f64, b: f64) -> bool {
    !less(a, b)
}

/// Cuts a number to the range of stars, 1…5.
pub fn cut(star: f64) -> f64 {
    star.clamp(1.0, 5.0)
}

/// Points of a score in stars: `25(score − 1)`, 0…100.
pub fn points(score: f64) -> f64 {
    25.0 * (score - 1.0)
}

/// Displayed points of a score.
pub fn shown(score: f64) -> Tenths {
    tenths(points(score))
}

/// A number rounded to one decimal, kept as whole tenths so that ties are exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Tenths(pub i64);

impl fmt::Display for Tenths {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let whole = self.0.unsigned_abs();
        write!(f, "{sign}{}.{}", whole / 10, whole % 10)
    }
}

/// Rounds half away from zero to one decimal; within 1e-9 of a half is a half.
///
/// ```
/// # use starlight::domain::scoring::number::tenths;
/// assert_eq!(tenths(70.249999999999).to_string(), "70.3");
/// assert_eq!(tenths(0.04999).to_string(), "0.0");
/// ```
#[expect(
    clippy::as_conversions,
    reason = "floor of a small number; `as` saturates"
)]
pub fn tenths(number: f64) -> Tenths {
    let whole = (number.abs() * 10.0 + 0.5 + CLOSE * 10.0).floor() as i64;
    Tenths(if number < 0.0 { -whole } else { whole })
}

/// A count as a number; exact below 2^53.
#[expect(clippy::as_conversions, reason = "there is no From<usize> for f64")]
pub fn real(count: usize) -> f64 {
    count as f64
}

/// A compact index as an index.
#[expect(
    clippy::as_conversions,
    reason = "u32 fits usize wherever this program runs"
)]
pub const fn ix(compact: u32) -> usize {
    compact as usize
}

/// An index as a compact index. No table of one school comes near 2^32 rows.
pub fn compact(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// Mean of the numbers, summed in their order; none of none.
pub fn mean(numbers: impl Iterator<Item = f64>) -> Option<f64> {
    let (sum, count) = numbers.fold((0.0, 0.0), |(sum, n), x| (sum + x, n + 1.0));
    (count > 0.0).then(|| sum / count)
}

/// Sample standard deviation (n − 1); none for fewer than two numbers.
pub fn sample_sd(numbers: &[f64]) -> Option<f64> {
    if numbers.len() < 2 {
        return None;
    }
    let centre = mean(numbers.iter().copied())?;
    let squares = numbers
        .iter()
        .fold(0.0, |sum, x| sum + (x - centre) * (x - centre));
    Some((squares / real(numbers.len() - 1)).sqrt())
}

/// Median (even count: mean of the middle two) of numbers, which it sorts; none of none.
pub fn median(numbers: &mut [f64]) -> Option<f64> {
    sort(numbers);
    let half = numbers.len() / 2;
    if numbers.len() % 2 == 1 {
        return numbers.get(half).copied();
    }
    let low = numbers.get(half.checked_sub(1)?)?;
    Some((low + numbers.get(half)?) / 2.0)
}

fn sort(numbers: &mut [f64]) {
    if numbers.len() > 20 {
        numbers.sort_unstable_by(f64::total_cmp);
        return;
    }
    for end in 1..numbers.len() {
        for at in (1..=end).rev() {
            match numbers.get(at - 1).zip(numbers.get(at)) {
                Some((before, here)) if before > here => numbers.swap(at - 1, at),
                _ => break,
            }
        }
    }
}

/// Appends the shortest decimal digits that read back to the same f64: no exponent, no `.0`, no `-0`.
pub fn push_digits(out: &mut String, number: f64) {
    use fmt::Write as _;
    // Writing to a String cannot fail, and adding 0.0 turns -0 into 0.
    let _ = write!(out, "{}", number + 0.0);
}
