//! Answers whose address is a secret, a family's link or a child's card: no search engine lists them, nothing keeps
//! them, and other sites do not learn the address. Used by `family.rs` and `child/card.rs`.

use actix_web::{HttpResponse, http::header};

/// Adds the headers; `referrer` is the policy about the address.
pub fn discreet(mut response: HttpResponse, referrer: &'static str) -> HttpResponse {
    let robots = header::HeaderName::from_static("x-robots-tag");
    for (name, value) in [
        (header::REFERRER_POLICY, referrer),
        (header::CACHE_CONTROL, "no-store"),
        (robots, "noindex, nofollow"),
    ] {
        let value = header::HeaderValue::from_static(value);
        response.headers_mut().insert(name, value);
    }
    response
}
