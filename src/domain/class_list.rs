//! Places of the children of one class for its homeroom teacher and the office (audited, never shown to children):
//! competition ranks on the displayed points with the interval beside each. Used by `web::teacher::results`.

use super::{
    published::Number,
    scoring::{
        number::shown,
        rank::{HALF_WIDTH, competition_ranks, rank_intervals},
    },
};

/// A place with the best and the worst it may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub place: usize,
    pub low: usize,
    pub high: usize,
}

/// Places by the numbers' order; none for provisional ones and those without a score.
///
/// Ranks go by points with one decimal (scoring.md 5), so equal numbers share a place. The interval takes the ends
/// score ± 1.39 SE in stars, not cut, and the same counting as for classes:
/// `low = 1 + #{others whose lower end > my upper end}`, `high = n − #{others whose upper end < my lower end}`. A score
/// without SE (no peer voice) counts as exact.
pub fn places(numbers: &[&Number]) -> Vec<Option<Place>> {
    let ranked = |n: &&Number| n.provisional.is_none() && n.score.is_some();
    let scores = numbers.iter().filter(|n| ranked(n));
    let (mut points, mut ends) = (Vec::new(), Vec::new());
    for number in scores {
        let score = number.score.unwrap_or_default();
        let half = HALF_WIDTH * number.se.unwrap_or(0.0);
        points.push(shown(score));
        ends.push((score - half, score + half));
    }
    let both = competition_ranks(&points)
        .into_iter()
        .zip(rank_intervals(&ends));
    let mut found = both.map(|(place, (low, high))| Place { place, low, high });
    numbers
        .iter()
        .map(|n| if ranked(n) { found.next() } else { None })
        .collect()
}

/// How many places the intervals span on average, rounded.
pub fn spread(places: &[Option<Place>]) -> usize {
    let spans: Vec<usize> = places.iter().flatten().map(|p| p.high - p.low).collect();
    let sum: usize = spans.iter().sum();
    (sum + spans.len() / 2)
        .checked_div(spans.len())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(score: Option<f64>, se: Option<f64>, provisional: bool) -> Number {
        Number {
            score,
            se,
            provisional: provisional.then(|| "no_teacher".to_owned()),
            ..Number::default()
        }
    }

    #[test]
    fn the_golden_intervals_with_a_provisional_child_between() {
        let all = [
            number(Some(4.6), Some(0.10), false),
            number(Some(5.0), Some(0.01), true),
            number(Some(4.4), Some(0.12), false),
            number(Some(4.1), Some(0.15), false),
            number(Some(3.9), Some(0.12), false),
            number(Some(3.2), Some(0.20), false),
            number(None, None, false),
        ];
        let places = places(&all.iter().collect::<Vec<_>>());
        let seen: Vec<Option<(usize, usize, usize)>> = places
            .iter()
            .map(|p| p.map(|p| (p.place, p.low, p.high)))
            .collect();
        let expected = [
            Some((1, 1, 2)),
            None,
            Some((2, 1, 3)),
            Some((3, 2, 4)),
            Some((4, 3, 4)),
            Some((5, 5, 5)),
            None,
        ];
        assert_eq!(seen, expected);
        assert_eq!(spread(&places), 1);
    }

    #[test]
    fn equal_points_share_a_place() {
        let all = [4.001, 4.0, 3.0].map(|score| number(Some(score), None, false));
        let places = places(&all.iter().collect::<Vec<_>>());
        let seen: Vec<usize> = places.iter().flatten().map(|p| p.place).collect();
        assert_eq!(seen, [1, 1, 3]);
    }

    #[test]
    fn nobody_spans_nothing() {
        assert_eq!(spread(&places(&[])), 0);
    }
}
