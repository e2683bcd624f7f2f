//! Who rates whom (scoring.md section 7): a shuffled anti-reciprocal circulant, repaired where
//! given pairs must be kept apart, and dealt again when children join late or stay away.
//! Used by the actions that open a round or change its class list.
//!
//! **Seed.** Draw one seed per class and term and store it with each round. With the same seed the
//! order of the class stays put, so that offsets disjoint from last round's give pairs disjoint
//! from last round's. Any other seed works as well; repeats are then repaired one by one.

mod grid;
mod offsets;
mod redeal;
mod repair;

use std::collections::{BTreeMap, BTreeSet};

pub use offsets::efficiency;
pub use redeal::{Redeal, Redealt, redeal};

use grid::Grid;
use offsets::Search;
use repair::Rules;

use crate::domain::random::{SplitMix64, keyed};

/// One assignment: `rater` is asked to rate `ratee` (public ids, student numbers).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Pair {
    pub rater: String,
    pub ratee: String,
}

impl Pair {
    pub fn new(rater: impl Into<String>, ratee: impl Into<String>) -> Self {
        Self {
            rater: rater.into(),
            ratee: ratee.into(),
        }
    }
}

/// What a deal needs to know about one class in one round.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// Student numbers of everybody taking part, in any order; repeats count once.
    pub students: &'a [String],
    /// Classmates each child is to rate (2, 3 or 4 by segment).
    pub k: usize,
    /// Stored with the round; see the module on reuse within a term.
    pub seed: u64,
    /// The assignments of the term's earlier rounds of this class, oldest first; the last one
    /// counts as "last round" and is avoided before all others.
    pub earlier: &'a [Vec<Pair>],
    /// Children who must not rate each other, in either direction.
    pub apart: &'a [(String, String)],
}

/// The dealt assignments and how they came about.
#[derive(Debug, Clone, PartialEq)]
pub struct Deal {
    /// Sorted by rater, then ratee.
    pub pairs: Vec<Pair>,
    /// Classmates each child really rates.
    pub k: usize,
    /// D of section 7, ascending.
    pub offsets: Vec<usize>,
    /// A-efficiency of the circulant before repair, 0…1.
    pub efficiency: f64,
    pub notes: Vec<Note>,
}

/// What a page should say about a deal.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// The class is too small for `wanted`; everybody rates everybody (`k` = N − 1).
    ClassTooSmall { wanted: usize, k: usize },
    /// There was no room to keep these two apart.
    NotApart { rater: String, ratee: String },
    /// So many pairs are the same as in the last round.
    RepeatsLastRound(usize),
}

/// Deals the assignments of one class in one round (section 7). Pure: same request, same deal.
/// For N ≥ k + 2 nobody rates oneself, everybody gives and gets exactly k, no pair twice; no
/// reciprocal pair where N ≥ 2k + 1; the rater–ratee graph is connected for k ≥ 2.
///
/// ```
/// use starlight::domain::allocation::{deal, Request};
/// let students: Vec<String> = (1..=9).map(|n| format!("20240100{n}")).collect();
/// let deal = deal(&Request { students: &students, k: 2, seed: 1, earlier: &[], apart: &[] });
/// assert_eq!(deal.pairs.len(), 18);
/// ```
#[must_use]
pub fn deal(request: &Request<'_>) -> Deal {
    let order = shuffled(request.students, request.seed);
    let n = order.len();
    if n < 2 || request.k == 0 {
        return nobody();
    }
    let k = request.k.min(n - 1);
    let apart = both_ways(&indexed(request.apart.iter().map(|(a, b)| (a, b)), &order));
    let rounds: Vec<Links> = request
        .earlier
        .iter()
        .map(|round| indexed(round.iter().map(names), &order))
        .collect();
    let nothing = Links::new();
    let last = rounds.last().unwrap_or(&nothing);
    let mut random = SplitMix64::new(request.seed ^ 0x5EED_5EED);

    let search = Search::new(
        n,
        k,
        last,
        rounds.get(..rounds.len().saturating_sub(1)).unwrap_or(&[]),
    );
    let chosen = search.best(&mut random);
    let places = repair::seats(n, &chosen.offsets, &apart, last);
    let mut grid = Grid::circulant(&places, &chosen.offsets);
    let rules = Rules {
        apart: &apart,
        last,
        anti_reciprocal: n > 2 * k,
        connected: k >= 2,
    };
    repair::swap(&mut grid, &rules, &mut random);

    let mut notes = leftovers(&grid, &order, &apart, last);
    if k < request.k {
        notes.insert(
            0,
            Note::ClassTooSmall {
                wanted: request.k,
                k,
            },
        );
    }
    Deal {
        pairs: grid.named(&order),
        k,
        offsets: chosen.offsets,
        efficiency: chosen.efficiency,
        notes,
    }
}

/// Whether a class of `n` children who rate `k` classmates each leaves room to keep a pair apart. At N = 2k + 1 without
/// reciprocal pairs everybody meets everybody in one direction, and below that nearly so (section 7).
#[must_use]
pub const fn keeps_apart(n: usize, k: usize) -> bool {
    n >= 2 * k + 2
}

/// Pairs of places in the shuffled order: (rater, ratee).
type Links = BTreeSet<(usize, usize)>;

const fn nobody() -> Deal {
    Deal {
        pairs: Vec::new(),
        k: 0,
        offsets: Vec::new(),
        efficiency: 0.0,
        notes: Vec::new(),
    }
}

/// The class in the order of the seed: sorted by a keyed hash of the student number, so a child
/// who joins or leaves moves nobody else past anybody.
fn shuffled(students: &[String], seed: u64) -> Vec<String> {
    let distinct: BTreeSet<&String> = students.iter().collect();
    let mut order: Vec<String> = distinct.into_iter().cloned().collect();
    order.sort_by_cached_key(|student| keyed(seed, student));
    order
}

const fn names(pair: &Pair) -> (&String, &String) {
    (&pair.rater, &pair.ratee)
}

/// Names to places; pairs with somebody who takes no part are left out.
fn indexed<'a>(pairs: impl Iterator<Item = (&'a String, &'a String)>, order: &[String]) -> Links {
    let place: BTreeMap<&String, usize> = order
        .iter()
        .enumerate()
        .map(|(i, name)| (name, i))
        .collect();
    pairs
        .filter_map(|(a, b)| Some((*place.get(a)?, *place.get(b)?)))
        .filter(|(a, b)| a != b)
        .collect()
}

fn both_ways(links: &Links) -> Links {
    links.iter().flat_map(|&(a, b)| [(a, b), (b, a)]).collect()
}

fn leftovers(grid: &Grid, order: &[String], apart: &Links, last: &Links) -> Vec<Note> {
    let mut notes: Vec<Note> = apart
        .iter()
        .filter(|&&(a, b)| grid.has(a, b))
        .filter_map(|&(a, b)| {
            Some(Note::NotApart {
                rater: order.get(a)?.clone(),
                ratee: order.get(b)?.clone(),
            })
        })
        .collect();
    let repeats = last.iter().filter(|&&(a, b)| grid.has(a, b)).count();
    if repeats > 0 {
        notes.push(Note::RepeatsLastRound(repeats));
    }
    notes
}

#[cfg(test)]
mod class_tests;
#[cfg(test)]
mod tests;
