//! The OpenAPI document. A route that is missing here fails a test (`tests/it/web/openapi.rs`).

use utoipa::{
    Modify, OpenApi,
    openapi::{
        Components,
        security::{ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityScheme},
    },
};

use super::{audit, docs, explanation, rankings, rounds, scores, sessions, sheets};
use crate::web::app;

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Starlight API",
        description = "What scripts may do with Starlight: the same rules as on its pages. Errors are problem \
            documents (RFC 9457). Whatever is out of reach looks as if it did not exist. Lists are cut by `limit` \
            and `cursor`. Unknown keys in bodies and queries are refused."
    ),
    servers((url = "/", description = "This server")),
    paths(
        sessions::begin, sessions::list, sessions::end, sessions::end_others,
        rounds::list, rounds::create, rounds::open, rounds::close, rounds::publish,
        sheets::tasks, sheets::put,
        scores::participation, rankings::classes, scores::list, explanation::get,
        screen_frame, screen_board, screen_events,
        audit::list, docs::openapi,
    ),
    tags(
        (name = "sessions", description = "Signing in and out"),
        (name = "rounds", description = "Rounds and their states"),
        (name = "rating", description = "Saying something"),
        (name = "results", description = "Counts, rankings, numbers and how they came about"),
        (name = "screens", description = "What a paired display shows"),
        (name = "audit", description = "Who did what"),
        (name = "document", description = "This document"),
    ),
    security(("bearer" = []), ("staff" = []), ("child" = []), ("family" = [])),
    components(schemas(super::shapes::ProblemDocument, super::shapes::WrongPlace)),
    modifiers(&Keys),
)]
struct Document;

/// The document of this version.
pub fn document() -> utoipa::openapi::OpenApi {
    Document::openapi()
}

struct Keys;

impl Modify for Keys {
    fn modify(&self, document: &mut utoipa::openapi::OpenApi) {
        let components = document.components.get_or_insert_with(Components::new);
        let bearer = HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .bearer_format("JWT")
            .build();
        components.add_security_scheme("bearer", SecurityScheme::Http(bearer));
        let cookies = [
            ("staff", app::STAFF),
            ("child", app::CHILD),
            ("family", app::FAMILY[0]),
            ("screen", app::SCREEN),
        ];
        for (name, cookie) in cookies {
            let key = ApiKey::Cookie(ApiKeyValue::with_description(
                cookie,
                "Set by the pages; with TLS its name begins with `__Host-`.",
            ));
            components.add_security_scheme(name, SecurityScheme::ApiKey(key));
        }
    }
}

/// Read the frame to show now, as JSON; with `If-None-Match` 304 while nothing has changed. Screens only.
#[utoipa::path(get, path = "/api/v1/screens/current/frame", tag = "screens",
    security(("bearer" = []), ("screen" = [])),
    responses((status = 200, description = "The frame.", body = serde_json::Value),
        (status = 304, description = "As before."), super::shapes::Refusals))]
#[expect(dead_code, reason = "describes a handler of web/board")]
fn screen_frame() {}

/// Read one board of the frame to show now; 404 for a board that the office turned off. Screens only.
#[utoipa::path(get, path = "/api/v1/screens/current/boards/{board}", tag = "screens",
    security(("bearer" = []), ("screen" = [])),
    params(("board" = String, Path, description = "flag, ceremony, ranking, constellation, moments, badges, participation, sky, strengths or place.")),
    responses((status = 200, description = "The frame with the slides of this board alone.", body = serde_json::Value),
        super::shapes::Refusals))]
#[expect(dead_code, reason = "describes a handler of web/board")]
fn screen_board() {}

/// Follow the frames as server-sent events with `id`, a heartbeat every 15 s and `Last-Event-ID`. Screens only.
#[utoipa::path(get, path = "/api/v1/screens/current/events", tag = "screens",
    security(("bearer" = []), ("screen" = [])),
    responses((status = 200, description = "Events.", body = String, content_type = "text/event-stream"),
        super::shapes::Refusals))]
#[expect(dead_code, reason = "describes a handler of web/board")]
fn screen_events() {}
