//! `GET, POST /s/avatar`: a child chooses the drawn picture on its tile.

use actix_web::HttpResponse;

use super::{own::me, speak};
use crate::{
    actions::choose_avatar::choose_avatar,
    domain::{avatar::Avatar, refusal::Refusal},
    screens::avatar::AvatarPage,
    web::{
        failure::Failure,
        guard::Fields,
        visit::{Door, Visit},
    },
};

/// `GET`: the drawn set.
pub async fn form(visit: Visit) -> Result<HttpResponse, Failure> {
    let (seen, me) = visit.read(Door::Child, me).await?;
    let page = AvatarPage::new(speak::is_low(me.grade), speak::avatar(&me.child));
    visit.page(&seen, &page)
}

/// `POST`: stores `head` and `ground`.
pub async fn choose(visit: Visit, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let (head, ground) = (fields.need("head")?, fields.need("ground")?);
    fields.finish()?;
    let chosen = drawn(&head, &ground).ok_or_else(|| Refusal::Invalid("avatar".to_owned()))?;
    visit
        .write(Door::Child, move |tx, seen| {
            choose_avatar(tx, &seen.call, chosen)
        })
        .await?;
    Ok(visit.go("/s/me"))
}

fn drawn(head: &str, ground: &str) -> Option<Avatar> {
    Avatar::new(head.parse().ok()?, ground.parse().ok()?)
}
