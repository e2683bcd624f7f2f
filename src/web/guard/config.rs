//! The settings of the guards, validated once at start and shared by all workers.

use std::net::IpAddr;

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

impl Transport {
    /// Whether the server may listen on `address`: plain http only inside a private network. The
    /// unspecified address passes; whoever binds it looks at `public_url` instead.
    pub fn may_listen_on(self, address: IpAddr) -> bool {
        let inside = match address.to_canonical() {
            IpAddr::V4(v4) => {
                v4.is_loopback() || v4.is_private() || v4.is_link_local() || v4.is_unspecified()
            }
            IpAddr::V6(v6) => {
                v6.is_loopback()
                    || v6.is_unique_local()
                    || v6.is_unicast_link_local()
                    || v6.is_unspecified()
            }
        };
        self == Self::Tls || inside
    }
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
        let of_host = host.filter(|host| !host.is_empty()).is_some_and(|host| {
            origin
                .strip_prefix(scheme)
                .is_some_and(|rest| rest.eq_ignore_ascii_case(host))
        });
        let public = self.public_origin.as_deref();
        of_host || public.is_some_and(|own| own.eq_ignore_ascii_case(origin))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_http_stays_inside() {
        let check = |address: &str, inside: bool| {
            let address: IpAddr = address.parse().unwrap();
            assert_eq!(
                Transport::LanHttp.may_listen_on(address),
                inside,
                "{address}"
            );
            assert!(Transport::Tls.may_listen_on(address));
        };
        for inside in [
            "127.0.0.1",
            "192.168.1.5",
            "10.9.8.7",
            "172.16.0.1",
            "0.0.0.0",
            "::1",
            "fd00::1",
        ] {
            check(inside, true);
        }
        for outside in ["8.8.8.8", "172.32.0.1", "2001:4860::1", "::ffff:8.8.8.8"] {
            check(outside, false);
        }
    }

    #[test]
    fn own_origin_is_scheme_and_host_exactly() {
        let ring = KeyRing::fresh().unwrap();
        let guard = Guard::new(Transport::LanHttp, &ring, vec![]);
        for (origin, host, own) in [
            ("http://10.0.0.2:8080", Some("10.0.0.2:8080"), true),
            ("http://STAR.local", Some("star.local"), true),
            ("http://10.0.0.2", Some("10.0.0.2:8080"), false),
            ("https://10.0.0.2:8080", Some("10.0.0.2:8080"), false),
            ("http://", Some(""), false),
            ("null", Some("null"), false),
            ("http://a", None, false),
        ] {
            assert_eq!(guard.is_own_origin(origin, host), own, "{origin} {host:?}");
        }
    }
}
