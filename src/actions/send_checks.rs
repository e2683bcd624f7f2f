//! A post's sheet is sent: every item of each class from full marks down, all classes in one transaction. What stood
//! there is kept in the history; sending the same again changes nothing. Used by the page and by the outbox.

use std::collections::BTreeMap;

use super::{
    Acted,
    duty_sheet::{self, Place},
    new_id,
    rounds::graded,
    takes_checks::{CheckDay, Takes},
    term_votes::read_rubric,
};
use crate::{
    domain::{
        actor::Call,
        duty::{checks_grade, may_edit},
        ids::ClassId,
        refusal::Refusal,
        rubric::Item,
    },
    storage::{
        Db, Tx, inspections,
        inspections::{FormerRow, InspectionRow},
        students,
    },
};

/// Points of each item with the reason where they are not full, by item.
pub type Marks = BTreeMap<String, (f64, String)>;

/// A sheet filled in.
#[derive(Clone, Debug, Default)]
pub struct Sheet {
    /// Counter of the form's saves; 0 from a form without script, whose sending is the latest by being sent.
    pub stamp: i64,
    pub classes: BTreeMap<String, Marks>,
}

/// What became of the classes of a sheet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    pub stored: usize,
    /// Said the same already.
    pub same: usize,
    /// Another monitor of the post has checked them.
    pub taken: usize,
    /// Too late to change.
    pub late: usize,
}

/// Stores a sheet; a class that is too late to change refuses it all.
///
/// # Errors
/// Those of [`duty_sheet::place`]; `NotYourRatee` for the own class or a grade that the post does not check; `Invalid`
/// (`points`, `reason`), `UnknownIndicator`, `RoundNotOpen`; `Expired` after ten minutes, `Stale` where a newer save
/// stands.
pub fn send(tx: &mut Tx<'_>, call: &Call, place: &Place, sheet: &Sheet) -> Acted<Sent> {
    let sent = store(tx, call, place, sheet)?;
    match sent.late {
        0 => Ok(sent),
        _ => Err(Refusal::Expired.into()),
    }
}

/// Stores a sheet that a device kept: classes that are too late to change stay as they are, the others are stored.
///
/// # Errors
/// As [`send`], without `Expired`.
pub fn store(tx: &mut Tx<'_>, call: &Call, place: &Place, sheet: &Sheet) -> Acted<Sent> {
    if sheet.classes.is_empty() {
        return Err(Refusal::Invalid("points".to_owned()).into());
    }
    let stored = inspections::of_day(tx, &call.school, place.on, &place.post.id)?;
    let here: Vec<InspectionRow> = stored
        .into_iter()
        .filter(|r| r.slot == place.slot.from)
        .collect();
    let day = CheckDay::load(tx, call, place.on)?;
    let (mut sent, mut known) = (Sent::default(), Known::new());
    for (class, marks) in &sheet.classes {
        let class = ClassId::new(class.clone());
        let rows = here.iter().filter(|r| r.class_id == class.as_str());
        let rows: Vec<&InspectionRow> = rows.collect();
        let takes = may_check(tx, call, place, &class, &day)?;
        let items = known_items(tx, call, place, &takes.rubric, &mut known)?;
        judge(marks, &items)?;
        let one = OneClass {
            class: &class,
            round: takes.round.as_deref(),
            items: &items,
            marks,
            stamp: sheet.stamp,
        };
        store_class(tx, call, place, &one, &rows, &mut sent)?;
    }
    let detail = format!(
        "post={} slot={} second={} stored={} same={} taken={} late={}",
        place.post.id, place.slot.from, place.second, sent.stored, sent.same, sent.taken, sent.late
    );
    let object = format!("day/{}", place.on);
    tx.record(call, "inspection.check", &object, &detail)?;
    Ok(sent)
}

/// What a post checks by a rubric, by the rubric's id.
type Known = BTreeMap<String, Vec<(Item, f64)>>;

/// One class of a sheet, judged.
struct OneClass<'s> {
    class: &'s ClassId,
    round: Option<&'s str>,
    items: &'s [(Item, f64)],
    marks: &'s Marks,
    stamp: i64,
}

