//! `/t/classes/{id}/moments`: what children and families told waits here to be released, put otherwise or hidden;
//! teachers write their own; goals that children say are done are confirmed.

use actix_web::{HttpResponse, http::StatusCode, web};

use super::words;
use crate::{
    actions::{
        goals,
        moments::{self, Decision, Queue},
        session::Seen,
    },
    domain::{
        actor::ClassView,
        compliments::DIMENSIONS,
        ids::{ClassId, StudentId},
        moments::MOST_OWN,
        refusal::Refusal,
    },
    screens::{
        FlashKind, say,
        teacher_moments::{GoalCard, MomentCard, Moments, UnseenChild},
        teacher_shared::Pick,
    },
    storage::{moments::MomentRow, students::StudentRow},
    web::{
        child::speak,
        failure::Failure,
        guard::Fields,
        moment_words,
        visit::{Door, Visit},
    },
};

/// What was typed for a new moment, to be shown again when something is wrong with it.
#[derive(Clone, Debug, Default)]
struct Draft {
    student: String,
    star: String,
    text: String,
    wrong: &'static str,
}

/// Released moments that are written out; the others are found by searching.
const SHOWN: usize = 40;

/// What the address asks for.
#[derive(serde::Deserialize)]
pub struct Asked {
    #[serde(default)]
    q: String,
    #[serde(default)]
    student: String,
}

/// `GET /t/classes/{id}/moments`, with `q` to search and `student` to write about.
pub async fn show(
    visit: Visit,
    id: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let Asked { q: query, student } = asked.into_inner();
    let draft = Draft {
        student,
        ..Draft::default()
    };
    page(&visit, &ClassId::new(id.into_inner()), &query, &draft).await
}

