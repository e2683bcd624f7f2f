//! Appeals of a class's teacher against a check, and what the office decided.

use diesel::prelude::*;

use super::{engine::Db, error::Stored, schema_duty::check_appeals, store::Tx};
use crate::domain::{
    actor::{ClassPermit, SchoolPermit},
    ids::SchoolId,
};

/// One appeal; `state` is open, upheld (the check stands) or corrected.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = check_appeals)]
pub struct CheckAppealRow {
    pub school_id: String,
    pub id: String,
    pub inspection_id: String,
    pub class_id: String,
    pub words: String,
    pub filed_by: String,
    pub filed_at: i64,
    pub state: String,
    pub answer: String,
    pub decided_by: String,
    pub decided_at: Option<i64>,
}

/// All of a class.
pub fn of_class(
    db: &mut Db,
    permit: &ClassPermit,
    school: &SchoolId,
) -> Stored<Vec<CheckAppealRow>> {
    Ok(check_appeals::table
        .filter(
            check_appeals::school_id
                .eq(school.as_str())
                .and(check_appeals::class_id.eq(permit.class().as_str())),
        )
        .order(check_appeals::filed_at.asc())
        .select(CheckAppealRow::as_select())
        .load(db)?)
}

/// All of the school, oldest first.
pub fn all(db: &mut Db, _permit: &SchoolPermit, school: &SchoolId) -> Stored<Vec<CheckAppealRow>> {
    Ok(check_appeals::table
        .filter(check_appeals::school_id.eq(school.as_str()))
        .order(check_appeals::filed_at.asc())
        .select(CheckAppealRow::as_select())
        .load(db)?)
}

/// Files one.
pub fn add(tx: &mut Tx<'_>, _permit: &ClassPermit, row: &CheckAppealRow) -> Stored<()> {
    diesel::insert_into(check_appeals::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Decides one.
pub fn change(tx: &mut Tx<'_>, _permit: &SchoolPermit, row: &CheckAppealRow) -> Stored<()> {
    diesel::update(
        check_appeals::table.filter(
            check_appeals::school_id
                .eq(&row.school_id)
                .and(check_appeals::id.eq(&row.id)),
        ),
    )
    .set(row)
    .execute(tx.db)?;
    Ok(())
}
