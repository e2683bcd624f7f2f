//! From computed results to the facts that badge rules look at: the same for `starlight score` and the server.

use std::collections::{BTreeSet, HashMap};

use super::{ClassFact, StudentFact, TERM};
use crate::domain::{
    rubric::{Of, Rubric, Source},
    scoring::{
        input::{ClassInput, TermInput},
        number::{ix, points},
        result::{ClassResult, StudentNumber, TermResult},
        school::{ClassRow, Standing},
        signals::RaterSignals,
    },
};

/// Whether the term's own rows take part: at term end and in files, not while a term runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermRows {
    Include,
    LeaveOut,
}

/// Facts of all students, rounds in the order of the input, then the term.
pub fn student_facts(
    rubric: &Rubric,
    input: &TermInput,
    result: &TermResult,
    term: TermRows,
) -> Vec<StudentFact> {
    let mut numbers = HashMap::new();
    let mut facts = Vec::new();
    for (class, computed) in input.classes.iter().zip(&result.classes) {
        for (at, name) in input.rounds.iter().enumerate() {
            let raters = raters_by_star(rubric, class, at, &mut numbers);
            let Some(round) = computed.rounds.get(at) else {
                continue;
            };
            let flat = flat_raters(class, &round.raters, &numbers);
            for ((who, row), raters) in class.students.iter().zip(&round.students).zip(raters) {
                let mut fact = fact(&who.no, &class.code, name, &row.number, raters);
                fact.flat.clone_from(&flat);
                facts.push(fact);
            }
        }
        if term == TermRows::Include {
            let rows = class.students.iter().zip(&computed.term);
            facts.extend(
                rows.map(|(who, row)| fact(&who.no, &class.code, TERM, &row.number, Vec::new())),
            );
        }
    }
    facts
}

fn fact(
    no: &str,
    class: &str,
    round: &str,
    number: &StudentNumber,
    raters: Vec<BTreeSet<u32>>,
) -> StudentFact {
    let spoke = number
        .blend
        .voices
        .iter()
        .filter(|v| v.said.is_some() && v.weight > 0.0)
        .count();
    let peer = number.blend.voices.get(Source::Peer.position());
    StudentFact {
        student_no: no.to_owned(),
        class: class.to_owned(),
        round: round.to_owned(),
        score: number.blend.score,
        dimensions: number.dimensions.iter().map(|d| d.score).collect(),
        voices: u32::try_from(spoke).unwrap_or(0),
        provisional: number.provisional.is_some(),
        raters,
        flat: BTreeSet::new(),
        peer_heard: peer.is_some_and(|v| v.said.is_some() && v.weight > 0.0),
    }
}

/// The classmates who gave one answer throughout, by their numbers.
fn flat_raters(
    class: &ClassInput,
    raters: &[RaterSignals],
    numbers: &HashMap<String, u32>,
) -> BTreeSet<u32> {
    let flat = raters.iter().filter(|rater| rater.flat);
    let names = flat.filter_map(|rater| class.students.get(ix(rater.rater)));
    names
        .filter_map(|who| numbers.get(&format!("p{}", who.no)).copied())
        .collect()
}

/// Per student and dimension, who else gave a mark; a person keeps one number through all rounds.
fn raters_by_star(
    rubric: &Rubric,
    class: &ClassInput,
    round: usize,
    numbers: &mut HashMap<String, u32>,
) -> Vec<Vec<BTreeSet<u32>>> {
    let mut found = vec![vec![BTreeSet::new(); rubric.dimensions.len()]; class.students.len()];
    let Some(round) = class.rounds.get(round) else {
        return found;
    };
    let sources = [
        (Source::Peer, 'p'),
        (Source::Teacher, 't'),
        (Source::Parent, 'f'),
    ];
    for (source, kind) in sources {
        for sheet in round.sheets(Of::Student, source) {
            let name = match source {
                Source::Teacher => class
                    .teachers
                    .get(ix(sheet.rater))
                    .map(|t| t.login.as_str()),
                Source::Parent => class.families.get(ix(sheet.rater)).map(String::as_str),
                _ => class.students.get(ix(sheet.rater)).map(|s| s.no.as_str()),
            };
            let key = format!("{kind}{}", name.unwrap_or_default());
            let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
            let rater = *numbers.entry(key).or_insert(next);
            let answered = round.answers_of(sheet).iter().filter(|a| a.anchor > 0);
            let stars =
                answered.filter_map(|a| rubric.indicators.get(usize::from(a.indicator))?.dimension);
            for star in stars.collect::<BTreeSet<_>>() {
                if let Some(set) = found.get_mut(ix(sheet.ratee)).and_then(|s| s.get_mut(star)) {
                    set.insert(rater);
                }
            }
        }
    }
    found
}

/// Facts of all classes, rounds in the order of the input, then the term.
pub fn class_facts(input: &TermInput, result: &TermResult, term: TermRows) -> Vec<ClassFact> {
    let mut facts = Vec::new();
    for grade in &result.grades {
        let class = |at: usize| {
            grade
                .classes
                .get(at)
                .and_then(|at| Some((input.classes.get(*at)?, result.classes.get(*at)?)))
        };
        for (round, name) in input.rounds.iter().enumerate() {
            let rows: &[ClassRow] = grade.rounds.get(round).map_or(&[], |r| &r.rows);
            for (at, row) in rows.iter().enumerate() {
                if let Some((class, computed)) = class(at) {
                    facts.push(class_fact(class, name, row, share(computed, round)));
                }
            }
        }
        if term == TermRows::Include {
            let rows = grade.term.iter().enumerate();
            facts.extend(
                rows.filter_map(|(at, row)| Some(class_fact(class(at)?.0, TERM, row, None))),
            );
        }
    }
    facts
}

fn share(class: &ClassResult, round: usize) -> Option<f64> {
    let (done, all) = class.rounds.get(round)?.components.taking_part;
    let (done, all) = (u32::try_from(done).ok()?, u32::try_from(all).ok()?);
    (all > 0).then(|| f64::from(done) / f64::from(all))
}

fn class_fact(
    class: &ClassInput,
    round: &str,
    row: &ClassRow,
    participation: Option<f64>,
) -> ClassFact {
    ClassFact {
        class: class.code.clone(),
        grade: u32::from(class.grade),
        round: round.to_owned(),
        points: row.blend.score.map(points),
        ranked: matches!(row.standing, Standing::Ranked { .. }),
        participation,
    }
}
