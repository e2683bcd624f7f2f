//! Applies the declared conditions to the facts of a term; the only producer of awards.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    Award, ClassFact, Condition, Facts, Guard, Key, Recipient, Rule, Rules, StudentFact, TERM,
    at_least, displayed,
};

/// All awards that follow from the facts, sorted by key, none twice. Each round stands for itself:
/// a later round never takes an earlier one's award away, so the result for a growing term only
/// grows unless a number was corrected.
#[must_use]
pub fn evaluate(rules: &Rules, facts: &Facts<'_>) -> Vec<Award> {
    let mut awards: Vec<Award> = rules
        .badges
        .iter()
        .flat_map(|rule| of_rule(rule, facts))
        .collect();
    awards.sort();
    awards.dedup_by(|a, b| a.key == b.key);
    awards
}

fn of_rule(rule: &Rule, facts: &Facts<'_>) -> Vec<Award> {
    match rule.recipient {
        Recipient::Class => of_classes(rule, facts.classes),
        Recipient::Student if rule.each_dimension => {
            let dimensions = facts.dimensions.iter().enumerate();
            dimensions
                .flat_map(|(at, id)| of_students(rule, facts.students, Some((at, id))))
                .collect()
        }
        Recipient::Student => of_students(rule, facts.students, None),
    }
}

/// A dimension: its place in the rubric and its id.
type Star<'a> = Option<(usize, &'a String)>;

/// A row that won, its value, and the evidence.
type Won<'a> = (&'a StudentFact, f64, String);

fn of_students(rule: &Rule, students: &[StudentFact], star: Star<'_>) -> Vec<Award> {
    let rows = students.iter().filter(|fact| rule.applies_to(&fact.round));
    let won: Vec<Won<'_>> = match rule.when {
        Condition::Score {
            at_least: bound,
            voices,
            provisional,
        } => {
            let guard = Behind::of(rule.guard, students, star);
            rows.filter(|fact| fact.voices >= voices && (provisional || !fact.provisional))
                .filter(|fact| guard.lets(fact))
                .filter_map(|fact| Some((fact, value(fact, star)?)))
                .filter(|(_, score)| at_least(*score, bound))
                .map(|(fact, score)| scored(fact, score, star))
                .collect()
        }
        Condition::Progress {
            window,
            step,
            raters,
        } => {
            let window = usize::try_from(window).unwrap_or(usize::MAX);
            by_student(rows)
                .into_values()
                .flat_map(|rows| rises(&rows, star, window, step, raters))
                .collect()
        }
        Condition::Upper { .. }
        | Condition::Participation { .. }
        | Condition::Count(_)
        | Condition::Shining { .. }
        | Condition::Flags(_) => Vec::new(),
    };
    within_quota(rule.quota, students, won)
        .into_iter()
        .map(|(fact, _, evidence)| Award {
            key: key(rule, &fact.student_no, star, &fact.round),
            evidence,
            rests_on_peer: rule.looks_at_scores() && fact.peer_heard,
        })
        .collect()
}

fn scored<'a>(fact: &'a StudentFact, score: f64, star: Star<'_>) -> Won<'a> {
    let name = star.map_or("score", |(_, id)| id.as_str());
    let evidence = format!("{name}={};voices={}", decimals(score), fact.voices);
    (fact, score, evidence)
}

/// Whether enough people stand behind a score; behind the term's all those of its rounds.
struct Behind<'a> {
    guard: Guard,
    star: Star<'a>,
    /// Rounds by student, where a guard asks for them.
    rounds: BTreeMap<&'a str, Vec<&'a StudentFact>>,
}

impl<'a> Behind<'a> {
    fn of(guard: Guard, students: &'a [StudentFact], star: Star<'a>) -> Self {
        let rounds = match guard == Guard::default() {
            true => BTreeMap::new(),
            false => by_student(students.iter()),
        };
        Self {
            guard,
            star,
            rounds,
        }
    }

