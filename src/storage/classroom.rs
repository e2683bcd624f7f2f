//! What a class's teacher arranges for the class: own chips for praises, and who sits where.

use diesel::prelude::*;

use super::{
    engine::Db,
    error::Stored,
    schema_children::{class_chips, class_seats},
    store::Tx,
};
use crate::domain::{actor::ClassPermit, ids::SchoolId};

/// A chip of a class beside those of the rubric.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = class_chips)]
pub struct ChipRow {
    pub school_id: String,
    pub id: String,
    pub class_id: String,
    pub dimension: String,
    pub text: String,
    pub added_by: String,
    pub added_at: i64,
    pub removed_at: Option<i64>,
}

/// A child's seat; both numbers from 1.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = class_seats)]
pub struct SeatRow {
    pub school_id: String,
    pub class_id: String,
    pub student_id: String,
    pub line: i32,
    pub place: i32,
}

/// The chips of a class, oldest first; also those that were removed.
pub fn chips(db: &mut Db, permit: &ClassPermit, school: &SchoolId) -> Stored<Vec<ChipRow>> {
    Ok(class_chips::table
        .filter(
            class_chips::school_id
                .eq(school.as_str())
                .and(class_chips::class_id.eq(permit.class().as_str())),
        )
        .order((class_chips::added_at, class_chips::id))
        .select(ChipRow::as_select())
        .load(db)?)
}

/// Adds a chip.
pub fn add_chip(tx: &mut Tx<'_>, _permit: &ClassPermit, row: &ChipRow) -> Stored<()> {
    diesel::insert_into(class_chips::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Removes a chip of the class, or brings it back; whether there is one.
pub fn remove_chip(
    tx: &mut Tx<'_>,
    permit: &ClassPermit,
    school: &SchoolId,
    id: &str,
    at: Option<i64>,
) -> Stored<bool> {
    let row = class_chips::table.filter(
        class_chips::school_id
            .eq(school.as_str())
            .and(class_chips::class_id.eq(permit.class().as_str()))
            .and(class_chips::id.eq(id)),
    );
    let changed = diesel::update(row)
        .set(class_chips::removed_at.eq(at))
        .execute(tx.db)?;
    Ok(changed > 0)
}

/// Who sits where in a class.
pub fn seats(db: &mut Db, permit: &ClassPermit, school: &SchoolId) -> Stored<Vec<SeatRow>> {
    Ok(class_seats::table
        .filter(
            class_seats::school_id
                .eq(school.as_str())
                .and(class_seats::class_id.eq(permit.class().as_str())),
        )
        .order((class_seats::line, class_seats::place))
        .select(SeatRow::as_select())
        .load(db)?)
}

/// Puts a plan in place of the one before.
pub fn set_seats(
    tx: &mut Tx<'_>,
    permit: &ClassPermit,
    school: &SchoolId,
    rows: &[SeatRow],
) -> Stored<()> {
    let before = class_seats::table.filter(
        class_seats::school_id
            .eq(school.as_str())
            .and(class_seats::class_id.eq(permit.class().as_str())),
    );
    diesel::delete(before).execute(tx.db)?;
    for row in rows {
        diesel::insert_into(class_seats::table)
            .values(row)
            .execute(tx.db)?;
    }
    Ok(())
}
