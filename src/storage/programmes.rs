//! What displays show and when they are hidden. Used by `actions/{board_plan,programmes,hide_display}.rs`.

use diesel::prelude::*;

use super::{
    engine::Db,
    error::Stored,
    schema_displays::{hidden_displays, lesson_times, programmes},
    store::Tx,
};
use crate::domain::{
    actor::{ClassPermit, SchoolPermit},
    ids::SchoolId,
};

/// A programme: `target` is `hall`, `classroom` or a display's id; the rest as in `domain/programme.rs`.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = programmes)]
pub struct ProgrammeRow {
    pub school_id: String,
    pub target: String,
    pub running: bool,
    pub boards: String,
    pub seconds: i32,
    pub view: String,
    pub light: String,
    pub lessons: String,
}

/// A lesson; weekday 0 is Monday.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = lesson_times)]
pub struct LessonRow {
    pub school_id: String,
    pub weekday: i32,
    pub starts_minute: i32,
    pub ends_minute: i32,
}

/// A class whose displays are hidden.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = hidden_displays)]
pub struct HiddenRow {
    pub school_id: String,
    pub class_id: String,
    pub hidden_by: String,
    pub hidden_at: i64,
    pub until: i64,
}

/// All programmes of the school.
pub fn all(db: &mut Db, school: &SchoolId) -> Stored<Vec<ProgrammeRow>> {
    Ok(programmes::table
        .filter(programmes::school_id.eq(school.as_str()))
        .select(ProgrammeRow::as_select())
        .load(db)?)
}

/// Puts a programme in the place of the target's own.
pub fn put(tx: &mut Tx<'_>, permit: &SchoolPermit, row: &ProgrammeRow) -> Stored<()> {
    remove(
        tx,
        permit,
        &SchoolId::new(row.school_id.clone()),
        &row.target,
    )?;
    diesel::insert_into(programmes::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Takes a programme away: the display goes by that of its kind again.
pub fn remove(
    tx: &mut Tx<'_>,
    _permit: &SchoolPermit,
    school: &SchoolId,
    target: &str,
) -> Stored<()> {
    diesel::delete(
        programmes::table.filter(
            programmes::school_id
                .eq(school.as_str())
                .and(programmes::target.eq(target)),
        ),
    )
    .execute(tx.db)?;
    Ok(())
}

/// The week's lessons in order.
pub fn lessons(db: &mut Db, school: &SchoolId) -> Stored<Vec<LessonRow>> {
    Ok(lesson_times::table
        .filter(lesson_times::school_id.eq(school.as_str()))
        .order((
            lesson_times::weekday.asc(),
            lesson_times::starts_minute.asc(),
        ))
        .select(LessonRow::as_select())
        .load(db)?)
}

/// Puts these in the place of the week's lessons.
pub fn set_lessons(
    tx: &mut Tx<'_>,
    _permit: &SchoolPermit,
    school: &SchoolId,
    rows: &[LessonRow],
) -> Stored<()> {
    diesel::delete(lesson_times::table.filter(lesson_times::school_id.eq(school.as_str())))
        .execute(tx.db)?;
    for row in rows {
        diesel::insert_into(lesson_times::table)
            .values(row)
            .execute(tx.db)?;
    }
    Ok(())
}

/// Classes hidden beyond `now`.
pub fn hidden(db: &mut Db, school: &SchoolId, now: i64) -> Stored<Vec<HiddenRow>> {
    Ok(hidden_displays::table
        .filter(
            hidden_displays::school_id
                .eq(school.as_str())
                .and(hidden_displays::until.gt(now)),
        )
        .select(HiddenRow::as_select())
        .load(db)?)
}

/// Shows a class's displays again.
pub fn show(tx: &mut Tx<'_>, permit: &ClassPermit, school: &SchoolId) -> Stored<()> {
    diesel::delete(
        hidden_displays::table.filter(
            hidden_displays::school_id
                .eq(school.as_str())
                .and(hidden_displays::class_id.eq(permit.class().as_str())),
        ),
    )
    .execute(tx.db)?;
    Ok(())
}

/// Hides a class's displays.
pub fn hide(tx: &mut Tx<'_>, permit: &ClassPermit, row: &HiddenRow) -> Stored<()> {
    show(tx, permit, &SchoolId::new(row.school_id.clone()))?;
    diesel::insert_into(hidden_displays::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}
