//! A term's votes as the tables have them, loaded once: what [`super::term_votes`] makes the computation's input of, for
//! the whole term or for its first rounds. Sheets come as they count, with the corrections that stand.

use std::collections::HashMap;

use super::{Acted, corrected, counted_checks, term_votes::read_rubric};
use crate::{
    domain::{
        actor::SchoolPermit,
        ids::SchoolId,
        rubric::{Rubric, Source},
    },
    storage::{
        Db, corrections,
        corrections::CorrectionRow,
        inspections::InspectionRow,
        rounds,
        rounds::{AssignmentRow, ExcusalRow, RoundClassRow, RoundRow},
        schools,
        schools::TermRow,
        sheets,
        sheets::SheetRow,
        staff,
        staff::TeachingRow,
        students,
        students::{EnrolmentRow, StudentRow},
    },
};

/// See the file's head.
#[derive(Debug)]
pub struct TermFacts {
    pub term: TermRow,
    pub rubric: Rubric,
    /// In the order in which they count: by the bytes of their names.
    pub rounds: Vec<RoundFacts>,
    pub(super) stays: Vec<EnrolmentRow>,
    pub(super) people: HashMap<String, StudentRow>,
    pub(super) logins: HashMap<String, String>,
    pub(super) teaching: Vec<TeachingRow>,
    pub mark: Mark,
}

/// What was said in one round.
#[derive(Debug)]
pub struct RoundFacts {
    pub row: RoundRow,
    pub(super) classes: Vec<RoundClassRow>,
    pub(super) sheets: Vec<SheetRow>,
    pub(super) pairs: Vec<AssignmentRow>,
    pub(super) excused: Vec<ExcusalRow>,
    pub(super) checks: Vec<InspectionRow>,
}

/// How many corrections the term's rounds had and how many of them were taken back: both only grow, so that equal marks
/// mean that nothing was corrected in between.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mark {
    made: usize,
    undone: usize,
}

/// A correction that is tried before it is stored.
#[derive(Clone, Debug)]
pub enum Change {
    Make(CorrectionRow),
    /// The one that is taken back.
    Undo(CorrectionRow),
}

impl Change {
    fn tried(&self, rows: &mut Vec<CorrectionRow>) {
        match self {
            Self::Make(row) => rows.push(row.clone()),
            Self::Undo(undone) => rows.retain(|row| row.id != undone.id),
        }
    }

    /// Whether it is about what a classmate said.
    pub(super) fn is_of_classmate(&self) -> bool {
        let (Self::Make(row) | Self::Undo(row)) = self;
        row.source == Source::Peer.name()
    }
}

/// Loads a term's published rounds and, where given, the round `with`; `change` as if it were stored already.
pub fn gather(
    db: &mut Db,
    permit: &SchoolPermit,
    school: &SchoolId,
    term: &str,
    with: Option<&str>,
    change: Option<&Change>,
) -> Acted<TermFacts> {
    let term = schools::term(db, school, term)?;
    let counted = |r: &RoundRow| r.state == "published" || Some(r.id.as_str()) == with;
    let mut rows: Vec<RoundRow> = rounds::of_term(db, school, &term.id)?
        .into_iter()
        .filter(counted)
        .collect();
    rows.sort_by(|a, b| a.name.as_bytes().cmp(b.name.as_bytes()));
    let rubric_id = rows.first().map_or(&term.rubric_id, |r| &r.rubric_id);
    let rubric = read_rubric(db, school, rubric_id)?;
    let (mark, mut corrections) = corrections_of(db, permit, school, &rows)?;
    if let Some(change) = change {
        change.tried(&mut corrections);
    }
    let mut facts = Vec::with_capacity(rows.len());
    for row in rows {
        facts.push(round(db, permit, school, row, &corrections)?);
    }
    let people = students::all(db, permit, school)?.into_iter();
    let logins = staff::all(db, permit, school)?.into_iter();
    Ok(TermFacts {
        stays: students::enrolments_between(db, permit, school, term.starts_on, term.ends_on)?,
        teaching: staff::teaching_between(db, permit, school, term.starts_on, term.ends_on)?,
        people: people.map(|s| (s.id.clone(), s)).collect(),
        logins: logins.map(|s| (s.id, s.login)).collect(),
        rounds: facts,
        rubric,
        term,
        mark,
    })
}

/// The mark of some rounds now.
pub fn mark(
    db: &mut Db,
    permit: &SchoolPermit,
    school: &SchoolId,
    rounds: &[RoundRow],
) -> Acted<Mark> {
    Ok(corrections_of(db, permit, school, rounds)?.0)
}

fn corrections_of(
    db: &mut Db,
    permit: &SchoolPermit,
    school: &SchoolId,
    rounds: &[RoundRow],
) -> Acted<(Mark, Vec<CorrectionRow>)> {
    let ids: Vec<String> = rounds.iter().map(|r| r.id.clone()).collect();
    let all = corrections::of_rounds(db, permit, school, &ids)?;
    let mark = Mark {
        made: all.len(),
        undone: all.iter().filter(|row| !corrected::stands(row)).count(),
    };
    Ok((mark, all))
}

fn round(
    db: &mut Db,
    permit: &SchoolPermit,
    school: &SchoolId,
    row: RoundRow,
    corrections: &[CorrectionRow],
) -> Acted<RoundFacts> {
    let own = corrections.iter().filter(|c| c.round_id == row.id).cloned();
    let own: Vec<CorrectionRow> = own.collect();
    let mut sheets = sheets::of_round(db, permit, school, &row.id)?;
    corrected::apply(&mut sheets, &own);
    Ok(RoundFacts {
        classes: rounds::classes_of(db, school, &row.id)?,
        pairs: rounds::assignments(db, permit, school, &row.id)?,
        excused: rounds::excused(db, school, &row.id)?,
        checks: counted_checks::of_round(db, school, &row.id)?,
        sheets,
        row,
    })
}
