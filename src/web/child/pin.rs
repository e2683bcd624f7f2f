//! `GET, POST /c/{code}/{student}`: three pictures or four digits let a child in; with `/duty` to its post.

use actix_web::{HttpResponse, web};

use super::{
    enter::{self, at_door},
    speak,
};
use crate::{
    actions::sign_in::{AtDoor, Knock, Proof},
    keys::pin::{Pin, PinKind},
    screens::{
        child::{Pad, PinPage, PinProblem},
        parts::PICTURES,
    },
    web::{failure::Failure, guard::Fields, visit::Visit},
};

/// `GET`: an empty pad.
pub async fn form(
    visit: Visit,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    empty(&visit, knock(path, false)).await
}

/// `GET /c/{code}/{student}/duty`.
pub async fn duty_form(
    visit: Visit,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    empty(&visit, knock(path, true)).await
}

fn knock(path: web::Path<(String, String)>, duty: bool) -> Knock {
    let (door, student) = path.into_inner();
    Knock {
        door,
        student,
        duty,
    }
}

async fn empty(visit: &Visit, knock: Knock) -> Result<HttpResponse, Failure> {
    let at = at_door(visit, &knock).await?;
    visit.open_page(&pad(&knock, &at))
}

fn pad(knock: &Knock, at: &AtDoor) -> PinPage {
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
    let class = format!("/c/{}", knock.door);
    let to = if knock.duty { "/duty" } else { "" };
    let mut page = PinPage::new(
        &format!("{class}/{}{to}", at.child.id),
        &class,
        name,
        speak::avatar(&at.child),
        pad,
    );
    if !at.may_enter(knock) {
        page.problem = Some(PinProblem::Closed);
    }
    page
}

/// `POST`: one tap, or with script all of them.
pub async fn tap(
    visit: Visit,
    path: web::Path<(String, String)>,
    fields: Fields,
) -> Result<HttpResponse, Failure> {
    tapped(&visit, knock(path, false), fields).await
}

/// `POST /c/{code}/{student}/duty`.
pub async fn duty_tap(
    visit: Visit,
    path: web::Path<(String, String)>,
    fields: Fields,
) -> Result<HttpResponse, Failure> {
    tapped(&visit, knock(path, true), fields).await
}

async fn tapped(visit: &Visit, knock: Knock, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let at = at_door(visit, &knock).await?;
    let so_far = fields.take("so_far").unwrap_or_default();
    let tapped = fields.take("pick").or_else(|| fields.take("digit"));
    fields.finish()?;
    let page = pad(&knock, &at);
    let taps = taps(page.pad, &so_far, tapped.as_deref());
    if taps.len() < page.pad.places() {
        let taps: Vec<&str> = taps.iter().map(String::as_str).collect();
        return visit.open_page(&pad(&knock, &at).with_taps(&taps));
    }
    let proof = pin_of(page.pad, &taps).map(Proof::Pin);
    match enter::enter(visit, &knock, proof).await? {
        Ok(inside) => Ok(inside),
        Err(stay) => {
            let mut page = page;
            page.problem = Some(stay.problem);
            page.wait_seconds = stay.seconds;
            stay.told(visit, &page)
        }
    }
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
