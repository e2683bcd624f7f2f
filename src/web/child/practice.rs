//! The practice round of a signed-in child, once a term: `GET /s/practice` leads in, `GET, POST /s/practice/{scene}` is one
//! scene with its answer, `GET /s/practice/end` says what it was for. Nothing that was tapped is kept.

use actix_web::{HttpResponse, http::StatusCode, web};

use super::{cards, own::me, speak};
use crate::{
    actions::{Acted, practice, session::Seen},
    domain::{refusal::Refusal, rubric},
    screens::{
        parts::Spoken,
        practice::{PracticeEnd, PracticePage, SCENES},
        sheet::{Answer, Segment},
    },
    storage::Db,
    web::{
        failure::Failure,
        guard::Fields,
        visit::{Door, Visit},
    },
};

/// For whom the scenes are.
struct Stage {
    segment: Segment,
    levels: Vec<Spoken>,
}

/// None where the child has practised this term already.
fn stage(db: &mut Db, seen: &Seen) -> Acted<Option<Stage>> {
    let Some(term) = practice::offered(db, &seen.call)? else {
        return Ok(None);
    };
    let grade = me(db, seen)?.grade;
    let segment = cards::segment(grade);
    let scale = match segment {
        Segment::Low => rubric::Segment::Low,
        Segment::Middle => rubric::Segment::Middle,
        Segment::High => rubric::Segment::High,
    };
    let labels = practice::anchors(db, &seen.call, &term, scale)?;
    Ok(Some(Stage {
        segment,
        levels: speak::levels(&labels, speak::is_low(grade)),
    }))
}

fn address(scene: u8) -> String {
    format!("/s/practice/{scene}")
}

/// `GET /s/practice`.
pub async fn start(visit: Visit) -> Result<HttpResponse, Failure> {
    scene(&visit, 1, Answer::Open, false).await
}

/// `GET /s/practice/{scene}`.
pub async fn show(visit: Visit, path: web::Path<u8>) -> Result<HttpResponse, Failure> {
    scene(&visit, path.into_inner(), Answer::Open, false).await
}

/// `POST /s/practice/{scene}`: with `go` = `next` on to the next scene or to the end, else the friend's view.
pub async fn answer(
    visit: Visit,
    path: web::Path<u8>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let at = path.into_inner();
    let said = match fields.take("said").as_deref() {
        None => Answer::Open,
        Some("") => Answer::Unseen,
        Some(level) => level.parse().map_or(Answer::Open, Answer::Level),
    };
    let on = fields.take("go").as_deref() == Some("next");
    fields.finish()?;
    match on {
        false => scene(&visit, at, said, true).await,
        true if at < SCENES => Ok(visit.go(&address(at.saturating_add(1)))),
        true => finish(&visit).await,
    }
}

async fn scene(visit: &Visit, at: u8, said: Answer, asked: bool) -> Result<HttpResponse, Failure> {
    let (seen, stage) = visit.read(Door::Child, stage).await?;
    let Some(Stage { segment, levels }) = stage else {
        return Ok(visit.go("/s"));
    };
    let page = PracticePage::new(segment, at, &levels, said).ok_or(Refusal::NotFound)?;
    let page = PracticePage {
        missing: asked && !page.looked,
        ..page
    };
    let status = match page.missing {
        true => StatusCode::UNPROCESSABLE_ENTITY,
        false => StatusCode::OK,
    };
    visit.page_as(status, Some(&seen), &page)
}

async fn finish(visit: &Visit) -> Result<HttpResponse, Failure> {
    let (_, stage) = visit.read(Door::Child, stage).await?;
    if stage.is_some() {
        let done = visit.write(Door::Child, |tx, seen| practice::finish(tx, &seen.call));
        done.await?;
    }
    Ok(visit.go("/s/practice/end"))
}

/// `GET /s/practice/end`.
pub async fn end(visit: Visit) -> Result<HttpResponse, Failure> {
    let read = visit.read(Door::Child, |db, seen| {
        let open = practice::offered(db, &seen.call)?.is_some();
        Ok((open, me(db, seen)?.grade))
    });
    let (seen, (open, grade)) = read.await?;
    if open {
        return Ok(visit.go("/s/practice"));
    }
    let segment = cards::segment(grade);
    visit.page(&seen, &PracticeEnd { segment })
}
