//! Peer scores of a class over a term: for every student the own run without the marks it gave (impartial),
//! and one run over all marks for leniencies and flags (scoring.md 2, and 4 for the term).

use super::mark_table::{Mark, MarkTable, RoundMarks};
use super::number::{compact, cut, median};
use super::peer::{Memory, Pool, RunFacts, Runner};
use crate::domain::rubric::PeerConstants;

/// A student's peer score of one round with everything behind it, from the own run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OwnRun {
    /// g0, g1, df and s² of the run; none = no mark at all in it.
    pub facts: Option<RunFacts>,
    /// Sums of the run and of the marks about the student.
    pub pool: Pool,
    /// The same per dimension; `weight` 0 = the run has no mark in it.
    pub dimensions: Vec<Pool>,
    /// m_i; none for fewer than three marks (nothing is clamped).
    pub median: Option<f64>,
    /// 1…5; none = nobody rated the student.
    pub score: Option<f64>,
    pub se: Option<f64>,
    /// The marks about the student, by rater.
    pub marks: Vec<OwnMark>,
}

/// One mark about a student, as its own run corrected it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct OwnMark {
    pub rater: u32,
    pub y: f64,
    /// w: 1, or q for a flat rater.
    pub weight: f64,
    /// r_j in this run.
    pub leniency: f64,
    /// z = y − r_j.
    pub corrected: f64,
    /// z after the clamp.
    pub clamped: f64,
}

/// A student's pooled peer score of the term.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TermPool {
    pub pool: Pool,
    pub dimensions: Vec<Pool>,
    pub score: Option<f64>,
    pub se: Option<f64>,
}

/// The run over all marks of a round: nobody's score, but what raters and pages about raters show.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WholeRun {
    pub facts: Option<RunFacts>,
    /// r_j after this round, by rater.
    pub leniency: Vec<f64>,
    /// ΣA_j and ΣB_j so far.
    pub memory: Memory,
    /// Score of each ratee, 1…5, and SE.
    pub scores: Vec<Option<f64>>,
    pub errors: Vec<Option<f64>>,
    /// e of every mark, in the order of the marks.
    pub residuals: Vec<(Mark, f64)>,
}

/// The own runs of a student over the rounds of a term, in order.
pub fn own_runs(
    runner: &mut Runner,
    memory: &mut Memory,
    rounds: &[RoundMarks],
    student: u32,
    constants: &PeerConstants,
) -> Vec<OwnRun> {
    memory.clear();
    rounds
        .iter()
        .map(|round| {
            let Some(facts) = runner.run(round, Some(student), memory, constants) else {
                return OwnRun {
                    dimensions: vec![Pool::default(); round.dimensions.len()],
                    ..OwnRun::default()
                };
            };
            own_run(runner, memory, round, student, facts, constants)
        })
        .collect()
}

fn own_run(
    runner: &mut Runner,
    memory: &Memory,
    round: &RoundMarks,
    student: u32,
    facts: RunFacts,
    constants: &PeerConstants,
) -> OwnRun {
    let at = super::number::ix(student);
    let own = |rater: u32| super::number::ix(rater);
    let marks: Vec<OwnMark> = runner
        .corrected_about(student)
        .iter()
        .map(|(mark, corrected, clamped)| OwnMark {
            rater: mark.rater,
            y: mark.y,
            weight: round.weights.get(own(mark.rater)).copied().unwrap_or(1.0),
            leniency: runner
                .leniency
                .get(own(mark.rater))
                .copied()
                .unwrap_or_default(),
            corrected: *corrected,
            clamped: *clamped,
        })
        .collect();
    let mut z: Vec<f64> = marks.iter().map(|mark| mark.corrected).collect();
    let pool = runner.pools.get(at).copied().unwrap_or_default();
    let se = runner.standard_error(round, student, &facts, memory, constants);
    let dimension =
        |table: &MarkTable| runner.dimension(round, table, Some(student), student, constants.clamp);
    OwnRun {
        facts: Some(facts),
        pool,
        dimensions: round.dimensions.iter().map(dimension).collect(),
        median: if z.len() < 3 { None } else { median(&mut z) },
        score: pool.score(constants.ratee_prior),
        se,
        marks,
    }
}

/// The term's peer score from a student's own runs (scoring.md 4): all corrected and clamped marks pooled.
pub fn pool_term<'a>(
    runs: impl Iterator<Item = &'a OwnRun>,
    dimensions: usize,
    ratee_prior: f64,
) -> TermPool {
    let mut term = TermPool {
        dimensions: vec![Pool::default(); dimensions],
        ..TermPool::default()
    };
    let mut squares = 0.0;
    for run in runs.filter(|run| run.facts.is_some()) {
        term.pool.add(&run.pool);
        for (sum, pool) in term.dimensions.iter_mut().zip(&run.dimensions) {
            sum.add(pool);
        }
        if let Some(se) = run.se {
            let share = (run.pool.own_weight + ratee_prior) * se;
            squares += share * share;
        }
    }
    term.score = term.pool.score(ratee_prior);
    let by = term.pool.own_weight + ratee_prior;
    term.se = term.score.map(|_| squares.sqrt() / by);
    term
}

/// The runs over all marks, in the order of the rounds, with a memory of their own.
pub fn whole_runs(rounds: &[RoundMarks], constants: &PeerConstants) -> Vec<WholeRun> {
    let raters = rounds.iter().map(|r| r.weights.len()).max().unwrap_or(0);
    let mut memory = Memory::new(raters);
    let mut runner = Runner::default();
    rounds
        .iter()
        .map(|round| {
            let facts = runner.run(round, None, &mut memory, constants);
            let mut whole = WholeRun {
                facts,
                leniency: runner.leniency.clone(),
                memory: memory.clone(),
                ..WholeRun::default()
            };
            let ratees = compact(round.composite.ratees());
            if let Some(facts) = facts {
                whole.scores = runner.raw.iter().map(|raw| raw.map(cut)).collect();
                whole.errors = (0..ratees)
                    .map(|at| runner.standard_error(round, at, &facts, &memory, constants))
                    .collect();
                whole.residuals = runner
                    .corrected
                    .iter()
                    .map(|(mark, z, _)| (*mark, z - runner.raw_of(mark.ratee).unwrap_or(*z)))
                    .collect();
            }
            whole
        })
        .collect()
}
