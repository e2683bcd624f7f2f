//! `/t/classes/{id}/cards`: the children's PIN cards to print, and `/t/students/{id}/pin`: a new PIN for one child.
//! Both show secrets, so both leave a line in the audit log.

use actix_web::{HttpResponse, web};

use super::{class_home, words};
use crate::{
    actions::{class_desk, class_desk::ClassDesk, class_room, session::Seen, sign_in::pin_record},
    domain::ids::{ClassId, StudentId},
    keys::{
        card,
        pin::{self, PinKind},
        server_key::KeyRing,
    },
    screens::{
        parts::PICTURES,
        parts::Qr,
        teacher::NewPin,
        teacher_links::{Cards, PinCard},
    },
    storage::{students, students::StudentRow},
    web::{
        failure::Failure,
        guard::Fields,
        visit::{Door, Visit},
    },
};

/// `GET /t/classes/{id}/cards`.
pub async fn cards(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let class = ClassId::new(id.into_inner());
    let write = visit.write(Door::Staff, move |tx, seen| {
        let call = &seen.call;
        call.actor.lead_class(&class)?;
        let desk = class_desk::desk(tx, call, &class)?;
        let detail = format!("cards={}", desk.children.len());
        tx.record(call, "pin.print", &format!("class/{class}"), &detail)?;
        Ok(desk)
    });
    let (seen, desk) = write.await?;
    visit.page(&seen, &view(&visit, &seen, &desk))
}

fn view(visit: &Visit, seen: &Seen, desk: &ClassDesk) -> Cards {
    let address = format!("{}/c/{}", visit.app.public_url, desk.class.door);
    let one = |(at, child): (usize, &StudentRow)| {
        let (pictures, digits) = shown(&visit.app.ring, child);
        let token = card::issue(
            &visit.app.ring,
            &desk.class.school_id,
            &child.id,
            &pin_record(child),
        );
        // Without the server's own address a code would lead nowhere.
        let token = token.filter(|_| !visit.app.public_url.is_empty());
        PinCard {
            number: words::number(child, at),
            name: child.name.clone(),
            pictures,
            digits,
            qr: token.and_then(|t| Qr::of(&format!("{address}/{}/card/{}", child.id, t.reveal()))),
        }
    };
    let cards = desk.children.iter().enumerate().map(one).collect();
    Cards {
        class_id: desk.class.id.clone(),
        class_name: desk.name.clone(),
        school_name: seen.school_name.clone(),
        qr: Qr::of(&address),
        class_address: address,
        cards,
    }
}

/// Ids of the pictures, or the digits; neither where the server key was changed and the PIN must be made anew.
fn shown(ring: &KeyRing, child: &StudentRow) -> (Vec<String>, String) {
    let Some(pin) = pin::reprint(ring, &child.id, &pin_record(child)) else {
        return (Vec::new(), String::new());
    };
    let picks = pin.picks().iter();
    match pin.kind() {
        PinKind::Pictures => {
            let picture = |place: &u8| PICTURES.get(usize::from(*place)).map(|id| (*id).to_owned());
            (picks.filter_map(picture).collect(), String::new())
        }
        PinKind::Digits => (Vec::new(), picks.map(u8::to_string).collect()),
    }
}

/// `POST /t/students/{id}/pin`: the class's page with the new PIN, this once.
pub async fn reset_pin(
    visit: Visit,
    id: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse, Failure> {
    fields.finish()?;
    let student = StudentId::new(id.into_inner());
    let ring = visit.app.ring.clone();
    let write = visit.write(Door::Staff, move |tx, seen| {
        let call = &seen.call;
        class_room::reset_pin(tx, &ring, call, &student)?;
        let class = students::class_on(tx, &call.school, &student, call.today)?;
        let permit = call.actor.see_child(&student, &class)?;
        let child = students::get(tx, &permit, &call.school)?;
        let facts = class_home::facts(tx, seen, &class)?;
        let (pictures, digits) = shown(&ring, &child);
        Ok((
            facts,
            NewPin {
                student_name: child.name,
                pictures,
                digits,
            },
        ))
    });
    let (seen, (facts, pin)) = write.await?;
    visit.page(&seen, &class_home::view(&visit, &seen, &facts, Some(pin)))
}
