//! What homes said about a class's children, and a paper that gives way. Used by `actions/paper.rs`.

use diesel::prelude::*;

use super::{
    engine::Db,
    error::Stored,
    schema::sheets as table,
    sheets::{self, SheetRow},
    store::Tx,
};
use crate::domain::{actor::ClassPermit, ids::SchoolId};

/// Takes a sheet away, and keeps what it said under the given id.
pub fn take_away(tx: &mut Tx<'_>, row: &SheetRow, history_id: &str) -> Stored<()> {
    sheets::keep(tx, row, history_id)?;
    diesel::delete(
        table::table
            .filter(
                table::school_id
                    .eq(&row.school_id)
                    .and(table::round_id.eq(&row.round_id)),
            )
            .filter(
                table::ratee_id
                    .eq(&row.ratee_id)
                    .and(table::source.eq(&row.source))
                    .and(table::rater_id.eq(&row.rater_id)),
            ),
    )
    .execute(tx.db)?;
    Ok(())
}

/// The families' sheets of a class in a round, about its children and about itself.
pub fn of_homes(
    db: &mut Db,
    permit: &ClassPermit,
    school: &SchoolId,
    round: &str,
) -> Stored<Vec<SheetRow>> {
    let mut rows = sheets::of_class(db, permit, school, round)?;
    rows.retain(|row| row.source == "parent");
    Ok(rows)
}
