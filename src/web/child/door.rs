//! `GET /c/{code}`: the class page. Opening it ends a child's session in this browser: the next one is at the tablet.

use actix_web::{HttpResponse, http::StatusCode, web};
use serde::Deserialize;

use super::speak;
use crate::{
    actions::{class_door, class_door::ClassDoor, session, sign_in},
    domain::calendar::GradeBand,
    screens::child::{CardProblem, ClassPage, Tile, TileState},
    web::{
        app,
        failure::Failure,
        sign_in::add,
        visit::{Door, Visit},
    },
};

/// See the file's head.
pub async fn page(visit: Visit, code: web::Path<String>) -> Result<HttpResponse, Failure> {
    let door = load(&visit, &code).await?;
    let Ok(id) = visit.session(&Door::Child) else {
        return visit.open_page(&view(&visit, &door));
    };
    end(&visit, id).await;
    // Once more without the cookie: the page's form would be bound to a session that is over.
    let mut response = visit.go(&format!("/c/{}", door.door));
    add(&mut response, visit.guard.cookies.forget(app::CHILD))?;
    Ok(response)
}

/// What a monitor types at the door.
#[derive(Deserialize)]
pub struct Number {
    no: String,
}

/// `GET /c/{code}/duty`: to the own PIN for a child that is on duty now; everybody else is told the same.
pub async fn on_duty(
    visit: Visit,
    code: web::Path<String>,
    asked: web::Query<Number>,
) -> Result<HttpResponse, Failure> {
    let door = load(&visit, &code).await?;
    let (origin, at, no) = (
        visit.origin.clone(),
        door.door.clone(),
        asked.into_inner().no,
    );
    let read = visit
        .app
        .store
        .read(move |db| sign_in::on_duty_now(db, &origin, &at, &no));
    match read.await? {
        Some(id) => Ok(visit.go(&format!("/c/{}/{id}/duty", door.door))),
        None => visit.open_page(&ClassPage {
            no_duty: true,
            ..view(&visit, &door)
        }),
    }
}

/// The page after a card that did not open it.
pub async fn telling(
    visit: &Visit,
    code: &str,
    problem: CardProblem,
    seconds: u32,
) -> Result<ClassPage, Failure> {
    let door = load(visit, code).await?;
    Ok(ClassPage {
        scan: Some(problem),
        wait_seconds: seconds,
        ..view(visit, &door)
    })
}

/// The page after a text that is no card of this class.
pub async fn again(visit: &Visit, code: &str, status: StatusCode) -> Result<HttpResponse, Failure> {
    let page = telling(visit, code, CardProblem::Unknown, 0).await?;
    visit.page_as(status, None, &page)
}

async fn load(visit: &Visit, code: &str) -> Result<ClassDoor, Failure> {
    let (origin, code) = (visit.origin.clone(), code.to_owned());
    let store = &visit.app.store;
    Ok(store
        .read(move |db| class_door::load(db, &origin, &code))
        .await?)
}

/// Ends a child's session; one that is over already needs no end.
pub async fn end(visit: &Visit, id: String) {
    let origin = visit.origin.clone();
    let ended = visit.app.store.write(move |tx| {
        let seen = session::see(tx, &origin, &id)?;
        session::end(tx, &seen)
    });
    let _ = ended.await;
}

fn view(visit: &Visit, door: &ClassDoor) -> ClassPage {
    let low = speak::is_low(door.grade);
    let numbers = 1u32..;
    let tile = |(number, one): (u32, &class_door::DoorChild)| Tile {
        number: one
            .child
            .seat
            .and_then(|s| u32::try_from(s).ok())
            .unwrap_or(number),
        href: format!("/c/{}/{}", door.door, one.child.id),
        name: speak::name(&one.child, low),
        avatar: speak::avatar(&one.child),
        state: match (one.done, one.excused) {
            (true, _) => TileState::Done,
            (false, true) => TileState::Leave,
            (false, false) => TileState::Plain,
        },
    };
    let lit = door.children.iter().filter(|c| c.done).count();
    ClassPage {
        code: door.door.clone(),
        class_name: speak::class(door.grade, door.number, low),
        low,
        open: door.open,
        tiles: numbers.zip(&door.children).map(tile).collect(),
        lit: u32::try_from(lit).unwrap_or(0),
        // Without an address for them there are no cards.
        cards: door.open && !visit.app.public_url.is_empty(),
        scan: None,
        wait_seconds: 0,
        duty: GradeBand::of(door.grade) == Some(GradeBand::High),
        no_duty: false,
    }
}