fn store_class(
    tx: &mut Tx<'_>,
    call: &Call,
    place: &Place,
    one: &OneClass<'_>,
    rows: &[&InspectionRow],
    sent: &mut Sent,
) -> Acted<()> {
    let seat = |r: &&&InspectionRow| r.second == place.second;
    let mine: Vec<&InspectionRow> = rows
        .iter()
        .filter(|r| seat(r) && r.checked_by == place.by)
        .copied()
        .collect();
    if mine.is_empty() && rows.iter().any(|r| seat(&r)) {
        sent.taken += 1;
        return Ok(());
    }
    if says_the_same(&mine, one.marks) {
        sent.same += 1;
        return Ok(());
    }
    if mine.iter().any(|r| one.stamp != 0 && r.stamp >= one.stamp) {
        return Err(Refusal::Stale.into());
    }
    let fresh = |r: &&InspectionRow| r.decided_at.is_none() && may_edit(r.first_at, call.now);
    if !mine.iter().all(fresh) {
        sent.late += 1;
        return Ok(());
    }
    let counts = whose_counts(tx, call, place.second, rows)?;
    for before in &mine {
        retire(tx, call, before, "replaced", "")?;
    }
    for (item, mark) in one.marks {
        let before = mine.iter().find(|r| r.item == *item).copied();
        inspections::add(tx, &row(call, place, one, (item, mark), (before, counts)))?;
    }
    sent.stored += 1;
    Ok(())
}

/// The row of one item; a replaced one keeps its id and its first hour.
fn row(
    call: &Call,
    place: &Place,
    one: &OneClass<'_>,
    (item, (points, reason)): (&String, &(f64, String)),
    (before, counts): (Option<&InspectionRow>, bool),
) -> InspectionRow {
    let full = one.items.iter().find(|(known, _)| known.id == *item);
    InspectionRow {
        school_id: call.school.to_string(),
        id: before.map_or_else(new_id, |r| r.id.clone()),
        round_id: one.round.map(str::to_owned),
        on_date: place.on,
        post: place.post.id.clone(),
        class_id: one.class.to_string(),
        item: item.clone(),
        full_marks: full.map_or(0.0, |(_, full)| *full),
        points: *points,
        reason: reason.chars().take(60).collect(),
        checked_by: place.by.clone(),
        saved_at: call.now,
        slot: place.slot.from,
        second: place.second,
        counts,
        decided_at: None,
        first_at: before.map_or(call.now, |r| r.first_at),
        stamp: one.stamp,
    }
}

/// What the checks of the class on that day belong to.
fn may_check(
    db: &mut Db,
    call: &Call,
    place: &Place,
    class: &ClassId,
    day: &CheckDay,
) -> Acted<Takes> {
    let row = students::class(db, &call.school, class)?;
    let grade = graded(&row, place.on).map(|(_, grade)| grade);
    let checks = grade.is_some_and(|grade| checks_grade(&place.post.grades, grade));
    if !checks || place.own.as_ref() == Some(class) {
        return Err(Refusal::NotYourRatee.into());
    }
    let takes = day.takes(db, call, class)?;
    Ok(takes.ok_or(Refusal::RoundNotOpen)?)
}

fn known_items(
    db: &mut Db,
    call: &Call,
    place: &Place,
    rubric: &str,
    known: &mut Known,
) -> Acted<Vec<(Item, f64)>> {
    if let Some(items) = known.get(rubric) {
        return Ok(items.clone());
    }
    let read = read_rubric(db, &call.school, rubric)?;
    let items = duty_sheet::items_of(&place.post, &read.items);
    known.insert(rubric.to_owned(), items.clone());
    Ok(items)
}

