//! Badges given to children and classes, and the rules by which a school gives them.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    credentials::{self, Of},
    engine::Db,
    error::Stored,
    schema_results::{awards, badge_rules},
    store::Tx,
};
use crate::domain::{
    actor::{ChildPermit, ClassPermit, SchoolPermit},
    credential::Withdrawal,
    ids::SchoolId,
};

/// A badge given to a student or class. `period` is a round's name or `term`.
#[derive(Clone, Debug, Default, Queryable, Selectable, Insertable)]
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
    /// Nobody sees it before the homeroom teacher said yes.
    pub needs_yes: bool,
    pub awarded_at: i64,
    pub confirmed_at: Option<i64>,
    pub confirmed_by: Option<String>,
    /// From when child and family may see it.
    pub visible_at: Option<i64>,
    pub released_at: Option<i64>,
    pub released_by: Option<String>,
    pub doubted: Option<String>,
    pub revoked_at: Option<i64>,
    pub revoked_by: Option<String>,
    pub revoked_why: Option<String>,
}

impl AwardRow {
    /// Whether it stands but a teacher has not said yes to it.
    #[must_use]
    pub fn is_proposal(&self) -> bool {
        self.needs_yes && self.confirmed_at.is_none() && self.revoked_at.is_none()
    }
}

/// A version of a school's badge rules; see the migration.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = badge_rules)]
pub struct BadgeRulesRow {
    pub school_id: String,
    pub version: i32,
    pub name: String,
    pub document: String,
    /// Holds for terms that begin on this day or later.
    pub holds_from: NaiveDate,
    pub created_at: i64,
    pub created_by: String,
}

/// All versions of a school's rules, the oldest first.
pub fn rules(db: &mut Db, school: &SchoolId) -> Stored<Vec<BadgeRulesRow>> {
    Ok(badge_rules::table
        .filter(badge_rules::school_id.eq(school.as_str()))
        .order(badge_rules::version.asc())
        .select(BadgeRulesRow::as_select())
        .load(db)?)
}

/// Adds a version.
pub fn add_rules(tx: &mut Tx<'_>, _permit: &SchoolPermit, row: &BadgeRulesRow) -> Stored<()> {
    diesel::insert_into(badge_rules::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
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

/// Awards that child and family had seen and that were withdrawn since, the newest first.
pub fn withdrawn_of_child(
    db: &mut Db,
    permit: &ChildPermit,
    school: &SchoolId,
    term: &str,
) -> Stored<Vec<AwardRow>> {
    Ok(awards::table
        .filter(
            awards::school_id
                .eq(school.as_str())
                .and(awards::recipient_id.eq(permit.student().as_str()))
                .and(awards::term_id.eq(term)),
        )
        .filter(
            awards::visible_at
                .is_not_null()
                .and(awards::revoked_at.is_not_null()),
        )
        .order(awards::revoked_at.desc())
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

/// The awards of these badges that displays may show.
pub fn titles_on_screens(
    db: &mut Db,
    school: &SchoolId,
    term: &str,
    badges: &[&str],
) -> Stored<Vec<AwardRow>> {
    Ok(awards::table
        .filter(
            awards::school_id
                .eq(school.as_str())
                .and(awards::term_id.eq(term))
                .and(awards::badge.eq_any(badges))
                .and(awards::revoked_at.is_null()),
        )
        .filter(
            awards::recipient_kind
                .eq("class")
                .or(awards::released_at.is_not_null()),
        )
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

/// Revokes an award: it is shown nowhere any more, and stays with the reason. `by` is who decided, and when.
pub fn revoke_award(
    tx: &mut Tx<'_>,
    school: &SchoolId,
    id: &str,
    (by, at): (&str, i64),
    why: &str,
) -> Stored<()> {
    diesel::update(
        awards::table.filter(awards::school_id.eq(school.as_str()).and(awards::id.eq(id))),
    )
    .set((
        awards::revoked_at.eq(at),
        awards::revoked_by.eq(by),
        awards::revoked_why.eq(why),
    ))
    .execute(tx.db)?;
    // Files that the family took along hold no longer either.
    credentials::withdraw(tx, school, Of::Award(id), Withdrawal::School, at)?;
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

/// The homeroom teacher's yes; visible from then on unless it waits for the peers' part.
pub fn confirm_award(
    tx: &mut Tx<'_>,
    _permit: &ClassPermit,
    school: &SchoolId,
    id: &str,
    (by, at): (&str, i64),
    visible: bool,
) -> Stored<()> {
    let award =
        || awards::table.filter(awards::school_id.eq(school.as_str()).and(awards::id.eq(id)));
    diesel::update(award())
        .set((awards::confirmed_at.eq(at), awards::confirmed_by.eq(by)))
        .execute(tx.db)?;
    if visible {
        diesel::update(award())
            .set(awards::visible_at.eq(at))
            .execute(tx.db)?;
    }
    Ok(())
}

/// Awards of some children in a term, revoked ones included: for the machine that gives them.
pub fn awards_of_children(
    db: &mut Db,
    _permit: &SchoolPermit,
    school: &SchoolId,
    term: &str,
    children: &[String],
) -> Stored<Vec<AwardRow>> {
    Ok(awards::table
        .filter(
            awards::school_id
                .eq(school.as_str())
                .and(awards::term_id.eq(term)),
        )
        .filter(awards::recipient_id.eq_any(children))
        .select(AwardRow::as_select())
        .load(db)?)
}
