//! Duty posts, who stands on them, and the daily checks of classes.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    engine::Db,
    error::Stored,
    schema::{inspections, monitors, posts},
    store::Tx,
};
use crate::domain::{
    actor::{ClassPermit, SchoolPermit},
    ids::{ClassId, SchoolId, StudentId},
};

/// A post: which items it checks (ids separated by spaces) and when, in minutes of the day.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = posts)]
pub struct PostRow {
    pub school_id: String,
    pub id: String,
    pub name: String,
    pub items: String,
    pub starts_minute: i32,
    pub ends_minute: i32,
}

/// A student on a post.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = monitors)]
pub struct MonitorRow {
    pub school_id: String,
    pub post_id: String,
    pub student_id: String,
    pub starts_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
}

/// One item of one check, from full marks down.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = inspections)]
pub struct InspectionRow {
    pub school_id: String,
    pub id: String,
    pub round_id: String,
    pub on_date: NaiveDate,
    pub post: String,
    pub class_id: String,
    pub item: String,
    pub full_marks: f64,
    pub points: f64,
    pub reason: String,
    pub checked_by: String,
    pub saved_at: i64,
}

/// All posts.
pub fn posts(db: &mut Db, school: &SchoolId) -> Stored<Vec<PostRow>> {
    Ok(posts::table
        .filter(posts::school_id.eq(school.as_str()))
        .select(PostRow::as_select())
        .load(db)?)
}

/// Adds a post.
pub fn add_post(tx: &mut Tx<'_>, _permit: &SchoolPermit, row: &PostRow) -> Stored<()> {
    diesel::insert_into(posts::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Puts a student on a post.
pub fn add_monitor(tx: &mut Tx<'_>, _permit: &SchoolPermit, row: &MonitorRow) -> Stored<()> {
    diesel::insert_into(monitors::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// The posts a student stands on, on a day.
pub fn posts_of(
    db: &mut Db,
    school: &SchoolId,
    student: &StudentId,
    on: NaiveDate,
) -> Stored<Vec<String>> {
    Ok(monitors::table
        .filter(
            monitors::school_id
                .eq(school.as_str())
                .and(monitors::student_id.eq(student.as_str())),
        )
        .filter(
            monitors::starts_on
                .le(on)
                .and(monitors::ends_on.is_null().or(monitors::ends_on.gt(on))),
        )
        .select(monitors::post_id)
        .load(db)?)
}

/// Who stands on duty at any post on a day: post id and student id.
pub fn monitors(
    db: &mut Db,
    _permit: &SchoolPermit,
    school: &SchoolId,
    on: NaiveDate,
) -> Stored<Vec<(String, String)>> {
    Ok(monitors::table
        .filter(monitors::school_id.eq(school.as_str()))
        .filter(
            monitors::starts_on
                .le(on)
                .and(monitors::ends_on.is_null().or(monitors::ends_on.gt(on))),
        )
        .select((monitors::post_id, monitors::student_id))
        .load(db)?)
}

/// All checks of a round.
pub fn of_round(db: &mut Db, school: &SchoolId, round: &str) -> Stored<Vec<InspectionRow>> {
    Ok(inspections::table
        .filter(
            inspections::school_id
                .eq(school.as_str())
                .and(inspections::round_id.eq(round)),
        )
        .select(InspectionRow::as_select())
        .load(db)?)
}

/// One checker's checks of a class at a post on a day.
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

/// The checks of a class from one day to another, by day.
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

/// Adds a check.
pub fn add(tx: &mut Tx<'_>, row: &InspectionRow) -> Stored<()> {
    diesel::insert_into(inspections::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Takes one checker's checks of a class at a post on a day away, before its form is stored anew.
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

/// All checks of a day.
pub fn of_date(
    db: &mut Db,
    _permit: &SchoolPermit,
    school: &SchoolId,
    on: NaiveDate,
) -> Stored<Vec<InspectionRow>> {
    Ok(inspections::table
        .filter(
            inspections::school_id
                .eq(school.as_str())
                .and(inspections::on_date.eq(on)),
        )
        .order(inspections::saved_at.asc())
        .select(InspectionRow::as_select())
        .load(db)?)
}
