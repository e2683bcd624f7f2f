//! `/rounds/{id}/rankings/classes`: the published ranking of classes.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    lists::{Asked, cut, instant, limit},
    shapes::Refusals,
};
use crate::{
    actions::published,
    domain::{
        published::{ComponentStep, RankedClass},
        rubric::Component,
    },
    web::{
        failure::Failure,
        problem::Problem,
        visit::{Door, Visit},
    },
};

/// Which ranking.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RankingAsked {
    /// `round` (default) or `term`: the term so far.
    span: Option<String>,
    /// 1 to 100.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    cursor: Option<String>,
}

/// A published ranking: grade by grade, in the order of class codes.
#[derive(Serialize, ToSchema)]
pub struct ClassRanking {
    round: String,
    name: String,
    published_at: String,
    span: &'static str,
    items: Vec<RankingRow>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_cursor: Option<String>,
}

/// A class in it.
#[derive(Serialize, ToSchema)]
pub struct RankingRow {
    class: String,
    class_id: Option<String>,
    grade: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    place: Option<Place>,
    /// `no_data` or `few_students` where there is no place yet; figures are then left out for all but the class's
    /// teachers and the office.
    #[serde(skip_serializing_if = "Option::is_none")]
    unranked_because: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    figures: Option<Figures>,
}

/// A place with its interval.
#[derive(Serialize, ToSchema)]
pub struct Place {
    place: usize,
    low: usize,
    high: usize,
    /// The interval overlaps the leader's.
    gold: bool,
}

/// How the points came about.
#[derive(Serialize, ToSchema)]
pub struct Figures {
    points: Option<String>,
    score: Option<f64>,
    se: f64,
    /// Children with a final number.
    contributing: usize,
    components: Vec<ComponentFigures>,
}

/// One component of a class score (scoring.md 5).
#[derive(Serialize, ToSchema)]
pub struct ComponentFigures {
    name: &'static str,
    value: Option<f64>,
    weight: f64,
    used: Option<f64>,
    /// Observations behind it.
    observations: usize,
}

/// Read the published ranking of classes.
#[utoipa::path(get, path = "/api/v1/rounds/{id}/rankings/classes", tag = "results",
    params(("id" = String, Path), RankingAsked),
    responses((status = 200, description = "The ranking.", body = ClassRanking), Refusals))]
pub async fn classes(
    visit: Visit,
    id: web::Path<String>,
    Asked(asked): Asked<RankingAsked>,
) -> Result<HttpResponse, Failure> {
    let most = limit(asked.limit)?;
    let span = match asked.span.as_deref() {
        None | Some("round") => "round",
        Some("term") => "term",
        Some(_) => return Err(Problem::bad_request("span is round or term.").into()),
    };
    let id = id.into_inner();
    let (_, seen) = visit
        .read(Door::Any, move |db, seen| {
            published::ranking(db, &seen.call, &id)
        })
        .await?;
    let rows = match span {
        "term" => seen.ranking.term,
        _ => seen.ranking.round,
    };
    let cut = cut(rows, most, asked.cursor.as_deref(), |row| row.code.clone())?;
    let items = cut.items.iter().map(|row| shown(row, &seen.ids));
    Ok(HttpResponse::Ok().json(ClassRanking {
        items: items.collect(),
        round: seen.round.id,
        name: seen.round.name,
        published_at: instant(seen.published_at),
        span,
        next_cursor: cut.next_cursor,
    }))
}

fn shown(row: &RankedClass, ids: &HashMap<String, String>) -> RankingRow {
    let place = row.place.map(|(place, low, high)| Place {
        place,
        low,
        high,
        gold: row.gold,
    });
    let explained = row.score.is_some() || row.components.iter().any(|c| c.value.is_some());
    let steps: &[ComponentStep] = if explained { &row.components } else { &[] };
    RankingRow {
        class: row.code.clone(),
        class_id: ids.get(&row.code).cloned(),
        grade: row.grade,
        place,
        unranked_because: row.unranked.clone(),
        figures: (explained || row.points.is_some()).then(|| Figures {
            points: row.points.clone(),
            score: row.score,
            se: row.se,
            contributing: row.contributing,
            components: Component::ALL
                .iter()
                .zip(steps)
                .map(|(component, step)| figures(*component, step))
                .collect(),
        }),
    }
}

fn figures(component: Component, step: &ComponentStep) -> ComponentFigures {
    ComponentFigures {
        name: component.name(),
        value: step.value,
        weight: step.weight,
        used: step.used,
        observations: step.n,
    }
}
