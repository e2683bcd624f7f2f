//! `GET /a/rounds/{id}/{act}`: what opening, closing or publishing a round means right now, before it is done.

use actix_web::{HttpResponse, web};

use super::rounds::row;
use crate::{
    actions::{
        Acted, office_facts, office_facts::RoundFacts, round_progress::ClassPart, session::Seen,
    },
    domain::{refusal::Refusal, round::RoundState},
    screens::office::{ConfirmFact, RoundConfirm},
    storage::{Db, extensions},
    web::{
        failure::Failure,
        teacher::words,
        visit::{Door, Visit},
    },
};

/// A class below this is shown without a place (scoring.md 5).
const RANKED: u32 = 10;

/// See the file's head; a round that is past the act sends back to the list.
pub async fn show(
    visit: Visit,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (id, act) = path.into_inner();
    let (act, state) = match act.as_str() {
        "open" => ("open", RoundState::Draft),
        "close" => ("close", RoundState::Open),
        "publish" => ("publish", RoundState::Closed),
        _ => return Err(Refusal::NotFound.into()),
    };
    let read = visit.read(Door::Staff, move |db, seen| load(db, seen, &id));
    let (seen, (found, extended)) = read.await?;
    if found.round.state != state.key() {
        return Ok(visit.go("/a/rounds"));
    }
    let facts = facts(act, &found.parts, extended);
    let page = RoundConfirm {
        act,
        round: row(found),
        facts,
    };
    visit.page(&seen, &page)
}

/// The round, and how many children still have extra days in it.
fn load(db: &mut Db, seen: &Seen, id: &str) -> Acted<(RoundFacts, usize)> {
    let call = &seen.call;
    let permit = call.actor.run_school()?;
    let mut all = office_facts::all_rounds(db, call)?.rounds.into_iter();
    let found = all.find(|one| one.round.id == id);
    let extended = extensions::running(db, &permit, &call.school, id, call.today)?;
    Ok((found.ok_or(Refusal::NotFound)?, extended))
}

/// What is worth knowing, in the order of weight; nothing that is zero.
fn facts(act: &str, parts: &[ClassPart], extended: usize) -> Vec<ConfirmFact> {
    let sum = |of: fn(&ClassPart) -> u32| parts.iter().map(of).sum::<u32>();
    let classes = |of: fn(&&ClassPart) -> bool| words::count(parts.iter().filter(of).count());
    let small = ("small_classes", classes(|p| p.of < RANKED));
    let found = match act {
        "open" => vec![small],
        "close" => vec![
            ("children_missing", sum(|p| p.of.saturating_sub(p.done))),
            (
                "teachers_missing",
                sum(|p| p.teachers_of.saturating_sub(p.teachers_done)),
            ),
            ("families_missing", sum(|p| p.of.saturating_sub(p.families))),
            (
                "ready",
                classes(|p| p.done == p.of && p.teachers_done == p.teachers_of),
            ),
        ],
        _ => vec![("extended", words::count(extended)), small],
    };
    let told = found.into_iter().filter(|(_, count)| *count > 0);
    told.map(|(key, count)| ConfirmFact { key, count })
        .collect()
}
