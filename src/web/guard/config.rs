//! The settings of the guards, validated once at start and shared by all workers.

use actix_web::HttpRequest;
use actix_web::http::StatusCode;

use super::client_ip::Network;
use super::cookies::Cookies;
use super::csrf::Csrf;
use crate::keys::server_key::KeyRing;

/// How browsers reach the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// https, by a proxy in front or our own certificate: `__Host-` cookies.
    Tls,
    /// Plain http inside the school: cookies without prefix and `Secure`, a banner on pages.
    LanHttp,
}

/// Makes the HTML page for an error, from the request, the status and the request id; `None` for
/// requests that get a problem document. Must not fail and must not tell more than the status.
pub type ErrorPage = fn(&HttpRequest, StatusCode, &str) -> Option<String>;

/// Everything the middleware needs; one `Arc` of it for all workers.
pub struct Guard {
    pub transport: Transport,
    /// Peers whose `X-Forwarded-For` is believed; empty by default (S-111).
    pub trusted_proxies: Vec<Network>,
    /// Origin of `public_url` such as `https://star.school.cn`, accepted besides the Host header.
    pub public_origin: Option<String>,
    pub cookies: Cookies,
    pub csrf: Csrf,
    pub error_page: Option<ErrorPage>,
}

impl Guard {
    /// `cookie_names`: names without prefix of the cookies that carry rights, the one that counts
    /// first in front. See [`Csrf`].
    pub fn new(transport: Transport, ring: &KeyRing, cookie_names: Vec<&'static str>) -> Self {
        let cookies = Cookies::new(transport);
        Self {
            transport,
            trusted_proxies: Vec::new(),
            public_origin: None,
            cookies,
            csrf: Csrf::new(ring, cookies, cookie_names),
            error_page: None,
        }
    }

    /// Whether `origin` is this server, as seen by a browser that sent the request to `host`.
    pub fn is_own_origin(&self, origin: &str, host: Option<&str>) -> bool {
        let scheme = match self.transport {
            Transport::Tls => "https://",
            Transport::LanHttp => "http://",
        };
        let of_host = host.is_some_and(|host| {
            origin
                .strip_prefix(scheme)
                .is_some_and(|rest| rest.eq_ignore_ascii_case(host))
        });
        let public = self.public_origin.as_deref();
        of_host || public.is_some_and(|own| own.eq_ignore_ascii_case(origin))
    }
}
