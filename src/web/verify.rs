//! `/verify…`: anybody checks a badge file, and programs find here who signed it, what it is and what was withdrawn.
//! Nothing is kept of what is checked; an id that no file has counts against the address it came from.

use actix_web::{
    HttpRequest, HttpResponse,
    dev::Payload,
    http::{StatusCode, header},
    web,
};

use super::{
    discreet,
    failure::Failure,
    guard::{ClientIp, Fields},
    office::upload,
    teacher::words,
    visit::Visit,
};
use crate::{
    actions::{
        Acted,
        verify_badge::{self, Verdict},
    },
    domain::{credential::Withdrawal, refusal::Refusal},
    screens::credentials::{Checked, GenuineFile, Verify},
    storage::Db,
};

/// The address that stands in files: the printed one, else the one that the reader came by.
pub fn base(visit: &Visit) -> String {
    if !visit.app.public_url.is_empty() {
        return visit.app.public_url.clone();
    }
    let host = visit.req.headers().get(header::HOST);
    let host = host.and_then(|host| host.to_str().ok()).unwrap_or_default();
    format!("http://{host}")
}

/// A day in words.
pub fn day(visit: &Visit, at: i64) -> String {
    words::date(visit.lang, words::date_of(at, visit.app.timezone))
}

/// The form of the file is judged by `Origin`, which browsers keep to themselves under `no-referrer`.
fn public(response: HttpResponse) -> HttpResponse {
    discreet::discreet(response, "same-origin")
}

/// `GET /verify`.
pub async fn form(visit: Visit) -> Result<HttpResponse, Failure> {
    Ok(public(visit.open_page(&Verify::default())?))
}

/// `POST /verify`: the signed `text`.
pub async fn check_text(visit: Visit, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let text = fields.need("text")?;
    fields.finish()?;
    let bytes = text.clone().into_bytes();
    let read = move |db: &mut Db| verify_badge::check(db, &bytes);
    let verdict = visit.app.store.read(read).await?;
    answer(&visit, verdict, text)
}

/// `POST /verify/file`: the `file`.
pub async fn check_file(
    visit: Visit,
    req: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Failure> {
    let payload: Payload = payload.into_inner();
    let sent = upload::read(&visit, &req, payload).await?;
    let read = move |db: &mut Db| verify_badge::check(db, &sent.bytes);
    let verdict = visit.app.store.read(read).await?;
    answer(&visit, verdict, String::new())
}

/// `GET /verify/{id}`.
pub async fn of_id(
    visit: Visit,
    path: web::Path<String>,
    ip: ClientIp,
) -> Result<HttpResponse, Failure> {
    let id = path.into_inner();
    let read = move |db: &mut Db| verify_badge::by_id(db, &id);
    match visit.app.store.read(read).await.map_err(Failure::from) {
        Ok(verdict) => answer(&visit, verdict, String::new()),
        Err(failure) => {
            if let Failure::Refused(Refusal::NotFound) = failure {
                visit.app.throttle.bad_token(ip)?;
            }
            Err(failure)
        }
    }
}

fn answer(visit: &Visit, verdict: Verdict, text: String) -> Result<HttpResponse, Failure> {
    let page = Verify {
        told: Some(checked(visit, verdict)),
        text,
    };
    Ok(public(visit.page_as(StatusCode::OK, None, &page)?))
}

fn checked(visit: &Visit, verdict: Verdict) -> Checked {
    let mut checked = Checked {
        verdict: word(&verdict),
        date: String::new(),
        why: "",
        file: None,
    };
    match verdict {
        Verdict::Withdrawn(at, why) => {
            checked.date = day(visit, at);
            checked.why = Withdrawal::key(why);
        }
        Verdict::Genuine(file) => {
            checked.file = Some(GenuineFile {
                badge: file.badge.name,
                text: file.badge.description,
                picture: file.badge.picture,
                school: file.school,
                person: file.told.person.unwrap_or_default(),
                issued: day(visit, file.issued_at),
                version: file.version,
            });
        }
        _ => (),
    }
    checked
}

fn word(verdict: &Verdict) -> &'static str {
    match verdict {
        Verdict::Genuine(_) => "genuine",
        Verdict::Changed => "changed",
        Verdict::Withdrawn(..) => "withdrawn",
        Verdict::Lost => "lost",
        Verdict::NotOurs => "not-ours",
        Verdict::Unreadable => "unreadable",
    }
}

/// A document for programs.
async fn document(
    visit: Visit,
    kind: &'static str,
    read: impl FnOnce(&mut Db, &str) -> Acted<String> + Send + 'static,
) -> Result<HttpResponse, Failure> {
    let base = base(&visit);
    let text = visit.app.store.read(move |db| read(db, &base)).await?;
    Ok(public(HttpResponse::Ok().content_type(kind).body(text)))
}

const JSON: &str = "application/ld+json";

/// `GET /verify/schools/{school}`: who signs.
pub async fn school(visit: Visit, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let school = path.into_inner();
    let read = move |db: &mut Db, base: &str| verify_badge::profile(db, base, &school);
    document(visit, JSON, read).await
}

/// `GET /verify/schools/{school}/keys/{key}`.
pub async fn key(visit: Visit, path: web::Path<(String, String)>) -> Result<HttpResponse, Failure> {
    let (school, key) = path.into_inner();
    let read = move |db: &mut Db, base: &str| verify_badge::key(db, base, &school, &key);
    document(visit, JSON, read).await
}

/// `GET /verify/schools/{school}/badges/{badge}`.
pub async fn badge(
    visit: Visit,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (school, badge) = path.into_inner();
    let read = move |db: &mut Db, base: &str| verify_badge::badge_class(db, base, &school, &badge);
    document(visit, JSON, read).await
}

/// `GET /verify/schools/{school}/withdrawn`: for version 2.0.
pub async fn withdrawn(visit: Visit, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let school = path.into_inner();
    let read = move |db: &mut Db, base: &str| verify_badge::withdrawn(db, base, &school);
    document(visit, JSON, read).await
}

/// `GET /verify/schools/{school}/status/{list}`: for version 3.0, signed.
pub async fn status(visit: Visit, path: web::Path<(String, i32)>) -> Result<HttpResponse, Failure> {
    let (school, list) = path.into_inner();
    let (ring, now) = (visit.app.ring.clone(), visit.app.now());
    let read = move |db: &mut Db, base: &str| {
        verify_badge::status_list(db, &ring, (base, &school), list, now)
    };
    document(visit, "text/plain; charset=utf-8", read).await
}
