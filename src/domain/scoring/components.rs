//! Class components that need no other class (scoring.md 5): sheets about the class, inspections,
//! participation. Used by `class`; `school` adds teachers' corrected marks and the shrunk student mean.

use std::collections::BTreeMap;

use super::input::{ClassInput, ClassRoundInput, Inspection};
use super::marks::{AnchorSpan, Scale};
use super::number::{mean, real, sample_sd};
use crate::domain::rubric::{Of, Rubric, Source};

/// A component's value with its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// In stars.
    pub value: f64,
    /// sd/√n of the observations; 0 for fewer than two.
    pub se: f64,
    /// Number of observations.
    pub n: usize,
}

/// What one class says by itself in one round.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LocalComponents {
    /// Mean composite of its students' sheets about the class.
    pub by_students: Option<Estimate>,
    /// Duty inspections.
    pub inspections: Option<Estimate>,
    /// Mean composite of family sheets about the class.
    pub by_families: Option<Estimate>,
    /// `1 + 4·min(1, p/0.95)`.
    pub participation: Option<Estimate>,
    /// Students done, and students enrolled and not excused.
    pub taking_part: (usize, usize),
    /// Teachers' sheets about the class.
    pub teachers: Vec<TeacherMark>,
}

/// A teacher's sheet about the class.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TeacherMark {
    /// Index into the class's teachers.
    pub teacher: u32,
    pub mark: Option<f64>,
    pub span: AnchorSpan,
}

impl Estimate {
    /// Mean and standard error of observations; none of none.
    pub fn of(observations: &[f64]) -> Option<Estimate> {
        let value = mean(observations.iter().copied())?;
        let sd = sample_sd(observations).unwrap_or_default();
        Some(Estimate {
            value,
            se: sd / real(observations.len()).sqrt(),
            n: observations.len(),
        })
    }
}

/// Computes these components of one round.
pub fn local_components(
    rubric: &Rubric,
    scale: &Scale,
    class: &ClassInput,
    round: &ClassRoundInput,
) -> LocalComponents {
    let (participation, taking_part) = participation(class, round);
    let mut sums = Vec::new();
    let teachers = round.sheets(Of::Class, Source::Teacher).iter();
    LocalComponents {
        by_students: about_class(scale, round, Source::SelfRating),
        inspections: inspected(rubric, &round.inspections),
        by_families: about_class(scale, round, Source::Parent),
        participation,
        taking_part,
        teachers: teachers
            .map(|sheet| TeacherMark {
                teacher: sheet.rater,
                mark: scale.marks(round.answers_of(sheet), &mut sums),
                span: AnchorSpan::of(round.answers_of(sheet)),
            })
            .collect(),
    }
}

fn about_class(scale: &Scale, round: &ClassRoundInput, source: Source) -> Option<Estimate> {
    let mut sums = Vec::new();
    let sheets = round.sheets(Of::Class, source).iter();
    let marks = sheets.filter_map(|sheet| scale.marks(round.answers_of(sheet), &mut sums));
    Estimate::of(&marks.collect::<Vec<f64>>())
}

/// `1 + 4·rate` of all checks; observations are the days'.
fn inspected(rubric: &Rubric, checks: &[Inspection]) -> Option<Estimate> {
    let value = rate(rubric, checks.iter())?;
    let mut days: BTreeMap<u32, Vec<&Inspection>> = BTreeMap::new();
    for check in checks {
        days.entry(check.date).or_default().push(check);
    }
    let days = days.into_values();
    let of_days: Vec<f64> = days
        .filter_map(|day| rate(rubric, day.into_iter()))
        .map(|rate| 1.0 + 4.0 * rate)
        .collect();
    let spread = Estimate::of(&of_days)?;
    Some(Estimate {
        value: 1.0 + 4.0 * value,
        ..spread
    })
}

/// Per item Σ points / Σ full, items averaged by weight over the items checked; checks by item.
fn rate<'a>(rubric: &Rubric, checks: impl Iterator<Item = &'a Inspection>) -> Option<f64> {
    let mut sums = vec![(0.0, 0.0); rubric.items.len()];
    for check in checks {
        if let Some(sum) = sums.get_mut(usize::from(check.item)) {
            *sum = (sum.0 + check.points, sum.1 + check.full);
        }
    }
    let (mut rates, mut weights) = (0.0, 0.0);
    for (item, (points, full)) in rubric.items.iter().zip(sums) {
        if full > 0.0 {
            rates += item.weight * (points / full);
            weights += item.weight;
        }
    }
    (weights > 0.0).then(|| rates / weights)
}

/// Students whose self sheet and all assigned peer sheets exist, of those enrolled and not excused.
fn participation(
    class: &ClassInput,
    round: &ClassRoundInput,
) -> (Option<Estimate>, (usize, usize)) {
    let excused = |student: u32| round.excused.binary_search(&student).is_ok();
    let expected = class.students.len().saturating_sub(round.excused.len());
    let mut missing: Vec<u32> = Vec::new();
    let peers = round.sheets(Of::Student, Source::Peer);
    for (rater, ratee) in &round.assignments {
        let key = (*ratee, *rater);
        let found = peers.binary_search_by_key(&key, |sheet| (sheet.ratee, sheet.rater));
        if found.is_err() {
            missing.push(*rater);
        }
    }
    missing.sort_unstable();
    let own = round.sheets(Of::Student, Source::SelfRating).iter();
    let done = own
        .map(|sheet| sheet.rater)
        .filter(|rater| !excused(*rater) && missing.binary_search(rater).is_err())
        .count();
    if expected == 0 || !round.took_place() {
        return (None, (done, expected));
    }
    let part = real(done) / real(expected);
    let estimate = Estimate {
        value: 1.0 + 4.0 * (part / 0.95).min(1.0),
        se: 0.0,
        n: expected,
    };
    (Some(estimate), (done, expected))
}
