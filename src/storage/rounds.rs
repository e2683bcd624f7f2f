//! Rounds, the classes that take part, who rates whom, and who is excused.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    engine::Db,
    error::Stored,
    schema::{assignments, excusals, round_classes, rounds},
    store::Tx,
};
use crate::domain::{
    actor::{ClassPermit, SchoolPermit},
    ids::{ClassId, SchoolId, StudentId},
};

/// An evaluation window. `state` is draft, open, closed or published.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = rounds)]
pub struct RoundRow {
    pub school_id: String,
    pub id: String,
    pub term_id: String,
    pub name: String,
    pub ordinal: i32,
    pub state: String,
    pub seed: i64,
    pub rubric_id: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub opened_at: Option<i64>,
    pub closed_at: Option<i64>,
    pub published_at: Option<i64>,
    pub revision: i32,
}

/// A class in a round: its public code and grade at that time, the drawn indicators and how many classmates each rates.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = round_classes)]
pub struct RoundClassRow {
    pub school_id: String,
    pub round_id: String,
    pub class_id: String,
    pub code: String,
    pub grade: i32,
    pub drawn: String,
    pub peers: i32,
}

/// Who rates whom; `place` is the order on the rater's form.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = assignments)]
pub struct AssignmentRow {
    pub school_id: String,
    pub round_id: String,
    pub rater_id: String,
    pub ratee_id: String,
    pub place: i32,
}

/// A child who is away in a round.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = excusals)]
pub struct ExcusalRow {
    pub school_id: String,
    pub round_id: String,
    pub student_id: String,
    pub reason: String,
    pub excused_by: String,
    pub excused_at: i64,
}

/// Rounds of a term in order.
pub fn of_term(db: &mut Db, school: &SchoolId, term: &str) -> Stored<Vec<RoundRow>> {
    Ok(rounds::table
        .filter(
            rounds::school_id
                .eq(school.as_str())
                .and(rounds::term_id.eq(term)),
        )
        .order(rounds::ordinal.asc())
        .select(RoundRow::as_select())
        .load(db)?)
}

/// All rounds of the school, oldest first.
pub fn all(db: &mut Db, school: &SchoolId) -> Stored<Vec<RoundRow>> {
    Ok(rounds::table
        .filter(rounds::school_id.eq(school.as_str()))
        .order((rounds::starts_on.asc(), rounds::ordinal.asc()))
        .select(RoundRow::as_select())
        .load(db)?)
}

/// One round.
pub fn get(db: &mut Db, school: &SchoolId, id: &str) -> Stored<RoundRow> {
    Ok(rounds::table
        .filter(rounds::school_id.eq(school.as_str()).and(rounds::id.eq(id)))
        .select(RoundRow::as_select())
        .first(db)?)
}

/// The open round in which a class takes part.
pub fn open_for(
    db: &mut Db,
    school: &SchoolId,
    class: &ClassId,
) -> Stored<Option<(RoundRow, RoundClassRow)>> {
    let rows = rounds::table
        .filter(
            rounds::school_id
                .eq(school.as_str())
                .and(rounds::state.eq("open")),
        )
        .order(rounds::ordinal.desc())
        .select(RoundRow::as_select())
        .load(db)?;
    for round in rows {
        if let Some(part) = class_of(db, school, &round.id, class)? {
            return Ok(Some((round, part)));
        }
    }
    Ok(None)
}

