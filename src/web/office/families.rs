//! `GET,POST /a/families`: whether opening a family's link asks for the four digits of its slip.

use actix_web::HttpResponse;

use crate::{
    actions::family_door,
    domain::refusal::Refusal,
    screens::{FlashKind, office_families::Families},
    web::{
        failure::Failure,
        guard::Fields,
        visit::{Door, Visit},
    },
};

/// `GET /a/families`.
pub async fn show(visit: Visit) -> Result<HttpResponse, Failure> {
    let (seen, digits) = visit
        .read(Door::Staff, |db, seen| {
            seen.call.actor.run_school()?;
            family_door::asks_digits(db, &seen.call.school)
        })
        .await?;
    visit.page(&seen, &Families { digits })
}

/// `POST /a/families`.
pub async fn choose(visit: Visit, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let on = match fields.need("digits")?.as_str() {
        "on" => true,
        "off" => false,
        _ => return Err(Refusal::Invalid("digits".to_owned()).into()),
    };
    fields.finish()?;
    visit
        .write(Door::Staff, move |tx, seen| {
            family_door::set_asks_digits(tx, &seen.call, on)
        })
        .await?;
    Ok(visit.go_saying("/a/families", FlashKind::Ok, "office-saved", &[]))
}
