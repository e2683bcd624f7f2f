//! `/t/classes/{id}/praise`: tap children, then a chip; each tap can be taken back.

use std::collections::{BTreeMap, BTreeSet};

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::{seats::seat_lines, words};
use crate::{
    actions::{class_chips, praise, praise::PraiseDesk, session::Seen},
    domain::{actor::ClassView, ids::ClassId, refusal::Refusal, rubric::Dimension},
    screens::{
        FlashKind, Undo, say,
        teacher_moments::{Praise, PraiseChild, PraiseGiven, PraiseGroup},
        teacher_seats::SeatLine,
        teacher_shared::Pick,
    },
    storage::{praises::PraiseRow, students::StudentRow},
    web::{
        child::speak,
        failure::Failure,
        guard::Boxes,
        visit::{Door, Visit},
    },
};

/// Names that are written out in the message after a tap.
const NAMES: usize = 3;

/// Query of the page.
#[derive(Deserialize)]
pub struct Asked {
    /// `number` where the seating plan is not wanted.
    #[serde(default)]
    by: String,
}

/// `GET /t/classes/{id}/praise`.
pub async fn show(
    visit: Visit,
    id: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let class = ClassId::new(id.into_inner());
    let read = visit.read(Door::Staff, move |db, seen| {
        praise::praise_desk(db, &seen.call, &class)
    });
    let (seen, desk) = read.await?;
    let by_seat = asked.by != "number" && !desk.seats.0.is_empty();
    visit.page(&seen, &view(&visit, &seen, &desk, by_seat))
}

/// `POST /t/classes/{id}/praise`: `student` (several) and `chip`, or `undo` = a praise.
pub async fn act(
    visit: Visit,
    id: web::Path<String>,
    boxes: Boxes,
) -> Result<HttpResponse, Failure> {
    let (mut fields, mut lists) = boxes.split(|name| name == "student")?;
    let (chip, undo) = (fields.take("chip"), fields.take("undo"));
    fields.finish()?;
    let class = ClassId::new(id.into_inner());
    let children: BTreeSet<String> = lists
        .remove("student")
        .unwrap_or_default()
        .into_iter()
        .collect();
    match (chip, undo) {
        (Some(chip), None) => give(&visit, class, children, chip).await,
        (None, Some(id)) => take_back(&visit, class, id).await,
        _ => Err(Refusal::Invalid("praise-action".to_owned()).into()),
    }
}

fn home(class: &ClassId) -> String {
    format!("/t/classes/{class}/praise")
}

async fn give(
    visit: &Visit,
    class: ClassId,
    children: BTreeSet<String>,
    chip: String,
) -> Result<HttpResponse, Failure> {
    let here = home(&class);
    if children.is_empty() {
        return Ok(visit.go_saying(&here, FlashKind::Note, "praise-nobody", &[]));
    }
    let write = visit.write(Door::Staff, move |tx, seen| {
        let rows = praise::give(tx, &seen.call, &class, &children, &chip)?;
        let desk = praise::praise_desk(tx, &seen.call, &class)?;
        Ok((rows, desk))
    });
    let (_, (rows, desk)) = write.await?;
    let Some(first) = rows.first() else {
        return Ok(visit.go(&here));
    };
    let undo = Undo::new(here.as_str(), &[("undo", &first.id)]);
    let names = names(visit, &desk, &rows.iter().collect::<Vec<_>>());
    let args = [("names", names.as_str()), ("label", first.label.as_str())];
    Ok(visit.go_undoing(&here, FlashKind::Ok, "praise-given", &args, Some(undo)))
}

/// Names of the praised, the first few written out.
fn names(visit: &Visit, desk: &PraiseDesk, rows: &[&PraiseRow]) -> String {
    let named: Vec<String> = given_to(desk, rows);
    let shown = named.iter().take(NAMES).cloned().collect::<Vec<_>>();
    let shown = shown.join(&say(visit.lang, "staff-comma", &[]));
    if named.len() <= NAMES {
        return shown;
    }
    let n = named.len().to_string();
    say(
        visit.lang,
        "praise-and-more",
        &[("names", &shown), ("n", &n)],
    )
}

