//! Errors of the API and of the guards as RFC 9457 problem documents. The constructors here are
//! the only way to make one, so that no library's message, path or SQL slips out (S-55).

use std::collections::BTreeMap;
use std::fmt;

use actix_web::http::StatusCode;
use actix_web::http::header::{self, HeaderValue};
use actix_web::{HttpResponse, ResponseError};
use serde::Serialize;

use super::guard::request_id;

/// The media type of a problem document.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// One wrong place in the input; `pointer` is a JSON pointer (RFC 6901) into the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FieldError {
    pub pointer: String,
    pub message: String,
}

/// A refused or failed request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    status: StatusCode,
    kind: &'static str,
    detail: String,
    errors: Vec<FieldError>,
    members: BTreeMap<&'static str, serde_json::Value>,
    retry_after: Option<u64>,
}

impl Problem {
    /// `kind` is the stable last part of the type URI; `detail` a fixed text for people.
    pub fn new(status: StatusCode, kind: &'static str, detail: impl Into<String>) -> Self {
        Self {
            status,
            kind,
            detail: detail.into(),
            errors: Vec::new(),
            members: BTreeMap::new(),
            retry_after: None,
        }
    }

    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad-request", detail)
    }

    pub fn unauthorized() -> Self {
        let detail = "Sign in first; a session or token may have ended.";
        Self::new(StatusCode::UNAUTHORIZED, "unauthorized", detail)
    }

    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, "forbidden", detail)
    }

    /// Also the answer for whatever lies outside the asker's scope (S-21).
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not-found", "There is nothing here.")
    }

    pub fn conflict(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::CONFLICT, "conflict", detail)
    }

    pub fn unprocessable(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, "unprocessable", detail)
    }

    pub fn too_large(most_bytes: usize) -> Self {
        let detail = format!("The body has more than {most_bytes} bytes.");
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too-large", detail)
    }

    pub fn wrong_media_type(expected: &str) -> Self {
        let detail = format!("This address takes {expected}.");
        Self::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, "media-type", detail)
    }

    pub fn too_many(retry_after_seconds: u64) -> Self {
        let detail = "Too many tries; wait a moment.";
        Self::new(StatusCode::TOO_MANY_REQUESTS, "too-many", detail).after(retry_after_seconds)
    }

    pub fn busy(retry_after_seconds: u64) -> Self {
        let detail = "The server is busy; try again.";
        Self::new(StatusCode::SERVICE_UNAVAILABLE, "busy", detail).after(retry_after_seconds)
    }

    pub fn broken() -> Self {
        let detail = "Something went wrong on the server. The request id finds it in the log.";
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "broken", detail)
    }

    /// A status without more to say, for responses that came without our own body.
    pub fn plain(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::not_found(),
            StatusCode::UNAUTHORIZED => Self::unauthorized(),
            StatusCode::INTERNAL_SERVER_ERROR => Self::broken(),
            _ => Self::new(status, "refused", "The request was refused."),
        }
    }

    /// Adds a wrong place of the input.
    #[must_use]
    pub fn at(mut self, pointer: impl Into<String>, message: impl Into<String>) -> Self {
        self.errors.push(FieldError {
            pointer: pointer.into(),
            message: message.into(),
        });
        self
    }

    /// Adds an extension member (RFC 9457, 3.2), something the asker can go on with.
    #[must_use]
    pub fn with(mut self, member: &'static str, value: impl Into<serde_json::Value>) -> Self {
        self.members.insert(member, value.into());
        self
    }

    /// Sets `Retry-After`.
    #[must_use]
    pub fn after(mut self, seconds: u64) -> Self {
        self.retry_after = Some(seconds.max(1));
        self
    }

    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The response, with the id of the request being answered.
    pub fn response(&self) -> HttpResponse {
        let body = Document {
            kind: format!("urn:starlight:problem:{}", self.kind),
            title: self.status.canonical_reason().unwrap_or("Error"),
            status: self.status.as_u16(),
            detail: &self.detail,
            errors: &self.errors,
            members: &self.members,
            request_id: request_id::current(),
        };
        let mut response = HttpResponse::build(self.status);
        response.insert_header((header::CONTENT_TYPE, MEDIA_TYPE));
        response.insert_header((header::CACHE_CONTROL, "no-store"));
        if let Some(seconds) = self.retry_after {
            response.insert_header((header::RETRY_AFTER, HeaderValue::from(seconds)));
        }
        response.body(serde_json::to_string(&body).unwrap_or_default())
    }
}

#[derive(Serialize)]
struct Document<'a> {
    #[serde(rename = "type")]
    kind: String,
    title: &'a str,
    status: u16,
    detail: &'a str,
    #[serde(skip_serializing_if = "<[FieldError]>::is_empty")]
    errors: &'a [FieldError],
    #[serde(flatten)]
    members: &'a BTreeMap<&'static str, serde_json::Value>,
    #[serde(skip_serializing_if = "Option::is_none")]
    request_id: Option<String>,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.status.as_u16(), self.kind)
    }
}

impl std::error::Error for Problem {}

impl ResponseError for Problem {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    fn error_response(&self) -> HttpResponse {
        self.response()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[actix_web::test]
    async fn a_problem_reads_as_rfc_9457() {
        let problem = Problem::bad_request("Two things are wrong.")
            .at("/scores/a", "unknown indicator")
            .at("/comment", "longer than 500 characters")
            .after(0);
        let response = problem.response();
        assert_eq!(response.status(), 400);
        let headers = response.headers();
        assert_eq!(headers.get("content-type").unwrap(), MEDIA_TYPE);
        assert_eq!(headers.get("retry-after").unwrap(), "1");
        let body = actix_web::body::to_bytes(response.into_body())
            .await
            .unwrap();
        let json: serde_json::Value = serde_json::from_slice(&body).unwrap();
        assert_eq!(
            json,
            serde_json::json!({"type": "urn:starlight:problem:bad-request", "title": "Bad Request",
                "status": 400, "detail": "Two things are wrong.", "errors": [
                    {"pointer": "/scores/a", "message": "unknown indicator"},
                    {"pointer": "/comment", "message": "longer than 500 characters"}]})
        );
    }
}
