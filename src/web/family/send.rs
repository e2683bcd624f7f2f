//! `POST /f/{link}`: what a family says, once or again until the round closes; `POST /f/{link}/goal`.

use actix_web::{HttpResponse, http::StatusCode, web};

use super::{
    discreet,
    form::{CHEERS, Typed, form},
    notice_with,
    page::home,
    told,
};
use crate::{
    actions::{
        Acted, ActionError, goals,
        paper::WORDS,
        session::Seen,
        submit_sheet::{Ratee, SheetSent, submit_sheet},
    },
    domain::{actor::Actor, ids::StudentId, refusal::Refusal, rubric::Source, sheet::Submission},
    screens::{
        FlashKind,
        family::{Kept, NoticeKind},
        say,
    },
    storage::Tx,
    web::{
        failure::Failure,
        guard::Fields,
        visit::{Door, Visit},
    },
};

/// What a form says.
struct Said {
    scores: Vec<(String, Option<u8>)>,
    words: String,
    /// The version that the form was filled on.
    version: Option<i32>,
}

impl Said {
    /// All of it, to be shown with a notice; `action` where it can be sent once more.
    fn kept(&self, action: &str) -> Kept {
        let mark =
            |(id, anchor): &(String, Option<u8>)| Some((format!("a.{id}"), (*anchor)?.to_string()));
        let mut fields: Vec<(String, String)> = self.scores.iter().filter_map(mark).collect();
        fields.push(("text".to_owned(), self.words.clone()));
        fields.extend(self.version.map(|v| ("version".to_owned(), v.to_string())));
        Kept {
            words: self.words.clone(),
            action: action.to_owned(),
            fields,
        }
    }
}

fn read(visit: &Visit, mut fields: Fields) -> Result<Said, Failure> {
    let mut scores = Vec::new();
    for (id, value) in fields.take_all("a.") {
        let anchor = value
            .parse()
            .map_err(|_why| Refusal::AnchorOutOfRange(id.clone(), 5))?;
        scores.push((id, Some(anchor)));
    }
    let chip = fields.take("chip").unwrap_or_default();
    let text = fields.take("text").unwrap_or_default();
    let version = fields.take("version").and_then(|v| v.parse().ok());
    fields.finish()?;
    let words = match chip.parse::<usize>() {
        Ok(n) if (1..=CHEERS).contains(&n) => say(visit.lang, &format!("web-cheer-{n}"), &[]),
        _ => text.trim().chars().take(WORDS).collect(),
    };
    Ok(Said {
        scores,
        words,
        version,
    })
}

/// `POST /f/{link}`.
pub async fn send(
    visit: Visit,
    path: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse, Failure> {
    let link = path.into_inner();
    let here = format!("/f/{link}");
    let said = read(&visit, fields)?;
    if said.scores.is_empty() && said.words.is_empty() {
        return again(&visit, &link, &said, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    let session = match visit.session(&Door::Family(link.clone())) {
        Ok(session) => session,
        Err(_) => {
            let (status, kept) = (StatusCode::UNAUTHORIZED, said.kept(&here));
            return notice_with(&visit, status, NoticeKind::Reopen, "", kept);
        }
    };
    let seconds = visit.app.pace.tap(&session, &link, visit.app.now());
    let (given, words, version) = (said.scores.clone(), said.words.clone(), said.version);
    let done = visit
        .write(Door::Family(link.clone()), move |tx, seen| {
            store(tx, seen, given, &words, version, seconds)
        })
        .await;
    match done {
        Ok(_) => Ok(discreet(visit.go(&format!("{here}?sent=1")))),
        Err(Failure::Refused(Refusal::Stale)) => {
            again(&visit, &link, &said, StatusCode::CONFLICT).await
        }
        Err(Failure::Refused(Refusal::RoundNotOpen)) => closed(&visit, &here, &said),
        Err(Failure::Refused(Refusal::NoticeFirst)) => {
            let (status, kept) = (StatusCode::FORBIDDEN, said.kept(""));
            notice_with(&visit, status, NoticeKind::Unasked, &here, kept)
        }
        Err(Failure::Refused(Refusal::SignedOut)) => {
            let (status, kept) = (StatusCode::CONFLICT, said.kept(""));
            notice_with(&visit, status, NoticeKind::Gone, "", kept)
        }
        Err(other) => told(&visit, other),
    }
}

/// The round ended while the form was open.
fn closed(visit: &Visit, here: &str, said: &Said) -> Result<HttpResponse, Failure> {
    let (status, kept) = (StatusCode::CONFLICT, said.kept(""));
    notice_with(visit, status, NoticeKind::Closed, here, kept)
}

async fn again(
    visit: &Visit,
    link: &str,
    said: &Said,
    status: StatusCode,
) -> Result<HttpResponse, Failure> {
    let (seen, home) = visit.read(Door::Family(link.to_owned()), home).await?;
    let here = format!("/f/{link}");
    let Some((_, tasks)) = &home.open else {
        return closed(visit, &here, said);
    };
    let typed = Typed {
        scores: &said.scores,
        words: &said.words,
        conflict: status == StatusCode::CONFLICT,
        nothing: status == StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok(discreet(visit.page_as(
        status,
        Some(&seen),
        &form(visit.lang, &here, &home, tasks, Some(&typed)),
    )?))
}

fn store(
    tx: &mut Tx<'_>,
    seen: &Seen,
    given: Vec<(String, Option<u8>)>,
    words: &str,
    version: Option<i32>,
    seconds: Option<i64>,
) -> Acted<()> {
    let home = home(tx, seen)?;
    let Some((round, tasks)) = home.open else {
        return Err(Refusal::RoundNotOpen.into());
    };
    let known = |id: &str| {
        tasks
            .iter()
            .any(|t| t.questions.iter().any(|q| q.indicator == id))
    };
    if let Some((id, _)) = given.iter().find(|(id, _)| !known(id)) {
        return Err(ActionError::Refused(Refusal::UnknownIndicator(id.clone())));
    }
    for task in &tasks {
        let mine = |id: &str| task.questions.iter().any(|q| q.indicator == id);
        let scores: Vec<(String, Option<u8>)> =
            given.iter().filter(|(id, _)| mine(id)).cloned().collect();
        let about_child = matches!(task.ratee, Ratee::Student(_));
        if scores.is_empty() && !about_child {
            continue;
        }
        let submission = Submission {
            scores,
            comment: about_child.then(|| words.to_owned()),
        };
        let sent = SheetSent {
            seconds,
            based_on: version.filter(|_| about_child),
            ..SheetSent::once(&round, Source::Parent, task.ratee.clone(), submission)
        };
        submit_sheet(tx, &seen.call, sent)?;
    }
    Ok(())
}

/// `POST /f/{link}/goal`: the family confirms that the goal `id` is reached.
pub async fn confirm_goal(
    visit: Visit,
    link: web::Path<String>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let id = fields.need("id")?;
    fields.finish()?;
    let link = link.into_inner();
    let write = visit.write(Door::Family(link.clone()), move |tx, seen| {
        let Actor::Family { student, .. } = &seen.call.actor else {
            return Err(Refusal::NotFound.into());
        };
        goals::confirm(tx, &seen.call, &StudentId::new(student.as_str()), &id)
    });
    write.await?;
    let here = format!("/f/{link}");
    Ok(visit.go_saying(&here, FlashKind::Ok, "goal-is-confirmed", &[]))
}