async fn page(
    visit: &Visit,
    class: &ClassId,
    query: &str,
    draft: &Draft,
) -> Result<HttpResponse, Failure> {
    let class = class.clone();
    let read = visit.read(Door::Staff, move |db, seen| {
        moments::queue(db, &seen.call, &class)
    });
    let (seen, queue) = read.await?;
    let status = match draft.wrong {
        "" => StatusCode::OK,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    visit.page_as(
        status,
        Some(&seen),
        &view(visit, &seen, &queue, query, draft),
    )
}

/// `POST /t/classes/{id}/moments`: `act` = `write`, `release`, `hide`, `back`, or `confirm` a goal.
pub async fn act(
    visit: Visit,
    id: web::Path<String>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let class = ClassId::new(id.into_inner());
    let act = fields.need("act")?;
    match act.as_str() {
        "write" => write(&visit, &class, fields).await,
        "confirm" => confirm(&visit, &class, fields).await,
        _ => decide(&visit, &class, &act, fields).await,
    }
}

fn home(class: &ClassId) -> String {
    format!("/t/classes/{class}/moments")
}

async fn write(
    visit: &Visit,
    class: &ClassId,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let draft = Draft {
        student: fields.need("student")?,
        star: fields.need("star")?,
        text: fields.need("text")?,
        wrong: "",
    };
    fields.finish()?;
    let (to, said) = (class.clone(), draft.clone());
    let done = visit.write(Door::Staff, move |tx, seen| {
        let child = StudentId::new(said.student);
        moments::write(tx, &seen.call, &to, &child, &said.star, &said.text)
    });
    let wrong = match done.await {
        Ok(_) => return Ok(visit.go_saying(&home(class), FlashKind::Ok, "moments-written", &[])),
        Err(Failure::Refused(Refusal::CommentTooLong(_))) => "moments-wrong-long",
        Err(Failure::Refused(Refusal::Invalid(_))) => "moments-wrong-empty",
        Err(other) => return Err(other),
    };
    page(visit, class, "", &Draft { wrong, ..draft }).await
}

async fn confirm(
    visit: &Visit,
    class: &ClassId,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let (student, id) = (fields.need("student")?, fields.need("id")?);
    fields.finish()?;
    let write = visit.write(Door::Staff, move |tx, seen| {
        goals::confirm(tx, &seen.call, &StudentId::new(student), &id)
    });
    write.await?;
    Ok(visit.go_saying(&home(class), FlashKind::Ok, "moments-goal-confirmed", &[]))
}

async fn decide(
    visit: &Visit,
    class: &ClassId,
    act: &str,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let (id, seen_as) = (fields.need("id")?, fields.need("seen")?);
    let (text, star) = (fields.take("text"), fields.take("star"));
    fields.finish()?;
    let (decision, key) = match act {
        "release" => (
            Decision::Release {
                text: text.unwrap_or_default(),
                dimension: star.filter(|star| !star.is_empty()),
            },
            "moments-is-released",
        ),
        "hide" => (Decision::Hide, "moments-is-hidden"),
        "back" => (Decision::Back, "moments-is-back"),
        _ => return Err(Refusal::Invalid("moment-action".to_owned()).into()),
    };
    let (of, lang) = (class.clone(), visit.lang);
    let write = visit.write(Door::Staff, move |tx, seen| {
        let shown = |row: &MomentRow| moment_words::sentence(lang, row);
        moments::decide(tx, &seen.call, &of, &id, &seen_as, decision, shown)
    });
    match write.await {
        Ok(_) => Ok(visit.go_saying(&home(class), FlashKind::Ok, key, &[])),
        Err(Failure::Refused(Refusal::Stale)) => {
            Ok(visit.go_saying(&home(class), FlashKind::Attn, "moments-stale", &[]))
        }
        Err(other) => Err(other),
    }
}

fn view(visit: &Visit, seen: &Seen, queue: &Queue, query: &str, draft: &Draft) -> Moments {
    let children = &queue.desk.children;
    let leads = queue.desk.view != ClassView::Subject;
    let child = |id: &str| children.iter().find(|c| c.id == id);
    let cards = |rows: &[MomentRow]| -> Vec<MomentCard> {
        let cards = rows.iter().filter_map(|row| {
            let own = row.by_id == seen.call.actor.id();
            card(visit, queue, row, child(&row.student_id)?, leads || own)
        });
        cards.collect()
    };
    let found = |one: &MomentCard| {
        query.is_empty() || one.text.contains(query) || one.child.contains(query)
    };
    let unseen = queue.unseen.iter().filter_map(|id| {
        child(id).map(|c| UnseenChild {
            href: format!(
                "{}?student={}#write",
                home(&ClassId::new(queue.desk.class.id.clone())),
                c.id
            ),
            id: c.id.clone(),
            name: c.name.clone(),
            avatar: speak::avatar(c),
        })
    });
    let released: Vec<MomentCard> = cards(&queue.released).into_iter().filter(found).collect();
    Moments {
        class_id: queue.desk.class.id.clone(),
        class_name: queue.desk.name.clone(),
        leads,
        students: children
            .iter()
            .map(|c| pick(&c.id, &c.name, c.id == draft.student))
            .collect(),
        stars: stars(visit, &draft.star),
        text: draft.text.clone(),
        wrong: draft.wrong.to_owned(),
        most: MOST_OWN,
        unseen: unseen.collect(),
        waiting: cards(&queue.waiting),
        released_in_all: words::count(released.len()),
        released: released.into_iter().take(SHOWN).collect(),
        hidden: cards(&queue.hidden),
        goals: goal_cards(queue),
        query: query.to_owned(),
    }
}

fn pick(value: &str, label: &str, chosen: bool) -> Pick {
    Pick {
        value: value.to_owned(),
        label: label.to_owned(),
        chosen,
    }
}

fn stars(visit: &Visit, chosen: &str) -> Vec<Pick> {
    let star = |id: &&str| {
        pick(
            id,
            &say(visit.lang, &format!("star-{id}"), &[]),
            *id == chosen,
        )
    };
    DIMENSIONS.iter().map(star).collect()
}

fn card(
    visit: &Visit,
    queue: &Queue,
    row: &MomentRow,
    child: &StudentRow,
    may_hide: bool,
) -> Option<MomentCard> {
    let mut choices = stars(visit, &row.dimension);
    if row.dimension.is_empty() {
        choices.insert(
            0,
            pick("", &say(visit.lang, "moments-star-open", &[]), true),
        );
    }
    Some(MomentCard {
        id: row.id.clone(),
        seen: moments::stamp(row),
        child: child.name.clone(),
        avatar: speak::avatar(child),
        star: moment_words::star(row).to_owned(),
        stars: choices,
        text: moment_words::sentence(visit.lang, row),
        by: moment_words::by(visit.lang, row, &queue.teachers),
        thanked: queue.thanked.contains(&row.id),
        may_hide,
    })
}

fn goal_cards(queue: &Queue) -> Vec<GoalCard> {
    let cards = queue.goals.iter().filter_map(|goal| {
        let child = queue
            .desk
            .children
            .iter()
            .find(|c| c.id == goal.student_id)?;
        Some(GoalCard {
            id: goal.id.clone(),
            student: child.id.clone(),
            child: child.name.clone(),
            avatar: speak::avatar(child),
            star: goal.dimension.clone(),
            text: goal.text.clone(),
        })
    });
    cards.collect()
}
