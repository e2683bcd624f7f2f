//! A teacher's nine short phrases for term comments: its own, nobody else's.

use diesel::prelude::*;

use super::{engine::Db, error::Stored, schema_comments::comment_phrases, store::Tx};
use crate::domain::ids::{SchoolId, StaffId};

#[derive(Insertable)]
#[diesel(table_name = comment_phrases)]
struct PhraseRow<'a> {
    school_id: &'a str,
    staff_id: &'a str,
    place: i32,
    text: &'a str,
}

/// What the teacher itself put on its keys, by place.
pub fn own(db: &mut Db, school: &SchoolId, staff: &StaffId) -> Stored<Vec<(i32, String)>> {
    Ok(comment_phrases::table
        .filter(
            comment_phrases::school_id
                .eq(school.as_str())
                .and(comment_phrases::staff_id.eq(staff.as_str())),
        )
        .order(comment_phrases::place.asc())
        .select((comment_phrases::place, comment_phrases::text))
        .load(db)?)
}

/// Puts the teacher's own phrases on its keys instead of those before.
pub fn set_own(
    tx: &mut Tx<'_>,
    school: &SchoolId,
    staff: &StaffId,
    phrases: &[(i32, String)],
) -> Stored<()> {
    diesel::delete(
        comment_phrases::table.filter(
            comment_phrases::school_id
                .eq(school.as_str())
                .and(comment_phrases::staff_id.eq(staff.as_str())),
        ),
    )
    .execute(tx.db)?;
    for (place, text) in phrases {
        let row = PhraseRow {
            school_id: school.as_str(),
            staff_id: staff.as_str(),
            place: *place,
            text,
        };
        diesel::insert_into(comment_phrases::table)
            .values(&row)
            .execute(tx.db)?;
    }
    Ok(())
}
