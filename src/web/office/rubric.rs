//! `GET /a/rubric`: the rule in force, in full.

use actix_web::HttpResponse;

use super::clock;
use crate::{
    actions::rubric_now,
    domain::rubric::{Component, Indicator, Of, Rubric, Segment, Source},
    screens::{
        explain_digits::weight,
        office_people::{self, RubricDimension, RubricIndicator, RubricItem, RubricSegment},
        ranking::NamedWeight,
    },
    storage::schools::RubricRow,
    web::{
        failure::Failure,
        visit::{Door, Visit},
    },
};

/// `GET /a/rubric`.
pub async fn show(visit: Visit) -> Result<HttpResponse, Failure> {
    let (seen, (row, rubric, frozen)) = visit
        .read(Door::Staff, |db, seen| {
            rubric_now::rubric_now(db, &seen.call)
        })
        .await?;
    let adopted = clock(row.created_at, visit.origin.timezone, "%Y-%m-%d");
    visit.page(&seen, &view(&row, &rubric, frozen, adopted))
}

fn view(
    row: &RubricRow,
    rubric: &Rubric,
    frozen_by: Option<String>,
    adopted: String,
) -> office_people::Rubric {
    let of_student = Source::ALL.iter().zip(&rubric.weights);
    let peer = &rubric.peer;
    office_people::Rubric {
        version: row.version.to_string(),
        adopted,
        frozen_by,
        weights: of_student.map(|(s, w)| named(s.name(), *w)).collect(),
        class_weights: class_weights(&rubric.class_weights),
        segments: Segment::ALL.map(|s| segment(rubric, s)).into(),
        class_indicators: rubric
            .indicators
            .iter()
            .filter(|i| i.of == Of::Class)
            .map(indicator)
            .collect(),
        items: rubric
            .items
            .iter()
            .map(|item| RubricItem {
                name: item.name.clone(),
                weight: weight(item.weight),
            })
            .collect(),
        constants: vec![
            ("rater_prior", weight(peer.rater_prior)),
            ("ratee_prior", weight(peer.ratee_prior)),
            ("reference_prior", weight(peer.reference_prior)),
            ("clamp", weight(peer.clamp)),
            ("low_weight", weight(peer.low_weight)),
        ],
    }
}

/// The six voices of a class with their weights.
pub fn class_weights(weights: &[f64]) -> Vec<NamedWeight> {
    let all = Component::ALL.iter().zip(weights);
    all.map(|(c, w)| named(c.name(), *w)).collect()
}

fn named(voice: &'static str, share: f64) -> NamedWeight {
    NamedWeight {
        voice,
        percent: crate::screens::explain_digits::coordinate(share * 100.0),
    }
}

fn segment(rubric: &Rubric, segment: Segment) -> RubricSegment {
    let fits = |i: &&Indicator| i.of == Of::Student && i.segment.is_none_or(|s| s == segment);
    let dimension = |(at, dimension): (usize, &crate::domain::rubric::Dimension)| RubricDimension {
        id: dimension.id.clone(),
        name: dimension.name.clone(),
        indicators: rubric
            .indicators
            .iter()
            .filter(fits)
            .filter(|i| i.dimension == Some(at))
            .map(indicator)
            .collect(),
    };
    RubricSegment {
        segment: segment.name(),
        anchors: rubric.anchors.of(segment).to_vec(),
        dimensions: rubric
            .dimensions
            .iter()
            .enumerate()
            .map(dimension)
            .collect(),
    }
}

fn indicator(indicator: &Indicator) -> RubricIndicator {
    RubricIndicator {
        text: indicator.text.clone(),
        sources: indicator.sources.iter().map(|s| s.name()).collect(),
        weight: weight(indicator.weight),
    }
}
