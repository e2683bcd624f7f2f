//! `GET,POST /m` and `GET /m/posts/{post}`: today's sheet of a post, for monitors and for the office; with script a
//! monitor's goes through the outbox (`POST /s/outbox`, [`deliver`]).

use std::collections::BTreeMap;

use actix_web::{HttpResponse, http::StatusCode, web};
use serde::{Deserialize, Serialize};

use super::{
    duty_view,
    failure::Failure,
    guard::Fields,
    visit::{Door, Visit},
};
use crate::{
    actions::{
        deliver_checks,
        duty_sheet::{self, SheetFacts},
        send_checks::{self, Marks, Sent, Sheet},
        session::{Kind, Seen},
    },
    domain::refusal::Refusal,
    keys::form_key::FormRef,
    screens::{
        FlashKind,
        duty::{MonitorSheet, OfficeSheet},
    },
};

/// Query of the page.
#[derive(Deserialize)]
pub struct Asked {
    post: Option<String>,
    slot: Option<i32>,
    /// 1 after the script sent, 0 where it was not taken.
    sent: Option<u8>,
}

/// What a form holds: by field name, as typed.
#[derive(Clone, Debug, Default)]
pub struct Typed {
    pub points: BTreeMap<String, String>,
    pub reasons: BTreeMap<String, String>,
    pub skipped: BTreeMap<String, String>,
}

/// `GET /m`.
pub async fn form(visit: Visit, asked: web::Query<Asked>) -> Result<HttpResponse, Failure> {
    let asked = asked.into_inner();
    let refused = (asked.sent == Some(0)).then_some("late");
    let post = asked.post.filter(|p| !p.is_empty());
    page(&visit, (post, asked.slot), None, refused).await
}