/// Items of the post, from 0 to full, with a reason where it is not full; an item that is not there was not looked at.
fn judge(marks: &Marks, items: &[(Item, f64)]) -> Acted<()> {
    for (id, (points, reason)) in marks {
        let known = items.iter().find(|(item, _)| item.id == *id);
        let (_, full) = known.ok_or_else(|| Refusal::UnknownIndicator(id.clone()))?;
        if !(0.0..=*full).contains(points) {
            return Err(Refusal::Invalid("points".to_owned()).into());
        }
        if points < full && reason.trim().is_empty() {
            return Err(Refusal::Invalid("reason".to_owned()).into());
        }
    }
    match marks.is_empty() {
        false => Ok(()),
        true => Err(Refusal::Invalid("points".to_owned()).into()),
    }
}

fn says_the_same(mine: &[&InspectionRow], marks: &Marks) -> bool {
    let same = |r: &&InspectionRow| {
        let said = marks.get(&r.item);
        said.is_some_and(|(points, reason)| {
            points.to_bits() == r.points.to_bits() && *reason == r.reason
        })
    };
    mine.len() == marks.len() && mine.iter().all(same)
}

/// The first monitor's look counts; the second's only where there is none, unless the office says otherwise.
fn whose_counts(
    tx: &mut Tx<'_>,
    call: &Call,
    second: bool,
    rows: &[&InspectionRow],
) -> Acted<bool> {
    if second {
        return Ok(!rows.iter().any(|r| !r.second));
    }
    for row in rows.iter().filter(|r| r.second && r.decided_at.is_none()) {
        inspections::set_counts(tx, &call.school, &row.id, false, None)?;
    }
    Ok(true)
}

/// Takes a row away and keeps it in the history.
fn retire(tx: &mut Tx<'_>, call: &Call, row: &InspectionRow, why: &str, words: &str) -> Acted<()> {
    inspections::keep(tx, &former(call, row, why, words))?;
    Ok(inspections::remove(tx, &call.school, &row.id)?)
}

/// What stands in a row, for the history.
pub(super) fn former(call: &Call, row: &InspectionRow, why: &str, words: &str) -> FormerRow {
    FormerRow {
        school_id: row.school_id.clone(),
        id: new_id(),
        inspection_id: row.id.clone(),
        on_date: row.on_date,
        post: row.post.clone(),
        class_id: row.class_id.clone(),
        item: row.item.clone(),
        full_marks: row.full_marks,
        points: row.points,
        reason: row.reason.clone(),
        checked_by: row.checked_by.clone(),
        saved_at: row.saved_at,
        ended_at: call.now,
        ended_by: call.actor.id().to_owned(),
        why: why.to_owned(),
        words: words.to_owned(),
    }
}

/// Takes back what this checker sent in the slot, as far as it may still be changed.
///
/// # Errors
/// `Expired` where nothing may be changed any more.
pub fn take_back(tx: &mut Tx<'_>, call: &Call, place: &Place) -> Acted<usize> {
    let rows = inspections::of_day(tx, &call.school, place.on, &place.post.id)?;
    let here = |r: &&InspectionRow| r.slot == place.slot.from;
    let mine = |r: &&InspectionRow| r.checked_by == place.by && r.second == place.second;
    let fresh = |r: &&InspectionRow| r.decided_at.is_none() && may_edit(r.first_at, call.now);
    let back: Vec<&InspectionRow> = rows
        .iter()
        .filter(|r| here(r) && mine(r) && fresh(r))
        .collect();
    if back.is_empty() {
        return Err(Refusal::Expired.into());
    }
    for row in &back {
        retire(tx, call, row, "taken_back", "")?;
        // Where the first look is gone, the second one counts until there is another.
        let seconds = rows.iter().filter(|r| {
            r.second && !place.second && r.class_id == row.class_id && r.slot == row.slot
        });
        for second in seconds.filter(|r| r.decided_at.is_none()) {
            inspections::set_counts(tx, &call.school, &second.id, true, None)?;
        }
    }
    let detail = format!(
        "post={} slot={} rows={}",
        place.post.id,
        place.slot.from,
        back.len()
    );
    let object = format!("day/{}", place.on);
    tx.record(call, "inspection.take_back", &object, &detail)?;
    Ok(back.len())
}
