//! The checks that count, of a round or outside all of them, as files and computation name them: under the post's name, each look of its own.
//! Where a post's look at an item on a day counts more than once (two slots, or both monitors by the office's word), the
//! later ones are `name·2`, `name·3`, so that no two rows of a file have the same key.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::Acted;
use crate::{
    domain::{actor::SchoolPermit, ids::SchoolId},
    storage::{Db, duty, inspections, inspections::InspectionRow},
};

/// Those of a round.
pub fn of_round(db: &mut Db, school: &SchoolId, round: &str) -> Acted<Vec<InspectionRow>> {
    let rows = inspections::of_round(db, school, round)?;
    named(db, school, rows)
}

/// Those from one day to another that count in their weeks alone.
pub fn outside_rounds(
    db: &mut Db,
    permit: &SchoolPermit,
    school: &SchoolId,
    days: (NaiveDate, NaiveDate),
) -> Acted<Vec<InspectionRow>> {
    let rows = inspections::outside_rounds(db, permit, school, days)?;
    named(db, school, rows)
}

fn named(
    db: &mut Db,
    school: &SchoolId,
    mut rows: Vec<InspectionRow>,
) -> Acted<Vec<InspectionRow>> {
    let posts = duty::posts(db, school)?.into_iter();
    let names: HashMap<String, String> = posts.map(|p| (p.id, p.name)).collect();
    rows.sort_by(|a, b| key(a).cmp(&key(b)));
    let mut seen: HashMap<(String, String, NaiveDate, String), u32> = HashMap::new();
    for row in &mut rows {
        if let Some(name) = names.get(&row.post) {
            row.post.clone_from(name);
        }
        let look = (
            row.class_id.clone(),
            row.post.clone(),
            row.on_date,
            row.item.clone(),
        );
        let nth = seen.entry(look).or_default();
        *nth += 1;
        if *nth > 1 {
            row.post = format!("{}·{nth}", row.post);
        }
    }
    Ok(rows)
}

/// An order that needs no id: day, slot, first before second, then when it was saved.
fn key(row: &InspectionRow) -> (NaiveDate, i32, bool, i64, &str) {
    (row.on_date, row.slot, row.second, row.saved_at, &row.item)
}
