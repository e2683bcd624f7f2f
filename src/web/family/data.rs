//! `GET /f/{link}/data` and `data.json`: what the school holds about the child, to read, to print and to take along.

use actix_web::{HttpResponse, http::header, web};

use super::{discreet, parts, rights::gone, veiled};
use crate::{
    actions::home_data,
    screens::family_rights::FamilyData,
    web::{
        failure::Failure,
        teacher::words,
        visit::{Door, Visit},
    },
};

/// `GET /f/{link}/data`.
pub async fn show(visit: Visit, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let link = path.into_inner();
    let read = visit.read(Door::Rights(link.clone()), |db, seen| {
        let data = home_data::load(db, &seen.call)?;
        let standing = home_data::standing(db, &seen.call)?;
        Ok((data, standing.class_name))
    });
    let (seen, (data, class_name)) = match read.await {
        Ok(read) => read,
        Err(failure) => return gone(&visit, failure),
    };
    let page = FamilyData {
        here: format!("/f/{link}"),
        child: veiled(&data.child.name),
        class_name,
        school_name: seen.school_name.clone(),
        date: words::date(visit.lang, seen.call.today),
        parts: parts::listed(&visit, &data),
    };
    Ok(discreet(visit.page(&seen, &page)?))
}

/// `GET /f/{link}/data.json`: the log says that it was taken, before the first byte; at most five a minute (S-67).
pub async fn take(visit: Visit, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let link = path.into_inner();
    visit.app.throttle.export(&link)?;
    let write = visit.write(Door::Rights(link), |tx, seen| {
        home_data::export(tx, &seen.call)
    });
    let (seen, data) = match write.await {
        Ok(written) => written,
        Err(failure) => return gone(&visit, failure),
    };
    let name = format!(
        "attachment; filename=\"starlight-{}.json\"",
        seen.call.today
    );
    let body = parts::document(&visit, &seen, &data);
    let mut response = discreet(HttpResponse::Ok().json(body));
    if let Ok(value) = header::HeaderValue::from_str(&name) {
        response
            .headers_mut()
            .insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}