    fn lets(&self, fact: &StudentFact) -> bool {
        if self.guard == Guard::default() {
            return true;
        }
        match self.rounds.get(fact.student_no.as_str()) {
            Some(rounds) if fact.round == TERM => self.enough(rounds),
            _ => self.enough(&[fact]),
        }
    }

    fn enough(&self, rows: &[&StudentFact]) -> bool {
        let mut people: BTreeSet<&u32> = BTreeSet::new();
        for row in rows {
            let all = row.raters.iter().enumerate();
            let sets = all.filter(|(at, _)| self.star.is_none_or(|(wanted, _)| wanted == *at));
            let heard = sets.flat_map(|(_, set)| set);
            people.extend(heard.filter(|rater| !(self.guard.no_flat && row.flat.contains(rater))));
        }
        u32::try_from(people.len()).unwrap_or(u32::MAX) >= self.guard.raters
    }
}

fn value(fact: &StudentFact, star: Star<'_>) -> Option<f64> {
    star.map_or(fact.score, |(at, _)| {
        fact.dimensions.get(at).copied().flatten()
    })
}

fn key(rule: &Rule, recipient: &str, star: Star<'_>, round: &str) -> Key {
    Key {
        recipient_kind: rule.recipient,
        recipient: recipient.to_owned(),
        badge: rule.badge(star.map(|(_, id)| id.as_str())),
        tier: rule.tier.clone(),
        round: round.to_owned(),
    }
}

/// Rows of rounds (never the term's), per student in the byte order of the round names.
fn by_student<'a>(
    rows: impl Iterator<Item = &'a StudentFact>,
) -> BTreeMap<&'a str, Vec<&'a StudentFact>> {
    let mut students: BTreeMap<&str, Vec<&StudentFact>> = BTreeMap::new();
    for fact in rows.filter(|fact| fact.round != TERM) {
        students.entry(&fact.student_no).or_default().push(fact);
    }
    students
        .values_mut()
        .for_each(|rows| rows.sort_by(|a, b| a.round.cmp(&b.round)));
    students
}

/// The rounds in which a student's rise became true: a rise that lasts is one award, and a new one
/// after it had ended is another.
fn rises<'a>(
    rows: &[&'a StudentFact],
    star: Star<'_>,
    window: usize,
    step: f64,
    raters: u32,
) -> Vec<(&'a StudentFact, f64, String)> {
    let scored: Vec<(&StudentFact, f64)> = rows
        .iter()
        .filter_map(|fact| Some((*fact, value(fact, star)?)))
        .collect();
    let mut won = Vec::new();
    let mut before = false;
    for rounds in scored.windows(window.saturating_mul(2).max(1)) {
        let (earlier, later) = rounds.split_at(window.min(rounds.len()));
        let (from, to) = (mean(earlier), mean(later));
        let enough = [earlier, later]
            .iter()
            .all(|half| distinct(half, star) >= raters);
        let now = enough && at_least(to - from, step);
        if let (true, false, Some((last, _))) = (now, before, later.last()) {
            let evidence = format!(
                "from={};to={};rise={};rounds={}",
                decimals(from),
                decimals(to),
                decimals(to - from),
                span(later)
            );
            won.push((*last, to - from, evidence));
        }
        before = now;
    }
    won
}

