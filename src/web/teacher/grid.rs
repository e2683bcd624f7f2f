//! `/t/classes/{id}/grid` and `/about`: a teacher's sheets about the children of a class and about the class.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};

use super::words;
use crate::{
    actions::{
        Acted, class_desk,
        class_desk::ClassDesk,
        grid::{self, GridRow as Posted},
        session::Seen,
        submit_sheet::{Ratee, SheetSent, submit_sheet},
        tasks::Task,
        term_votes::read_rubric,
    },
    domain::{
        comment,
        ids::ClassId,
        refusal::Refusal,
        rubric::{Rubric, Source},
        sheet::{COMMENT_LIMIT, Submission},
    },
    screens::{
        FlashKind,
        explain_digits::coordinate,
        teacher_grid::{
            AboutClass, AboutIndicator, Anchor, Grid, GridCell, GridIndicator, GridRow, UNSEEN,
            is_flat,
        },
        term_comment_words::guard_words,
    },
    storage::{Db, students::StudentRow},
    web::{
        failure::Failure,
        guard::Fields,
        visit::{Door, Visit},
    },
};

/// Answers from which on a column without spread is pointed at.
const ENOUGH: u32 = 5;

struct Facts {
    desk: ClassDesk,
    rubric: Rubric,
    cards: Vec<Task>,
}

fn facts(db: &mut Db, seen: &Seen, class: &ClassId) -> Acted<Facts> {
    let call = &seen.call;
    let desk = class_desk::desk(db, call, class)?;
    let round = desk.round.as_ref().ok_or(Refusal::RoundNotOpen)?;
    let cards = grid::cards(db, call, class, &round.row.id)?;
    let rubric = read_rubric(db, &call.school, &round.row.rubric_id)?;
    Ok(Facts {
        desk,
        rubric,
        cards,
    })
}

/// `GET /t/classes/{id}/grid`.
pub async fn grid(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let class = ClassId::new(id.into_inner());
    let (seen, facts) = visit
        .read(Door::Staff, move |db, seen| facts(db, seen, &class))
        .await?;
    let page = grid_view(&visit, &seen, &facts).ok_or(Refusal::RoundNotOpen)?;
    visit.page(&seen, &page)
}

/// `POST /t/classes/{id}/grid`: stores the changed rows; `fill` first fills a column's empty cells.
pub async fn save(
    visit: Visit,
    id: web::Path<String>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let round = fields.need("round")?;
    let fill = fields.take("fill");
    fields.take("save");
    let mut posted = rows(&mut fields)?;
    fields.finish()?;
    let class = ClassId::new(id.into_inner());
    let back = format!("/t/classes/{class}/grid");
    let write = visit.write(Door::Staff, move |tx, seen| {
        let desk = class_desk::desk(tx, &seen.call, &class)?;
        let open = desk
            .round
            .as_ref()
            .filter(|r| r.row.id == round)
            .ok_or(Refusal::RoundNotOpen)?;
        let place = |row: &Posted| desk.children.iter().position(|c| c.id == row.student);
        posted.sort_by_key(place);
        if let Some(indicator) = fill {
            grid::fill_down(&mut posted, &indicator, |who| {
                open.excused.contains_key(who)
            });
        }
        grid::save(tx, &seen.call, &class, &round, posted)
    });
    let (_, saved) = write.await?;
    let (key, n) = match saved.rows {
        0 => ("teacher-grid-same", String::new()),
        n => ("teacher-grid-saved", n.to_string()),
    };
    Ok(visit.go_saying(&back, FlashKind::Ok, key, &[("n", &n)]))
}

