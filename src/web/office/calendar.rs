//! `GET,POST /a/calendar`: terms and holidays.

use actix_web::HttpResponse;
use chrono::NaiveDate;

use crate::{
    actions::{
        Acted, office_facts,
        session::Seen,
        terms::{self, Span},
    },
    domain::refusal::Refusal,
    screens::{
        FlashKind,
        office_data::{Calendar, HolidayRow, TermRow},
    },
    storage::{Db, Tx, rounds, schools},
    web::{
        failure::Failure,
        guard::Fields,
        visit::{Door, Visit},
    },
};

/// `GET /a/calendar`.
pub async fn show(visit: Visit) -> Result<HttpResponse, Failure> {
    page(&visit, Vec::new()).await
}

async fn page(visit: &Visit, refused: Vec<&'static str>) -> Result<HttpResponse, Failure> {
    let (seen, mut calendar) = visit.read(Door::Staff, load).await?;
    calendar.refused = refused;
    visit.page(&seen, &calendar)
}

fn load(db: &mut Db, seen: &Seen) -> Acted<Calendar> {
    let call = &seen.call;
    call.actor.run_school()?;
    let current = office_facts::term_at(db, &call.school, call.today)?;
    let mut page = Calendar {
        terms: Vec::new(),
        holidays: Vec::new(),
        today: call.today.to_string(),
        week: None,
        refused: Vec::new(),
    };
    for term in schools::terms(db, &call.school)? {
        let holidays = schools::holidays(db, &call.school, &term.id)?;
        let is_current = current.as_ref().is_some_and(|c| c.id == term.id);
        if is_current {
            page.week = office_facts::week(&term, &holidays, call.today);
        }
        page.terms.push(TermRow {
            weeks: office_facts::weeks(&term, &holidays),
            in_use: !rounds::of_term(db, &call.school, &term.id)?.is_empty(),
            current: is_current,
            id: term.id,
            name: term.name,
            starts_on: term.starts_on.to_string(),
            ends_on: term.ends_on.to_string(),
        });
        page.holidays
            .extend(holidays.into_iter().map(|h| HolidayRow {
                id: h.id,
                name: h.name,
                from_on: h.starts_on.to_string(),
                to_on: h.ends_on.to_string(),
            }));
    }
    Ok(page)
}

/// `POST /a/calendar`.
pub async fn act(visit: Visit, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let action = fields.need("action")?;
    let term = fields.take("term").unwrap_or_default();
    let holiday = fields.take("holiday").unwrap_or_default();
    let span = span(&mut fields);
    fields.finish()?;
    let needs_span = !action.starts_with("remove-");
    if needs_span && span.is_none() {
        return page(&visit, vec!["dates"]).await;
    }
    let done = visit.write(Door::Staff, move |tx, seen| {
        step(tx, seen, &action, &term, &holiday, span.as_ref())
    });
    match done.await {
        Ok(_) => Ok(visit.go_saying("/a/calendar", FlashKind::Ok, "office-saved", &[])),
        Err(Failure::Refused(refusal)) if reason(&refusal).is_some() => {
            page(&visit, reason(&refusal).into_iter().collect()).await
        }
        Err(other) => Err(other),
    }
}

fn span(fields: &mut Fields) -> Option<Span> {
    let name = fields.take("name");
    let (from, to) = (fields.take("starts_on"), fields.take("ends_on"));
    let date = |text: Option<String>| text?.parse::<NaiveDate>().ok();
    Some(Span {
        name: name?,
        starts_on: date(from)?,
        ends_on: date(to)?,
    })
}

fn step(
    tx: &mut Tx<'_>,
    seen: &Seen,
    action: &str,
    term: &str,
    holiday: &str,
    span: Option<&Span>,
) -> Acted<()> {
    let call = &seen.call;
    call.actor.run_school()?;
    match (action, span) {
        ("add-term", Some(span)) => terms::plan(tx, call, span).map(drop),
        ("save-term", Some(span)) => terms::change(tx, call, term, span).map(drop),
        ("remove-term", _) => terms::remove(tx, call, term),
        ("add-holiday", Some(span)) => {
            let all = schools::terms(tx, &call.school)?;
            let of = all
                .iter()
                .find(|t| t.starts_on <= span.starts_on && span.starts_on <= t.ends_on);
            let of = of.ok_or_else(|| Refusal::Invalid("holiday-outside-term".to_owned()))?;
            terms::add_holiday(tx, call, &of.id, span).map(drop)
        }
        ("remove-holiday", _) => {
            for term in schools::terms(tx, &call.school)? {
                let known = schools::holidays(tx, &call.school, &term.id)?;
                if known.iter().any(|h| h.id == holiday) {
                    return terms::remove_holiday(tx, call, &term.id, holiday);
                }
            }
            Err(Refusal::NotFound.into())
        }
        _ => Err(Refusal::Invalid("action".to_owned()).into()),
    }
}

fn reason(refusal: &Refusal) -> Option<&'static str> {
    match refusal {
        Refusal::Invalid(what) => match what.as_str() {
            "term-overlaps" | "holiday-overlaps" => Some("overlap"),
            "term-in-use" | "term-rounds-outside" | "term-holidays-outside" => Some("in_use"),
            "term-dates"
            | "term-name"
            | "holiday-dates"
            | "holiday-name"
            | "holiday-outside-term" => Some("dates"),
            _ => None,
        },
        Refusal::Taken(_) => Some("overlap"),
        _ => None,
    }
}
