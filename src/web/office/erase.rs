//! `GET,POST /a/requests/{id}/erase`: the office reads what erasing a child would take away, types the child's number,
//! and does it.

use actix_web::{HttpResponse, http::StatusCode, web};

use crate::{
    actions::erase,
    domain::refusal::Refusal,
    screens::{FlashKind, family_rights::Erase},
    web::{
        failure::Failure,
        guard::Fields,
        prove,
        visit::{Door, Visit},
    },
};

/// Kinds of data that the page names one by one; the rest is summed up.
const NAMED: [&str; 7] = [
    "moments",
    "praises",
    "goals",
    "awards",
    "term_comments",
    "sheets",
    "appeals",
];

/// `GET`.
pub async fn show(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    page(&visit, id.into_inner(), false).await
}

async fn page(visit: &Visit, id: String, wrong: bool) -> Result<HttpResponse, Failure> {
    let request = id.clone();
    let read = visit.read(Door::Staff, move |db, seen| erase::held(db, seen, &request));
    let (seen, held) = read.await?;
    prove::first(&seen, &format!("/a/requests/{id}/erase"))?;
    let named = NAMED.map(|key| {
        let found = held.rows.iter().find(|(table, _)| *table == key);
        (key, found.map_or(0, |(_, n)| *n))
    });
    let page = Erase {
        id,
        child: held.child.name,
        student_no: held.child.student_no,
        here: held.here,
        goes: named.into_iter().filter(|(_, n)| *n > 0).collect(),
        wrong,
    };
    let status = if wrong {
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    visit.page_as(status, Some(&seen), &page)
}

/// `POST`.
pub async fn act(
    visit: Visit,
    id: web::Path<String>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let id = id.into_inner();
    let typed = fields.need("student_no")?;
    fields.finish()?;
    let request = id.clone();
    let write = visit.write(Door::Staff, move |tx, seen| {
        erase::erase(tx, seen, &request, &typed)
    });
    match write.await {
        Ok(_) => {
            visit.app.store.forget().await?;
            Ok(visit.go_saying("/a/requests", FlashKind::Ok, "erase-done", &[]))
        }
        Err(Failure::Refused(Refusal::Invalid(_))) => page(&visit, id, true).await,
        Err(Failure::Refused(Refusal::ProveAgain)) => {
            Ok(visit.go(&format!("/prove?next=/a/requests/{id}/erase")))
        }
        Err(other) => Err(other),
    }
}
