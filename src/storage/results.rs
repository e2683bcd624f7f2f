//! Published results as they were published, revision by revision, and awards. A revision keeps only the classes it
//! changed: the others stand as in the revision before.

use std::collections::BTreeMap;

use diesel::prelude::*;

use super::{
    engine::Db,
    error::Stored,
    schema_results::{awards, publications, published_classes},
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

/// A badge given to a student or class. `period` is a round's name or `term`.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = awards)]
pub struct AwardRow {
    pub school_id: String,
    pub id: String,
    pub recipient_kind: String,
    pub recipient_id: String,
    pub badge: String,
    pub tier: String,
    pub term_id: String,
    pub period: String,
    pub evidence: String,
    pub rule_version: String,
    pub rests_on_peer: bool,
    pub awarded_at: i64,
    pub visible_at: Option<i64>,
    pub released_at: Option<i64>,
    pub released_by: Option<String>,
    pub doubted: Option<String>,
    pub revoked_at: Option<i64>,
    pub revoked_why: Option<String>,
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

/// All awards of a term, revoked ones included.
pub fn awards(
    db: &mut Db,
    _permit: &SchoolPermit,
    school: &SchoolId,
    term: &str,
) -> Stored<Vec<AwardRow>> {
    Ok(awards::table
        .filter(
            awards::school_id
                .eq(school.as_str())
                .and(awards::term_id.eq(term)),
        )
        .select(AwardRow::as_select())
        .load(db)?)
}

/// Awards of some recipients of a class that the permit opens.
pub fn awards_among(
    db: &mut Db,
    _permit: &ClassPermit,
    school: &SchoolId,
    recipients: &[String],
) -> Stored<Vec<AwardRow>> {
    Ok(awards::table
        .filter(
            awards::school_id
                .eq(school.as_str())
                .and(awards::recipient_id.eq_any(recipients)),
        )
        .select(AwardRow::as_select())
        .load(db)?)
}

/// Awards that child and family may see: visible, not revoked.
pub fn awards_of_child(
    db: &mut Db,
    permit: &ChildPermit,
    school: &SchoolId,
) -> Stored<Vec<AwardRow>> {
    Ok(awards::table
        .filter(
            awards::school_id
                .eq(school.as_str())
                .and(awards::recipient_id.eq(permit.student().as_str())),
        )
        .filter(
            awards::visible_at
                .is_not_null()
                .and(awards::revoked_at.is_null()),
        )
        .order(awards::awarded_at.desc())
        .select(AwardRow::as_select())
        .load(db)?)
}

/// Awards that a screen may show: of classes, and of students where a teacher released them.
pub fn awards_on_screens(db: &mut Db, school: &SchoolId, term: &str) -> Stored<Vec<AwardRow>> {
    Ok(awards::table
        .filter(
            awards::school_id
                .eq(school.as_str())
                .and(awards::term_id.eq(term))
                .and(awards::revoked_at.is_null()),
        )
        .filter(
            awards::recipient_kind
                .eq("class")
                .or(awards::released_at.is_not_null()),
        )
        .order(awards::awarded_at.desc())
        .limit(400)
        .select(AwardRow::as_select())
        .load(db)?)
}

/// Gives an award.
pub fn add_award(tx: &mut Tx<'_>, _permit: &SchoolPermit, row: &AwardRow) -> Stored<()> {
    diesel::insert_into(awards::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Lets child and family see awards of one child that rest on a peer part.
pub fn show_awards(
    tx: &mut Tx<'_>,
    _permit: &SchoolPermit,
    school: &SchoolId,
    ids: &[String],
    at: i64,
) -> Stored<()> {
    diesel::update(
        awards::table.filter(
            awards::school_id
                .eq(school.as_str())
                .and(awards::id.eq_any(ids))
                .and(awards::visible_at.is_null()),
        ),
    )
    .set(awards::visible_at.eq(at))
    .execute(tx.db)?;
    Ok(())
}

/// Notes that an award has become untrue: a proposal for revocation, which a person decides.
pub fn doubt_award(
    tx: &mut Tx<'_>,
    _permit: &SchoolPermit,
    school: &SchoolId,
    id: &str,
    why: Option<&str>,
) -> Stored<()> {
    diesel::update(
        awards::table.filter(awards::school_id.eq(school.as_str()).and(awards::id.eq(id))),
    )
    .set(awards::doubted.eq(why))
    .execute(tx.db)?;
    Ok(())
}

/// Revokes an award: it is shown nowhere any more, and stays with the reason.
pub fn revoke_award(
    tx: &mut Tx<'_>,
    _permit: &SchoolPermit,
    school: &SchoolId,
    id: &str,
    at: i64,
    why: &str,
) -> Stored<()> {
    diesel::update(
        awards::table.filter(awards::school_id.eq(school.as_str()).and(awards::id.eq(id))),
    )
    .set((awards::revoked_at.eq(at), awards::revoked_why.eq(why)))
    .execute(tx.db)?;
    Ok(())
}

/// Releases an award to the screens or holds it back.
pub fn release_award(
    tx: &mut Tx<'_>,
    _permit: &ClassPermit,
    school: &SchoolId,
    id: &str,
    by: Option<&str>,
    at: Option<i64>,
) -> Stored<()> {
    diesel::update(
        awards::table.filter(awards::school_id.eq(school.as_str()).and(awards::id.eq(id))),
    )
    .set((awards::released_at.eq(at), awards::released_by.eq(by)))
    .execute(tx.db)?;
    Ok(())
}
