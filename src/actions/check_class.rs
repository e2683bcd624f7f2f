//! A post checks a class today: every item from full marks down. Used by monitors and the office (`/m`) and the API.

use std::collections::BTreeMap;

use super::{Acted, new_id, term_votes::read_rubric};
use crate::{
    domain::{
        actor::{Actor, Call},
        ids::ClassId,
        refusal::Refusal,
        rubric::{Item, Rubric},
    },
    storage::{
        Db, Tx, duty, duty::PostRow, inspections, inspections::InspectionRow, rounds, schools,
        students, students::ClassRow,
    },
};

/// Full marks of an item on the form.
pub const FULL: f64 = 10.0;

/// A form filled in.
#[derive(Clone, Debug)]
pub struct Check {
    pub post: String,
    pub class: ClassId,
    /// By item: points and why they are not full.
    pub items: BTreeMap<String, (f64, String)>,
}

/// Stores a check; the same checker's earlier one of the day is replaced.
///
/// # Errors
/// `Forbidden` for whoever does not check, `NotFound` for another post, `NotYourRatee` for the own class,
/// `WindowClosed` outside the post's time, `RoundNotOpen`, `Invalid("points")`, `UnknownIndicator`.
pub fn check_class(tx: &mut Tx<'_>, call: &Call, minute: i32, sent: &Check) -> Acted<()> {
    let post = may_check(tx, call, minute, &sent.post)?;
    if is_own(&call.actor, &sent.class) {
        return Err(Refusal::NotYourRatee.into());
    }
    students::class(tx, &call.school, &sent.class)?;
    let open = rounds::open_for(tx, &call.school, &sent.class)?;
    let (round, _) = open.ok_or(Refusal::RoundNotOpen)?;
    let known = items_of(&post, &read_rubric(tx, &call.school, &round.rubric_id)?);
    if sent.items.is_empty() {
        return Err(Refusal::Invalid("points".to_owned()).into());
    }
    for (item, (points, _)) in &sent.items {
        if !known.iter().any(|k| k.id == *item) {
            return Err(Refusal::UnknownIndicator(item.clone()).into());
        }
        if !(0.0..=FULL).contains(points) {
            return Err(Refusal::Invalid("points".to_owned()).into());
        }
    }
    let by = call.actor.id().to_owned();
    let (school, today) = (&call.school, call.today);
    let replaced = inspections::clear(tx, school, today, &post.id, &sent.class, &by)?;
    for (item, (points, reason)) in &sent.items {
        let row = InspectionRow {
            school_id: school.to_string(),
            id: new_id(),
            round_id: round.id.clone(),
            on_date: today,
            post: post.id.clone(),
            class_id: sent.class.to_string(),
            item: item.clone(),
            full_marks: FULL,
            points: *points,
            reason: reason.chars().take(200).collect(),
            checked_by: by.clone(),
            saved_at: call.now,
            counts: true,
            first_at: call.now,
            ..InspectionRow::default()
        };
        inspections::add(tx, &row)?;
    }
    let detail = format!(
        "post={} items={} replaced={replaced}",
        post.id,
        sent.items.len()
    );
    let object = format!("class/{}", sent.class);
    tx.record(call, "inspection.check", &object, &detail)?;
    Ok(())
}

/// The post, where the actor may check for it now: the office always, a monitor for the own post in its time.
pub fn may_check(db: &mut Db, call: &Call, minute: i32, post: &str) -> Acted<PostRow> {
    let posts = duty::posts(db, &call.school)?;
    let found = posts.into_iter().find(|p| p.id == post);
    match &call.actor {
        Actor::Office(_) | Actor::System => Ok(found.ok_or(Refusal::NotFound)?),
        Actor::Monitor { post: own, .. } => {
            let found = found.filter(|p| p.id == own.as_str());
            let found = found.ok_or(Refusal::NotFound)?;
            if !(found.starts_minute..found.ends_minute).contains(&minute) {
                return Err(Refusal::WindowClosed.into());
            }
            Ok(found)
        }
        Actor::Teacher { .. } | Actor::Student { .. } => Err(Refusal::Forbidden.into()),
        Actor::Family { .. } | Actor::Screen { .. } => Err(Refusal::NotFound.into()),
    }
}

fn is_own(actor: &Actor, class: &ClassId) -> bool {
    matches!(actor, Actor::Monitor { class: own, .. } if own == class)
}

fn items_of(post: &PostRow, rubric: &Rubric) -> Vec<Item> {
    let ids: Vec<&str> = post.items.split_whitespace().collect();
    let items = rubric.items.iter().cloned();
    items.filter(|i| ids.contains(&i.id.as_str())).collect()
}

/// Everything the form needs.
#[derive(Clone, Debug)]
pub struct FormFacts {
    pub post: PostRow,
    /// Posts the actor may choose from.
    pub posts: Vec<PostRow>,
    /// Classes of the open rounds except the own: the row, public code, whether checked today by this actor.
    pub classes: Vec<(ClassRow, String, bool)>,
    pub items: Vec<Item>,
    /// What this actor sent today, by class.
    pub sent: Vec<InspectionRow>,
}

