//! The cards of a round: `GET /s` leads to the next one, `GET, POST /s/sheets/{source}/{ratee}` shows and saves one.
//! With script the page saves each tap through `outbox`; without, the form posts card by card, and Back saves too.

use actix_web::{HttpResponse, http::StatusCode, web};

use super::{
    cards::{self, Desk},
    say::{self, Said},
};
use crate::{
    actions::{
        Acted, compliment,
        session::Seen,
        submit_sheet::{SheetSent, submit_sheet},
    },
    domain::{refusal::Refusal, sheet::Submission},
    screens::sheet::SheetPage,
    storage::{Db, Tx},
    web::{
        failure::Failure,
        guard::Fields,
        visit::{Door, Visit},
    },
};

type Scores = Vec<(String, Option<u8>)>;

/// `GET /s`.
pub async fn next(visit: Visit) -> Result<HttpResponse, Failure> {
    let (_, desk) = visit.read(Door::Child, cards::desk).await?;
    let Some(desk) = desk else {
        return Ok(visit.go("/s/me"));
    };
    // Whoever comes back with everything done finds the first card again: it can be changed until the round closes.
    let open = desk.tasks.iter().find(|t| !t.done()).or(desk.tasks.first());
    Ok(visit.go(&open.map_or_else(|| "/s/me".to_owned(), cards::href)))
}

/// The desk with the place of an address's card.
fn at_card(db: &mut Db, seen: &Seen, source: &str, ratee: &str) -> Acted<(Desk, usize)> {
    let desk = cards::desk(db, seen)?.ok_or(Refusal::RoundNotOpen)?;
    let at = desk.place(source, ratee).ok_or(Refusal::NotYourRatee)?;
    Ok((desk, at))
}

/// `GET /s/sheets/{source}/{ratee}`.
pub async fn show(
    visit: Visit,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (source, ratee) = path.into_inner();
    let read = visit.read(Door::Child, move |db, seen| {
        at_card(db, seen, &source, &ratee)
    });
    let (seen, (desk, at)) = read.await?;
    answer_page(&visit, &seen, StatusCode::OK, &desk, at, |_| Ok(()))
}

/// Shows the cards with the one at `at` open, after a change to that one.
fn answer_page(
    visit: &Visit,
    seen: &Seen,
    status: StatusCode,
    desk: &Desk,
    at: usize,
    change: impl FnOnce(&mut SheetPage) -> Result<(), Failure>,
) -> Result<HttpResponse, Failure> {
    let mut page: SheetPage = desk.page(&visit.app.ring, &seen.call, visit.lang, at);
    let card = page.cards.get(at).ok_or(Refusal::NotFound)?;
    visit
        .app
        .pace
        .shown(seen.call.actor.id(), &card.ratee, visit.app.now());
    change(&mut page)?;
    visit.page_as(status, Some(seen), &page)
}

/// `POST /s/sheets/{source}/{ratee}`.
pub async fn save(
    visit: Visit,
    path: web::Path<(String, String)>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let (source, ratee) = path.into_inner();
    let go = fields.take("go").unwrap_or_else(|| "next".to_owned());
    let sure = fields.take("sure").is_some();
    let scores = answers(&mut fields)?;
    let said = Said::take(&mut fields);
    let app = visit.app.clone();
    let done = visit.write(Door::Child, move |tx, seen| {
        let (desk, at) = at_card(tx, seen, &source, &ratee)?;
        let now = app.now();
        let seconds = app.pace.tap(seen.call.actor.id(), &ratee, now);
        store(tx, seen, &desk, at, scores, seconds)?;
        at_card(tx, seen, &source, &ratee)
    });
    let (seen, (desk, at)) = done.await?;
    if said.is_something() {
        let compliment = said.clone().into_compliment(&desk.round.id);
        let write = visit.write(Door::Child, move |tx, seen| {
            compliment::put(tx, &seen.call, &compliment)
        });
        if let Err(failure) = write.await {
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return answer_page(&visit, &seen, status, &desk, at, |page| {
                match &mut page.say {
                    Some(view) => say::refused(view, &said, failure),
                    None => Ok(()),
                }
            });
        }
    }
    onwards(&visit, &seen, &desk, at, &go, sure)
}

fn store(
    tx: &mut Tx<'_>,
    seen: &Seen,
    desk: &Desk,
    at: usize,
    scores: Scores,
    seconds: Option<i64>,
) -> Acted<()> {
    let task = desk.tasks.get(at).ok_or(Refusal::NotFound)?;
    if scores.is_empty() {
        let object = format!("sheet/{}", task.ratee.id());
        return Ok(tx.record(&seen.call, "sheet.skip", &object, "")?);
    }
    let submission = Submission {
        scores,
        comment: None,
    };
    let ratee = task.ratee.clone();
    let sent = SheetSent {
        seconds,
        ..SheetSent::once(&desk.round.id, task.source, ratee, submission)
    };
    submit_sheet(tx, &seen.call, sent)?;
    Ok(())
}

fn answers(fields: &mut Fields) -> Result<Scores, Failure> {
    let mut scores = Vec::new();
    for (id, value) in fields.take_all("a.") {
        let anchor = if value.is_empty() {
            None
        } else {
            let known = value.parse();
            Some(known.map_err(|_why| Refusal::AnchorOutOfRange(id.clone(), 5))?)
        };
        scores.push((id, anchor));
    }
    Ok(scores)
}

/// Where a card leads: back, on, to what is still open, to the friendly question, or to the end.
fn onwards(
    visit: &Visit,
    seen: &Seen,
    desk: &Desk,
    at: usize,
    go: &str,
    sure: bool,
) -> Result<HttpResponse, Failure> {
    let tasks = &desk.tasks;
    let here = tasks.get(at).ok_or(Refusal::NotFound)?;
    if go == "back" {
        let before = at.checked_sub(1).and_then(|at| tasks.get(at));
        return Ok(visit.go(&before.map_or_else(|| "/s".to_owned(), cards::href)));
    }
    if !here.done() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return answer_page(visit, seen, status, desk, at, |page| {
            if let Some(card) = page.cards.get_mut(at) {
                card.unanswered = true;
                for row in &mut card.rows {
                    row.missing = !row.unseen && row.choices.iter().all(|choice| !choice.on);
                }
            }
            Ok(())
        });
    }
    if go == "send"
        && !sure
        && let Some(question) = cards::question(tasks)
    {
        return answer_page(visit, seen, StatusCode::OK, desk, at, |page| {
            if let Some(card) = page.cards.get_mut(at) {
                card.question = Some(question);
            }
            Ok(())
        });
    }
    let mut after = tasks.iter().skip(at + 1);
    let next = after.find(|t| go == "next" || !t.done());
    let open = next.or_else(|| tasks.iter().find(|t| !t.done()));
    Ok(visit.go(&open.map_or_else(|| "/s/done".to_owned(), cards::href)))
}
