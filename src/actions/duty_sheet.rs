//! Today's sheet of a post: who may check which classes now, and how each class stands. Read by the page and judged by
//! again in [`super::send_checks`].

use super::{Acted, rounds::graded, takes_checks::CheckDay, term_votes::read_rubric};
use crate::{
    domain::{
        actor::{Actor, Call},
        calendar::monday,
        duty::{Slot, checks_grade, items, may_edit, slots},
        ids::{ClassId, StudentId},
        refusal::Refusal,
        rubric::Item,
    },
    storage::{Db, duty, duty::PostRow, inspections, inspections::InspectionRow, students},
};

/// Whoever checks, at a post in a slot of a day.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    pub post: PostRow,
    pub slot: Slot,
    pub on: chrono::NaiveDate,
    /// Looks once more, blind.
    pub second: bool,
    pub by: String,
    /// A monitor's own class is never checked.
    pub own: Option<ClassId>,
}

/// How a class stands on the sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not checked yet.
    Open,
    /// Sent, and may be changed until this instant.
    Mine(i64),
    /// Sent, and stands.
    Locked,
    /// Another monitor of the post has checked it.
    Taken,
}

/// A class of the sheet.
#[derive(Clone, Debug)]
pub struct SheetClass {
    pub id: ClassId,
    pub code: String,
    pub standing: Standing,
    /// What this checker sent.
    pub rows: Vec<InspectionRow>,
}

/// The sheet.
#[derive(Clone, Debug)]
pub struct SheetFacts {
    pub place: Place,
    /// Posts the checker may choose from: the office all, a monitor the own one.
    pub posts: Vec<PostRow>,
    pub classes: Vec<SheetClass>,
    /// Items of the post with their full marks.
    pub items: Vec<(Item, f64)>,
    /// Highest counter of what was sent.
    pub stamp: Option<i64>,
}

/// The sheet that `call`'s checker has at this minute of today; the office may name post and slot.
///
/// # Errors
/// `Forbidden` for whoever does not check, `NotFound` for another post, `WindowClosed` outside the post's time.
pub fn sheet(
    db: &mut Db,
    call: &Call,
    minute: i32,
    post: Option<&str>,
    slot: Option<i32>,
) -> Acted<SheetFacts> {
    let mut posts = duty::posts(db, &call.school)?;
    posts.retain(|p| p.retired_at.is_none());
    posts.sort_by(|a, b| (a.starts_minute, &a.name).cmp(&(b.starts_minute, &b.name)));
    let own = match &call.actor {
        Actor::Monitor { post, .. } => Some(post.as_str().to_owned()),
        _ => None,
    };
    let first = posts.first().map(|p| p.id.clone()).unwrap_or_default();
    let wanted = post.map(str::to_owned).or(own.clone()).unwrap_or(first);
    let place = place(db, call, minute, &wanted, slot)?;
    if own.is_some() {
        posts.retain(|p| p.id == place.post.id);
    }
    let (classes, rubric) = classes(db, call, &place)?;
    let items = match rubric {
        Some(id) => items_of(&place.post, &read_rubric(db, &call.school, &id)?.items),
        None => Vec::new(),
    };
    let sent = classes.iter().flat_map(|c| &c.rows);
    Ok(SheetFacts {
        stamp: sent.map(|row| row.stamp).max(),
        place,
        posts,
        classes,
        items,
    })
}

/// Who checks where now; a slot that is over is still there while something sent in it may be changed.
pub fn place(db: &mut Db, call: &Call, minute: i32, post: &str, slot: Option<i32>) -> Acted<Place> {
    let found = post_of(db, call, post)?;
    let all = slots(found.starts_minute, found.ends_minute, &found.more_slots);
    let named = |from: i32| all.iter().find(|s| s.from == from).copied();
    let now = all.iter().find(|s| s.holds(minute)).copied();
    let mut place = Place {
        slot: now.or(all.first().copied()).ok_or(Refusal::NotFound)?,
        post: found,
        on: call.today,
        second: false,
        by: call.actor.id().to_owned(),
        own: None,
    };
    match &call.actor {
        Actor::Office(_) | Actor::System => {
            if let Some(from) = slot {
                place.slot = named(from).ok_or(Refusal::NotFound)?;
            }
        }
        Actor::Monitor { id, class, .. } => {
            place.second = second_seat(db, call, id, &place.post.id)?;
            place.own = Some(class.clone());
            place.slot = match slot {
                Some(from) => named(from).ok_or(Refusal::NotFound)?,
                None => now.unwrap_or(place.slot),
            };
            if Some(place.slot) != now {
                place.slot = still_open(db, call, &place, &all)?.ok_or(Refusal::WindowClosed)?;
            }
        }
        Actor::Teacher { .. } | Actor::Student { .. } => return Err(Refusal::Forbidden.into()),
        Actor::Family { .. } | Actor::Screen { .. } => return Err(Refusal::NotFound.into()),
    }
    Ok(place)
}

