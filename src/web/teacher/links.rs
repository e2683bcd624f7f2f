//! `/t/classes/{id}/links`: the families' links of a class, their slips to print, new ones and revoked ones. Making or
//! printing the links of a whole class needs a proof of the last five minutes (S-19).

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::{slips, words};
use crate::{
    actions::{
        Acted, class_desk,
        class_desk::ClassDesk,
        class_link, class_room,
        family_links::{self, Slip},
        prove,
        session::Seen,
    },
    domain::{
        ids::{ClassId, StudentId},
        refusal::Refusal,
    },
    keys::server_key::KeyRing,
    screens::{
        FlashKind,
        teacher_links::{self, LinkState, Links},
    },
    storage::{Db, access, access::LinkRow, schools::TermRow, students::StudentRow},
    web::{
        failure::Failure,
        guard::Fields,
        visit::{Door, Visit},
    },
};

/// Query of the page.
#[derive(Deserialize)]
pub struct Asked {
    print: Option<String>,
    messages: Option<String>,
}

struct Facts {
    desk: ClassDesk,
    term: TermRow,
    links: Vec<LinkRow>,
    opened: Vec<String>,
    /// Until when the class's own link opens.
    class_link: Option<i64>,
}

fn facts(db: &mut Db, ring: &KeyRing, seen: &Seen, class: &ClassId) -> Acted<Facts> {
    let call = &seen.call;
    let permit = call.actor.lead_class(class)?;
    let desk = class_desk::desk(db, call, class)?;
    let term = class_room::current_term(db, call)?;
    let children: Vec<String> = desk.children.iter().map(|c| c.id.clone()).collect();
    let links = access::links_among(db, &permit, &call.school, &term.id, &children)?;
    let ids: Vec<String> = links.iter().map(|l| l.id.clone()).collect();
    let opened = access::devices_of_links(db, &permit, &call.school, &ids)?;
    let of_class = class_link::of_class(db, ring, call, class)?;
    Ok(Facts {
        desk,
        term,
        links,
        opened,
        class_link: of_class.map(|(link, _)| link.expires_at),
    })
}

/// `GET /t/classes/{id}/links`; `?print=1` prints the slips of all links in force again, `?messages=1` shows a text for
/// each family to copy; both audited.
pub async fn links(
    visit: Visit,
    id: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let class = ClassId::new(id.into_inner());
    if asked.print.as_deref() == Some("1") {
        let printed = all(&visit, class.clone(), "link.print").await;
        return answer(&visit, &class, printed);
    }
    if asked.messages.as_deref() == Some("1") {
        return messages(visit, class).await;
    }
    let ring = visit.app.ring.clone();
    let (seen, facts) = visit
        .read(Door::Staff, move |db, seen| facts(db, &ring, seen, &class))
        .await?;
    visit.page(&seen, &view(&visit, &seen, &facts))
}

/// A desk with the slips to print.
type Printed = (ClassDesk, Vec<Slip>);

/// All links in force, for a purpose that the audit log names.
async fn all(
    visit: &Visit,
    class: ClassId,
    action: &'static str,
) -> Result<(Seen, Printed), Failure> {
    let ring = visit.app.ring.clone();
    let write = visit.write(Door::Staff, move |tx, seen| {
        let call = &seen.call;
        call.actor.lead_class(&class)?;
        prove::need(seen)?;
        let desk = class_desk::desk(tx, call, &class)?;
        let slips = family_links::slips(tx, &ring, call, &class)?;
        let detail = format!("links={}", slips.len());
        tx.record(call, action, &format!("class/{class}"), &detail)?;
        Ok((desk, slips))
    });
    write.await
}

async fn messages(visit: Visit, class: ClassId) -> Result<HttpResponse, Failure> {
    match all(&visit, class.clone(), "link.message").await {
        Ok((seen, (desk, found))) => visit.page(&seen, &slips::messages(&visit, &desk, found)),
        Err(other) => answer(&visit, &class, Err(other)),
    }
}

fn answer(
    visit: &Visit,
    class: &ClassId,
    printed: Result<(Seen, Printed), Failure>,
) -> Result<HttpResponse, Failure> {
    match printed {
        Ok((seen, (desk, slips))) => visit.page(&seen, &slips::slips(visit, &seen, &desk, slips)),
        Err(Failure::Refused(Refusal::ProveAgain)) => {
            Ok(visit.go(&format!("/prove?next=/t/classes/{class}/links")))
        }
        Err(other) => Err(other),
    }
}

