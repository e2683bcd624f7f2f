//! `/t/classes/{id}/festivals`: who of the class took part in a festival, and the awards; `/a/festivals`: the school's.

use std::collections::BTreeSet;

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::words;
use crate::{
    actions::{
        festivals,
        festivals::{Desk, New},
    },
    domain::{
        festivals::{KINDS, MOST_NAME, MOST_WORDS, find},
        ids::ClassId,
        refusal::Refusal,
    },
    screens::{
        FlashKind, say,
        teacher_festivals::{Festival, FestivalChild, Festivals, NewFestival, SchoolFestivals},
        teacher_shared::Pick,
        term_comment_words::guard_words,
    },
    storage::{festivals::FestivalRow, schools::TermRow},
    web::{
        failure::Failure,
        guard::{Boxes, Fields},
        visit::{Door, Visit},
    },
};

/// Which festival is open.
#[derive(Deserialize)]
pub struct Asked {
    on: Option<String>,
}

/// `GET /t/classes/{id}/festivals`.
pub async fn show(
    visit: Visit,
    id: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let class = ClassId::new(id.into_inner());
    let read = visit.read(Door::Staff, move |db, seen| {
        festivals::desk(db, &seen.call, &class)
    });
    let (seen, desk) = read.await?;
    let open = asked.into_inner().on;
    visit.page(&seen, &view(&visit, &desk, open.as_deref()))
}

fn view(visit: &Visit, found: &Desk, on: Option<&str>) -> Festivals {
    let asked = found
        .festivals
        .iter()
        .find(|row| Some(row.id.as_str()) == on);
    let open = asked.or_else(|| found.festivals.first());
    let is_open = |row: &FestivalRow| open.is_some_and(|open| open.id == row.id);
    let one = |row: &FestivalRow| {
        let count = found.parts.get(&row.id).map_or(0, |parts| parts.len());
        festival(visit, row, count, row.class_id.is_some(), is_open(row))
    };
    let parts = open.and_then(|row| found.parts.get(&row.id));
    let child = |child: &crate::storage::students::StudentRow| {
        let part = parts.and_then(|parts| parts.get(&child.id));
        FestivalChild {
            id: child.id.clone(),
            name: child.name.clone(),
            took_part: part.is_some(),
            words: part.map(|part| part.words.clone()).unwrap_or_default(),
        }
    };
    Festivals {
        class_id: found.desk.class.id.clone(),
        class_name: found.desk.name.clone(),
        list: found.festivals.iter().map(one).collect(),
        children: match open {
            Some(_) => found.desk.children.iter().map(child).collect(),
            None => Vec::new(),
        },
        open: open.map(one),
        new: form(visit, &found.term),
        longest_words: MOST_WORDS,
    }
}

fn festival(visit: &Visit, row: &FestivalRow, count: usize, own: bool, chosen: bool) -> Festival {
    Festival {
        id: row.id.clone(),
        name: row.name.clone(),
        kind: row.kind.clone(),
        star: find(&row.kind)
            .map_or("star", |kind| kind.dimension)
            .to_owned(),
        day: words::day(visit.lang, row.held_on),
        count: words::count(count),
        own,
        chosen,
    }
}

fn form(visit: &Visit, term: &TermRow) -> NewFestival {
    let pick = |kind: &crate::domain::festivals::Kind| Pick {
        value: kind.id.to_owned(),
        label: say(visit.lang, &format!("festival-{}", kind.id), &[]),
        chosen: false,
    };
    let today = visit.origin.today().clamp(term.starts_on, term.ends_on);
    NewFestival {
        kinds: KINDS.iter().map(pick).collect(),
        longest: MOST_NAME,
        today: today.to_string(),
        from: term.starts_on.to_string(),
        to: term.ends_on.to_string(),
    }
}

