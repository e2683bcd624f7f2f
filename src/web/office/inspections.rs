//! `GET,POST /a/inspections`: the day's checks by post, whose look counts where two looked, and appeals of classes.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::Deserialize;

use super::{class_label, clock, short_day};
use crate::{
    actions::{
        check_appeals::{self, Ruling},
        class_checks,
        inspections_day::{self, Day, DayCheck, Look},
        second_look::{self, Looks, Whose},
    },
    domain::refusal::Refusal,
    screens::{
        FlashKind,
        explain_digits::coordinate,
        office_inspection::{CheckRow, Inspections, ItemCell, LookCell, WaitingAppeal},
        teacher_shared::Pick,
    },
    storage::{check_appeals::CheckAppealRow, inspections::InspectionRow},
    web::{
        failure::Failure,
        guard::Fields,
        visit::{Door, Visit},
    },
};

/// Query of the page.
#[derive(Deserialize)]
pub struct Asked {
    date: Option<String>,
    post: Option<String>,
    differs: Option<u8>,
}

/// `GET /a/inspections`.
pub async fn list(visit: Visit, asked: web::Query<Asked>) -> Result<HttpResponse, Failure> {
    let asked = asked.into_inner();
    let date = asked.date.and_then(|d| d.parse::<NaiveDate>().ok());
    let date = date.unwrap_or_else(|| visit.origin.today());
    page(
        &visit,
        date,
        asked.post.unwrap_or_default(),
        asked.differs.is_some(),
        false,
    )
    .await
}

async fn page(
    visit: &Visit,
    date: NaiveDate,
    post: String,
    only_differing: bool,
    wrong: bool,
) -> Result<HttpResponse, Failure> {
    let wanted = post.clone();
    let (seen, (day, items)) = visit
        .read(Door::Staff, move |db, seen| {
            let day = inspections_day::day(db, &seen.call, date, &wanted)?;
            Ok((day, class_checks::items_by_id(db, &seen.call)?))
        })
        .await?;
    let view = view(visit, &day, &items, (date, &post, only_differing, wrong));
    let status = match wrong {
        true => actix_web::http::StatusCode::UNPROCESSABLE_ENTITY,
        false => actix_web::http::StatusCode::OK,
    };
    visit.page_as(status, Some(&seen), &view)
}

fn view(
    visit: &Visit,
    day: &Day,
    items: &HashMap<String, String>,
    (date, post, only_differing, wrong): (NaiveDate, &str, bool, bool),
) -> Inspections {
    let mut checked: Vec<&str> = day.checks.iter().map(|c| c.code.as_str()).collect();
    checked.sort_unstable();
    checked.dedup();
    let shown = day.checks.iter().filter(|c| !only_differing || c.differs());
    let waiting = day.waiting.iter().map(|one| waiting(one, items));
    Inspections {
        date: date.to_string(),
        posts: day
            .posts
            .iter()
            .map(|p| Pick {
                chosen: p.id == post,
                value: p.id.clone(),
                label: p.name.clone(),
            })
            .collect(),
        only_differing,
        checked: u32::try_from(checked.len()).unwrap_or(0),
        of: u32::try_from(day.classes).unwrap_or(0),
        rows: shown.map(|check| row(visit, check, items)).collect(),
        waiting: waiting.collect(),
        wrong,
    }
}

fn waiting(
    (appeal, row, code): &(CheckAppealRow, InspectionRow, String),
    items: &HashMap<String, String>,
) -> WaitingAppeal {
    WaitingAppeal {
        id: appeal.id.clone(),
        class_name: class_label(code),
        day: short_day(row.on_date),
        item: items.get(&row.item).cloned().unwrap_or_default(),
        points: coordinate(row.points),
        full: coordinate(row.full_marks),
        reason: row.reason.clone(),
        words: appeal.words.clone(),
    }
}