/// Adds a round.
pub fn add(tx: &mut Tx<'_>, _permit: &SchoolPermit, row: &RoundRow) -> Stored<()> {
    diesel::insert_into(rounds::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Stores a round's new state.
pub fn change(tx: &mut Tx<'_>, _permit: &SchoolPermit, row: &RoundRow) -> Stored<()> {
    diesel::update(
        rounds::table.filter(
            rounds::school_id
                .eq(&row.school_id)
                .and(rounds::id.eq(&row.id)),
        ),
    )
    .set(row)
    .execute(tx.db)?;
    // `None` leaves a column alone in a changeset, and a reopened round has to lose its closing time.
    diesel::update(
        rounds::table.filter(
            rounds::school_id
                .eq(&row.school_id)
                .and(rounds::id.eq(&row.id)),
        ),
    )
    .set((
        rounds::closed_at.eq(row.closed_at),
        rounds::published_at.eq(row.published_at),
    ))
    .execute(tx.db)?;
    Ok(())
}

/// The classes of a round.
pub fn classes_of(db: &mut Db, school: &SchoolId, round: &str) -> Stored<Vec<RoundClassRow>> {
    let mut rows = round_classes::table
        .filter(
            round_classes::school_id
                .eq(school.as_str())
                .and(round_classes::round_id.eq(round)),
        )
        .select(RoundClassRow::as_select())
        .load(db)?;
    rows.sort_by(|a, b| a.code.cmp(&b.code));
    Ok(rows)
}

/// One class's part in a round.
pub fn class_of(
    db: &mut Db,
    school: &SchoolId,
    round: &str,
    class: &ClassId,
) -> Stored<Option<RoundClassRow>> {
    Ok(round_classes::table
        .filter(
            round_classes::school_id
                .eq(school.as_str())
                .and(round_classes::round_id.eq(round)),
        )
        .filter(round_classes::class_id.eq(class.as_str()))
        .select(RoundClassRow::as_select())
        .first(db)
        .optional()?)
}

/// Lets a class take part.
pub fn add_class(tx: &mut Tx<'_>, _permit: &SchoolPermit, row: &RoundClassRow) -> Stored<()> {
    diesel::insert_into(round_classes::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Takes all classes out of a draft.
pub fn clear_classes(
    tx: &mut Tx<'_>,
    _permit: &SchoolPermit,
    school: &SchoolId,
    round: &str,
) -> Stored<()> {
    diesel::delete(
        round_classes::table.filter(
            round_classes::school_id
                .eq(school.as_str())
                .and(round_classes::round_id.eq(round)),
        ),
    )
    .execute(tx.db)?;
    Ok(())
}

/// All pairs of a round.
pub fn assignments(
    db: &mut Db,
    _permit: &SchoolPermit,
    school: &SchoolId,
    round: &str,
) -> Stored<Vec<AssignmentRow>> {
    Ok(assignments::table
        .filter(
            assignments::school_id
                .eq(school.as_str())
                .and(assignments::round_id.eq(round)),
        )
        .select(AssignmentRow::as_select())
        .load(db)?)
}

/// The pairs of one class's children in a round.
pub fn assignments_among(
    db: &mut Db,
    _permit: &ClassPermit,
    school: &SchoolId,
    round: &str,
    raters: &[String],
) -> Stored<Vec<AssignmentRow>> {
    Ok(assignments::table
        .filter(
            assignments::school_id
                .eq(school.as_str())
                .and(assignments::round_id.eq(round)),
        )
        .filter(assignments::rater_id.eq_any(raters))
        .select(AssignmentRow::as_select())
        .load(db)?)
}

/// The pairs of a round that one of these children is part of.
pub fn assignments_touching(
    db: &mut Db,
    _permit: &ClassPermit,
    school: &SchoolId,
    round: &str,
    children: &[String],
) -> Stored<Vec<AssignmentRow>> {
    Ok(assignments::table
        .filter(
            assignments::school_id
                .eq(school.as_str())
                .and(assignments::round_id.eq(round)),
        )
        .filter(
            assignments::rater_id
                .eq_any(children)
                .or(assignments::ratee_id.eq_any(children)),
        )
        .order((assignments::rater_id.asc(), assignments::place.asc()))
        .select(AssignmentRow::as_select())
        .load(db)?)
}

/// Changes who rates whom in an open round: what goes, what comes, and how many classmates each rates now.
pub fn deal_again(
    tx: &mut Tx<'_>,
    permit: &ClassPermit,
    round: &RoundRow,
    (gone, new): (&[AssignmentRow], &[AssignmentRow]),
    peers: i32,
) -> Stored<()> {
    for row in gone {
        diesel::delete(
            assignments::table
                .filter(
                    assignments::school_id
                        .eq(&round.school_id)
                        .and(assignments::round_id.eq(&round.id)),
                )
                .filter(assignments::rater_id.eq(&row.rater_id))
                .filter(assignments::ratee_id.eq(&row.ratee_id)),
        )
        .execute(tx.db)?;
    }
    for row in new {
        diesel::insert_into(assignments::table)
            .values(row)
            .execute(tx.db)?;
    }
    diesel::update(
        round_classes::table
            .filter(
                round_classes::school_id
                    .eq(&round.school_id)
                    .and(round_classes::round_id.eq(&round.id)),
            )
            .filter(round_classes::class_id.eq(permit.class().as_str())),
    )
    .set(round_classes::peers.eq(peers))
    .execute(tx.db)?;
    Ok(())
}

/// Gives a rater a classmate back that a form of its own was made for: a rater's own task needs no permit.
pub fn give_back(tx: &mut Tx<'_>, row: &AssignmentRow) -> Stored<()> {
    diesel::insert_into(assignments::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Whom one child rates, in the order of its form: a rater's own task needs no permit on the others.
pub fn ratees_of(
    db: &mut Db,
    school: &SchoolId,
    round: &str,
    rater: &StudentId,
) -> Stored<Vec<String>> {
    Ok(assignments::table
        .filter(
            assignments::school_id
                .eq(school.as_str())
                .and(assignments::round_id.eq(round)),
        )
        .filter(assignments::rater_id.eq(rater.as_str()))
        .order(assignments::place.asc())
        .select(assignments::ratee_id)
        .load(db)?)
}

/// Adds a pair.
pub fn assign(tx: &mut Tx<'_>, _permit: &SchoolPermit, row: &AssignmentRow) -> Stored<()> {
    diesel::insert_into(assignments::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Who is excused in a round.
pub fn excused(db: &mut Db, school: &SchoolId, round: &str) -> Stored<Vec<ExcusalRow>> {
    Ok(excusals::table
        .filter(
            excusals::school_id
                .eq(school.as_str())
                .and(excusals::round_id.eq(round)),
        )
        .select(ExcusalRow::as_select())
        .load(db)?)
}

/// Excuses a child of the permit's class.
pub fn excuse(tx: &mut Tx<'_>, _permit: &ClassPermit, row: &ExcusalRow) -> Stored<()> {
    diesel::insert_into(excusals::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Takes an excuse back.
pub fn unexcuse(
    tx: &mut Tx<'_>,
    _permit: &ClassPermit,
    school: &SchoolId,
    round: &str,
    student: &StudentId,
) -> Stored<()> {
    diesel::delete(
        excusals::table
            .filter(
                excusals::school_id
                    .eq(school.as_str())
                    .and(excusals::round_id.eq(round)),
            )
            .filter(excusals::student_id.eq(student.as_str())),
    )
    .execute(tx.db)?;
    Ok(())
}
