//! Links for a whole class, to be posted in the parents' chat. A link's row is the permission to look at the class's own
//! links, of which it opens one by the code on a slip; callers check first that it is in force.

use chrono::NaiveDate;
use diesel::prelude::*;

use super::{
    access::LinkRow,
    engine::Db,
    error::Stored,
    schema::{enrolments, family_links},
    schema_children::class_links,
    store::Tx,
};
use crate::domain::{actor::ClassPermit, ids::SchoolId};

/// A class's link; its token is nowhere, as with a child's.
#[derive(Clone, Debug, Queryable, Selectable, Insertable)]
#[diesel(table_name = class_links)]
pub struct ClassLinkRow {
    pub school_id: String,
    pub id: String,
    pub class_id: String,
    pub term_id: String,
    pub nonce: String,
    pub key_id: String,
    pub token_hash: String,
    pub issued_by: String,
    pub issued_at: i64,
    pub expires_at: i64,
    pub revoked_at: Option<i64>,
}

/// The link of a token's hash, whatever its state.
pub fn by_hash(db: &mut Db, hash: &str) -> Stored<Option<ClassLinkRow>> {
    Ok(class_links::table
        .filter(class_links::token_hash.eq(hash))
        .select(ClassLinkRow::as_select())
        .first(db)
        .optional()?)
}

/// The newest link of the permit's class for a term that was not taken back.
pub fn of_class(
    db: &mut Db,
    permit: &ClassPermit,
    school: &SchoolId,
    term: &str,
) -> Stored<Option<ClassLinkRow>> {
    Ok(class_links::table
        .filter(
            class_links::school_id
                .eq(school.as_str())
                .and(class_links::class_id.eq(permit.class().as_str())),
        )
        .filter(
            class_links::term_id
                .eq(term)
                .and(class_links::revoked_at.is_null()),
        )
        .order((class_links::issued_at.desc(), class_links::id.desc()))
        .select(ClassLinkRow::as_select())
        .first(db)
        .optional()?)
}

/// Issues a link.
pub fn add(tx: &mut Tx<'_>, _permit: &ClassPermit, row: &ClassLinkRow) -> Stored<()> {
    diesel::insert_into(class_links::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Takes back all links of the permit's class; how many there were.
pub fn revoke(tx: &mut Tx<'_>, permit: &ClassPermit, school: &SchoolId, now: i64) -> Stored<usize> {
    let of_class = class_links::table.filter(
        class_links::school_id
            .eq(school.as_str())
            .and(class_links::class_id.eq(permit.class().as_str()))
            .and(class_links::revoked_at.is_null()),
    );
    Ok(diesel::update(of_class)
        .set(class_links::revoked_at.eq(now))
        .execute(tx.db)?)
}

/// The children's links behind a class's link, for the children of that day.
pub fn behind(db: &mut Db, door: &ClassLinkRow, on: NaiveDate) -> Stored<Vec<LinkRow>> {
    let children: Vec<String> = enrolments::table
        .filter(
            enrolments::school_id
                .eq(&door.school_id)
                .and(enrolments::class_id.eq(&door.class_id)),
        )
        .filter(
            enrolments::starts_on
                .le(on)
                .and(enrolments::ends_on.is_null().or(enrolments::ends_on.gt(on))),
        )
        .select(enrolments::student_id)
        .load(db)?;
    Ok(family_links::table
        .filter(
            family_links::school_id
                .eq(&door.school_id)
                .and(family_links::term_id.eq(&door.term_id)),
        )
        .filter(family_links::student_id.eq_any(children))
        .filter(family_links::revoked_at.is_null())
        .select(LinkRow::as_select())
        .load(db)?)
}
