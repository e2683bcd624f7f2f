//! `/t/classes/{id}/privileges`: what star cards can be exchanged for; a child and a privilege are two taps, with undo.

use actix_web::{HttpResponse, web};

use super::words;
use crate::{
    actions::{
        print_cards, privileges,
        privileges::{Desk, New, PICTURES, READY, Taken},
    },
    domain::{ids::ClassId, refusal::Refusal, star_cards::PriceUnit},
    screens::{
        FlashKind, Lang, Undo, say,
        teacher_privileges::{Privilege, Privileges, PurseChild, PurseView, TakenPrivilege},
        teacher_shared::Pick,
        term_comment_words::guard_words,
    },
    storage::star_cards::PrivilegeRow,
    web::{
        child::speak,
        failure::Failure,
        guard::Fields,
        visit::{Door, Visit},
    },
};

/// `GET`.
pub async fn show(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let class = ClassId::new(id.into_inner());
    let read = visit.read(Door::Staff, move |db, seen| {
        let desk = privileges::desk(db, &seen.call, &class)?;
        Ok((desk, print_cards::waiting(db, &seen.call, &class)?))
    });
    let (seen, (desk, waiting)) = read.await?;
    visit.page(&seen, &view(&visit, &desk, waiting))
}

fn view(visit: &Visit, found: &Desk, to_print: u32) -> Privileges {
    let lang = visit.lang;
    let rows = |rows: &[PrivilegeRow]| rows.iter().map(privilege).collect::<Vec<_>>();
    let children = found.desk.children.iter().map(|child| PurseChild {
        id: child.id.clone(),
        name: child.name.clone(),
        avatar: speak::avatar(child),
        purse: found
            .purses
            .get(&child.id)
            .map_or_else(PurseView::default, |p| PurseView {
                stars: p.stars,
                moons: p.moons,
                suns: p.suns,
            }),
    });
    let all = || found.on.iter().chain(&found.off);
    let ready = ready(lang);
    let ready = ready.filter(|one| !all().any(|row| row.words == one.words));
    let pick = |value: &str, key: String| Pick {
        value: value.to_owned(),
        label: say(lang, &key, &[]),
        chosen: false,
    };
    Privileges {
        class_id: found.desk.class.id.clone(),
        class_name: found.desk.name.clone(),
        children: children.collect(),
        on: rows(&found.on),
        off: rows(&found.off),
        ready: ready.collect(),
        pictures: PICTURES
            .iter()
            .map(|one| pick(one, format!("privilege-picture-{one}")))
            .collect(),
        units: PriceUnit::ALL
            .iter()
            .map(|(key, _)| pick(key, format!("card-unit-{key}")))
            .collect(),
        longest: privileges::LENGTH.1,
        dearest: privileges::MOST_CARDS,
        taken: found
            .taken
            .iter()
            .filter_map(|t| taken(visit, found, t))
            .collect(),
        to_print,
        chosen: String::new(),
    }
}

fn privilege(row: &PrivilegeRow) -> Privilege {
    Privilege {
        id: row.id.clone(),
        picture: row.picture.clone(),
        words: row.words.clone(),
        unit: row.unit.clone(),
        price: row.price,
    }
}

fn ready(lang: Lang) -> impl Iterator<Item = Privilege> {
    READY.iter().map(move |(picture, unit, price)| Privilege {
        id: (*picture).to_owned(),
        picture: (*picture).to_owned(),
        words: say(lang, &format!("privilege-ready-{picture}"), &[]),
        unit: (*unit).to_owned(),
        price: *price,
    })
}

fn taken(visit: &Visit, found: &Desk, one: &Taken) -> Option<TakenPrivilege> {
    let child = found.desk.children.iter().find(|c| c.id == one.student)?;
    Some(TakenPrivilege {
        id: one.id.clone(),
        child: child.name.clone(),
        privilege: privilege(&one.privilege),
        day: words::day_at(visit, one.at),
    })
}

/// `POST`: `student` and `take`; `back` = a taking; or `act` = `add` (`words`, `picture`, `unit`, `price`), `ready`, `on`
/// or `off` (`id`).
pub async fn act(
    visit: Visit,
    id: web::Path<String>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let class = ClassId::new(id.into_inner());
    if let Some(privilege) = fields.take("take") {
        let child = fields.take("student").unwrap_or_default();
        fields.finish()?;
        return take(&visit, class, child, privilege).await;
    }
    if let Some(taking) = fields.take("back") {
        fields.finish()?;
        return give_back(&visit, class, taking).await;
    }
    let act = fields.need("act")?;
    match act.as_str() {
        "add" => {
            let price = fields.need("price")?;
            let new = New {
                picture: fields.need("picture")?,
                words: fields.need("words")?,
                unit: fields.need("unit")?,
                price: price.trim().parse().unwrap_or(0),
            };
            fields.finish()?;
            add(&visit, class, new).await
        }
        "ready" | "on" | "off" => {
            let id = fields.need("id")?;
            fields.finish()?;
            match act.as_str() {
                "ready" => add_ready(&visit, class, &id).await,
                act => switch(&visit, class, id, act == "on").await,
            }
        }
        _ => Err(Refusal::Invalid("privilege-act".to_owned()).into()),
    }
}

