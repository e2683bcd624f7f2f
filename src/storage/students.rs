//! Classes, students and who was in which class from when to when.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    engine::Db,
    error::Stored,
    schema::{classes, enrolments, students, windows},
    store::Tx,
};
use crate::domain::{
    actor::{ChildPermit, ClassPermit, SchoolPermit},
    ids::{ClassId, SchoolId, StudentId},
};

/// A class through its years. `door` is the code in its page's address.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = classes)]
pub struct ClassRow {
    pub school_id: String,
    pub id: String,
    pub cohort: i32,
    pub number: i32,
    pub door: String,
}

/// A student. `consent` is `notice`, `consented` or `refused`, since `consent_on`.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = students)]
pub struct StudentRow {
    pub school_id: String,
    pub id: String,
    pub student_no: String,
    pub name: String,
    pub pinyin: String,
    pub sex: String,
    pub seat: Option<i32>,
    pub avatar: i32,
    pub pin_epoch: i32,
    pub pin_kind: String,
    pub pin_key: String,
    pub pin_tag: String,
    pub consent: String,
    pub consent_on: NaiveDate,
}

/// A stay in a class: from `starts_on` until the day before `ends_on`.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = enrolments)]
pub struct EnrolmentRow {
    pub school_id: String,
    pub id: String,
    pub student_id: String,
    pub class_id: String,
    pub starts_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
    pub reason: String,
}

/// What is kept of a PIN.
#[derive(Clone, Copy, Debug)]
pub struct PinRow<'a> {
    pub epoch: i32,
    pub kind: &'a str,
    pub key_id: &'a str,
    pub tag: &'a str,
}

/// An opened sign-in window of a class.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = windows)]
pub struct WindowRow {
    pub school_id: String,
    pub class_id: String,
    pub opened_by: String,
    pub opened_at: i64,
    pub closes_at: i64,
}

/// All classes; names of classes are no secret inside the school.
pub fn classes(db: &mut Db, school: &SchoolId) -> Stored<Vec<ClassRow>> {
    let mut rows = classes::table
        .filter(classes::school_id.eq(school.as_str()))
        .select(ClassRow::as_select())
        .load(db)?;
    rows.sort_by_key(|c| (std::cmp::Reverse(c.cohort), c.number));
    Ok(rows)
}

/// One class.
pub fn class(db: &mut Db, school: &SchoolId, id: &ClassId) -> Stored<ClassRow> {
    Ok(classes::table
        .filter(
            classes::school_id
                .eq(school.as_str())
                .and(classes::id.eq(id.as_str())),
        )
        .select(ClassRow::as_select())
        .first(db)?)
}

/// The class behind a door code, whatever the school.
pub fn class_by_door(db: &mut Db, door: &str) -> Stored<ClassRow> {
    Ok(classes::table
        .filter(classes::door.eq(door))
        .select(ClassRow::as_select())
        .first(db)?)
}

