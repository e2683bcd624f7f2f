//! Who has played the practice round in a term. What a child tapped there is nowhere.

use diesel::prelude::*;

use super::{engine::Db, error::Stored, schema_children::practices, store::Tx};
use crate::domain::ids::{SchoolId, StudentId};

/// One child's practice of a term.
#[derive(Clone, Debug, PartialEq, Eq, Insertable)]
#[diesel(table_name = practices)]
pub struct PracticeRow {
    pub school_id: String,
    pub term_id: String,
    pub student_id: String,
    pub done_at: i64,
}

/// Whether the child has practised in the term.
pub fn is_done(db: &mut Db, school: &SchoolId, term: &str, student: &StudentId) -> Stored<bool> {
    let found: i64 = practices::table
        .filter(
            practices::school_id
                .eq(school.as_str())
                .and(practices::term_id.eq(term))
                .and(practices::student_id.eq(student.as_str())),
        )
        .count()
        .get_result(db)?;
    Ok(found > 0)
}

/// Keeps that a child has practised.
pub fn add(tx: &mut Tx<'_>, row: &PracticeRow) -> Stored<()> {
    diesel::insert_into(practices::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}
