//! Personal-best logs: one row for a child, a kind and a day.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{engine::Db, error::Stored, schema_children::logs, store::Tx};
use crate::domain::{
    actor::{ChildPermit, ClassPermit},
    ids::SchoolId,
};

/// What a child did on a day.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = logs)]
pub struct LogRow {
    pub school_id: String,
    pub id: String,
    pub student_id: String,
    pub term_id: String,
    pub kind: String,
    pub done_on: NaiveDate,
    pub amount: i32,
    /// confirmed or waiting.
    pub state: String,
    /// teacher or student.
    pub by_kind: String,
    pub by_id: String,
    pub kept_at: i64,
}

impl LogRow {
    /// Whether it counts.
    pub fn is_confirmed(&self) -> bool {
        self.state == CONFIRMED
    }
}

/// Told by a teacher, or by the child and confirmed.
pub const CONFIRMED: &str = "confirmed";
/// Told by the child.
pub const WAITING: &str = "waiting";

/// A term's days of these children of the permit's class, earliest first.
pub fn of_class(
    db: &mut Db,
    _permit: &ClassPermit,
    school: &SchoolId,
    term: &str,
    children: &[String],
) -> Stored<Vec<LogRow>> {
    Ok(logs::table
        .filter(
            logs::school_id
                .eq(school.as_str())
                .and(logs::term_id.eq(term))
                .and(logs::student_id.eq_any(children)),
        )
        .order((logs::done_on.asc(), logs::id.asc()))
        .select(LogRow::as_select())
        .load(db)?)
}

/// A term's days of the permit's child, earliest first.
pub fn of_child(
    db: &mut Db,
    permit: &ChildPermit,
    school: &SchoolId,
    term: &str,
) -> Stored<Vec<LogRow>> {
    Ok(logs::table
        .filter(
            logs::school_id
                .eq(school.as_str())
                .and(logs::term_id.eq(term))
                .and(logs::student_id.eq(permit.student().as_str())),
        )
        .order((logs::done_on.asc(), logs::id.asc()))
        .select(LogRow::as_select())
        .load(db)?)
}

/// All days of the permit's child, earliest first: for its family's view of what is held.
pub fn ever(db: &mut Db, permit: &ChildPermit, school: &SchoolId) -> Stored<Vec<LogRow>> {
    Ok(logs::table
        .filter(
            logs::school_id
                .eq(school.as_str())
                .and(logs::student_id.eq(permit.student().as_str())),
        )
        .order((logs::done_on.asc(), logs::id.asc()))
        .select(LogRow::as_select())
        .load(db)?)
}

/// Puts a day in place of what stood there.
pub fn put(tx: &mut Tx<'_>, row: &LogRow) -> Stored<()> {
    take_away(tx, row)?;
    diesel::insert_into(logs::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Takes the row's day of its kind away.
pub fn take_away(tx: &mut Tx<'_>, row: &LogRow) -> Stored<usize> {
    Ok(diesel::delete(
        logs::table
            .filter(
                logs::school_id
                    .eq(&row.school_id)
                    .and(logs::student_id.eq(&row.student_id)),
            )
            .filter(logs::kind.eq(&row.kind).and(logs::done_on.eq(row.done_on))),
    )
    .execute(tx.db)?)
}
