//! Sheets: one packed row each, and what stood there before each change.

use diesel::prelude::*;

use super::{
    engine::Db,
    error::Stored,
    schema::{sheet_history, sheets},
    store::Tx,
};
use crate::domain::{
    actor::{ChildPermit, ClassPermit, SchoolPermit},
    ids::{ClassId, SchoolId},
    sheet::Answers,
};

/// What one rater says of one ratee in one round. `answers` is packed by `domain::sheet::Answers`.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = sheets)]
pub struct SheetRow {
    pub school_id: String,
    pub round_id: String,
    pub ratee_id: String,
    pub source: String,
    pub rater_id: String,
    pub class_id: String,
    pub answers: String,
    pub comment: String,
    pub seconds: Option<i64>,
    pub version: i32,
    pub from_paper: bool,
    pub saved_at: i64,
    /// Counter of the save, see `domain::sheet`.
    pub stamp: i64,
}

/// An earlier version of a sheet.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = sheet_history)]
pub struct SheetHistoryRow {
    pub school_id: String,
    pub id: String,
    pub round_id: String,
    pub ratee_id: String,
    pub source: String,
    pub rater_id: String,
    pub version: i32,
    pub answers: String,
    pub comment: String,
    pub saved_at: i64,
}

/// The rater's own sheet about a ratee.
pub fn own(
    db: &mut Db,
    school: &SchoolId,
    round: &str,
    source: &str,
    rater: &str,
    ratee: &str,
) -> Stored<Option<SheetRow>> {
    Ok(sheets::table
        .filter(
            sheets::school_id
                .eq(school.as_str())
                .and(sheets::round_id.eq(round))
                .and(sheets::ratee_id.eq(ratee)),
        )
        .filter(sheets::source.eq(source).and(sheets::rater_id.eq(rater)))
        .select(SheetRow::as_select())
        .first(db)
        .optional()?)
}

/// All sheets that one rater wrote in a round.
pub fn by_rater(db: &mut Db, school: &SchoolId, round: &str, rater: &str) -> Stored<Vec<SheetRow>> {
    Ok(sheets::table
        .filter(
            sheets::school_id
                .eq(school.as_str())
                .and(sheets::round_id.eq(round))
                .and(sheets::rater_id.eq(rater)),
        )
        .select(SheetRow::as_select())
        .load(db)?)
}

/// Who of these children has written about a classmate, or was written about, in a round: rater and ratee.
pub fn peer_pairs(
    db: &mut Db,
    _permit: &ClassPermit,
    school: &SchoolId,
    round: &str,
    children: &[String],
) -> Stored<Vec<(String, String)>> {
    Ok(sheets::table
        .filter(
            sheets::school_id
                .eq(school.as_str())
                .and(sheets::round_id.eq(round))
                .and(sheets::source.eq("peer")),
        )
        .filter(
            sheets::rater_id
                .eq_any(children)
                .or(sheets::ratee_id.eq_any(children)),
        )
        .select((sheets::rater_id, sheets::ratee_id))
        .load(db)?)
}

/// All sheets of and about a class's children in a round.
pub fn of_class(
    db: &mut Db,
    permit: &ClassPermit,
    school: &SchoolId,
    round: &str,
) -> Stored<Vec<SheetRow>> {
    Ok(sheets::table
        .filter(
            sheets::school_id
                .eq(school.as_str())
                .and(sheets::round_id.eq(round)),
        )
        .filter(sheets::class_id.eq(permit.class().as_str()))
        .select(SheetRow::as_select())
        .load(db)?)
}

/// All sheets about one child in a round.
pub fn about(
    db: &mut Db,
    permit: &ChildPermit,
    school: &SchoolId,
    round: &str,
) -> Stored<Vec<SheetRow>> {
    Ok(sheets::table
        .filter(
            sheets::school_id
                .eq(school.as_str())
                .and(sheets::round_id.eq(round)),
        )
        .filter(sheets::ratee_id.eq(permit.student().as_str()))
        .select(SheetRow::as_select())
        .load(db)?)
}

/// Source, rater and ratee of a sheet.
pub type Card = (String, String, String);

/// Who of a class has handed in what in a round, and how many questions each sheet answers, without any answer. A
/// sheet counts for scoring as soon as it exists (scoring.md 5); lights go on when it is finished.
pub fn answered(
    db: &mut Db,
    school: &SchoolId,
    round: &str,
    class: &ClassId,
) -> Stored<Vec<(Card, usize)>> {
    let rows: Vec<(String, String, String, String)> = sheets::table
        .filter(
            sheets::school_id
                .eq(school.as_str())
                .and(sheets::round_id.eq(round)),
        )
        .filter(sheets::class_id.eq(class.as_str()))
        .select((
            sheets::source,
            sheets::rater_id,
            sheets::ratee_id,
            sheets::answers,
        ))
        .load(db)?;
    let count = |answers: &str| Answers::unpack(answers).0.len();
    Ok(rows
        .into_iter()
        .map(|(source, rater, ratee, said)| ((source, rater, ratee), count(&said)))
        .collect())
}

/// How many sheets a round has and when one was saved last: equal marks mean that nothing was said in between.
pub fn mark(
    db: &mut Db,
    _permit: &SchoolPermit,
    school: &SchoolId,
    round: &str,
) -> Stored<(i64, Option<i64>)> {
    let of_round = || {
        sheets::table.filter(
            sheets::school_id
                .eq(school.as_str())
                .and(sheets::round_id.eq(round)),
        )
    };
    let count = of_round().count().get_result(db)?;
    let last = of_round()
        .select(diesel::dsl::max(sheets::saved_at))
        .first(db)?;
    Ok((count, last))
}

