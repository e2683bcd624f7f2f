//! `/sessions`: tokens for scripts, the own list, and their end.

use actix_web::{HttpResponse, http::header};
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    lists::{Asked, Listed, NoBody, Nothing, cut, instant, limit},
    shapes::Refusals,
};
use crate::{
    actions::{
        own_sessions,
        session::{self, Kind},
    },
    storage::access::SessionRow,
    web::{
        failure::Failure,
        guard::StrictJson,
        problem::Problem,
        sign_in,
        visit::{Door, Visit},
    },
};

/// Who wants a token.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewSession {
    login: String,
    password: String,
    /// Six digits of the second factor, or a recovery code; needed where one is set up.
    totp: Option<String>,
}

/// A token, shown this once.
#[derive(Serialize, ToSchema)]
pub struct Token {
    /// Send it as `Authorization: Bearer …`.
    token: String,
    /// RFC 3339, UTC. A session also ends after a pause: 15 minutes for the office, 60 for teachers.
    expires_at: String,
    /// `admin` or `teacher`.
    role: &'static str,
}

/// Begin a session with login, password and, where it is set up, the second factor.
#[utoipa::path(post, path = "/api/v1/sessions", tag = "sessions", security(()), request_body = NewSession,
    responses((status = 201, description = "The token; no cookie is set.", body = Token), Refusals))]
pub async fn begin(
    visit: Visit,
    Asked(Nothing {}): Asked<Nothing>,
    StrictJson(new): StrictJson<NewSession>,
) -> Result<HttpResponse, Failure> {
    let code = new.totp.unwrap_or_default();
    let (kind, token) = sign_in::try_staff(&visit, new.login.trim(), new.password, &code).await?;
    let now = u64::try_from(visit.origin.now / 1000).unwrap_or(0);
    let claims = visit.app.signer.check(&token, now);
    let claims = claims.map_err(|_bad| Problem::broken())?;
    let until = i64::try_from(claims.exp).unwrap_or(0);
    Ok(HttpResponse::Created().json(Token {
        token,
        expires_at: instant(until.saturating_mul(1000)),
        role: role(kind),
    }))
}

fn role(kind: Kind) -> &'static str {
    match kind {
        Kind::Office => "admin",
        other => other.key(),
    }
}

/// End the session in use.
#[utoipa::path(delete, path = "/api/v1/sessions/current", tag = "sessions",
    responses((status = 204, description = "The token or cookie is void at once."), Refusals))]
pub async fn end(
    visit: Visit,
    Asked(Nothing {}): Asked<Nothing>,
    _: NoBody,
) -> Result<HttpResponse, Failure> {
    // Also for somebody who still has to set up the second factor, hence not through `write`.
    let session = visit.session(&Door::Any)?;
    let cookie = visit.cookie_of(&session);
    let origin = visit.origin.clone();
    let ended = visit.app.store.write(move |tx| {
        let seen = session::see(tx, &origin, &session)?;
        session::end(tx, &seen)
    });
    ended.await?;
    let mut response = HttpResponse::NoContent().finish();
    if let Some(cookie) = cookie {
        sign_in::add(&mut response, visit.guard.cookies.forget(cookie))?;
        let name = header::HeaderName::from_static("clear-site-data");
        let value = header::HeaderValue::from_static("\"storage\"");
        response.headers_mut().insert(name, value);
    }
    Ok(response)
}

/// How much of the list.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct SessionsAsked {
    /// 1 to 100.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
    cursor: Option<String>,
}

/// One place where the caller is signed in.
#[derive(Serialize, ToSchema)]
pub struct OwnSession {
    id: String,
    /// What the browser or script calls itself.
    device: String,
    created_at: String,
    seen_at: String,
    expires_at: String,
    /// The one that asks.
    current: bool,
}

/// List the caller's own sessions, newest first. Staff only.
#[utoipa::path(get, path = "/api/v1/sessions", tag = "sessions", params(SessionsAsked),
    responses((status = 200, description = "Own sessions.", body = Listed<OwnSession>), Refusals))]
pub async fn list(
    visit: Visit,
    Asked(asked): Asked<SessionsAsked>,
) -> Result<HttpResponse, Failure> {
    let most = limit(asked.limit)?;
    let (seen, rows) = visit.read(Door::Any, own_sessions::list).await?;
    let items = rows.into_iter().map(|row| shown(row, &seen.session));
    let listed = cut(items.collect(), most, asked.cursor.as_deref(), |s| {
        s.id.clone()
    })?;
    Ok(HttpResponse::Ok().json(listed))
}

fn shown(row: SessionRow, current: &str) -> OwnSession {
    OwnSession {
        current: row.id == current,
        id: row.id,
        device: row.device,
        created_at: instant(row.created_at),
        seen_at: instant(row.seen_at),
        expires_at: instant(row.expires_at),
    }
}

/// End all own sessions but the one in use. Staff only.
#[utoipa::path(delete, path = "/api/v1/sessions/others", tag = "sessions",
    responses((status = 204, description = "The others have ended."), Refusals))]
pub async fn end_others(
    visit: Visit,
    Asked(Nothing {}): Asked<Nothing>,
    _: NoBody,
) -> Result<HttpResponse, Failure> {
    visit.write(Door::Any, own_sessions::end_others).await?;
    Ok(HttpResponse::NoContent().finish())
}
