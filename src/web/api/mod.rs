//! The API under `/api/v1`: JSON for scripts and for the pages' own scripts. One table of addresses serves the router
//! and the test that compares it with the OpenAPI document.

mod audit;
mod docs;
mod document;
mod explanation;
mod lists;
mod rankings;
mod rounds;
mod scores;
mod sessions;
mod shapes;
mod sheets;

use actix_web::web::{self, ServiceConfig};

pub use document::document;

macro_rules! table {
    ($($method:ident $path:literal => $handler:path;)+) => {
        /// Method and address of every route that is registered here.
        pub const ROUTES: &[(&str, &str)] = &[$((stringify!($method), $path)),+];

        fn register(config: &mut ServiceConfig) {
            $(config.route($path, web::$method().to($handler));)+
        }
    };
}

table! {
    post "/api/v1/sessions" => sessions::begin;
    get "/api/v1/sessions" => sessions::list;
    delete "/api/v1/sessions/current" => sessions::end;
    delete "/api/v1/sessions/others" => sessions::end_others;
    get "/api/v1/rounds" => rounds::list;
    post "/api/v1/rounds" => rounds::create;
    post "/api/v1/rounds/{id}/open" => rounds::open;
    post "/api/v1/rounds/{id}/close" => rounds::close;
    post "/api/v1/rounds/{id}/publish" => rounds::publish;
    get "/api/v1/rounds/{id}/tasks" => sheets::tasks;
    put "/api/v1/rounds/{id}/sheets/{source}/{ratee}" => sheets::put;
    get "/api/v1/rounds/{id}/participation" => scores::participation;
    get "/api/v1/rounds/{id}/rankings/classes" => rankings::classes;
    get "/api/v1/rounds/{id}/scores" => scores::list;
    get "/api/v1/students/{id}/explanation" => explanation::get;
    get "/api/v1/audit" => audit::list;
    get "/api/v1/openapi.json" => docs::openapi;
}

/// Routes that the document describes and `web/board` registers.
pub const SCREEN_ROUTES: &[(&str, &str)] = &[
    ("get", "/api/v1/screens/current/frame"),
    ("get", "/api/v1/screens/current/boards/{board}"),
    ("get", "/api/v1/screens/current/events"),
];

/// Registers the API and its page.
pub fn routes(config: &mut ServiceConfig) {
    register(config);
    config.route("/api/docs", web::get().to(docs::page));
}
