//! `/p/class/{token}`: the link that a teacher posts in the parents' chat. It names nobody; the code on a child's own
//! slip opens that child's own link. Wrong, unknown and no longer valid codes are answered alike; five tries a child and
//! five wrong ones an address in a quarter of an hour, and a right code is not held up by what others at its address
//! guess (S-41).

use actix_web::{HttpResponse, web};

use super::{
    address::{again, counted, enter, waiting},
    discreet, told,
};
use crate::{
    actions::class_link,
    keys::slip_code::SlipCode,
    screens::family::{FamilyClassLanding, SlipTry},
    storage::{Db, Tx, access::LinkRow, class_links::ClassLinkRow},
    web::{
        failure::Failure,
        guard::{ClientIp, Fields},
        visit::Visit,
    },
};

async fn find(visit: &Visit, token: &str, ip: ClientIp) -> Result<ClassLinkRow, Failure> {
    let (origin, token) = (visit.origin.clone(), token.to_owned());
    let read = move |db: &mut Db| class_link::by_token(db, &origin, &token);
    counted(
        visit,
        ip,
        visit.app.store.read(read).await.map_err(Failure::from),
    )
}

/// `GET /p/class/{token}`: without effect.
pub async fn landing(
    visit: Visit,
    path: web::Path<String>,
    ip: ClientIp,
) -> Result<HttpResponse, Failure> {
    match find(&visit, &path, ip).await {
        Ok(_) => Ok(discreet(visit.open_page(&page(&path, SlipTry::default()))?)),
        Err(failure) => told(&visit, failure),
    }
}

/// `POST /p/class/{token}` with a `code`.
pub async fn open(
    visit: Visit,
    path: web::Path<String>,
    ip: ClientIp,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let typed = fields.take("code").unwrap_or_default();
    fields.finish()?;
    let door = match find(&visit, &path, ip).await {
        Ok(door) => door,
        Err(failure) => return told(&visit, failure),
    };
    match try_code(&visit, &door, &typed, ip).await? {
        Ok(link) => enter(&visit, link).await,
        Err(tried) => again(&visit, tried, &page(&path, tried)),
    }
}

/// One try: the child's link, or what became of it.
async fn try_code(
    visit: &Visit,
    door: &ClassLinkRow,
    typed: &str,
    ip: ClientIp,
) -> Result<Result<LinkRow, SlipTry>, Failure> {
    let code = SlipCode::parse(typed);
    let throttle = &visit.app.throttle;
    let of_child = code.as_ref().map_or("", SlipCode::of_child);
    let (child, address) = (format!("{}/{of_child}", door.id), format!("address/{ip}"));
    if code.is_some()
        && let Err(wait) = throttle.slip_try(&child)
    {
        return Ok(Err(waiting(wait)));
    }
    if let Some(link) = look_up(visit, door, code).await? {
        throttle.slip_right(&child);
        return Ok(Ok(link));
    }
    if let Err(wait) = throttle.slip_try(&address) {
        return Ok(Err(waiting(wait)));
    }
    let (origin, row) = (visit.origin.clone(), door.clone());
    let write = move |tx: &mut Tx<'_>| class_link::note_wrong_code(tx, &origin, &row);
    visit.app.store.write(write).await?;
    Ok(Err(SlipTry {
        wrong: true,
        wait: 0,
    }))
}

async fn look_up(
    visit: &Visit,
    door: &ClassLinkRow,
    code: Option<SlipCode>,
) -> Result<Option<LinkRow>, Failure> {
    let Some(code) = code else {
        return Ok(None);
    };
    let (origin, ring, door) = (visit.origin.clone(), visit.app.ring.clone(), door.clone());
    let read = move |db: &mut Db| class_link::child_of(db, &ring, &origin, &door, &code);
    Ok(visit.app.store.read(read).await?)
}

fn page(token: &str, tried: SlipTry) -> FamilyClassLanding {
    FamilyClassLanding {
        action: format!("/p/class/{token}"),
        tried,
    }
}
