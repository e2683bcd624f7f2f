//! One class of a term: marks, peer runs, voices, signals (scoring.md 1–4 and 8). Needs no other class, so
//! the server recomputes just the class that changed.

use super::agreement::class_agreement;
use super::components::local_components;
use super::input::ClassInput;
use super::mark_table::RoundMarks;
use super::marks::Scale;
use super::peer::{Memory, Pool, Runner};
use super::peer_term::{OwnRun, own_runs, pool_term, whole_runs};
use super::result::{ClassResult, ClassRoundResult, StudentNumber, StudentRound, StudentTerm};
use super::signals::rater_signals;
use super::sources::{Heard, Table, hear, peer_spans};
use super::voices::blend;
use crate::domain::rubric::{Rubric, Segment, Source};

/// Tables and means of a period: self, teacher, parent.
struct Said {
    tables: [Table; 3],
    means: [Vec<Option<f64>>; 3],
}

/// Computes one class over all rounds of the term. A grade outside 1…6 is taken as the nearest.
pub fn score_class(rubric: &Rubric, class: &ClassInput) -> ClassResult {
    let segment = Segment::of_grade(class.grade.clamp(1, 6)).unwrap_or(Segment::High);
    let scale = Scale::new(rubric, segment);
    let students = class.students.len();
    let mut said = Vec::with_capacity(class.rounds.len());
    let mut peers: Vec<RoundMarks> = Vec::with_capacity(class.rounds.len());
    let mut heard = Vec::with_capacity(class.rounds.len());
    let mut spans = Vec::with_capacity(class.rounds.len());
    for round in &class.rounds {
        let all: [Heard; 4] = Source::ALL.map(|source| hear(round, source, &scale));
        let [own, peer, teacher, parent] = &all;
        let tables = [
            own.table(class, &scale, Source::SelfRating),
            teacher.table(class, &scale, Source::Teacher),
            parent.table(class, &scale, Source::Parent),
        ];
        said.push(Said::new(tables, &scale));
        let given = peer_spans(round, students);
        peers.push(peer.peers(&given, &scale, &rubric.peer));
        spans.push(given);
        heard.push(all.map(|heard| heard.sheets));
    }
    let own = all_own_runs(rubric, &peers, students);
    let term = term_of(rubric, &scale, &said, &own);
    let mut own: Vec<_> = own.into_iter().map(Vec::into_iter).collect();
    let whole = whole_runs(&peers, &rubric.peer);
    let mut rounds = Vec::with_capacity(class.rounds.len());
    let parts = class.rounds.iter().zip(whole).zip(heard).zip(&said);
    for ((((input, whole), heard), said), spans) in parts.zip(spans) {
        let runs = own.iter_mut().filter_map(Iterator::next);
        let row = |(at, peer): (usize, OwnRun)| StudentRound {
            number: number(rubric, said, at, RunView::round(&peer, rubric)),
            peer,
        };
        let students: Vec<StudentRound> = runs.enumerate().map(row).collect();
        let counted = students.iter().filter(|s| s.number.provisional.is_none());
        rounds.push(ClassRoundResult {
            contributing: counted.filter_map(|s| s.number.blend.score).collect(),
            raters: rater_signals(input, &scale, &spans, &whole, &heard, &students),
            agreement: class_agreement(input, &scale),
            components: local_components(rubric, &scale, class, input),
            students,
            heard,
            whole,
        });
    }
    ClassResult { rounds, term }
}

impl Said {
    fn new(tables: [Table; 3], scale: &Scale) -> Said {
        let means = |table: &Table| {
            (0..=scale.dimensions())
                .map(|row| table.mean(row))
                .collect()
        };
        let [a, b, c] = &tables;
        Said {
            means: [means(a), means(b), means(c)],
            tables,
        }
    }
}

/// The own runs, by student, then by round.
fn all_own_runs(rubric: &Rubric, peers: &[RoundMarks], students: usize) -> Vec<Vec<OwnRun>> {
    let mut runner = Runner::default();
    let mut memory = Memory::new(students);
    (0..super::number::compact(students))
        .map(|student| own_runs(&mut runner, &mut memory, peers, student, &rubric.peer))
        .collect()
}

fn term_of(rubric: &Rubric, scale: &Scale, said: &[Said], own: &[Vec<OwnRun>]) -> Vec<StudentTerm> {
    let over = |at: usize| {
        let rounds: Vec<&Table> = said.iter().filter_map(|s| s.tables.get(at)).collect();
        Table::over(&rounds, scale.dimensions() + 1, own.len())
    };
    let said = Said::new([over(0), over(1), over(2)], scale);
    let row = |(at, runs): (usize, &Vec<OwnRun>)| {
        let prior = rubric.peer.ratee_prior;
        let peer = pool_term(runs.iter(), scale.dimensions(), prior);
        let view = RunView {
            pool: &peer.pool,
            dimensions: &peer.dimensions,
            se: peer.se,
            prior,
        };
        StudentTerm {
            number: number(rubric, &said, at, view),
            peer,
        }
    };
    own.iter().enumerate().map(row).collect()
}

/// What the blend needs of a student's peer runs.
struct RunView<'a> {
    pool: &'a Pool,
    dimensions: &'a [Pool],
    se: Option<f64>,
    prior: f64,
}

impl<'a> RunView<'a> {
    fn round(run: &'a OwnRun, rubric: &Rubric) -> RunView<'a> {
        RunView {
            pool: &run.pool,
            dimensions: &run.dimensions,
            se: run.se,
            prior: rubric.peer.ratee_prior,
        }
    }

    /// Peer score and g1 of row 0 (all) or 1 + d.
    fn row(&self, row: usize) -> (Option<f64>, Option<f64>) {
        let pool = match row.checked_sub(1) {
            None => Some(self.pool),
            Some(dimension) => self.dimensions.get(dimension),
        };
        pool.map_or((None, None), |pool| (pool.score(self.prior), pool.g1()))
    }
}

/// Section 4 for one student and period.
fn number(rubric: &Rubric, said: &Said, student: usize, peer: RunView<'_>) -> StudentNumber {
    let row = |row: usize| {
        let [own, teacher, parent] = &said.tables;
        let [m_own, m_teacher, m_parent] = &said.means;
        let mean = |means: &Vec<Option<f64>>| means.get(row).copied().flatten();
        let (score, g1) = peer.row(row);
        let marks = [
            own.get(row, student),
            score,
            teacher.get(row, student),
            parent.get(row, student),
        ];
        let means = [mean(m_own), g1, mean(m_teacher), mean(m_parent)];
        blend(rubric.weights, marks, means)
    };
    let whole = row(0);
    let [_, voice, _, _] = &whole.voices;
    let counts = whole.score.is_some() && voice.weight > 0.0;
    StudentNumber {
        se: peer.se.filter(|_| counts).map(|se| voice.weight * se),
        provisional: whole.provisional(),
        voices_of: rubric.weights.iter().filter(|w| **w > 0.0).count(),
        dimensions: (1..=peer.dimensions.len()).map(row).collect(),
        blend: whole,
    }
}
