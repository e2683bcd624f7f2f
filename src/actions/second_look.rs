//! Two monitors looked at the same class in the same slot: the office says whose look counts, the first, the second or
//! both. Where both count, both rows go into index, class score and export, each under a name of its own; there is no
//! mean of two looks.

use chrono::NaiveDate;

use super::{Acted, revise};
use crate::{
    domain::{actor::Call, badges::Rules, refusal::Refusal, round::RoundState},
    storage::{Tx, inspections, inspections::InspectionRow, rounds, schools},
};

/// Whose look counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    First,
    Second,
    Both,
}

impl Whose {
    /// Reads the word of a form.
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "first" => Some(Self::First),
            "second" => Some(Self::Second),
            "both" => Some(Self::Both),
            _ => None,
        }
    }

    fn counts(self, second: bool) -> bool {
        match self {
            Self::First => !second,
            Self::Second => second,
            Self::Both => true,
        }
    }
}

/// Which two looks are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Looks {
    pub on: NaiveDate,
    /// As stored with the checks.
    pub post: String,
    pub slot: i32,
    pub class: String,
}

/// Decides; a published round is published anew where its numbers change.
///
/// # Errors
/// `NotFound` where there are not two looks.
pub fn decide(
    tx: &mut Tx<'_>,
    call: &Call,
    looks: &Looks,
    whose: Whose,
    (words, rules): (&str, &Rules),
) -> Acted<()> {
    call.actor.run_school()?;
    let rows = inspections::of_day(tx, &call.school, looks.on, &looks.post)?;
    let rows: Vec<InspectionRow> = rows
        .into_iter()
        .filter(|r| r.slot == looks.slot && r.class_id == looks.class)
        .collect();
    let both = rows.iter().any(|r| r.second) && rows.iter().any(|r| !r.second);
    if !both {
        return Err(Refusal::NotFound.into());
    }
    for row in &rows {
        let counts = whose.counts(row.second);
        inspections::set_counts(tx, &call.school, &row.id, counts, Some(call.now))?;
    }
    let detail = format!("day={} post={} whose={whose:?}", looks.on, looks.post);
    let object = format!("class/{}", looks.class);
    tx.record(call, "inspection.decide", &object, &detail)?;
    let rounds = rows.iter().filter_map(|r| r.round_id.as_deref());
    publish_anew(tx, call, rounds, words, rules)
}

/// After checks have changed: screens look again, and published rounds among these get a revision.
pub(super) fn publish_anew<'r>(
    tx: &mut Tx<'_>,
    call: &Call,
    ids: impl Iterator<Item = &'r str>,
    words: &str,
    rules: &Rules,
) -> Acted<()> {
    let mut ids: Vec<&str> = ids.collect();
    ids.sort_unstable();
    ids.dedup();
    for id in ids {
        let round = rounds::get(tx, &call.school, id)?;
        if round.state == RoundState::Published.key() {
            let threads = std::thread::available_parallelism().map_or(1, usize::from);
            let revision = revise::prepare(tx, &call.school, &round, None, threads)?;
            revise::store(tx, call, &revision, words, rules)?;
        }
    }
    Ok(schools::touch_board(tx, &call.school)?)
}
