//! Shining moments and the thank-yous for them. Who told a classmate's moment is read by its author alone; the rest of
//! the house gets the rows without a name.

use std::collections::HashMap;

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    engine::Db,
    error::Stored,
    schema_children::{moments, thanks},
    store::Tx,
};
use crate::domain::{
    actor::{ChildPermit, ClassPermit, SchoolPermit},
    ids::SchoolId,
};

/// A good deed told in one sentence. `by_kind`: teacher, peer, parent; `state`: proposed, released, hidden. Where `text`
/// is empty the chip's sentence stands for it; `told_on` of a classmate's is shown as its month only.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = moments)]
pub struct MomentRow {
    pub school_id: String,
    pub id: String,
    pub student_id: String,
    pub class_id: String,
    pub term_id: String,
    pub round_id: Option<String>,
    pub by_kind: String,
    pub by_id: String,
    pub dimension: String,
    pub chip: String,
    pub text: String,
    pub told_on: NaiveDate,
    pub state: String,
    pub decided_by: Option<String>,
    pub decided_at: Option<i64>,
    pub created_at: i64,
    /// Orders the saves of what a child tells; 0 where nothing is saved twice.
    pub stamp: i64,
}

/// A thank-you: `kind` is one of `domain::moments::THANKS`.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = thanks)]
pub struct ThanksRow {
    pub school_id: String,
    pub moment_id: String,
    pub kind: String,
    pub sent_at: i64,
    pub seen_at: Option<i64>,
}

/// What somebody told in a round: the author's own row.
pub fn own(
    db: &mut Db,
    school: &SchoolId,
    round: &str,
    kind: &str,
    by: &str,
) -> Stored<Option<MomentRow>> {
    Ok(moments::table
        .filter(
            moments::school_id
                .eq(school.as_str())
                .and(moments::round_id.eq(round)),
        )
        .filter(moments::by_kind.eq(kind).and(moments::by_id.eq(by)))
        .select(MomentRow::as_select())
        .first(db)
        .optional()?)
}

/// Everything somebody told: the author's own rows, newest first.
pub fn all_own(db: &mut Db, school: &SchoolId, kind: &str, by: &str) -> Stored<Vec<MomentRow>> {
    Ok(moments::table
        .filter(moments::school_id.eq(school.as_str()))
        .filter(moments::by_kind.eq(kind).and(moments::by_id.eq(by)))
        .order(moments::created_at.desc())
        .select(MomentRow::as_select())
        .load(db)?)
}

/// Moments of a term about children of the permit's class, whoever told them.
pub fn of_children(
    db: &mut Db,
    _permit: &ClassPermit,
    school: &SchoolId,
    term: &str,
    children: &[String],
) -> Stored<Vec<MomentRow>> {
    Ok(moments::table
        .filter(
            moments::school_id
                .eq(school.as_str())
                .and(moments::term_id.eq(term)),
        )
        .filter(moments::student_id.eq_any(children))
        .select(MomentRow::as_select())
        .load(db)?)
}

/// Released moments about one child in a term.
pub fn released_of(
    db: &mut Db,
    permit: &ChildPermit,
    school: &SchoolId,
    term: &str,
) -> Stored<Vec<MomentRow>> {
    Ok(moments::table
        .filter(
            moments::school_id
                .eq(school.as_str())
                .and(moments::term_id.eq(term)),
        )
        .filter(
            moments::student_id
                .eq(permit.student().as_str())
                .and(moments::state.eq("released")),
        )
        .select(MomentRow::as_select())
        .load(db)?)
}

/// Released moments of the school that were decided since an instant, newest first.
pub fn released_since(
    db: &mut Db,
    _permit: &SchoolPermit,
    school: &SchoolId,
    since: i64,
    most: i64,
) -> Stored<Vec<MomentRow>> {
    Ok(moments::table
        .filter(
            moments::school_id
                .eq(school.as_str())
                .and(moments::state.eq("released")),
        )
        .filter(moments::decided_at.ge(since))
        .order(moments::decided_at.desc())
        .limit(most)
        .select(MomentRow::as_select())
        .load(db)?)
}

