//! `GET,POST /setup/{token}`: the first administrator of a school, by the one-time address that `init` printed.

use actix_web::{HttpResponse, cookie::SameSite, http::StatusCode, web};

use super::{app, failure::Failure, guard::Fields, problem::Problem, sign_in::add, visit::Visit};
use crate::{
    actions::{
        ActionError, founding,
        session::{self, Kind},
    },
    domain::{
        actor::Actor,
        ids::{SchoolId, StaffId},
        refusal::Refusal,
    },
    keys::{password, password_policy, token::Token},
    screens::public::{PasswordProblem, SetupPage},
    storage::{StorageError, schools},
};

const MIN_LENGTH: u32 = 8;

/// `GET /setup/{token}`.
pub async fn form(visit: Visit, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let page = blank(&visit, &path).await?;
    visit.open_page(&page)
}

/// The empty form; unknown, used and outdated addresses look alike.
async fn blank(visit: &Visit, token: &str) -> Result<SetupPage, Failure> {
    let hash = Token::parse(token).ok_or(Refusal::NotFound)?.hash().hex();
    let now = visit.origin.now;
    let school = visit
        .app
        .store
        .read(move |db| {
            let school = schools::setup_school(db, &hash, now)?;
            schools::get(db, &school)
        })
        .await
        .map_err(|error: StorageError| match error {
            StorageError::NotFound => Failure::from(Refusal::Expired),
            other => other.into(),
        })?;
    Ok(SetupPage {
        action: format!("/setup/{token}"),
        school: school.name,
        min_length: MIN_LENGTH,
        ..SetupPage::default()
    })
}

/// `POST /setup/{token}`.
pub async fn submit(
    visit: Visit,
    path: web::Path<String>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let (login, name) = (fields.need("login")?, fields.need("name")?);
    let (given, again) = (fields.need("password")?, fields.need("again")?);
    fields.finish()?;
    let page = SetupPage {
        login: login.trim().to_owned(),
        name,
        ..blank(&visit, &path).await?
    };
    if let Some(problem) = judge(&page, &given, &again) {
        let page = SetupPage {
            problem: Some(problem),
            ..page
        };
        return visit.page_as(StatusCode::BAD_REQUEST, None, &page);
    }
    let hash = visit.app.hashes.run(move || password::hash(&given)).await?;
    let hash = hash.map_err(|_broken| Problem::broken())?;
    match begin(&visit, &path, &page, hash).await {
        Ok(ticket) => {
            let mut response = visit.go("/a");
            let cookies = visit.guard.cookies;
            add(
                &mut response,
                cookies.set(app::STAFF, ticket, SameSite::Lax, None),
            )?;
            Ok(response)
        }
        Err(Failure::Refused(Refusal::Taken(_) | Refusal::Invalid(_))) => {
            let page = SetupPage {
                bad_login: true,
                ..page
            };
            visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, None, &page)
        }
        Err(other) => Err(other),
    }
}

fn judge(page: &SetupPage, given: &str, again: &str) -> Option<PasswordProblem> {
    if given != again {
        return Some(PasswordProblem::Differs);
    }
    let about = [page.school.as_str(), &page.login, &page.name];
    match password_policy::judge(given, &about) {
        Ok(()) => None,
        Err(weakness) if weakness.key() == "password-too-short" => Some(PasswordProblem::Short),
        Err(_) => Some(PasswordProblem::Common),
    }
}

/// Makes the account, uses the address up and signs the new administrator in; the second factor comes next.
async fn begin(
    visit: &Visit,
    token: &str,
    page: &SetupPage,
    hash: String,
) -> Result<String, Failure> {
    let key = Token::parse(token).ok_or(Refusal::NotFound)?.hash().hex();
    let (login, name) = (page.login.clone(), page.name.clone());
    let (origin, device) = (visit.origin.clone(), visit.device());
    let (school, id, session) = visit
        .app
        .store
        .write(move |tx| {
            let row = founding::set_up_first_admin(tx, &origin, &key, &login, &name, &hash)?;
            let school = SchoolId::new(row.school_id);
            let actor = Actor::Office(StaffId::new(row.id.clone()));
            let call = origin.call(school.clone(), actor);
            let session = session::begin(tx, &call, Kind::Office, &row.id, None, &device)?;
            Ok::<_, ActionError>((school, row.id, session))
        })
        .await?;
    visit.sign(&school, Kind::Office, &id, &session)
}
