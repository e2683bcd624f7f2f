//! The leniency-corrected mean (宽严校正), one run over one round's marks (scoring.md 2, steps 2–8).
//! `peer_term` calls it for each student of a class, `school` for teachers about classes.

use super::mark_table::{Mark, MarkTable, RoundMarks};
use super::number::{cut, ix, less, median};
use crate::domain::rubric::PeerConstants;

/// ΣA_j and ΣB_j of a run's rounds so far, by rater (step 4).
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Memory {
    pub a: Vec<f64>,
    pub b: Vec<f64>,
}

impl Memory {
    /// Nothing remembered yet of that many raters.
    pub fn new(raters: usize) -> Memory {
        Memory {
            a: vec![0.0; raters],
            b: vec![0.0; raters],
        }
    }

    /// r_j of every rater: `ΣA_j / (ΣB_j + L)`.
    pub fn leniencies(&self, rater_prior: f64) -> impl Iterator<Item = f64> {
        let sums = self.a.iter().zip(&self.b);
        sums.map(move |(a, b)| a / (b + rater_prior))
    }

    /// Forgets everything.
    pub fn clear(&mut self) {
        self.a.fill(0.0);
        self.b.fill(0.0);
    }
}

/// Sums of the corrected marks of a run, and of those about one ratee (steps 6 and 7).
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Pool {
    /// Σ w over all marks of the run.
    pub weight: f64,
    /// Σ w z over all marks of the run, clamped.
    pub sum: f64,
    /// W_i: Σ w over the marks about the ratee.
    pub own_weight: f64,
    /// Σ w z over the marks about the ratee, clamped.
    pub own_sum: f64,
}

impl Pool {
    /// g1; none without marks in the run.
    pub fn g1(&self) -> Option<f64> {
        (self.weight > 0.0).then(|| self.sum / self.weight)
    }

    /// The ratee's mean before the cut; none without marks about the ratee.
    pub fn raw(&self, ratee_prior: f64) -> Option<f64> {
        let g1 = self.g1().filter(|_| self.own_weight > 0.0)?;
        Some((self.own_sum + ratee_prior * g1) / (self.own_weight + ratee_prior))
    }

    /// The ratee's peer score, 1…5.
    pub fn score(&self, ratee_prior: f64) -> Option<f64> {
        self.raw(ratee_prior).map(cut)
    }

    /// Adds another round's sums (scoring.md 4, term).
    pub fn add(&mut self, other: &Pool) {
        self.weight += other.weight;
        self.sum += other.sum;
        self.own_weight += other.own_weight;
        self.own_sum += other.own_sum;
    }
}

/// The numbers of a run that concern everybody.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct RunFacts {
    pub g0: f64,
    pub g1: f64,
    pub df: f64,
    pub s2: f64,
}

/// Working space of runs, and the whole result of the last one.
#[derive(Debug, Default)]
pub struct Runner {
    /// r_j after the round.
    pub leniency: Vec<f64>,
    /// By ratee: sums about it.
    pub pools: Vec<Pool>,
    /// By ratee: peer score before the cut.
    pub raw: Vec<Option<f64>>,
    /// Marks of the run in order, z before and after the clamp.
    pub corrected: Vec<(Mark, f64, f64)>,
    a: Vec<f64>,
    b: Vec<f64>,
    buffer: Vec<f64>,
    weighted: Vec<(f64, f64)>,
}

/// Lower and upper end of the clamp about a ratee; none = fewer than three marks.
pub fn clamp_range(z: &mut [f64], clamp: f64) -> Option<(f64, f64)> {
    if z.len() < 3 {
        return None;
    }
    median(z).map(|m| (m - clamp, m + clamp))
}

