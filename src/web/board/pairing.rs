//! `GET /screen`: a display shows six digits until the office types them, then takes its session up. Ready addresses
//! `GET /screen/open/{token}` do the same for a display that was paired beforehand.

use actix_web::{
    HttpResponse,
    cookie::{Cookie, SameSite},
    web,
};

use crate::{
    actions::{ActionError, screens, session},
    domain::refusal::Refusal,
    keys::token::Token,
    screens::board,
    storage::{StorageError, displays, displays::PairingRow},
    web::{
        app,
        failure::Failure,
        problem::Problem,
        visit::{Door, Visit},
    },
};

/// Seconds in the life of a display's session.
const MONTH: i64 = 30 * 24 * 60 * 60;
/// Seconds a waiting display keeps its request.
const WAITING: i64 = 10 * 60;

/// `GET /screen`.
pub async fn page(visit: Visit) -> Result<HttpResponse, Failure> {
    if visit.read(Door::Screen, |_, _| Ok(())).await.is_ok() {
        return Ok(visit.go("/screen/show"));
    }
    let now = visit.origin.now;
    let waiting = match visit.guard.cookies.read(&visit.req, app::PAIRING) {
        Some(id) => {
            let found = visit
                .app
                .store
                .read(move |db| displays::pairing(db, &id, now).map_err(ActionError::from));
            found.await?
        }
        None => None,
    };
    match waiting {
        Some(row) if row.screen_id.is_some() => take_up(&visit, row).await,
        Some(row) => Ok(waiting_page(&visit, &row)?),
        None => ask(&visit).await,
    }
}

async fn ask(visit: &Visit) -> Result<HttpResponse, Failure> {
    let now = visit.origin.now;
    visit.app.throttle.code(&visit.origin.ip)?;
    let row = visit
        .app
        .store
        .note(move |tx| screens::ask_pairing(tx, now))
        .await?;
    let mut response = waiting_page(visit, &row)?;
    keep(&mut response, visit, app::PAIRING, &row.id, WAITING)?;
    Ok(response)
}

fn waiting_page(visit: &Visit, row: &PairingRow) -> Result<HttpResponse, Failure> {
    let left = (row.expires_at - visit.origin.now).max(0) / 60_000 + 1;
    let minutes = u32::try_from(left.min(10)).unwrap_or(10);
    visit.open_page(&board::pairing(&row.code, minutes))
}

async fn take_up(visit: &Visit, row: PairingRow) -> Result<HttpResponse, Failure> {
    let token = Token::fresh().map_err(|_no_randomness| Problem::broken())?;
    let (origin, hash, device) = (visit.origin.clone(), token.hash(), visit.device());
    visit
        .app
        .store
        .write(move |tx| screens::take_up_pairing(tx, &origin, &row.id, &hash, &device))
        .await?;
    let mut response = visit.go("/screen/show");
    keep(&mut response, visit, app::SCREEN, token.reveal(), MONTH)?;
    response
        .add_cookie(&visit.guard.cookies.forget(app::PAIRING))
        .map_err(|_bad| Problem::broken())?;
    Ok(response)
}

/// `GET /screen/open/{token}`: gives a paired display its cookie. Unknown and ended tokens look alike.
pub async fn open(visit: Visit, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let token = Token::parse(&path).ok_or(Refusal::NotFound)?;
    let (origin, id) = (visit.origin.clone(), token.hash().hex());
    let seen = visit
        .app
        .store
        .read(move |db| session::see(db, &origin, &id))
        .await
        .map_err(|error| match error {
            ActionError::Refused(Refusal::SignedOut)
            | ActionError::Storage(StorageError::NotFound) => Refusal::NotFound.into(),
            other => other,
        })?;
    super::class_of(&seen).map_err(|_other_kind| Refusal::NotFound)?;
    let mut response = visit.go("/screen/show");
    keep(&mut response, &visit, app::SCREEN, token.reveal(), MONTH)?;
    Ok(response)
}

fn keep(
    response: &mut HttpResponse,
    visit: &Visit,
    name: &str,
    value: &str,
    seconds: i64,
) -> Result<(), Failure> {
    let cookies = visit.guard.cookies;
    let cookie: Cookie<'static> = cookies.set(name, value, SameSite::Lax, Some(seconds));
    response
        .add_cookie(&cookie)
        .map_err(|_bad| Problem::broken().into())
}
