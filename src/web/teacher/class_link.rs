//! `/t/classes/{id}/class-link`: the class's one link for the parents' chat, made, shown as a poster and taken back.
//! Making and showing it needs a proof of the last five minutes, like printing the slips.

use actix_web::{HttpResponse, web};

use super::slips::until;
use crate::{
    actions::{Acted, class_desk, class_link, prove, session::Seen},
    domain::{ids::ClassId, refusal::Refusal},
    keys::server_key::KeyRing,
    screens::{FlashKind, parts::Qr, say, teacher_links::ClassPoster},
    storage::{Tx, class_links::ClassLinkRow},
    web::{
        failure::Failure,
        guard::Fields,
        visit::{Door, Visit},
    },
};

/// The class's name, its link and the token of its address.
type Shown = (String, ClassLinkRow, Option<String>);

fn load(tx: &mut Tx<'_>, ring: &KeyRing, seen: &Seen, class: &ClassId) -> Acted<Shown> {
    let found = class_link::of_class(tx, ring, &seen.call, class)?;
    let (link, token) = found.ok_or(Refusal::NotFound)?;
    let desk = class_desk::desk(tx, &seen.call, class)?;
    Ok((desk.name, link, token))
}

/// `GET /t/classes/{id}/class-link`: the poster, audited.
pub async fn show(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let class = ClassId::new(id.into_inner());
    let (ring, of) = (visit.app.ring.clone(), class.clone());
    let write = visit.write(Door::Staff, move |tx, seen| {
        seen.call.actor.lead_class(&of)?;
        prove::need(seen)?;
        let shown = load(tx, &ring, seen, &of)?;
        tx.record(&seen.call, "class-link.print", &format!("class/{of}"), "")?;
        Ok(shown)
    });
    let shown = write.await;
    answer(&visit, &class, shown)
}

/// `POST /t/classes/{id}/class-link`: `make` (also in place of the one before) or `revoke`.
pub async fn act(
    visit: Visit,
    id: web::Path<String>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let action = fields.need("action")?;
    fields.finish()?;
    let class = ClassId::new(id.into_inner());
    let (ring, of) = (visit.app.ring.clone(), class.clone());
    match action.as_str() {
        "make" => {
            let write = visit.write(Door::Staff, move |tx, seen| {
                seen.call.actor.lead_class(&of)?;
                prove::need(seen)?;
                class_link::issue(tx, &ring, &seen.call, &of)?;
                load(tx, &ring, seen, &of)
            });
            let shown = write.await;
            answer(&visit, &class, shown)
        }
        "revoke" => {
            let write = visit.write(Door::Staff, move |tx, seen| {
                class_link::revoke(tx, &seen.call, &of)
            });
            write.await?;
            let back = format!("/t/classes/{class}/links");
            Ok(visit.go_saying(&back, FlashKind::Ok, "links-class-revoked", &[]))
        }
        _ => Err(Refusal::Invalid("link-action".to_owned()).into()),
    }
}

fn answer(
    visit: &Visit,
    class: &ClassId,
    shown: Result<(Seen, Shown), Failure>,
) -> Result<HttpResponse, Failure> {
    match shown {
        Ok((seen, shown)) => visit.page(&seen, &poster(visit, &seen, class, shown)),
        Err(Failure::Refused(Refusal::ProveAgain)) => {
            Ok(visit.go(&format!("/prove?next=/t/classes/{class}/links")))
        }
        Err(other) => Err(other),
    }
}

fn poster(visit: &Visit, seen: &Seen, class: &ClassId, shown: Shown) -> ClassPoster {
    let (class_name, link, token) = shown;
    let address = token.map(|token| format!("{}/p/class/{token}", visit.app.public_url));
    let valid_until = until(visit, link.expires_at);
    let args = [
        ("address", address.as_deref().unwrap_or_default()),
        ("until", valid_until.as_str()),
    ];
    ClassPoster {
        class_id: class.to_string(),
        class_name,
        school_name: seen.school_name.clone(),
        text: say(visit.lang, "links-class-message", &args),
        qr: address.as_deref().and_then(Qr::of),
        address: address.unwrap_or_default(),
        valid_until,
    }
}
