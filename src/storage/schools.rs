//! Schools, their settings, terms, holidays, rubrics and the one-time set-up address.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    engine::Db,
    error::Stored,
    schema::{holidays, rubrics, schools, settings, setup_tokens, terms},
    store::Tx,
};
use crate::domain::{actor::SchoolPermit, ids::SchoolId};

/// A school. `board_version` grows with everything a screen could show.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = schools)]
pub struct SchoolRow {
    pub id: String,
    pub name: String,
    pub timezone: String,
    pub board_version: i64,
    pub created_at: i64,
}

/// A term with the rule it goes by.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = terms)]
pub struct TermRow {
    pub school_id: String,
    pub id: String,
    pub name: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
    pub rubric_id: String,
}

/// Days without school inside a term.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = holidays)]
pub struct HolidayRow {
    pub school_id: String,
    pub id: String,
    pub term_id: String,
    pub name: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
}

/// A version of the evaluation's document.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = rubrics)]
pub struct RubricRow {
    pub school_id: String,
    pub id: String,
    pub version: i32,
    pub name: String,
    pub document: String,
    pub created_at: i64,
    pub created_by: String,
}

#[derive(Queryable, Selectable, Insertable)]
#[diesel(table_name = setup_tokens)]
struct SetupRow {
    token_hash: String,
    school_id: String,
    expires_at: i64,
    used_at: Option<i64>,
}

/// All schools of this database.
pub fn all(db: &mut Db) -> Stored<Vec<SchoolRow>> {
    Ok(schools::table
        .order(schools::created_at.asc())
        .select(SchoolRow::as_select())
        .load(db)?)
}

/// One school.
pub fn get(db: &mut Db, school: &SchoolId) -> Stored<SchoolRow> {
    Ok(schools::table
        .filter(schools::id.eq(school.as_str()))
        .select(SchoolRow::as_select())
        .first(db)?)
}

