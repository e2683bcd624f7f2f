//! `/p/{token}`: the landing page, and the exchange of the token for a session of its link.

use actix_web::{
    HttpResponse,
    cookie::SameSite,
    http::{
        StatusCode,
        header::{self, HeaderValue},
    },
    web,
};

use super::{discreet, told};
use crate::{
    actions::{
        ActionError,
        family_door::{self, Reach},
        session::{self, Kind},
    },
    domain::{ids::SchoolId, refusal::Refusal},
    keys::backoff::Wait,
    screens::{
        Page,
        family::{FamilyLanding, SlipTry},
    },
    storage::{Db, Tx, access::LinkRow},
    web::{
        app,
        failure::Failure,
        guard::{ClientIp, Fields},
        sign_in::add,
        visit::{Door, Visit},
    },
};

/// A link by its token. Only what is none counts against the address it came from (S-39).
async fn find(visit: &Visit, token: &str, ip: ClientIp) -> Result<(LinkRow, bool), Failure> {
    let (origin, token) = (visit.origin.clone(), token.to_owned());
    let read = move |db: &mut Db| {
        let link = family_door::by_token(db, &origin, &token)?;
        let school = SchoolId::new(link.school_id.clone());
        Ok::<_, ActionError>((link, family_door::asks_digits(db, &school)?))
    };
    counted(
        visit,
        ip,
        visit.app.store.read(read).await.map_err(Failure::from),
    )
}

/// Counts what is not there.
pub(super) fn counted<T>(
    visit: &Visit,
    ip: ClientIp,
    found: Result<T, Failure>,
) -> Result<T, Failure> {
    if let Err(Failure::Refused(Refusal::NotFound)) = found {
        visit.app.throttle.bad_token(ip)?;
    }
    found
}

/// `GET /p/{token}`: the landing page, without effect however often it is fetched.
pub async fn landing(
    visit: Visit,
    path: web::Path<String>,
    ip: ClientIp,
) -> Result<HttpResponse, Failure> {
    match find(&visit, &path, ip).await {
        Ok((link, digits)) => {
            let page = FamilyLanding {
                action: format!("/p/{path}"),
                digits: digits && !is_open(&visit, &link.id).await,
                tried: SlipTry::default(),
            };
            Ok(discreet(visit.open_page(&page)?))
        }
        Err(failure) => told(&visit, failure),
    }
}

/// `POST /p/{token}`: the exchange.
pub async fn open(
    visit: Visit,
    path: web::Path<String>,
    ip: ClientIp,
    fields: Option<Fields>,
) -> Result<HttpResponse, Failure> {
    let mut fields = fields.unwrap_or_default();
    let typed = fields.take("digits").unwrap_or_default();
    fields.finish()?;
    let (link, digits) = match find(&visit, &path, ip).await {
        Ok(found) => found,
        Err(failure) => return told(&visit, failure),
    };
    if digits && !is_open(&visit, &link.id).await {
        let tried = try_digits(&visit, &link, &typed).await?;
        if tried != SlipTry::default() {
            let action = format!("/p/{path}");
            let page = FamilyLanding {
                action,
                digits,
                tried,
            };
            return again(&visit, tried, &page);
        }
    }
    enter(&visit, link).await
}

/// The second factor: five tries a link in a quarter of an hour.
async fn try_digits(visit: &Visit, link: &LinkRow, typed: &str) -> Result<SlipTry, Failure> {
    let key = format!("link/{}", link.id);
    if let Err(wait) = visit.app.throttle.slip_try(&key) {
        return Ok(waiting(wait));
    }
    if family_door::digits_fit(&visit.app.ring, link, typed) {
        visit.app.throttle.slip_right(&key);
        return Ok(SlipTry::default());
    }
    let (origin, row) = (visit.origin.clone(), link.clone());
    let write = move |tx: &mut Tx<'_>| family_door::note_wrong_digits(tx, &origin, &row);
    visit.app.store.write(write).await?;
    Ok(SlipTry {
        wrong: true,
        wait: 0,
    })
}

/// No try before so many minutes.
pub(super) fn waiting(wait: Wait) -> SlipTry {
    SlipTry {
        wrong: true,
        wait: wait.seconds().div_ceil(60),
    }
}

/// The landing page once more, with what became of the try.
pub(super) fn again<P: Page>(
    visit: &Visit,
    tried: SlipTry,
    page: &P,
) -> Result<HttpResponse, Failure> {
    let status = match tried.wait {
        0 => StatusCode::UNAUTHORIZED,
        _ => StatusCode::TOO_MANY_REQUESTS,
    };
    let mut response = visit.page_as(status, None, page)?;
    if tried.wait > 0 {
        let seconds = HeaderValue::from(tried.wait * 60);
        response.headers_mut().insert(header::RETRY_AFTER, seconds);
    }
    Ok(discreet(response))
}

/// Goes to the page of a link, in the session that this browser has for it already, else in a new one.
pub(super) async fn enter(visit: &Visit, link: LinkRow) -> Result<HttpResponse, Failure> {
    if is_open(visit, &link.id).await {
        return Ok(discreet(visit.go(&format!("/f/{}", link.id))));
    }
    let (origin, device, row) = (visit.origin.clone(), visit.device(), link.clone());
    let write = move |tx: &mut Tx<'_>| family_door::open(tx, &origin, &row, &device);
    let session = match visit.app.store.write(write).await {
        Ok(session) => session,
        Err(error) => return told(visit, error.into()),
    };
    let school = SchoolId::new(link.school_id.clone());
    let ticket = visit.sign(&school, Kind::Family, &link.id, &session)?;
    let mut response = visit.go(&format!("/f/{}", link.id));
    let cookies = visit.guard.cookies;
    let cookie = cookies.set(slot(visit, &link.id), ticket, SameSite::Lax, None);
    add(&mut response, cookie)?;
    Ok(discreet(response))
}

/// Whether this browser has the link open already: a second tab, or the landing page after Back. Its session stays
/// the one it is, so that a form that is being filled in still belongs to it.
async fn is_open(visit: &Visit, link: &str) -> bool {
    let Ok(session) = visit.session(&Door::Family(link.to_owned())) else {
        return false;
    };
    let origin = visit.origin.clone();
    let seen = visit
        .app
        .store
        .read(move |db| session::see_as_far(db, &origin, &session, Reach::Rights));
    seen.await.is_ok()
}

/// The cookie of this link: the one it has already, else a free one, else the last.
fn slot(visit: &Visit, link: &str) -> &'static str {
    let held = |name: &&&'static str| visit.ticket_subject(name).is_some_and(|s| s == link);
    let free = |name: &&&'static str| visit.ticket_subject(name).is_none();
    let mut names = app::FAMILY.iter();
    names
        .find(held)
        .or_else(|| app::FAMILY.iter().find(free))
        .copied()
        .unwrap_or("starlight-f4")
}