fn row(visit: &Visit, check: &DayCheck, items: &HashMap<String, String>) -> CheckRow {
    let last = check.appeals.last().map(|a| a.state.clone());
    CheckRow {
        post_name: check.post.1.clone(),
        post: check.post.0.clone(),
        slot: check.slot,
        class_id: check.class_id.clone(),
        class_name: class_label(&check.code),
        looks: check
            .looks
            .iter()
            .map(|l| look(visit, check, l, items))
            .collect(),
        differs: check.differs(),
        decided: check.decided(),
        appeal: last.unwrap_or_default(),
    }
}

fn look(visit: &Visit, check: &DayCheck, look: &Look, items: &HashMap<String, String>) -> LookCell {
    let (points, full) = look.sums();
    let before = |row: &InspectionRow| {
        let mut former = check.former.iter();
        let first = former.find(|f| f.inspection_id == row.id && f.why == "corrected");
        first.map(|f| f.points)
    };
    let shown = look
        .rows
        .iter()
        .filter(|r| r.points < r.full_marks || before(r).is_some());
    let cell = |r: &InspectionRow| ItemCell {
        name: items
            .get(&r.item)
            .cloned()
            .unwrap_or_else(|| r.item.clone()),
        points: coordinate(r.points),
        before: before(r).map(coordinate).unwrap_or_default(),
        reason: r.reason.clone(),
    };
    LookCell {
        time: look
            .rows
            .first()
            .map(|r| clock(r.saved_at, visit.origin.timezone, "%H:%M"))
            .unwrap_or_default(),
        by: look.by.clone(),
        counts: look.counts(),
        points: coordinate(points),
        full: coordinate(full),
        items: shown.map(cell).collect(),
    }
}

/// `POST /a/inspections`.
pub async fn act(visit: Visit, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let act = fields.need("act")?;
    let date = fields.need("date")?.parse::<NaiveDate>();
    let date = date.map_err(|_bad| Refusal::Invalid("date".to_owned()))?;
    let done = match fields.take("appeal") {
        Some(appeal) => rule(&visit, fields, appeal, &act).await,
        None => choose(&visit, fields, date, &act).await,
    };
    match done {
        Ok(said) => {
            let back = format!("/a/inspections?date={date}");
            Ok(visit.go_saying(&back, FlashKind::Ok, said, &[]))
        }
        Err(Failure::Refused(Refusal::Invalid(_))) => {
            page(&visit, date, String::new(), false, true).await
        }
        Err(other) => Err(other),
    }
}

async fn rule(
    visit: &Visit,
    mut fields: Fields,
    appeal: String,
    act: &str,
) -> Result<&'static str, Failure> {
    let words = fields.take("words").unwrap_or_default();
    let points = fields
        .take("points")
        .and_then(|p| p.trim().parse::<f64>().ok());
    fields.finish()?;
    let wrong = || Refusal::Invalid("points".to_owned());
    let ruling = match act {
        "uphold" => Ruling::Uphold,
        "correct" => Ruling::Correct(points.filter(|p| p.is_finite()).ok_or_else(wrong)?),
        _ => return Err(Refusal::NotFound.into()),
    };
    let rules = visit.app.rules.clone();
    visit
        .write(Door::Staff, move |tx, seen| {
            check_appeals::decide(tx, &seen.call, &appeal, ruling, (&words, &rules))
        })
        .await?;
    Ok("checks-ruled")
}

async fn choose(
    visit: &Visit,
    mut fields: Fields,
    on: NaiveDate,
    act: &str,
) -> Result<&'static str, Failure> {
    let looks = Looks {
        on,
        post: fields.need("post")?,
        slot: fields.need("slot")?.parse().unwrap_or(-1),
        class: fields.need("class")?,
    };
    fields.finish()?;
    let whose = Whose::parse(act).ok_or(Refusal::NotFound)?;
    let rules = visit.app.rules.clone();
    let words = crate::screens::say(visit.lang, "checks-both", &[]);
    visit
        .write(Door::Staff, move |tx, seen| {
            second_look::decide(tx, &seen.call, &looks, whose, (&words, &rules))
        })
        .await?;
    Ok("checks-decided-done")
}
