//! From what the rooms below say to a status: the only table of statuses for refusals.

use actix_web::{HttpResponse, ResponseError, http::StatusCode, http::header};

use super::problem::Problem;
use crate::{
    actions::ActionError, domain::refusal::Refusal, screens::ScreenError, storage::StorageError,
};

/// Why a handler did not answer as asked.
#[derive(Debug)]
pub enum Failure {
    /// The domain says no.
    Refused(Refusal),
    /// The data room failed.
    Storage(StorageError),
    /// A guard says no.
    Problem(Problem),
    /// Somebody has to go somewhere else first: sign in, change the first password.
    GoTo(String),
    /// A page could not be drawn.
    Page(ScreenError),
}

impl From<ActionError> for Failure {
    fn from(error: ActionError) -> Self {
        match error {
            ActionError::Refused(refusal) => Self::Refused(refusal),
            ActionError::Storage(error) => Self::Storage(error),
        }
    }
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<StorageError> for Failure {
    fn from(error: StorageError) -> Self {
        ActionError::from(error).into()
    }
}

impl From<Problem> for Failure {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<ScreenError> for Failure {
    fn from(error: ScreenError) -> Self {
        Self::Page(error)
    }
}

impl std::fmt::Display for Failure {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Storage(error) => error.fmt(f),
            Self::Problem(problem) => write!(f, "{problem:?}"),
            Self::GoTo(_) => f.write_str("elsewhere first"),
            Self::Page(error) => error.fmt(f),
        }
    }
}

/// The status of a refusal (interfaces.md, Web).
pub fn status_of(refusal: &Refusal) -> StatusCode {
    match refusal {
        Refusal::SignedOut | Refusal::WrongSecret => StatusCode::UNAUTHORIZED,
        Refusal::Forbidden
        | Refusal::NotYourRatee
        | Refusal::WindowClosed
        | Refusal::ProveAgain
        | Refusal::EnrolFirst
        | Refusal::NoticeFirst => StatusCode::FORBIDDEN,
        Refusal::NotFound => StatusCode::NOT_FOUND,
        Refusal::RoundNotOpen
        | Refusal::Stale
        | Refusal::WrongState
        | Refusal::Taken(_)
        | Refusal::RuleFrozen
        | Refusal::TermClosed
        | Refusal::StillHere => StatusCode::CONFLICT,
        Refusal::UnknownIndicator(_)
        | Refusal::AnchorOutOfRange(..)
        | Refusal::UnkindWords
        | Refusal::WordsLater(_)
        | Refusal::Invalid(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Refusal::CommentTooLong(_) | Refusal::WeakPassword(_) => StatusCode::BAD_REQUEST,
        Refusal::Wait(_) => StatusCode::TOO_MANY_REQUESTS,
        Refusal::Expired => StatusCode::GONE,
    }
}

/// The problem document of a refusal.
pub fn problem_of(refusal: &Refusal) -> Problem {
    let problem = match refusal {
        Refusal::NotFound => Problem::not_found(),
        Refusal::SignedOut => Problem::unauthorized(),
        other => Problem::new(status_of(other), other.key(), other.to_string()),
    };
    match refusal {
        Refusal::UnknownIndicator(id) => problem.at(format!("/scores/{id}"), "unknown indicator"),
        Refusal::AnchorOutOfRange(id, n) => {
            problem.at(format!("/scores/{id}"), format!("must be 1 to {n} or null"))
        }
        Refusal::CommentTooLong(_) => problem.at("/comment", "too long"),
        Refusal::Wait(seconds) => problem.after(*seconds),
        _ => problem,
    }
}

impl ResponseError for Failure {
    fn status_code(&self) -> StatusCode {
        match self {
            Self::Refused(refusal) => status_of(refusal),
            Self::Storage(StorageError::Busy) => StatusCode::SERVICE_UNAVAILABLE,
            Self::Storage(StorageError::Conflict) => StatusCode::CONFLICT,
            Self::Storage(StorageError::NotFound) => StatusCode::NOT_FOUND,
            Self::Storage(StorageError::Broken(_)) | Self::Page(_) => {
                StatusCode::INTERNAL_SERVER_ERROR
            }
            Self::Problem(problem) => problem.status(),
            Self::GoTo(_) => StatusCode::SEE_OTHER,
        }
    }

    fn error_response(&self) -> HttpResponse {
        match self {
            Self::Refused(refusal) => problem_of(refusal).response(),
            Self::Storage(StorageError::Busy) => Problem::busy(1).response(),
            Self::Storage(StorageError::Conflict) => {
                Problem::conflict("It is there already.").response()
            }
            Self::Storage(StorageError::NotFound) => Problem::not_found().response(),
            Self::Storage(StorageError::Broken(why)) => {
                tracing::error!(%why, "storage");
                Problem::broken().response()
            }
            Self::Page(error) => {
                tracing::error!(%error, "page");
                Problem::broken().response()
            }
            Self::Problem(problem) => problem.response(),
            Self::GoTo(address) => HttpResponse::SeeOther()
                .insert_header((header::LOCATION, address.as_str()))
                .finish(),
        }
    }
}
