//! `GET,POST /a/rounds` and the three steps of a round: open, close, publish.

use actix_web::{HttpResponse, web};
use chrono::{Days, NaiveDate};

use super::{bar, class_label, percent, short_day};
use crate::{
    actions::{
        office_facts::{self, RoundFacts, RoundsFacts},
        publish_round,
        round_progress::{ClassPart, totals},
        rounds,
        rounds::NewRound,
    },
    domain::{ids::ClassId, refusal::Refusal, round::RoundState},
    screens::{
        FlashKind,
        office::{ClassParticipation, GradePick, RoundForm, RoundRow, Rounds},
        teacher_shared::Pick,
    },
    web::{
        failure::Failure,
        guard::{Boxes, Fields},
        visit::{Door, Visit},
    },
};

/// Threads of the long computation; two cores are what a school's PC has.
const THREADS: usize = 2;
/// How often it is computed anew when a sheet was corrected in between.
const TRIES: usize = 3;

/// What was typed into the form for a new round.
#[derive(Clone, Debug, Default)]
struct Typed {
    name: String,
    opens_on: String,
    closes_on: String,
    closes_at: String,
    /// None: every class.
    classes: Option<Vec<String>>,
    refused: Vec<&'static str>,
}

/// `GET /a/rounds`.
pub async fn list(visit: Visit) -> Result<HttpResponse, Failure> {
    let today = visit.origin.today();
    let typed = Typed {
        opens_on: today.to_string(),
        closes_on: today
            .checked_add_days(Days::new(4))
            .unwrap_or(today)
            .to_string(),
        closes_at: "16:00".to_owned(),
        ..Typed::default()
    };
    page(&visit, typed).await
}

async fn page(visit: &Visit, typed: Typed) -> Result<HttpResponse, Failure> {
    let (seen, facts) = visit
        .read(Door::Staff, |db, seen| {
            office_facts::all_rounds(db, &seen.call)
        })
        .await?;
    visit.page(&seen, &view(facts, typed))
}

fn view(facts: RoundsFacts, typed: Typed) -> Rounds {
    let frozen = facts.rounds.iter().any(|r| r.round.opened_at.is_some());
    Rounds {
        form: RoundForm {
            grades: grades(&facts, typed.classes.as_deref()),
            name: typed.name,
            opens_on: typed.opens_on,
            closes_on: typed.closes_on,
            closes_at: typed.closes_at,
            refused: typed.refused,
        },
        rubric_version: facts.rubric_version.to_string(),
        term_name: facts.term.map(|t| t.name).unwrap_or_default(),
        frozen,
        rounds: facts.rounds.into_iter().map(row).collect(),
    }
}

fn grades(facts: &RoundsFacts, chosen: Option<&[String]>) -> Vec<GradePick> {
    let mut picks: Vec<GradePick> = Vec::new();
    for (class, code, grade) in &facts.classes {
        let grade = u8::try_from(*grade).unwrap_or(0);
        let pick = Pick {
            value: class.id.clone(),
            label: class_label(code),
            chosen: chosen.is_none_or(|ids| ids.contains(&class.id)),
        };
        match picks.last_mut().filter(|last| last.grade == grade) {
            Some(last) => last.classes.push(pick),
            None => picks.push(GradePick {
                grade,
                classes: vec![pick],
            }),
        }
    }
    picks
}

/// One round as home and list show it.
pub fn row(facts: RoundFacts) -> RoundRow {
    let (done, of) = totals(&facts.parts);
    let round = facts.round;
    let state = RoundState::parse(&round.state).unwrap_or(RoundState::Draft);
    let participation = match state {
        RoundState::Draft => Vec::new(),
        _ => facts.parts.iter().map(class).collect(),
    };
    RoundRow {
        id: round.id,
        name: round.name,
        state: state.key(),
        opens: short_day(round.starts_on),
        closes: short_day(round.ends_on),
        classes: u32::try_from(facts.parts.len()).unwrap_or(0),
        done,
        of,
        bar: bar(done, of),
        percent: percent(done, of),
        participation,
    }
}

fn class(part: &ClassPart) -> ClassParticipation {
    ClassParticipation {
        code: part.code.clone(),
        name: class_label(&part.code),
        done: part.done,
        of: part.of,
        excused: part.excused,
        bar: bar(part.done, part.of),
        teachers_done: part.teachers_done,
        teachers_of: part.teachers_of,
        families: part.families,
    }
}