/// All sheets of a round.
pub fn of_round(
    db: &mut Db,
    _permit: &SchoolPermit,
    school: &SchoolId,
    round: &str,
) -> Stored<Vec<SheetRow>> {
    Ok(sheets::table
        .filter(
            sheets::school_id
                .eq(school.as_str())
                .and(sheets::round_id.eq(round)),
        )
        .select(SheetRow::as_select())
        .load(db)?)
}

/// Teachers' sheets about one child in published rounds carry the comments that child and family read.
pub fn teacher_comments(
    db: &mut Db,
    school: &SchoolId,
    rounds: &[String],
    student: &str,
) -> Stored<Vec<SheetRow>> {
    Ok(sheets::table
        .filter(
            sheets::school_id
                .eq(school.as_str())
                .and(sheets::round_id.eq_any(rounds)),
        )
        .filter(
            sheets::ratee_id
                .eq(student)
                .and(sheets::source.eq("teacher"))
                .and(sheets::comment.ne("")),
        )
        .select(SheetRow::as_select())
        .load(db)?)
}

/// Sheets of children of the permit's class about themselves, and of their families about them, that hold words.
pub fn own_and_home_words(
    db: &mut Db,
    _permit: &ClassPermit,
    school: &SchoolId,
    rounds: &[String],
    children: &[String],
) -> Stored<Vec<SheetRow>> {
    Ok(sheets::table
        .filter(
            sheets::school_id
                .eq(school.as_str())
                .and(sheets::round_id.eq_any(rounds))
                .and(sheets::ratee_id.eq_any(children)),
        )
        .filter(
            sheets::source
                .eq_any(["self", "parent"])
                .and(sheets::comment.ne("")),
        )
        .select(SheetRow::as_select())
        .load(db)?)
}

/// Adds a sheet that was judged.
pub fn add(tx: &mut Tx<'_>, row: &SheetRow) -> Stored<()> {
    diesel::insert_into(sheets::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Replaces a sheet that was judged; keeps what stood there under the given id, unless nothing of it is lost.
pub fn replace(
    tx: &mut Tx<'_>,
    before: &SheetRow,
    row: &SheetRow,
    history_id: Option<&str>,
) -> Stored<()> {
    if let Some(id) = history_id {
        keep(tx, before, id)?;
    }
    update(tx, row)
}

pub(super) fn keep(tx: &mut Tx<'_>, before: &SheetRow, history_id: &str) -> Stored<()> {
    let kept = SheetHistoryRow {
        school_id: before.school_id.clone(),
        id: history_id.to_owned(),
        round_id: before.round_id.clone(),
        ratee_id: before.ratee_id.clone(),
        source: before.source.clone(),
        rater_id: before.rater_id.clone(),
        version: before.version,
        answers: before.answers.clone(),
        comment: before.comment.clone(),
        saved_at: before.saved_at,
    };
    diesel::insert_into(sheet_history::table)
        .values(&kept)
        .execute(tx.db)?;
    Ok(())
}

fn update(tx: &mut Tx<'_>, row: &SheetRow) -> Stored<()> {
    diesel::update(
        sheets::table
            .filter(
                sheets::school_id
                    .eq(&row.school_id)
                    .and(sheets::round_id.eq(&row.round_id)),
            )
            .filter(
                sheets::ratee_id
                    .eq(&row.ratee_id)
                    .and(sheets::source.eq(&row.source))
                    .and(sheets::rater_id.eq(&row.rater_id)),
            ),
    )
    .set((
        sheets::answers.eq(&row.answers),
        sheets::comment.eq(&row.comment),
        sheets::seconds.eq(row.seconds),
        sheets::version.eq(row.version),
        sheets::from_paper.eq(row.from_paper),
        sheets::saved_at.eq(row.saved_at),
        sheets::stamp.eq(row.stamp),
    ))
    .execute(tx.db)?;
    Ok(())
}

/// Earlier versions of the sheets about a ratee in a round.
pub fn history(
    db: &mut Db,
    _permit: &ClassPermit,
    school: &SchoolId,
    round: &str,
    ratee: &str,
) -> Stored<Vec<SheetHistoryRow>> {
    Ok(sheet_history::table
        .filter(
            sheet_history::school_id
                .eq(school.as_str())
                .and(sheet_history::round_id.eq(round)),
        )
        .filter(sheet_history::ratee_id.eq(ratee))
        .select(SheetHistoryRow::as_select())
        .load(db)?)
}

/// That a sheet exists, without any answer: class, source, rater, ratee.
pub type HandedIn = (String, String, String, String);

/// Who of the whole school has handed in what in a round: what participation is counted from.
pub fn handed_in_round(
    db: &mut Db,
    _permit: &SchoolPermit,
    school: &SchoolId,
    round: &str,
) -> Stored<Vec<HandedIn>> {
    Ok(sheets::table
        .filter(
            sheets::school_id
                .eq(school.as_str())
                .and(sheets::round_id.eq(round)),
        )
        .select((
            sheets::class_id,
            sheets::source,
            sheets::rater_id,
            sheets::ratee_id,
        ))
        .load(db)?)
}
