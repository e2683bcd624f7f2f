//! The office arranges duty posts: name, items with full marks, slots, grades, whether somebody looks a second time. A
//! post that is not used any more is retired; its checks keep its name.

use super::{Acted, new_id};
use crate::{
    domain::{
        actor::Call,
        duty::{Slot, items_text, more_text},
        refusal::Refusal,
    },
    storage::{Tx, duty, duty::PostRow},
};

/// Longest name in characters.
const LONGEST: usize = 20;
/// Most full marks of an item.
const MOST_FULL: f64 = 100.0;

/// A post as the office wants it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plan {
    pub name: String,
    /// Ids of the rubric's items with full marks.
    pub items: Vec<(String, f64)>,
    pub slots: Vec<Slot>,
    /// Empty: all.
    pub grades: Vec<i32>,
    pub double_check: bool,
}

/// Adds a post, or changes the one of this id.
///
/// # Errors
/// `Invalid` (`name`, `items`, `slots`), `Taken` for another post's name, `NotFound`.
pub fn save(tx: &mut Tx<'_>, call: &Call, id: Option<&str>, plan: &Plan) -> Acted<PostRow> {
    let permit = call.actor.run_school()?;
    let posts = duty::posts(tx, &call.school)?;
    let name = plan.name.trim();
    judge(plan, name)?;
    let same_name = |p: &&PostRow| p.name == name && Some(p.id.as_str()) != id;
    if posts.iter().any(|p| same_name(&p)) {
        return Err(Refusal::Taken(name.to_owned()).into());
    }
    let before = match id {
        None => None,
        Some(id) => Some(
            posts
                .into_iter()
                .find(|p| p.id == id)
                .ok_or(Refusal::NotFound)?,
        ),
    };
    let first = plan.slots.first().copied().ok_or(Refusal::NotFound)?;
    let grades: Vec<String> = plan.grades.iter().map(ToString::to_string).collect();
    let row = PostRow {
        school_id: call.school.to_string(),
        id: before.as_ref().map_or_else(new_id, |p| p.id.clone()),
        name: name.to_owned(),
        items: items_text(&plan.items),
        starts_minute: first.from,
        ends_minute: first.to,
        more_slots: more_text(&plan.slots),
        grades: grades.join(" "),
        double_check: plan.double_check,
        retired_at: before.as_ref().and_then(|p| p.retired_at),
    };
    let action = match &before {
        None => {
            duty::add_post(tx, &permit, &row)?;
            "post.add"
        }
        Some(_) => {
            duty::change_post(tx, &permit, &row)?;
            "post.change"
        }
    };
    let detail = format!("items={} grades={}", row.items, row.grades);
    tx.record(call, action, &format!("post/{}", row.id), &detail)?;
    Ok(row)
}

fn judge(plan: &Plan, name: &str) -> Acted<()> {
    let wrong = |what: &str| Err(Refusal::Invalid(what.to_owned()).into());
    let length = name.chars().count();
    if !(1..=LONGEST).contains(&length) || name.chars().any(char::is_control) {
        return wrong("name");
    }
    let full = |full: f64| full > 0.0 && full <= MOST_FULL;
    if plan.items.is_empty() || !plan.items.iter().all(|(_, marks)| full(*marks)) {
        return wrong("items");
    }
    match plan.slots.is_empty() {
        true => wrong("slots"),
        false => Ok(()),
    }
}

/// Takes a post out of use, or back into it.
pub fn retire(tx: &mut Tx<'_>, call: &Call, id: &str, retired: bool) -> Acted<()> {
    let permit = call.actor.run_school()?;
    let posts = duty::posts(tx, &call.school)?;
    let post = posts.into_iter().find(|p| p.id == id);
    let row = PostRow {
        retired_at: retired.then_some(call.now),
        ..post.ok_or(Refusal::NotFound)?
    };
    duty::change_post(tx, &permit, &row)?;
    let action = if retired {
        "post.retire"
    } else {
        "post.restore"
    };
    Ok(tx.record(call, action, &format!("post/{id}"), "")?)
}
