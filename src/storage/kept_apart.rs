//! Pairs of children who are never asked about each other. `student_a` is the smaller id, so a pair is there once.

use diesel::prelude::*;

use super::{engine::Db, error::Stored, schema_children::kept_apart, store::Tx};
use crate::domain::{actor::ClassPermit, ids::SchoolId};

/// One pair.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = kept_apart)]
pub struct KeptApartRow {
    pub school_id: String,
    pub student_a: String,
    pub student_b: String,
    pub reason: String,
    pub noted_by: String,
    pub noted_at: i64,
}

/// The pairs among a class's children; one with somebody of another class waits until both are together again.
pub fn among(
    db: &mut Db,
    _permit: &ClassPermit,
    school: &SchoolId,
    children: &[String],
) -> Stored<Vec<KeptApartRow>> {
    Ok(kept_apart::table
        .filter(
            kept_apart::school_id
                .eq(school.as_str())
                .and(kept_apart::student_a.eq_any(children)),
        )
        .filter(kept_apart::student_b.eq_any(children))
        .order((kept_apart::noted_at.asc(), kept_apart::student_a.asc()))
        .select(KeptApartRow::as_select())
        .load(db)?)
}

/// Adds a pair.
pub fn add(tx: &mut Tx<'_>, _permit: &ClassPermit, row: &KeptApartRow) -> Stored<()> {
    diesel::insert_into(kept_apart::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Takes a pair away.
pub fn remove(
    tx: &mut Tx<'_>,
    _permit: &ClassPermit,
    school: &SchoolId,
    (a, b): (&str, &str),
) -> Stored<()> {
    diesel::delete(
        kept_apart::table
            .filter(
                kept_apart::school_id
                    .eq(school.as_str())
                    .and(kept_apart::student_a.eq(a)),
            )
            .filter(kept_apart::student_b.eq(b)),
    )
    .execute(tx.db)?;
    Ok(())
}
