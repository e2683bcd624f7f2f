//! One child's extra days for the own sheets of a closed round.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{engine::Db, error::Stored, schema_results::extensions, store::Tx};
use crate::domain::{
    actor::{ClassPermit, SchoolPermit},
    ids::{SchoolId, StudentId},
};

/// `until` is the last day.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = extensions)]
pub struct ExtensionRow {
    pub school_id: String,
    pub round_id: String,
    pub student_id: String,
    pub until: NaiveDate,
    pub given_by: String,
    pub given_at: i64,
}

/// The extra days of one child, newest first; whether a round is still closed is for the caller to see.
pub fn of_child(db: &mut Db, school: &SchoolId, student: &StudentId) -> Stored<Vec<ExtensionRow>> {
    Ok(extensions::table
        .filter(
            extensions::school_id
                .eq(school.as_str())
                .and(extensions::student_id.eq(student.as_str())),
        )
        .order((extensions::given_at.desc(), extensions::round_id.desc()))
        .select(ExtensionRow::as_select())
        .load(db)?)
}

/// The extra days given in a round to these children.
pub fn among(
    db: &mut Db,
    _permit: &ClassPermit,
    school: &SchoolId,
    round: &str,
    children: &[String],
) -> Stored<Vec<ExtensionRow>> {
    Ok(extensions::table
        .filter(
            extensions::school_id
                .eq(school.as_str())
                .and(extensions::round_id.eq(round)),
        )
        .filter(extensions::student_id.eq_any(children))
        .select(ExtensionRow::as_select())
        .load(db)?)
}

/// How many children of the school have extra days in a round, on `today` or later.
pub fn running(
    db: &mut Db,
    _permit: &SchoolPermit,
    school: &SchoolId,
    round: &str,
    today: NaiveDate,
) -> Stored<usize> {
    let count: i64 = extensions::table
        .filter(
            extensions::school_id
                .eq(school.as_str())
                .and(extensions::round_id.eq(round))
                .and(extensions::until.ge(today)),
        )
        .count()
        .get_result(db)?;
    Ok(usize::try_from(count).unwrap_or(0))
}

/// Gives or changes extra days.
pub fn set(tx: &mut Tx<'_>, _permit: &ClassPermit, row: &ExtensionRow) -> Stored<()> {
    let same = extensions::table.filter(
        extensions::school_id
            .eq(&row.school_id)
            .and(extensions::round_id.eq(&row.round_id))
            .and(extensions::student_id.eq(&row.student_id)),
    );
    if diesel::update(same).set(row).execute(tx.db)? == 0 {
        diesel::insert_into(extensions::table)
            .values(row)
            .execute(tx.db)?;
    }
    Ok(())
}

/// Takes them back.
pub fn remove(
    tx: &mut Tx<'_>,
    _permit: &ClassPermit,
    school: &SchoolId,
    round: &str,
    student: &StudentId,
) -> Stored<usize> {
    let row = extensions::table.filter(
        extensions::school_id
            .eq(school.as_str())
            .and(extensions::round_id.eq(round))
            .and(extensions::student_id.eq(student.as_str())),
    );
    Ok(diesel::delete(row).execute(tx.db)?)
}
