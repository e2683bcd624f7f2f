//! What the computation gives: every number with what it was made of, so that pages explain it without
//! computing again. Rows are by index into the tables of `input`.

use super::components::LocalComponents;
use super::peer_term::{OwnRun, TermPool, WholeRun};
use super::school::GradeResult;
use super::signals::RaterSignals;
use super::voices::{Blend, Provisional};

/// A whole school's term.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TermResult {
    /// By class, in the order of the input.
    pub classes: Vec<ClassResult>,
    /// By grade, ascending; only grades that have a class.
    pub grades: Vec<GradeResult>,
}

/// One class's term: all that needs no other class.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClassResult {
    /// By round, in the order of the input.
    pub rounds: Vec<ClassRoundResult>,
    /// By student.
    pub term: Vec<StudentTerm>,
}

/// One class's round.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClassRoundResult {
    /// By student.
    pub students: Vec<StudentRound>,
    /// Marks of the sheets about students by source, in the order of the input's sheets.
    pub heard: [Vec<SheetMark>; 4],
    /// The run over all peer marks: leniencies and flags, nobody's score.
    pub whole: WholeRun,
    /// Every student with a peer sheet in the round, by index.
    pub raters: Vec<RaterSignals>,
    /// Krippendorff's α (interval) of the peer sheets; below .4 "标准还不统一，先对一次标".
    pub agreement: Option<f64>,
    /// Scores that are not provisional, by student: the n_c and x_c of scoring.md 6.
    pub contributing: Vec<f64>,
    /// Class components that need no other class.
    pub components: LocalComponents,
}

/// A sheet's composite mark; none = 没看见 throughout.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SheetMark {
    pub ratee: u32,
    pub rater: u32,
    pub mark: Option<f64>,
}

/// A student's score of a round or of the term.
#[derive(Clone, Debug, PartialEq)]
pub struct StudentNumber {
    /// Four voices in the order of `Source::ALL`.
    pub blend: Blend<4>,
    /// The same by dimension.
    pub dimensions: Vec<Blend<4>>,
    /// `w_peer · SE_peer`, in stars.
    pub se: Option<f64>,
    /// Why the score is provisional; none = it counts.
    pub provisional: Option<Provisional>,
    /// Sources of weight > 0 in the rubric: the 4 of "3 of 4 voices".
    pub voices_of: usize,
}

/// A student's round.
#[derive(Clone, Debug, PartialEq)]
pub struct StudentRound {
    pub peer: OwnRun,
    pub number: StudentNumber,
}

/// A student's term.
#[derive(Clone, Debug, PartialEq)]
pub struct StudentTerm {
    pub peer: TermPool,
    pub number: StudentNumber,
}
