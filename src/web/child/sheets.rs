//! The cards of a round: `GET /s` leads to the next one, `GET, POST /s/sheets/{source}/{ratee}` shows and saves one.
//! Without script the form posts card by card; Back saves too.

use actix_web::{HttpResponse, http::StatusCode, web};

use super::speak;
use crate::{
    actions::{
        Acted, ActionError,
        session::Seen,
        submit_sheet::{Ratee, SheetSent, submit_sheet},
        tasks::{self, Task},
    },
    domain::{
        actor::Actor, calendar::GradeBand, ids::StudentId, refusal::Refusal, rubric::Source,
        sheet::Submission,
    },
    screens::{
        parts::Avatar,
        pinyin,
        sheet::{Answer, IndicatorRow, KindQuestion, Segment, SheetPage, SheetSource},
    },
    storage::{Db, rounds, rounds::RoundRow, students},
    web::{
        failure::Failure,
        guard::Fields,
        visit::{Door, Visit},
    },
};

/// A child's round with all its cards.
pub struct Desk {
    pub round: RoundRow,
    pub grade: u32,
    pub tasks: Vec<Task>,
}

/// Loads the child's open round; none where the class has no round open.
pub fn desk(db: &mut Db, seen: &Seen) -> Acted<Option<Desk>> {
    let Actor::Student { class, .. } = &seen.call.actor else {
        return Err(Refusal::Forbidden.into());
    };
    let Some((round, part)) = rounds::open_for(db, &seen.call.school, class)? else {
        return Ok(None);
    };
    let tasks = tasks::student_tasks(db, &seen.call, &round.id)?;
    Ok(Some(Desk {
        round,
        grade: u32::try_from(part.grade).unwrap_or(6),
        tasks,
    }))
}

/// Address of a card.
fn href(task: &Task) -> String {
    format!("/s/sheets/{}/{}", kind(task).0, task.ratee.id())
}

fn kind(task: &Task) -> (&'static str, SheetSource) {
    match (&task.ratee, task.source) {
        (Ratee::Class(_), _) => ("class", SheetSource::Class),
        (_, Source::Peer) => ("peer", SheetSource::Peer),
        _ => ("self", SheetSource::Myself),
    }
}

/// `GET /s`.
pub async fn next(visit: Visit) -> Result<HttpResponse, Failure> {
    let (_, desk) = visit.read(Door::Child, desk).await?;
    let Some(desk) = desk else {
        return Ok(visit.go("/s/me"));
    };
    // Whoever comes back with everything done finds the first card again: it can be changed until the round closes.
    let open = desk.tasks.iter().find(|t| !t.done()).or(desk.tasks.first());
    Ok(visit.go(&open.map_or_else(|| "/s/me".to_owned(), href)))
}

/// The card of an address with what its picture needs.
struct Card {
    desk: Desk,
    at: usize,
    avatar: Option<Avatar>,
    who: Option<students::StudentRow>,
    number: u32,
}

fn card(db: &mut Db, seen: &Seen, source: &str, ratee: &str) -> Acted<Card> {
    let Some(desk) = desk(db, seen)? else {
        return Err(Refusal::RoundNotOpen.into());
    };
    let at = desk
        .tasks
        .iter()
        .position(|t| kind(t).0 == source && t.ratee.id() == ratee);
    let at = at.ok_or(Refusal::NotYourRatee)?;
    let who = match desk.tasks.get(at).map(|t| &t.ratee) {
        Some(Ratee::Student(id)) => Some(students::by_id(
            db,
            &seen.call.school,
            &StudentId::new(id.as_str()),
        )?),
        _ => None,
    };
    let number = match &seen.call.actor {
        Actor::Student { class, .. } => {
            u32::try_from(students::class(db, &seen.call.school, class)?.number).unwrap_or(0)
        }
        _ => 0,
    };
    Ok(Card {
        avatar: who.as_ref().map(speak::avatar),
        desk,
        at,
        who,
        number,
    })
}

/// `GET /s/sheets/{source}/{ratee}`.
pub async fn show(
    visit: Visit,
    path: web::Path<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let (source, ratee) = path.into_inner();
    let (seen, card) = visit
        .read(Door::Child, move |db, seen| card(db, seen, &source, &ratee))
        .await?;
    let page = view(&card, None).ok_or(Refusal::NotFound)?;
    visit.app.form_shown(&seen.session, &page.ratee);
    visit.page(&seen, &page)
}

