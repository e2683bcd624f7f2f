//! The assignments of one class as an N × N table of yes and no, with the numbers given and
//! received kept beside it; used by the repair and the new deal.

use super::Pair;

/// Places are numbers below N; anything beyond is "no" and cannot be set.
#[derive(Debug, Clone)]
pub(super) struct Grid {
    n: usize,
    cells: Vec<bool>,
    given: Vec<usize>,
    received: Vec<usize>,
}

impl Grid {
    pub(super) fn empty(n: usize) -> Self {
        Self {
            n,
            cells: vec![false; n * n],
            given: vec![0; n],
            received: vec![0; n],
        }
    }

    /// `order[p]` rates `order[p + d mod N]` for each offset d.
    pub(super) fn circulant(order: &[usize], offsets: &[usize]) -> Self {
        let mut grid = Self::empty(order.len());
        for (rater, ratee) in circle(order, offsets) {
            grid.set(rater, ratee, true);
        }
        grid
    }

    pub(super) fn has(&self, rater: usize, ratee: usize) -> bool {
        ratee < self.n
            && self
                .cells
                .get(rater * self.n + ratee)
                .copied()
                .unwrap_or(false)
    }

    pub(super) fn set(&mut self, rater: usize, ratee: usize, on: bool) {
        if ratee >= self.n || self.has(rater, ratee) == on {
            return;
        }
        let cell = self.cells.get_mut(rater * self.n + ratee);
        let counts = (self.given.get_mut(rater), self.received.get_mut(ratee));
        if let (Some(cell), (Some(given), Some(received))) = (cell, counts) {
            *cell = on;
            *given = if on { *given + 1 } else { *given - 1 };
            *received = if on { *received + 1 } else { *received - 1 };
        }
    }

    pub(super) fn given(&self, rater: usize) -> usize {
        self.given.get(rater).copied().unwrap_or(0)
    }

    pub(super) fn received(&self, ratee: usize) -> usize {
        self.received.get(ratee).copied().unwrap_or(0)
    }

    /// All assignments, by rater and then ratee.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let n = self.n.max(1);
        self.cells
            .iter()
            .enumerate()
            .filter(|(_, on)| **on)
            .map(move |(at, _)| (at / n, at % n))
    }

    pub(super) fn named(&self, order: &[String]) -> Vec<Pair> {
        let mut pairs: Vec<Pair> = self
            .pairs()
            .filter_map(|(a, b)| Some(Pair::new(order.get(a)?, order.get(b)?)))
            .collect();
        pairs.sort();
        pairs
    }

    /// Whether the bipartite graph of raters and ratees is in one piece.
    pub(super) fn connected(&self) -> bool {
        let (mut raters, mut ratees) = (vec![false; self.n], vec![false; self.n]);
        let mut waiting = vec![(0, true)];
        mark(&mut raters, 0);
        while let Some((at, is_rater)) = waiting.pop() {
            for other in 0..self.n {
                let (linked, seen) = if is_rater {
                    (self.has(at, other), &mut ratees)
                } else {
                    (self.has(other, at), &mut raters)
                };
                if linked && mark(seen, other) {
                    waiting.push((other, !is_rater));
                }
            }
        }
        raters.iter().chain(&ratees).all(|seen| *seen)
    }
}

/// The pairs of a circulant over `order`.
pub(super) fn circle<'a>(
    order: &'a [usize],
    offsets: &'a [usize],
) -> impl Iterator<Item = (usize, usize)> + 'a {
    let n = order.len().max(1);
    order.iter().enumerate().flat_map(move |(place, &rater)| {
        offsets
            .iter()
            .filter_map(move |d| Some((rater, *order.get((place + d) % n)?)))
    })
}

/// Marks a place and says whether that was new.
fn mark(seen: &mut [bool], at: usize) -> bool {
    seen.get_mut(at)
        .is_some_and(|flag| !std::mem::replace(flag, true))
}