impl Runner {
    /// Runs steps 2–8 over the round without the marks that `left_out` gave, and adds the round to
    /// the memory. None: no marks in the run; then the memory stays and only `leniency` is set.
    pub fn run(
        &mut self,
        round: &RoundMarks,
        left_out: Option<u32>,
        memory: &mut Memory,
        constants: &PeerConstants,
    ) -> Option<RunFacts> {
        let g0 = general_mean(round, left_out);
        if let Some(g0) = g0 {
            self.remember(round, left_out, g0, memory, constants.reference_prior);
        }
        self.leniency.clear();
        let leniencies = memory.leniencies(constants.rater_prior);
        self.leniency.extend(leniencies);
        let g0 = g0?;
        let total = self.correct(round, left_out, constants.clamp);
        let g1 = total.g1()?;
        for pool in &mut self.pools {
            pool.weight = total.weight;
            pool.sum = total.sum;
        }
        self.raw.clear();
        let raw = self.pools.iter().map(|p| p.raw(constants.ratee_prior));
        self.raw.extend(raw);
        let df = self.freedom(total.weight, memory, constants);
        let s2 = if less(df, 1.0) {
            0.64
        } else {
            self.squares(round) / df
        };
        Some(RunFacts { g0, g1, df, s2 })
    }

    /// Steps 3 and 4: adds each rater's A and B of this round to the memory.
    fn remember(
        &mut self,
        round: &RoundMarks,
        left_out: Option<u32>,
        g0: f64,
        memory: &mut Memory,
        prior: f64,
    ) {
        self.a.clear();
        self.a.resize(round.weights.len(), 0.0);
        self.b.clear();
        self.b.resize(round.weights.len(), 0.0);
        for ratee in 0..round.composite.ratees() {
            let (first, marks) = round.composite.placed(ratee);
            // Where the left-out rater gave no mark, the sums are those over all marks, to the last bit.
            let touched = marks.iter().any(|m| Some(m.rater) == left_out);
            let others = round.others.get(first..).unwrap_or(&[]);
            for (mark, others) in marks.iter().zip(others) {
                if Some(mark.rater) == left_out {
                    continue;
                }
                let (sum, by) = match touched {
                    true => round.others_of(marks, mark.rater, left_out),
                    false => *others,
                };
                let w = round.weight(mark.rater);
                let reference = (sum + prior * g0) / (by + prior);
                add_at(&mut self.a, mark.rater, w * (mark.y - reference));
                add_at(&mut self.b, mark.rater, w);
            }
        }
        for (sum, a) in memory.a.iter_mut().zip(&self.a) {
            *sum += a;
        }
        for (sum, b) in memory.b.iter_mut().zip(&self.b) {
            *sum += b;
        }
    }

    /// Steps 5 to 7: corrected and clamped marks, sums about each ratee and over all.
    fn correct(&mut self, round: &RoundMarks, left_out: Option<u32>, clamp: f64) -> Pool {
        self.corrected.clear();
        self.pools.clear();
        let mut total = Pool::default();
        for ratee in 0..round.composite.ratees() {
            let first = self.corrected.len();
            for mark in round.composite.about(ratee) {
                if Some(mark.rater) != left_out {
                    let z = mark.y - leniency(&self.leniency, mark.rater);
                    self.corrected.push((*mark, z, z));
                }
            }
            let here = self.corrected.get_mut(first..).unwrap_or(&mut []);
            self.buffer.clear();
            self.buffer.extend(here.iter().map(|(_, z, _)| *z));
            let range = needed_range(&mut self.buffer, clamp);
            let mut own = Pool::default();
            for (mark, z, clamped) in here {
                if let Some((low, high)) = range {
                    *clamped = z.max(low).min(high);
                }
                let w = round.weight(mark.rater);
                total.weight += w;
                total.sum += w * *clamped;
                own.own_weight += w;
                own.own_sum += w * *clamped;
            }
            self.pools.push(own);
        }
        total
    }

    /// Degrees of freedom (step 8).
    fn freedom(&self, weight: f64, memory: &Memory, constants: &PeerConstants) -> f64 {
        let mut ratees = 0.0;
        for pool in self.pools.iter().filter(|pool| pool.own_weight > 0.0) {
            ratees += pool.own_weight / (pool.own_weight + constants.ratee_prior);
        }
        let mut raters = 0.0;
        for (own, all) in self.b.iter().zip(&memory.b).filter(|(own, _)| **own > 0.0) {
            raters += own / (all + constants.rater_prior);
        }
        weight - ratees - raters
    }

    /// Σ w e² (step 8), e = z before the clamp − peer score before the cut.
    fn squares(&self, round: &RoundMarks) -> f64 {
        self.corrected.iter().fold(0.0, |sum, (mark, z, _)| {
            let e = z - self.raw_of(mark.ratee).unwrap_or_default();
            sum + round.weight(mark.rater) * e * e
        })
    }