fn home(class: &ClassId) -> String {
    format!("/t/classes/{class}/privileges")
}

async fn take(
    visit: &Visit,
    class: ClassId,
    child: String,
    privilege: String,
) -> Result<HttpResponse, Failure> {
    let here = home(&class);
    if child.is_empty() {
        return Ok(visit.go_saying(&here, FlashKind::Note, "praise-nobody", &[]));
    }
    let write = visit.write(Door::Staff, move |tx, seen| {
        let taking = privileges::take(tx, &seen.call, &class, &child, &privilege)?;
        let desk = privileges::desk(tx, &seen.call, &class)?;
        let name = desk.desk.children.iter().find(|c| c.id == child);
        let words = desk.on.iter().find(|row| row.id == privilege);
        let name = name.map(|c| c.name.clone()).unwrap_or_default();
        Ok((
            taking,
            name,
            words.map(|row| row.words.clone()).unwrap_or_default(),
        ))
    });
    match write.await {
        Ok((_, (taking, name, words))) => {
            let undo = Undo::new(here.as_str(), &[("back", &taking)]);
            let args = [("name", name.as_str()), ("words", &words)];
            Ok(visit.go_undoing(&here, FlashKind::Ok, "privileges-given", &args, Some(undo)))
        }
        Err(Failure::Refused(Refusal::Invalid(what))) if what == "privilege-short" => {
            Ok(visit.go_saying(&here, FlashKind::Note, "privileges-short", &[]))
        }
        Err(other) => Err(other),
    }
}

async fn give_back(visit: &Visit, class: ClassId, taking: String) -> Result<HttpResponse, Failure> {
    let here = home(&class);
    let write = visit.write(Door::Staff, move |tx, seen| {
        privileges::give_back(tx, &seen.call, &class, &taking)
    });
    write.await?;
    Ok(visit.go_saying(&here, FlashKind::Ok, "privileges-back", &[]))
}

async fn add_ready(visit: &Visit, class: ClassId, id: &str) -> Result<HttpResponse, Failure> {
    let one = ready(visit.lang).find(|one| one.id == id);
    let one = one.ok_or_else(|| Refusal::Invalid("privilege-ready".to_owned()))?;
    let new = New {
        picture: one.picture,
        words: one.words,
        unit: one.unit,
        price: one.price,
    };
    add(visit, class, new).await
}

async fn add(visit: &Visit, class: ClassId, new: New) -> Result<HttpResponse, Failure> {
    let here = format!("{}#list", home(&class));
    let words = new.words.trim().to_owned();
    let write = visit.write(Door::Staff, move |tx, seen| {
        privileges::add(tx, &seen.call, &class, &new, &guard_words())
    });
    let most = privileges::LENGTH.1.to_string();
    let many = privileges::MOST.to_string();
    let args = [("words", words.as_str()), ("most", &most), ("many", &many)];
    let (kind, key) = match write.await {
        Ok(_) => (FlashKind::Ok, "privileges-added"),
        Err(Failure::Refused(Refusal::Invalid(what))) => (
            FlashKind::Note,
            refused(&what).ok_or(Refusal::Invalid(what))?,
        ),
        Err(other) => return Err(other),
    };
    Ok(visit.go_saying(&here, kind, key, &args))
}

fn refused(what: &str) -> Option<&'static str> {
    match what {
        "privilege-words" => Some("privileges-wrong-words"),
        "privilege-label" => Some("praise-chip-label"),
        "privilege-price" => Some("privileges-wrong-price"),
        "privilege-many" => Some("privileges-wrong-many"),
        _ => None,
    }
}

async fn switch(
    visit: &Visit,
    class: ClassId,
    id: String,
    on: bool,
) -> Result<HttpResponse, Failure> {
    let here = format!("{}#list", home(&class));
    let write = visit.write(Door::Staff, move |tx, seen| {
        privileges::switch(tx, &seen.call, &class, &id, on)
    });
    let many = privileges::MOST.to_string();
    let (kind, key) = match write.await {
        Ok(_) if on => (FlashKind::Ok, "privileges-is-on"),
        Ok(_) => (FlashKind::Ok, "privileges-is-off"),
        Err(Failure::Refused(Refusal::Invalid(_))) => (FlashKind::Note, "privileges-wrong-many"),
        Err(other) => return Err(other),
    };
    Ok(visit.go_saying(&here, kind, key, &[("many", &many)]))
}
