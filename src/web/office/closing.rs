//! `GET /a/closing`: which classes have closed their term, and which children nobody told anything of.

use actix_web::HttpResponse;

use crate::{
    actions::{close_term, close_term::TermEnd},
    screens::teacher_closing::{ClassAtEnd, SchoolClosing},
    web::{
        failure::Failure,
        teacher::{closing::children, words},
        visit::{Door, Visit},
    },
};

/// See the file's head.
pub async fn show(visit: Visit) -> Result<HttpResponse, Failure> {
    let read = visit.read(Door::Staff, |db, seen| {
        close_term::of_school(db, &seen.call)
    });
    let (seen, ends) = read.await?;
    let page = SchoolClosing {
        term_name: ends
            .first()
            .map(|end| end.term.name.clone())
            .unwrap_or_default(),
        closed: words::count(ends.iter().filter(|end| end.closed.is_some()).count()),
        classes: ends.iter().map(|end| class(&visit, end)).collect(),
    };
    visit.page(&seen, &page)
}

fn class(visit: &Visit, end: &TermEnd) -> ClassAtEnd {
    let closed = end.closed.as_ref();
    ClassAtEnd {
        id: end.desk.class.id.clone(),
        name: end.desk.name.clone(),
        children: words::count(end.desk.children.len()),
        finals: words::count(end.comments),
        unseen: children(end, |id| match closed {
            Some(closed) => closed.reasons.get(id).cloned(),
            None => (end.unseen.iter().any(|one| one == id)).then(String::new),
        }),
        closed: closed
            .map(|c| words::day_at(visit, c.row.closed_at))
            .unwrap_or_default(),
        by: closed.map(|c| c.by.clone()).unwrap_or_default(),
    }
}