/// One moment about a child of the permit's class.
pub fn get(db: &mut Db, _permit: &ClassPermit, school: &SchoolId, id: &str) -> Stored<MomentRow> {
    one(db, school, id)
}

/// One released moment about the permit's child.
pub fn get_released(
    db: &mut Db,
    permit: &ChildPermit,
    school: &SchoolId,
    id: &str,
) -> Stored<MomentRow> {
    let row = one(db, school, id)?;
    if row.state != "released" || row.student_id != permit.student().as_str() {
        return Err(super::StorageError::NotFound);
    }
    Ok(row)
}

fn one(db: &mut Db, school: &SchoolId, id: &str) -> Stored<MomentRow> {
    Ok(moments::table
        .filter(
            moments::school_id
                .eq(school.as_str())
                .and(moments::id.eq(id)),
        )
        .select(MomentRow::as_select())
        .first(db)?)
}

/// Adds a moment that was judged.
pub fn add(tx: &mut Tx<'_>, row: &MomentRow) -> Stored<()> {
    diesel::insert_into(moments::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Stores a moment anew: what it says, whom it is about, and what became of it.
pub fn change(tx: &mut Tx<'_>, row: &MomentRow) -> Stored<()> {
    diesel::update(
        moments::table.filter(
            moments::school_id
                .eq(&row.school_id)
                .and(moments::id.eq(&row.id)),
        ),
    )
    .set((
        moments::student_id.eq(&row.student_id),
        moments::dimension.eq(&row.dimension),
        moments::chip.eq(&row.chip),
        moments::text.eq(&row.text),
        moments::told_on.eq(row.told_on),
        moments::state.eq(&row.state),
        moments::decided_by.eq(&row.decided_by),
        moments::decided_at.eq(row.decided_at),
        moments::stamp.eq(row.stamp),
    ))
    .execute(tx.db)?;
    Ok(())
}

/// Takes back a moment that nobody decided on yet.
pub fn withdraw(tx: &mut Tx<'_>, row: &MomentRow) -> Stored<()> {
    diesel::delete(
        moments::table
            .filter(
                moments::school_id
                    .eq(&row.school_id)
                    .and(moments::id.eq(&row.id)),
            )
            .filter(moments::state.eq("proposed")),
    )
    .execute(tx.db)?;
    Ok(())
}

/// The thank-yous for these moments, by moment.
pub fn thanks_for(
    db: &mut Db,
    school: &SchoolId,
    ids: &[String],
) -> Stored<HashMap<String, ThanksRow>> {
    let rows: Vec<ThanksRow> = thanks::table
        .filter(
            thanks::school_id
                .eq(school.as_str())
                .and(thanks::moment_id.eq_any(ids)),
        )
        .select(ThanksRow::as_select())
        .load(db)?;
    Ok(rows
        .into_iter()
        .map(|row| (row.moment_id.clone(), row))
        .collect())
}

/// Says thank you; the key lets it be said once.
pub fn thank(tx: &mut Tx<'_>, _permit: &ChildPermit, row: &ThanksRow) -> Stored<()> {
    diesel::insert_into(thanks::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Marks the thank-yous for these moments of the caller's own as seen; returns how many.
pub fn see_thanks(tx: &mut Tx<'_>, school: &SchoolId, ids: &[String], now: i64) -> Stored<usize> {
    Ok(diesel::update(
        thanks::table
            .filter(
                thanks::school_id
                    .eq(school.as_str())
                    .and(thanks::moment_id.eq_any(ids)),
            )
            .filter(thanks::seen_at.is_null()),
    )
    .set(thanks::seen_at.eq(now))
    .execute(tx.db)?)
}
