//! `GET,POST /m` and `GET /m/posts/{post}`: the daily inspection form of monitors and of the office.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, http::StatusCode, web};
use chrono::Timelike;
use serde::Deserialize;

use super::{
    failure::Failure,
    guard::{Boxes, fields::Lists},
    office::class_label,
    visit::{Door, Visit},
};
use crate::{
    actions::{
        check_class::{self, Check, FULL, FormFacts},
        session::{Kind, Seen},
    },
    domain::{ids::ClassId, refusal::Refusal, rubric::Item},
    screens::{
        FlashKind, Lang,
        explain_digits::coordinate,
        office_inspection::{InspectionClass, InspectionForm, InspectionItem},
        say,
        teacher_shared::Pick,
    },
};

/// What one tap on minus takes.
const STEP: f64 = 0.5;
/// Reasons offered for every item.
const REASONS: [&str; 4] = ["noise", "litter", "late", "other"];

/// Query of the form.
#[derive(Deserialize)]
pub struct Asked {
    post: Option<String>,
    class: Option<String>,
}

/// What stands in a form that was not sent yet.
#[derive(Clone, Debug, Default)]
struct Typed {
    points: BTreeMap<String, f64>,
    reasons: Lists,
    refused: Option<&'static str>,
}

/// `GET /m`.
pub async fn form(visit: Visit, asked: web::Query<Asked>) -> Result<HttpResponse, Failure> {
    let asked = asked.into_inner();
    page(&visit, asked.post, asked.class, None).await
}

