//! `/t/classes/{id}/apart`: which two children of a class are never asked about each other.

use actix_web::{HttpResponse, http::StatusCode, web};

use super::words;
use crate::{
    actions::{Acted, class_desk, kept_apart, kept_apart::Kept, rounds, session::Seen},
    domain::{allocation, ids::ClassId, kept_apart::Why, refusal::Refusal},
    screens::{
        FlashKind, Undo,
        teacher_apart::{APART_REFUSALS, Apart, ApartPair},
        teacher_shared::Pick,
    },
    storage::{Db, kept_apart::KeptApartRow, students::StudentRow},
    web::{
        failure::Failure,
        guard::Fields,
        visit::{Door, Visit},
    },
};

struct Facts {
    class_name: String,
    kept: Kept,
    /// Children who rate each other, and how many each is asked about.
    children: usize,
    peers: usize,
}

/// What the form says.
#[derive(Clone, Default)]
struct Asked {
    a: String,
    b: String,
    reason: String,
}

fn facts(db: &mut Db, seen: &Seen, class: &ClassId) -> Acted<Facts> {
    let call = &seen.call;
    let kept = kept_apart::of_class(db, call, class)?;
    let desk = class_desk::desk(db, call, class)?;
    let grade = rounds::graded(&desk.class, call.today).map_or(1, |(_, grade)| grade);
    Ok(Facts {
        class_name: desk.name,
        children: kept
            .children
            .iter()
            .filter(|c| rounds::takes_part(c))
            .count(),
        peers: rounds::peers_of_grade(grade),
        kept,
    })
}

/// `GET /t/classes/{id}/apart`.
pub async fn show(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let class = ClassId::new(id.into_inner());
    page(&visit, &class, StatusCode::OK, &Asked::default(), "").await
}

async fn page(
    visit: &Visit,
    class: &ClassId,
    status: StatusCode,
    asked: &Asked,
    refused: &'static str,
) -> Result<HttpResponse, Failure> {
    let id = class.clone();
    let read = visit.read(Door::Staff, move |db, seen| facts(db, seen, &id));
    let (seen, facts) = read.await?;
    visit.page_as(
        status,
        Some(&seen),
        &view(visit, class, &facts, asked, refused),
    )
}

/// `POST /t/classes/{id}/apart`: `add` or `remove` a pair, each with a button that takes it back.
pub async fn act(
    visit: Visit,
    id: web::Path<String>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let action = fields.need("action")?;
    let asked = Asked {
        a: fields.need("a")?,
        b: fields.need("b")?,
        reason: fields.take("reason").unwrap_or_default(),
    };
    fields.finish()?;
    let adds = match action.as_str() {
        "add" => true,
        "remove" => false,
        _ => return Err(Refusal::Invalid("apart-action".to_owned()).into()),
    };
    let class = ClassId::new(id.into_inner());
    let (target, said) = (class.clone(), asked.clone());
    let write = visit.write(Door::Staff, move |tx, seen| {
        let call = &seen.call;
        let before = kept_apart::of_class(tx, call, &class)?;
        let pair = (said.a.as_str(), said.b.as_str());
        match adds {
            true => kept_apart::add(tx, call, &class, pair, &said.reason)?,
            false => kept_apart::remove(tx, call, &class, pair)?,
        }
        Ok(before)
    });
    match write.await {
        Ok((_, before)) => Ok(told(&visit, &target, &asked, &before, adds)),
        Err(Failure::Refused(Refusal::Invalid(why) | Refusal::Taken(why))) => {
            let known = APART_REFUSALS.into_iter();
            let mut known = known.filter(|key| why == format!("apart-{key}"));
            let refused = known.next().unwrap_or("why");
            page(
                &visit,
                &target,
                StatusCode::UNPROCESSABLE_ENTITY,
                &asked,
                refused,
            )
            .await
        }
        Err(other) => Err(other),
    }
}

fn told(visit: &Visit, class: &ClassId, asked: &Asked, before: &Kept, added: bool) -> HttpResponse {
    let address = format!("/t/classes/{class}/apart");
    let stood = before.pairs.iter().find(|p| is_pair(p, asked));
    let reason = stood.map_or(asked.reason.as_str(), |p| p.reason.as_str());
    let fields = [
        ("action", if added { "remove" } else { "add" }),
        ("a", &asked.a),
        ("b", &asked.b),
        ("reason", reason),
    ];
    let undo = Undo::new(address.as_str(), &fields);
    let key = if added {
        "apart-added"
    } else {
        "apart-removed"
    };
    let (a, b) = (name(before, &asked.a), name(before, &asked.b));
    visit.go_undoing(
        &address,
        FlashKind::Ok,
        key,
        &[("a", &a), ("b", &b)],
        Some(undo),
    )
}

fn is_pair(row: &KeptApartRow, asked: &Asked) -> bool {
    let stored = [&row.student_a, &row.student_b];
    stored.contains(&&asked.a) && stored.contains(&&asked.b)
}

fn name(kept: &Kept, id: &str) -> String {
    let child = kept.children.iter().find(|c| c.id == id);
    child.map(|c| c.name.clone()).unwrap_or_default()
}

fn view(
    visit: &Visit,
    class: &ClassId,
    facts: &Facts,
    asked: &Asked,
    refused: &'static str,
) -> Apart {
    let pair = |row: &KeptApartRow| ApartPair {
        a: row.student_a.clone(),
        b: row.student_b.clone(),
        name_a: name(&facts.kept, &row.student_a),
        name_b: name(&facts.kept, &row.student_b),
        reason: row.reason.clone(),
        since: words::day_at(visit, row.noted_at),
    };
    let reason = |why: Why| Pick {
        value: why.key().to_owned(),
        label: String::new(),
        chosen: asked.reason == why.key(),
    };
    Apart {
        class_id: class.to_string(),
        class_name: facts.class_name.clone(),
        pairs: facts.kept.pairs.iter().map(pair).collect(),
        first: picks(&facts.kept.children, &asked.a),
        second: picks(&facts.kept.children, &asked.b),
        reasons: Why::ALL.into_iter().map(reason).collect(),
        children: words::count(facts.children),
        peers: words::count(facts.peers.min(facts.children.saturating_sub(1))),
        room: allocation::keeps_apart(facts.children, facts.peers),
        refused,
    }
}

fn picks(children: &[StudentRow], chosen: &str) -> Vec<Pick> {
    let pick = |(at, child): (usize, &StudentRow)| Pick {
        value: child.id.clone(),
        label: format!("{} {}", words::number(child, at), child.name),
        chosen: child.id == chosen,
    };
    children.iter().enumerate().map(pick).collect()
}
