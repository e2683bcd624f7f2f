//! A ranking of the whole school from those of its grades (scoring.md 5): places by displayed points, intervals and gold
//! band anew over all ranked classes. Used by the ranking pages.

use super::RankedClass;
use crate::domain::scoring::rank::{HALF_WIDTH, competition_ranks, rank_intervals};

/// The rows with places among all of them; unranked ones stay so.
pub fn across_grades(rows: Vec<RankedClass>) -> Vec<RankedClass> {
    let (mut ranked, unranked): (Vec<RankedClass>, Vec<RankedClass>) = rows
        .into_iter()
        .partition(|row| row.place.is_some() && row.tenths.is_some() && row.score.is_some());
    let points: Vec<i64> = ranked.iter().filter_map(|row| row.tenths).collect();
    let ends: Vec<(f64, f64)> = ranked.iter().filter_map(ends).collect();
    let places = competition_ranks(&points);
    let leaders = places.iter().zip(&ends).filter(|(place, _)| **place == 1);
    let leader_low = leaders
        .map(|(_, (low, _))| *low)
        .fold(f64::NEG_INFINITY, f64::max);
    let all = places.iter().zip(rank_intervals(&ends)).zip(&ends);
    for (row, ((place, (low, high)), (_, upper))) in ranked.iter_mut().zip(all) {
        row.place = Some((*place, low, high));
        row.gold = *upper >= leader_low;
    }
    ranked.extend(unranked);
    ranked
}

fn ends(row: &RankedClass) -> Option<(f64, f64)> {
    let (score, half) = (row.score?, HALF_WIDTH * row.se);
    Some((score - half, score + half))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(code: &str, score: f64, tenths: i64, ranked: bool) -> RankedClass {
        RankedClass {
            code: code.to_owned(),
            score: Some(score),
            tenths: Some(tenths),
            se: 0.02,
            place: ranked.then_some((1, 1, 1)),
            gold: true,
            ..RankedClass::default()
        }
    }

    #[test]
    fn equal_points_share_a_place_and_the_unranked_have_none() {
        let rows = vec![
            row("101", 4.0, 750, true),
            row("201", 4.2, 800, true),
            row("301", 4.2, 800, true),
            row("401", 4.9, 975, false),
            row("501", 3.0, 500, true),
        ];
        let places: Vec<_> = across_grades(rows)
            .into_iter()
            .map(|row| (row.code, row.place, row.gold))
            .collect();
        let expected = [
            ("101", Some((3, 3, 3)), false),
            ("201", Some((1, 1, 2)), true),
            ("301", Some((1, 1, 2)), true),
            ("501", Some((4, 4, 4)), false),
            ("401", None, true),
        ];
        assert_eq!(
            places,
            expected.map(|(code, place, gold)| (code.to_owned(), place, gold))
        );
    }
}
