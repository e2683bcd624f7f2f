//! The second factor of a staff account: its code is shown, the first number proves that it was read, and the recovery
//! codes are shown once.

use actix_web::{HttpResponse, cookie::SameSite, http::StatusCode};

use super::{failure::Failure, guard::Fields, problem::Problem, sign_in::add, visit::Visit};
use crate::{
    actions::{ActionError, session::Seen, sign_in},
    domain::refusal::Refusal,
    keys::totp,
    screens::{parts::Qr, public::EnrolPage, recovery::RecoveryPage},
};

/// Cookie that holds the new secret between showing it and its first code.
const ENROL: &str = "starlight-enrol";

/// `GET /enrol`.
pub async fn form(visit: Visit) -> Result<HttpResponse, Failure> {
    let seen = visit.newcomer().await?;
    let secret = totp::Secret::fresh().map_err(|_why| Problem::broken())?;
    page(&visit, &seen, &secret, StatusCode::OK)
}

fn page(
    visit: &Visit,
    seen: &Seen,
    secret: &totp::Secret,
    status: StatusCode,
) -> Result<HttpResponse, Failure> {
    let uri = secret.otpauth_uri(&seen.school_name, &seen.name);
    let text = secret.to_base32();
    let groups: Vec<String> = text
        .chars()
        .collect::<Vec<_>>()
        .chunks(4)
        .map(|c| c.iter().collect())
        .collect();
    let shown = EnrolPage {
        qr: Qr::of(&uri).ok_or_else(Problem::broken)?,
        secret: groups.join(" "),
        wrong_code: status != StatusCode::OK,
    };
    let mut response = visit.page_as(status, Some(seen), &shown)?;
    add(
        &mut response,
        visit
            .guard
            .cookies
            .set(ENROL, text, SameSite::Strict, Some(900)),
    )?;
    Ok(response)
}

/// `POST /enrol`.
pub async fn enrol(visit: Visit, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let seen = visit.newcomer().await?;
    if !seen.must_enrol && visit.origin.now - seen.proved_at > 5 * 60_000 {
        return Err(Refusal::ProveAgain.into());
    }
    let code = fields.need("code")?;
    fields.finish()?;
    let secret = visit
        .guard
        .cookies
        .read(&visit.req, ENROL)
        .ok_or(Refusal::Expired)?;
    let (ring, who, given) = (visit.app.ring.clone(), seen.clone(), secret.clone());
    let done = visit
        .app
        .store
        .write(move |tx| sign_in::enrol(tx, &ring, &who, &given, &code))
        .await;
    match done {
        Ok(codes) => {
            let page = RecoveryPage {
                codes,
                home: "/a".to_owned(),
            };
            let mut response = visit.page(&seen, &page)?;
            add(&mut response, visit.guard.cookies.forget(ENROL))?;
            Ok(response)
        }
        Err(ActionError::Refused(Refusal::WrongSecret)) => {
            let secret = totp::Secret::from_base32(&secret).ok_or(Refusal::Expired)?;
            page(&visit, &seen, &secret, StatusCode::BAD_REQUEST)
        }
        Err(other) => Err(other.into()),
    }
}