    /// Peer score of a ratee before the cut.
    pub fn raw_of(&self, ratee: u32) -> Option<f64> {
        self.raw.get(ix(ratee)).copied().flatten()
    }

    /// The marks of the run about one ratee, with z before and after the clamp.
    pub fn corrected_about(&self, ratee: u32) -> &[(Mark, f64, f64)] {
        let first = self.corrected.partition_point(|(m, _, _)| m.ratee < ratee);
        let end = self.corrected.partition_point(|(m, _, _)| m.ratee <= ratee);
        self.corrected.get(first..end).unwrap_or(&[])
    }

    /// SE_i of a ratee of the last run (step 8); none without marks about it.
    pub fn standard_error(
        &self,
        round: &RoundMarks,
        ratee: u32,
        facts: &RunFacts,
        memory: &Memory,
        constants: &PeerConstants,
    ) -> Option<f64> {
        let pool = self.pools.get(ix(ratee)).filter(|p| p.own_weight > 0.0)?;
        let by = pool.own_weight + constants.ratee_prior;
        let mut raters = 0.0;
        for (mark, _, _) in self.corrected_about(ratee) {
            let remembered = memory.b.get(ix(mark.rater)).copied().unwrap_or_default();
            let share = round.weight(mark.rater) / by;
            raters += share * share / (remembered + constants.rater_prior);
        }
        Some((facts.s2 * (1.0 / by + raters)).sqrt())
    }

    /// Steps 5 to 7 of one dimension with the leniencies of the last run; the ratee's own sums inside.
    pub fn dimension(
        &mut self,
        round: &RoundMarks,
        table: &MarkTable,
        left_out: Option<u32>,
        own: u32,
        clamp: f64,
    ) -> Pool {
        let mut pool = Pool::default();
        for ratee in 0..table.ratees() {
            self.weighted.clear();
            let (mut lowest, mut highest) = (f64::INFINITY, f64::NEG_INFINITY);
            for mark in table.about(ratee) {
                if Some(mark.rater) != left_out {
                    let z = mark.y - leniency(&self.leniency, mark.rater);
                    lowest = lowest.min(z);
                    highest = highest.max(z);
                    self.weighted.push((z, round.weight(mark.rater)));
                }
            }
            if self.weighted.len() >= 3 && !less(highest - lowest, clamp) {
                self.buffer.clear();
                self.buffer.extend(self.weighted.iter().map(|(z, _)| *z));
                if let Some((low, high)) = clamp_range(&mut self.buffer, clamp) {
                    for (z, _) in &mut self.weighted {
                        *z = z.max(low).min(high);
                    }
                }
            }
            for (z, w) in &self.weighted {
                pool.weight += w;
                pool.sum += w * z;
            }
            if ratee == ix(own) {
                for (z, w) in &self.weighted {
                    pool.own_weight += w;
                    pool.own_sum += w * z;
                }
            }
        }
        pool
    }
}

/// The clamp where it can act: all within less than c of each other lie within c of their median.
fn needed_range(z: &mut [f64], clamp: f64) -> Option<(f64, f64)> {
    if z.len() < 3 {
        return None;
    }
    let (mut low, mut high) = (f64::INFINITY, f64::NEG_INFINITY);
    for value in z.iter() {
        low = low.min(*value);
        high = high.max(*value);
    }
    if less(high - low, clamp) {
        return None;
    }
    clamp_range(z, clamp)
}

/// Step 2: g0 over all marks of the run.
fn general_mean(round: &RoundMarks, left_out: Option<u32>) -> Option<f64> {
    let (mut sum, mut by) = (0.0, 0.0);
    for mark in round.composite.marks() {
        if Some(mark.rater) != left_out {
            let w = round.weight(mark.rater);
            sum += w * mark.y;
            by += w;
        }
    }
    (by > 0.0).then(|| sum / by)
}

fn leniency(all: &[f64], rater: u32) -> f64 {
    all.get(ix(rater)).copied().unwrap_or_default()
}

fn add_at(sums: &mut [f64], at: u32, by: f64) {
    if let Some(sum) = sums.get_mut(ix(at)) {
        *sum += by;
    }
}
