//! What of the peers' part was released last to each child and family (product.md, rule 3).

use diesel::prelude::*;

use super::{engine::Db, error::Stored, schema_results::peer_releases, store::Tx};
use crate::domain::{
    actor::{ChildPermit, SchoolPermit},
    ids::SchoolId,
};

/// What of a child's peer part was released last in a term: up to which round, from how many raters, resting on what.
#[derive(Clone, Debug, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = peer_releases)]
pub struct PeerReleaseRow {
    pub school_id: String,
    pub term_id: String,
    pub student_id: String,
    pub round_id: String,
    pub raters: i32,
    pub basis: String,
    pub released_at: i64,
}

/// The last releases of a term.
pub fn of_term(
    db: &mut Db,
    _permit: &SchoolPermit,
    school: &SchoolId,
    term: &str,
) -> Stored<Vec<PeerReleaseRow>> {
    Ok(peer_releases::table
        .filter(
            peer_releases::school_id
                .eq(school.as_str())
                .and(peer_releases::term_id.eq(term)),
        )
        .select(PeerReleaseRow::as_select())
        .load(db)?)
}

/// One child's last release in a term.
pub fn of_child(
    db: &mut Db,
    permit: &ChildPermit,
    school: &SchoolId,
    term: &str,
) -> Stored<Option<PeerReleaseRow>> {
    Ok(peer_releases::table
        .filter(
            peer_releases::school_id
                .eq(school.as_str())
                .and(peer_releases::term_id.eq(term)),
        )
        .filter(peer_releases::student_id.eq(permit.student().as_str()))
        .select(PeerReleaseRow::as_select())
        .first(db)
        .optional()?)
}

/// Releases or renews.
pub fn set(tx: &mut Tx<'_>, _permit: &SchoolPermit, row: &PeerReleaseRow) -> Stored<()> {
    let changed = diesel::update(
        peer_releases::table
            .filter(
                peer_releases::school_id
                    .eq(&row.school_id)
                    .and(peer_releases::term_id.eq(&row.term_id)),
            )
            .filter(peer_releases::student_id.eq(&row.student_id)),
    )
    .set(row)
    .execute(tx.db)?;
    if changed == 0 {
        diesel::insert_into(peer_releases::table)
            .values(row)
            .execute(tx.db)?;
    }
    Ok(())
}