/// `GET /m/posts/{post}`.
pub async fn post_form(
    visit: Visit,
    path: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Failure> {
    page(&visit, (Some(path.into_inner()), asked.slot), None, None).await
}

/// The office comes through the staff door, a monitor through the children's.
fn door(visit: &Visit) -> Door {
    match (visit.session(&Door::Staff), visit.session(&Door::Child)) {
        (Err(_), Ok(_)) => Door::Child,
        _ => Door::Staff,
    }
}

async fn page(
    visit: &Visit,
    (post, slot): (Option<String>, Option<i32>),
    typed: Option<&Typed>,
    refused: Option<&'static str>,
) -> Result<HttpResponse, Failure> {
    let minute = visit.origin.minute();
    let (seen, facts) = visit
        .read(door(visit), move |db, seen| {
            duty_sheet::sheet(db, &seen.call, minute, post.as_deref(), slot)
        })
        .await?;
    let status = match typed {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    drawn(visit, &seen, &facts, status, (typed, refused))
}

fn drawn(
    visit: &Visit,
    seen: &Seen,
    facts: &SheetFacts,
    status: StatusCode,
    (typed, refused): (Option<&Typed>, Option<&'static str>),
) -> Result<HttpResponse, Failure> {
    let sheet = duty_view::sheet(visit, seen, facts, typed, refused);
    match seen.kind {
        Kind::Monitor => visit.page_as(status, Some(seen), &MonitorSheet(sheet)),
        _ => visit.page_as(status, Some(seen), &OfficeSheet(sheet)),
    }
}

/// `POST /m`.
pub async fn send(visit: Visit, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let post = fields.need("post")?;
    let slot = fields
        .take("slot")
        .and_then(|text| text.parse::<i32>().ok());
    let action = fields.take("action").unwrap_or_default();
    let typed = Typed {
        points: fields.take_all("p."),
        reasons: fields.take_all("r."),
        skipped: fields.take_all("skip."),
    };
    fields.finish()?;
    if action == "undo" {
        return take_back(&visit, post, slot).await;
    }
    let sheet = read(&visit, &typed)?;
    let minute = visit.origin.minute();
    let wanted = post.clone();
    let done = visit.write(door(&visit), move |tx, seen| {
        let place = duty_sheet::place(tx, &seen.call, minute, &wanted, slot)?;
        send_checks::send(tx, &seen.call, &place, &sheet)
    });
    let why = match done.await {
        Ok((seen, sent)) => return Ok(told(&visit, &seen, &post, sent)),
        Err(Failure::Refused(Refusal::RoundNotOpen)) => "round",
        Err(Failure::Refused(Refusal::Invalid(what))) if what == "reason" => "reason",
        Err(other) => return Err(other),
    };
    page(&visit, (Some(post), slot), Some(&typed), Some(why)).await
}

fn told(visit: &Visit, seen: &Seen, post: &str, sent: Sent) -> HttpResponse {
    let address = match seen.kind {
        Kind::Monitor => "/m".to_owned(),
        _ => format!("/m?post={post}"),
    };
    let (n, taken) = (sent.stored + sent.same, sent.taken.to_string());
    let args = [("n", n.to_string()), ("taken", taken)];
    let args: Vec<(&str, &str)> = args.iter().map(|(k, v)| (*k, v.as_str())).collect();
    let key = if sent.taken > 0 {
        "duty-some-taken"
    } else {
        "duty-saved"
    };
    visit.go_saying(&address, FlashKind::Ok, key, &args)
}

async fn take_back(
    visit: &Visit,
    post: String,
    slot: Option<i32>,
) -> Result<HttpResponse, Failure> {
    let minute = visit.origin.minute();
    let done = visit.write(door(visit), move |tx, seen| {
        let place = duty_sheet::place(tx, &seen.call, minute, &post, slot)?;
        send_checks::take_back(tx, &seen.call, &place)
    });
    let (seen, _) = done.await?;
    let back = if seen.kind == Kind::Monitor {
        "/m"
    } else {
        "/a/inspections"
    };
    Ok(visit.go_saying(back, FlashKind::Ok, "duty-taken-back", &[]))
}

/// The classes of a form that were not left out; points are judged by the action.
fn read(visit: &Visit, typed: &Typed) -> Result<Sheet, Failure> {
    let mut sheet = Sheet::default();
    for (name, text) in &typed.points {
        let wrong = || Refusal::Invalid("points".to_owned());
        let (class, item) = name.split_once('.').ok_or_else(wrong)?;
        if typed.skipped.contains_key(class) {
            continue;
        }
        let points = text.trim().parse::<f64>().ok().filter(|p| p.is_finite());
        let reason = typed.reasons.get(name).map_or("", String::as_str);
        let words = duty_view::reason(visit.lang, item, reason)?;
        let marks = sheet.classes.entry(class.to_owned()).or_default();
        marks.insert(item.to_owned(), (points.ok_or_else(wrong)?, words));
    }
    Ok(sheet)
}

/// A sheet that a device kept.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    classes: BTreeMap<String, BTreeMap<String, KeptItem>>,
}

/// One item of it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeptItem {
    points: f64,
    /// Key of a reason; empty for full marks.
    #[serde(default)]
    reason: String,
}

#[derive(Serialize)]
struct Delivered {
    stored: usize,
    same: usize,
    taken: usize,
    late: usize,
}

/// Stores what a device kept, by the form's key.
pub async fn deliver(
    visit: &Visit,
    form: FormRef,
    stamp: i64,
    kept: Kept,
) -> Result<HttpResponse, Failure> {
    let mut classes = BTreeMap::new();
    for (class, items) in kept.classes {
        let mut marks = Marks::new();
        for (item, said) in items {
            let words = duty_view::reason(visit.lang, &item, &said.reason)?;
            marks.insert(item, (said.points, words));
        }
        classes.insert(class, marks);
    }
    let (sheet, origin) = (Sheet { stamp, classes }, visit.origin.clone());
    let done = visit
        .app
        .store
        .write(move |tx| deliver_checks::deliver(tx, &origin, &form, &sheet));
    let sent = done.await?;
    Ok(HttpResponse::Ok().json(Delivered {
        stored: sent.stored,
        same: sent.same,
        taken: sent.taken,
        late: sent.late,
    }))
}
