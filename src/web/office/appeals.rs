//! `GET,POST /a/appeals`: the second adult decides on appeals, and on badges that a correction made untrue.

use actix_web::{HttpResponse, http::StatusCode};

use crate::{
    actions::{
        appeal_list::{self, AppealSeen},
        correct::Done,
        doubted_awards::{self, Doubted},
        rule_appeal::{self, Ruling},
    },
    domain::{appeal::State, correction::REASON, refusal::Refusal},
    screens::{
        FlashKind,
        teacher_appeals::{AppealCard, DoubtedAward, OfficeAppeals, WrongWords},
    },
    storage::results::AwardRow,
    web::{
        appeal_cards::{card, decided, state},
        failure::Failure,
        guard::Fields,
        teacher::{told, words},
        visit::{Door, Visit},
    },
};

/// Threads of the long computation, as for a publication.
const THREADS: usize = 2;
/// How often a decision is computed anew when something was corrected in between.
const TRIES: usize = 3;

/// `GET`.
pub async fn show(visit: Visit) -> Result<HttpResponse, Failure> {
    page(&visit, None).await
}

async fn page(visit: &Visit, wrong: Option<WrongWords>) -> Result<HttpResponse, Failure> {
    let read = visit.read(Door::Staff, |db, seen| {
        let all = appeal_list::of_school(db, &seen.call)?;
        Ok((all, doubted_awards::list(db, &seen.call)?))
    });
    let (seen, (all, doubted)) = read.await?;
    let status = match wrong {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let reader = seen.call.actor.id();
    let of = |wanted: State| -> Vec<AppealCard> {
        let found = all.iter().filter(|a: &&AppealSeen| state(a) == wanted);
        found.map(|a| card(visit, a, reader)).collect()
    };
    let page = OfficeAppeals {
        waiting: of(State::Proposed),
        filed: of(State::Filed),
        decided: decided(visit, &all, reader),
        awards: awards(visit, &doubted),
        most: REASON.1,
        wrong,
    };
    visit.page_as(status, Some(&seen), &page)
}

fn awards(visit: &Visit, doubted: &Doubted) -> Vec<DoubtedAward> {
    let Some(rubric) = &doubted.rubric else {
        return Vec::new();
    };
    let one = |(row, name): &(AwardRow, String)| {
        let badge = words::badge(visit.lang, &visit.app.words(), rubric, row);
        DoubtedAward {
            id: row.id.clone(),
            recipient: name.clone(),
            badge: badge.name,
            star: match badge.dimension.as_str() {
                "" => "star".to_owned(),
                id => id.to_owned(),
            },
            round: row.period.clone(),
            evidence: row.evidence.clone(),
            date: words::day_at(visit, row.awarded_at),
        }
    };
    doubted.awards.iter().map(one).collect()
}

/// `POST`: `grant` or `decline` an appeal, `revoke` or `keep` a badge; each with words.
pub async fn act(visit: Visit, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let act = fields.need("act")?;
    let (id, said) = (fields.need("id")?, fields.need("words")?);
    fields.finish()?;
    let done = match act.as_str() {
        "grant" | "decline" => rule(&visit, &id, act == "grant", &said).await,
        "revoke" | "keep" => award(&visit, &id, act == "revoke", &said).await,
        _ => return Err(Refusal::Invalid("appeal-act".to_owned()).into()),
    };
    match done {
        Err(Failure::Refused(Refusal::Invalid(_))) => {
            page(&visit, Some(WrongWords { id, words: said })).await
        }
        Err(Failure::Refused(Refusal::WrongState)) => {
            Ok(visit.go_saying("/a/appeals", FlashKind::Note, "appeals-closed", &[]))
        }
        other => other,
    }
}

async fn rule(visit: &Visit, id: &str, grant: bool, said: &str) -> Result<HttpResponse, Failure> {
    let ruling = Ruling {
        id: id.to_owned(),
        grant,
        answer: said.to_owned(),
    };
    let done = decide(visit, &ruling).await?;
    let what = done.map(|done| told(visit, &done)).unwrap_or_default();
    let key = match grant {
        true => "appeals-told-granted",
        false => "appeals-told-declined",
    };
    Ok(visit.go_saying("/a/appeals", FlashKind::Ok, key, &[("what", &what)]))
}

/// Computes, then stores; again where something changed in between.
async fn decide(visit: &Visit, ruling: &Ruling) -> Result<Option<Done>, Failure> {
    for _ in 0..TRIES {
        let ruling = ruling.clone();
        let read = visit.read(Door::Staff, move |db, seen| {
            rule_appeal::prepare(db, &seen.call, &ruling, THREADS)
        });
        let (_, decision) = read.await?;
        let rules = visit.app.rules.clone();
        let write = visit.write(Door::Staff, move |tx, seen| {
            rule_appeal::decide(tx, &seen.call, &decision, &rules)
        });
        match write.await {
            Err(Failure::Refused(Refusal::Stale)) => {}
            Ok((_, done)) => return Ok(done),
            Err(other) => return Err(other),
        }
    }
    Err(Refusal::Stale.into())
}

async fn award(visit: &Visit, id: &str, revoke: bool, said: &str) -> Result<HttpResponse, Failure> {
    let (id, reason) = (id.to_owned(), said.to_owned());
    let write = visit.write(Door::Staff, move |tx, seen| {
        let row = doubted_awards::decide(tx, &seen.call, &id, revoke, &reason)?;
        Ok((row, doubted_awards::list(tx, &seen.call)?.rubric))
    });
    let (_, (row, rubric)) = write.await?;
    let badge = rubric.map(|r| words::badge(visit.lang, &visit.app.words(), &r, &row).name);
    let badge = badge.unwrap_or(row.badge);
    let key = match revoke {
        true => "appeals-award-revoked",
        false => "appeals-award-kept",
    };
    Ok(visit.go_saying("/a/appeals", FlashKind::Ok, key, &[("badge", &badge)]))
}
