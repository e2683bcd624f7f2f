//! Requests that another site makes a browser send (S-45 to S-47). `Sec-Fetch-Site` decides where
//! the browser sends it; otherwise `Origin` against `Host` (plain http in the LAN knows no fetch
//! metadata); and every urlencoded form carries a token bound to the visitor's cookie besides.
//! Requests without any of our cookies to `/api/` bring their own bearer token and need none.

use actix_web::body::MessageBody;
use actix_web::cookie::SameSite;
use actix_web::dev::{Payload, ServiceRequest, ServiceResponse};
use actix_web::http::header::{self, HeaderMap};
use actix_web::middleware::Next;
use actix_web::web::Data;
use actix_web::{Error, HttpMessage as _, HttpRequest};

use super::config::Guard;
use super::cookies::Cookies;
use super::limits::{self, BodyKind};
use crate::keys::server_key::{KeyRing, Purpose, SubKey};
use crate::keys::token::Token;
use crate::keys::{base32, mac, random};
use crate::web::{app::FAMILY, problem::Problem};

/// The field of a form, and the header for scripts of our own pages.
pub const FIELD: &str = "csrf";
pub const HEADER: &str = "x-csrf-token";
/// Short name of the cookie of visitors who are nobody yet.
pub const VISIT_COOKIE: &str = "starlight-visit";

/// Makes and checks form tokens. A token is bound to the value of the first of our cookies that
/// the request carries, so that it dies with a sign-in, a sign-out and with somebody else's hands.
/// On the families' pages it is bound to the visit and lives as long as any of their cookies that
/// it may be bound to: a phone may have two children's links open, or one link twice, and opening
/// the second must not spoil the form that is filled in on the first.
pub struct Csrf {
    keys: Vec<SubKey>,
    cookies: Cookies,
    names: Vec<&'static str>,
}

/// Addresses of a family's link, before and after the exchange.
fn of_family(path: &str) -> bool {
    path.starts_with("/p/") || path.starts_with("/f/")
}

/// The visit begun by this request, for which the answer must set the cookie.
struct NewVisit(String);

impl Csrf {
    pub fn new(ring: &KeyRing, cookies: Cookies, mut names: Vec<&'static str>) -> Self {
        names.push(VISIT_COOKIE);
        Self {
            keys: ring.all(Purpose::Csrf).collect(),
            cookies,
            names,
        }
    }

    /// The token for the forms of a page. For a visitor without cookie it begins a visit, whose
    /// cookie the middleware sets.
    pub fn issue(&self, req: &HttpRequest) -> String {
        let visit = || {
            self.bound_to(req, VISIT_COOKIE)
                .filter(|_| of_family(req.path()))
        };
        let binding = visit().or_else(|| self.binding(req));
        let binding = binding.unwrap_or_else(|| self.begin_visit(req));
        let salt = random::bytes::<10>().unwrap_or_default();
        let mac = self.keys.first().map(|key| token_mac(key, &salt, &binding));
        // The salt changes the text on every page, so that compressed pages do not leak it.
        let bytes: Vec<u8> = salt.into_iter().chain(mac.unwrap_or_default()).collect();
        base32::encode(&bytes)
    }

    /// Whether `token` was issued for the visitor behind `req`. For multipart handlers, which
    /// read their own fields; the middleware checks urlencoded forms.
    pub fn check(&self, req: &HttpRequest, token: &str) -> bool {
        let bytes = base32::decode(token).filter(|_| token.len() == 68);
        let Some((salt, given)) = bytes.as_deref().and_then(|b| b.split_at_checked(10)) else {
            return false;
        };
        let ours = |binding: &str| {
            let of_key = |key: &SubKey| mac::same(&token_mac(key, salt, binding), given);
            self.keys.iter().any(of_key)
        };
        self.bindings(req).iter().any(|binding| ours(binding))
    }

    fn binding(&self, req: &HttpRequest) -> Option<String> {
        let mut names = self.names.iter();
        names.find_map(|name| self.bound_to(req, name))
    }

    /// What the token of a request may be bound to.
    fn bindings(&self, req: &HttpRequest) -> Vec<String> {
        let mut all: Vec<String> = self.binding(req).into_iter().collect();
        if of_family(req.path()) {
            let own = FAMILY.iter().chain([&VISIT_COOKIE]);
            all.extend(own.filter_map(|name| self.bound_to(req, name)));
        }
        all
    }

    fn bound_to(&self, req: &HttpRequest, name: &str) -> Option<String> {
        let value = self.cookies.read(req, name)?;
        Some(format!("{name}={value}"))
    }

    fn has_cookie(&self, req: &HttpRequest) -> bool {
        self.names
            .iter()
            .any(|name| req.cookie(&self.cookies.name(name)).is_some())
    }

