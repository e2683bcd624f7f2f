//! `GET /f/{link}/letter`: the growth letter of the own child, once the class's are handed over.

use actix_web::{HttpResponse, web};

use super::{discreet, rights::gone};
use crate::{
    actions::letters,
    screens::letter::FamilyLetter,
    web::{
        failure::Failure,
        letter::{Head, written},
        visit::{Door, Visit},
    },
};

/// See the file's head.
pub async fn show(visit: Visit, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let link = path.into_inner();
    let read = visit.read(Door::Family(link.clone()), |db, seen| {
        letters::own(db, &seen.call)
    });
    let (seen, (found, class_name, term)) = match read.await {
        Ok(read) => read,
        Err(failure) => return gone(&visit, failure),
    };
    let head = Head {
        school_name: &seen.school_name,
        class_name: &class_name,
        term: &term,
    };
    let page = FamilyLetter {
        back: format!("/f/{link}"),
        letter: written(visit.lang, &visit.app.words(), &head, &found),
    };
    Ok(discreet(visit.page(&seen, &page)?))
}
