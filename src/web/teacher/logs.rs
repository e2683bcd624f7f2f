//! `/t/classes/{id}/logs`: the personal-best logs of a class, a kind and a day at a time; typed, pasted, from a file, or
//! told by the children and confirmed.

use std::collections::BTreeMap;

use actix_web::{HttpRequest, HttpResponse, http::StatusCode, web};
use chrono::NaiveDate;
use serde::Deserialize;

use super::logs_view::{Draft, view};
use crate::{
    actions::{
        logs::{self, ClassLogs, Given},
        logs_lines,
        session::Seen,
    },
    domain::{
        ids::ClassId,
        logs::{KINDS, Kind, find},
        refusal::Refusal,
    },
    exchange::{
        logs::{LogLine, parse},
        table::{self, ReadOptions},
    },
    screens::FlashKind,
    web::{
        failure::Failure,
        guard::{Boxes, Fields},
        office::upload,
        visit::{Door, Visit},
    },
};

/// Kind and day of the page.
#[derive(Clone, Deserialize)]
pub struct Asked {
    kind: Option<String>,
    on: Option<NaiveDate>,
}

/// What a page is about.
#[derive(Clone, Debug)]
pub struct Place {
    pub class: ClassId,
    pub kind: Kind,
    pub on: NaiveDate,
}

impl Place {
    fn of(visit: &Visit, class: String, kind: Option<&str>, on: Option<NaiveDate>) -> Self {
        let [first, ..] = KINDS;
        Self {
            class: ClassId::new(class),
            kind: kind.and_then(find).unwrap_or(first),
            on: on.unwrap_or_else(|| visit.origin.today()),
        }
    }

    fn here(&self) -> String {
        format!(
            "/t/classes/{}/logs?kind={}&on={}",
            self.class, self.kind.id, self.on
        )
    }
}

/// `GET`.
pub async fn show(
    visit: Visit,
    id: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let asked = asked.into_inner();
    let place = Place::of(&visit, id.into_inner(), asked.kind.as_deref(), asked.on);
    page(&visit, &place, Draft::default()).await
}

async fn load(visit: &Visit, place: &Place) -> Result<(Seen, ClassLogs), Failure> {
    let class = place.class.clone();
    let read = visit.read(Door::Staff, move |db, seen| {
        logs::of_class(db, &seen.call, &class)
    });
    read.await
}

async fn page(visit: &Visit, place: &Place, draft: Draft) -> Result<HttpResponse, Failure> {
    let (seen, found) = load(visit, place).await?;
    let status = match draft.is_refused() {
        true => StatusCode::UNPROCESSABLE_ENTITY,
        false => StatusCode::OK,
    };
    let page = view(visit.lang, &seen, &found, place, draft);
    visit.page_as(status, Some(&seen), &page)
}

/// `POST`: `act` = `keep` with `v.{student}`, `paste` with `text`, `confirm` or `decline` with `log`.
pub async fn act(
    visit: Visit,
    id: web::Path<String>,
    boxes: Boxes,
) -> Result<HttpResponse, Failure> {
    let (mut fields, mut lists) = boxes.split(|name| name == "log")?;
    let act = fields.need("act")?;
    let kind = fields.need("kind")?;
    let on = fields.need("on")?.parse();
    let on: NaiveDate = on.map_err(|_typed| Refusal::Invalid("log-date".to_owned()))?;
    let place = Place::of(&visit, id.into_inner(), Some(&kind), Some(on));
    match act.as_str() {
        "keep" => keep(&visit, &place, fields).await,
        "paste" => paste(&visit, &place, fields).await,
        "confirm" | "decline" => {
            fields.finish()?;
            let ids = lists.remove("log").unwrap_or_default();
            decide(&visit, &place, ids, act == "confirm").await
        }
        _ => Err(Refusal::Invalid("log-act".to_owned()).into()),
    }
}

