//! Staff sign in and out, change the first password, and what the API needs of it.

use actix_web::{HttpResponse, cookie::SameSite, http::StatusCode, http::header, web};
use serde::Deserialize;

use super::{
    app, doors,
    failure::Failure,
    guard::Fields,
    problem::Problem,
    visit::{Door, Visit},
};
use crate::{
    actions::{
        ActionError,
        session::{self, Kind, Seen},
        sign_in,
    },
    domain::refusal::Refusal,
    keys::{password, password_policy},
    screens::{
        FlashKind,
        public::{PasswordPage, PasswordProblem, SignIn, SignInProblem},
    },
    storage::{staff, staff::StaffRow},
};

/// Shortest staff password in characters.
const MIN_LENGTH: u32 = 8;

/// Query of the form.
#[derive(Deserialize)]
pub struct Next {
    next: Option<String>,
}

/// `GET /sign-in`.
pub async fn form(visit: Visit, next: web::Query<Next>) -> Result<HttpResponse, Failure> {
    let next = next
        .into_inner()
        .next
        .map(|n| doors::own_path(&n))
        .unwrap_or_default();
    visit.open_page(&SignIn {
        next,
        ..SignIn::default()
    })
}

/// `POST /sign-in`.
pub async fn sign_in(visit: Visit, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let login = fields.need("login")?.trim().to_owned();
    let password = fields.need("password")?;
    let code = fields.take("code").unwrap_or_default();
    let next = fields
        .take("next")
        .map(|n| doors::own_path(&n))
        .unwrap_or_default();
    fields.finish()?;
    match try_staff(&visit, &login, password, &code).await {
        Ok((kind, ticket)) => {
            let home = if kind == Kind::Office { "/a" } else { "/t" };
            let target = if next.is_empty() || next == "/" {
                home
            } else {
                next.as_str()
            };
            let mut response = visit.go(target);
            add(
                &mut response,
                visit
                    .guard
                    .cookies
                    .set(app::STAFF, ticket, SameSite::Lax, None),
            )?;
            Ok(response)
        }
        Err(Failure::Refused(Refusal::WrongSecret)) => {
            let page = SignIn {
                login,
                next,
                problem: Some(SignInProblem::Wrong),
                wait_seconds: 0,
            };
            visit.page_as(StatusCode::UNAUTHORIZED, None, &page)
        }
        Err(Failure::Problem(problem)) if problem.status() == StatusCode::TOO_MANY_REQUESTS => {
            let wait = problem
                .response()
                .headers()
                .get(header::RETRY_AFTER)
                .and_then(|v| v.to_str().ok()?.parse().ok());
            let wait = wait.unwrap_or(1);
            let page = SignIn {
                login,
                next,
                problem: Some(SignInProblem::Wait),
                wait_seconds: wait,
            };
            let mut response = visit.page_as(StatusCode::TOO_MANY_REQUESTS, None, &page)?;
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, header::HeaderValue::from(wait));
            Ok(response)
        }
        Err(other) => Err(other),
    }
}

/// Checks login, password and code and begins a session; the ticket is signed.
pub async fn try_staff(
    visit: &Visit,
    login: &str,
    password: String,
    code: &str,
) -> Result<(Kind, String), Failure> {
    if password.len() > password::MOST_BYTES {
        return Err(Problem::too_large(password::MOST_BYTES).into());
    }
    let tried = visit.app.throttle.guess(login, None)?;
    let name = login.to_owned();
    let accounts = visit
        .app
        .store
        .read(move |db| sign_in::accounts(db, &name))
        .await?;
    let (found, fresh) = visit
        .app
        .hashes
        .run(move || fitting(accounts, &password))
        .await?;
    let Some(account) = found else {
        note_failure(visit, login).await;
        return Err(Refusal::WrongSecret.into());
    };
    let (ring, origin, device) = (visit.app.ring.clone(), visit.origin.clone(), visit.device());
    let (subject, code) = (account.id.clone(), code.to_owned());
    let begun = visit.app.store.write(move |tx| {
        sign_in::staff_in(
            tx,
            &ring,
            &origin,
            &account,
            &code,
            fresh.as_deref(),
            &device,
        )
    });
    let (school, kind, session) = begun.await?;
    visit.app.throttle.right(login, tried);
    let ticket = visit.sign(&school, kind, &subject, &session)?;
    Ok((kind, ticket))
}

/// The account whose password this is, and its new hash where the old one has become too weak. Unknown logins cost the
/// same work.
fn fitting(accounts: Vec<StaffRow>, given: &str) -> (Option<StaffRow>, Option<String>) {
    if accounts.is_empty() {
        password::verify_nobody(given);
        return (None, None);
    }
    let found = accounts
        .into_iter()
        .find(|a| password::verify(given, &a.password_hash));
    let old = found
        .as_ref()
        .is_some_and(|a| password::needs_upgrade(&a.password_hash));
    let fresh = if old {
        password::hash(given).ok()
    } else {
        None
    };
    (found, fresh)
}

