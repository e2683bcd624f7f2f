//! The first page, the style sheet and scripts, health, robots, and the language switch.

use actix_web::{HttpResponse, http::header, web};
use serde::Deserialize;

use super::{app, failure::Failure, problem::Problem, visit::Visit};
use crate::{
    actions::class_door,
    screens::{Lang, assets, public::Doors},
    storage::schools,
};

/// Query of the doors.
#[derive(Deserialize)]
pub struct Asked {
    code: Option<String>,
}

/// `GET /`: five doors; `?code=` looks for a class page.
pub async fn doors(visit: Visit, asked: web::Query<Asked>) -> Result<HttpResponse, Failure> {
    let unknown_code = match asked.into_inner().code {
        Some(code) => {
            let code = code.trim().to_owned();
            let (looked_for, origin) = (code.clone(), visit.origin.clone());
            let found = visit
                .app
                .store
                .read(move |db| class_door::by_any_code(db, &origin, &looked_for))
                .await;
            match found {
                Ok(class) => return Ok(visit.go(&format!("/c/{}", class.door))),
                Err(_unknown) => Some(code.chars().take(12).collect()),
            }
        }
        None => None,
    };
    visit.open_page(&Doors {
        demo: visit.app.demo.clone(),
        unknown_code,
    })
}

/// `GET /static/{path}`.
pub async fn asset(path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let asset = assets::find(&path).ok_or_else(Problem::not_found)?;
    Ok(HttpResponse::Ok()
        .insert_header((header::CACHE_CONTROL, "public, max-age=31536000, immutable"))
        .content_type(asset.kind)
        .body(asset.bytes.into_owned()))
}

/// `GET /healthz`: the process lives.
pub async fn healthz() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body("ok\n")
}

/// `GET /readyz`: the data room answers.
pub async fn readyz(visit: Visit) -> Result<HttpResponse, Failure> {
    let count = visit.app.store.read(schools::all).await?.len();
    Ok(HttpResponse::Ok().json(serde_json::json!({ "ready": true, "schools": count })))
}

/// `GET /robots.txt`: nothing here is for search engines.
pub async fn robots() -> HttpResponse {
    HttpResponse::Ok()
        .content_type("text/plain; charset=utf-8")
        .body("User-agent: *\nDisallow: /\n")
}

/// Query of the language switch.
#[derive(Deserialize)]
pub struct Switch {
    lang: String,
    back: Option<String>,
}

/// `GET /language?lang=en&back=/`: remembers the reader's language on this device.
pub async fn language(visit: Visit, asked: web::Query<Switch>) -> HttpResponse {
    let lang = match asked.lang.starts_with("en") {
        true => Lang::English,
        false => Lang::Chinese,
    };
    let mut response = visit.go(&own_path(asked.back.as_deref().unwrap_or("/")));
    // Without the cookie the page simply stays in the browser's language.
    let _ = response.add_cookie(&app::language_cookie(lang));
    response
}

/// A path of this server, whatever was asked for: never another site.
pub fn own_path(asked: &str) -> String {
    let plain = asked.starts_with('/')
        && !asked.starts_with("//")
        && asked
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || "/-_.?=&".contains(c));
    if plain {
        asked.to_owned()
    } else {
        "/".to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::own_path;

    #[test]
    fn only_paths_of_our_own_are_followed() {
        let check = |asked: &str, expected: &str| assert_eq!(own_path(asked), expected);
        check("/t/classes/x?round=1", "/t/classes/x?round=1");
        for bad in [
            "//evil.example",
            "https://evil.example",
            "/\\evil",
            "javascript:alert(1)",
            "/a\r\nx",
            "",
            "t",
        ] {
            check(bad, "/");
        }
    }
}
