//! The ledger of star cards and what it can be exchanged for. Lines are only added: there is no function that changes or
//! takes one away, and the tables refuse it.

use diesel::prelude::*;

use super::{
    engine::Db,
    error::Stored,
    schema_cards::{card_entries, card_prints, privileges},
    store::Tx,
};
use crate::domain::{
    actor::{ChildPermit, ClassPermit, SchoolPermit},
    ids::SchoolId,
};

/// A line of a child's ledger; see `domain/star_cards`.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = card_entries)]
pub struct EntryRow {
    pub school_id: String,
    pub student_id: String,
    /// 1, 2, 3 … of the child.
    pub no: i32,
    pub term_id: String,
    /// earned, exchanged or privilege.
    pub act: String,
    /// A dimension's id, moon or sun.
    pub unit: String,
    pub amount: i32,
    /// Earned: id of the moment, empty for praises. Privilege: id of the taking.
    pub cause: String,
    pub privilege_id: Option<String>,
    pub by_id: String,
    pub written_at: i64,
}

/// A privilege of a class.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = privileges)]
pub struct PrivilegeRow {
    pub school_id: String,
    pub id: String,
    pub class_id: String,
    pub picture: String,
    pub words: String,
    /// star, moon or sun.
    pub unit: String,
    pub price: i32,
    pub added_by: String,
    pub added_at: i64,
    pub off_at: Option<i64>,
}

/// A printing of a child's cards, up to a line of its ledger.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable)]
#[diesel(table_name = card_prints)]
pub struct PrintRow {
    pub school_id: String,
    pub student_id: String,
    pub upto: i32,
    pub printed_by: String,
    pub printed_at: i64,
}

/// The ledgers of these children, in order of their lines.
pub fn entries(
    db: &mut Db,
    _permit: &SchoolPermit,
    school: &SchoolId,
    children: &[String],
) -> Stored<Vec<EntryRow>> {
    among(db, school, children)
}

/// The ledgers of children of the permit's class, in order of their lines.
pub fn of_class(
    db: &mut Db,
    _permit: &ClassPermit,
    school: &SchoolId,
    children: &[String],
) -> Stored<Vec<EntryRow>> {
    among(db, school, children)
}

/// The ledger of the permit's child.
pub fn of_child(db: &mut Db, permit: &ChildPermit, school: &SchoolId) -> Stored<Vec<EntryRow>> {
    among(db, school, &[permit.student().to_string()])
}

fn among(db: &mut Db, school: &SchoolId, children: &[String]) -> Stored<Vec<EntryRow>> {
    Ok(card_entries::table
        .filter(
            card_entries::school_id
                .eq(school.as_str())
                .and(card_entries::student_id.eq_any(children)),
        )
        .order((card_entries::student_id.asc(), card_entries::no.asc()))
        .select(EntryRow::as_select())
        .load(db)?)
}

/// Adds a line; the next number of the child, or the key refuses it.
pub fn append(tx: &mut Tx<'_>, _permit: &SchoolPermit, row: &EntryRow) -> Stored<()> {
    diesel::insert_into(card_entries::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// All privileges of a class, the first added first; those that are off too. Nobody is named.
pub fn privileges_of(db: &mut Db, school: &SchoolId, class: &str) -> Stored<Vec<PrivilegeRow>> {
    Ok(privileges::table
        .filter(
            privileges::school_id
                .eq(school.as_str())
                .and(privileges::class_id.eq(class)),
        )
        .order((privileges::added_at.asc(), privileges::id.asc()))
        .select(PrivilegeRow::as_select())
        .load(db)?)
}

/// Privileges by their ids, of whichever class: for what a child once took.
pub fn privileges_by_id(
    db: &mut Db,
    school: &SchoolId,
    ids: &[String],
) -> Stored<Vec<PrivilegeRow>> {
    Ok(privileges::table
        .filter(
            privileges::school_id
                .eq(school.as_str())
                .and(privileges::id.eq_any(ids)),
        )
        .select(PrivilegeRow::as_select())
        .load(db)?)
}

/// Adds a privilege.
pub fn add_privilege(tx: &mut Tx<'_>, _permit: &ClassPermit, row: &PrivilegeRow) -> Stored<()> {
    diesel::insert_into(privileges::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// Switches a privilege of the class off or on again; whether there is one.
pub fn switch_privilege(
    tx: &mut Tx<'_>,
    permit: &ClassPermit,
    school: &SchoolId,
    id: &str,
    off_at: Option<i64>,
) -> Stored<bool> {
    let row = privileges::table.filter(
        privileges::school_id
            .eq(school.as_str())
            .and(privileges::class_id.eq(permit.class().as_str()))
            .and(privileges::id.eq(id)),
    );
    let changed = diesel::update(row)
        .set(privileges::off_at.eq(off_at))
        .execute(tx.db)?;
    Ok(changed > 0)
}

/// How far the cards of children of the permit's class were printed, oldest first.
pub fn prints(
    db: &mut Db,
    _permit: &ClassPermit,
    school: &SchoolId,
    children: &[String],
) -> Stored<Vec<PrintRow>> {
    Ok(card_prints::table
        .filter(
            card_prints::school_id
                .eq(school.as_str())
                .and(card_prints::student_id.eq_any(children)),
        )
        .order((card_prints::student_id.asc(), card_prints::upto.asc()))
        .select(PrintRow::as_select())
        .load(db)?)
}

/// Notes a printing.
pub fn add_print(tx: &mut Tx<'_>, _permit: &ClassPermit, row: &PrintRow) -> Stored<()> {
    diesel::insert_into(card_prints::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}
