//! Small goals that children set: the child's own, its family's and its teachers', nobody else's.

use diesel::prelude::*;

use super::{engine::Db, error::Stored, schema_children::goals, store::Tx};
use crate::domain::{
    actor::{ChildPermit, ClassPermit},
    ids::SchoolId,
};

/// A goal: done when the child says so, reached when teacher or family confirm it.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = goals)]
pub struct GoalRow {
    pub school_id: String,
    pub id: String,
    pub student_id: String,
    pub term_id: String,
    pub dimension: String,
    /// Id of one of `domain::goals::READY`; empty for own words.
    pub ready: String,
    /// Own words; empty for a ready goal.
    pub text: String,
    pub set_at: i64,
    pub done_at: Option<i64>,
    pub confirmed_kind: Option<String>,
    pub confirmed_by: Option<String>,
    pub confirmed_at: Option<i64>,
    pub dropped_at: Option<i64>,
}

/// Goals of a child in a term that were not dropped, newest first.
pub fn of_child(
    db: &mut Db,
    permit: &ChildPermit,
    school: &SchoolId,
    term: &str,
) -> Stored<Vec<GoalRow>> {
    Ok(goals::table
        .filter(
            goals::school_id
                .eq(school.as_str())
                .and(goals::term_id.eq(term)),
        )
        .filter(
            goals::student_id
                .eq(permit.student().as_str())
                .and(goals::dropped_at.is_null()),
        )
        .order((goals::set_at.desc(), goals::id.desc()))
        .select(GoalRow::as_select())
        .load(db)?)
}

/// Goals of these children of the permit's class that they say are done and nobody confirmed yet.
pub fn waiting(
    db: &mut Db,
    _permit: &ClassPermit,
    school: &SchoolId,
    children: &[String],
) -> Stored<Vec<GoalRow>> {
    Ok(goals::table
        .filter(goals::school_id.eq(school.as_str()))
        .filter(goals::student_id.eq_any(children))
        .filter(
            goals::done_at
                .is_not_null()
                .and(goals::confirmed_at.is_null())
                .and(goals::dropped_at.is_null()),
        )
        .order(goals::done_at.asc())
        .select(GoalRow::as_select())
        .load(db)?)
}

/// Adds a goal of the permit's child.
pub fn add(tx: &mut Tx<'_>, _permit: &ChildPermit, row: &GoalRow) -> Stored<()> {
    diesel::insert_into(goals::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Stores what became of a goal of the permit's child.
pub fn change(tx: &mut Tx<'_>, permit: &ChildPermit, row: &GoalRow) -> Stored<()> {
    diesel::update(
        goals::table
            .filter(
                goals::school_id
                    .eq(&row.school_id)
                    .and(goals::id.eq(&row.id)),
            )
            .filter(goals::student_id.eq(permit.student().as_str())),
    )
    .set((
        goals::done_at.eq(row.done_at),
        goals::confirmed_kind.eq(&row.confirmed_kind),
        goals::confirmed_by.eq(&row.confirmed_by),
        goals::confirmed_at.eq(row.confirmed_at),
        goals::dropped_at.eq(row.dropped_at),
    ))
    .execute(tx.db)?;
    Ok(())
}
