//! Members of staff and which classes they have from when to when.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    engine::Db,
    error::Stored,
    schema::{staff, teaching},
    store::Tx,
};
use crate::domain::{
    actor::{ClassPermit, SchoolPermit},
    ids::{SchoolId, StaffId},
};

/// An account of staff. `recovery` holds hashes of single-use codes, separated by spaces.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = staff)]
pub struct StaffRow {
    pub school_id: String,
    pub id: String,
    pub login: String,
    pub name: String,
    pub role: String,
    pub password_hash: String,
    pub must_change: bool,
    pub totp_secret: Option<String>,
    pub totp_last_step: i64,
    pub recovery: String,
    pub disabled_at: Option<i64>,
    pub created_at: i64,
}

/// Who has which class, as `homeroom` or `subject` teacher.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = teaching)]
pub struct TeachingRow {
    pub school_id: String,
    pub id: String,
    pub staff_id: String,
    pub class_id: String,
    pub role: String,
    pub subject: String,
    pub starts_on: NaiveDate,
    pub ends_on: Option<NaiveDate>,
}

/// Accounts of this login over all schools: sign-in tries each.
pub fn by_login(db: &mut Db, login: &str) -> Stored<Vec<StaffRow>> {
    Ok(staff::table
        .filter(staff::login.eq(login))
        .select(StaffRow::as_select())
        .load(db)?)
}

/// The account of a session.
pub fn get(db: &mut Db, school: &SchoolId, id: &StaffId) -> Stored<StaffRow> {
    Ok(staff::table
        .filter(
            staff::school_id
                .eq(school.as_str())
                .and(staff::id.eq(id.as_str())),
        )
        .select(StaffRow::as_select())
        .first(db)?)
}

/// All accounts by login.
pub fn all(db: &mut Db, _permit: &SchoolPermit, school: &SchoolId) -> Stored<Vec<StaffRow>> {
    let mut rows = staff::table
        .filter(staff::school_id.eq(school.as_str()))
        .select(StaffRow::as_select())
        .load(db)?;
    rows.sort_by(|a, b| a.login.cmp(&b.login));
    Ok(rows)
}

/// Adds an account.
pub fn add(tx: &mut Tx<'_>, _permit: &SchoolPermit, row: &StaffRow) -> Stored<()> {
    diesel::insert_into(staff::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Sets name and role.
pub fn rename(
    tx: &mut Tx<'_>,
    _permit: &SchoolPermit,
    school: &SchoolId,
    id: &str,
    name: &str,
) -> Stored<()> {
    diesel::update(staff::table.filter(staff::school_id.eq(school.as_str()).and(staff::id.eq(id))))
        .set(staff::name.eq(name))
        .execute(tx.db)?;
    Ok(())
}

/// Disables an account or lets it in again.
pub fn set_disabled(
    tx: &mut Tx<'_>,
    _permit: &SchoolPermit,
    school: &SchoolId,
    id: &str,
    at: Option<i64>,
) -> Stored<()> {
    diesel::update(staff::table.filter(staff::school_id.eq(school.as_str()).and(staff::id.eq(id))))
        .set(staff::disabled_at.eq(at))
        .execute(tx.db)?;
    Ok(())
}

/// Stores the account holder's password hash.
pub fn set_password(
    tx: &mut Tx<'_>,
    school: &SchoolId,
    id: &StaffId,
    hash: &str,
    must_change: bool,
) -> Stored<()> {
    diesel::update(
        staff::table.filter(
            staff::school_id
                .eq(school.as_str())
                .and(staff::id.eq(id.as_str())),
        ),
    )
    .set((
        staff::password_hash.eq(hash),
        staff::must_change.eq(must_change),
    ))
    .execute(tx.db)?;
    Ok(())
}

/// Stores the second factor and its recovery codes.
pub fn set_totp(
    tx: &mut Tx<'_>,
    school: &SchoolId,
    id: &StaffId,
    secret: Option<&str>,
    step: i64,
    recovery: &str,
) -> Stored<()> {
    diesel::update(
        staff::table.filter(
            staff::school_id
                .eq(school.as_str())
                .and(staff::id.eq(id.as_str())),
        ),
    )
    .set((
        staff::totp_secret.eq(secret),
        staff::totp_last_step.eq(step),
        staff::recovery.eq(recovery),
    ))
    .execute(tx.db)?;
    Ok(())
}

/// Classes had by a teacher on a day.
pub fn classes_of(
    db: &mut Db,
    school: &SchoolId,
    id: &StaffId,
    on: NaiveDate,
) -> Stored<Vec<TeachingRow>> {
    Ok(teaching::table
        .filter(
            teaching::school_id
                .eq(school.as_str())
                .and(teaching::staff_id.eq(id.as_str())),
        )
        .filter(
            teaching::starts_on
                .le(on)
                .and(teaching::ends_on.is_null().or(teaching::ends_on.gt(on))),
        )
        .select(TeachingRow::as_select())
        .load(db)?)
}

/// Everybody's classes at any time from `from` to `to`.
pub fn teaching_between(
    db: &mut Db,
    _permit: &SchoolPermit,
    school: &SchoolId,
    from: NaiveDate,
    to: NaiveDate,
) -> Stored<Vec<TeachingRow>> {
    Ok(teaching::table
        .filter(teaching::school_id.eq(school.as_str()))
        .filter(
            teaching::starts_on
                .le(to)
                .and(teaching::ends_on.is_null().or(teaching::ends_on.gt(from))),
        )
        .select(TeachingRow::as_select())
        .load(db)?)
}

/// The teachers of one class on a day.
pub fn teachers_of(
    db: &mut Db,
    permit: &ClassPermit,
    school: &SchoolId,
    on: NaiveDate,
) -> Stored<Vec<(TeachingRow, StaffRow)>> {
    let rows = teaching::table
        .filter(
            teaching::school_id
                .eq(school.as_str())
                .and(teaching::class_id.eq(permit.class().as_str())),
        )
        .filter(
            teaching::starts_on
                .le(on)
                .and(teaching::ends_on.is_null().or(teaching::ends_on.gt(on))),
        )
        .select(TeachingRow::as_select())
        .load(db)?;
    rows.into_iter()
        .map(|row| {
            let who = get(db, school, &StaffId::new(row.staff_id.clone()))?;
            Ok((row, who))
        })
        .collect()
}

/// Gives a class to a teacher.
pub fn add_teaching(tx: &mut Tx<'_>, _permit: &SchoolPermit, row: &TeachingRow) -> Stored<()> {
    diesel::insert_into(teaching::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Ends having a class on a day (the first day without it).
pub fn end_teaching(
    tx: &mut Tx<'_>,
    _permit: &SchoolPermit,
    school: &SchoolId,
    id: &str,
    on: NaiveDate,
) -> Stored<()> {
    diesel::update(
        teaching::table.filter(
            teaching::school_id
                .eq(school.as_str())
                .and(teaching::id.eq(id)),
        ),
    )
    .set(teaching::ends_on.eq(on))
    .execute(tx.db)?;
    Ok(())
}
