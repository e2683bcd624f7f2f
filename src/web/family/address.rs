//! `/p/{token}`: the landing page, and the exchange of the token for a session of its link.

use actix_web::{HttpResponse, cookie::SameSite, web};

use super::{discreet, told};
use crate::{
    actions::{
        Acted,
        session::{self, Kind, Origin},
    },
    domain::{
        actor::Actor,
        ids::{LinkId, SchoolId, StudentId},
        refusal::Refusal,
    },
    keys::token::Token,
    screens::family::FamilyLanding,
    storage::{Tx, access, access::LinkRow, students},
    web::{app, failure::Failure, guard::ClientIp, sign_in::add, visit::Visit},
};

/// A link by its token: in force, over, or none at all.
async fn find(visit: &Visit, token: &str, ip: ClientIp) -> Result<LinkRow, Failure> {
    let parsed = Token::parse(token);
    let found = match &parsed {
        Some(token) => {
            let hash = token.hash().hex();
            visit
                .app
                .store
                .read(move |db| access::link_by_hash(db, &hash))
                .await?
        }
        None => None,
    };
    match found.filter(|link| link.revoked_at.is_none()) {
        None => {
            visit.app.throttle.bad_token(ip)?;
            Err(Refusal::NotFound.into())
        }
        Some(link) if link.expires_at <= visit.origin.now => Err(Refusal::Expired.into()),
        Some(link) => Ok(link),
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
    let (origin, device, row) = (visit.origin.clone(), visit.device(), link.clone());
    let begun = visit
        .app
        .store
        .write(move |tx| begin(tx, &origin, &row, &device))
        .await;
    let session = match begun {
        Ok(session) => session,
        Err(error) => return told(&visit, error.into()),
    };
    let ticket = visit.sign(
        &SchoolId::new(link.school_id.clone()),
        Kind::Family,
        &link.id,
        &session,
    )?;
    let mut response = visit.go(&format!("/f/{}", link.id));
    add(
        &mut response,
        visit
            .guard
            .cookies
            .set(slot(&visit, &link.id), ticket, SameSite::Lax, None),
    )?;
    Ok(discreet(response))
}

fn begin(tx: &mut Tx<'_>, origin: &Origin, link: &LinkRow, device: &str) -> Acted<String> {
    let school = SchoolId::new(link.school_id.clone());
    let student = StudentId::new(link.student_id.clone());
    // A child who has left has no class, and its links lead nowhere.
    let class = students::class_on(tx, &school, &student, origin.today())?;
    let actor = Actor::Family {
        link: LinkId::new(link.id.clone()),
        student,
        class,
    };
    session::begin(
        tx,
        &origin.call(school, actor),
        Kind::Family,
        &link.id,
        None,
        device,
    )
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
