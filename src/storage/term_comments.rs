//! Term comments, what their finals said before, and whether a class's are released to child and family.

use diesel::prelude::*;

use super::{
    engine::Db,
    error::Stored,
    schema_comments::{term_comment_history, term_comment_releases, term_comments},
    store::Tx,
};
use crate::domain::{
    actor::{ChildPermit, ClassPermit},
    ids::{ClassId, SchoolId},
};

/// A child's comment of a term. `state`: draft, final; `tone`: one of `domain::term_comment::Tone`; `stamp`, `hand` and
/// `turn` order the saves, see `domain::term_comment::save`.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = term_comments, treat_none_as_null = true)]
pub struct TermCommentRow {
    pub school_id: String,
    pub term_id: String,
    pub student_id: String,
    pub class_id: String,
    pub text: String,
    pub state: String,
    pub tone: String,
    pub stamp: i64,
    pub hand: String,
    pub turn: i64,
    pub updated_by: String,
    pub updated_at: i64,
    pub finalled_at: Option<i64>,
}

/// What a final comment said before it was opened again.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = term_comment_history)]
pub struct TermCommentHistoryRow {
    pub school_id: String,
    pub id: String,
    pub term_id: String,
    pub student_id: String,
    pub text: String,
    pub finalled_at: Option<i64>,
    pub opened_by: String,
    pub opened_at: i64,
}

/// That a class's final comments of a term are released.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = term_comment_releases)]
pub struct TermCommentReleaseRow {
    pub school_id: String,
    pub term_id: String,
    pub class_id: String,
    pub released_by: String,
    pub released_at: i64,
}

/// Comments of a term about these children of the permit's class, or that were written in it.
pub fn of_class(
    db: &mut Db,
    permit: &ClassPermit,
    school: &SchoolId,
    term: &str,
    children: &[String],
) -> Stored<Vec<TermCommentRow>> {
    Ok(term_comments::table
        .filter(
            term_comments::school_id
                .eq(school.as_str())
                .and(term_comments::term_id.eq(term)),
        )
        .filter(
            term_comments::student_id
                .eq_any(children)
                .or(term_comments::class_id.eq(permit.class().as_str())),
        )
        .select(TermCommentRow::as_select())
        .load(db)?)
}

/// The comment about one child in a term, whatever its state.
pub fn of_child(
    db: &mut Db,
    permit: &ChildPermit,
    school: &SchoolId,
    term: &str,
) -> Stored<Option<TermCommentRow>> {
    Ok(term_comments::table
        .filter(
            term_comments::school_id
                .eq(school.as_str())
                .and(term_comments::term_id.eq(term)),
        )
        .filter(term_comments::student_id.eq(permit.student().as_str()))
        .select(TermCommentRow::as_select())
        .first(db)
        .optional()?)
}

/// Adds the first version of a comment about a child of the permit's class.
pub fn add(tx: &mut Tx<'_>, _permit: &ClassPermit, row: &TermCommentRow) -> Stored<()> {
    diesel::insert_into(term_comments::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Stores a comment anew.
pub fn change(tx: &mut Tx<'_>, _permit: &ClassPermit, row: &TermCommentRow) -> Stored<()> {
    diesel::update(
        term_comments::table
            .filter(
                term_comments::school_id
                    .eq(&row.school_id)
                    .and(term_comments::term_id.eq(&row.term_id)),
            )
            .filter(term_comments::student_id.eq(&row.student_id)),
    )
    .set(row)
    .execute(tx.db)?;
    Ok(())
}

/// Keeps what a final comment said.
pub fn keep(tx: &mut Tx<'_>, _permit: &ClassPermit, row: &TermCommentHistoryRow) -> Stored<()> {
    diesel::insert_into(term_comment_history::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// What the child's comment of a term said as final before, newest first.
pub fn history(
    db: &mut Db,
    permit: &ChildPermit,
    school: &SchoolId,
    term: &str,
) -> Stored<Vec<TermCommentHistoryRow>> {
    Ok(term_comment_history::table
        .filter(
            term_comment_history::school_id
                .eq(school.as_str())
                .and(term_comment_history::term_id.eq(term)),
        )
        .filter(term_comment_history::student_id.eq(permit.student().as_str()))
        .order(term_comment_history::opened_at.desc())
        .select(TermCommentHistoryRow::as_select())
        .load(db)?)
}

/// When a class's comments of a term were released; nobody is named by it.
pub fn released_at(
    db: &mut Db,
    school: &SchoolId,
    term: &str,
    class: &ClassId,
) -> Stored<Option<i64>> {
    Ok(term_comment_releases::table
        .filter(
            term_comment_releases::school_id
                .eq(school.as_str())
                .and(term_comment_releases::term_id.eq(term)),
        )
        .filter(term_comment_releases::class_id.eq(class.as_str()))
        .select(term_comment_releases::released_at)
        .first(db)
        .optional()?)
}

/// Releases the comments of the permit's class.
pub fn release(tx: &mut Tx<'_>, _permit: &ClassPermit, row: &TermCommentReleaseRow) -> Stored<()> {
    diesel::insert_into(term_comment_releases::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Takes the release back.
pub fn withdraw(
    tx: &mut Tx<'_>,
    permit: &ClassPermit,
    school: &SchoolId,
    term: &str,
) -> Stored<()> {
    diesel::delete(
        term_comment_releases::table
            .filter(
                term_comment_releases::school_id
                    .eq(school.as_str())
                    .and(term_comment_releases::term_id.eq(term)),
            )
            .filter(term_comment_releases::class_id.eq(permit.class().as_str())),
    )
    .execute(tx.db)?;
    Ok(())
}
