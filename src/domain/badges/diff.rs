//! What changes when the rules are run again: new awards, and awards that a revision made untrue
//! (scoring.md section 9: proposed for revocation, never silently removed).

use std::collections::{BTreeMap, BTreeSet};

use super::{Award, Facts, Key, Rules};

/// An award already stored, in force, held back or revoked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Existing {
    pub key: Key,
    pub revoked: bool,
    /// Given under another version of the rules: this one has no say in it.
    pub by_other_rules: bool,
}

/// The outcome of running the rules again; both lists sorted by key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Changes {
    pub new: Vec<Award>,
    pub revocations: Vec<Revocation>,
    /// Stored awards that the rules spoke of; a doubt about any other stays as it is.
    pub judged: Vec<Key>,
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
/// badges the rules do not declare (given by hand, or under an older version), badges that go by
/// counts, and rounds without facts.
#[must_use]
pub fn diff(
    existing: &[Existing],
    computed: &[Award],
    rules: &Rules,
    facts: &Facts<'_>,
) -> Changes {
    let rounds: BTreeSet<&str> = facts
        .students
        .iter()
        .map(|fact| fact.round.as_str())
        .chain(facts.classes.iter().map(|fact| fact.round.as_str()))
        .collect();
    let by_score = |key: &Key| {
        let rule = rules.find(&key.badge);
        rule.is_some_and(|(rule, _)| !rule.counts() && rule.applies_to(&key.round))
    };
    let judged = |key: &Key| rounds.contains(key.round.as_str()) && by_score(key);
    let students = facts.students.iter();
    let class_of = students
        .map(|fact| (fact.student_no.as_str(), fact.class.as_str()))
        .collect();
    judge(existing, computed, judged, rules, &class_of)
}

/// As [`diff`], for those stored awards of which `judged` says that the computation speaks; `class_of` is the class of
/// each student, for the quotas.
#[must_use]
pub fn judge(
    existing: &[Existing],
    computed: &[Award],
    judged: impl Fn(&Key) -> bool,
    rules: &Rules,
    class_of: &BTreeMap<&str, &str>,
) -> Changes {
    let known: BTreeSet<&Key> = existing.iter().map(|one| &one.key).collect();
    let holds: BTreeSet<&Key> = computed.iter().map(|award| &award.key).collect();
    let mut new: Vec<Award> = computed
        .iter()
        .filter(|award| !known.contains(&award.key))
        .cloned()
        .collect();
    new.sort();
    keep_within(&mut new, existing, rules, class_of);
    let standing = existing.iter().filter(|one| !one.revoked);
    let spoken = standing.filter(|one| !one.by_other_rules && judged(&one.key));
    let mut judged: Vec<Key> = spoken.map(|one| one.key.clone()).collect();
    judged.sort();
    let untrue = judged.iter().filter(|key| !holds.contains(key));
    let revocations = untrue
        .map(|key| Revocation {
            key: key.clone(),
            why: Why::NoLongerTrue,
        })
        .collect();
    Changes {
        new,
        revocations,
        judged,
    }
}

/// What a quota is of: badge, tier, round, class.
type Group<'a> = (&'a str, &'a str, &'a str, &'a str);

fn group<'a>(key: &'a Key, class_of: &BTreeMap<&str, &'a str>) -> Option<Group<'a>> {
    let class = class_of.get(key.recipient.as_str())?;
    Some((&key.badge, &key.tier, &key.round, class))
}

/// New awards of a group wait, all of them, where those in force leave too little room: somebody has to decide first
/// about the ones that became untrue, and among equals nobody is preferred.
fn keep_within(
    new: &mut Vec<Award>,
    existing: &[Existing],
    rules: &Rules,
    class_of: &BTreeMap<&str, &str>,
) {
    let mut sizes: BTreeMap<&str, u32> = BTreeMap::new();
    for class in class_of.values() {
        *sizes.entry(class).or_default() += 1;
    }
    let mut filled: BTreeMap<Group<'_>, u32> = BTreeMap::new();
    let standing = existing
        .iter()
        .filter(|one| !one.revoked)
        .map(|one| &one.key);
    let given: Vec<Key> = new.iter().map(|award| award.key.clone()).collect();
    for key in standing.chain(&given) {
        if let Some(group) = group(key, class_of) {
            *filled.entry(group).or_default() += 1;
        }
    }
    new.retain(|award| {
        let quota = rules
            .find(&award.key.badge)
            .and_then(|(rule, _)| rule.quota);
        let (Some(quota), Some(group)) = (quota, group(&award.key, class_of)) else {
            return true;
        };
        let size = sizes.get(group.3).copied().unwrap_or(0);
        let taken = filled.get(&group).copied().unwrap_or(0);
        super::at_least(quota * f64::from(size), f64::from(taken))
    });
}
