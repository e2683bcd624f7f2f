//! Decided weeks: each class's index and flags as they were decided. Rows are only added.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    engine::Db,
    error::Stored,
    schema_duty::{week_closings, week_flags},
    store::Tx,
};
use crate::domain::{actor::SchoolPermit, ids::SchoolId};

/// A decision about a week; the highest revision holds.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = week_closings)]
pub struct ClosingRow {
    pub school_id: String,
    pub id: String,
    pub term_id: String,
    pub monday: NaiveDate,
    pub revision: i32,
    pub decided_at: i64,
    /// Empty: the machine, on Friday.
    pub decided_by: String,
    /// Why there is a later revision.
    pub why: String,
}

/// A class in a decided week.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = week_flags)]
pub struct FlagRow {
    pub school_id: String,
    pub closing_id: String,
    pub class_id: String,
    /// Public code of that week.
    pub code: String,
    pub grade: i32,
    /// The index in tenths; none: nothing was checked.
    pub tenths: Option<i32>,
    /// Days on which it was checked.
    pub days: i32,
    /// Rise over the own median, in hundredths.
    pub rise: Option<i32>,
    /// `key=points/full/weight` separated by `;`, participation last.
    pub parts: String,
    /// `flag`, `progress`, both or neither, separated by a space.
    pub flags: String,
}

/// All decisions of a school, oldest week first, within a week oldest first.
pub fn closings(db: &mut Db, school: &SchoolId) -> Stored<Vec<ClosingRow>> {
    Ok(week_closings::table
        .filter(week_closings::school_id.eq(school.as_str()))
        .order((week_closings::monday.asc(), week_closings::revision.asc()))
        .select(ClosingRow::as_select())
        .load(db)?)
}

/// The classes of a decision, by code.
pub fn classes_of(db: &mut Db, school: &SchoolId, closing: &str) -> Stored<Vec<FlagRow>> {
    Ok(week_flags::table
        .filter(
            week_flags::school_id
                .eq(school.as_str())
                .and(week_flags::closing_id.eq(closing)),
        )
        .order(week_flags::code.asc())
        .select(FlagRow::as_select())
        .load(db)?)
}

/// Stores a decision with its classes.
pub fn add(
    tx: &mut Tx<'_>,
    _permit: &SchoolPermit,
    closing: &ClosingRow,
    classes: &[FlagRow],
) -> Stored<()> {
    diesel::insert_into(week_closings::table)
        .values(closing)
        .execute(tx.db)?;
    for row in classes {
        diesel::insert_into(week_flags::table)
            .values(row)
            .execute(tx.db)?;
    }
    Ok(())
}
