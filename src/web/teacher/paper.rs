//! `/t/classes/{id}/paper`: the families' papers of the open round, typed in by whoever leads the class; with script row
//! by row to `POST /t/classes/{id}/paper/{round}/{student}`, without it all at once.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, http::StatusCode, web};
use serde::Deserialize;

use super::{grid, words};
use crate::{
    actions::{
        Acted, class_desk,
        class_desk::ClassDesk,
        grid::GridRow,
        paper::{self, Home, Kept, WORDS},
        session::Seen,
        tasks::Task,
    },
    domain::{ids::ClassId, refusal::Refusal},
    screens::{
        FlashKind,
        explain_digits::coordinate,
        teacher_grid::GridCell,
        teacher_paper::{PaperGrid, PaperLeft, PaperQuestion, PaperRow},
    },
    storage::Db,
    web::{
        failure::Failure,
        family::plain_label,
        guard::{Fields, StrictJson},
        visit::{Door, Visit},
    },
};

/// A class's desk with its homes in the open round.
pub struct Facts {
    pub desk: ClassDesk,
    pub homes: Vec<Home>,
}

/// Loads them.
pub fn facts(db: &mut Db, seen: &Seen, class: &ClassId) -> Acted<Facts> {
    seen.call.actor.lead_class(class)?;
    let desk = class_desk::desk(db, &seen.call, class)?;
    let round = desk.round.as_ref().ok_or(Refusal::RoundNotOpen)?;
    let homes = paper::homes(db, &seen.call, class, &round.row.id)?;
    Ok(Facts { desk, homes })
}

/// `GET /t/classes/{id}/paper`.
pub async fn show(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let class = ClassId::new(id.into_inner());
    page(&visit, class, StatusCode::OK, Vec::new()).await
}

async fn page(
    visit: &Visit,
    class: ClassId,
    status: StatusCode,
    left: Vec<PaperLeft>,
) -> Result<HttpResponse, Failure> {
    let read = visit.read(Door::Staff, move |db, seen| facts(db, seen, &class));
    let (seen, facts) = read.await?;
    let mut page = view(visit, &seen, &facts).ok_or(Refusal::RoundNotOpen)?;
    page.left = left;
    visit.page_as(status, Some(&seen), &page)
}

fn view(visit: &Visit, seen: &Seen, facts: &Facts) -> Option<PaperGrid> {
    let round = facts.desk.round.as_ref()?;
    let offline = facts.homes.iter().filter(|home| !home.online);
    let rows: Vec<PaperRow> = offline.map(|home| row(&facts.desk, home)).collect();
    let full = |row: &&PaperRow| row.cells.iter().all(|cell| !cell.value.is_empty());
    let done = rows.iter().filter(full).count();
    let first = facts.homes.first().and_then(|home| home.cards.first());
    Some(PaperGrid {
        class_id: facts.desk.class.id.clone(),
        class_name: facts.desk.name.clone(),
        round_id: round.row.id.clone(),
        round_name: round.row.name.clone(),
        closes: words::day(visit.lang, round.row.ends_on),
        questions: questions(&facts.homes),
        anchors: first.map(grid::anchors).unwrap_or_default(),
        online: words::count(facts.homes.len() - rows.len()),
        done: words::count(done),
        bar: coordinate(
            100.0 * f64::from(words::count(done)) / f64::from(words::count(rows.len()).max(1)),
        ),
        keep: format!("paper.{}.{}", seen.call.actor.id(), round.row.id),
        words_max: words::count(WORDS),
        left: Vec::new(),
        rows,
    })
}

/// The questions of the paper, about the child and then about the class: the same for every home.
pub fn questions(homes: &[Home]) -> Vec<PaperQuestion> {
    let cards = homes.first().map(|home| home.cards.as_slice());
    let asked = cards.unwrap_or_default().iter().flat_map(|c| &c.questions);
    let plain = |label: &String| plain_label(label).to_owned();
    asked
        .map(|q| PaperQuestion {
            id: q.indicator.clone(),
            dimension: q.dimension.clone(),
            text: q.text.clone(),
            anchors: q.anchors.iter().map(plain).collect(),
        })
        .collect()
}

