//! Agreement among raters: Krippendorff's α (scoring.md 8). Used by the teacher's class page.

use std::collections::BTreeMap;

use super::input::ClassRoundInput;
use super::marks::Scale;
use super::number::real;
use crate::domain::rubric::{Of, Source};

/// How far two values are apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Metric {
    Nominal,
    Ordinal,
    Interval,
}

/// α of units, each the values it got (missing ones left out); 1 = agreement, 0 = chance. None where
/// no unit has two values or all values are alike.
pub fn krippendorff(units: &[Vec<f64>], metric: Metric) -> Option<f64> {
    let paired: Vec<&Vec<f64>> = units.iter().filter(|values| values.len() >= 2).collect();
    let mut totals: Vec<(f64, f64)> = Vec::new();
    let mut sorted: Vec<f64> = paired.iter().flat_map(|v| v.iter().copied()).collect();
    sorted.sort_by(f64::total_cmp);
    for value in sorted {
        match totals.last_mut() {
            Some(last) if last.0 == value => last.1 += 1.0,
            _ => totals.push((value, 1.0)),
        }
    }
    let n: f64 = totals.iter().map(|(_, count)| count).sum();
    let mut observed = 0.0;
    for values in &paired {
        let mut within = 0.0;
        for (at, a) in values.iter().enumerate() {
            for b in values.iter().skip(at + 1) {
                within += 2.0 * distance(metric, &totals, *a, *b);
            }
        }
        observed += within / real(values.len() - 1);
    }
    let mut expected = 0.0;
    for (at, (a, count_a)) in totals.iter().enumerate() {
        for (b, count_b) in totals.iter().skip(at + 1) {
            expected += 2.0 * count_a * count_b * distance(metric, &totals, *a, *b);
        }
    }
    (expected > 0.0).then(|| 1.0 - (n - 1.0) * observed / expected)
}

/// Squared difference of two values under the metric.
fn distance(metric: Metric, totals: &[(f64, f64)], a: f64, b: f64) -> f64 {
    match metric {
        Metric::Nominal => f64::from(u8::from(a != b)),
        Metric::Interval => (a - b) * (a - b),
        Metric::Ordinal => {
            let (low, high) = if a < b { (a, b) } else { (b, a) };
            let between = totals.iter().filter(|(v, _)| *v >= low && *v <= high);
            let sum: f64 = between.map(|(_, count)| count).sum();
            let ends = totals.iter().filter(|(v, _)| *v == low || *v == high);
            let half: f64 = ends.map(|(_, count)| count / 2.0).sum();
            if a == b { 0.0 } else { (sum - half).powi(2) }
        }
    }
}

/// α (interval) of a class's peer sheets in a round: a unit is one question about one student.
pub fn class_agreement(round: &ClassRoundInput, scale: &Scale) -> Option<f64> {
    let mut units: BTreeMap<(u32, u16), Vec<f64>> = BTreeMap::new();
    for sheet in round.sheets(Of::Student, Source::Peer) {
        for answer in round.answers_of(sheet) {
            if let Some(star) = scale.star(*answer) {
                let key = (sheet.ratee, answer.indicator);
                units.entry(key).or_default().push(star);
            }
        }
    }
    let units: Vec<Vec<f64>> = units.into_values().collect();
    krippendorff(&units, Metric::Interval)
}
