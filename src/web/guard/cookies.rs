//! How cookies are named and marked in the two ways of being reached. With TLS: `__Host-` prefix
//! and `Secure`; on plain http inside the school browsers drop those, so neither is set (S-01).

use actix_web::HttpRequest;
use actix_web::cookie::time::Duration;
use actix_web::cookie::{Cookie, SameSite};

use super::config::Transport;

/// Builds, reads and deletes cookies by their short name.
#[derive(Debug, Clone, Copy)]
pub struct Cookies {
    transport: Transport,
}

impl Cookies {
    pub fn new(transport: Transport) -> Self {
        Self { transport }
    }

    /// The name on the wire.
    pub fn name(self, short: &str) -> String {
        match self.transport {
            Transport::Tls => format!("__Host-{short}"),
            Transport::LanHttp => short.to_owned(),
        }
    }

    /// A cookie of the whole site that scripts cannot read. `seconds` absent: until the browser
    /// closes. `Strict` for the office; `Lax` where people arrive by a link.
    pub fn set(
        self,
        short: &str,
        value: impl Into<String>,
        same_site: SameSite,
        seconds: Option<i64>,
    ) -> Cookie<'static> {
        let mut cookie = Cookie::build(self.name(short), value.into())
            .path("/")
            .http_only(true)
            .same_site(same_site)
            .finish();
        if self.transport == Transport::Tls {
            cookie.set_secure(true);
        }
        if let Some(seconds) = seconds {
            cookie.set_max_age(Duration::seconds(seconds));
        }
        cookie
    }

    /// A cookie that makes the browser forget the one of this name.
    pub fn forget(self, short: &str) -> Cookie<'static> {
        let mut cookie = self.set(short, "", SameSite::Lax, None);
        cookie.make_removal();
        cookie
    }

    /// The value a request carries. Two cookies of one name mean that somebody else planted one:
    /// then none counts.
    pub fn read(self, req: &HttpRequest, short: &str) -> Option<String> {
        let name = self.name(short);
        let cookies = req.cookies().ok()?;
        let mut values = cookies.iter().filter(|cookie| cookie.name() == name);
        let value = values.next()?.value().to_owned();
        (values.next().is_none() && !value.is_empty()).then_some(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use actix_web::test::TestRequest;

    #[test]
    fn tls_cookies_carry_every_mark() {
        let cookie = Cookies::new(Transport::Tls).set("star", "v", SameSite::Strict, Some(60));
        let text = cookie.to_string();
        assert_eq!(
            text,
            "__Host-star=v; HttpOnly; SameSite=Strict; Secure; Path=/; Max-Age=60"
        );
    }

    #[test]
    fn lan_cookies_have_neither_prefix_nor_secure() {
        let cookie = Cookies::new(Transport::LanHttp).set("star", "v", SameSite::Lax, None);
        assert_eq!(cookie.to_string(), "star=v; HttpOnly; SameSite=Lax; Path=/");
        let gone = Cookies::new(Transport::LanHttp).forget("star").to_string();
        assert!(
            gone.contains("Max-Age=0") && gone.starts_with("star=;"),
            "{gone}"
        );
    }

    #[test]
    fn reading_goes_by_the_exact_name_and_refuses_twins() {
        let read = |header: &str, transport: Transport| {
            let req = TestRequest::default()
                .insert_header(("Cookie", header))
                .to_http_request();
            Cookies::new(transport).read(&req, "star")
        };
        assert_eq!(read("star=a", Transport::LanHttp).as_deref(), Some("a"));
        assert_eq!(read("star=a", Transport::Tls), None);
        assert_eq!(
            read("__Host-star=a; star=b", Transport::Tls).as_deref(),
            Some("a")
        );
        assert_eq!(read("star=a; star=b", Transport::LanHttp), None);
        assert_eq!(read("star=", Transport::LanHttp), None);
    }
}
