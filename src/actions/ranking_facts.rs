//! The class ranking of a published round or of the term, with each class's trend against its own past.
//! Used by the ranking pages, the API and the screens.

use std::collections::BTreeMap;

use super::Acted;
use crate::{
    domain::{
        ids::SchoolId,
        published::{RankedClass, Ranking},
        refusal::Refusal,
    },
    storage::{Db, StorageError, results, rounds, rounds::RoundRow, schools},
};

/// Fewest contributing students for figures that the whole school may read (S-77).
pub const FEWEST: usize = 10;
/// Rounds before that a trend looks back on.
const LOOK_BACK: usize = 4;

/// A class in a ranking.
#[derive(Clone, Debug)]
pub struct Ranked {
    pub class_id: String,
    pub row: RankedClass,
    /// Median of its displayed points, in tenths, over the last rounds before this one.
    pub usual: Option<i64>,
    /// Those rounds, oldest first: name and points in tenths.
    pub past: Vec<(String, i64)>,
}

/// What a ranking page or slide is made of.
#[derive(Clone, Debug)]
pub struct RankingFacts {
    /// Published rounds, oldest first.
    pub published: Vec<RoundRow>,
    pub round: RoundRow,
    /// The term's rows instead of the round's.
    pub of_term: bool,
    pub rubric_version: i32,
    pub rubric_id: String,
    /// By `Component::ALL`.
    pub weights: Vec<f64>,
    pub classes: Vec<Ranked>,
}

/// The ranking of `wanted` (a round's id, `term`, or nothing: the newest published round).
///
/// # Errors
/// `NotFound` for a round that is not published, or where nothing was published yet.
pub fn load(db: &mut Db, school: &SchoolId, wanted: Option<&str>) -> Acted<RankingFacts> {
    let published = published(db, school)?;
    let of_term = wanted == Some("term");
    let at = match wanted {
        Some(id) if !of_term => published.iter().position(|r| r.id == id),
        _ => published.len().checked_sub(1),
    };
    let (before, round) = at
        .and_then(|at| Some((published.get(..at)?.to_vec(), published.get(at)?.clone())))
        .ok_or(Refusal::NotFound)?;
    let row = results::publication(db, school, &round.id)?.ok_or(Refusal::NotFound)?;
    let ranking = read(&row.ranking)?;
    let mut past = if of_term {
        BTreeMap::new()
    } else {
        past(db, school, &before)?
    };
    let ids = rounds::classes_of(db, school, &round.id)?;
    let rows = if of_term { ranking.term } else { ranking.round };
    let mut class = |row: RankedClass| {
        let part = ids.iter().find(|p| p.code == row.code)?;
        let past = past.remove(&part.class_id).unwrap_or_default();
        let mut all: Vec<i64> = past.iter().map(|(_, tenths)| *tenths).collect();
        Some(Ranked {
            class_id: part.class_id.clone(),
            usual: median(&mut all),
            past,
            row,
        })
    };
    Ok(RankingFacts {
        rubric_version: schools::rubric(db, school, &row.rubric_id)?.version,
        rubric_id: row.rubric_id,
        weights: ranking.weights.to_vec(),
        classes: rows.into_iter().filter_map(&mut class).collect(),
        published,
        round,
        of_term,
    })
}

/// Published rounds, oldest first.
pub fn published(db: &mut Db, school: &SchoolId) -> Acted<Vec<RoundRow>> {
    let mut rows = rounds::all(db, school)?;
    rows.retain(|r| r.state == "published");
    Ok(rows)
}

fn read(text: &str) -> Acted<Ranking> {
    serde_json::from_str(text)
        .map_err(|e| StorageError::Broken(format!("stored ranking: {e}")).into())
}

/// What each class had in the last rounds, oldest first.
type Past = BTreeMap<String, Vec<(String, i64)>>;

/// By class id: codes change in September, a class's past does not.
fn past(db: &mut Db, school: &SchoolId, before: &[RoundRow]) -> Acted<Past> {
    let mut past = Past::new();
    let from = before.len().saturating_sub(LOOK_BACK);
    for round in before.iter().skip(from) {
        let Some(row) = results::publication(db, school, &round.id)? else {
            continue;
        };
        let ids = rounds::classes_of(db, school, &round.id)?;
        for class in read(&row.ranking)?.round {
            let id = ids.iter().find(|p| p.code == class.code);
            // A figure that was held back must not come out as a difference.
            let shown = class.tenths.filter(|_| class.contributing >= FEWEST);
            if let (Some(part), Some(tenths)) = (id, shown) {
                let of_class = past.entry(part.class_id.clone()).or_default();
                of_class.push((round.name.clone(), tenths));
            }
        }
    }
    Ok(past)
}

/// The middle one; of two middle ones the mean, rounded towards zero.
fn median(all: &mut [i64]) -> Option<i64> {
    all.sort_unstable();
    let upper = *all.get(all.len() / 2)?;
    let lower = *all.get(all.len().saturating_sub(1) / 2)?;
    Some((upper + lower) / 2)
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn the_median_of_own_rounds() {
        let check = |mut all: Vec<i64>, expected| assert_eq!(median(&mut all), expected);
        check(vec![], None);
        check(vec![800], Some(800));
        check(vec![820, 800], Some(810));
        check(vec![790, 900, 800], Some(800));
        check(vec![700, 790, 900, 800], Some(795));
    }
}