async fn note_failure(visit: &Visit, login: &str) {
    let (origin, login) = (visit.origin.clone(), login.to_owned());
    let noted = visit.app.store.write(move |tx| {
        let Some(account) = staff::by_login(tx, &login)?.into_iter().next() else {
            return Err(ActionError::Refused(Refusal::NotFound));
        };
        let call = origin.call(
            crate::domain::ids::SchoolId::new(account.school_id),
            crate::domain::actor::Actor::System,
        );
        session::note_failure(tx, &call, "staff", &account.id)
    });
    // An unknown login belongs to no school's log.
    let _ = noted.await;
}

/// Adds a cookie to an answer.
pub fn add(
    response: &mut HttpResponse,
    cookie: actix_web::cookie::Cookie<'static>,
) -> Result<(), Failure> {
    response
        .add_cookie(&cookie)
        .map_err(|_why| Problem::broken().into())
}

/// `POST /sign-out`.
pub async fn sign_out(visit: Visit) -> Result<HttpResponse, Failure> {
    if let Ok(session) = visit.session(&Door::Staff) {
        let origin = visit.origin.clone();
        let ended = visit.app.store.write(move |tx| {
            let seen = session::see(tx, &origin, &session)?;
            session::end(tx, &seen)
        });
        // A session that is over already needs no end.
        let _ = ended.await;
    }
    let mut response = visit.go("/");
    add(&mut response, visit.guard.cookies.forget(app::STAFF))?;
    response.headers_mut().insert(
        header::HeaderName::from_static("clear-site-data"),
        header::HeaderValue::from_static("\"storage\""),
    );
    Ok(response)
}

/// `GET /password`.
pub async fn password_form(visit: Visit) -> Result<HttpResponse, Failure> {
    let seen = visit.newcomer().await?;
    visit.page(
        &seen,
        &PasswordPage {
            first: seen.must_change,
            min_length: MIN_LENGTH,
            problem: None,
        },
    )
}

/// `POST /password`.
pub async fn change_password(visit: Visit, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let seen = visit.newcomer().await?;
    let (old, new, again) = (
        fields.need("old")?,
        fields.need("new")?,
        fields.need("again")?,
    );
    fields.finish()?;
    match judge_new(&visit, &seen, old, &new, &again).await? {
        Err(problem) => {
            let page = PasswordPage {
                first: seen.must_change,
                min_length: MIN_LENGTH,
                problem: Some(problem),
            };
            visit.page_as(StatusCode::BAD_REQUEST, Some(&seen), &page)
        }
        Ok(hash) => {
            let kind = seen.kind;
            visit
                .app
                .store
                .write(move |tx| sign_in::change_password(tx, &seen, &hash))
                .await?;
            let home = if kind == Kind::Office { "/a" } else { "/t" };
            Ok(visit.go_saying(home, FlashKind::Ok, "web-password-changed", &[]))
        }
    }
}

async fn judge_new(
    visit: &Visit,
    seen: &Seen,
    old: String,
    new: &str,
    again: &str,
) -> Result<Result<String, PasswordProblem>, Failure> {
    let id = seen.call.actor.staff().cloned().ok_or(Refusal::Forbidden)?;
    let school = seen.call.school.clone();
    let account = visit
        .app
        .store
        .read(move |db| staff::get(db, &school, &id))
        .await?;
    let tried = visit.app.throttle.guess(&account.login, None)?;
    if new != again {
        visit.app.throttle.withdraw(tried);
        return Ok(Err(PasswordProblem::Differs));
    }
    if let Err(weakness) =
        password_policy::judge(new, &[&seen.school_name, &account.login, &account.name])
    {
        visit.app.throttle.withdraw(tried);
        let short = weakness.key() == "password-too-short";
        return Ok(Err(if short {
            PasswordProblem::Short
        } else {
            PasswordProblem::Common
        }));
    }
    if new == old {
        visit.app.throttle.withdraw(tried);
        return Ok(Err(PasswordProblem::Same));
    }
    let (stored, new) = (account.password_hash.clone(), new.to_owned());
    let hashed = visit
        .app
        .hashes
        .run(move || password::verify(&old, &stored).then(|| password::hash(&new)))
        .await?;
    match hashed {
        None => Ok(Err(PasswordProblem::WrongOld)),
        Some(hash) => {
            visit.app.throttle.right(&account.login, tried);
            Ok(Ok(hash.map_err(|_why| Problem::broken())?))
        }
    }
}
