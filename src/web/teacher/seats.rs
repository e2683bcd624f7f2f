//! `/t/classes/{id}/seats`: the seating plan, filled by number, pasted from a spreadsheet, two seats swapped at a time.

use std::collections::HashMap;

use actix_web::{HttpResponse, http::StatusCode, web};

use super::words;
use crate::{
    actions::{class_desk::ClassDesk, seating},
    domain::{
        ids::ClassId,
        refusal::Refusal,
        seating::{MOST, Named, Plan, Unread},
    },
    screens::{
        FlashKind, Undo,
        teacher_seats::{Seat, SeatLine, Seats},
    },
    storage::students::StudentRow,
    web::{
        child::speak,
        failure::Failure,
        guard::{Boxes, Fields},
        visit::{Door, Visit},
    },
};

/// Places of a line where no plan says otherwise.
const PLACES: usize = 8;

/// `GET`.
pub async fn show(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    page(&visit, &ClassId::new(id.into_inner()), None).await
}

/// `pasted`: a text that could not be read, and why.
async fn page(
    visit: &Visit,
    class: &ClassId,
    pasted: Option<(String, Unread)>,
) -> Result<HttpResponse, Failure> {
    let of = class.clone();
    let read = visit.read(Door::Staff, move |db, seen| {
        seating::load(db, &seen.call, &of)
    });
    let (seen, (desk, plan)) = read.await?;
    let status = match pasted {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    visit.page_as(status, Some(&seen), &view(&desk, &plan, pasted))
}

/// `POST`: `act` = `fill` with `places`, `paste` with `text`, `swap` with two `seat` (`line.place`), or `clear`.
pub async fn act(
    visit: Visit,
    id: web::Path<String>,
    boxes: Boxes,
) -> Result<HttpResponse, Failure> {
    let class = ClassId::new(id.into_inner());
    let (mut fields, mut lists) = boxes.split(|name| name == "seat")?;
    let seats = lists.remove("seat").unwrap_or_default();
    match fields.need("act")?.as_str() {
        "fill" => fill(&visit, class, fields).await,
        "paste" => paste(&visit, class, fields).await,
        "swap" => swap(&visit, class, &seats).await,
        "clear" => {
            fields.finish()?;
            let kept = keep(&visit, &class, "clear", |_, _| Ok(Plan::default())).await;
            kept.map(|()| said(&visit, &class, FlashKind::Ok, "seats-cleared", &[]))
        }
        _ => Err(Refusal::Invalid("seats-act".to_owned()).into()),
    }
}

fn home(class: &ClassId) -> String {
    format!("/t/classes/{class}/seats")
}

fn said(
    visit: &Visit,
    class: &ClassId,
    kind: FlashKind,
    key: &str,
    args: &[(&str, &str)],
) -> HttpResponse {
    visit.go_saying(&home(class), kind, key, args)
}

/// Keeps what `make` makes of the class and its plan.
async fn keep(
    visit: &Visit,
    class: &ClassId,
    how: &'static str,
    make: impl FnOnce(&ClassDesk, Plan) -> Result<Plan, Refusal> + Send + 'static,
) -> Result<(), Failure> {
    let of = class.clone();
    let write = visit.write(Door::Staff, move |tx, seen| {
        let (desk, before) = seating::load(tx, &seen.call, &of)?;
        let plan = make(&desk, before)?;
        seating::keep(tx, &seen.call, &of, &plan, how)
    });
    write.await.map(|_| ())
}

async fn fill(visit: &Visit, class: ClassId, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let places = fields.need("places")?.parse().unwrap_or(0);
    fields.finish()?;
    let filled = keep(visit, &class, "fill", move |desk, _| {
        Plan::fill(desk.children.iter().map(|child| child.id.clone()), places)
    });
    let most = MOST.to_string();
    match filled.await {
        Ok(()) => Ok(said(visit, &class, FlashKind::Ok, "seats-filled", &[])),
        Err(Failure::Refused(Refusal::Invalid(_))) => Ok(said(
            visit,
            &class,
            FlashKind::Note,
            "seats-size",
            &[("most", &most)],
        )),
        Err(other) => Err(other),
    }
}

async fn paste(visit: &Visit, class: ClassId, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let text = fields.need("text")?;
    fields.finish()?;
    let of = class.clone();
    let read = visit.read(Door::Staff, move |db, seen| {
        Ok(seating::load(db, &seen.call, &of)?.0)
    });
    let (_, desk) = read.await?;
    let children: Vec<Named<'_>> = desk.children.iter().map(named).collect();
    match Plan::read(&text, &children) {
        Ok(plan) => {
            keep(visit, &class, "paste", move |_, _| Ok(plan)).await?;
            Ok(said(visit, &class, FlashKind::Ok, "seats-filled", &[]))
        }
        Err(unread) => page(visit, &class, Some((text, unread))).await,
    }
}

fn named(child: &StudentRow) -> Named<'_> {
    Named {
        id: &child.id,
        name: &child.name,
        student_no: &child.student_no,
    }
}

