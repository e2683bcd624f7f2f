//! `GET,POST /prove`: password and code once more before something weighty, then back to where it was asked for.

use actix_web::{HttpResponse, http::StatusCode, web};
use serde::Deserialize;

use super::{
    doors,
    failure::Failure,
    guard::Fields,
    visit::{Door, Visit},
};
use crate::{
    actions::{
        prove::{self, is_fresh},
        session::Seen,
    },
    domain::refusal::Refusal,
    keys::password,
    screens::prove::Prove,
};

/// Query of the page.
#[derive(Deserialize)]
pub struct Next {
    next: Option<String>,
}

/// Where to prove who one is, before `next` may happen; nothing where the proof is fresh.
pub fn first(seen: &Seen, next: &str) -> Result<(), Failure> {
    if is_fresh(seen) {
        return Ok(());
    }
    Err(Failure::GoTo(format!("/prove?next={next}")))
}

/// `GET /prove`.
pub async fn form(visit: Visit, next: web::Query<Next>) -> Result<HttpResponse, Failure> {
    let (seen, account) = visit.read(Door::Staff, prove::account).await?;
    let next = doors::own_path(next.into_inner().next.as_deref().unwrap_or("/"));
    let page = Prove {
        next,
        needs_code: account.totp_secret.is_some(),
        wrong: false,
    };
    visit.page(&seen, &page)
}

/// `POST /prove`.
pub async fn submit(visit: Visit, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let given = fields.need("password")?;
    let code = fields.take("code").unwrap_or_default();
    let next = doors::own_path(&fields.take("next").unwrap_or_default());
    fields.finish()?;
    let (seen, account) = visit.read(Door::Staff, prove::account).await?;
    let needs_code = account.totp_secret.is_some();
    let tried = visit.app.throttle.guess(&account.login, None)?;
    let stored = account.password_hash.clone();
    let fits = given.len() <= password::MOST_BYTES
        && visit
            .app
            .hashes
            .run(move || password::verify(&given, &stored))
            .await?;
    if fits && judge(&visit, code).await? {
        visit.app.throttle.right(&account.login, tried);
        return Ok(visit.go(&next));
    }
    let page = Prove {
        next,
        needs_code,
        wrong: true,
    };
    visit.page_as(StatusCode::UNAUTHORIZED, Some(&seen), &page)
}

async fn judge(visit: &Visit, code: String) -> Result<bool, Failure> {
    let ring = visit.app.ring.clone();
    let proved = visit.write(Door::Staff, move |tx, seen| {
        prove::prove(tx, &ring, seen, &code)
    });
    match proved.await {
        Ok(_) => Ok(true),
        Err(Failure::Refused(Refusal::WrongSecret)) => Ok(false),
        Err(other) => Err(other),
    }
}