/// Adds a class.
pub fn add_class(tx: &mut Tx<'_>, _permit: &SchoolPermit, row: &ClassRow) -> Stored<()> {
    diesel::insert_into(classes::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Everybody ever enrolled, by student number.
pub fn all(db: &mut Db, _permit: &SchoolPermit, school: &SchoolId) -> Stored<Vec<StudentRow>> {
    let mut rows = students::table
        .filter(students::school_id.eq(school.as_str()))
        .select(StudentRow::as_select())
        .load(db)?;
    rows.sort_by(|a, b| a.student_no.cmp(&b.student_no));
    Ok(rows)
}

/// All stays in classes that touch the days from `from` to `to`.
pub fn enrolments_between(
    db: &mut Db,
    _permit: &SchoolPermit,
    school: &SchoolId,
    from: NaiveDate,
    to: NaiveDate,
) -> Stored<Vec<EnrolmentRow>> {
    Ok(enrolments::table
        .filter(enrolments::school_id.eq(school.as_str()))
        .filter(
            enrolments::starts_on.le(to).and(
                enrolments::ends_on
                    .is_null()
                    .or(enrolments::ends_on.gt(from)),
            ),
        )
        .select(EnrolmentRow::as_select())
        .load(db)?)
}

/// The children of a class on a day, by student number.
pub fn of_class(
    db: &mut Db,
    permit: &ClassPermit,
    school: &SchoolId,
    on: NaiveDate,
) -> Stored<Vec<StudentRow>> {
    in_class(db, school, permit.class(), on)
}

/// The children of one's own class, for counting stars in its sky: callers show how many, never who.
pub fn of_class_for_sky(
    db: &mut Db,
    school: &SchoolId,
    class: &ClassId,
    on: NaiveDate,
) -> Stored<Vec<StudentRow>> {
    in_class(db, school, class, on)
}

/// The children behind a class's open door: the sign-in page of an opened window, which needs no permit because the
/// window is the permission; callers check it first.
pub fn behind_door(db: &mut Db, window: &WindowRow, on: NaiveDate) -> Stored<Vec<StudentRow>> {
    in_class(
        db,
        &SchoolId::new(window.school_id.clone()),
        &ClassId::new(window.class_id.clone()),
        on,
    )
}

fn in_class(
    db: &mut Db,
    school: &SchoolId,
    class: &ClassId,
    on: NaiveDate,
) -> Stored<Vec<StudentRow>> {
    let ids: Vec<String> = enrolments::table
        .filter(
            enrolments::school_id
                .eq(school.as_str())
                .and(enrolments::class_id.eq(class.as_str())),
        )
        .filter(
            enrolments::starts_on
                .le(on)
                .and(enrolments::ends_on.is_null().or(enrolments::ends_on.gt(on))),
        )
        .select(enrolments::student_id)
        .load(db)?;
    let mut rows = students::table
        .filter(
            students::school_id
                .eq(school.as_str())
                .and(students::id.eq_any(ids)),
        )
        .select(StudentRow::as_select())
        .load(db)?;
    rows.sort_by(|a, b| (a.seat, &a.student_no).cmp(&(b.seat, &b.student_no)));
    Ok(rows)
}

/// One child.
pub fn get(db: &mut Db, permit: &ChildPermit, school: &SchoolId) -> Stored<StudentRow> {
    by_id(db, school, permit.student())
}

/// One child by id, for sign-in and for making its permit.
pub(crate) fn by_id(db: &mut Db, school: &SchoolId, id: &StudentId) -> Stored<StudentRow> {
    Ok(students::table
        .filter(
            students::school_id
                .eq(school.as_str())
                .and(students::id.eq(id.as_str())),
        )
        .select(StudentRow::as_select())
        .first(db)?)
}

/// The class a child is in on a day; needed before a permit can be made, hence without one.
pub fn class_on(db: &mut Db, school: &SchoolId, id: &StudentId, on: NaiveDate) -> Stored<ClassId> {
    let class: String = enrolments::table
        .filter(
            enrolments::school_id
                .eq(school.as_str())
                .and(enrolments::student_id.eq(id.as_str())),
        )
        .filter(
            enrolments::starts_on
                .le(on)
                .and(enrolments::ends_on.is_null().or(enrolments::ends_on.gt(on))),
        )
        .select(enrolments::class_id)
        .first(db)?;
    Ok(ClassId::new(class))
}

/// Adds a student.
pub fn add(tx: &mut Tx<'_>, _permit: &SchoolPermit, row: &StudentRow) -> Stored<()> {
    diesel::insert_into(students::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Stores a changed student.
pub fn change(tx: &mut Tx<'_>, _permit: &SchoolPermit, row: &StudentRow) -> Stored<()> {
    diesel::update(
        students::table.filter(
            students::school_id
                .eq(&row.school_id)
                .and(students::id.eq(&row.id)),
        ),
    )
    .set(row)
    .execute(tx.db)?;
    Ok(())
}

/// Sets a child's new picture PIN or digits: only its keyed tag is kept.
pub fn set_pin(
    tx: &mut Tx<'_>,
    permit: &ChildPermit,
    school: &SchoolId,
    pin: &PinRow<'_>,
) -> Stored<()> {
    diesel::update(
        students::table.filter(
            students::school_id
                .eq(school.as_str())
                .and(students::id.eq(permit.student().as_str())),
        ),
    )
    .set((
        students::pin_epoch.eq(pin.epoch),
        students::pin_kind.eq(pin.kind),
        students::pin_key.eq(pin.key_id),
        students::pin_tag.eq(pin.tag),
    ))
    .execute(tx.db)?;
    Ok(())
}

/// Stores which picture a child chose.
pub fn set_avatar(
    tx: &mut Tx<'_>,
    permit: &ChildPermit,
    school: &SchoolId,
    avatar: i32,
) -> Stored<()> {
    diesel::update(
        students::table.filter(
            students::school_id
                .eq(school.as_str())
                .and(students::id.eq(permit.student().as_str())),
        ),
    )
    .set(students::avatar.eq(avatar))
    .execute(tx.db)?;
    Ok(())
}

/// Records what a child's family said to the notice.
pub fn set_consent(
    tx: &mut Tx<'_>,
    _permit: &SchoolPermit,
    school: &SchoolId,
    id: &str,
    consent: &str,
    on: NaiveDate,
) -> Stored<()> {
    diesel::update(
        students::table.filter(
            students::school_id
                .eq(school.as_str())
                .and(students::id.eq(id)),
        ),
    )
    .set((students::consent.eq(consent), students::consent_on.eq(on)))
    .execute(tx.db)?;
    Ok(())
}

/// Begins a stay.
pub fn enrol(tx: &mut Tx<'_>, _permit: &SchoolPermit, row: &EnrolmentRow) -> Stored<()> {
    diesel::insert_into(enrolments::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Ends the present stay of a student; `on` is the first day away.
pub fn leave(
    tx: &mut Tx<'_>,
    _permit: &SchoolPermit,
    school: &SchoolId,
    student: &str,
    on: NaiveDate,
) -> Stored<()> {
    diesel::update(
        enrolments::table.filter(
            enrolments::school_id
                .eq(school.as_str())
                .and(enrolments::student_id.eq(student))
                .and(enrolments::ends_on.is_null()),
        ),
    )
    .set(enrolments::ends_on.eq(on))
    .execute(tx.db)?;
    Ok(())
}

/// The window of a class, open or past.
pub fn window(db: &mut Db, school: &SchoolId, class: &ClassId) -> Stored<Option<WindowRow>> {
    Ok(windows::table
        .filter(
            windows::school_id
                .eq(school.as_str())
                .and(windows::class_id.eq(class.as_str())),
        )
        .select(WindowRow::as_select())
        .first(db)
        .optional()?)
}

/// Opens or closes the window of a class.
pub fn set_window(tx: &mut Tx<'_>, _permit: &ClassPermit, row: &WindowRow) -> Stored<()> {
    let changed = diesel::update(
        windows::table.filter(
            windows::school_id
                .eq(&row.school_id)
                .and(windows::class_id.eq(&row.class_id)),
        ),
    )
    .set(row)
    .execute(tx.db)?;
    if changed == 0 {
        diesel::insert_into(windows::table)
            .values(row)
            .execute(tx.db)?;
    }
    Ok(())
}