    fn begin_visit(&self, req: &HttpRequest) -> String {
        let mut extensions = req.extensions_mut();
        if extensions.get::<NewVisit>().is_none() {
            let value = Token::fresh().map_or_else(|_| String::new(), |t| t.reveal().to_owned());
            extensions.insert(NewVisit(value));
        }
        let value = extensions.get::<NewVisit>().map_or("", |visit| &visit.0);
        format!("{VISIT_COOKIE}={value}")
    }
}

/// What the headers say about where a request comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Source {
    Own,
    Foreign,
    Unknown,
}

/// See the file's head. Sits inside the envelope and answers instead of failing.
pub async fn middleware(
    mut req: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let Some(guard) = req.app_data::<Data<Guard>>().cloned() else {
        return Err(Problem::broken().into());
    };
    if !req.method().is_safe()
        && let Err(problem) = judge(&mut req, &guard).await
    {
        return Ok(req.into_response(problem.response()).map_into_right_body());
    }
    let mut answer = next.call(req).await?;
    let visit = answer.request().extensions_mut().remove::<NewVisit>();
    if let Some(NewVisit(value)) = visit {
        let cookie = guard.cookies.set(VISIT_COOKIE, value, SameSite::Lax, None);
        // A cookie that cannot be written leaves a form that is refused: safe, and never seen.
        let _written = answer.response_mut().add_cookie(&cookie);
    }
    Ok(answer.map_into_left_body())
}

async fn judge(req: &mut ServiceRequest, guard: &Guard) -> Result<(), Problem> {
    let refused = || Problem::forbidden("This request did not come from a page of this server.");
    let source = source(req.headers(), guard);
    if source == Source::Foreign {
        return Err(refused());
    }
    if req.path().starts_with("/api/") && !guard.csrf.has_cookie(req.request()) {
        return Ok(());
    }
    let token = match BodyKind::of(req.head()) {
        BodyKind::Form => form_token(req).await?.or(Some(String::new())),
        _ => req
            .headers()
            .get(HEADER)
            .map(|value| value.to_str().unwrap_or("").to_owned()),
    };
    match token {
        Some(token) if guard.csrf.check(req.request(), &token) => Ok(()),
        None if source == Source::Own => Ok(()),
        // A phone that forgot its cookies: the handler knows nobody, and shows again what was typed.
        Some(_) if source == Source::Own && has_lost_cookies(req, guard) => Ok(()),
        _ => Err(refused()),
    }
}

fn has_lost_cookies(req: &ServiceRequest, guard: &Guard) -> bool {
    req.path().starts_with("/f/") && !guard.csrf.has_cookie(req.request())
}

/// Reads the form's token and puts the body back for the handler.
async fn form_token(req: &mut ServiceRequest) -> Result<Option<String>, Problem> {
    let mut payload = req.take_payload();
    let body = limits::read_body(req.request(), &mut payload, limits::MOST_FORM).await?;
    let text = std::str::from_utf8(&body).unwrap_or("");
    let token = limits::pairs(text).and_then(|pairs| {
        let field = pairs.into_iter().find(|(key, _)| key == FIELD);
        field.map(|(_, value)| value)
    });
    req.set_payload(Payload::from(body));
    Ok(token)
}

fn source(headers: &HeaderMap, guard: &Guard) -> Source {
    let (Ok(site), Ok(origin), Ok(host)) = (
        single(headers, "sec-fetch-site"),
        single(headers, header::ORIGIN.as_str()),
        single(headers, header::HOST.as_str()),
    ) else {
        return Source::Foreign;
    };
    let own = |origin: &str| guard.is_own_origin(origin, host);
    match (site, origin) {
        (Some("same-origin" | "none"), None) => Source::Own,
        // Our own page under `no-referrer`: the form's token must speak for it.
        (Some("same-origin"), Some("null")) => Source::Unknown,
        (Some("same-origin" | "none") | None, Some(origin)) if own(origin) => Source::Own,
        (None, None) => Source::Unknown,
        _ => Source::Foreign,
    }
}

/// The value of a header that may be there once; `Err` for twice or unreadable.
fn single<'a>(headers: &'a HeaderMap, name: &str) -> Result<Option<&'a str>, ()> {
    let mut values = headers.get_all(name);
    let first = values.next();
    if values.next().is_some() {
        return Err(());
    }
    first.map_or(Ok(None), |value| value.to_str().map(Some).or(Err(())))
}

fn token_mac(key: &SubKey, salt: &[u8], binding: &str) -> [u8; 32] {
    mac::seal(key.bytes(), &[b"form", salt, binding.as_bytes()])
}
