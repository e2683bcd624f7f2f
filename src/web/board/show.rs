//! `GET /screen/show`, `GET /api/v1/screens/current/frame` and `…/boards/{board}`.

use std::sync::Arc;

use actix_web::{
    HttpResponse,
    http::{
        StatusCode,
        header::{self, ETag, EntityTag, Header, IfNoneMatch},
    },
    web,
};
use serde::Deserialize;

use super::{
    frames::{self, Drawn},
    plans::Display,
};
use crate::{
    actions::session::Seen,
    domain::{programme::Board, refusal::Refusal},
    screens::board::Show,
    web::{
        failure::Failure,
        office::clock,
        visit::{Door, Visit},
    },
};

/// Query of the page: which slide a display without script shows first.
#[derive(Deserialize)]
pub struct Asked {
    slide: Option<usize>,
}

/// `GET /screen/show`. A display that was turned off waits in the dark, with 404.
pub async fn page(visit: Visit, asked: web::Query<Asked>) -> Result<HttpResponse, Failure> {
    let (seen, display) = display(&visit).await?;
    let drawn = match frames::current(&visit.app, &display, visit.lang, &visit.origin).await {
        Err(Failure::Refused(Refusal::NotFound)) => {
            return visit.page_as(StatusCode::NOT_FOUND, Some(&seen), &Show::off());
        }
        drawn => drawn?,
    };
    let count = drawn.show.slides.len().max(1);
    let at = asked.slide.unwrap_or(0) % count;
    let page = Show {
        at: u32::try_from(at).unwrap_or(0),
        next: format!("/screen/show?slide={}", (at + 1) % count),
        updated_at: clock(visit.origin.now, visit.origin.timezone, "%H:%M"),
        ..drawn.show.clone()
    };
    visit.page(&seen, &page)
}

async fn display(visit: &Visit) -> Result<(Seen, Display), Failure> {
    let read = visit.read(Door::Screen, |_, seen| Ok(Display::of(seen)?));
    read.await
}

async fn drawn(visit: &Visit) -> Result<Arc<Drawn>, Failure> {
    let (_, display) = display(visit).await?;
    frames::current(&visit.app, &display, visit.lang, &visit.origin).await
}

/// `GET /api/v1/screens/current/frame`.
pub async fn frame(visit: Visit) -> Result<HttpResponse, Failure> {
    let drawn = drawn(&visit).await?;
    let tag = EntityTag::new_strong(drawn.version.clone());
    let known = match IfNoneMatch::parse(&visit.req) {
        Ok(IfNoneMatch::Items(tags)) => tags.iter().any(|t| t.weak_eq(&tag)),
        _ => false,
    };
    let mut response = if known {
        HttpResponse::NotModified()
    } else {
        HttpResponse::Ok()
    };
    let clock = clock(visit.origin.now, visit.origin.timezone, "%H:%M");
    response.insert_header(ETag(tag));
    response.insert_header((header::CACHE_CONTROL, "private, no-cache"));
    // So that a display that hears "as before" can say until when that was true.
    response.insert_header(("x-board-time", clock));
    Ok(if known {
        response.finish()
    } else {
        response
            .content_type("application/json")
            .body(drawn.json.clone())
    })
}

/// `GET /api/v1/screens/current/boards/{board}`: one board's slides; a board that was turned off is not found.
pub async fn one(visit: Visit, board: web::Path<String>) -> Result<HttpResponse, Failure> {
    let drawn = drawn(&visit).await?;
    let board = Board::parse(&board).filter(|board| drawn.boards.contains(board));
    let board = board.ok_or(Refusal::NotFound)?;
    Ok(HttpResponse::Ok().json(drawn.frame.only(board.key())))
}
