//! Duty posts and who stands there. The checks themselves are in `inspections`.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    engine::Db,
    error::Stored,
    schema_duty::{monitors, posts, rosters},
    store::Tx,
};
use crate::domain::{
    actor::SchoolPermit,
    ids::{SchoolId, StudentId},
};

/// A post: which items it checks (`id` or `id=full`, separated by spaces) and when, in minutes of the day.
#[derive(Clone, Debug, Default, PartialEq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = posts)]
#[diesel(treat_none_as_null = true)]
pub struct PostRow {
    pub school_id: String,
    pub id: String,
    pub name: String,
    pub items: String,
    pub starts_minute: i32,
    pub ends_minute: i32,
    /// Further slots of the day: `from-to` separated by spaces.
    pub more_slots: String,
    /// Grades it checks, separated by spaces; empty: all.
    pub grades: String,
    pub double_check: bool,
    pub retired_at: Option<i64>,
}

/// A student on a post from a day on, whatever the week.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = monitors)]
pub struct MonitorRow {
    pub school_id: String,
    pub post_id: String,
    pub student_id: String,
    pub starts_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
}

/// A student on a post for one week; `second`: looks once more, without knowing what the first one found.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = rosters)]
pub struct RosterRow {
    pub school_id: String,
    pub post_id: String,
    pub monday: NaiveDate,
    pub student_id: String,
    pub second: bool,
}

/// All posts, those out of use too.
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

/// Changes a post.
pub fn change_post(tx: &mut Tx<'_>, _permit: &SchoolPermit, row: &PostRow) -> Stored<()> {
    diesel::update(
        posts::table.filter(
            posts::school_id
                .eq(&row.school_id)
                .and(posts::id.eq(&row.id)),
        ),
    )
    .set(row)
    .execute(tx.db)?;
    Ok(())
}

/// Puts a student on a post for good.
pub fn add_monitor(tx: &mut Tx<'_>, _permit: &SchoolPermit, row: &MonitorRow) -> Stored<()> {
    diesel::insert_into(monitors::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Puts a student on a post for a week.
pub fn add_to_roster(tx: &mut Tx<'_>, _permit: &SchoolPermit, row: &RosterRow) -> Stored<()> {
    diesel::insert_into(rosters::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Empties a post's roster of a week.
pub fn clear_roster(
    tx: &mut Tx<'_>,
    _permit: &SchoolPermit,
    school: &SchoolId,
    post: &str,
    monday: NaiveDate,
) -> Stored<usize> {
    Ok(diesel::delete(
        rosters::table
            .filter(rosters::school_id.eq(school.as_str()))
            .filter(rosters::post_id.eq(post).and(rosters::monday.eq(monday))),
    )
    .execute(tx.db)?)
}

/// The rosters of a week as they were made.
pub fn rosters(db: &mut Db, school: &SchoolId, monday: NaiveDate) -> Stored<Vec<RosterRow>> {
    Ok(rosters::table
        .filter(
            rosters::school_id
                .eq(school.as_str())
                .and(rosters::monday.eq(monday)),
        )
        .select(RosterRow::as_select())
        .load(db)?)
}

/// The posts a student stands on, on a day of the week that begins with `monday`; whether as the second.
pub fn posts_of(
    db: &mut Db,
    school: &SchoolId,
    student: &StudentId,
    (on, monday): (NaiveDate, NaiveDate),
) -> Stored<Vec<(String, bool)>> {
    let week = rosters(db, school, monday)?;
    let standing = standing(db, school, on)?;
    let turns = week.iter().filter(|r| r.student_id == student.as_str());
    let mut found: Vec<(String, bool)> = turns.map(|r| (r.post_id.clone(), r.second)).collect();
    for (post, who) in standing {
        if who == student.as_str() && !week.iter().any(|r| r.post_id == post) {
            found.push((post, false));
        }
    }
    Ok(found)
}

/// Who stands at any post on a day of the week that begins with `monday`.
pub fn on_duty(
    db: &mut Db,
    _permit: &SchoolPermit,
    school: &SchoolId,
    (on, monday): (NaiveDate, NaiveDate),
) -> Stored<Vec<RosterRow>> {
    let mut week = rosters(db, school, monday)?;
    let planned: Vec<String> = week.iter().map(|r| r.post_id.clone()).collect();
    for (post_id, student_id) in standing(db, school, on)? {
        if !planned.contains(&post_id) {
            week.push(RosterRow {
                school_id: school.to_string(),
                post_id,
                monday,
                student_id,
                second: false,
            });
        }
    }
    Ok(week)
}

/// Post and student of the standing monitors.
fn standing(db: &mut Db, school: &SchoolId, on: NaiveDate) -> Stored<Vec<(String, String)>> {
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