/// `POST /a/rounds`.
pub async fn create(visit: Visit, boxes: Boxes) -> Result<HttpResponse, Failure> {
    let (mut fields, mut lists) = boxes.split(|name| name == "class")?;
    let mut typed = Typed {
        name: fields.need("name")?,
        opens_on: fields.need("opens_on")?,
        closes_on: fields.need("closes_on")?,
        closes_at: fields.take("closes_at").unwrap_or_default(),
        classes: Some(lists.remove("class").unwrap_or_default()),
        refused: Vec::new(),
    };
    fields.finish()?;
    let new = match parse(&typed) {
        Ok(new) => new,
        Err(reason) => {
            typed.refused = vec![reason];
            return page(&visit, typed).await;
        }
    };
    let made = visit
        .write(Door::Staff, move |tx, seen| {
            rounds::create(tx, &seen.call, &new)
        })
        .await;
    match made {
        Ok((_, round)) => Ok(visit.go_saying(
            "/a/rounds",
            FlashKind::Ok,
            "office-round-created",
            &[("name", &round.name)],
        )),
        Err(Failure::Refused(refusal)) if reason(&refusal).is_some() => {
            typed.refused = reason(&refusal).into_iter().collect();
            page(&visit, typed).await
        }
        Err(other) => Err(other),
    }
}

fn parse(typed: &Typed) -> Result<NewRound, &'static str> {
    let date = |text: &str| text.parse::<NaiveDate>().map_err(|_bad| "dates");
    let classes = typed.classes.iter().flatten();
    let new = NewRound {
        name: typed.name.clone(),
        starts_on: date(&typed.opens_on)?,
        ends_on: date(&typed.closes_on)?,
        classes: classes.map(|id| ClassId::new(id.clone())).collect(),
    };
    if new.classes.is_empty() {
        return Err("classes");
    }
    Ok(new)
}

fn reason(refusal: &Refusal) -> Option<&'static str> {
    match refusal {
        Refusal::Taken(what) if what == "round-name" => Some("name_taken"),
        Refusal::Invalid(what) => match what.as_str() {
            "round-name" => Some("name"),
            "round-dates" | "round-outside-term" => Some("dates"),
            _ => None,
        },
        _ => None,
    }
}

/// `POST /a/rounds/{id}/open`.
pub async fn open(
    visit: Visit,
    path: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse, Failure> {
    let id = pressed(path, fields)?;
    let done = visit.write(Door::Staff, move |tx, seen| {
        rounds::open(tx, &seen.call, &id)
    });
    let done = done.await.map(|(_, round)| round.name);
    answer(&visit, done, "office-round-opened")
}

/// `POST /a/rounds/{id}/close`.
pub async fn close(
    visit: Visit,
    path: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse, Failure> {
    let id = pressed(path, fields)?;
    let done = visit.write(Door::Staff, move |tx, seen| {
        rounds::close(tx, &seen.call, &id)
    });
    let done = done.await.map(|(_, round)| round.name);
    answer(&visit, done, "office-round-closed")
}

/// `POST /a/rounds/{id}/publish`: computes first, without holding the writer, then stores.
pub async fn publish(
    visit: Visit,
    path: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse, Failure> {
    let id = pressed(path, fields)?;
    let done = publish_now(&visit, id).await;
    answer(&visit, done, "office-round-published")
}

async fn publish_now(visit: &Visit, id: String) -> Result<String, Failure> {
    for _ in 0..TRIES {
        let id = id.clone();
        let (_, prepared) = visit
            .read(Door::Staff, move |db, seen| {
                publish_round::prepare(db, &seen.call, &id, THREADS)
            })
            .await?;
        let rules = visit.app.rules.clone();
        let write = visit.write(Door::Staff, move |tx, seen| {
            publish_round::publish(tx, &seen.call, &prepared, &rules)
        });
        match write.await {
            Err(Failure::Refused(Refusal::Stale)) => {}
            Ok((_, done)) => return Ok(done.round.name),
            Err(other) => return Err(other),
        }
    }
    Err(Refusal::Stale.into())
}

fn pressed(path: web::Path<String>, fields: Fields) -> Result<String, Failure> {
    fields.finish()?;
    Ok(path.into_inner())
}

/// A second press, or a round that somebody else moved on, is told on the list instead of an error page.
fn answer(
    visit: &Visit,
    done: Result<String, Failure>,
    key: &str,
) -> Result<HttpResponse, Failure> {
    let (kind, key, name) = match done {
        Ok(name) => (FlashKind::Ok, key, name),
        Err(Failure::Refused(Refusal::WrongState)) => {
            (FlashKind::Attn, "office-round-wrong-state", String::new())
        }
        Err(Failure::Refused(Refusal::Invalid(what))) if what == "round-without-children" => {
            (FlashKind::Attn, "office-round-empty", String::new())
        }
        Err(other) => return Err(other),
    };
    Ok(visit.go_saying("/a/rounds", kind, key, &[("name", &name)]))
}
