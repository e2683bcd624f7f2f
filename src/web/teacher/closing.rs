//! `/t/classes/{id}/close`: a class's term is closed, with a reason for each child of whom nobody told anything lately,
//! and opened again.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, http::StatusCode, web};

use super::words;
use crate::{
    actions::{close_term, close_term::TermEnd},
    domain::{closing::REASON, ids::ClassId, refusal::Refusal},
    screens::{
        FlashKind,
        teacher_closing::{ClassClosing, ClosedTerm, EndStep, UnseenAtEnd},
    },
    web::{
        child::speak,
        failure::Failure,
        guard::Fields,
        visit::{Door, Visit},
    },
};

/// `GET`.
pub async fn show(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    page(&visit, &ClassId::new(id.into_inner()), None).await
}

/// `typed`: reasons of a form that was refused.
async fn page(
    visit: &Visit,
    class: &ClassId,
    typed: Option<BTreeMap<String, String>>,
) -> Result<HttpResponse, Failure> {
    let of = class.clone();
    let read = visit.read(Door::Staff, move |db, seen| {
        close_term::load(db, &seen.call, &of)
    });
    let (seen, end) = read.await?;
    let status = match typed {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    visit.page_as(status, Some(&seen), &view(visit, &end, typed))
}

/// `POST`: `act` = `close` with `why.{student}`, or `reopen`.
pub async fn act(
    visit: Visit,
    id: web::Path<String>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let class = ClassId::new(id.into_inner());
    let act = fields.need("act")?;
    let said: BTreeMap<String, String> = fields.take_all("why.").into_iter().collect();
    fields.finish()?;
    match act.as_str() {
        "close" => close(&visit, class, said).await,
        "reopen" => {
            let here = home(&class);
            let write = visit.write(Door::Staff, move |tx, seen| {
                close_term::reopen(tx, &seen.call, &class)
            });
            match write.await {
                Ok(_) => Ok(visit.go_saying(&here, FlashKind::Ok, "closing-reopened", &[])),
                Err(Failure::Refused(Refusal::WrongState)) => Ok(visit.go(&here)),
                Err(other) => Err(other),
            }
        }
        _ => Err(Refusal::Invalid("closing-act".to_owned()).into()),
    }
}

async fn close(
    visit: &Visit,
    class: ClassId,
    said: BTreeMap<String, String>,
) -> Result<HttpResponse, Failure> {
    let (of, given) = (class.clone(), said.clone());
    let write = visit.write(Door::Staff, move |tx, seen| {
        close_term::close(tx, &seen.call, &of, &given)
    });
    match write.await {
        Ok(_) => Ok(visit.go_saying(&home(&class), FlashKind::Ok, "closing-done", &[])),
        Err(Failure::Refused(Refusal::Invalid(_))) => page(visit, &class, Some(said)).await,
        Err(other) => Err(other),
    }
}

fn home(class: &ClassId) -> String {
    format!("/t/classes/{class}/close")
}

fn view(visit: &Visit, end: &TermEnd, typed: Option<BTreeMap<String, String>>) -> ClassClosing {
    let wrong = typed.is_some();
    let typed = typed.unwrap_or_default();
    let reason = |id: &str| typed.get(id).cloned().unwrap_or_default();
    ClassClosing {
        class_id: end.desk.class.id.clone(),
        class_name: end.desk.name.clone(),
        term_name: end.term.name.clone(),
        steps: steps(end),
        unseen: children(end, |id| {
            end.unseen.iter().any(|one| one == id).then(|| reason(id))
        }),
        least: REASON.0,
        most: REASON.1,
        wrong,
        closed: end.closed.as_ref().map(|closed| ClosedTerm {
            day: words::day_at(visit, closed.row.closed_at),
            by: closed.by.clone(),
            unseen: children(end, |id| closed.reasons.get(id).cloned()),
        }),
    }
}

/// The children that have a reason, or should.
pub fn children(end: &TermEnd, reason: impl Fn(&str) -> Option<String>) -> Vec<UnseenAtEnd> {
    let one = |(at, child): (usize, &crate::storage::students::StudentRow)| {
        Some(UnseenAtEnd {
            reason: reason(&child.id)?,
            id: child.id.clone(),
            number: words::number(child, at),
            name: child.name.clone(),
            avatar: speak::avatar(child),
        })
    };
    let all = end.desk.children.iter().enumerate();
    all.filter_map(one).collect()
}

fn steps(end: &TermEnd) -> Vec<EndStep> {
    let at = |tail: &str| format!("/t/classes/{}{tail}", end.desk.class.id);
    let all = words::count(end.desk.children.len());
    let finals = words::count(end.comments);
    let waits = |key, n: usize, tail: &str| EndStep {
        key,
        done: n == 0,
        n: words::count(n),
        of: 0,
        href: at(tail),
    };
    vec![
        waits("round", usize::from(end.desk.round.is_some()), ""),
        waits("moments", end.moments, "/moments"),
        waits("badges", end.badges, "/badges"),
        waits("appeals", end.appeals, "/appeals"),
        EndStep {
            done: finals >= all,
            n: finals,
            of: all,
            ..waits("comments", 0, "/comments")
        },
        waits("release", usize::from(!end.released), "/comments"),
    ]
}
