//! `GET,POST /a/screens`: pair a display by its code, list, revoke, choose what halls show.

use actix_web::HttpResponse;

use super::{class_label, clock};
use crate::{
    actions::{
        office_facts,
        screens::{self, Listed, NewScreen},
    },
    domain::{ids::ClassId, refusal::Refusal},
    screens::{
        FlashKind,
        office_people::{ScreenList, ScreenRow},
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
    page(&visit, String::new(), None).await
}

async fn page(
    visit: &Visit,
    code: String,
    refused: Option<&'static str>,
) -> Result<HttpResponse, Failure> {
    let (seen, (listed, classes, hall_view)) = visit
        .read(Door::Staff, |db, seen| {
            let (call, school) = (&seen.call, &seen.call.school);
            Ok((
                screens::list(db, call)?,
                office_facts::classes_on(db, school, call.today)?,
                screens::hall_view(db, school)?,
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
    let rows = listed.iter().map(|one| row(visit, one, &picks)).collect();
    let host = visit.app.public_url.split("://").last().unwrap_or_default();
    visit.page(
        &seen,
        &ScreenList {
            rows,
            classes: picks,
            pair_address: format!("{host}/screen"),
            code,
            refused,
            hall_view,
        },
    )
}

fn row(visit: &Visit, listed: &Listed, classes: &[Pick]) -> ScreenRow {
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
        "view" => view(visit, fields).await,
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
        return page(&visit, code, Some("code")).await;
    }
    let new = NewScreen {
        place,
        class: class.map(ClassId::new),
    };
    // One more way to guess, one limit for all of them (S-07).
    let account = format!("pairing/{}", visit.session(&Door::Staff)?);
    let tried = visit.app.throttle.guess(&account, None)?;
    let wanted = code.clone();
    let paired = visit.write(Door::Staff, move |tx, seen| {
        screens::pair(tx, &seen.call, &wanted, &new)
    });
    match paired.await {
        Ok((_, row)) => {
            visit.app.throttle.right(&account, tried);
            let args = [("name", row.name.as_str())];
            Ok(visit.go_saying("/a/screens", FlashKind::Ok, "office-screen-paired", &args))
        }
        Err(Failure::Refused(Refusal::NotFound)) => page(&visit, code, Some("code")).await,
        Err(other) => Err(other),
    }
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

async fn view(visit: Visit, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let wanted = fields.need("hall_view")?;
    fields.finish()?;
    visit
        .write(Door::Staff, move |tx, seen| {
            screens::set_hall_view(tx, &seen.call, &wanted)
        })
        .await?;
    Ok(visit.go_saying("/a/screens", FlashKind::Ok, "office-saved", &[]))
}
