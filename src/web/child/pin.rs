//! `GET, POST /c/{code}/{student}`: three pictures or four digits let a child in.

use actix_web::{HttpResponse, cookie::SameSite, http::StatusCode, http::header, web};

use super::speak;
use crate::{
    actions::{
        ActionError,
        session::Kind,
        sign_in::{self, AtDoor},
    },
    domain::refusal::Refusal,
    keys::pin::{Pin, PinKind},
    screens::{
        child::{Pad, PinPage, PinProblem},
        parts::PICTURES,
    },
    web::{app, failure::Failure, guard::Fields, sign_in::add, visit::Visit},
};

/// `GET`: an empty pad.
pub async fn form(
    visit: Visit,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (code, student) = path.into_inner();
    let at = at_door(&visit, &code, &student).await?;
    visit.open_page(&pad(&code, &at))
}

async fn at_door(visit: &Visit, code: &str, student: &str) -> Result<AtDoor, Failure> {
    let (origin, code, student) = (visit.origin.clone(), code.to_owned(), student.to_owned());
    Ok(visit
        .app
        .store
        .read(move |db| sign_in::at_door(db, &origin, &code, &student))
        .await?)
}

fn pad(code: &str, at: &AtDoor) -> PinPage {
    let pad = if at.child.pin_kind == "digits" {
        Pad::Digits
    } else {
        Pad::Pictures
    };
    let low = pad == Pad::Pictures;
    // While the window is closed the page names nobody.
    let name = if at.open {
        speak::name(&at.child, low)
    } else {
        Vec::new()
    };
    let action = format!("/c/{code}/{}", at.child.id);
    let mut page = PinPage::new(
        &action,
        &format!("/c/{code}"),
        name,
        speak::avatar(&at.child),
        pad,
    );
    if !at.open {
        page.problem = Some(PinProblem::Closed);
    }
    page
}

/// `POST`: one tap, or with script all of them.
pub async fn tap(
    visit: Visit,
    path: web::Path<(String, String)>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let (code, student) = path.into_inner();
    let at = at_door(&visit, &code, &student).await?;
    let so_far = fields.take("so_far").unwrap_or_default();
    let tapped = fields.take("pick").or_else(|| fields.take("digit"));
    fields.finish()?;
    let page = pad(&code, &at);
    let taps = taps(page.pad, &so_far, tapped.as_deref());
    if taps.len() < page.pad.places() {
        let taps: Vec<&str> = taps.iter().map(String::as_str).collect();
        return visit.open_page(&pad(&code, &at).with_taps(&taps));
    }
    enter(&visit, &code, &at, page.pad, &taps).await
}

fn taps(pad: Pad, so_far: &str, last: Option<&str>) -> Vec<String> {
    let known = |tap: &str| match pad {
        Pad::Pictures => PICTURES.contains(&tap),
        Pad::Digits => tap.len() == 1 && tap.chars().all(|c| c.is_ascii_digit()),
    };
    let before: Vec<String> = match pad {
        Pad::Pictures => so_far.split(',').map(str::to_owned).collect(),
        Pad::Digits => so_far.chars().map(String::from).collect(),
    };
    before
        .into_iter()
        .chain(last.map(str::to_owned))
        .filter(|t| known(t))
        .take(pad.places())
        .collect()
}

fn pin_of(pad: Pad, taps: &[String]) -> Option<Pin> {
    let place = |tap: &String| match pad {
        Pad::Pictures => PICTURES
            .iter()
            .position(|id| id == tap)
            .and_then(|at| u8::try_from(at).ok()),
        Pad::Digits => tap.parse().ok(),
    };
    let picks: Option<Vec<u8>> = taps.iter().map(place).collect();
    let kind = if pad == Pad::Digits {
        PinKind::Digits
    } else {
        PinKind::Pictures
    };
    Pin::from_picks(kind, &picks?)
}

async fn enter(
    visit: &Visit,
    code: &str,
    at: &AtDoor,
    kind: Pad,
    taps: &[String],
) -> Result<HttpResponse, Failure> {
    let again = |problem, wait| {
        let mut page = pad(code, at);
        page.problem = Some(problem);
        page.wait_seconds = wait;
        page
    };
    let account = format!("child/{}", at.child.id);
    let tried = match visit.app.throttle.guess(&account, None) {
        Ok(tried) => tried,
        Err(problem) => {
            let response = problem.response();
            let header = response.headers().get(header::RETRY_AFTER).cloned();
            let wait = header
                .as_ref()
                .and_then(|v| v.to_str().ok()?.parse().ok())
                .unwrap_or(1);
            let mut response = visit.page_as(
                StatusCode::TOO_MANY_REQUESTS,
                None,
                &again(PinProblem::Wait, wait),
            )?;
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, header::HeaderValue::from(wait));
            return Ok(response);
        }
    };
    let Some(pin) = pin_of(kind, taps) else {
        return visit.page_as(StatusCode::UNAUTHORIZED, None, &again(PinProblem::Wrong, 0));
    };
    let (ring, origin, device) = (visit.app.ring.clone(), visit.origin.clone(), visit.device());
    let (door, student) = (code.to_owned(), at.child.id.clone());
    let done = visit
        .app
        .store
        .write(move |tx| sign_in::child_in(tx, &ring, &origin, &door, &student, &pin, &device));
    match done.await {
        Ok((school, kind, session)) => {
            visit.app.throttle.right(&account, tried);
            let ticket = visit.sign(&school, kind, &at.child.id, &session)?;
            let mut response = visit.go(if kind == Kind::Monitor { "/m" } else { "/s" });
            add(
                &mut response,
                visit
                    .guard
                    .cookies
                    .set(app::CHILD, ticket, SameSite::Lax, None),
            )?;
            Ok(response)
        }
        Err(ActionError::Refused(Refusal::WrongSecret)) => {
            visit.page_as(StatusCode::UNAUTHORIZED, None, &again(PinProblem::Wrong, 0))
        }
        Err(ActionError::Refused(Refusal::WindowClosed)) => {
            visit.app.throttle.withdraw(tried);
            visit.page_as(StatusCode::FORBIDDEN, None, &again(PinProblem::Closed, 0))
        }
        Err(other) => Err(other.into()),
    }
}
