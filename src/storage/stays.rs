//! Dated stays in classes, asked for who was or is where; `students` writes them.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{engine::Db, error::Stored, schema::enrolments};
use crate::domain::{actor::ClassPermit, ids::SchoolId};

/// Everybody who ever was in a class.
pub fn ever_in(db: &mut Db, permit: &ClassPermit, school: &SchoolId) -> Stored<Vec<String>> {
    Ok(enrolments::table
        .filter(
            enrolments::school_id
                .eq(school.as_str())
                .and(enrolments::class_id.eq(permit.class().as_str())),
        )
        .select(enrolments::student_id)
        .distinct()
        .load(db)?)
}

/// Student and class on a day, of those children who have a class then.
pub fn classes_on(
    db: &mut Db,
    _permit: &ClassPermit,
    school: &SchoolId,
    children: &[String],
    on: NaiveDate,
) -> Stored<Vec<(String, String)>> {
    Ok(enrolments::table
        .filter(
            enrolments::school_id
                .eq(school.as_str())
                .and(enrolments::student_id.eq_any(children)),
        )
        .filter(
            enrolments::starts_on
                .le(on)
                .and(enrolments::ends_on.is_null().or(enrolments::ends_on.gt(on))),
        )
        .select((enrolments::student_id, enrolments::class_id))
        .load(db)?)
}
