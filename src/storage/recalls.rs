//! The one concrete moment a rater remembered in a round before an answer at an end of the scale.

use diesel::prelude::*;

use super::{engine::Db, error::Stored, schema_children::recalls, store::Tx};
use crate::domain::ids::{SchoolId, StudentId};

/// One rater's moment; `deed` is empty where nothing came to mind.
#[derive(Clone, Debug, PartialEq, Eq, Queryable, Selectable, Insertable, AsChangeset)]
#[diesel(table_name = recalls)]
pub struct RecallRow {
    pub school_id: String,
    pub round_id: String,
    pub rater_id: String,
    pub ratee_id: String,
    pub indicator: String,
    pub occasion: String,
    pub deed: String,
    pub recalled_at: i64,
}

/// What the rater itself remembered in a round.
pub fn own(
    db: &mut Db,
    school: &SchoolId,
    round: &str,
    rater: &StudentId,
) -> Stored<Option<RecallRow>> {
    Ok(recalls::table
        .filter(
            recalls::school_id
                .eq(school.as_str())
                .and(recalls::round_id.eq(round))
                .and(recalls::rater_id.eq(rater.as_str())),
        )
        .select(RecallRow::as_select())
        .first(db)
        .optional()?)
}

/// Keeps the first moment of a round.
pub fn add(tx: &mut Tx<'_>, row: &RecallRow) -> Stored<()> {
    diesel::insert_into(recalls::table)
        .values(row)
        .execute(tx.db)?;
    Ok(())
}

/// The child thinks again about the same answer.
pub fn change(tx: &mut Tx<'_>, row: &RecallRow) -> Stored<()> {
    diesel::update(
        recalls::table
            .filter(
                recalls::school_id
                    .eq(&row.school_id)
                    .and(recalls::round_id.eq(&row.round_id)),
            )
            .filter(recalls::rater_id.eq(&row.rater_id)),
    )
    .set(row)
    .execute(tx.db)?;
    Ok(())
}
