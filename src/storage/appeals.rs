//! Appeals with their proposal and decision; a decided one stays.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{engine::Db, error::Stored, schema_results::appeals, store::Tx};
use crate::domain::{
    actor::{ChildPermit, ClassPermit, SchoolPermit},
    ids::SchoolId,
};

/// One appeal: keys as in `domain::appeal`. `student_id` is empty for one about a class; `source` to `anchor` hold the
/// proposed correction.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = appeals)]
pub struct AppealRow {
    pub school_id: String,
    pub id: String,
    pub round_id: String,
    pub class_id: String,
    pub student_id: Option<String>,
    pub by_kind: String,
    pub by_id: String,
    pub about: String,
    pub words: String,
    pub state: String,
    pub filed_at: i64,
    pub filed_on: NaiveDate,
    pub proposal: Option<String>,
    pub proposal_words: Option<String>,
    pub proposed_by: Option<String>,
    pub proposed_at: Option<i64>,
    pub source: Option<String>,
    pub rater_id: Option<String>,
    pub indicator: Option<String>,
    pub anchor: Option<i32>,
    pub decided_by: Option<String>,
    pub decided_at: Option<i64>,
    pub answer: Option<String>,
}

/// The appeals about one child, newest first. A child sees those that it filed itself, a family its own.
pub fn about_child(db: &mut Db, permit: &ChildPermit, school: &SchoolId) -> Stored<Vec<AppealRow>> {
    Ok(appeals::table
        .filter(
            appeals::school_id
                .eq(school.as_str())
                .and(appeals::student_id.eq(permit.student().as_str())),
        )
        .order((appeals::filed_at.desc(), appeals::id.desc()))
        .select(AppealRow::as_select())
        .load(db)?)
}

/// The appeals of a class: its children's, their families' and its own, oldest first.
pub fn of_class(db: &mut Db, permit: &ClassPermit, school: &SchoolId) -> Stored<Vec<AppealRow>> {
    Ok(appeals::table
        .filter(
            appeals::school_id
                .eq(school.as_str())
                .and(appeals::class_id.eq(permit.class().as_str())),
        )
        .order((appeals::filed_at.asc(), appeals::id.asc()))
        .select(AppealRow::as_select())
        .load(db)?)
}

/// The appeals of the whole school, oldest first.
pub fn of_school(db: &mut Db, _permit: &SchoolPermit, school: &SchoolId) -> Stored<Vec<AppealRow>> {
    Ok(appeals::table
        .filter(appeals::school_id.eq(school.as_str()))
        .order((appeals::filed_at.asc(), appeals::id.asc()))
        .select(AppealRow::as_select())
        .load(db)?)
}

/// Keeps a new appeal about a child.
pub fn add(tx: &mut Tx<'_>, _permit: &ChildPermit, row: &AppealRow) -> Stored<()> {
    insert(tx, row)
}

/// Keeps a new appeal about a class.
pub fn add_of_class(tx: &mut Tx<'_>, _permit: &ClassPermit, row: &AppealRow) -> Stored<()> {
    insert(tx, row)
}

fn insert(tx: &mut Tx<'_>, row: &AppealRow) -> Stored<()> {
    diesel::insert_into(appeals::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Stores a proposal or decision.
pub fn change(tx: &mut Tx<'_>, _permit: &ClassPermit, row: &AppealRow) -> Stored<()> {
    put(tx, row)
}

/// Stores that the child or its family took an appeal back.
pub fn take_back(tx: &mut Tx<'_>, _permit: &ChildPermit, row: &AppealRow) -> Stored<()> {
    put(tx, row)
}

fn put(tx: &mut Tx<'_>, row: &AppealRow) -> Stored<()> {
    diesel::update(
        appeals::table.filter(
            appeals::school_id
                .eq(&row.school_id)
                .and(appeals::id.eq(&row.id)),
        ),
    )
    .set(row)
    .execute(tx.db)?;
    Ok(())
}
