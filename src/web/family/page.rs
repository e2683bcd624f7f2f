//! `GET /f/{link}`: the form while a round is open and nothing has been said, else the child's card.

use actix_web::{HttpResponse, http::StatusCode, web};
use serde::Deserialize;

use super::{about_class, discreet, form::form, notice, rights, veiled};
use crate::{
    actions::{
        Acted,
        home_data::{self, Standing},
        paper,
        session::Seen,
        tasks::{self, Task},
    },
    domain::{actor::Actor, calendar::SchoolYear, class_name, ids::StudentId, refusal::Refusal},
    screens::family::{FamilyThanks, NoticeKind},
    storage::{Db, rounds, students},
    web::{
        failure::Failure,
        sight,
        visit::{Door, Visit},
    },
};

/// What the pages of one link need.
pub struct Home {
    pub child: students::StudentRow,
    pub class_name: String,
    /// The open round's cards; none while no round is open.
    pub open: Option<(String, Vec<Task>)>,
    /// The teacher typed in a paper of this home.
    pub paper: bool,
}

/// The home of a link, by its session.
pub fn home(db: &mut Db, seen: &Seen) -> Acted<Home> {
    let Actor::Family { student, class, .. } = &seen.call.actor else {
        return Err(Refusal::NotFound.into());
    };
    let child = students::by_id(db, &seen.call.school, &StudentId::new(student.as_str()))?;
    let row = students::class(db, &seen.call.school, class)?;
    let grade = SchoolYear::of(seen.call.today)
        .grade(row.cohort)
        .unwrap_or(6);
    let number = u32::try_from(row.number).unwrap_or(0);
    let mut paper = false;
    let open = match rounds::open_for(db, &seen.call.school, class)? {
        None => None,
        Some((round, _)) => {
            paper = paper::is_typed(db, &seen.call, &round.id, student)?;
            let tasks = tasks::family_tasks(db, &seen.call, &round.id)?;
            Some((round.id, tasks))
        }
    };
    Ok(Home {
        child,
        class_name: class_name::short_label(grade, number),
        open,
        paper,
    })
}

/// Query of the family page.
#[derive(Deserialize)]
pub struct Asked {
    edit: Option<String>,
    sent: Option<String>,
    wrong: Option<String>,
}

/// `GET /f/{link}`.
pub async fn show(
    visit: Visit,
    path: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let link = path.into_inner();
    let here = format!("/f/{link}");
    let read = visit.read(Door::Family(link.clone()), |db, seen| {
        Ok((home_data::standing(db, &seen.call)?, home(db, seen)?))
    });
    let (seen, (stands, home)) = match read.await {
        Ok(read) => read,
        Err(failure) => return without(&visit, &link, failure).await,
    };
    if let Some(first) = rights::asks(&visit, &here, &seen, &stands) {
        return Ok(first);
    }
    if asked.wrong.is_some() {
        return notice(&visit, StatusCode::OK, NoticeKind::WrongChild, &here);
    }
    let edit_href = home
        .open
        .as_ref()
        .map(|_| format!("{here}?edit=1"))
        .unwrap_or_default();
    if let Some(sent) = &asked.sent {
        let child = veiled(&home.child.name);
        return Ok(discreet(
            visit.page(
                &seen,
                &FamilyThanks {
                    child,
                    edit_href,
                    class: home
                        .open
                        .as_ref()
                        .and_then(|(_, tasks)| about_class::ask(&here, tasks)),
                    class_sent: sent == "2",
                    card_href: here,
                },
            )?,
        ));
    }
    let answered = home
        .open
        .as_ref()
        .is_some_and(|(_, tasks)| tasks.iter().any(|t| t.answers.is_some()));
    match &home.open {
        Some((_, tasks)) if asked.edit.is_some() || !answered => {
            visit.app.pace.shown(&seen.session, &link, visit.app.now());
            let form = form(visit.lang, &here, &home, tasks, None);
            Ok(discreet(visit.page(&seen, &form)?))
        }
        _ => card(&visit, &link, &edit_href, &stands).await,
    }
}

/// What is left where form and card are closed: the rights, where the family refused over this link.
async fn without(visit: &Visit, link: &str, failure: Failure) -> Result<HttpResponse, Failure> {
    let over = matches!(failure, Failure::Refused(Refusal::SignedOut));
    let rights = Door::Rights(link.to_owned());
    if over && visit.read(rights, |_, _| Ok(())).await.is_ok() {
        return Ok(discreet(visit.go(&format!("/f/{link}/rights"))));
    }
    rights::gone(visit, failure)
}

async fn card(
    visit: &Visit,
    link: &str,
    edit_href: &str,
    stands: &Standing,
) -> Result<HttpResponse, Failure> {
    let (here, edit) = (format!("/f/{link}"), edit_href.to_owned());
    let reader = (visit.lang, visit.app.timezone);
    let rules = visit.app.words();
    let loaded = visit.read(Door::Family(link.to_owned()), move |db, seen| {
        sight::family_card(db, seen, reader, &rules, &here, edit)
    });
    let (seen, mut page) = loaded.await?;
    page.request = stands.requests.first().map(|r| rights::request(visit, r));
    Ok(discreet(visit.page(&seen, &page)?))
}