fn view(card: &Card, asked_before: Option<&[(String, Option<u8>)]>) -> Option<SheetPage> {
    let task = card.desk.tasks.get(card.at)?;
    let low = speak::is_low(card.desk.grade);
    let rows = task.questions.iter().map(|q| {
        let levels: Vec<_> = q
            .anchors
            .iter()
            .map(|label| {
                if low {
                    pinyin::level(label)
                } else {
                    speak::text(label, None, false)
                }
            })
            .collect();
        let given = asked_before
            .and_then(|all| all.iter().find(|(id, _)| *id == q.indicator))
            .map(|(_, a)| *a);
        let answer = match given.or_else(|| task.answers.as_ref().and_then(|a| a.of(&q.indicator)))
        {
            Some(Some(level)) => Answer::Level(level),
            Some(None) => Answer::Unseen,
            None => Answer::Open,
        };
        let star = if q.dimension.is_empty() {
            "star"
        } else {
            q.dimension.as_str()
        };
        let text = speak::text(&q.text, q.pinyin.as_deref(), low);
        IndicatorRow::new(
            &q.indicator,
            star,
            text,
            &levels,
            answer,
            asked_before.is_some(),
        )
    });
    let (position, total) = (
        u32::try_from(card.at + 1).ok()?,
        u32::try_from(card.desk.tasks.len()).ok()?,
    );
    let (_, source) = kind(task);
    let who = match &card.who {
        Some(child) => speak::name(child, low),
        None => speak::class(card.desk.grade, card.number, low),
    };
    Some(SheetPage {
        source,
        ratee: task.ratee.id().to_owned(),
        action: href(task),
        segment: match GradeBand::of(card.desk.grade) {
            Some(GradeBand::Low) => Segment::Low,
            Some(GradeBand::Middle) => Segment::Middle,
            _ => Segment::High,
        },
        who,
        avatar: card.avatar.clone(),
        rows: rows.collect(),
        position,
        total,
        dots: SheetPage::dots(position, total),
        has_back: card.at > 0,
        is_last: position == total,
        unanswered: asked_before.is_some(),
        question: None,
        chips: Vec::new(),
    })
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
    let session = visit.session(&Door::Child)?;
    let seconds = visit.app.seconds_since(&session, &ratee);
    let given = scores.clone();
    let done = visit.write(Door::Child, move |tx, seen| {
        let card = card(tx, seen, &source, &ratee)?;
        let Some(task) = card.desk.tasks.get(card.at) else {
            return Err(Refusal::NotFound.into());
        };
        if !given.is_empty() {
            let sent = SheetSent {
                round: card.desk.round.id.clone(),
                source: task.source,
                ratee: task.ratee.clone(),
                submission: Submission {
                    scores: given,
                    comment: None,
                },
                seconds,
                based_on: None,
                stamp: None,
                from_paper: false,
            };
            submit_sheet(tx, &seen.call, sent)?;
        } else {
            tx.record(
                &seen.call,
                "sheet.skip",
                &format!("sheet/{}", task.ratee.id()),
                "",
            )?;
        }
        self::card(tx, seen, kind(task).0, task.ratee.id())
    });
    let (seen, card) = done.await.map_err(closed_meanwhile)?;
    answer(&visit, &seen, &card, &go, sure, &scores)
}

fn closed_meanwhile(error: Failure) -> Failure {
    match error {
        Failure::Refused(Refusal::RoundNotOpen) => {
            ActionError::Refused(Refusal::RoundNotOpen).into()
        }
        other => other,
    }
}

fn answers(fields: &mut Fields) -> Result<Vec<(String, Option<u8>)>, Failure> {
    let mut scores = Vec::new();
    for (id, value) in fields.take_all("a.") {
        let anchor = if value.is_empty() {
            None
        } else {
            Some(
                value
                    .parse()
                    .map_err(|_why| Refusal::AnchorOutOfRange(id.clone(), 5))?,
            )
        };
        scores.push((id, anchor));
    }
    Ok(scores)
}

fn answer(
    visit: &Visit,
    seen: &Seen,
    card: &Card,
    go: &str,
    sure: bool,
    given: &[(String, Option<u8>)],
) -> Result<HttpResponse, Failure> {
    let task = card.desk.tasks.get(card.at).ok_or(Refusal::NotFound)?;
    if go == "back" {
        let before = card
            .at
            .checked_sub(1)
            .and_then(|at| card.desk.tasks.get(at));
        return Ok(visit.go(&before.map_or_else(|| "/s".to_owned(), href)));
    }
    if !task.done() {
        let page = view(card, Some(given)).ok_or(Refusal::NotFound)?;
        return visit.page_as(StatusCode::UNPROCESSABLE_ENTITY, Some(seen), &page);
    }
    if go == "send" && !sure && all_the_same(&card.desk.tasks) {
        let mut page = view(card, None).ok_or(Refusal::NotFound)?;
        page.question = Some(KindQuestion::Same);
        return visit.page(seen, &page);
    }
    let next = card
        .desk
        .tasks
        .iter()
        .skip(card.at + 1)
        .find(|t| go == "next" || !t.done());
    let open = next.or_else(|| card.desk.tasks.iter().find(|t| !t.done()));
    Ok(visit.go(&open.map_or_else(|| "/s/done".to_owned(), href)))
}

/// The friendly question: three or more answers about classmates, all the same and at an end of the scale.
fn all_the_same(tasks: &[Task]) -> bool {
    let peers = tasks.iter().filter(|t| t.source == Source::Peer);
    let ends = peers
        .clone()
        .flat_map(|t| t.questions.first())
        .map(|q| q.anchors.len())
        .max()
        .unwrap_or(0);
    let given: Vec<u8> = peers
        .flat_map(|t| {
            t.answers
                .iter()
                .flat_map(|a| a.0.iter().filter_map(|(_, a)| *a))
        })
        .collect();
    let first = given.first().copied().unwrap_or(0);
    given.len() >= 3
        && given.iter().all(|a| *a == first)
        && (first == 1 || usize::from(first) == ends)
}