/// Loads the form of a post; without one named, the first the actor has.
pub fn form(db: &mut Db, call: &Call, minute: i32, post: Option<&str>) -> Acted<FormFacts> {
    let mut posts = duty::posts(db, &call.school)?;
    posts.sort_by(|a, b| (a.starts_minute, &a.name).cmp(&(b.starts_minute, &b.name)));
    if let Actor::Monitor { post, .. } = &call.actor {
        posts.retain(|p| p.id == post.as_str());
    }
    let first = posts.first().map(|p| p.id.clone()).unwrap_or_default();
    let post = may_check(db, call, minute, post.unwrap_or(&first))?;
    let sent = inspections::of_day(db, &call.school, call.today, &post.id)?;
    let by = call.actor.id();
    let sent: Vec<InspectionRow> = sent.into_iter().filter(|r| r.checked_by == by).collect();
    let mut classes = Vec::new();
    let mut rubric = None;
    for class in students::classes(db, &call.school)? {
        let id = ClassId::new(class.id.clone());
        if is_own(&call.actor, &id) {
            continue;
        }
        if let Some((round, part)) = rounds::open_for(db, &call.school, &id)? {
            rubric.get_or_insert(round.rubric_id);
            let done = sent.iter().any(|r| r.class_id == class.id);
            classes.push((class, part.code, done));
        }
    }
    classes.sort_by(|a, b| a.1.cmp(&b.1));
    let items = match rubric {
        Some(id) => items_of(&post, &read_rubric(db, &call.school, &id)?),
        None => Vec::new(),
    };
    Ok(FormFacts {
        post,
        posts,
        classes,
        items,
        sent,
    })
}

/// A sheet of the day as the office lists it.
#[derive(Clone, Debug)]
pub struct DaySheet {
    pub rows: Vec<InspectionRow>,
    pub code: String,
    pub post: String,
    /// Name of the checker; empty for a file.
    pub by: String,
}

/// All sheets of a day, and how many classes were checked of how many.
pub fn day(
    db: &mut Db,
    call: &Call,
    on: chrono::NaiveDate,
    post: &str,
) -> Acted<(Vec<DaySheet>, Vec<PostRow>, usize)> {
    let permit = call.actor.run_school()?;
    let school = &call.school;
    let posts = duty::posts(db, school)?;
    let staff = crate::storage::staff::all(db, &permit, school)?;
    let pupils = students::all(db, &permit, school)?;
    let classes = students::classes(db, school)?;
    let mut sheets: BTreeMap<(String, String, String), Vec<InspectionRow>> = BTreeMap::new();
    for row in inspections::between(db, &permit, school, on, on)? {
        let post_name = posts.iter().find(|p| p.id == row.post).map(|p| &p.name);
        if post.is_empty() || row.post == post || post_name.is_some_and(|n| n == post) {
            let key = (
                row.post.clone(),
                row.class_id.clone(),
                row.checked_by.clone(),
            );
            sheets.entry(key).or_default().push(row);
        }
    }
    let name_of = |id: &str| {
        let staff = staff.iter().find(|s| s.id == id).map(|s| s.name.clone());
        let pupil = || pupils.iter().find(|s| s.id == id).map(|s| s.name.clone());
        staff.or_else(pupil).unwrap_or_default()
    };
    let code_of = |id: &str| {
        let class = classes.iter().find(|c| c.id == id);
        class
            .and_then(|c| super::rounds::graded(c, on))
            .map(|(code, _)| code)
    };
    let sheets = sheets.into_iter().map(|((of, class, by), rows)| DaySheet {
        rows,
        code: code_of(&class).unwrap_or_default(),
        post: posts
            .iter()
            .find(|p| p.id == of)
            .map_or(of, |p| p.name.clone()),
        by: name_of(&by),
    });
    let open = classes
        .iter()
        .filter(|c| super::rounds::graded(c, on).is_some());
    let (sheets, count): (Vec<DaySheet>, usize) = (sheets.collect(), open.count());
    Ok((sheets, posts, count))
}

/// The rubric in force today, for the office's view: its version, document, and the round that froze it.
pub fn rubric_now(db: &mut Db, call: &Call) -> Acted<(schools::RubricRow, Rubric, Option<String>)> {
    call.actor.run_school()?;
    let terms = schools::terms(db, &call.school)?;
    let now = terms.iter().rev().find(|t| t.starts_on <= call.today);
    let term = now.or(terms.first());
    let versions = schools::rubrics(db, &call.school)?;
    let wanted = term.map(|t| t.rubric_id.as_str());
    let row = versions.iter().find(|r| Some(r.id.as_str()) == wanted);
    let row = row.or(versions.last()).ok_or(Refusal::NotFound)?.clone();
    let frozen = match term {
        None => None,
        Some(term) => rounds::of_term(db, &call.school, &term.id)?
            .into_iter()
            .find(|r| r.opened_at.is_some())
            .map(|r| r.name),
    };
    let rubric = read_rubric(db, &call.school, &row.id)?;
    Ok((row, rubric, frozen))
}
