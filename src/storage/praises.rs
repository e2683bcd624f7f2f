//! A teacher's one-tap praises. What was taken back stays, with who took it back.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{engine::Db, error::Stored, schema_children::praises, store::Tx};
use crate::domain::{
    actor::{ChildPermit, ClassPermit},
    ids::SchoolId,
};

/// One praise: `label` is the indicator's text as it was then.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = praises)]
pub struct PraiseRow {
    pub school_id: String,
    pub id: String,
    pub student_id: String,
    pub class_id: String,
    pub term_id: String,
    pub dimension: String,
    pub indicator: String,
    pub label: String,
    pub by_id: String,
    pub praised_on: NaiveDate,
    pub praised_at: i64,
    pub undone_by: Option<String>,
    pub undone_at: Option<i64>,
}

/// The praises of a class from one day to another that stand, newest first.
pub fn between(
    db: &mut Db,
    permit: &ClassPermit,
    school: &SchoolId,
    from: NaiveDate,
    to: NaiveDate,
) -> Stored<Vec<PraiseRow>> {
    Ok(praises::table
        .filter(
            praises::school_id
                .eq(school.as_str())
                .and(praises::class_id.eq(permit.class().as_str())),
        )
        .filter(
            praises::praised_on
                .between(from, to)
                .and(praises::undone_at.is_null()),
        )
        .order((praises::praised_at.desc(), praises::id.asc()))
        .select(PraiseRow::as_select())
        .load(db)?)
}

/// The praises given together with this one: by the same person, at the same instant, for the same indicator.
pub fn given_with(
    db: &mut Db,
    permit: &ClassPermit,
    school: &SchoolId,
    id: &str,
) -> Stored<Vec<PraiseRow>> {
    let of_class = || {
        praises::table.filter(
            praises::school_id
                .eq(school.as_str())
                .and(praises::class_id.eq(permit.class().as_str())),
        )
    };
    let first: PraiseRow = of_class()
        .filter(praises::id.eq(id))
        .select(PraiseRow::as_select())
        .first(db)?;
    Ok(of_class()
        .filter(
            praises::by_id
                .eq(&first.by_id)
                .and(praises::praised_at.eq(first.praised_at)),
        )
        .filter(
            praises::indicator
                .eq(&first.indicator)
                .and(praises::undone_at.is_null()),
        )
        .select(PraiseRow::as_select())
        .load(db)?)
}

/// Dimensions for which a child was praised in a term, with repetitions.
pub fn of_child(
    db: &mut Db,
    permit: &ChildPermit,
    school: &SchoolId,
    term: &str,
) -> Stored<Vec<String>> {
    Ok(praises::table
        .filter(
            praises::school_id
                .eq(school.as_str())
                .and(praises::term_id.eq(term)),
        )
        .filter(
            praises::student_id
                .eq(permit.student().as_str())
                .and(praises::undone_at.is_null()),
        )
        .select(praises::dimension)
        .load(db)?)
}

/// Adds a praise to a child of the permit's class.
pub fn add(tx: &mut Tx<'_>, _permit: &ClassPermit, row: &PraiseRow) -> Stored<()> {
    diesel::insert_into(praises::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Takes praises back.
pub fn undo(
    tx: &mut Tx<'_>,
    permit: &ClassPermit,
    school: &SchoolId,
    ids: &[String],
    by: &str,
    at: i64,
) -> Stored<()> {
    diesel::update(
        praises::table
            .filter(
                praises::school_id
                    .eq(school.as_str())
                    .and(praises::class_id.eq(permit.class().as_str())),
            )
            .filter(praises::id.eq_any(ids)),
    )
    .set((praises::undone_by.eq(by), praises::undone_at.eq(at)))
    .execute(tx.db)?;
    Ok(())
}