fn post_of(db: &mut Db, call: &Call, post: &str) -> Acted<PostRow> {
    let posts = duty::posts(db, &call.school)?;
    let found = posts.into_iter().find(|p| p.id == post);
    let found = found.filter(|p| p.retired_at.is_none());
    match &call.actor {
        Actor::Monitor { post: own, .. } if own.as_str() != post => Err(Refusal::NotFound.into()),
        Actor::Teacher { .. } | Actor::Student { .. } => Err(Refusal::Forbidden.into()),
        _ => Ok(found.ok_or(Refusal::NotFound)?),
    }
}

/// Whether the monitor looks as the second; who is on no roster of today is nobody here.
pub fn second_seat(db: &mut Db, call: &Call, id: &StudentId, post: &str) -> Acted<bool> {
    let days = (call.today, monday(call.today));
    let mine = duty::posts_of(db, &call.school, id, days)?;
    let seat = mine.into_iter().find(|(own, _)| own == post);
    Ok(seat.ok_or(Refusal::NotFound)?.1)
}

/// The slot in which the checker sent something that may still be changed.
fn still_open(db: &mut Db, call: &Call, place: &Place, all: &[Slot]) -> Acted<Option<Slot>> {
    let rows = inspections::of_day(db, &call.school, call.today, &place.post.id)?;
    let fresh = rows
        .iter()
        .filter(|r| r.checked_by == place.by && may_edit(r.first_at, call.now));
    let last = fresh.max_by_key(|r| r.first_at).map(|r| r.slot);
    Ok(all.iter().find(|s| Some(s.from) == last).copied())
}

/// Items of a post as far as the rubric has them.
pub fn items_of(post: &PostRow, known: &[Item]) -> Vec<(Item, f64)> {
    let wanted = items(&post.items);
    let full = |item: &Item| {
        wanted
            .iter()
            .find(|(id, _)| *id == item.id)
            .map(|(_, full)| *full)
    };
    let all = known.iter();
    all.filter_map(|item| Some((item.clone(), full(item)?)))
        .collect()
}

fn classes(db: &mut Db, call: &Call, place: &Place) -> Acted<(Vec<SheetClass>, Option<String>)> {
    let rows = inspections::of_day(db, &call.school, place.on, &place.post.id)?;
    let day = CheckDay::load(db, call, place.on)?;
    let mut all = Vec::new();
    let mut rubric = None;
    for class in students::classes(db, &call.school)? {
        let Some((code, grade)) = graded(&class, place.on) else {
            continue;
        };
        let id = ClassId::new(class.id);
        if !checks_grade(&place.post.grades, grade) || place.own.as_ref() == Some(&id) {
            continue;
        }
        let Some(takes) = day.takes(db, call, &id)? else {
            continue;
        };
        rubric.get_or_insert(takes.rubric);
        let of_class = rows.iter().filter(|r| r.class_id == id.as_str()).collect();
        all.push(class_of(id, code, place, call.now, of_class));
    }
    all.sort_by(|a, b| a.code.cmp(&b.code));
    Ok((all, rubric))
}

fn class_of(
    id: ClassId,
    code: String,
    place: &Place,
    now: i64,
    rows: Vec<&InspectionRow>,
) -> SheetClass {
    let here = rows
        .into_iter()
        .filter(|r| r.slot == place.slot.from && r.second == place.second);
    let (mine, others): (Vec<&InspectionRow>, Vec<&InspectionRow>) =
        here.partition(|r| r.checked_by == place.by);
    let standing = match mine.first() {
        Some(row) if row.decided_at.is_none() && may_edit(row.first_at, now) => {
            Standing::Mine(row.first_at + crate::domain::duty::EDIT_MILLIS)
        }
        Some(_) => Standing::Locked,
        None if others.is_empty() => Standing::Open,
        None => Standing::Taken,
    };
    SheetClass {
        id,
        code,
        standing,
        rows: mine.into_iter().cloned().collect(),
    }
}
