//! `/p/{token}`: the landing page, and the exchange of the token for a session of its link.

use actix_web::{HttpResponse, cookie::SameSite, web};

use super::{discreet, told};
use crate::{
    actions::{
        family_door,
        session::{self, Kind},
    },
    domain::{ids::SchoolId, refusal::Refusal},
    screens::family::FamilyLanding,
    storage::{Db, Tx, access::LinkRow},
    web::{
        app,
        failure::Failure,
        guard::ClientIp,
        sign_in::add,
        visit::{Door, Visit},
    },
};

/// A link by its token. Only what is none counts against the address it came from (S-39).
async fn find(visit: &Visit, token: &str, ip: ClientIp) -> Result<LinkRow, Failure> {
    let (origin, token) = (visit.origin.clone(), token.to_owned());
    let read = move |db: &mut Db| family_door::by_token(db, &origin, &token);
    match visit.app.store.read(read).await.map_err(Failure::from) {
        Err(Failure::Refused(Refusal::NotFound)) => {
            visit.app.throttle.bad_token(ip)?;
            Err(Refusal::NotFound.into())
        }
        other => other,
    }
}

/// `GET /p/{token}`: the landing page, without effect however often it is fetched.
pub async fn landing(
    visit: Visit,
    path: web::Path<String>,
    ip: ClientIp,
) -> Result<HttpResponse, Failure> {
    match find(&visit, &path, ip).await {
        Ok(_) => Ok(discreet(visit.open_page(&FamilyLanding {
            action: format!("/p/{path}"),
        })?)),
        Err(failure) => told(&visit, failure),
    }
}

/// `POST /p/{token}`: the exchange.
pub async fn open(
    visit: Visit,
    path: web::Path<String>,
    ip: ClientIp,
) -> Result<HttpResponse, Failure> {
    let link = match find(&visit, &path, ip).await {
        Ok(link) => link,
        Err(failure) => return told(&visit, failure),
    };
    if is_open(&visit, &link.id).await {
        return Ok(discreet(visit.go(&format!("/f/{}", link.id))));
    }
    enter(&visit, link).await
}

/// Begins the session of a link and goes to its page.
async fn enter(visit: &Visit, link: LinkRow) -> Result<HttpResponse, Failure> {
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
        .read(move |db| session::see(db, &origin, &session));
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