fn span(rounds: &[(&StudentFact, f64)]) -> String {
    rounds
        .iter()
        .map(|(fact, _)| fact.round.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

fn mean(rounds: &[(&StudentFact, f64)]) -> f64 {
    let count = u32::try_from(rounds.len()).unwrap_or(u32::MAX);
    rounds.iter().fold(0.0, |sum, (_, score)| sum + score) / f64::from(count.max(1))
}

/// Distinct raters of a half, in the dimension or, for the whole score, in any.
fn distinct(rounds: &[(&StudentFact, f64)], star: Star<'_>) -> u32 {
    let sets = rounds.iter().flat_map(|(fact, _)| {
        let all = fact.raters.iter().enumerate();
        all.filter(move |(at, _)| star.is_none_or(|(wanted, _)| wanted == *at))
            .flat_map(|(_, set)| set)
    });
    u32::try_from(sets.collect::<BTreeSet<_>>().len()).unwrap_or(u32::MAX)
}

/// At most the quota of each class and round, best values first; whoever ties with somebody
/// beyond the border stays out, so that nobody is preferred among equals.
fn within_quota<'a>(
    quota: Option<f64>,
    students: &[StudentFact],
    mut won: Vec<(&'a StudentFact, f64, String)>,
) -> Vec<(&'a StudentFact, f64, String)> {
    let Some(quota) = quota else { return won };
    let mut sizes: BTreeMap<(&str, &str), u32> = BTreeMap::new();
    for fact in students {
        *sizes.entry((&fact.class, &fact.round)).or_default() += 1;
    }
    let mut values: BTreeMap<(&str, &str), Vec<f64>> = BTreeMap::new();
    for (fact, value, _) in &won {
        let group = values.entry((&fact.class, &fact.round)).or_default();
        group.push(*value);
    }
    won.retain(|(fact, value, _)| {
        let group = (fact.class.as_str(), fact.round.as_str());
        let rivals = values.get(&group).map_or(&[][..], Vec::as_slice);
        let size = sizes.get(&group).copied().unwrap_or(0);
        is_among_best(quota, size, rivals, *value)
    });
    won
}

/// Whether all who are at least as good fit into the quota of a group of this size.
pub(super) fn is_among_best(quota: f64, size: u32, rivals: &[f64], value: f64) -> bool {
    let at_par = rivals
        .iter()
        .filter(|other| at_least(**other, value))
        .count();
    let at_par = u32::try_from(at_par).unwrap_or(u32::MAX);
    at_least(quota * f64::from(size), f64::from(at_par))
}

fn of_classes(rule: &Rule, classes: &[ClassFact]) -> Vec<Award> {
    let rows = classes.iter().filter(|fact| rule.applies_to(&fact.round));
    let award = |fact: &ClassFact, evidence: String| Award {
        key: key(rule, &fact.class, None, &fact.round),
        evidence,
        rests_on_peer: false,
    };
    match rule.when {
        Condition::Upper { one_in, ranked } => rows
            .filter_map(|fact| {
                place(fact, classes, one_in, ranked).map(|evidence| award(fact, evidence))
            })
            .collect(),
        Condition::Participation { at_least: bound } => rows
            .filter(|fact| fact.participation.is_some_and(|rate| at_least(rate, bound)))
            .map(|fact| {
                award(
                    fact,
                    format!(
                        "participation={}",
                        decimals(fact.participation.unwrap_or(0.0))
                    ),
                )
            })
            .collect(),
        Condition::Score { .. }
        | Condition::Progress { .. }
        | Condition::Count(_)
        | Condition::Shining { .. }
        | Condition::Flags(_) => Vec::new(),
    }
}

/// The evidence of a class in the upper part of its grade, by displayed points.
fn place(fact: &ClassFact, classes: &[ClassFact], one_in: u32, ranked: u32) -> Option<String> {
    let points = fact.points.filter(|_| fact.ranked)?;
    let rivals = || {
        classes
            .iter()
            .filter(|other| other.grade == fact.grade && other.round == fact.round && other.ranked)
    };
    let all = u32::try_from(rivals().filter(|other| other.points.is_some()).count()).ok()?;
    let ahead = rivals()
        .filter_map(|other| other.points)
        .filter(|other| displayed(*other, 1) > displayed(points, 1));
    let rank = u32::try_from(ahead.count()).ok()? + 1;
    let places = all.checked_div(one_in)?.max(1);
    (all >= ranked && rank <= places)
        .then(|| format!("points={};rank={rank};of={all}", displayed(points, 1)))
}

/// Two decimals as displayed.
fn decimals(value: f64) -> String {
    format!("{:.2}", displayed(value, 2))
}
