//! `/rounds`: the rounds a person may know of, and the office's steps with them.

use actix_web::{HttpResponse, http::header, web};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    lists::{Asked, Listed, NoBody, Nothing, cut, instant, limit},
    shapes::Refusals,
};
use crate::{
    actions::{
        Acted, ActionError, publish_round, round_list,
        rounds::{self, NewRound},
    },
    domain::{ids::ClassId, refusal::Refusal, round::RoundState},
    storage::{Tx, rounds::RoundRow, students},
    web::{
        failure::Failure,
        guard::StrictJson,
        problem::Problem,
        visit::{Door, Visit},
    },
};

/// A round (星光时刻).
#[derive(Serialize, ToSchema)]
pub struct Round {
    id: String,
    name: String,
    /// `draft`, `open`, `closed` or `published`.
    state: String,
    #[schema(format = Date)]
    starts_on: String,
    #[schema(format = Date)]
    ends_on: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    opened_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    closed_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    published_at: Option<String>,
}

impl From<RoundRow> for Round {
    fn from(row: RoundRow) -> Self {
        Self {
            id: row.id,
            name: row.name,
            state: row.state,
            starts_on: row.starts_on.to_string(),
            ends_on: row.ends_on.to_string(),
            opened_at: row.opened_at.map(instant),
            closed_at: row.closed_at.map(instant),
            published_at: row.published_at.map(instant),
        }
    }
}

/// Which rounds.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct RoundsAsked {
    /// `draft`, `open`, `closed` or `published`.
    state: Option<String>,
    /// 1 to 100.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    cursor: Option<String>,
}

/// List rounds, oldest first: all for the office, for others those begun in which an own class takes part.
#[utoipa::path(get, path = "/api/v1/rounds", tag = "rounds", params(RoundsAsked),
    responses((status = 200, description = "Rounds.", body = Listed<Round>), Refusals))]
pub async fn list(visit: Visit, Asked(asked): Asked<RoundsAsked>) -> Result<HttpResponse, Failure> {
    let most = limit(asked.limit)?;
    let state = match asked.state.as_deref().map(RoundState::parse) {
        Some(None) => return Err(Problem::bad_request("There is no such state.").into()),
        Some(state) => state,
        None => None,
    };
    let work = move |db: &mut _, seen: &crate::actions::session::Seen| {
        round_list::visible(db, &seen.call, state)
    };
    let (_, rows) = visit.read(Door::Any, work).await?;
    let items: Vec<Round> = rows.into_iter().map(Round::from).collect();
    let listed = cut(items, most, asked.cursor.as_deref(), |r| r.id.clone())?;
    Ok(HttpResponse::Ok().json(listed))
}

/// A round to be made.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct RoundWanted {
    /// 1 to 40 characters, once in a term.
    name: String,
    #[schema(value_type = String, format = Date)]
    starts_on: NaiveDate,
    #[schema(value_type = String, format = Date)]
    ends_on: NaiveDate,
    /// Ids of the classes; absent: every class that has a grade then.
    classes: Option<Vec<String>>,
}

/// Make a draft in the term of its first day. Office only.
#[utoipa::path(post, path = "/api/v1/rounds", tag = "rounds", request_body = RoundWanted,
    responses((status = 201, description = "The draft.", body = Round), Refusals))]
pub async fn create(
    visit: Visit,
    Asked(Nothing {}): Asked<Nothing>,
    StrictJson(wanted): StrictJson<RoundWanted>,
) -> Result<HttpResponse, Failure> {
    let new = NewRound {
        name: wanted.name,
        starts_on: wanted.starts_on,
        ends_on: wanted.ends_on,
        classes: wanted
            .classes
            .unwrap_or_default()
            .into_iter()
            .map(ClassId::new)
            .collect(),
    };
    let work = move |tx: &mut Tx<'_>, seen: &crate::actions::session::Seen| {
        seen.call.actor.run_school()?;
        for class in &new.classes {
            let known = students::class(tx, &seen.call.school, class);
            known.map_err(|e| match ActionError::from(e) {
                ActionError::Refused(_) => Refusal::Invalid("round-class".to_owned()).into(),
                other => other,
            })?;
        }
        rounds::create(tx, &seen.call, &new)
    };
    let (_, row) = visit.write(Door::Any, work).await?;
    Ok(HttpResponse::Created()
        .insert_header((header::LOCATION, "/api/v1/rounds"))
        .json(Round::from(row)))
}

/// Open a draft, or a closed round again: freezes the term's rule, draws the questions, deals who rates whom. Office
/// only.
#[utoipa::path(post, path = "/api/v1/rounds/{id}/open", tag = "rounds", params(("id" = String, Path)),
    responses((status = 200, description = "The open round.", body = Round), Refusals))]
pub async fn open(
    visit: Visit,
    id: web::Path<String>,
    Asked(Nothing {}): Asked<Nothing>,
    _: NoBody,
) -> Result<HttpResponse, Failure> {
    step(visit, id.into_inner(), rounds::open).await
}

/// Close an open round. Office only.
#[utoipa::path(post, path = "/api/v1/rounds/{id}/close", tag = "rounds", params(("id" = String, Path)),
    responses((status = 200, description = "The closed round.", body = Round), Refusals))]
pub async fn close(
    visit: Visit,
    id: web::Path<String>,
    Asked(Nothing {}): Asked<Nothing>,
    _: NoBody,
) -> Result<HttpResponse, Failure> {
    step(visit, id.into_inner(), rounds::close).await
}

type Step = fn(&mut Tx<'_>, &crate::domain::actor::Call, &str) -> Acted<RoundRow>;

async fn step(visit: Visit, id: String, step: Step) -> Result<HttpResponse, Failure> {
    let work =
        move |tx: &mut Tx<'_>, seen: &crate::actions::session::Seen| step(tx, &seen.call, &id);
    let (_, row) = visit.write(Door::Any, work).await?;
    Ok(HttpResponse::Ok().json(Round::from(row)))
}

/// What publishing did.
#[derive(Serialize, ToSchema)]
pub struct Publication {
    round: Round,
    /// Badges newly given.
    awarded: usize,
    /// Badges whose rule no longer holds: proposals for revocation.
    doubted: usize,
    /// Children whose classmates' part was released or renewed.
    released: usize,
}

/// Compute and publish a closed round. Office only.
#[utoipa::path(post, path = "/api/v1/rounds/{id}/publish", tag = "rounds", params(("id" = String, Path)),
    responses((status = 200, description = "Published.", body = Publication), Refusals))]
pub async fn publish(
    visit: Visit,
    id: web::Path<String>,
    Asked(Nothing {}): Asked<Nothing>,
    _: NoBody,
) -> Result<HttpResponse, Failure> {
    let id = id.into_inner();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let (_, prepared) = visit
        .read(Door::Any, move |db, seen| {
            publish_round::prepare(db, &seen.call, &id, threads)
        })
        .await?;
    let rules = visit.app.rules.clone();
    let (_, done) = visit
        .write(Door::Any, move |tx, seen| {
            publish_round::publish(tx, &seen.call, &prepared, &rules)
        })
        .await?;
    Ok(HttpResponse::Ok().json(Publication {
        round: done.round.into(),
        awarded: done.awarded,
        doubted: done.doubted,
        released: done.released,
    }))
}
