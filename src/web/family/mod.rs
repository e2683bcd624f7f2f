//! Families: `/p/{token}` shows nothing and changes nothing until a tap exchanges the token for a session of that one
//! link (`address`), `/p/class/{token}` until somebody types the code of a child's slip (`class_door`); `/f/{link}` is
//! the form while the round is open (`form`, `send`) and the child's card afterwards (`page`); the question about the
//! class comes after it (`about_class`). The notice and the family's rights (`rights`, `data`, `parts`) stay open where it
//! refused. Badges are taken along in `carry`; the
//! term's growth letter is `letter`.

pub mod about_class;
mod address;
pub mod carry;
pub mod class_door;
pub mod data;
mod form;
pub mod letter;
mod page;
mod parts;
mod parts_deeds;
pub mod rights;
mod send;

use actix_web::{HttpResponse, http::StatusCode};

pub use self::{
    address::{landing, open},
    form::plain_label,
    page::show,
    send::{confirm_goal, send},
};
pub use crate::domain::credential::veiled;
use crate::{
    domain::refusal::Refusal,
    screens::family::{FamilyNotice, Kept, NoticeKind},
    web::{failure::Failure, visit::Visit},
};

/// Family pages tell nobody where they came from, and are kept by nobody.
fn discreet(response: HttpResponse) -> HttpResponse {
    crate::web::discreet::discreet(response, "no-referrer")
}

fn notice(
    visit: &Visit,
    status: StatusCode,
    kind: NoticeKind,
    back: &str,
) -> Result<HttpResponse, Failure> {
    notice_with(visit, status, kind, back, Kept::default())
}

/// A notice that gives back what was typed.
fn notice_with(
    visit: &Visit,
    status: StatusCode,
    kind: NoticeKind,
    back: &str,
    kept: Kept,
) -> Result<HttpResponse, Failure> {
    let back = back.to_owned();
    let page = FamilyNotice { kind, back, kept };
    Ok(discreet(visit.page_as(status, None, &page)?))
}

fn told(visit: &Visit, failure: Failure) -> Result<HttpResponse, Failure> {
    match failure {
        Failure::Refused(Refusal::NotFound) => {
            notice(visit, StatusCode::NOT_FOUND, NoticeKind::Unknown, "")
        }
        Failure::Refused(Refusal::Expired) => notice(visit, StatusCode::GONE, NoticeKind::Gone, ""),
        other => Err(other),
    }
}
