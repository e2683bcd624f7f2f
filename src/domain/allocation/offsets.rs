//! The choice of D, the offsets of the circulant (scoring.md section 7); used by `deal`.
//!
//! **A-efficiency.** Take raters as blocks and ratees as treatments of an incomplete block design
//! with incidence matrix M (N × N, k ones in each row and column). The information on the ratees,
//! free of the raters' severities, is `C = k·(I − MᵀM / k²)`; its canonical efficiency factors are
//! the eigenvalues of `I − MᵀM / k²` other than the one of the constant vector, and the A-efficiency
//! is their harmonic mean: the share of precision that is left, on average over all comparisons of
//! two children, against knowing every rater's severity (John and Williams, "Cyclic and Computer
//! Generated Designs", 2nd ed. 1995, chapters 1–3). M being circulant, its eigenvalues are those of
//! a discrete Fourier transform: `λ_j = Σ_{d∈D} exp(2πi·j·d/N)`, factor `e_j = 1 − |λ_j|²/k²`,
//! j = 1…N−1, and `e_{N−j} = e_j`. A factor 0 means a graph in several pieces: efficiency 0.

use std::f64::consts::TAU;

use super::Links;
use crate::domain::random::SplitMix64;

/// Random sets looked at before the best one is improved offset by offset.
const SAMPLES: usize = 1500;
/// Price of repeating all pairs of the last round: one whole offset outweighs any efficiency, a
/// stray pair, which the repair exchanges anyway, next to nothing (shares of an offset count squared).
const LAST_PRICE: f64 = 6.0;
/// Price of repeating all pairs of earlier rounds: decides among sets about as good.
const EARLIER_PRICE: f64 = 0.05;
/// Price of an all-reciprocal set, where a class is too small to avoid it.
const RECIPROCAL_PRICE: f64 = 0.5;

/// A-efficiency of the circulant of `offsets` over `n` places, 0…1; 0 where the graph is not
/// connected (always for a single offset).
///
/// ```
/// let good = starlight::domain::allocation::efficiency(45, &[11, 16, 23, 40, 41]);
/// let careless = starlight::domain::allocation::efficiency(45, &[1, 2, 3, 4, 5]);
/// assert!(good > 0.79 && careless < 0.39);
/// ```
#[must_use]
pub fn efficiency(n: usize, offsets: &[usize]) -> f64 {
    let waves: Vec<Wave> = offsets.iter().map(|d| wave(n, *d)).collect();
    harmonic_mean(n, &waves.iter().collect::<Vec<_>>())
}

/// A set of offsets and its A-efficiency.
pub(super) struct Chosen {
    pub(super) offsets: Vec<usize>,
    pub(super) efficiency: f64,
}

/// What one offset d would bring.
struct Candidate {
    offset: usize,
    wave: Wave,
    /// Price of the pairs at this offset that earlier rounds had already.
    price: f64,
}

/// exp(2πi·j·d/N) for j = 1…⌊N/2⌋.
type Wave = Vec<(f64, f64)>;

pub(super) struct Search {
    n: usize,
    k: usize,
    candidates: Vec<Candidate>,
}

impl Search {
    pub(super) fn new(n: usize, k: usize, last: &Links, earlier: &[Links]) -> Self {
        let (last, past) = (per_offset(n, [last]), per_offset(n, earlier));
        let share = |count: &usize| (float(*count) / float(n)).powi(2) / float(k);
        let candidates = (1..n)
            .zip(last.iter().zip(&past))
            .map(|(offset, (last, past))| Candidate {
                offset,
                wave: wave(n, offset),
                price: LAST_PRICE * share(last) + EARLIER_PRICE * share(past),
            })
            .collect();
        Self { n, k, candidates }
    }

    /// The best of the sampled sets, then the best exchange of one offset until none helps.
    pub(super) fn best(&self, random: &mut SplitMix64) -> Chosen {
        let mut best = (f64::NEG_INFINITY, Vec::new());
        let mut order: Vec<&Candidate> = self.candidates.iter().collect();
        for sample in 0..SAMPLES {
            random.shuffle(&mut order);
            if sample % 2 == 0 {
                order.sort_by(|a, b| a.price.total_cmp(&b.price));
            }
            let set = self.first_fitting(&order);
            keep_better(&mut best, (self.value(&set), set));
        }
        while self.exchange(&mut best) {}
        let mut offsets: Vec<usize> = best.1.iter().map(|c| c.offset).collect();
        offsets.sort_unstable();
        Chosen {
            efficiency: efficiency(self.n, &offsets),
            offsets,
        }
    }

