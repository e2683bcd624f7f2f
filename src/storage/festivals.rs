//! Festivals, and who took part in them.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    engine::Db,
    error::Stored,
    schema_cards::{festival_children, festivals},
    store::Tx,
};
use crate::domain::{
    actor::{ChildPermit, ClassPermit, SchoolPermit},
    ids::SchoolId,
};

/// A festival; of the whole school where it has no class.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = festivals)]
pub struct FestivalRow {
    pub school_id: String,
    pub id: String,
    pub term_id: String,
    pub class_id: Option<String>,
    /// Of `domain/festivals`.
    pub kind: String,
    pub name: String,
    pub held_on: NaiveDate,
    pub made_by: String,
    pub made_at: i64,
    pub gone_at: Option<i64>,
}

/// A child that took part; `words` tell of an award.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = festival_children)]
pub struct PartRow {
    pub school_id: String,
    pub festival_id: String,
    pub student_id: String,
    pub class_id: String,
    pub words: String,
    pub by_id: String,
    pub kept_at: i64,
}

/// The festivals of a term that are not gone, newest first. Nobody is named.
pub fn of_term(db: &mut Db, school: &SchoolId, term: &str) -> Stored<Vec<FestivalRow>> {
    Ok(festivals::table
        .filter(
            festivals::school_id
                .eq(school.as_str())
                .and(festivals::term_id.eq(term))
                .and(festivals::gone_at.is_null()),
        )
        .order((festivals::held_on.desc(), festivals::id.asc()))
        .select(FestivalRow::as_select())
        .load(db)?)
}

/// Makes a festival. The caller has the class or the school.
pub fn add(tx: &mut Tx<'_>, row: &FestivalRow) -> Stored<()> {
    diesel::insert_into(festivals::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Takes a festival away, or brings it back.
pub fn set_gone(tx: &mut Tx<'_>, school: &SchoolId, id: &str, gone_at: Option<i64>) -> Stored<()> {
    diesel::update(
        festivals::table.filter(
            festivals::school_id
                .eq(school.as_str())
                .and(festivals::id.eq(id)),
        ),
    )
    .set(festivals::gone_at.eq(gone_at))
    .execute(tx.db)?;
    Ok(())
}

/// Who of the permit's class took part in a festival.
pub fn of_class(
    db: &mut Db,
    permit: &ClassPermit,
    school: &SchoolId,
    festival: &str,
) -> Stored<Vec<PartRow>> {
    Ok(festival_children::table
        .filter(
            festival_children::school_id
                .eq(school.as_str())
                .and(festival_children::festival_id.eq(festival))
                .and(festival_children::class_id.eq(permit.class().as_str())),
        )
        .select(PartRow::as_select())
        .load(db)?)
}

/// Everybody who took part in a festival.
pub fn all_of(
    db: &mut Db,
    _permit: &SchoolPermit,
    school: &SchoolId,
    festival: &str,
) -> Stored<Vec<PartRow>> {
    Ok(festival_children::table
        .filter(
            festival_children::school_id
                .eq(school.as_str())
                .and(festival_children::festival_id.eq(festival)),
        )
        .select(PartRow::as_select())
        .load(db)?)
}

/// What the permit's child took part in, of all terms, newest first.
pub fn of_child(
    db: &mut Db,
    permit: &ChildPermit,
    school: &SchoolId,
) -> Stored<Vec<(FestivalRow, PartRow)>> {
    let rows: Vec<PartRow> = festival_children::table
        .filter(
            festival_children::school_id
                .eq(school.as_str())
                .and(festival_children::student_id.eq(permit.student().as_str())),
        )
        .select(PartRow::as_select())
        .load(db)?;
    let ids: Vec<&str> = rows.iter().map(|row| row.festival_id.as_str()).collect();
    let known: Vec<FestivalRow> = festivals::table
        .filter(
            festivals::school_id
                .eq(school.as_str())
                .and(festivals::id.eq_any(ids))
                .and(festivals::gone_at.is_null()),
        )
        .order((festivals::held_on.desc(), festivals::id.asc()))
        .select(FestivalRow::as_select())
        .load(db)?;
    let with = |festival: FestivalRow| {
        let row = rows.iter().find(|row| row.festival_id == festival.id)?;
        Some((festival, row.clone()))
    };
    Ok(known.into_iter().filter_map(with).collect())
}

/// Keeps that a child took part, in place of what stood there.
pub fn put(tx: &mut Tx<'_>, permit: &ClassPermit, row: &PartRow) -> Stored<()> {
    take_away(tx, permit, row)?;
    diesel::insert_into(festival_children::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// A child did not take part after all.
pub fn take_away(tx: &mut Tx<'_>, _permit: &ClassPermit, row: &PartRow) -> Stored<()> {
    diesel::delete(
        festival_children::table.filter(
            festival_children::school_id
                .eq(&row.school_id)
                .and(festival_children::festival_id.eq(&row.festival_id))
                .and(festival_children::student_id.eq(&row.student_id)),
        ),
    )
    .execute(tx.db)?;
    Ok(())
}