fn given_to(desk: &PraiseDesk, rows: &[&PraiseRow]) -> Vec<String> {
    let name = |row: &&PraiseRow| {
        let child = desk.desk.children.iter().find(|c| c.id == row.student_id)?;
        Some(child.name.clone())
    };
    rows.iter().filter_map(name).collect()
}

async fn take_back(visit: &Visit, class: ClassId, id: String) -> Result<HttpResponse, Failure> {
    let here = home(&class);
    let write = visit.write(Door::Staff, move |tx, seen| {
        praise::undo(tx, &seen.call, &class, &id)
    });
    let (_, n) = write.await?;
    Ok(visit.go_saying(
        &here,
        FlashKind::Ok,
        "praise-undone",
        &[("n", &n.to_string())],
    ))
}

fn view(visit: &Visit, seen: &Seen, found: &PraiseDesk, by_seat: bool) -> Praise {
    let desk = &found.desk;
    let groups = found.dimensions.iter().map(|star| {
        let chips = found.chips.iter().filter(|chip| chip.dimension == star.id);
        PraiseGroup {
            star: star.id.clone(),
            name: star.name.clone(),
            chips: chips
                .map(|chip| Pick {
                    value: chip.id.clone(),
                    label: chip.text.clone(),
                    chosen: false,
                })
                .collect(),
        }
    });
    let own = found.chips.iter().filter(|chip| chip.own);
    Praise {
        own: own
            .map(|chip| Pick {
                value: chip.id.clone(),
                label: chip.text.clone(),
                chosen: false,
            })
            .collect(),
        stars: stars(found),
        leads: desk.view != ClassView::Subject,
        longest: class_chips::LENGTH.1,
        class_id: desk.class.id.clone(),
        class_name: desk.name.clone(),
        children: children(found, by_seat),
        lines: if by_seat { lines(found) } else { Vec::new() },
        has_plan: !found.seats.0.is_empty(),
        groups: groups.filter(|g| !g.chips.is_empty()).collect(),
        today: today(visit, seen, found),
    }
}

fn count(found: &PraiseDesk, child: &str) -> u32 {
    let own = found.week.iter().filter(|p| p.student_id == child);
    words::count(own.count())
}

/// The children as tiles; by seat only those who have none.
fn children(found: &PraiseDesk, by_seat: bool) -> Vec<PraiseChild> {
    let seated = |id: &str| by_seat && found.seats.0.values().any(|seated| seated == id);
    let all = found.desk.children.iter().enumerate();
    let tiles = all.filter(|(_, child)| !seated(&child.id));
    let tile = |(at, child): (usize, &StudentRow)| PraiseChild {
        id: child.id.clone(),
        number: words::number(child, at),
        name: child.name.clone(),
        avatar: speak::avatar(child),
        count: count(found, &child.id),
    };
    tiles.map(tile).collect()
}

fn lines(found: &PraiseDesk) -> Vec<SeatLine> {
    let (lines, places) = found.seats.size();
    let mut all = seat_lines(&found.desk, &found.seats, lines, places);
    for seat in all.iter_mut().flat_map(|line| &mut line.seats) {
        seat.count = count(found, &seat.id);
    }
    all
}

fn stars(found: &PraiseDesk) -> Vec<Pick> {
    let pick = |star: &Dimension| Pick {
        value: star.id.clone(),
        label: star.name.clone(),
        chosen: false,
    };
    found.dimensions.iter().map(pick).collect()
}

/// Today's praises tap by tap, newest first.
fn today(visit: &Visit, seen: &Seen, found: &PraiseDesk) -> Vec<PraiseGiven> {
    let mut taps: BTreeMap<(i64, &str, &str), Vec<&PraiseRow>> = BTreeMap::new();
    for row in found
        .week
        .iter()
        .filter(|p| p.praised_on == seen.call.today)
    {
        let tap = (-row.praised_at, row.by_id.as_str(), row.indicator.as_str());
        taps.entry(tap).or_default().push(row);
    }
    let leads = found.desk.view != ClassView::Subject;
    let given = taps.into_values().filter_map(|rows| {
        let first = rows.first()?;
        Some(PraiseGiven {
            id: first.id.clone(),
            star: first.dimension.clone(),
            label: first.label.clone(),
            names: given_to(found, &rows),
            at: words::clock(first.praised_at, visit.app.timezone),
            may_undo: leads || first.by_id == seen.call.actor.id(),
        })
    });
    given.collect()
}
