//! `GET /a/inspections`: the day's sheets by post.

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;
use serde::Deserialize;

use super::{class_label, clock};
use crate::{
    actions::check_class::{self, DaySheet},
    screens::{
        explain_digits::coordinate,
        office_inspection::{InspectionRow, Inspections},
        teacher_shared::Pick,
    },
    web::{
        failure::Failure,
        visit::{Door, Visit},
    },
};

/// Query of the page.
#[derive(Deserialize)]
pub struct Asked {
    date: Option<String>,
    post: Option<String>,
}

/// `GET /a/inspections`.
pub async fn list(visit: Visit, asked: web::Query<Asked>) -> Result<HttpResponse, Failure> {
    let asked = asked.into_inner();
    let date = asked.date.and_then(|d| d.parse::<NaiveDate>().ok());
    let date = date.unwrap_or_else(|| visit.origin.today());
    let post = asked.post.unwrap_or_default();
    let wanted = post.clone();
    let (seen, (sheets, posts, of)) = visit
        .read(Door::Staff, move |db, seen| {
            check_class::day(db, &seen.call, date, &wanted)
        })
        .await?;
    let mut checked: Vec<&str> = sheets.iter().map(|s| s.code.as_str()).collect();
    checked.sort_unstable();
    checked.dedup();
    let posts = posts.into_iter().map(|p| Pick {
        chosen: p.id == post,
        value: p.id,
        label: p.name,
    });
    let page = Inspections {
        date: date.to_string(),
        posts: posts.collect(),
        checked: u32::try_from(checked.len()).unwrap_or(0),
        of: u32::try_from(of).unwrap_or(0),
        rows: sheets.iter().map(|s| row(&visit, s)).collect(),
    };
    visit.page(&seen, &page)
}

fn row(visit: &Visit, sheet: &DaySheet) -> InspectionRow {
    let first = sheet.rows.first();
    let sum = |of: fn(&crate::storage::inspections::InspectionRow) -> f64| {
        coordinate(sheet.rows.iter().map(of).sum())
    };
    let reasons = sheet.rows.iter().map(|r| r.reason.clone());
    InspectionRow {
        id: first.map(|r| r.id.clone()).unwrap_or_default(),
        time: first
            .map(|r| clock(r.saved_at, visit.origin.timezone, "%H:%M"))
            .unwrap_or_default(),
        post_name: sheet.post.clone(),
        class_name: class_label(&sheet.code),
        by: sheet.by.clone(),
        points: sum(|r| r.points),
        full: sum(|r| r.full_marks),
        reasons: reasons.filter(|r| !r.is_empty()).collect(),
        appeal: "none",
    }
}
