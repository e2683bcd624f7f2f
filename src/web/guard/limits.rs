//! How much of a request is read (S-102), and in which form. Judged from the head alone, before
//! a byte of the body; [`read_body`] then holds the sender to it.

use std::collections::BTreeSet;
use std::time::Duration;

use actix_web::dev::{Payload, RequestHead};
use actix_web::http::{Method, StatusCode, header};
use actix_web::web::{Bytes, Query};
use actix_web::{FromRequest as _, HttpRequest, web};

use crate::web::problem::Problem;

pub const MOST_HEADER_BYTES: usize = 16 * 1_024;
pub const MOST_JSON: usize = 64 * 1_024;
/// A teacher's grid with a comment for each of 60 children, percent-encoded.
pub const MOST_FORM: usize = 512 * 1_024;
/// An uploaded file; the multipart wrapping around it may take a little more.
pub const MOST_UPLOAD: usize = 2 * 1_024 * 1_024;
pub const MOST_MULTIPART: usize = MOST_UPLOAD + 16 * 1_024;
/// A body that arrives more slowly than this is cut off.
const BODY_TIME: Duration = Duration::from_secs(30);

/// What kind of body a request announces.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyKind {
    None,
    Json,
    Form,
    Multipart,
    Other,
}

impl BodyKind {
    pub fn of(head: &RequestHead) -> Self {
        let Some(value) = head.headers().get(header::CONTENT_TYPE) else {
            return Self::None;
        };
        let value = value.to_str().unwrap_or("?").to_ascii_lowercase();
        let (essence, parameters) = value.split_once(';').unwrap_or((&value, ""));
        let utf8 = matches!(
            parameters.trim(),
            "" | "charset=utf-8" | "charset=\"utf-8\""
        );
        match essence.trim() {
            "application/json" if utf8 => Self::Json,
            "application/x-www-form-urlencoded" if utf8 => Self::Form,
            "multipart/form-data" => Self::Multipart,
            _ => Self::Other,
        }
    }

    pub fn most_bytes(self) -> usize {
        match self {
            Self::Form => MOST_FORM,
            Self::Multipart => MOST_MULTIPART,
            Self::None | Self::Json | Self::Other => MOST_JSON,
        }
    }
}

/// Refuses what the head alone shows to be too much or ambiguous.
pub fn check_head(head: &RequestHead, query: &str) -> Result<(), Problem> {
    let size: usize = head
        .headers()
        .iter()
        .map(|(name, value)| name.as_str().len() + value.len() + 4)
        .sum();
    if size > MOST_HEADER_BYTES {
        let status = StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE;
        let detail = "The headers are too large.";
        return Err(Problem::new(status, "headers-too-large", detail));
    }
    check_method(&head.method)?;
    // A compressed body would be measured after it was blown up.
    if head.headers().contains_key(header::CONTENT_ENCODING) {
        return Err(Problem::wrong_media_type("bodies without Content-Encoding"));
    }
    let most = BodyKind::of(head).most_bytes();
    let announced = head.headers().get(header::CONTENT_LENGTH);
    let announced = announced.and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if announced.is_some_and(|bytes| bytes > most) {
        return Err(Problem::too_large(most));
    }
    check_query(query)
}

/// Methods beyond the usual ones never reach a handler.
fn check_method(method: &Method) -> Result<(), Problem> {
    let usual = [
        Method::GET,
        Method::HEAD,
        Method::POST,
        Method::PUT,
        Method::PATCH,
        Method::DELETE,
        Method::OPTIONS,
    ];
    if usual.contains(method) {
        return Ok(());
    }
    let detail = "This method is not used here.";
    Err(Problem::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "method",
        detail,
    ))
}

/// A key that is there twice means two things to two readers (S-24).
fn check_query(query: &str) -> Result<(), Problem> {
    if query.is_empty() {
        return Ok(());
    }
    match pairs(query) {
        Some(pairs) if first_twin(&pairs).is_none() => Ok(()),
        _ => Err(Problem::bad_request(
            "The query repeats a key or cannot be read.",
        )),
    }
}

/// The pairs of a query or form, decoded; `None` when it cannot be read.
pub fn pairs(text: &str) -> Option<Vec<(String, String)>> {
    let read = Query::<Vec<(String, String)>>::from_query(text);
    read.ok().map(Query::into_inner)
}

/// The first key that is there twice.
pub fn first_twin(pairs: &[(String, String)]) -> Option<&str> {
    let mut seen = BTreeSet::new();
    let twin = pairs.iter().find(|(key, _)| !seen.insert(key.as_str()));
    twin.map(|(key, _)| key.as_str())
}

/// The whole body, at most `most` bytes of it and within half a minute.
pub async fn read_body(
    req: &HttpRequest,
    payload: &mut Payload,
    most: usize,
) -> Result<Bytes, Problem> {
    let payload = web::Payload::from_request(req, payload).await;
    let unreadable = || Problem::bad_request("The body could not be read.");
    let Ok(payload) = payload else {
        return Err(unreadable());
    };
    match tokio::time::timeout(BODY_TIME, payload.to_bytes_limited(most)).await {
        Ok(Ok(Ok(bytes))) => Ok(bytes),
        Ok(Ok(Err(_cut_off))) => Err(unreadable()),
        Ok(Err(_limit)) => Err(Problem::too_large(most)),
        Err(_elapsed) => {
            let detail = "The body took too long to arrive.";
            Err(Problem::new(StatusCode::REQUEST_TIMEOUT, "timeout", detail))
        }
    }
}
