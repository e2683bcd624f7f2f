//! `GET,POST /t/classes/{id}/checks`: what duty posts found in a class this week, and the homeroom teacher's appeal
//! within a day.

use actix_web::{HttpResponse, http::StatusCode, web};
use chrono::{Days, NaiveDate};
use serde::Deserialize;

use crate::{
    actions::{
        check_appeals, class_checks,
        class_checks::{CheckedItem, ClassCheck},
        class_desk,
    },
    domain::{
        actor::ClassView,
        calendar::monday,
        duty::{APPEAL_MILLIS, may_appeal},
        ids::ClassId,
        refusal::Refusal,
    },
    screens::{
        FlashKind,
        explain_digits::coordinate,
        teacher_checks::{CheckCard, CheckDay, CheckLine, ClassChecks},
    },
    storage::students,
    web::{
        failure::Failure,
        guard::Fields,
        office::{clock, short_day},
        visit::{Door, Visit},
    },
};

/// Query of the page.
#[derive(Deserialize)]
pub struct Asked {
    day: Option<String>,
}

/// `GET /t/classes/{id}/checks`.
pub async fn show(
    visit: Visit,
    path: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let day = asked.into_inner().day.and_then(|d| d.parse().ok());
    let day = day.unwrap_or_else(|| visit.origin.today());
    page(&visit, path.into_inner(), day, false).await
}

async fn page(
    visit: &Visit,
    class: String,
    day: NaiveDate,
    wrong: bool,
) -> Result<HttpResponse, Failure> {
    let id = ClassId::new(class.clone());
    let (seen, (checks, homeroom, name)) = visit
        .read(Door::Staff, move |db, seen| {
            let view = seen.call.actor.see_class(&id)?.view();
            let checks = class_checks::of_week(db, &seen.call, &id, day)?;
            let row = students::class(db, &seen.call.school, &id)?;
            let name = class_desk::name(&row, seen.call.today);
            Ok((checks, view == ClassView::Homeroom, name))
        })
        .await?;
    let from = monday(day);
    let next = from + Days::new(7);
    let view = ClassChecks {
        class_id: class,
        class_name: name,
        day: from.to_string(),
        from: short_day(from),
        to: short_day(from + Days::new(6)),
        before: (from - Days::new(7)).to_string(),
        after: match next <= visit.origin.today() {
            true => next.to_string(),
            false => String::new(),
        },
        days: days(visit, &checks, homeroom),
        wrong,
    };
    let status = match wrong {
        true => StatusCode::UNPROCESSABLE_ENTITY,
        false => StatusCode::OK,
    };
    visit.page_as(status, Some(&seen), &view)
}

fn days(visit: &Visit, checks: &[ClassCheck], homeroom: bool) -> Vec<CheckDay> {
    let mut days: Vec<CheckDay> = Vec::new();
    for check in checks {
        let date = short_day(check.on);
        let card = card(visit, check, homeroom);
        match days.last_mut().filter(|day| day.date == date) {
            Some(day) => day.checks.push(card),
            None => days.push(CheckDay {
                date,
                checks: vec![card],
            }),
        }
    }
    days
}

fn card(visit: &Visit, check: &ClassCheck, homeroom: bool) -> CheckCard {
    let zone = visit.origin.timezone;
    let still = homeroom && may_appeal(check.first_at, visit.origin.now);
    let full = |item: &&CheckedItem| item.row.points >= item.row.full_marks;
    let until = clock(check.first_at + APPEAL_MILLIS, zone, "%m-%d %H:%M");
    let all_full = check.items.iter().all(|i| full(&i));
    CheckCard {
        post: check.post.clone(),
        time: clock(check.first_at, zone, "%H:%M"),
        full: all_full,
        items: check
            .items
            .iter()
            .filter(|item| !full(item) || item.before.is_some())
            .map(|item| line(item, still))
            .collect(),
        until: match still && !all_full {
            true => until,
            false => String::new(),
        },
    }
}

fn line(item: &CheckedItem, still: bool) -> CheckLine {
    let appeal = item.appeal.as_ref();
    CheckLine {
        id: item.row.id.clone(),
        name: item.name.clone(),
        points: coordinate(item.row.points),
        full: coordinate(item.row.full_marks),
        before: item.before.map(coordinate).unwrap_or_default(),
        reason: item.row.reason.clone(),
        appeal: appeal.map(|a| a.state.clone()).unwrap_or_default(),
        words: appeal.map(|a| a.words.clone()).unwrap_or_default(),
        answer: appeal.map(|a| a.answer.clone()).unwrap_or_default(),
        may_appeal: still && appeal.is_none() && item.row.points < item.row.full_marks,
    }
}

/// `POST /t/classes/{id}/checks`.
pub async fn act(
    visit: Visit,
    path: web::Path<String>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let class = path.into_inner();
    let (check, words) = (fields.need("check")?, fields.need("words")?);
    let day = fields.take("day").and_then(|d| d.parse().ok());
    let day = day.unwrap_or_else(|| visit.origin.today());
    fields.finish()?;
    let id = ClassId::new(class.clone());
    let done = visit.write(Door::Staff, move |tx, seen| {
        check_appeals::file(tx, &seen.call, &id, &check, &words)
    });
    match done.await {
        Ok(_) => {
            let back = format!("/t/classes/{class}/checks?day={day}");
            Ok(visit.go_saying(&back, FlashKind::Ok, "checks-appealed", &[]))
        }
        Err(Failure::Refused(Refusal::Invalid(_))) => page(&visit, class, day, true).await,
        Err(other) => Err(other),
    }
}