/// The rows of the form, by student.
pub(super) fn rows(fields: &mut Fields) -> Result<Vec<Posted>, Failure> {
    let mut rows: BTreeMap<String, Posted> = BTreeMap::new();
    let mut row = |student: &str, change: &dyn Fn(&mut Posted)| {
        let row = rows.entry(student.to_owned()).or_default();
        row.student = student.to_owned();
        change(row);
    };
    for (name, value) in fields.take_all("a.") {
        let (student, indicator) = name
            .split_once('.')
            .ok_or_else(|| Refusal::Invalid("cell".to_owned()))?;
        let anchor = cell(indicator, &value)?;
        row(student, &|row| {
            if let Some(anchor) = anchor {
                row.cells.insert(indicator.to_owned(), anchor);
            }
        });
    }
    for (student, text) in fields.take_all("c.") {
        row(&student, &|row| row.comment = Some(text.clone()));
    }
    for (student, version) in fields.take_all("v.") {
        let version = version.parse().ok();
        let version = version.ok_or_else(|| Refusal::Invalid("version".to_owned()))?;
        row(&student, &|row| row.version = Some(version));
    }
    Ok(rows.into_values().collect())
}

/// A cell: nothing yet, "did not see it", or an anchor.
fn cell(indicator: &str, value: &str) -> Result<Option<Option<u8>>, Refusal> {
    match value {
        "" => Ok(None),
        UNSEEN => Ok(Some(None)),
        number => match number.parse() {
            Ok(anchor) => Ok(Some(Some(anchor))),
            Err(_not_a_number) => Err(Refusal::AnchorOutOfRange(indicator.to_owned(), 5)),
        },
    }
}

fn grid_view(visit: &Visit, seen: &Seen, facts: &Facts) -> Option<Grid> {
    let round = facts.desk.round.as_ref()?;
    let card_of = |child: &StudentRow| {
        let about = |t: &&Task| matches!(&t.ratee, Ratee::Student(id) if id.as_str() == child.id);
        facts.cards.iter().find(about)
    };
    let words = guard_words();
    let first = facts.desk.children.iter().find_map(card_of);
    let rows = facts
        .desk
        .children
        .iter()
        .enumerate()
        .filter_map(|(at, child)| {
            let card = card_of(child)?;
            let others = facts.cards.iter().filter(|c| c.ratee != card.ratee);
            let others: Vec<&str> = others.map(|c| c.comment.as_str()).collect();
            let mut row = row_view(card, child, at);
            row.excused = round.excused.contains_key(&child.id);
            row.asks = comment::asks(&card.comment, &others, &words);
            Some(row)
        });
    let rows: Vec<GridRow> = rows.collect();
    let done = facts
        .desk
        .children
        .iter()
        .filter_map(card_of)
        .filter(|c| c.done())
        .count();
    let (done, of) = (words::count(done), words::count(rows.len()));
    Some(Grid {
        class_id: facts.desk.class.id.clone(),
        class_name: facts.desk.name.clone(),
        round_id: round.row.id.clone(),
        round_name: round.row.name.clone(),
        closes: words::day(visit.lang, round.row.ends_on),
        indicators: first
            .map(|card| columns(card, &facts.rubric, &rows))
            .unwrap_or_default(),
        keep: format!("{}.{}", seen.call.actor.id(), round.row.id),
        enough: ENOUGH,
        anchors: first.map(anchors).unwrap_or_default(),
        rows,
        done,
        of,
        bar: coordinate(100.0 * f64::from(done) / f64::from(of.max(1))),
        saved_at: None,
        comment_max: words::count(COMMENT_LIMIT),
        comment_low: words::count(comment::LENGTH.0),
        comment_high: words::count(comment::LENGTH.1),
    })
}

fn columns(card: &Task, rubric: &Rubric, rows: &[GridRow]) -> Vec<GridIndicator> {
    let star = |id: &str| {
        rubric
            .dimensions
            .iter()
            .find(|d| d.id == id)
            .map(|d| d.name.clone())
    };
    let cells = |id: &str| {
        let all = rows.iter().flat_map(|row| &row.cells);
        let of = all.filter(|cell| cell.indicator == id);
        is_flat(of.map(|cell| cell.value.as_str()), ENOUGH)
    };
    let column = |q: &crate::actions::tasks::TaskQuestion| GridIndicator {
        flat: cells(&q.indicator),
        id: q.indicator.clone(),
        dimension: q.dimension.clone(),
        dimension_name: star(&q.dimension).unwrap_or_default(),
        text: q.text.clone(),
    };
    card.questions.iter().map(column).collect()
}

