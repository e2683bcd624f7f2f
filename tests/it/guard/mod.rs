//! The guards of the web shell around a few small handlers: headers, paths, limits, CSRF, panics
//! and what the log gets to see.

mod csrf;
mod envelope;
mod log;
mod wire;

use std::sync::Arc;

use actix_web::dev::Service as _;
use actix_web::http::header::{HeaderMap, HeaderName, HeaderValue};
use actix_web::middleware::from_fn;
use actix_web::test::TestRequest;
use actix_web::web::{self, Data};
use actix_web::{App, Error, HttpRequest, HttpResponse, Responder};
use serde::Deserialize;
use starlight::keys::server_key::KeyRing;
use starlight::web::guard::{
    ClientIp, Fields, Guard, StrictJson, Transport, csrf as csrf_guard, envelope as envelope_guard,
};

pub const SESSION: &str = "starlight";

pub fn guard(transport: Transport) -> Guard {
    let ring = KeyRing::from_text(&"0123456789abcdef".repeat(4), None).unwrap();
    Guard::new(transport, &ring, vec![SESSION])
}

pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |v| v.to_str().unwrap())
    }

    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.body).unwrap_or_else(|_| panic!("{}", self.body))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Note {
    text: String,
}

async fn form_page(req: HttpRequest, guard: Data<Guard>) -> impl Responder {
    HttpResponse::Ok()
        .content_type("text/html; charset=utf-8")
        .body(guard.csrf.issue(&req))
}

async fn take_form(mut fields: Fields) -> Result<impl Responder, starlight::web::problem::Problem> {
    let text = fields.need("text")?;
    fields.finish()?;
    Ok(format!("took {text}"))
}

async fn take_json(note: StrictJson<Note>) -> impl Responder {
    format!("took {}", note.0.text)
}

async fn own_headers() -> impl Responder {
    HttpResponse::Ok()
        .insert_header(("Cache-Control", "public, max-age=31536000, immutable"))
        .insert_header(("Referrer-Policy", "no-referrer"))
        .insert_header(("Server", "boast/1.0"))
        .body("x")
}

async fn library_error() -> Result<String, Error> {
    Err(actix_web::error::ErrorInternalServerError(
        "SELECT secret FROM /var/db",
    ))
}

async fn address(ip: ClientIp) -> String {
    ip.to_string()
}

async fn panics() -> String {
    panic!("on purpose")
}

async fn nothing() -> HttpResponse {
    HttpResponse::SeeOther()
        .insert_header(("Location", "/form"))
        .finish()
}

fn routes(app: &mut web::ServiceConfig) {
    app.route("/form", web::get().to(form_page))
        .route("/form", web::post().to(take_form))
        .route("/go", web::post().to(nothing))
        .route("/headers", web::get().to(own_headers))
        .route("/address", web::get().to(address))
        .route("/broken", web::get().to(library_error))
        .route("/panics", web::get().to(panics))
        .route("/p/{token}", web::get().to(nothing))
        .route("/api/v1/notes", web::post().to(take_json))
        .route("/api/v1/notes/{id}", web::delete().to(nothing));
}

/// An app with the guards around it, to be asked one request after the other.
pub async fn app(guard: Guard) -> impl AsyncFn(TestRequest) -> Answer {
    let guard = Arc::new(guard);
    let service = actix_web::test::init_service(
        App::new()
            .app_data(Data::from(guard))
            .wrap(from_fn(csrf_guard::middleware))
            .wrap(from_fn(envelope_guard::middleware))
            .configure(routes),
    )
    .await;
    async move |req: TestRequest| match service.call(req.to_request()).await {
        Ok(response) => answer(response.into_parts().1.map_into_boxed_body()).await,
        // As the server does with an error that reaches it.
        Err(error) => answer(error.error_response()).await,
    }
}

async fn answer(response: HttpResponse) -> Answer {
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let body = actix_web::body::to_bytes(response.into_body()).await;
    let body = String::from_utf8(body.ok().unwrap_or_default().to_vec()).unwrap();
    Answer {
        status,
        headers,
        body,
    }
}

pub fn get(path: &str) -> TestRequest {
    TestRequest::get()
        .uri(path)
        .insert_header(("Host", "star.local"))
}

pub fn post(path: &str) -> TestRequest {
    TestRequest::post()
        .uri(path)
        .insert_header(("Host", "star.local"))
}

/// Headers added one by one, so that a name may be there twice.
pub fn with(mut req: TestRequest, headers: &[(&'static str, &str)]) -> TestRequest {
    for (name, value) in headers {
        let value = HeaderValue::from_bytes(value.as_bytes()).unwrap();
        req = req.append_header((HeaderName::from_static(name), value));
    }
    req
}
