//! The one table of addresses.

use actix_web::web::{self, ServiceConfig, get, post};

use super::{api, child, doors, family, sign_in};

/// Every page and every API route.
pub fn all(config: &mut ServiceConfig) {
    config
        .route("/", get().to(doors::doors))
        .route("/static/{path:.*}", get().to(doors::asset))
        .route("/healthz", get().to(doors::healthz))
        .route("/readyz", get().to(doors::readyz))
        .route("/robots.txt", get().to(doors::robots))
        .route("/language", get().to(doors::language));
    staff_access(config);
    children(config);
    families(config);
    api::routes(config);
}

fn staff_access(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/sign-in")
                .route(get().to(sign_in::form))
                .route(post().to(sign_in::sign_in)),
        )
        .route("/sign-out", post().to(sign_in::sign_out))
        .service(
            web::resource("/password")
                .route(get().to(sign_in::password_form))
                .route(post().to(sign_in::change_password)),
        )
        .service(
            web::resource("/enrol")
                .route(get().to(sign_in::enrol_form))
                .route(post().to(sign_in::enrol)),
        );
}

fn children(config: &mut ServiceConfig) {
    config
        .route("/c/{code}", get().to(child::door::page))
        .service(
            web::resource("/c/{code}/{student}")
                .route(get().to(child::pin::form))
                .route(post().to(child::pin::tap)),
        )
        .route("/s", get().to(child::sheets::next))
        .service(
            web::resource("/s/sheets/{source}/{ratee}")
                .route(get().to(child::sheets::show))
                .route(post().to(child::sheets::save)),
        )
        .route("/s/done", get().to(child::own::done))
        .route("/s/sign-out", post().to(child::own::sign_out));
}

fn families(config: &mut ServiceConfig) {
    config
        .service(
            web::resource("/p/{token}")
                .route(get().to(family::landing))
                .route(post().to(family::open)),
        )
        .service(
            web::resource("/f/{link}")
                .route(get().to(family::show))
                .route(post().to(family::send)),
        );
}