fn row(desk: &ClassDesk, home: &Home) -> PaperRow {
    let cells = |card: &Task| {
        let cell = |id: &String| GridCell {
            indicator: id.clone(),
            // What a paper leaves out is an empty cell, whether it was said once or never.
            value: grid::value(card, id).replace('-', ""),
        };
        let ids = card.questions.iter().map(|q| &q.indicator);
        ids.map(cell).collect::<Vec<_>>()
    };
    let about_child = home.cards.first();
    let place = desk.children.iter().position(|c| c.id == home.child.id);
    PaperRow {
        student_id: home.child.id.clone(),
        number: words::number(&home.child, place.unwrap_or(0)),
        name: home.child.name.clone(),
        cells: home.cards.iter().flat_map(cells).collect(),
        words: about_child.map(|c| c.comment.clone()).unwrap_or_default(),
        version: about_child.map_or(0, |c| c.version),
        typed: about_child.is_some_and(|c| c.version > 0),
    }
}

/// `POST /t/classes/{id}/paper`: the whole page; rows that were left alone are named on the page that comes back.
pub async fn save(
    visit: Visit,
    id: web::Path<String>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let round = fields.need("round")?;
    let rows = grid::rows(&mut fields)?;
    fields.finish()?;
    let class = ClassId::new(id.into_inner());
    let of = class.clone();
    let write = visit.write(Door::Staff, move |tx, seen| {
        paper::keep_all(tx, &seen.call, &of, &round, &rows)
    });
    let (_, done) = write.await?;
    let left = [
        left("online", &done, Kept::Online),
        left("elsewhere", &done, Kept::Elsewhere),
    ];
    let left: Vec<PaperLeft> = left.into_iter().flatten().collect();
    if !left.is_empty() {
        return page(&visit, class, StatusCode::CONFLICT, left).await;
    }
    let saved = done.iter().filter(|(_, k)| matches!(k, Kept::Saved(_)));
    let n = saved.count().to_string();
    let key = if n == "0" {
        "paper-same"
    } else {
        "paper-saved"
    };
    let back = format!("/t/classes/{class}/paper");
    Ok(visit.go_saying(&back, FlashKind::Ok, key, &[("n", &n)]))
}

fn left(why: &'static str, done: &[(String, Kept)], kept: Kept) -> Option<PaperLeft> {
    let names = done.iter().filter(|(_, k)| *k == kept);
    let names: Vec<String> = names.map(|(name, _)| name.clone()).collect();
    (!names.is_empty()).then_some(PaperLeft { why, names })
}

/// A row as the page's script sends it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Typed {
    scores: BTreeMap<String, Option<u8>>,
    comment: String,
    /// Version that the row was filled on; absent where the teacher chose this page's.
    #[serde(default)]
    version: Option<i32>,
}

/// `POST /t/classes/{id}/paper/{round}/{student}`.
pub async fn keep(
    visit: Visit,
    path: web::Path<(String, String, String)>,
    body: StrictJson<Typed>,
) -> Result<HttpResponse, Failure> {
    let (class, round, student) = path.into_inner();
    let class = ClassId::new(class);
    let said = body.0;
    let row = GridRow {
        student,
        cells: said.scores,
        comment: Some(said.comment),
        version: said.version,
    };
    let write = visit.write(Door::Staff, move |tx, seen| {
        paper::keep(tx, &seen.call, &class, &round, &row)
    });
    match write.await? {
        (_, Kept::Saved(version) | Kept::Same(version)) => {
            Ok(HttpResponse::Ok().json(serde_json::json!({ "version": version })))
        }
        (_, Kept::Online) => Err(Refusal::NotYourRatee.into()),
        (_, Kept::Elsewhere) => Err(Refusal::Stale.into()),
    }
}
