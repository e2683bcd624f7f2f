//! `GET,POST /a/requests`: what families ask to have corrected or deleted, with the clock, and the answers.

use actix_web::{HttpResponse, http::StatusCode};

use crate::{
    actions::home_requests::{self, Asked},
    domain::{
        home_rights::{Kind, State, WORDS},
        refusal::Refusal,
    },
    screens::{
        FlashKind,
        family_rights::{DeskRequest, HomeRequests, OfficeRequest},
    },
    web::{
        failure::Failure,
        guard::Fields,
        teacher::words,
        visit::{Door, Visit},
    },
};

/// `GET`.
pub async fn show(visit: Visit) -> Result<HttpResponse, Failure> {
    page(&visit, None, None).await
}

async fn page(
    visit: &Visit,
    wrong: Option<(String, String)>,
    desk: Option<DeskRequest>,
) -> Result<HttpResponse, Failure> {
    let read = visit.read(Door::Staff, |db, seen| {
        home_requests::of_school(db, &seen.call)
    });
    let (seen, all) = read.await?;
    let status = match (&wrong, &desk) {
        (None, None) => StatusCode::OK,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let open = |asked: &&Asked| asked.row.state == State::Open.key();
    let view = |asked: &Asked| request(visit, asked);
    let page = HomeRequests {
        open: all.iter().filter(open).map(view).collect(),
        answered: all.iter().filter(|a| !open(a)).map(view).collect(),
        words_max: WORDS,
        wrong,
        desk,
    };
    visit.page_as(status, Some(&seen), &page)
}

fn request(visit: &Visit, asked: &Asked) -> OfficeRequest {
    let row = &asked.row;
    OfficeRequest {
        id: row.id.clone(),
        kind: row.kind.clone(),
        state: row.state.clone(),
        child: asked.child.clone(),
        class_name: asked.class.clone(),
        words: row.words.clone(),
        filed: words::day(visit.lang, row.filed_on),
        due: words::day(visit.lang, row.due_on),
        days: u32::try_from(asked.left.unsigned_abs()).unwrap_or(u32::MAX),
        over: asked.left < 0,
        answer: row.answer.clone().unwrap_or_default(),
    }
}

/// `POST`: `done` or `decline` a request, with words; or `file` one that was told at the desk.
pub async fn act(visit: Visit, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let act = fields.need("act")?;
    if act == "file" {
        return file(visit, fields).await;
    }
    let id = fields.need("id")?;
    let said = fields.need("words")?;
    fields.finish()?;
    let done = match act.as_str() {
        "done" => true,
        "decline" => false,
        _ => return Err(Refusal::Invalid("request-act".to_owned()).into()),
    };
    let (of, typed) = (id.clone(), said.clone());
    let write = visit.write(Door::Staff, move |tx, seen| {
        home_requests::answer(tx, &seen.call, &of, done, &said)
    });
    let (kind, key) = match write.await {
        Ok(_) => (FlashKind::Ok, "requests-told"),
        Err(Failure::Refused(Refusal::Invalid(_))) => {
            return page(&visit, Some((id, typed)), None).await;
        }
        Err(Failure::Refused(Refusal::WrongState)) => (FlashKind::Note, "requests-gone"),
        Err(other) => return Err(other),
    };
    Ok(visit.go_saying("/a/requests", kind, key, &[]))
}

async fn file(visit: Visit, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let mut typed = DeskRequest {
        student_no: fields.need("student_no")?,
        kind: fields.need("kind")?,
        words: fields.need("words")?,
        wrong: "",
    };
    fields.finish()?;
    let kind = Kind::parse(&typed.kind).ok_or(Refusal::Invalid("request-kind".to_owned()))?;
    let (no, said) = (typed.student_no.clone(), typed.words.clone());
    let write = visit.write(Door::Staff, move |tx, seen| {
        home_requests::file_for(tx, &seen.call, &no, kind, &said)
    });
    typed.wrong = match write.await {
        Ok((_, due)) => {
            let due = words::day(visit.lang, due);
            let said = [("due", due.as_str())];
            return Ok(visit.go_saying("/a/requests", FlashKind::Ok, "requests-filed", &said));
        }
        Err(Failure::Refused(Refusal::NotFound)) => "number",
        Err(Failure::Refused(Refusal::Invalid(_))) => "words",
        Err(Failure::Refused(Refusal::Taken(_))) => "waits",
        Err(other) => return Err(other),
    };
    page(&visit, None, Some(typed)).await
}
