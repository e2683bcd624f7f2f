//! What makes a rubric usable. Used when one is read from a file or adopted by the office.

use std::collections::HashSet;

use super::{Of, Rubric, Segment};
use crate::domain::scoring::number::same;

/// Columns of `student_scores.csv` that a dimension may not be called.
const TAKEN: [&str; 12] = [
    "round",
    "student_no",
    "class",
    "self",
    "peer",
    "teacher",
    "parent",
    "voices",
    "score",
    "points",
    "se",
    "provisional",
];

/// Where in the document a flaw is; positions count from 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    Weights,
    ClassWeights,
    Peer,
    Anchors,
    Dimension(usize),
    Indicator(usize),
    Item(usize),
}

/// Something that makes the rubric unusable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    pub place: Place,
    pub message: String,
}

impl Rubric {
    /// Every flaw of the document, at most one per place; empty = usable.
    pub fn flaws(&self) -> Vec<Flaw> {
        let mut found = Vec::new();
        let mut note = |place, message: Option<String>| {
            found.extend(message.map(|message| Flaw { place, message }));
        };
        note(Place::Weights, bad_weights(&self.weights));
        note(Place::ClassWeights, bad_weights(&self.class_weights));
        note(Place::Peer, self.bad_peer());
        note(Place::Anchors, self.bad_anchors());
        let mut seen = HashSet::new();
        for (at, dimension) in self.dimensions.iter().enumerate() {
            let taken = TAKEN.contains(&dimension.id.as_str());
            let message = bad_id("dimension", &dimension.id, &mut seen)
                .or_else(|| taken.then(|| format!("{} is the name of a column", dimension.id)));
            note(Place::Dimension(at), message);
        }
        let mut seen = HashSet::new();
        for (at, indicator) in self.indicators.iter().enumerate() {
            let message = bad_id("indicator", &indicator.id, &mut seen)
                .or_else(|| bad_weight(indicator.weight))
                .or_else(|| self.bad_indicator(at));
            note(Place::Indicator(at), message);
        }
        let mut seen = HashSet::new();
        for (at, item) in self.items.iter().enumerate() {
            let message = bad_id("item", &item.id, &mut seen).or_else(|| bad_weight(item.weight));
            note(Place::Item(at), message);
        }
        found
    }

    fn bad_peer(&self) -> Option<String> {
        let p = &self.peer;
        let all = [
            p.rater_prior,
            p.ratee_prior,
            p.reference_prior,
            p.clamp,
            p.low_weight,
        ];
        if all.iter().any(|v| v.is_nan() || *v <= 0.0) {
            return Some("every constant of [peer] must be above 0".into());
        }
        (p.low_weight > 1.0).then(|| "low_weight must not exceed 1".into())
    }

    fn bad_anchors(&self) -> Option<String> {
        Segment::ALL.into_iter().find_map(|segment| {
            let labels = self.anchors.of(segment).len();
            (!(2..=9).contains(&labels))
                .then(|| format!("{} needs 2 to 9 labels, has {labels}", segment.name()))
        })
    }

    fn bad_indicator(&self, at: usize) -> Option<String> {
        let indicator = self.indicators.get(at)?;
        if indicator.sources.is_empty() {
            return Some("sources is empty".into());
        }
        if indicator
            .dimension
            .is_some_and(|d| d >= self.dimensions.len())
        {
            return Some("unknown dimension".into());
        }
        (indicator.of == Of::Student && indicator.dimension.is_none())
            .then(|| "a question about students needs a dimension".into())
    }
}

fn bad_weights(weights: &[f64]) -> Option<String> {
    if weights.iter().any(|w| !w.is_finite() || *w < 0.0) {
        return Some("a weight must be 0 or more".into());
    }
    let sum: f64 = weights.iter().sum();
    (!same(sum, 1.0)).then(|| format!("weights sum to {sum}, not 1"))
}

fn bad_weight(weight: f64) -> Option<String> {
    (!weight.is_finite() || weight <= 0.0).then(|| "weight must be above 0".into())
}

fn bad_id<'a>(kind: &str, id: &'a str, seen: &mut HashSet<&'a str>) -> Option<String> {
    if id.is_empty() {
        return Some(format!("{kind} without id"));
    }
    (!seen.insert(id)).then(|| format!("{kind} {id} appears twice"))
}
