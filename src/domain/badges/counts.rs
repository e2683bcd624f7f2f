//! Badges that go by counts: what was counted for the children of a term, and the awards that follow. The same function
//! serves one child after a change and a whole school at a publication, so that both give the same.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Award, Changes, Condition, Count, Counted, Existing, Key, Recipient, Rule, Rules, TERM,
    at_least,
    class_counts::{ClassCounts, of_classes},
    conditions::is_among_best,
    diff::judge,
};

/// Most entries that evidence names.
const MOST_ENTRIES: usize = 40;

/// Everything counted for one child in a term.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    /// Public number of the child.
    pub student_no: String,
    pub class: String,
    pub deeds: Vec<Deed>,
}

/// One thing that counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deed {
    pub what: Counted,
    /// Days, or for rounds and their like the number of the round among those the child was asked in.
    pub at: i32,
    /// Id of a dimension of the rubric; empty where it belongs to none.
    pub star: String,
    /// Id of the entry.
    pub id: String,
    /// Kind of what comes in kinds; empty elsewhere.
    pub which: String,
    /// For how many it counts: the books of a day.
    pub times: u32,
}

/// When rules are applied.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// After a single change: only what is decided at once.
    Change,
    /// At a publication: besides, what waits for one, without quotas.
    Publication,
    /// At the end of the term: everything.
    TermEnd,
}

impl Occasion {
    /// Whether a rule over counts is decided now.
    #[must_use]
    pub fn decides(self, rule: &Rule) -> bool {
        match self {
            Self::Change => rule.is_live(),
            Self::Publication => rule.counts() && rule.quota.is_none(),
            Self::TermEnd => rule.counts(),
        }
    }
}

/// What is counted, of all children and classes that are looked at.
#[derive(Debug, Clone, Copy)]
pub struct Tally<'a> {
    /// Ids of the rubric's dimensions, in its order.
    pub dimensions: &'a [String],
    pub children: &'a [Counts],
    pub classes: &'a [ClassCounts],
}

/// Applies the rules over counts and compares with what is stored of these children and classes.
#[must_use]
pub fn recognise(
    existing: &[Existing],
    rules: &Rules,
    tally: Tally<'_>,
    occasion: Occasion,
) -> Changes {
    let computed = evaluate(rules, tally, occasion);
    let children = tally.children.iter();
    let class_of: BTreeMap<&str, &str> = children
        .map(|one| (one.student_no.as_str(), one.class.as_str()))
        .collect();
    let classes: BTreeSet<&str> = tally.classes.iter().map(|one| one.class.as_str()).collect();
    let decided = |badge: &str| {
        let rule = rules.find(badge);
        rule.is_some_and(|(rule, _)| occasion.decides(rule))
    };
    let judged = |key: &Key| match key.recipient_kind {
        Recipient::Student => class_of.contains_key(key.recipient.as_str()) && decided(&key.badge),
        Recipient::Class => classes.contains(key.recipient.as_str()) && decided(&key.badge),
    };
    judge(existing, &computed, judged, rules, &class_of)
}

/// All awards over counts that follow, sorted by key, none twice.
#[must_use]
pub fn evaluate(rules: &Rules, tally: Tally<'_>, occasion: Occasion) -> Vec<Award> {
    let decided = rules.badges.iter().filter(|rule| occasion.decides(rule));
    let mut awards: Vec<Award> = decided.flat_map(|rule| of_rule(rule, tally)).collect();
    awards.sort();
    awards.dedup_by(|a, b| a.key == b.key);
    awards
}

fn of_rule(rule: &Rule, tally: Tally<'_>) -> Vec<Award> {
    match &rule.when {
        Condition::Count(count) if rule.each_dimension => {
            let stars = tally.dimensions.iter();
            stars
                .flat_map(|star| of_children(rule, count, tally.children, Some(star)))
                .collect()
        }
        Condition::Count(count) => of_children(rule, count, tally.children, None),
        _ => of_classes(rule, tally.classes),
    }
}

fn of_children(
    rule: &Rule,
    count: &Count,
    children: &[Counts],
    star: Option<&String>,
) -> Vec<Award> {
    let wanted = star.or(count.star.as_ref()).map(String::as_str);
    let found: Vec<(&Counts, Vec<&Deed>)> = children
        .iter()
        .filter(|child| has_besides(count, child))
        .map(|child| (child, best(count, child, wanted)))
        .collect();
    let badge = rule.badge(star.map(String::as_str));
    let mut awards = Vec::new();
    for (tier, bound) in rule.steps(&count.at_least) {
        let reached: Vec<&(&Counts, Vec<&Deed>)> = found
            .iter()
            .filter(|(_, deeds)| sum(deeds) >= bound)
            .collect();
        for (child, deeds) in within_quota(rule.quota, children, &reached) {
            let key = Key {
                recipient_kind: Recipient::Student,
                recipient: child.student_no.clone(),
                badge: badge.clone(),
                tier: tier.to_owned(),
                round: TERM.to_owned(),
            };
            awards.push(Award {
                key,
                evidence: evidence(count, child, deeds, bound),
                rests_on_peer: false,
            });
        }
    }
    awards
}