pub(super) fn anchors(card: &Task) -> Vec<Anchor> {
    let labels = card
        .questions
        .first()
        .map(|q| q.anchors.as_slice())
        .unwrap_or_default();
    let both = (1u8..).zip(labels);
    both.map(|(value, label)| Anchor {
        value,
        label: label.clone(),
    })
    .collect()
}

fn row_view(card: &Task, child: &StudentRow, at: usize) -> GridRow {
    let cell = |q: &crate::actions::tasks::TaskQuestion| GridCell {
        indicator: q.indicator.clone(),
        value: value(card, &q.indicator),
    };
    GridRow {
        student_id: child.id.clone(),
        number: words::number(child, at),
        name: child.name.clone(),
        excused: false,
        cells: card.questions.iter().map(cell).collect(),
        length: words::count(card.comment.chars().count()),
        comment: card.comment.clone(),
        version: card.version,
        asks: Vec::new(),
    }
}

/// What stands in a cell: empty, the sign for "did not see it", or the anchor.
pub(super) fn value(card: &Task, indicator: &str) -> String {
    match card.answers.as_ref().and_then(|a| a.of(indicator)) {
        None => String::new(),
        Some(None) => UNSEEN.to_owned(),
        Some(Some(anchor)) => anchor.to_string(),
    }
}

/// `GET /t/classes/{id}/about`.
pub async fn about(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let class = ClassId::new(id.into_inner());
    let (seen, facts) = visit
        .read(Door::Staff, move |db, seen| facts(db, seen, &class))
        .await?;
    let page = about_view(&visit, &facts).ok_or(Refusal::RoundNotOpen)?;
    visit.page(&seen, &page)
}

fn about_view(visit: &Visit, facts: &Facts) -> Option<AboutClass> {
    let round = facts.desk.round.as_ref()?;
    let card = facts
        .cards
        .iter()
        .find(|c| matches!(c.ratee, Ratee::Class(_)));
    let row = |q: &crate::actions::tasks::TaskQuestion| AboutIndicator {
        id: q.indicator.clone(),
        text: q.text.clone(),
        value: card
            .map(|card| value(card, &q.indicator))
            .unwrap_or_default(),
    };
    let questions = card.map(|c| c.questions.as_slice()).unwrap_or_default();
    Some(AboutClass {
        class_id: facts.desk.class.id.clone(),
        class_name: facts.desk.name.clone(),
        round_id: round.row.id.clone(),
        round_name: round.row.name.clone(),
        closes: words::day(visit.lang, round.row.ends_on),
        indicators: questions.iter().map(row).collect(),
        anchors: card.map(anchors).unwrap_or_default(),
        comment: card.map(|c| c.comment.clone()).unwrap_or_default(),
        comment_max: words::count(COMMENT_LIMIT),
        sent: card.is_some_and(|c| c.version > 0),
    })
}

/// `POST /t/classes/{id}/about`: an empty answer is "did not see it", an absent one nothing yet.
pub async fn send_about(
    visit: Visit,
    id: web::Path<String>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let round = fields.need("round")?;
    let comment = fields.take("comment");
    let mut scores = Vec::new();
    for (indicator, value) in fields.take_all("a.") {
        let anchor = cell(&indicator, &value)?.flatten();
        scores.push((indicator, anchor));
    }
    fields.finish()?;
    let class = ClassId::new(id.into_inner());
    let home = format!("/t/classes/{class}");
    let submission = Submission { scores, comment };
    let sent = SheetSent::once(&round, Source::Teacher, Ratee::Class(class), submission);
    visit
        .write(Door::Staff, move |tx, seen| {
            submit_sheet(tx, &seen.call, sent)
        })
        .await?;
    Ok(visit.go_saying(&home, FlashKind::Ok, "teacher-about-saved", &[]))
}
