//! `GET,POST /a/screens`: pair a display by its code, list, revoke, type the school's lessons.

use actix_web::HttpResponse;

use super::{class_label, clock};
use crate::{
    actions::{
        board_plan::{self, Plan},
        office_facts,
        programmes::{self, DAYS},
        screens::{self, Listed, NewScreen},
    },
    domain::{ids::ClassId, lesson_times, programme::Kind, refusal::Refusal},
    screens::{
        FlashKind,
        office_screens::{LessonDay, ProgrammeLine, ScreenList, ScreenRow},
        teacher_shared::Pick,
    },
    web::{
        failure::Failure,
        guard::Fields,
        visit::{Door, Visit},
    },
};

/// A display that was seen within this time lives, in milliseconds.
const LIVE: i64 = 3 * 60_000;

/// `GET /a/screens`.
pub async fn list(visit: Visit) -> Result<HttpResponse, Failure> {
    page(&visit, Typed::default()).await
}

/// What came back because it could not be done.
#[derive(Default)]
struct Typed {
    code: String,
    refused: Option<&'static str>,
    days: Option<Vec<String>>,
}

impl Typed {
    fn code(code: String) -> Self {
        Self {
            code,
            refused: Some("code"),
            days: None,
        }
    }
}

async fn page(visit: &Visit, typed: Typed) -> Result<HttpResponse, Failure> {
    let (seen, (listed, classes, plan)) = visit
        .read(Door::Staff, |db, seen| {
            let (call, school) = (&seen.call, &seen.call.school);
            Ok((
                screens::list(db, call, None)?,
                office_facts::classes_on(db, school, call.today)?,
                board_plan::load(db, school, call.now)?,
            ))
        })
        .await?;
    let picks: Vec<Pick> = classes
        .into_iter()
        .map(|(class, code, _)| Pick {
            value: class.id,
            label: class_label(&code),
            chosen: false,
        })
        .collect();
    let rows = listed.iter().map(|one| ScreenRow {
        own: plan.has_own(&one.screen.id),
        ..row(visit, one, &picks)
    });
    visit.page(
        &seen,
        &ScreenList {
            rows: rows.collect(),
            classes: picks,
            pair_address: pair_address(visit),
            code: typed.code,
            refused: typed.refused,
            programmes: [Kind::Hall, Kind::Classroom]
                .map(|kind| line(&plan, kind))
                .into(),
            days: days(&plan, typed.days.as_deref()),
        },
    )
}

/// What is typed into a display's browser.
pub fn pair_address(visit: &Visit) -> String {
    let host = visit.app.public_url.split("://").last().unwrap_or_default();
    format!("{host}/screen")
}

fn line(plan: &Plan, kind: Kind) -> ProgrammeLine {
    let programme = plan.programme(kind.key(), kind);
    ProgrammeLine {
        kind: kind.key(),
        boards: programme.shown().map(|board| board.key()).collect(),
        seconds: programme.seconds,
        on: programme.on,
    }
}

fn days(plan: &Plan, typed: Option<&[String]>) -> Vec<LessonDay> {
    let day = |weekday: u32| {
        let at = usize::try_from(weekday).unwrap_or(0);
        let text = match typed.and_then(|days| days.get(at)) {
            Some(text) => text.clone(),
            None => plan.lessons.written(weekday),
        };
        LessonDay {
            weekday,
            wrong: lesson_times::read(weekday, &text).is_err(),
            text,
        }
    };
    (0..DAYS).map(day).collect()
}

/// A display in a list.
pub fn row(visit: &Visit, listed: &Listed, classes: &[Pick]) -> ScreenRow {
    let (screen, now, timezone) = (&listed.screen, visit.origin.now, visit.origin.timezone);
    let class = screen.class_id.as_ref();
    let class = class.and_then(|id| classes.iter().find(|p| p.value == *id));
    let state = match (screen.revoked_at, listed.seen) {
        (Some(_), _) => "revoked",
        (None, Some((at, _))) if now - at < LIVE => "live",
        _ => "silent",
    };
    let written =
        |at: Option<i64>, form: &str| at.map(|at| clock(at, timezone, form)).unwrap_or_default();
    ScreenRow {
        id: screen.id.clone(),
        kind: if screen.class_id.is_some() {
            "classroom"
        } else {
            "hall"
        },
        place: screen.name.clone(),
        class_name: class.map(|p| p.label.clone()).unwrap_or_default(),
        own: false,
        state,
        seen: written(listed.seen.map(|s| s.0), "%m-%d %H:%M"),
        until: written(listed.seen.map(|s| s.1), "%m-%d"),
    }
}

/// `POST /a/screens`.
pub async fn act(visit: Visit, mut fields: Fields) -> Result<HttpResponse, Failure> {
    match fields.need("action")?.as_str() {
        "pair" => pair(visit, fields).await,
        "revoke" => revoke(visit, fields).await,
        "lessons" => lessons(visit, fields).await,
        _ => Err(Refusal::Invalid("action".to_owned()).into()),
    }
}

async fn pair(visit: Visit, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let code: String = fields
        .need("code")?
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    let (kind, class) = (fields.need("kind")?, fields.take("class"));
    let place = fields.need("place")?;
    fields.finish()?;
    let class = class.filter(|id| kind == "classroom" && !id.is_empty());
    if kind == "classroom" && class.is_none() {
        return page(&visit, Typed::code(code)).await;
    }
    let new = NewScreen {
        place,
        class: class.map(ClassId::new),
    };
    match try_code(&visit, &code, new).await {
        Ok(name) => {
            let args = [("name", name.as_str())];
            Ok(visit.go_saying("/a/screens", FlashKind::Ok, "office-screen-paired", &args))
        }
        Err(Failure::Refused(Refusal::NotFound)) => page(&visit, Typed::code(code)).await,
        Err(other) => Err(other),
    }
}

/// Pairs a display by its code; returns its name. One more way to guess, one limit for all of them (S-07).
pub async fn try_code(visit: &Visit, code: &str, new: NewScreen) -> Result<String, Failure> {
    let account = format!("pairing/{}", visit.session(&Door::Staff)?);
    let tried = visit.app.throttle.guess(&account, None)?;
    let wanted = code.to_owned();
    let paired = visit.write(Door::Staff, move |tx, seen| {
        screens::pair(tx, &seen.call, &wanted, &new)
    });
    let (_, row) = paired.await?;
    visit.app.throttle.right(&account, tried);
    Ok(row.name)
}

async fn revoke(visit: Visit, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let id = fields.need("screen")?;
    fields.finish()?;
    visit
        .write(Door::Staff, move |tx, seen| {
            screens::revoke(tx, &seen.call, &id)
        })
        .await?;
    Ok(visit.go_saying("/a/screens", FlashKind::Ok, "office-screen-revoked", &[]))
}

async fn lessons(visit: Visit, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let mut days = Vec::new();
    for weekday in 0..DAYS {
        days.push(fields.take(&format!("day{weekday}")).unwrap_or_default());
    }
    fields.finish()?;
    let typed = days.clone();
    let write = visit.write(Door::Staff, move |tx, seen| {
        programmes::set_lessons(tx, &seen.call, &days)
    });
    match write.await {
        Ok(_) => Ok(visit.go_saying("/a/screens", FlashKind::Ok, "office-saved", &[])),
        Err(Failure::Refused(Refusal::Invalid(_))) => {
            let again = Typed {
                days: Some(typed),
                ..Typed::default()
            };
            page(&visit, again).await
        }
        Err(other) => Err(other),
    }
}