fn has_besides(count: &Count, child: &Counts) -> bool {
    let besides = count
        .also
        .iter()
        .all(|(what, bound)| counted(count, child, *what) >= *bound);
    let overturned = count.overturned.is_none_or(|share| {
        let of = |what| f64::from(counted(count, child, what));
        at_least(share * of(Counted::Shifts), of(Counted::Overturned))
    });
    besides && overturned
}

fn counted(count: &Count, child: &Counts, what: Counted) -> u32 {
    let of = |deed: &&Deed| deed.what == what && is_wanted(count, deed);
    sum(&child.deeds.iter().filter(of).collect::<Vec<_>>())
}

/// Whether a deed is of the wanted kind, where it has one.
fn is_wanted(count: &Count, deed: &Deed) -> bool {
    let which = count.which.as_ref();
    which.is_none_or(|which| !deed.what.has_kinds() || deed.which == *which)
}

fn sum(deeds: &[&Deed]) -> u32 {
    let times = deeds.iter().map(|deed| deed.times);
    times.fold(0, u32::saturating_add)
}

/// The deeds of the fullest window, the earliest of these, in order of time.
fn best<'a>(count: &Count, child: &'a Counts, star: Option<&str>) -> Vec<&'a Deed> {
    let fits = |deed: &&Deed| {
        deed.what == count.of && is_wanted(count, deed) && star.is_none_or(|star| deed.star == star)
    };
    let mut deeds: Vec<&Deed> = child.deeds.iter().filter(fits).collect();
    deeds.sort();
    let Some(within) = count.within else {
        return deeds;
    };
    let span = i32::try_from(within).unwrap_or(i32::MAX);
    let mut fullest: &[&Deed] = &[];
    for (from, first) in deeds.iter().enumerate() {
        let to = deeds.partition_point(|deed| deed.at < first.at.saturating_add(span));
        let window = deeds.get(from..to).unwrap_or(&[]);
        if sum(window) > sum(fullest) {
            fullest = window;
        }
    }
    fullest.to_vec()
}

fn within_quota<'a, 'c>(
    quota: Option<f64>,
    children: &[Counts],
    reached: &[&'a (&'c Counts, Vec<&'c Deed>)],
) -> Vec<&'a (&'c Counts, Vec<&'c Deed>)> {
    let Some(quota) = quota else {
        return reached.to_vec();
    };
    let (mut sizes, mut rivals) = (BTreeMap::new(), BTreeMap::new());
    for child in children {
        *sizes.entry(child.class.as_str()).or_insert(0_u32) += 1;
    }
    for (child, deeds) in reached {
        let group: &mut Vec<f64> = rivals.entry(child.class.as_str()).or_default();
        group.push(f64::from(sum(deeds)));
    }
    let best = |(child, deeds): &&&(&Counts, Vec<&Deed>)| {
        let class = child.class.as_str();
        let size = sizes.get(class).copied().unwrap_or(0);
        let rivals = rivals.get(class).map_or(&[][..], Vec::as_slice);
        is_among_best(quota, size, rivals, f64::from(sum(deeds)))
    };
    reached.iter().filter(best).copied().collect()
}

/// The count that reached the threshold, what was there besides, and the entries that made it.
fn evidence(count: &Count, child: &Counts, deeds: &[&Deed], bound: u32) -> String {
    let mut parts = vec![format!("count.{}={bound}", count.of.key())];
    let also = count.also.iter();
    parts.extend(also.map(|(what, _)| {
        let n = counted(count, child, *what);
        format!("count.{}={n}", what.key())
    }));
    if count.of.names_entries() {
        parts.push(format!("entries={}", entries(deeds, bound).join(" ")));
    }
    parts.join(";")
}

/// The first entries that make the threshold, by their ids.
fn entries<'d>(deeds: &[&'d Deed], bound: u32) -> Vec<&'d str> {
    let mut so_far: u32 = 0;
    let needed = deeds.iter().take_while(|deed| {
        let wanted = so_far < bound;
        so_far = so_far.saturating_add(deed.times);
        wanted
    });
    let ids = needed.map(|deed| deed.id.as_str());
    ids.take(MOST_ENTRIES).collect()
}
