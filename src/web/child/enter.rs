//! One try to get in at a class's door, by PIN or by card, with the same waiting after wrong tries. Used by `pin.rs`
//! and `card.rs`, so that a card is never an easier way in than a PIN.

use actix_web::{HttpResponse, cookie::SameSite, http::StatusCode, http::header};

use crate::{
    actions::{
        ActionError,
        session::Kind,
        sign_in::{self, AtDoor, Knock, Proof},
    },
    domain::refusal::Refusal,
    keys::backoff::Try,
    screens::{Page, child::PinProblem},
    web::{app, failure::Failure, problem::Problem, sign_in::add, visit::Visit},
};

/// Why a child is not in yet.
#[derive(Clone, Copy, Debug)]
pub struct Stay {
    pub problem: PinProblem,
    /// With [`PinProblem::Wait`].
    pub seconds: u32,
}

impl Stay {
    const WRONG: Self = Self {
        problem: PinProblem::Wrong,
        seconds: 0,
    };
    const CLOSED: Self = Self {
        problem: PinProblem::Closed,
        seconds: 0,
    };

    fn wait(problem: &Problem) -> Self {
        let response = problem.response();
        let header = response.headers().get(header::RETRY_AFTER);
        let seconds = header.and_then(|v| v.to_str().ok()?.parse().ok());
        Self {
            problem: PinProblem::Wait,
            seconds: seconds.unwrap_or(1),
        }
    }

    /// The page that says so.
    pub fn told<P: Page>(self, visit: &Visit, page: &P) -> Result<HttpResponse, Failure> {
        let status = match self.problem {
            PinProblem::Wrong => StatusCode::UNAUTHORIZED,
            PinProblem::Wait => StatusCode::TOO_MANY_REQUESTS,
            PinProblem::Closed => StatusCode::FORBIDDEN,
        };
        let mut response = visit.page_as(status, None, page)?;
        if self.problem == PinProblem::Wait {
            let after = header::HeaderValue::from(self.seconds);
            response.headers_mut().insert(header::RETRY_AFTER, after);
        }
        Ok(response)
    }
}

/// Who stands at the door of a code.
pub async fn at_door(visit: &Visit, knock: &Knock) -> Result<AtDoor, Failure> {
    let (origin, knock) = (visit.origin.clone(), knock.clone());
    let found = visit
        .app
        .store
        .read(move |db| sign_in::at_door(db, &origin, &knock));
    Ok(found.await?)
}

/// Tries `proof`; `None` is what cannot be one, and counts as a wrong try.
pub async fn enter(
    visit: &Visit,
    knock: &Knock,
    proof: Option<Proof>,
) -> Result<Result<HttpResponse, Stay>, Failure> {
    let account = format!("child/{}", knock.student);
    let tried = match visit.app.throttle.guess(&account, None) {
        Ok(tried) => tried,
        Err(problem) => return Ok(Err(Stay::wait(&problem))),
    };
    let Some(proof) = proof else {
        return Ok(Err(Stay::WRONG));
    };
    let (ring, origin, device) = (visit.app.ring.clone(), visit.origin.clone(), visit.device());
    let knocked = knock.clone();
    let done = visit
        .app
        .store
        .write(move |tx| sign_in::child_in(tx, &ring, &origin, &knocked, &proof, &device));
    match done.await {
        Ok((school, kind, session)) => {
            let ticket = visit.sign(&school, kind, &knock.student, &session)?;
            Ok(Ok(inside(visit, &account, tried, kind, ticket)?))
        }
        Err(ActionError::Refused(Refusal::WrongSecret)) => Ok(Err(Stay::WRONG)),
        Err(ActionError::Refused(Refusal::WindowClosed)) => {
            visit.app.throttle.withdraw(tried);
            Ok(Err(Stay::CLOSED))
        }
        Err(other) => Err(other.into()),
    }
}

fn inside(
    visit: &Visit,
    account: &str,
    tried: Try,
    kind: Kind,
    ticket: String,
) -> Result<HttpResponse, Failure> {
    visit.app.throttle.right(account, tried);
    let mut response = visit.go(if kind == Kind::Monitor { "/m" } else { "/s" });
    let cookies = &visit.guard.cookies;
    add(
        &mut response,
        cookies.set(app::CHILD, ticket, SameSite::Lax, None),
    )?;
    Ok(response)
}
