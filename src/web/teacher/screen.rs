//! `GET,POST /t/classes/{id}/screen`: hide the class's displays for the lesson, show them again, pair one.

use actix_web::{HttpResponse, web};

use super::words;
use crate::{
    actions::{
        board_plan, class_desk, hide_display,
        hide_display::Span,
        screens::{self, NewScreen},
    },
    domain::{actor::ClassView, ids::ClassId, programme::Kind, refusal::Refusal},
    screens::{FlashKind, office_screens::ScreenRow, teacher_screen::ClassScreen},
    web::{
        failure::Failure,
        guard::Fields,
        office::screens::{pair_address, row, try_code},
        visit::{Door, Visit},
    },
};

/// `GET /t/classes/{id}/screen`.
pub async fn show(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    page(&visit, ClassId::new(id.into_inner()), String::new(), None).await
}

async fn page(
    visit: &Visit,
    class: ClassId,
    code: String,
    refused: Option<&'static str>,
) -> Result<HttpResponse, Failure> {
    let of = class.clone();
    let read = visit.read(Door::Staff, move |db, seen| {
        let call = &seen.call;
        let desk = class_desk::desk(db, call, &of)?;
        let leads = desk.view != ClassView::Subject;
        let rows = match leads {
            true => screens::list(db, call, Some(&of))?,
            false => Vec::new(),
        };
        Ok((desk, rows, board_plan::load(db, &call.school, call.now)?))
    });
    let (seen, (desk, rows, plan)) = read.await?;
    let (now, zone) = (visit.origin.now, visit.origin.timezone);
    let programme = plan.programme(Kind::Classroom.key(), Kind::Classroom);
    let clock = |at: i64| words::clock(at, zone);
    let live = rows.iter().filter(|one| one.screen.revoked_at.is_none());
    let view = ClassScreen {
        name: desk.name.clone(),
        hidden_until: plan.hidden_until(&class, now).map(clock),
        lesson_until: plan.lesson_ends(now, zone).map(clock),
        mode: plan.mode(&programme, Some(&class), now, zone).key(),
        leads: desk.view != ClassView::Subject,
        rows: live
            .map(|one| ScreenRow {
                class_name: String::new(),
                ..row(visit, one, &[])
            })
            .collect(),
        pair_address: pair_address(visit),
        code,
        refused,
        id: class.to_string(),
    };
    visit.page(&seen, &view)
}

/// `POST /t/classes/{id}/screen`.
pub async fn act(
    visit: Visit,
    id: web::Path<String>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let class = ClassId::new(id.into_inner());
    match fields.need("action")?.as_str() {
        "hide" => hide(visit, class, fields).await,
        "show" => unhide(visit, class, fields).await,
        "pair" => pair(visit, class, fields).await,
        "revoke" => revoke(visit, class, fields).await,
        _ => Err(Refusal::Invalid("action".to_owned()).into()),
    }
}

fn address(class: &ClassId) -> String {
    format!("/t/classes/{class}/screen")
}

async fn hide(visit: Visit, class: ClassId, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let span = Span::parse(&fields.need("span")?)?;
    fields.finish()?;
    let (home, zone) = (address(&class), visit.origin.timezone);
    let write = visit.write(Door::Staff, move |tx, seen| {
        hide_display::hide(tx, &seen.call, &class, span, zone)
    });
    let (_, until) = write.await?;
    let until = words::clock(until, zone);
    Ok(visit.go_saying(
        &home,
        FlashKind::Ok,
        "screens-hidden-now",
        &[("until", &until)],
    ))
}

async fn unhide(visit: Visit, class: ClassId, fields: Fields) -> Result<HttpResponse, Failure> {
    fields.finish()?;
    let home = address(&class);
    let write = visit.write(Door::Staff, move |tx, seen| {
        hide_display::show(tx, &seen.call, &class)
    });
    write.await?;
    Ok(visit.go_saying(&home, FlashKind::Ok, "screens-shown-now", &[]))
}

async fn pair(visit: Visit, class: ClassId, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let code: String = fields.need("code")?.split_whitespace().collect();
    let place = fields.need("place")?;
    fields.finish()?;
    let new = NewScreen {
        place,
        class: Some(class.clone()),
    };
    match try_code(&visit, &code, new).await {
        Ok(name) => {
            let args = [("name", name.as_str())];
            Ok(visit.go_saying(
                &address(&class),
                FlashKind::Ok,
                "office-screen-paired",
                &args,
            ))
        }
        // The class itself was found or the page below says that it is not.
        Err(Failure::Refused(Refusal::NotFound)) => page(&visit, class, code, Some("code")).await,
        Err(other) => Err(other),
    }
}

async fn revoke(visit: Visit, class: ClassId, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let id = fields.need("screen")?;
    fields.finish()?;
    let home = address(&class);
    let write = visit.write(Door::Staff, move |tx, seen| {
        screens::revoke(tx, &seen.call, &id)
    });
    write.await?;
    Ok(visit.go_saying(&home, FlashKind::Ok, "office-screen-revoked", &[]))
}