/// `POST /t/classes/{id}/festivals`: `act` = `make` (`kind`, `name`, `on`), or with `festival`: `tick` and `all`
/// (`student` several), `award` (`student` several, `words`), `remove`.
pub async fn act(
    visit: Visit,
    id: web::Path<String>,
    boxes: Boxes,
) -> Result<HttpResponse, Failure> {
    let (mut fields, mut lists) = boxes.split(|name| name == "student")?;
    let class = ClassId::new(id.into_inner());
    let act = fields.need("act")?;
    let home = format!("/t/classes/{class}/festivals");
    if act == "make" {
        return make(&visit, &home, Some(class), fields).await;
    }
    let festival = fields.need("festival")?;
    let said = fields.take("words").unwrap_or_default();
    fields.finish()?;
    let here = format!("{home}?on={festival}");
    let chosen: BTreeSet<String> = lists
        .remove("student")
        .unwrap_or_default()
        .into_iter()
        .collect();
    let write = visit.write(Door::Staff, move |tx, seen| {
        let call = &seen.call;
        match act.as_str() {
            "tick" => festivals::tick(tx, call, &class, &festival, &chosen),
            "all" => {
                let desk = festivals::desk(tx, call, &class)?.desk;
                let all = desk.children.into_iter().map(|c| c.id).collect();
                festivals::tick(tx, call, &class, &festival, &all)
            }
            "award" => {
                let award = (&chosen, said.as_str());
                festivals::award(tx, call, &class, &festival, award, &guard_words())
            }
            "remove" => festivals::remove(tx, call, Some(&class), &festival).map(|()| 0),
            _ => Err(Refusal::Invalid("festival-act".to_owned()).into()),
        }
    });
    let (kind, key) = match write.await {
        Ok(_) => (FlashKind::Ok, "festivals-kept"),
        Err(Failure::Refused(Refusal::Invalid(what))) => (
            FlashKind::Note,
            match what.as_str() {
                "nobody" => "praise-nobody",
                "festival-label" => "praise-chip-label",
                "festival-words" => "festivals-wrong-words",
                _ => return Err(Refusal::Invalid(what).into()),
            },
        ),
        Err(other) => return Err(other),
    };
    Ok(visit.go_saying(&here, kind, key, &[("most", &MOST_WORDS.to_string())]))
}

async fn make(
    visit: &Visit,
    home: &str,
    class: Option<ClassId>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let on = fields.need("on")?.parse();
    let new = New {
        kind: fields.need("kind")?,
        name: fields.need("name")?,
        on: on.map_err(|_typed| Refusal::Invalid("festival-date".to_owned()))?,
    };
    fields.finish()?;
    let write = visit.write(Door::Staff, move |tx, seen| {
        festivals::make(tx, &seen.call, class.as_ref(), &new)
    });
    match write.await {
        Ok((_, id)) => {
            let here = format!("{home}?on={id}");
            Ok(visit.go_saying(&here, FlashKind::Ok, "festivals-made", &[]))
        }
        Err(Failure::Refused(Refusal::Invalid(what))) if what == "festival-name" => {
            let most = MOST_NAME.to_string();
            Ok(visit.go_saying(
                home,
                FlashKind::Note,
                "festivals-wrong-name",
                &[("most", &most)],
            ))
        }
        Err(Failure::Refused(Refusal::Invalid(what))) if what == "festival-date" => {
            Ok(visit.go_saying(home, FlashKind::Note, "festivals-wrong-date", &[]))
        }
        Err(other) => Err(other),
    }
}

/// `GET /a/festivals`.
pub async fn of_school(visit: Visit) -> Result<HttpResponse, Failure> {
    let read = visit.read(Door::Staff, |db, seen| festivals::of_school(db, &seen.call));
    let (seen, (term, all)) = read.await?;
    let list = all.iter();
    let page = SchoolFestivals {
        list: list
            .map(|(row, n)| festival(&visit, row, *n, true, false))
            .collect(),
        new: form(&visit, &term),
    };
    visit.page(&seen, &page)
}

/// `POST /a/festivals`: `act` = `make` (`kind`, `name`, `on`) or `remove` (`festival`).
pub async fn act_for_school(visit: Visit, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let home = "/a/festivals";
    if fields.need("act")? == "make" {
        return make(&visit, home, None, fields).await;
    }
    let festival = fields.need("festival")?;
    fields.finish()?;
    let write = visit.write(Door::Staff, move |tx, seen| {
        festivals::remove(tx, &seen.call, None, &festival)
    });
    write.await?;
    Ok(visit.go_saying(home, FlashKind::Ok, "festivals-kept", &[]))
}
