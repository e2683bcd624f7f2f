//! The one table of addresses.

use actix_web::web::{self, ServiceConfig, get, post};

use super::{api, doors, sign_in};

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
