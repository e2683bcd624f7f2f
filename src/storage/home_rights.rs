//! What families said to the notice, and what they ask of the school; rows are never taken away.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    engine::Db,
    error::Stored,
    schema_homes::{consents, home_requests},
    store::Tx,
};
use crate::domain::{
    actor::{ChildPermit, ClassPermit, SchoolPermit},
    ids::{SchoolId, StudentId},
};

/// One decision; keys as in the migration.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = consents)]
pub struct ConsentRow {
    pub school_id: String,
    pub id: String,
    pub student_id: String,
    pub notice: i32,
    pub decision: String,
    pub how: String,
    pub by_id: String,
    pub said_on: NaiveDate,
    pub said_at: i64,
}

/// One request; keys as in `domain::home_rights`.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = home_requests)]
pub struct RequestRow {
    pub school_id: String,
    pub id: String,
    pub student_id: String,
    pub link_id: String,
    pub kind: String,
    pub words: String,
    pub state: String,
    pub filed_at: i64,
    pub filed_on: NaiveDate,
    pub due_on: NaiveDate,
    pub answer: Option<String>,
    pub answered_by: Option<String>,
    pub answered_at: Option<i64>,
}

/// Keeps a decision.
pub fn add_consent(tx: &mut Tx<'_>, row: &ConsentRow) -> Stored<()> {
    diesel::insert_into(consents::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// What was decided about one child, newest first.
pub fn consents_of(
    db: &mut Db,
    permit: &ChildPermit,
    school: &SchoolId,
) -> Stored<Vec<ConsentRow>> {
    said_about(db, school, permit.student())
}

/// The newest decision about a child, for judging its links before anybody is known.
pub(crate) fn newest_consent(
    db: &mut Db,
    school: &SchoolId,
    student: &StudentId,
) -> Stored<Option<ConsentRow>> {
    Ok(said_about(db, school, student)?.into_iter().next())
}

fn said_about(db: &mut Db, school: &SchoolId, student: &StudentId) -> Stored<Vec<ConsentRow>> {
    Ok(consents::table
        .filter(
            consents::school_id
                .eq(school.as_str())
                .and(consents::student_id.eq(student.as_str())),
        )
        .order((consents::said_at.desc(), consents::id.desc()))
        .select(ConsentRow::as_select())
        .load(db)?)
}

/// What was decided about children of the permit's class, newest first.
pub fn consents_among(
    db: &mut Db,
    _permit: &ClassPermit,
    school: &SchoolId,
    children: &[String],
) -> Stored<Vec<ConsentRow>> {
    Ok(consents::table
        .filter(
            consents::school_id
                .eq(school.as_str())
                .and(consents::student_id.eq_any(children)),
        )
        .order((consents::said_at.desc(), consents::id.desc()))
        .select(ConsentRow::as_select())
        .load(db)?)
}

/// Keeps a new request, of a family about its child or of the office in a family's name.
pub fn add_request(tx: &mut Tx<'_>, row: &RequestRow) -> Stored<()> {
    diesel::insert_into(home_requests::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// The requests about one child, newest first.
pub fn requests_of(
    db: &mut Db,
    permit: &ChildPermit,
    school: &SchoolId,
) -> Stored<Vec<RequestRow>> {
    Ok(home_requests::table
        .filter(
            home_requests::school_id
                .eq(school.as_str())
                .and(home_requests::student_id.eq(permit.student().as_str())),
        )
        .order((home_requests::filed_at.desc(), home_requests::id.desc()))
        .select(RequestRow::as_select())
        .load(db)?)
}

/// All requests of the school, those with the earliest last day first.
pub fn requests_of_school(
    db: &mut Db,
    _permit: &SchoolPermit,
    school: &SchoolId,
) -> Stored<Vec<RequestRow>> {
    Ok(home_requests::table
        .filter(home_requests::school_id.eq(school.as_str()))
        .order((home_requests::due_on.asc(), home_requests::id.asc()))
        .select(RequestRow::as_select())
        .load(db)?)
}

/// Writes the answer to a request.
pub fn answer_request(
    tx: &mut Tx<'_>,
    _permit: &SchoolPermit,
    school: &SchoolId,
    id: &str,
    state: &str,
    answer: &str,
    (by, at): (&str, i64),
) -> Stored<()> {
    diesel::update(
        home_requests::table.filter(
            home_requests::school_id
                .eq(school.as_str())
                .and(home_requests::id.eq(id)),
        ),
    )
    .set((
        home_requests::state.eq(state),
        home_requests::answer.eq(answer),
        home_requests::answered_by.eq(by),
        home_requests::answered_at.eq(at),
    ))
    .execute(tx.db)?;
    Ok(())
}
