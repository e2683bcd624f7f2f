//! The OpenAPI document and the page that makes it readable and tries routes out, served by ourselves.

use actix_web::HttpResponse;

use super::lists::{Asked, Nothing};
use crate::{
    screens::api_docs::ApiDocs,
    web::{failure::Failure, visit::Visit},
};

/// This document.
#[utoipa::path(get, path = "/api/v1/openapi.json", tag = "document", security(()),
    responses((status = 200, description = "OpenAPI 3.1.", body = serde_json::Value)))]
pub async fn openapi(Asked(Nothing {}): Asked<Nothing>) -> HttpResponse {
    HttpResponse::Ok().json(super::document())
}

/// `GET /api/docs`.
pub async fn page(visit: Visit) -> Result<HttpResponse, Failure> {
    visit.open_page(&ApiDocs {
        document: "/api/v1/openapi.json",
    })
}
