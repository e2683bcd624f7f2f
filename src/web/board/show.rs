//! `GET /screen/show` and `GET /api/v1/screens/current/frame`.

use actix_web::{
    HttpResponse,
    http::header::{self, ETag, EntityTag, Header, IfNoneMatch},
    web,
};
use serde::Deserialize;

use super::frames::{self, Key};
use crate::{
    screens::board::Show,
    web::{
        failure::Failure,
        visit::{Door, Visit},
    },
};

/// Query of the page: which slide a display without script shows first.
#[derive(Deserialize)]
pub struct Asked {
    slide: Option<usize>,
}

/// `GET /screen/show`.
pub async fn page(visit: Visit, asked: web::Query<Asked>) -> Result<HttpResponse, Failure> {
    let (seen, ()) = visit
        .read(Door::Screen, |_, seen| Ok(super::class_of(seen).map(drop)?))
        .await?;
    let key = Key::of(&seen, visit.lang)?;
    let drawn = frames::current(&visit.app, &key, &visit.origin).await?;
    let count = drawn.show.slides.len().max(1);
    let at = asked.slide.unwrap_or(0) % count;
    let page = Show {
        at: u32::try_from(at).unwrap_or(0),
        next: format!("/screen/show?slide={}", (at + 1) % count),
        ..drawn.show.clone()
    };
    visit.page(&seen, &page)
}

/// `GET /api/v1/screens/current/frame`.
pub async fn frame(visit: Visit) -> Result<HttpResponse, Failure> {
    let (seen, ()) = visit
        .read(Door::Screen, |_, seen| Ok(super::class_of(seen).map(drop)?))
        .await?;
    let key = Key::of(&seen, visit.lang)?;
    let drawn = frames::current(&visit.app, &key, &visit.origin).await?;
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
    response.insert_header(ETag(tag));
    response.insert_header((header::CACHE_CONTROL, "private, no-cache"));
    Ok(if known {
        response.finish()
    } else {
        response
            .content_type("application/json")
            .body(drawn.json.clone())
    })
}
