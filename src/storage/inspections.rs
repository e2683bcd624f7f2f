//! The checks of classes, item by item, and what stood in them before.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    engine::Db,
    error::Stored,
    schema_duty::{inspection_history, inspections},
    store::Tx,
};
use crate::domain::{
    actor::{ClassPermit, SchoolPermit},
    ids::{ClassId, SchoolId},
};

/// One item of one check, from full marks down. `points` are those that count, corrected ones too.
#[derive(Clone, Debug, Default, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = inspections)]
pub struct InspectionRow {
    pub school_id: String,
    pub id: String,
    /// The round it counts in; `None`: outside every round, in its week alone.
    pub round_id: Option<String>,
    pub on_date: NaiveDate,
    /// Id of the post; imported and early rows have its name.
    pub post: String,
    pub class_id: String,
    pub item: String,
    pub full_marks: f64,
    pub points: f64,
    pub reason: String,
    pub checked_by: String,
    pub saved_at: i64,
    /// First minute of the slot.
    pub slot: i32,
    /// By the second monitor.
    pub second: bool,
    pub counts: bool,
    /// When the office said which of two counts.
    pub decided_at: Option<i64>,
    /// When the class was first sent: ten minutes from here it may be changed.
    pub first_at: i64,
    /// Counter of the form's saves.
    pub stamp: i64,
}

/// What stood in a check before; `why` is replaced, taken_back or corrected.
#[derive(Clone, Debug, Default, PartialEq, Queryable, Selectable, Insertable)]
#[diesel(table_name = inspection_history)]
pub struct FormerRow {
    pub school_id: String,
    pub id: String,
    pub inspection_id: String,
    pub on_date: NaiveDate,
    pub post: String,
    pub class_id: String,
    pub item: String,
    pub full_marks: f64,
    pub points: f64,
    pub reason: String,
    pub checked_by: String,
    pub saved_at: i64,
    pub ended_at: i64,
    pub ended_by: String,
    pub why: String,
    pub words: String,
}

/// The checks of a round that count.
pub fn of_round(db: &mut Db, school: &SchoolId, round: &str) -> Stored<Vec<InspectionRow>> {
    Ok(inspections::table
        .filter(
            inspections::school_id
                .eq(school.as_str())
                .and(inspections::round_id.eq(round))
                .and(inspections::counts.eq(true)),
        )
        .order((inspections::on_date.asc(), inspections::slot.asc()))
        .select(InspectionRow::as_select())
        .load(db)?)
}

/// The checks from one day to another that count in their weeks alone.
pub fn outside_rounds(
    db: &mut Db,
    _permit: &SchoolPermit,
    school: &SchoolId,
    (from, to): (NaiveDate, NaiveDate),
) -> Stored<Vec<InspectionRow>> {
    Ok(inspections::table
        .filter(
            inspections::school_id
                .eq(school.as_str())
                .and(inspections::round_id.is_null())
                .and(inspections::counts.eq(true)),
        )
        .filter(inspections::on_date.between(from, to))
        .select(InspectionRow::as_select())
        .load(db)?)
}

/// All checks of a post on a day.
pub fn of_day(
    db: &mut Db,
    school: &SchoolId,
    on: NaiveDate,
    post: &str,
) -> Stored<Vec<InspectionRow>> {
    Ok(inspections::table
        .filter(
            inspections::school_id
                .eq(school.as_str())
                .and(inspections::on_date.eq(on))
                .and(inspections::post.eq(post)),
        )
        .select(InspectionRow::as_select())
        .load(db)?)
}

/// The checks of a class from one day to another, by day; those that do not count too.
pub fn of_class_between(
    db: &mut Db,
    permit: &ClassPermit,
    school: &SchoolId,
    from: NaiveDate,
    to: NaiveDate,
) -> Stored<Vec<InspectionRow>> {
    Ok(inspections::table
        .filter(
            inspections::school_id
                .eq(school.as_str())
                .and(inspections::class_id.eq(permit.class().as_str())),
        )
        .filter(inspections::on_date.between(from, to))
        .order((inspections::on_date.asc(), inspections::saved_at.asc()))
        .select(InspectionRow::as_select())
        .load(db)?)
}

