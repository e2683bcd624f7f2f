//! Published results as they were published, revision by revision. A revision keeps only the classes it changed: the
//! others stand as in the revision before.

use std::collections::BTreeMap;

use diesel::prelude::*;

pub use super::awards::{
    AwardRow, BadgeRulesRow, add_award, add_rules, awards, awards_among, awards_of_child,
    awards_of_children, awards_on_screens, confirm_award, doubt_award, release_award, revoke_award,
    rules, show_awards, titles_on_screens, withdrawn_of_child,
};
use super::{
    engine::Db,
    error::Stored,
    schema_results::{publications, published_classes},
    store::Tx,
};
use crate::domain::{
    actor::{ChildPermit, ClassPermit, SchoolPermit},
    ids::{ClassId, SchoolId},
};

/// A publication of a round: the class ranking as JSON, and under which rule.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = publications)]
pub struct PublicationRow {
    pub school_id: String,
    pub round_id: String,
    pub revision: i32,
    pub published_at: i64,
    pub published_by: String,
    pub rubric_id: String,
    pub ranking: String,
    /// Why a later revision came to be, and how many numbers it moved; empty and 0 at first.
    pub reason: String,
    pub moved_children: i32,
    pub moved_classes: i32,
}

/// All results of one class in a publication, with every step, as JSON.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = published_classes)]
pub struct PublishedClassRow {
    pub school_id: String,
    pub round_id: String,
    pub revision: i32,
    pub class_id: String,
    pub results: String,
}

/// Keeps a publication.
pub fn publish(
    tx: &mut Tx<'_>,
    _permit: &SchoolPermit,
    row: &PublicationRow,
    classes: &[PublishedClassRow],
) -> Stored<()> {
    diesel::insert_into(publications::table)
        .values(row)
        .execute(tx.db)?;
    for class in classes {
        diesel::insert_into(published_classes::table)
            .values(class)
            .execute(tx.db)?;
    }
    Ok(())
}

/// The publication of a round in its newest revision. Class rankings are for the whole school to see.
pub fn publication(db: &mut Db, school: &SchoolId, round: &str) -> Stored<Option<PublicationRow>> {
    Ok(publications::table
        .filter(
            publications::school_id
                .eq(school.as_str())
                .and(publications::round_id.eq(round)),
        )
        .order(publications::revision.desc())
        .select(PublicationRow::as_select())
        .first(db)
        .optional()?)
}

/// A class's published results in the newest revision.
pub fn class_results(
    db: &mut Db,
    permit: &ClassPermit,
    school: &SchoolId,
    round: &str,
) -> Stored<Option<PublishedClassRow>> {
    newest_of(db, school, round, permit.class())
}

/// The results that hold one child's row; the caller takes out that row and nothing else.
pub fn child_results(
    db: &mut Db,
    _permit: &ChildPermit,
    school: &SchoolId,
    round: &str,
    class: &ClassId,
) -> Stored<Option<PublishedClassRow>> {
    newest_of(db, school, round, class)
}

/// The results that hold one child's row as they stood at `at`: later revisions do not count.
pub fn child_results_at(
    db: &mut Db,
    _permit: &ChildPermit,
    school: &SchoolId,
    round: &str,
    class: &ClassId,
    at: i64,
) -> Stored<Option<PublishedClassRow>> {
    let revision: Option<i32> = publications::table
        .filter(
            publications::school_id
                .eq(school.as_str())
                .and(publications::round_id.eq(round))
                .and(publications::published_at.le(at)),
        )
        .order(publications::revision.desc())
        .select(publications::revision)
        .first(db)
        .optional()?;
    let Some(revision) = revision else {
        return Ok(None);
    };
    Ok(published_classes::table
        .filter(
            published_classes::school_id
                .eq(school.as_str())
                .and(published_classes::round_id.eq(round))
                .and(published_classes::revision.le(revision)),
        )
        .filter(published_classes::class_id.eq(class.as_str()))
        .order(published_classes::revision.desc())
        .select(PublishedClassRow::as_select())
        .first(db)
        .optional()?)
}

fn newest_of(
    db: &mut Db,
    school: &SchoolId,
    round: &str,
    class: &ClassId,
) -> Stored<Option<PublishedClassRow>> {
    Ok(published_classes::table
        .filter(
            published_classes::school_id
                .eq(school.as_str())
                .and(published_classes::round_id.eq(round)),
        )
        .filter(published_classes::class_id.eq(class.as_str()))
        .order(published_classes::revision.desc())
        .select(PublishedClassRow::as_select())
        .first(db)
        .optional()?)
}

/// All classes' results as of one revision, by class id.
pub fn all_results(
    db: &mut Db,
    _permit: &SchoolPermit,
    school: &SchoolId,
    round: &str,
    revision: i32,
) -> Stored<Vec<PublishedClassRow>> {
    let rows = published_classes::table
        .filter(
            published_classes::school_id
                .eq(school.as_str())
                .and(published_classes::round_id.eq(round)),
        )
        .filter(published_classes::revision.le(revision))
        .order(published_classes::revision.asc())
        .select(PublishedClassRow::as_select())
        .load(db)?;
    let newest: BTreeMap<String, PublishedClassRow> = rows
        .into_iter()
        .map(|row| (row.class_id.clone(), row))
        .collect();
    Ok(newest.into_values().collect())
}
