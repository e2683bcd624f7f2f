//! Which classes have closed their term, and why a child had no moment then. Rows are never taken away.

use diesel::prelude::*;

use super::{
    engine::Db,
    error::Stored,
    schema_comments::{closing_reasons, closings},
    store::Tx,
};
use crate::domain::{
    actor::ClassPermit,
    ids::{ClassId, SchoolId},
};

/// One closing; without `reopened_at` it stands.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = closings)]
pub struct ClosingRow {
    pub school_id: String,
    pub id: String,
    pub term_id: String,
    pub class_id: String,
    pub closed_by: String,
    pub closed_at: i64,
    pub reopened_by: Option<String>,
    pub reopened_at: Option<i64>,
}

/// Why a child had no moment at a closing.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = closing_reasons)]
pub struct ClosingReasonRow {
    pub school_id: String,
    pub closing_id: String,
    pub student_id: String,
    pub reason: String,
}

/// The closing of a class's term that stands.
pub fn standing(
    db: &mut Db,
    school: &SchoolId,
    term: &str,
    class: &ClassId,
) -> Stored<Option<ClosingRow>> {
    Ok(closings::table
        .filter(
            closings::school_id
                .eq(school.as_str())
                .and(closings::term_id.eq(term))
                .and(closings::class_id.eq(class.as_str()))
                .and(closings::reopened_at.is_null()),
        )
        .select(ClosingRow::as_select())
        .first(db)
        .optional()?)
}

/// The reasons of one class's closing.
pub fn reasons(
    db: &mut Db,
    _permit: &ClassPermit,
    school: &SchoolId,
    closing: &str,
) -> Stored<Vec<ClosingReasonRow>> {
    Ok(closing_reasons::table
        .filter(
            closing_reasons::school_id
                .eq(school.as_str())
                .and(closing_reasons::closing_id.eq(closing)),
        )
        .order(closing_reasons::student_id)
        .select(ClosingReasonRow::as_select())
        .load(db)?)
}

/// Closes, with the reasons.
pub fn add(
    tx: &mut Tx<'_>,
    _permit: &ClassPermit,
    row: &ClosingRow,
    why: &[ClosingReasonRow],
) -> Stored<()> {
    diesel::insert_into(closings::table)
        .values(row)
        .execute(tx.db)?;
    for one in why {
        diesel::insert_into(closing_reasons::table)
            .values(one)
            .execute(tx.db)?;
    }
    Ok(())
}

/// Opens again.
pub fn reopen(
    tx: &mut Tx<'_>,
    _permit: &ClassPermit,
    school: &SchoolId,
    closing: &str,
    by: &str,
    at: i64,
) -> Stored<()> {
    let row = closings::table.filter(
        closings::school_id
            .eq(school.as_str())
            .and(closings::id.eq(closing)),
    );
    diesel::update(row)
        .set((closings::reopened_by.eq(by), closings::reopened_at.eq(at)))
        .execute(tx.db)?;
    Ok(())
}
