//! What was put right in sheets of closed and published rounds. Rows are never changed but for the one undo.

use diesel::prelude::*;

use super::{engine::Db, error::Stored, schema_results::corrections, store::Tx};
use crate::domain::{
    actor::{ChildPermit, ClassPermit, SchoolPermit},
    ids::SchoolId,
};

/// One correction: `kind` and meaning as in `domain::correction`.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = corrections)]
pub struct CorrectionRow {
    pub school_id: String,
    pub id: String,
    pub round_id: String,
    pub ratee_id: String,
    pub source: String,
    pub rater_id: String,
    pub kind: String,
    pub indicator: Option<String>,
    pub anchor_before: Option<i32>,
    pub anchor_after: Option<i32>,
    pub reason: String,
    pub appeal_id: Option<String>,
    pub made_by: String,
    pub made_at: i64,
    pub undone_by: Option<String>,
    pub undone_at: Option<i64>,
    pub undone_reason: Option<String>,
}

/// Who took a correction back, when and why.
#[derive(Clone, Debug)]
pub struct Undoing<'a> {
    pub by: &'a str,
    pub at: i64,
    pub reason: &'a str,
}

/// All corrections of some rounds, undone ones included, in the order in which they were made.
pub fn of_rounds(
    db: &mut Db,
    _permit: &SchoolPermit,
    school: &SchoolId,
    rounds: &[String],
) -> Stored<Vec<CorrectionRow>> {
    Ok(corrections::table
        .filter(
            corrections::school_id
                .eq(school.as_str())
                .and(corrections::round_id.eq_any(rounds)),
        )
        .order((corrections::made_at.asc(), corrections::id.asc()))
        .select(CorrectionRow::as_select())
        .load(db)?)
}

/// All corrections of the sheets about children of the permit's class, undone ones included.
pub fn about_children(
    db: &mut Db,
    _permit: &ClassPermit,
    school: &SchoolId,
    rounds: &[String],
    children: &[String],
) -> Stored<Vec<CorrectionRow>> {
    Ok(corrections::table
        .filter(
            corrections::school_id
                .eq(school.as_str())
                .and(corrections::round_id.eq_any(rounds)),
        )
        .filter(corrections::ratee_id.eq_any(children))
        .order((corrections::made_at.asc(), corrections::id.asc()))
        .select(CorrectionRow::as_select())
        .load(db)?)
}

/// All corrections of the sheets about one child in a round, undone ones included.
pub fn about(
    db: &mut Db,
    permit: &ChildPermit,
    school: &SchoolId,
    round: &str,
) -> Stored<Vec<CorrectionRow>> {
    Ok(corrections::table
        .filter(
            corrections::school_id
                .eq(school.as_str())
                .and(corrections::round_id.eq(round)),
        )
        .filter(corrections::ratee_id.eq(permit.student().as_str()))
        .order((corrections::made_at.asc(), corrections::id.asc()))
        .select(CorrectionRow::as_select())
        .load(db)?)
}

/// Keeps a correction.
pub fn add(tx: &mut Tx<'_>, _permit: &ChildPermit, row: &CorrectionRow) -> Stored<()> {
    diesel::insert_into(corrections::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Notes that a correction was taken back; how many stood before, 0 or 1.
pub fn undo(
    tx: &mut Tx<'_>,
    permit: &ChildPermit,
    school: &SchoolId,
    id: &str,
    undoing: &Undoing<'_>,
) -> Stored<usize> {
    let standing = corrections::table.filter(
        corrections::school_id
            .eq(school.as_str())
            .and(corrections::id.eq(id))
            .and(corrections::ratee_id.eq(permit.student().as_str())),
    );
    Ok(
        diesel::update(standing.filter(corrections::undone_at.is_null()))
            .set((
                corrections::undone_by.eq(undoing.by),
                corrections::undone_at.eq(undoing.at),
                corrections::undone_reason.eq(undoing.reason),
            ))
            .execute(tx.db)?,
    )
}
