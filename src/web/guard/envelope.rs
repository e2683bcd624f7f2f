//! The outermost middleware: judges path, head and query before routing, finds the client's
//! address, turns a panic into a 500 (S-106), gives every answer its headers and request id, and
//! writes the one log line of a request, with the route's template and never the path, because
//! paths hold tokens (S-40).

use std::future::{Future, poll_fn};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::task::Poll;
use std::time::Instant;

use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::error::InternalError;
use actix_web::http::header::{self, ContentType};
use actix_web::http::{Method, StatusCode};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage as _, HttpRequest, HttpResponse};

use super::config::{Guard, Transport};
use super::{client_ip, headers, limits, path, request_id};
use crate::web::problem::{MEDIA_TYPE, Problem};

/// See the file's head. Needs `Data<Guard>` in the app.
pub async fn middleware(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let id = request_id::fresh();
    request_id::scope(id.clone(), Box::pin(guarded(req, next, id))).await
}

async fn guarded(
    req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
    id: String,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let Some(guard) = req.app_data::<Data<Guard>>().cloned() else {
        return Err(finished_error(
            Problem::broken().response(),
            Transport::Tls,
            &id,
        ));
    };
    let started = Instant::now();
    let method = req.method().clone();
    let ip = client_ip::resolve(req.peer_addr(), req.headers(), &guard.trusted_proxies);
    req.extensions_mut().insert(ip);

    let answer = match judge(&req) {
        Err(problem) => Some(Ok(req.into_response(problem.response()))),
        Ok(()) => without_panic(next.call(req))
            .await
            .map(|answer| answer.map(ServiceResponse::map_into_boxed_body)),
    };
    let line = |template: &str, status: StatusCode| {
        let ms = started.elapsed().as_millis();
        tracing::info!(target: "starlight::access", id, %method, template, status = status.as_u16(), ms, %ip);
    };
    match answer {
        Some(Ok(answer)) => {
            let answer = presentable(answer, &guard, &id);
            let template = answer.request().match_pattern();
            line(template.as_deref().unwrap_or("unmatched"), answer.status());
            Ok(answer)
        }
        Some(Err(error)) => {
            // An inner middleware failed instead of answering; its request is gone.
            let status = error.as_response_error().status_code();
            line("unmatched", status);
            let response = ours_or_plain(error.error_response());
            Err(finished_error(response, guard.transport, &id))
        }
        None => {
            tracing::error!(target: "starlight::panic", id, "a handler panicked");
            line("panicked", StatusCode::INTERNAL_SERVER_ERROR);
            Err(finished_error(
                Problem::broken().response(),
                guard.transport,
                &id,
            ))
        }
    }
}

fn judge(req: &ServiceRequest) -> Result<(), Problem> {
    if !path::is_plain(req.uri().path()) {
        return Err(Problem::not_found());
    }
    limits::check_head(req.head(), req.query_string())
}

/// `None` when the work panicked.
async fn without_panic<F: Future>(work: F) -> Option<F::Output> {
    let mut work = pin!(work);
    poll_fn(|cx| {
        // What the panic left half done belongs to this request alone and is dropped with it.
        match catch_unwind(AssertUnwindSafe(|| work.as_mut().poll(cx))) {
            Ok(Poll::Ready(done)) => Poll::Ready(Some(done)),
            Ok(Poll::Pending) => Poll::Pending,
            Err(_panic) => Poll::Ready(None),
        }
    })
    .await
}

/// Replaces error bodies that are not ours and adds the headers.
fn presentable(
    answer: ServiceResponse<BoxBody>,
    guard: &Guard,
    id: &str,
) -> ServiceResponse<BoxBody> {
    let status = answer.status();
    let failed = status.is_client_error() || status.is_server_error();
    let page = failed
        .then(|| error_page(answer.request(), answer.response(), guard, id))
        .flatten();
    let (req, response) = answer.into_parts();
    let mut response = match page {
        Some(html) => with_body(response, ContentType::html(), html),
        None if failed => ours_or_plain(response),
        None => response,
    };
    headers::add(response.headers_mut(), guard.transport, id);
    ServiceResponse::new(req, response)
}

/// The page for a person's browser; a handler's own HTML stays.
fn error_page(
    req: &HttpRequest,
    response: &HttpResponse,
    guard: &Guard,
    id: &str,
) -> Option<String> {
    let make = guard.error_page?;
    let reads_html = req
        .headers()
        .get(header::ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"));
    let api = req.path().starts_with("/api/");
    if api || !reads_html || has_type(response, "text/html") || *req.method() == Method::HEAD {
        return None;
    }
    make(req, response.status(), id)
}

/// Keeps problem documents and HTML; any other error body is a library's text.
fn ours_or_plain(response: HttpResponse) -> HttpResponse {
    if has_type(&response, MEDIA_TYPE) || has_type(&response, "text/html") {
        return response;
    }
    let plain = Problem::plain(response.status()).response();
    let (head, _foreign) = response.into_parts();
    let (plain_head, body) = plain.into_parts();
    let mut response = head.set_body(body);
    for (name, value) in plain_head.headers() {
        response.headers_mut().insert(name.clone(), value.clone());
    }
    response
}

fn with_body(response: HttpResponse, kind: ContentType, text: String) -> HttpResponse {
    let (head, _old) = response.into_parts();
    let mut response = head.set_body(BoxBody::new(text));
    if let Ok(kind) = header::TryIntoHeaderValue::try_into_value(kind) {
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
    }
    response
}

fn has_type(response: &HttpResponse, essence: &str) -> bool {
    response
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.starts_with(essence))
}

fn finished_error(mut response: HttpResponse, transport: Transport, id: &str) -> Error {
    headers::add(response.headers_mut(), transport, id);
    InternalError::from_response("answered", response).into()
}