fn seat(text: &str) -> Option<(usize, usize)> {
    let (line, place) = text.split_once('.')?;
    let (line, place) = (line.parse().ok()?, place.parse().ok()?);
    let fits = |n: &usize| (1..=MOST).contains(n);
    (fits(&line) && fits(&place)).then_some((line, place))
}

async fn swap(visit: &Visit, class: ClassId, seats: &[String]) -> Result<HttpResponse, Failure> {
    let chosen: Vec<(usize, usize)> = seats.iter().filter_map(|text| seat(text)).collect();
    let [one, other] = chosen.as_slice() else {
        return Ok(said(visit, &class, FlashKind::Note, "seats-two", &[]));
    };
    let (one, other) = (*one, *other);
    keep(visit, &class, "swap", move |_, mut plan| {
        plan.swap(one, other);
        Ok(plan)
    })
    .await?;
    let at = |(line, place): (usize, usize)| format!("{line}.{place}");
    let fields = [("act", "swap"), ("seat", &at(one)), ("seat", &at(other))];
    let undo = Undo::new(home(&class), &fields);
    Ok(visit.go_undoing(
        &home(&class),
        FlashKind::Ok,
        "seats-swapped",
        &[],
        Some(undo),
    ))
}

fn view(desk: &ClassDesk, plan: &Plan, pasted: Option<(String, Unread)>) -> Seats {
    let (lines, places) = plan.size();
    let names: HashMap<&str, &str> = desk
        .children
        .iter()
        .map(|child| (child.id.as_str(), child.name.as_str()))
        .collect();
    let unread = pasted.as_ref().map(|(_, unread)| unread.clone());
    let without = desk
        .children
        .iter()
        .filter(|child| !plan.0.values().any(|id| *id == child.id));
    Seats {
        class_id: desk.class.id.clone(),
        class_name: desk.name.clone(),
        // One line and place more, so that a child can be put there.
        lines: match lines {
            0 => Vec::new(),
            _ => seat_lines(desk, plan, (lines + 1).min(MOST), (places + 1).min(MOST)),
        },
        without: without.map(|child| child.name.clone()).collect(),
        places: if places == 0 { PLACES } else { places },
        most: MOST,
        text: match pasted {
            Some((text, _)) => text,
            None => plan.write(&names),
        },
        unread: unread
            .iter()
            .flat_map(|u| u.unknown.iter().cloned())
            .collect(),
        twice: unread
            .iter()
            .flat_map(|u| u.twice.iter().cloned())
            .collect(),
        large: unread.is_some_and(|u| u.large),
    }
}

/// The seats of a class line by line.
pub fn seat_lines(desk: &ClassDesk, plan: &Plan, lines: usize, places: usize) -> Vec<SeatLine> {
    let seat = |line: usize, place: usize| {
        let id = plan.0.get(&(line, place));
        let at = desk.children.iter().position(|c| Some(&c.id) == id);
        let child = at.and_then(|at| Some((at, desk.children.get(at)?)));
        Seat {
            line,
            place,
            id: id.cloned().unwrap_or_default(),
            name: child.map(|(_, c)| c.name.clone()).unwrap_or_default(),
            number: child.map_or(0, |(at, c)| words::number(c, at)),
            avatar: child.map(|(_, c)| speak::avatar(c)),
            count: 0,
        }
    };
    let line = |line: usize| SeatLine {
        line,
        seats: (1..=places).map(|place| seat(line, place)).collect(),
    };
    (1..=lines).map(line).collect()
}
