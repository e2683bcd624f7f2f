//! Keeps given pairs apart (scoring.md section 7) without touching anybody's numbers given and
//! received; used by `deal`.
//!
//! First children exchange seats, which leaves the circulant and all its properties whole. What
//! that cannot solve, and pairs of the last round, are exchanged one by one: `a→b, c→d` becomes
//! `a→d, c→b`, which keeps every degree; exchanges that would make a duplicate, a reciprocal pair
//! or a graph in pieces are not made.

use super::Links;
use super::grid::{Grid, circle};
use crate::domain::random::SplitMix64;

/// Random exchanges tried to shake loose what no single exchange solves.
const SHAKES: usize = 400;

/// What an exchange has to respect.
pub(super) struct Rules<'a> {
    /// Both directions of every pair to keep apart.
    pub(super) apart: &'a Links,
    pub(super) last: &'a Links,
    pub(super) anti_reciprocal: bool,
    pub(super) connected: bool,
}

/// Who sits at which place of the circle: 0…N−1, with as few exchanges of two seats as bring the
/// fewest pairs that should be apart, then the fewest of the last round.
pub(super) fn seats(n: usize, offsets: &[usize], apart: &Links, last: &Links) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    let mut cost = seat_cost(&order, offsets, apart, last);
    while cost.0 > 0 {
        let Some((better, swapped)) = best_exchange(&order, offsets, apart, last) else {
            break;
        };
        if better >= cost {
            break;
        }
        (cost, order) = (better, swapped);
    }
    order
}

type Cost = (usize, usize);

fn seat_cost(order: &[usize], offsets: &[usize], apart: &Links, last: &Links) -> Cost {
    let hits = |links: &Links| {
        circle(order, offsets)
            .filter(|pair| links.contains(pair))
            .count()
    };
    (hits(apart), hits(last))
}

fn best_exchange(
    order: &[usize],
    offsets: &[usize],
    apart: &Links,
    last: &Links,
) -> Option<(Cost, Vec<usize>)> {
    let bad: Vec<usize> = (0..order.len())
        .filter(|&place| in_trouble(place, order, offsets, apart))
        .collect();
    let trials = bad
        .iter()
        .flat_map(|&place| (0..order.len()).map(move |other| (place, other)));
    trials
        .filter(|(place, other)| place != other)
        .map(|(place, other)| {
            let mut swapped = order.to_vec();
            swapped.swap(place, other);
            (seat_cost(&swapped, offsets, apart, last), swapped)
        })
        .min_by_key(|(cost, _)| *cost)
}

fn in_trouble(place: usize, order: &[usize], offsets: &[usize], apart: &Links) -> bool {
    let n = order.len();
    offsets
        .iter()
        .any(|d| match (order.get(place), order.get((place + d) % n)) {
            (Some(&rater), Some(&ratee)) => apart.contains(&(rater, ratee)),
            _ => false,
        })
}

/// Exchanges assignments until no pair to keep apart and, where possible, none of the last round
/// is left.
pub(super) fn swap(grid: &mut Grid, rules: &Rules<'_>, random: &mut SplitMix64) {
    for _ in 0..SHAKES {
        let Some(&bad) = rules.apart.iter().find(|&&(a, b)| grid.has(a, b)) else {
            break;
        };
        if !replace(grid, rules, bad, false, random) && !replace(grid, rules, bad, true, random) {
            shake(grid, rules, true, random);
        }
    }
    for _ in 0..SHAKES {
        let repeated: Vec<(usize, usize)> = rules
            .last
            .iter()
            .filter(|&&(a, b)| grid.has(a, b))
            .copied()
            .collect();
        // Small classes may have no room at all; a pair or two of the last round does no harm.
        if repeated.is_empty() {
            break;
        }
        if repeated
            .into_iter()
            .any(|again| replace(grid, rules, again, false, random))
        {
            continue;
        }
        shake(grid, rules, false, random);
    }
}

/// Exchanges one assignment against any that fits; `repeats` allows pairs of the last round.
fn replace(
    grid: &mut Grid,
    rules: &Rules<'_>,
    bad: (usize, usize),
    repeats: bool,
    random: &mut SplitMix64,
) -> bool {
    let mut others: Vec<(usize, usize)> = grid.pairs().collect();
    random.shuffle(&mut others);
    others
        .into_iter()
        .any(|other| exchange(grid, rules, bad, other, repeats))
}

/// One random exchange among assignments that are in order, so that the next try starts elsewhere.
fn shake(grid: &mut Grid, rules: &Rules<'_>, repeats: bool, random: &mut SplitMix64) {
    let mut pairs: Vec<(usize, usize)> = grid.pairs().collect();
    random.shuffle(&mut pairs);
    if let Some(&first) = pairs.first() {
        replace(grid, rules, first, repeats, random);
    }
}

/// `a→b, c→d` to `a→d, c→b` if all rules allow it.
fn exchange(
    grid: &mut Grid,
    rules: &Rules<'_>,
    one: (usize, usize),
    other: (usize, usize),
    repeats: bool,
) -> bool {
    let (old, new) = ([one, other], [(one.0, other.1), (other.0, one.1)]);
    let fits = |grid: &Grid, (rater, ratee): (usize, usize)| {
        let backwards = rules.anti_reciprocal && grid.has(ratee, rater);
        let again = !repeats && rules.last.contains(&(rater, ratee));
        let together = grid.has(rater, ratee) || rules.apart.contains(&(rater, ratee));
        !(rater == ratee || backwards || again || together)
    };
    let put = |grid: &mut Grid, links: [(usize, usize); 2], on: bool| {
        links
            .into_iter()
            .for_each(|(rater, ratee)| grid.set(rater, ratee, on));
    };
    if one == other || one.0 == other.0 || one.1 == other.1 {
        return false;
    }
    put(grid, old, false);
    let allowed = new.into_iter().all(|pair| fits(grid, pair));
    put(grid, if allowed { new } else { old }, true);
    if allowed && rules.connected && !grid.connected() {
        put(grid, new, false);
        put(grid, old, true);
        return false;
    }
    allowed
}