/// Adds a school.
pub fn add(tx: &mut Tx<'_>, _permit: &SchoolPermit, row: &SchoolRow) -> Stored<()> {
    diesel::insert_into(schools::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Renames a school.
pub fn rename(
    tx: &mut Tx<'_>,
    _permit: &SchoolPermit,
    school: &SchoolId,
    name: &str,
) -> Stored<()> {
    diesel::update(schools::table.filter(schools::id.eq(school.as_str())))
        .set(schools::name.eq(name))
        .execute(tx.db)?;
    Ok(())
}

/// Says that something a screen shows has changed.
pub fn touch_board(tx: &mut Tx<'_>, school: &SchoolId) -> Stored<()> {
    diesel::update(schools::table.filter(schools::id.eq(school.as_str())))
        .set(schools::board_version.eq(schools::board_version + 1))
        .execute(tx.db)?;
    Ok(())
}

/// A setting of the school, or nothing.
pub fn setting(db: &mut Db, school: &SchoolId, name: &str) -> Stored<Option<String>> {
    Ok(settings::table
        .filter(
            settings::school_id
                .eq(school.as_str())
                .and(settings::name.eq(name)),
        )
        .select(settings::value)
        .first(db)
        .optional()?)
}

/// Sets a setting.
pub fn set_setting(
    tx: &mut Tx<'_>,
    _permit: &SchoolPermit,
    school: &SchoolId,
    name: &str,
    value: &str,
) -> Stored<()> {
    let changed = diesel::update(
        settings::table.filter(
            settings::school_id
                .eq(school.as_str())
                .and(settings::name.eq(name)),
        ),
    )
    .set(settings::value.eq(value))
    .execute(tx.db)?;
    if changed == 0 {
        diesel::insert_into(settings::table)
            .values((
                settings::school_id.eq(school.as_str()),
                settings::name.eq(name),
                settings::value.eq(value),
            ))
            .execute(tx.db)?;
    }
    Ok(())
}

/// All terms, oldest first.
pub fn terms(db: &mut Db, school: &SchoolId) -> Stored<Vec<TermRow>> {
    Ok(terms::table
        .filter(terms::school_id.eq(school.as_str()))
        .order(terms::starts_on.asc())
        .select(TermRow::as_select())
        .load(db)?)
}

/// One term.
pub fn term(db: &mut Db, school: &SchoolId, id: &str) -> Stored<TermRow> {
    Ok(terms::table
        .filter(terms::school_id.eq(school.as_str()).and(terms::id.eq(id)))
        .select(TermRow::as_select())
        .first(db)?)
}

/// Adds a term.
pub fn add_term(tx: &mut Tx<'_>, _permit: &SchoolPermit, row: &TermRow) -> Stored<()> {
    diesel::insert_into(terms::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Changes a term's name and dates.
pub fn change_term(tx: &mut Tx<'_>, _permit: &SchoolPermit, row: &TermRow) -> Stored<()> {
    diesel::update(
        terms::table.filter(
            terms::school_id
                .eq(&row.school_id)
                .and(terms::id.eq(&row.id)),
        ),
    )
    .set((
        terms::name.eq(&row.name),
        terms::starts_on.eq(row.starts_on),
        terms::ends_on.eq(row.ends_on),
        terms::rubric_id.eq(&row.rubric_id),
    ))
    .execute(tx.db)?;
    Ok(())
}

/// Takes a term away that nothing refers to.
pub fn remove_term(
    tx: &mut Tx<'_>,
    _permit: &SchoolPermit,
    school: &SchoolId,
    id: &str,
) -> Stored<()> {
    diesel::delete(terms::table.filter(terms::school_id.eq(school.as_str()).and(terms::id.eq(id))))
        .execute(tx.db)?;
    Ok(())
}

/// Holidays of a term by date.
pub fn holidays(db: &mut Db, school: &SchoolId, term: &str) -> Stored<Vec<HolidayRow>> {
    Ok(holidays::table
        .filter(
            holidays::school_id
                .eq(school.as_str())
                .and(holidays::term_id.eq(term)),
        )
        .order(holidays::starts_on.asc())
        .select(HolidayRow::as_select())
        .load(db)?)
}

/// Adds a holiday.
pub fn add_holiday(tx: &mut Tx<'_>, _permit: &SchoolPermit, row: &HolidayRow) -> Stored<()> {
    diesel::insert_into(holidays::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Takes a holiday away.
pub fn remove_holiday(
    tx: &mut Tx<'_>,
    _permit: &SchoolPermit,
    school: &SchoolId,
    id: &str,
) -> Stored<()> {
    diesel::delete(
        holidays::table.filter(
            holidays::school_id
                .eq(school.as_str())
                .and(holidays::id.eq(id)),
        ),
    )
    .execute(tx.db)?;
    Ok(())
}

/// All versions of the rubric, oldest first.
pub fn rubrics(db: &mut Db, school: &SchoolId) -> Stored<Vec<RubricRow>> {
    Ok(rubrics::table
        .filter(rubrics::school_id.eq(school.as_str()))
        .order(rubrics::version.asc())
        .select(RubricRow::as_select())
        .load(db)?)
}

/// One version.
pub fn rubric(db: &mut Db, school: &SchoolId, id: &str) -> Stored<RubricRow> {
    Ok(rubrics::table
        .filter(
            rubrics::school_id
                .eq(school.as_str())
                .and(rubrics::id.eq(id)),
        )
        .select(RubricRow::as_select())
        .first(db)?)
}

/// Adds a version; versions are never changed.
pub fn add_rubric(tx: &mut Tx<'_>, _permit: &SchoolPermit, row: &RubricRow) -> Stored<()> {
    diesel::insert_into(rubrics::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Keeps the hash of a one-time set-up address.
pub fn add_setup(
    tx: &mut Tx<'_>,
    _permit: &SchoolPermit,
    school: &SchoolId,
    hash: &str,
    expires_at: i64,
) -> Stored<()> {
    let row = SetupRow {
        token_hash: hash.to_owned(),
        school_id: school.to_string(),
        expires_at,
        used_at: None,
    };
    diesel::insert_into(setup_tokens::table)
        .values(&row)
        .execute(tx.db)?;
    Ok(())
}

/// The school of an unused set-up address that has not expired at `now`.
pub fn setup_school(db: &mut Db, hash: &str, now: i64) -> Stored<SchoolId> {
    let row = setup_tokens::table
        .filter(
            setup_tokens::token_hash
                .eq(hash)
                .and(setup_tokens::used_at.is_null())
                .and(setup_tokens::expires_at.gt(now)),
        )
        .select(SetupRow::as_select())
        .first(db)?;
    Ok(SchoolId::new(row.school_id))
}

/// Uses up a set-up address.
pub fn use_setup(tx: &mut Tx<'_>, hash: &str, now: i64) -> Stored<()> {
    diesel::update(setup_tokens::table.filter(setup_tokens::token_hash.eq(hash)))
        .set(setup_tokens::used_at.eq(now))
        .execute(tx.db)?;
    Ok(())
}
