//! `/rounds/{id}/tasks` and `/rounds/{id}/sheets/…`: what a rater still has to say, and saying it.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    lists::{Asked, Listed, Nothing, cut, limit},
    shapes::Refusals,
};
use crate::{
    actions::{
        submit_sheet::{Ratee, Saved, SheetSent, submit_sheet},
        tasks::{self, TaskQuestion},
    },
    domain::{
        refusal::Refusal,
        rubric::{Of, Source},
        sheet::Submission,
    },
    web::{
        failure::Failure,
        guard::StrictJson,
        visit::{Door, Visit},
    },
};

/// How much of the list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct TasksAsked {
    /// 1 to 100.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    cursor: Option<String>,
}

/// A ratee with the questions about it.
#[derive(Serialize, ToSchema)]
pub struct Task {
    /// `self`, `peer`, `teacher` or `parent`: with `ratee` the address of the sheet.
    source: &'static str,
    /// Id of the student or class.
    ratee: String,
    /// `student` or `class`.
    ratee_kind: &'static str,
    /// A child's name, or a class's code.
    ratee_name: String,
    indicators: Vec<Indicator>,
    /// What was said before by indicator, null for “did not see it”; null where there is no sheet yet.
    answers: Option<BTreeMap<String, Option<u8>>>,
    /// The comment said before.
    comment: String,
    /// Version of the sheet said before, 0 without one; send it back with changes.
    version: i32,
    /// Every indicator has an answer.
    done: bool,
}

/// One question.
#[derive(Serialize, ToSchema)]
pub struct Indicator {
    id: String,
    /// Id of the star; absent for questions about a class.
    #[serde(skip_serializing_if = "String::is_empty")]
    dimension: String,
    text: String,
    /// Reading aid for small children.
    #[serde(skip_serializing_if = "Option::is_none")]
    pinyin: Option<String>,
    anchors: Vec<Anchor>,
}

/// One level of the scale.
#[derive(Serialize, ToSchema)]
pub struct Anchor {
    value: u8,
    label: String,
}

/// List what the signed-in rater has to say in a round, in the order of its form: a child about itself, its dealt
/// classmates and its class; a teacher about the children of each class; a family about its child.
#[utoipa::path(get, path = "/api/v1/rounds/{id}/tasks", tag = "rating",
    params(("id" = String, Path), TasksAsked),
    responses((status = 200, description = "Cards.", body = Listed<Task>), Refusals))]
pub async fn tasks(
    visit: Visit,
    id: web::Path<String>,
    Asked(asked): Asked<TasksAsked>,
) -> Result<HttpResponse, Failure> {
    let most = limit(asked.limit)?;
    let id = id.into_inner();
    let (_, cards) = visit
        .read(Door::Any, move |db, seen| tasks::tasks(db, &seen.call, &id))
        .await?;
    let key = |card: &tasks::Task| format!("{}.{}", card.source.name(), card.ratee.id());
    let cut = cut(cards, most, asked.cursor.as_deref(), key)?;
    Ok(HttpResponse::Ok().json(Listed {
        items: cut.items.into_iter().map(card).collect::<Vec<Task>>(),
        next_cursor: cut.next_cursor,
    }))
}

fn card(card: tasks::Task) -> Task {
    Task {
        source: card.source.name(),
        ratee: card.ratee.id().to_owned(),
        ratee_kind: match card.ratee.of() {
            Of::Student => "student",
            Of::Class => "class",
        },
        done: card.done(),
        ratee_name: card.ratee_name,
        indicators: card.questions.into_iter().map(indicator).collect(),
        answers: card.answers.map(|said| said.0.into_iter().collect()),
        comment: card.comment,
        version: card.version,
    }
}

fn indicator(question: TaskQuestion) -> Indicator {
    let anchors = (1..).zip(question.anchors);
    Indicator {
        id: question.indicator,
        dimension: question.dimension,
        text: question.text,
        pinyin: question.pinyin,
        anchors: anchors
            .map(|(value, label)| Anchor { value, label })
            .collect(),
    }
}

/// What a rater says.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct SheetSaid {
    /// Anchor 1…n by indicator, null for “did not see it”. Indicators left out keep what was said before.
    scores: BTreeMap<String, Option<i64>>,
    /// At most 500 characters; absent: stays as it is.
    #[schema(max_length = 500)]
    comment: Option<String>,
    /// The version this was filled from; an older one than the stored is refused with 409.
    version: Option<i32>,
}

/// The sheet as it stands now.
#[derive(Serialize, ToSchema)]
pub struct SheetStored {
    version: i32,
}

/// Hand in a sheet, or replace the own one. Sending the same again changes nothing.
#[utoipa::path(put, path = "/api/v1/rounds/{id}/sheets/{source}/{ratee}", tag = "rating",
    params(("id" = String, Path), ("source" = String, Path, description = "`self`, `peer`, `teacher` or `parent`"),
        ("ratee" = String, Path, description = "Id of the student or class")),
    request_body = SheetSaid,
    responses((status = 201, description = "A new sheet.", body = SheetStored),
        (status = 200, description = "Replaced, or as before.", body = SheetStored), Refusals))]
pub async fn put(
    visit: Visit,
    path: web::Path<(String, String, String)>,
    Asked(Nothing {}): Asked<Nothing>,
    StrictJson(said): StrictJson<SheetSaid>,
) -> Result<HttpResponse, Failure> {
    let (round, source, ratee) = path.into_inner();
    // Numbers beyond a byte are out of every range, as 0 is.
    let anchor = |given: i64| u8::try_from(given).unwrap_or(0);
    let scores = said.scores.into_iter();
    let submission = Submission {
        scores: scores.map(|(id, given)| (id, given.map(anchor))).collect(),
        comment: said.comment,
    };
    let (_, saved) = visit
        .write(Door::Any, move |tx, seen| {
            let source = Source::from_name(&source).ok_or(Refusal::NotFound)?;
            let ratee = Ratee::find(tx, &seen.call.school, &ratee)?;
            let sent = SheetSent {
                based_on: said.version,
                ..SheetSent::once(&round, source, ratee, submission)
            };
            submit_sheet(tx, &seen.call, sent)
        })
        .await?;
    let stored = SheetStored {
        version: saved.version(),
    };
    Ok(match saved {
        Saved::Created(_) => HttpResponse::Created().json(stored),
        Saved::Replaced(_) | Saved::Unchanged(_) => HttpResponse::Ok().json(stored),
    })
}
