//! Who is known for what. Compared within a star, so that a star that everybody gets much of takes nobody's place, and
//! every child with a number is known for something.

use crate::domain::scoring::number::CLOSE;

/// Children by star: `scores[child][star]` in stars 1…5, none where no voice spoke of it; the answer holds for each of
/// the `stars` the positions of the children whose score lies furthest above the class's mean there (below it by the
/// least, where it lies above nowhere). Scores closer than 1e-9 are equal: then a child stands under both stars.
///
/// ```
/// # use starlight::domain::portrait::strengths::known_for;
/// let scores = [vec![Some(4.0), Some(4.5)], vec![Some(3.0), Some(4.7)], vec![None, None]];
/// assert_eq!(known_for(&scores, 2), [vec![0], vec![1]]);
/// ```
pub fn known_for(scores: &[Vec<Option<f64>>], stars: usize) -> Vec<Vec<usize>> {
    let means: Vec<Option<f64>> = (0..stars).map(|star| mean(scores, star)).collect();
    let mut known = vec![Vec::new(); stars];
    for (child, own) in scores.iter().enumerate() {
        let lifts = own.iter().zip(&means).map(|(s, m)| Some((*s)? - (*m)?));
        let lifts: Vec<Option<f64>> = lifts.collect();
        let most = lifts.iter().flatten().copied().max_by(f64::total_cmp);
        for (lift, of_star) in lifts.iter().zip(&mut known) {
            if lift.zip(most).is_some_and(|(l, m)| m - l < CLOSE) {
                of_star.push(child);
            }
        }
    }
    known
}

fn mean(scores: &[Vec<Option<f64>>], star: usize) -> Option<f64> {
    let of_star = scores.iter().filter_map(|own| own.get(star).copied()?);
    let (sum, n) = of_star.fold((0.0, 0.0), |(sum, n), score| (sum + score, n + 1.0));
    (n > 0.0).then(|| sum / n)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_child_with_a_number_is_known_for_something_and_nobody_else(
            scores in prop::collection::vec(prop::collection::vec(prop::option::of(1.0..5.0f64), 5), 0..50)
        ) {
            let known = known_for(&scores, 5);
            for (child, own) in scores.iter().enumerate() {
                let stars = known.iter().filter(|of_star| of_star.contains(&child)).count();
                prop_assert_eq!(stars > 0, own.iter().any(Option::is_some));
            }
        }
    }

    #[test]
    fn a_generous_star_takes_nobodys_place() {
        // Everybody gets 4.9 for the first star; the second tells the children apart.
        let scores: Vec<_> = [3.0, 4.0, 5.0].map(|x| vec![Some(4.9), Some(x)]).into();
        assert_eq!(known_for(&scores, 2), [vec![0, 1], vec![1, 2]]);
    }
}
