//! `GET /c/{code}`: the class page. Opening it ends a child's session in this browser: the next one is at the tablet.

use actix_web::{HttpResponse, web};

use super::speak;
use crate::{
    actions::{class_door, class_door::ClassDoor, session},
    screens::child::{ClassPage, Tile, TileState},
    web::{
        app,
        failure::Failure,
        sign_in::add,
        visit::{Door, Visit},
    },
};

/// See the file's head.
pub async fn page(visit: Visit, code: web::Path<String>) -> Result<HttpResponse, Failure> {
    let (origin, code) = (visit.origin.clone(), code.into_inner());
    let door = visit
        .app
        .store
        .read(move |db| class_door::load(db, &origin, &code))
        .await?;
    let mut response = visit.open_page(&view(&door))?;
    if let Ok(id) = visit.session(&Door::Child) {
        end(&visit, id).await;
        add(&mut response, visit.guard.cookies.forget(app::CHILD))?;
    }
    Ok(response)
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

fn view(door: &ClassDoor) -> ClassPage {
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
        cards: false,
    }
}