/// All checks from one day to another, by day.
pub fn between(
    db: &mut Db,
    _permit: &SchoolPermit,
    school: &SchoolId,
    from: NaiveDate,
    to: NaiveDate,
) -> Stored<Vec<InspectionRow>> {
    Ok(inspections::table
        .filter(
            inspections::school_id
                .eq(school.as_str())
                .and(inspections::on_date.between(from, to)),
        )
        .order((inspections::on_date.asc(), inspections::saved_at.asc()))
        .select(InspectionRow::as_select())
        .load(db)?)
}

/// Whether anything was checked from one day to another.
pub fn any_between(db: &mut Db, school: &SchoolId, from: NaiveDate, to: NaiveDate) -> Stored<bool> {
    let first: Option<String> = inspections::table
        .filter(
            inspections::school_id
                .eq(school.as_str())
                .and(inspections::on_date.between(from, to)),
        )
        .select(inspections::id)
        .first(db)
        .optional()?;
    Ok(first.is_some())
}

/// One row.
pub fn get(db: &mut Db, school: &SchoolId, id: &str) -> Stored<InspectionRow> {
    Ok(inspections::table
        .filter(
            inspections::school_id
                .eq(school.as_str())
                .and(inspections::id.eq(id)),
        )
        .select(InspectionRow::as_select())
        .first(db)?)
}

/// Adds a row.
pub fn add(tx: &mut Tx<'_>, row: &InspectionRow) -> Stored<()> {
    diesel::insert_into(inspections::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Takes a row away; keep it in the history first.
pub fn remove(tx: &mut Tx<'_>, school: &SchoolId, id: &str) -> Stored<()> {
    diesel::delete(
        inspections::table.filter(
            inspections::school_id
                .eq(school.as_str())
                .and(inspections::id.eq(id)),
        ),
    )
    .execute(tx.db)?;
    Ok(())
}

/// Sets the points and reason that count; keep what stood there first.
pub fn correct(
    tx: &mut Tx<'_>,
    _permit: &SchoolPermit,
    row: &InspectionRow,
    points: f64,
) -> Stored<()> {
    diesel::update(
        inspections::table.filter(
            inspections::school_id
                .eq(&row.school_id)
                .and(inspections::id.eq(&row.id)),
        ),
    )
    .set(inspections::points.eq(points))
    .execute(tx.db)?;
    Ok(())
}

/// Says whether a row counts, and whether the office has decided so.
pub fn set_counts(
    tx: &mut Tx<'_>,
    school: &SchoolId,
    id: &str,
    counts: bool,
    decided_at: Option<i64>,
) -> Stored<()> {
    diesel::update(
        inspections::table.filter(
            inspections::school_id
                .eq(school.as_str())
                .and(inspections::id.eq(id)),
        ),
    )
    .set((
        inspections::counts.eq(counts),
        inspections::decided_at.eq(decided_at),
    ))
    .execute(tx.db)?;
    Ok(())
}

/// Takes one checker's checks of a class at a post on a day away, before a file stores them anew.
pub fn clear(
    tx: &mut Tx<'_>,
    school: &SchoolId,
    on: NaiveDate,
    post: &str,
    class: &ClassId,
    by: &str,
) -> Stored<usize> {
    Ok(diesel::delete(
        inspections::table
            .filter(
                inspections::school_id
                    .eq(school.as_str())
                    .and(inspections::on_date.eq(on))
                    .and(inspections::post.eq(post)),
            )
            .filter(
                inspections::class_id
                    .eq(class.as_str())
                    .and(inspections::checked_by.eq(by)),
            ),
    )
    .execute(tx.db)?)
}

/// Keeps what stood in a check.
pub fn keep(tx: &mut Tx<'_>, row: &FormerRow) -> Stored<()> {
    diesel::insert_into(inspection_history::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// What stood in the checks of some days before, oldest first.
pub fn former_between(
    db: &mut Db,
    school: &SchoolId,
    from: NaiveDate,
    to: NaiveDate,
) -> Stored<Vec<FormerRow>> {
    Ok(inspection_history::table
        .filter(
            inspection_history::school_id
                .eq(school.as_str())
                .and(inspection_history::on_date.between(from, to)),
        )
        .order((
            inspection_history::ended_at.asc(),
            inspection_history::id.asc(),
        ))
        .select(FormerRow::as_select())
        .load(db)?)
}
