//! What counts towards badges and star cards in a term, without words and without who said it. Read by the machine that
//! recognises, for some children or for all.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    engine::Db,
    error::Stored,
    logs::CONFIRMED,
    schema_cards::{festival_children, festivals},
    schema_children::{goals, logs, moments, praises, thanks},
    schema_duty::inspections,
};
use crate::domain::{actor::SchoolPermit, ids::SchoolId};

/// Something that was seen of a child.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct SeenRow {
    pub id: String,
    pub student_id: String,
    pub dimension: String,
    pub on: NaiveDate,
}

/// A child's goal that was reached, with the instant of the yes.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct ReachedRow {
    pub id: String,
    pub student_id: String,
    pub dimension: String,
    pub at: Option<i64>,
}

/// A released moment that a classmate told: who told it, and when it was thanked for.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct ToldRow {
    pub id: String,
    pub by_id: String,
    pub dimension: String,
    pub on: NaiveDate,
}

/// Praises of a term that stand; of some children or of all.
pub fn praises(
    db: &mut Db,
    _permit: &SchoolPermit,
    school: &SchoolId,
    term: &str,
    children: Option<&[String]>,
) -> Stored<Vec<SeenRow>> {
    let mut found = praises::table
        .filter(praises::school_id.eq(school.as_str()))
        .filter(praises::term_id.eq(term).and(praises::undone_at.is_null()))
        .into_boxed();
    if let Some(children) = children {
        found = found.filter(praises::student_id.eq_any(children));
    }
    Ok(found
        .select((
            praises::id,
            praises::student_id,
            praises::dimension,
            praises::praised_on,
        ))
        .load(db)?)
}

/// Released moments of a term; about some children or all.
pub fn moments(
    db: &mut Db,
    _permit: &SchoolPermit,
    school: &SchoolId,
    term: &str,
    children: Option<&[String]>,
) -> Stored<Vec<SeenRow>> {
    let mut found = moments::table
        .filter(moments::school_id.eq(school.as_str()))
        .filter(moments::term_id.eq(term).and(moments::state.eq("released")))
        .into_boxed();
    if let Some(children) = children {
        found = found.filter(moments::student_id.eq_any(children));
    }
    Ok(found
        .select((
            moments::id,
            moments::student_id,
            moments::dimension,
            moments::told_on,
        ))
        .load(db)?)
}

/// Goals of a term that teacher or family confirmed; of some children or of all.
pub fn goals(
    db: &mut Db,
    _permit: &SchoolPermit,
    school: &SchoolId,
    term: &str,
    children: Option<&[String]>,
) -> Stored<Vec<ReachedRow>> {
    let mut found = goals::table
        .filter(goals::school_id.eq(school.as_str()))
        .filter(goals::term_id.eq(term).and(goals::dropped_at.is_null()))
        .filter(goals::confirmed_at.is_not_null())
        .into_boxed();
    if let Some(children) = children {
        found = found.filter(goals::student_id.eq_any(children));
    }
    Ok(found
        .select((
            goals::id,
            goals::student_id,
            goals::dimension,
            goals::confirmed_at,
        ))
        .load(db)?)
}

/// A confirmed day of a personal record.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct RecordRow {
    pub id: String,
    pub student_id: String,
    pub kind: String,
    pub on: NaiveDate,
    pub amount: i32,
}

/// Confirmed personal records of a term; of some children or of all.
pub fn records(
    db: &mut Db,
    _permit: &SchoolPermit,
    school: &SchoolId,
    term: &str,
    children: Option<&[String]>,
) -> Stored<Vec<RecordRow>> {
    let mut found = logs::table
        .filter(logs::school_id.eq(school.as_str()))
        .filter(logs::term_id.eq(term).and(logs::state.eq(CONFIRMED)))
        .into_boxed();
    if let Some(children) = children {
        found = found.filter(logs::student_id.eq_any(children));
    }
    Ok(found
        .select((
            logs::id,
            logs::student_id,
            logs::kind,
            logs::done_on,
            logs::amount,
        ))
        .load(db)?)
}

/// A child's part in a festival.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct FestivalPart {
    pub festival_id: String,
    pub student_id: String,
    pub kind: String,
    pub on: NaiveDate,
}

/// Who took part in the festivals of a term; of some children or of all.
pub fn festivals(
    db: &mut Db,
    _permit: &SchoolPermit,
    school: &SchoolId,
    term: &str,
    children: Option<&[String]>,
) -> Stored<Vec<FestivalPart>> {
    let of_both = festival_children::school_id
        .eq(festivals::school_id)
        .and(festival_children::festival_id.eq(festivals::id));
    let mut found = festival_children::table
        .inner_join(festivals::table.on(of_both))
        .filter(festivals::school_id.eq(school.as_str()))
        .filter(
            festivals::term_id
                .eq(term)
                .and(festivals::gone_at.is_null()),
        )
        .into_boxed();
    if let Some(children) = children {
        found = found.filter(festival_children::student_id.eq_any(children));
    }
    Ok(found
        .select((
            festivals::id,
            festival_children::student_id,
            festivals::kind,
            festivals::held_on,
        ))
        .load(db)?)
}

/// Released moments of a term that classmates told.
pub fn told(
    db: &mut Db,
    _permit: &SchoolPermit,
    school: &SchoolId,
    term: &str,
) -> Stored<Vec<ToldRow>> {
    Ok(moments::table
        .filter(moments::school_id.eq(school.as_str()))
        .filter(moments::term_id.eq(term).and(moments::state.eq("released")))
        .filter(moments::by_kind.eq("peer"))
        .select((
            moments::id,
            moments::by_id,
            moments::dimension,
            moments::told_on,
        ))
        .load(db)?)
}

/// Moments of a school for which somebody said thank you.
pub fn thanked(db: &mut Db, _permit: &SchoolPermit, school: &SchoolId) -> Stored<Vec<String>> {
    Ok(thanks::table
        .filter(thanks::school_id.eq(school.as_str()))
        .select(thanks::moment_id)
        .load(db)?)
}

/// A row of a check: by whom, on which day, at which post and turn.
#[derive(Clone, Debug, PartialEq, Eq, Queryable)]
pub struct CheckedRow {
    pub by: String,
    pub on: NaiveDate,
    pub post: String,
    pub slot: i32,
    pub counts: bool,
    /// When the office said whether it counts.
    pub decided_at: Option<i64>,
}

/// Rows of checks from one day to another.
pub fn checks(
    db: &mut Db,
    _permit: &SchoolPermit,
    school: &SchoolId,
    (from, to): (NaiveDate, NaiveDate),
) -> Stored<Vec<CheckedRow>> {
    Ok(inspections::table
        .filter(
            inspections::school_id
                .eq(school.as_str())
                .and(inspections::on_date.between(from, to)),
        )
        .select((
            inspections::checked_by,
            inspections::on_date,
            inspections::post,
            inspections::slot,
            inspections::counts,
            inspections::decided_at,
        ))
        .load(db)?)
}
