//! The security headers of every answer (S-49). A handler may set its own `Cache-Control` (static
//! files) and `Referrer-Policy` (family pages: `no-referrer`); the rest is fixed.

use actix_web::http::header::{self, HeaderMap, HeaderName, HeaderValue};

use super::config::Transport;

/// Nothing from elsewhere, nothing inline.
pub const CONTENT_SECURITY_POLICY: &str = "default-src 'self'; script-src 'self'; \
    style-src 'self'; img-src 'self' data:; connect-src 'self'; object-src 'none'; \
    frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

const FIXED: [(&str, &str); 7] = [
    ("content-security-policy", CONTENT_SECURITY_POLICY),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
    ("x-permitted-cross-domain-policies", "none"),
];

/// `same-origin`, not `no-referrer`: under the latter browsers send `Origin: null` with our own
/// forms, which the CSRF guard refuses.
const DEFAULTS: [(&str, &str); 2] = [
    ("cache-control", "no-store"),
    ("referrer-policy", "same-origin"),
];

/// Adds them to an answer.
pub fn add(headers: &mut HeaderMap, transport: Transport, request_id: &str) {
    for (name, value) in FIXED {
        let name = HeaderName::from_static(name);
        headers.insert(name, HeaderValue::from_static(value));
    }
    for (name, value) in DEFAULTS {
        let name = HeaderName::from_static(name);
        if !headers.contains_key(&name) {
            headers.insert(name, HeaderValue::from_static(value));
        }
    }
    if transport == Transport::Tls {
        let year = HeaderValue::from_static("max-age=31536000");
        headers.insert(header::STRICT_TRANSPORT_SECURITY, year);
    }
    if let Ok(id) = HeaderValue::from_str(request_id) {
        headers.insert(HeaderName::from_static("x-request-id"), id);
    }
    headers.remove(header::SERVER);
    headers.remove("x-powered-by");
}