/// `GET /m/posts/{post}`.
pub async fn post_form(
    visit: Visit,
    path: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Failure> {
    page(
        &visit,
        Some(path.into_inner()),
        asked.into_inner().class,
        None,
    )
    .await
}

/// The office comes through the staff door, a monitor through the children's.
fn door(visit: &Visit) -> Door {
    match (visit.session(&Door::Staff), visit.session(&Door::Child)) {
        (Err(_), Ok(_)) => Door::Child,
        _ => Door::Staff,
    }
}

fn minute(visit: &Visit) -> i32 {
    let instant = chrono::DateTime::from_timestamp_millis(visit.origin.now).unwrap_or_default();
    let local = instant.with_timezone(&visit.origin.timezone);
    i32::try_from(local.hour() * 60 + local.minute()).unwrap_or(0)
}

async fn page(
    visit: &Visit,
    post: Option<String>,
    class: Option<String>,
    typed: Option<Typed>,
) -> Result<HttpResponse, Failure> {
    let minute = minute(visit);
    let post = post.filter(|p| !p.is_empty());
    let (seen, facts) = visit
        .read(door(visit), move |db, seen| {
            check_class::form(db, &seen.call, minute, post.as_deref())
        })
        .await?;
    let refused = typed.as_ref().is_some_and(|t| t.refused.is_some());
    let status = if refused {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    let view = view(visit, &seen, &facts, class.as_deref(), typed);
    visit.page_as(status, Some(&seen), &view)
}

fn view(
    visit: &Visit,
    seen: &Seen,
    facts: &FormFacts,
    class: Option<&str>,
    typed: Option<Typed>,
) -> InspectionForm {
    let named = facts
        .classes
        .iter()
        .find(|(c, ..)| Some(c.id.as_str()) == class);
    let next = || facts.classes.iter().find(|(.., done)| !done);
    let chosen = named.or_else(next).or(facts.classes.first());
    let class_id = chosen.map(|(c, ..)| c.id.clone()).unwrap_or_default();
    let refused = typed.as_ref().and_then(|t| t.refused);
    let filled = typed.unwrap_or_else(|| stored(facts, &class_id));
    let one = |(class, code, done): &(crate::storage::students::ClassRow, String, bool)| {
        InspectionClass {
            id: class.id.clone(),
            name: class_label(code),
            done: *done,
            chosen: class.id == class_id,
        }
    };
    InspectionForm {
        post_id: facts.post.id.clone(),
        post_name: facts.post.name.clone(),
        date: visit.origin.today().to_string(),
        monitor: seen.kind == Kind::Monitor,
        posts: facts
            .posts
            .iter()
            .map(|p| Pick {
                value: p.id.clone(),
                label: p.name.clone(),
                chosen: p.id == facts.post.id,
            })
            .collect(),
        classes: facts.classes.iter().map(one).collect(),
        class_name: chosen
            .map(|(_, code, _)| class_label(code))
            .unwrap_or_default(),
        items: facts
            .items
            .iter()
            .map(|item| item_view(item, &filled, visit.lang))
            .collect(),
        note: String::new(),
        sent: chosen.is_some_and(|(.., done)| *done),
        refused,
        class_id,
    }
}

/// What this checker sent today about the class.
fn stored(facts: &FormFacts, class: &str) -> Typed {
    let mut typed = Typed::default();
    for row in facts.sent.iter().filter(|r| r.class_id == class) {
        typed.points.insert(row.item.clone(), row.points);
        let reasons = row.reason.split("; ").filter(|r| !r.is_empty());
        typed
            .reasons
            .insert(row.item.clone(), reasons.map(str::to_owned).collect());
    }
    typed
}

fn item_view(item: &Item, typed: &Typed, lang: Lang) -> InspectionItem {
    let points = typed.points.get(&item.id).copied().unwrap_or(FULL);
    let chosen = typed.reasons.get(&item.id);
    let reason = |key: &str| {
        let label = say(lang, &format!("office-reason-{key}"), &[]);
        Pick {
            chosen: chosen.is_some_and(|all| all.contains(&label)),
            value: label.clone(),
            label,
        }
    };
    InspectionItem {
        id: item.id.clone(),
        name: item.name.clone(),
        full: coordinate(FULL),
        points: coordinate(points),
        step: coordinate(STEP),
        reduced: points < FULL,
        reasons: REASONS.into_iter().map(reason).collect(),
    }
}

/// `POST /m`.
pub async fn send(visit: Visit, boxes: Boxes) -> Result<HttpResponse, Failure> {
    let (mut fields, lists) = boxes.split(|name| name.starts_with("r."))?;
    let (post, class) = (fields.need("post")?, fields.need("class")?);
    let action = fields.take("action").unwrap_or_default();
    let steps = [(fields.take("minus"), -STEP), (fields.take("plus"), STEP)];
    let points = fields.take_all("p.");
    fields.finish()?;
    let mut typed = Typed {
        reasons: lists
            .into_iter()
            .map(|(name, values)| (name.trim_start_matches("r.").to_owned(), values))
            .collect(),
        ..Typed::default()
    };
    for (item, text) in points {
        let read = text.trim().parse::<f64>().ok().filter(|p| p.is_finite());
        let wrong = || Refusal::Invalid("points".to_owned());
        typed.points.insert(item, read.ok_or_else(wrong)?);
    }
    let mut stepped = false;
    for (item, by) in steps {
        if let Some(points) = item.and_then(|id| typed.points.get_mut(&id)) {
            *points = (*points + by).clamp(0.0, FULL);
            stepped = true;
        }
    }
    if stepped || action != "send" {
        return page(&visit, Some(post), Some(class), Some(typed)).await;
    }
    store(&visit, post, class, typed).await
}

async fn store(
    visit: &Visit,
    post: String,
    class: String,
    mut typed: Typed,
) -> Result<HttpResponse, Failure> {
    let reason = |item: &str| typed.reasons.get(item).map(|all| all.join("; "));
    let items = typed
        .points
        .iter()
        .map(|(item, points)| (item.clone(), (*points, reason(item).unwrap_or_default())));
    let check = Check {
        post: post.clone(),
        class: ClassId::new(class.clone()),
        items: items.collect(),
    };
    let minute = minute(visit);
    let done = visit.write(door(visit), move |tx, seen| {
        check_class::check_class(tx, &seen.call, minute, &check)
    });
    match done.await {
        Ok(_) => Ok(visit.go_saying(
            &format!("/m/posts/{post}"),
            FlashKind::Ok,
            "office-check-saved",
            &[],
        )),
        Err(Failure::Refused(Refusal::RoundNotOpen)) => {
            typed.refused = Some("out_of_time");
            page(visit, Some(post), Some(class), Some(typed)).await
        }
        Err(other) => Err(other),
    }
}
