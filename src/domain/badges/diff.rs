//! What changes when the rules are run again: new awards, and awards that a revision made untrue
//! (scoring.md section 9: proposed for revocation, never silently removed).

use std::collections::BTreeSet;

use super::{Award, Facts, Key, Rules};

/// An award already stored, in force, held back or revoked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Existing {
    pub key: Key,
    pub revoked: bool,
}

/// The outcome of running the rules again; both lists sorted by key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    pub new: Vec<Award>,
    pub revocations: Vec<Revocation>,
}

/// A proposal; the office decides.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Revocation {
    pub key: Key,
    pub why: Why,
}

/// Why an award should go.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The numbers of the round no longer meet the condition.
    NoLongerTrue,
}

impl Why {
    /// Stable key for tables and texts.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::NoLongerTrue => "no_longer_true",
        }
    }
}

/// Compares what is stored with what was computed from `facts`. An award that was revoked is never
/// given again by itself. Awards are left alone where the computation says nothing about them:
/// badges the rules do not declare (given by hand, or under an older version) and rounds without
/// facts.
#[must_use]
pub fn diff(
    existing: &[Existing],
    computed: &[Award],
    rules: &Rules,
    facts: &Facts<'_>,
) -> Changes {
    let known: BTreeSet<&Key> = existing.iter().map(|one| &one.key).collect();
    let holds: BTreeSet<&Key> = computed.iter().map(|award| &award.key).collect();
    let rounds: BTreeSet<&str> = facts
        .students
        .iter()
        .map(|fact| fact.round.as_str())
        .chain(facts.classes.iter().map(|fact| fact.round.as_str()))
        .collect();
    let judged =
        |key: &Key| rounds.contains(key.round.as_str()) && rules.find(&key.badge).is_some();

    let mut new: Vec<Award> = computed
        .iter()
        .filter(|award| !known.contains(&award.key))
        .cloned()
        .collect();
    new.sort();
    let untrue = existing
        .iter()
        .filter(|one| !one.revoked && !holds.contains(&one.key) && judged(&one.key));
    let mut revocations: Vec<Revocation> = untrue
        .map(|one| Revocation {
            key: one.key.clone(),
            why: Why::NoLongerTrue,
        })
        .collect();
    revocations.sort();
    Changes { new, revocations }
}
