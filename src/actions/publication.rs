//! What a publication holds, from computed votes to rows: the class ranking and each class's results with every step.
//! Used for the first one (`publish_round`) and for every revision after it (`revise`).

use super::{Acted, ActionError, term_votes::TermVotes};
use crate::{
    domain::{
        actor::{Call, SchoolPermit},
        ids::ClassId,
        published::{PublishedClass, Ranking, publish_classes, publish_ranking},
        scoring::result::TermResult,
    },
    storage::{
        StorageError, Tx, results,
        results::{PublicationRow, PublishedClassRow},
        rounds::RoundRow,
    },
};

/// The results of one round, and of the term as far as the votes reach.
#[derive(Debug)]
pub(super) struct Results {
    pub ranking: Ranking,
    pub classes: Vec<ClassResults>,
}

/// One class, also as it is stored.
#[derive(Debug)]
pub(super) struct ClassResults {
    pub id: ClassId,
    pub class: PublishedClass,
    pub text: String,
}

/// When and why a publication is stored.
#[derive(Clone, Debug, Default)]
pub(super) struct Because {
    pub at: i64,
    pub reason: String,
    pub moved_children: usize,
    pub moved_classes: usize,
}

impl Because {
    /// For the first time.
    pub fn first(at: i64) -> Self {
        Self {
            at,
            ..Self::default()
        }
    }
}

/// The results of the round `id` of `votes`.
pub(super) fn of(votes: &TermVotes, result: &TermResult, id: &str) -> Acted<Results> {
    let position = votes.rounds.iter().position(|r| r.id == id);
    let at = position
        .ok_or_else(|| StorageError::Broken("the round is not among the votes".to_owned()))?;
    let all = publish_classes(&votes.rubric, &votes.input, result, at);
    let mut classes = Vec::with_capacity(all.len());
    for (class, known) in all.into_iter().zip(&votes.classes) {
        classes.push(ClassResults {
            id: known.id.clone(),
            text: json(&class)?,
            class,
        });
    }
    Ok(Results {
        ranking: publish_ranking(&votes.rubric, &votes.input, result, at),
        classes,
    })
}

/// Stores them as revision `round.revision`.
pub(super) fn store(
    tx: &mut Tx<'_>,
    permit: &SchoolPermit,
    call: &Call,
    round: &RoundRow,
    results: &Results,
    because: &Because,
) -> Acted<()> {
    let count = |n: usize| i32::try_from(n).unwrap_or(i32::MAX);
    let row = PublicationRow {
        school_id: call.school.to_string(),
        round_id: round.id.clone(),
        revision: round.revision,
        published_at: because.at,
        published_by: call.actor.id().to_owned(),
        rubric_id: round.rubric_id.clone(),
        ranking: json(&results.ranking)?,
        reason: because.reason.clone(),
        moved_children: count(because.moved_children),
        moved_classes: count(because.moved_classes),
    };
    let class = |class: &ClassResults| PublishedClassRow {
        school_id: call.school.to_string(),
        round_id: round.id.clone(),
        revision: round.revision,
        class_id: class.id.to_string(),
        results: class.text.clone(),
    };
    let rows: Vec<PublishedClassRow> = results.classes.iter().map(class).collect();
    Ok(results::publish(tx, permit, &row, &rows)?)
}

/// A value as it is stored.
pub(super) fn json<T: serde::Serialize>(value: &T) -> Acted<String> {
    serde_json::to_string(value)
        .map_err(|e| ActionError::Storage(StorageError::Broken(e.to_string())))
}