    /// The first k offsets of an order that are no two directions of one distance; where the class
    /// is too small for that, simply the first k.
    fn first_fitting<'a>(&self, order: &[&'a Candidate]) -> Vec<&'a Candidate> {
        let mut set: Vec<&Candidate> = Vec::with_capacity(self.k);
        for candidate in order {
            if set.len() < self.k && self.fits(&set, candidate) {
                set.push(candidate);
            }
        }
        set
    }

    fn fits(&self, set: &[&Candidate], candidate: &Candidate) -> bool {
        let opposite = self.n - candidate.offset;
        self.n <= 2 * self.k
            || (opposite != candidate.offset && set.iter().all(|other| other.offset != opposite))
    }

    fn exchange<'a>(&'a self, best: &mut (f64, Vec<&'a Candidate>)) -> bool {
        let (before, start) = (best.0, best.1.clone());
        for place in 0..start.len() {
            let mut rest = start.clone();
            rest.remove(place);
            for candidate in &self.candidates {
                if start.iter().all(|one| one.offset != candidate.offset)
                    && self.fits(&rest, candidate)
                {
                    let mut set = rest.clone();
                    set.push(candidate);
                    keep_better(best, (self.value(&set), set));
                }
            }
        }
        best.0 > before
    }

    fn value(&self, set: &[&Candidate]) -> f64 {
        let waves: Vec<&Wave> = set.iter().map(|c| &c.wave).collect();
        let price: f64 = set.iter().map(|c| c.price).sum();
        let reciprocal = set
            .iter()
            .filter(|c| set.iter().any(|o| o.offset + c.offset == self.n))
            .count();
        let quality = harmonic_mean(self.n, &waves);
        let pieces = if self.k > 1 && quality <= 0.0 {
            10.0
        } else {
            0.0
        };
        quality - price - pieces - RECIPROCAL_PRICE * float(reciprocal) / float(self.k.max(1))
    }
}

/// Replaces the best only by something better by more than rounding, so that every machine
/// chooses alike.
fn keep_better<'a>(best: &mut (f64, Vec<&'a Candidate>), other: (f64, Vec<&'a Candidate>)) {
    if other.0 > best.0 + 1e-9 {
        *best = other;
    }
}

/// How many of the given pairs lie at each offset 1…N−1.
fn per_offset<'a>(n: usize, rounds: impl IntoIterator<Item = &'a Links>) -> Vec<usize> {
    let mut counts = vec![0; n.saturating_sub(1)];
    for (rater, ratee) in rounds.into_iter().flatten() {
        if let Some(count) = counts.get_mut(((ratee + n - rater) % n).wrapping_sub(1)) {
            *count += 1;
        }
    }
    counts
}

fn wave(n: usize, offset: usize) -> Wave {
    (1..=n / 2)
        .map(|j| {
            let angle = TAU * float((j * offset) % n) / float(n);
            (angle.cos(), angle.sin())
        })
        .collect()
}

fn harmonic_mean(n: usize, waves: &[&Wave]) -> f64 {
    let k = float(waves.len());
    let mut inverse = 0.0;
    let mut sums = vec![(0.0, 0.0); n / 2];
    for wave in waves {
        for (sum, part) in sums.iter_mut().zip(wave.iter()) {
            sum.0 += part.0;
            sum.1 += part.1;
        }
    }
    for (j, (re, im)) in (1..).zip(&sums) {
        let factor = 1.0 - (re * re + im * im) / (k * k);
        if factor < 1e-9 {
            return 0.0;
        }
        inverse += if 2 * j == n { 1.0 } else { 2.0 } / factor;
    }
    if inverse > 0.0 {
        (float(n) - 1.0) / inverse
    } else {
        0.0
    }
}

/// Class sizes as numbers to calculate with.
fn float(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
