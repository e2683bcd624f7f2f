//! What badges count of personal records (product.md, Badges): each day kept, everything done together, and the days on
//! which a child passed its own former best. Nothing here looks at anybody else.

use chrono::{Datelike, NaiveDate};

use super::{Counted, counts::Deed};
use crate::domain::logs::Kind;

/// A confirmed day of one child.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Id of the entry.
    pub id: String,
    pub kind: Kind,
    pub on: NaiveDate,
    pub amount: i32,
}

/// The deeds that one child's records are; records in any order, one a kind and day.
///
/// ```
/// use chrono::NaiveDate;
/// use starlight::domain::{badges::{Counted, records::{Record, deeds_of}}, logs::find};
/// let day = |d: u32, amount| Record {
///     id: d.to_string(),
///     kind: find("rope").unwrap(),
///     on: NaiveDate::from_ymd_opt(2026, 11, d).unwrap(),
///     amount,
/// };
/// let deeds = deeds_of(vec![day(9, 117), day(2, 82), day(16, 117), day(23, 120)]);
/// let bests: Vec<_> = deeds.iter().filter(|d| d.what == Counted::Bests).map(|d| d.id.as_str()).collect();
/// assert_eq!(bests, ["9", "23"], "the first day passes nobody, an equal one neither");
/// ```
#[must_use]
pub fn deeds_of(mut records: Vec<Record>) -> Vec<Deed> {
    records.sort_by_key(|one| (one.kind.id, one.on));
    let mut deeds = Vec::with_capacity(records.len() * 2);
    let mut best: Option<(&str, i32)> = None;
    for one in &records {
        deeds.push(deed(one, Counted::Logs, 1));
        let done = u32::try_from(one.amount).unwrap_or(0);
        deeds.push(deed(one, Counted::Done, done));
        let former = best.filter(|(kind, _)| *kind == one.kind.id);
        if former.is_some_and(|(_, most)| one.amount > most) {
            deeds.push(deed(one, Counted::Bests, 1));
        }
        let most = former.map_or(one.amount, |(_, most)| most.max(one.amount));
        best = Some((one.kind.id, most));
    }
    deeds
}

fn deed(record: &Record, what: Counted, times: u32) -> Deed {
    Deed {
        what,
        at: record.on.num_days_from_ce(),
        star: record.kind.dimension.to_owned(),
        id: record.id.clone(),
        which: record.kind.id.to_owned(),
        times,
    }
}