/// `POST /t/classes/{id}/links`: `issue` (the whole class, or one `student`), `reissue` or `revoke` (a `link`).
pub async fn act(
    visit: Visit,
    id: web::Path<String>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let action = fields.need("action")?;
    let student = fields.take("student");
    let link = fields.take("link");
    fields.finish()?;
    let class = ClassId::new(id.into_inner());
    match (action.as_str(), student, link) {
        ("issue", student, None) => issue(visit, class, student).await,
        ("reissue", _, Some(link)) => reissue(visit, class, link).await,
        ("revoke", _, Some(link)) => {
            let (ring, back) = (visit.app.ring.clone(), format!("/t/classes/{class}/links"));
            let write = visit.write(Door::Staff, move |tx, seen| {
                family_links::revoke_link(tx, &ring, &seen.call, &class, &link, false)
            });
            write.await?;
            Ok(visit.go_saying(&back, FlashKind::Ok, "teacher-link-revoked", &[]))
        }
        _ => Err(Refusal::Invalid("link-action".to_owned()).into()),
    }
}

async fn issue(
    visit: Visit,
    class: ClassId,
    student: Option<String>,
) -> Result<HttpResponse, Failure> {
    let (ring, back) = (visit.app.ring.clone(), class.clone());
    let write = visit.write(Door::Staff, move |tx, seen| {
        let call = &seen.call;
        call.actor.lead_class(&class)?;
        let before = family_links::slips(tx, &ring, call, &class)?;
        match student {
            Some(student) => {
                family_links::issue_link(tx, &ring, call, &class, &StudentId::new(student))?
            }
            None => {
                prove::need(seen)?;
                family_links::issue_links(tx, &ring, call, &class)?;
            }
        }
        let after = family_links::slips(tx, &ring, call, &class)?;
        Ok((class_desk::desk(tx, call, &class)?, fresh(before, after)))
    });
    let printed = write.await;
    answer(&visit, &back, printed)
}

async fn reissue(visit: Visit, class: ClassId, link: String) -> Result<HttpResponse, Failure> {
    let (ring, back) = (visit.app.ring.clone(), class.clone());
    let write = visit.write(Door::Staff, move |tx, seen| {
        let call = &seen.call;
        let before = family_links::slips(tx, &ring, call, &class)?;
        family_links::revoke_link(tx, &ring, call, &class, &link, true)?;
        let after = family_links::slips(tx, &ring, call, &class)?;
        Ok((class_desk::desk(tx, call, &class)?, fresh(before, after)))
    });
    let printed = write.await;
    answer(&visit, &back, printed)
}

/// Only what was not there before.
fn fresh(before: Vec<Slip>, after: Vec<Slip>) -> Vec<Slip> {
    let known = |slip: &Slip| before.iter().any(|b| b.link.id == slip.link.id);
    after.into_iter().filter(|slip| !known(slip)).collect()
}

fn view(visit: &Visit, seen: &Seen, facts: &Facts) -> Links {
    let rows: Vec<_> = (0..)
        .zip(&facts.desk.children)
        .map(|(at, c)| row(visit, seen, facts, at, c))
        .collect();
    let works = |link: &LinkState| matches!(link.state, "out" | "opened");
    let without = rows
        .iter()
        .filter(|row| !row.refused && !row.links.iter().any(works))
        .count();
    let with = rows
        .iter()
        .filter(|row| row.links.iter().any(works))
        .count();
    let last = facts.term.ends_on + chrono::Days::new(family_links::DAYS_AFTER_TERM);
    let url = &visit.app.public_url;
    Links {
        class_id: facts.desk.class.id.clone(),
        class_name: facts.desk.name.clone(),
        term_name: facts.term.name.clone(),
        valid_until: words::date(visit.lang, last),
        without: words::count(without),
        with: words::count(with),
        class_link: facts
            .class_link
            .map(|at| slips::until(visit, at))
            .unwrap_or_default(),
        rows,
        address_warning: url.is_empty()
            || ["//127.", "//localhost", "//[::1]"]
                .iter()
                .any(|l| url.contains(l)),
        public_url: url.clone(),
    }
}

fn row(
    visit: &Visit,
    seen: &Seen,
    facts: &Facts,
    at: usize,
    child: &StudentRow,
) -> teacher_links::LinkRow {
    let own = facts.links.iter().filter(|l| l.student_id == child.id);
    teacher_links::LinkRow {
        student_id: child.id.clone(),
        number: words::number(child, at),
        name: child.name.clone(),
        links: own.map(|link| state(visit, seen, facts, link)).collect(),
        refused: child.consent == "refused",
        answered: facts
            .desk
            .round
            .as_ref()
            .is_some_and(|r| r.family(&child.id)),
    }
}

fn state(visit: &Visit, seen: &Seen, facts: &Facts, link: &LinkRow) -> LinkState {
    let devices = facts.opened.iter().filter(|id| **id == link.id).count();
    let state = match devices {
        _ if link.revoked_at.is_some() => "revoked",
        _ if link.expires_at <= seen.call.now => "expired",
        0 => "out",
        _ => "opened",
    };
    let day = |at: i64| words::day_at(visit, at);
    LinkState {
        id: link.id.clone(),
        state,
        issued: day(link.issued_at),
        until: day(link.expires_at - 1),
        devices: words::count(devices),
    }
}