async fn keep(visit: &Visit, place: &Place, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let (_, found) = load(visit, place).await?;
    let mut typed = BTreeMap::new();
    for child in &found.desk.children {
        if let Some(text) = fields.take(&format!("v.{}", child.id)) {
            typed.insert(child.id.clone(), text);
        }
    }
    fields.finish()?;
    let read = |(student, text): (&String, &String)| {
        let amount = match text.trim() {
            "" => None,
            filled => Some(place.kind.judge(filled)?),
        };
        Ok(Given {
            student: student.clone(),
            kind: place.kind,
            on: place.on,
            amount,
        })
    };
    let given: Result<Vec<Given>, Refusal> = typed.iter().map(read).collect();
    let Ok(given) = given else {
        return page(visit, place, Draft::typed(typed, "amount")).await;
    };
    match store(visit, place, given).await {
        Err(Failure::Refused(Refusal::Invalid(_))) => {
            page(visit, place, Draft::typed(typed, "date")).await
        }
        other => other,
    }
}

async fn store(visit: &Visit, place: &Place, given: Vec<Given>) -> Result<HttpResponse, Failure> {
    let class = place.class.clone();
    let write = visit.write(Door::Staff, move |tx, seen| {
        logs::keep(tx, &seen.call, &class, &given)
    });
    let (_, changed) = write.await?;
    let n = changed.to_string();
    Ok(visit.go_saying(&place.here(), FlashKind::Ok, "logs-kept", &[("n", &n)]))
}

async fn paste(visit: &Visit, place: &Place, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let text = fields.need("text")?;
    fields.finish()?;
    let lines = logs_lines::pasted(&text);
    take(visit, place, &lines, text).await
}

async fn take(
    visit: &Visit,
    place: &Place,
    lines: &[LogLine],
    text: String,
) -> Result<HttpResponse, Failure> {
    let (seen, found) = load(visit, place).await?;
    let at = (place.kind, place.on);
    match logs_lines::given(&found, lines, at, seen.call.today) {
        Ok(given) if given.is_empty() => page(visit, place, Draft::no_file("empty")).await,
        Ok(given) => store(visit, place, given).await,
        Err(wrong) => page(visit, place, Draft::lines(text, wrong)).await,
    }
}

/// `POST /t/classes/{id}/logs/file?kind=&on=`: the same from a spreadsheet.
pub async fn file(
    visit: Visit,
    id: web::Path<String>,
    asked: web::Query<Asked>,
    req: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Failure> {
    let asked = asked.into_inner();
    let place = Place::of(&visit, id.into_inner(), asked.kind.as_deref(), asked.on);
    load(&visit, &place).await?;
    let file = upload::read(&visit, &req, payload.into_inner()).await?;
    let media = file.media.as_deref();
    let Ok(table) = table::read(&file.name, media, &file.bytes, &ReadOptions::default()) else {
        return page(&visit, &place, Draft::no_file("none")).await;
    };
    let report = parse(&table);
    if !report.is_clean() {
        return page(&visit, &place, Draft::unread(&report.errors)).await;
    }
    take(&visit, &place, &report.rows, String::new()).await
}

async fn decide(
    visit: &Visit,
    place: &Place,
    ids: Vec<String>,
    yes: bool,
) -> Result<HttpResponse, Failure> {
    let class = place.class.clone();
    let write = visit.write(Door::Staff, move |tx, seen| {
        logs::decide(tx, &seen.call, &class, &ids, yes)
    });
    let (kind, key) = match write.await {
        Ok(_) if yes => (FlashKind::Ok, "logs-confirmed"),
        Ok(_) => (FlashKind::Ok, "logs-declined"),
        Err(Failure::Refused(Refusal::WrongState)) => (FlashKind::Note, "logs-none-chosen"),
        Err(other) => return Err(other),
    };
    Ok(visit.go_saying(&place.here(), kind, key, &[]))
}
