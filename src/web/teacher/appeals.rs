//! `/t/classes/{id}/appeals`: what waits, with its clock; a proposal that explains; an appeal for the class itself. A
//! proposal that corrects is made on the page of the child's sheets.

use actix_web::{HttpResponse, http::StatusCode, web};

use crate::{
    actions::{
        Acted,
        appeal_list::{self, AppealSeen},
        appeals::{self, Proposal},
        class_desk,
        published_class::published_rounds,
        session::Seen,
    },
    domain::{appeal::days_left, correction::REASON, ids::ClassId, refusal::Refusal},
    screens::{
        FlashKind,
        teacher_appeals::{AppealsToday, ClassAppeals, WrongWords},
        teacher_shared::Pick,
    },
    storage::{Db, rounds::RoundRow, students},
    web::{
        appeal_cards::{card, decided, state},
        failure::Failure,
        guard::Fields,
        visit::{Door, Visit},
    },
};

struct Facts {
    class_name: String,
    appeals: Vec<AppealSeen>,
    published: Vec<RoundRow>,
}

/// `GET`.
pub async fn show(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    page(&visit, &ClassId::new(id.into_inner()), None).await
}

async fn page(
    visit: &Visit,
    class: &ClassId,
    wrong: Option<WrongWords>,
) -> Result<HttpResponse, Failure> {
    let id = class.clone();
    let read = visit.read(Door::Staff, move |db, seen| facts(db, seen, &id));
    let (seen, facts) = read.await?;
    let status = match wrong {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let reader = seen.call.actor.id();
    let open = facts.appeals.iter().filter(|a| state(a).is_open());
    let pick = |(at, round): (usize, &RoundRow)| Pick {
        value: round.id.clone(),
        label: round.name.clone(),
        chosen: at == 0,
    };
    let page = ClassAppeals {
        class_id: class.to_string(),
        class_name: facts.class_name.clone(),
        open: open.map(|a| card(visit, a, reader)).collect(),
        decided: decided(visit, &facts.appeals, reader),
        rounds: facts.published.iter().enumerate().map(pick).collect(),
        most: REASON.1,
        wrong,
    };
    visit.page_as(status, Some(&seen), &page)
}

fn facts(db: &mut Db, seen: &Seen, class: &ClassId) -> Acted<Facts> {
    let call = &seen.call;
    let appeals = appeal_list::of_class(db, call, class)?;
    let row = students::class(db, &call.school, class)?;
    Ok(Facts {
        class_name: class_desk::name(&row, call.today),
        appeals,
        published: published_rounds(db, call, class)?,
    })
}

/// `POST`: `explain` one appeal, a `new` one for the class, or `withdraw` one of the class.
pub async fn act(
    visit: Visit,
    id: web::Path<String>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let act = fields.need("act")?;
    let words = fields.take("words").unwrap_or_default();
    let appeal = fields.take("id");
    let round = fields.take("round");
    fields.finish()?;
    let class = ClassId::new(id.into_inner());
    let (target, said) = (class.clone(), words.clone());
    let what = appeal.clone().unwrap_or_else(|| "new".to_owned());
    let write = match (act.as_str(), appeal, round) {
        ("explain", Some(id), None) => {
            let work = visit.write(Door::Staff, move |tx, seen| {
                appeals::propose(tx, &seen.call, &class, &id, &Proposal::Explain, &said)
            });
            work.await.map(|_| "appeals-proposed")
        }
        ("withdraw", Some(id), None) => {
            let work = visit.write(Door::Staff, move |tx, seen| {
                appeals::withdraw_of_class(tx, &seen.call, &class, &id)
            });
            work.await.map(|_| "appeal-withdrawn")
        }
        ("new", None, Some(round)) => {
            let work = visit.write(Door::Staff, move |tx, seen| {
                appeals::file_of_class(tx, &seen.call, &class, &round, &said)
            });
            work.await.map(|_| "appeals-new-done")
        }
        _ => return Err(Refusal::Invalid("appeal-act".to_owned()).into()),
    };
    answer(&visit, &target, write, what, words).await
}

async fn answer(
    visit: &Visit,
    class: &ClassId,
    done: Result<&str, Failure>,
    id: String,
    words: String,
) -> Result<HttpResponse, Failure> {
    let back = format!("/t/classes/{class}/appeals");
    match done {
        Ok(key) => Ok(visit.go_saying(&back, FlashKind::Ok, key, &[])),
        Err(Failure::Refused(Refusal::Invalid(_))) => {
            page(visit, class, Some(WrongWords { id, words })).await
        }
        Err(Failure::Refused(Refusal::WrongState)) => {
            Ok(visit.go_saying(&back, FlashKind::Note, "appeals-closed", &[]))
        }
        Err(Failure::Refused(Refusal::Taken(_))) => {
            Ok(visit.go_saying(&back, FlashKind::Note, "appeals-taken", &[]))
        }
        Err(other) => Err(other),
    }
}

/// What the today page says of a class.
pub fn today(
    seen: &Seen,
    class: &str,
    class_name: &str,
    appeals: &[crate::storage::appeals::AppealRow],
) -> Option<AppealsToday> {
    let open = appeals.iter().filter(|row| row.state == "filed");
    let left: Vec<i64> = open
        .map(|row| days_left(row.filed_on, seen.call.today))
        .collect();
    let most = left.iter().min().copied()?;
    Some(AppealsToday {
        class_id: class.to_owned(),
        class_name: class_name.to_owned(),
        count: super::words::count(left.len()),
        days: u32::try_from(most.abs()).unwrap_or(0),
        over: most < 0,
    })
}
