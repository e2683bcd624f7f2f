//! What duty posts found in a class this week, item by item, for whoever has the class. Points and full marks over the
//! checks really made (product.md, class index); nobody is named.

use std::collections::HashMap;

use chrono::{Datelike, Days, NaiveDate};

use super::Acted;
use crate::{
    domain::{actor::Call, calendar::monday, ids::ClassId, rubric::Rubric},
    storage::{
        Db, check_appeals, check_appeals::CheckAppealRow, duty, inspections,
        inspections::InspectionRow, schools,
    },
};

/// An item that was checked.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemWeek {
    /// As the rubric calls it.
    pub name: String,
    pub points: f64,
    /// > 0.
    pub full: f64,
    /// Days with a deduction: points off and why, in the checker's words.
    pub off: Vec<(NaiveDate, f64, String)>,
}

/// The items of the rubric that were checked since Monday, in its order.
pub fn this_week(
    db: &mut Db,
    call: &Call,
    class: &ClassId,
    rubric: &Rubric,
) -> Acted<Vec<ItemWeek>> {
    let permit = call.actor.see_class(class)?;
    let since_monday = u64::from(call.today.weekday().num_days_from_monday());
    let monday = call.today - Days::new(since_monday);
    let rows = inspections::of_class_between(db, &permit, &call.school, monday, call.today)?;
    let items = rubric.items.iter().map(|item| {
        let of_item = rows.iter().filter(|row| row.counts && row.item == item.id);
        of_item.fold(nothing(&item.name), added)
    });
    Ok(items.filter(|week| week.full > 0.0).collect())
}

fn nothing(name: &str) -> ItemWeek {
    ItemWeek {
        name: name.to_owned(),
        points: 0.0,
        full: 0.0,
        off: Vec::new(),
    }
}

fn added(mut week: ItemWeek, row: &InspectionRow) -> ItemWeek {
    week.points += row.points;
    week.full += row.full_marks;
    if row.points < row.full_marks {
        let off = row.full_marks - row.points;
        week.off.push((row.on_date, off, row.reason.clone()));
    }
    week
}

/// A look at the class that counts, with its appeals and what stood there before.
#[derive(Clone, Debug)]
pub struct ClassCheck {
    pub post: String,
    pub on: NaiveDate,
    pub slot: i32,
    pub first_at: i64,
    pub items: Vec<CheckedItem>,
}

/// One item of a look.
#[derive(Clone, Debug)]
pub struct CheckedItem {
    pub name: String,
    pub row: InspectionRow,
    pub appeal: Option<CheckAppealRow>,
    /// Points before a correction.
    pub before: Option<f64>,
}

/// The checks of a class in the week of a day that count, newest first.
pub fn of_week(
    db: &mut Db,
    call: &Call,
    class: &ClassId,
    day: NaiveDate,
) -> Acted<Vec<ClassCheck>> {
    let permit = call.actor.see_class(class)?;
    let from = monday(day);
    let to = from + Days::new(6);
    let posts = duty::posts(db, &call.school)?;
    let name_of = |id: &str| posts.iter().find(|p| p.id == id).map(|p| p.name.clone());
    let items = items_by_id(db, call)?;
    let appeals = check_appeals::of_class(db, &permit, &call.school)?;
    let former = inspections::former_between(db, &call.school, from, to)?;
    let mut checks: Vec<ClassCheck> = Vec::new();
    for row in inspections::of_class_between(db, &permit, &call.school, from, to)? {
        if !row.counts {
            continue;
        }
        let post = name_of(&row.post).unwrap_or_else(|| row.post.clone());
        let corrected = former
            .iter()
            .find(|f| f.inspection_id == row.id && f.why == "corrected");
        let item = CheckedItem {
            name: items
                .get(&row.item)
                .cloned()
                .unwrap_or_else(|| row.item.clone()),
            appeal: appeals.iter().find(|a| a.inspection_id == row.id).cloned(),
            before: corrected.map(|f| f.points),
            row,
        };
        let here = |c: &&mut ClassCheck| {
            let key = (&c.post, c.on, c.slot, c.first_at);
            key == (&post, item.row.on_date, item.row.slot, item.row.first_at)
        };
        match checks.iter_mut().find(here) {
            Some(check) => check.items.push(item),
            None => checks.push(ClassCheck {
                on: item.row.on_date,
                slot: item.row.slot,
                first_at: item.row.first_at,
                items: vec![item],
                post,
            }),
        }
    }
    checks.sort_by(|a, b| (b.on, b.slot, &a.post).cmp(&(a.on, a.slot, &b.post)));
    Ok(checks)
}

/// Names of the items in every version of the rubric.
pub fn items_by_id(db: &mut Db, call: &Call) -> Acted<HashMap<String, String>> {
    let mut names = HashMap::new();
    for version in schools::rubrics(db, &call.school)? {
        let rubric = super::term_votes::read_rubric(db, &call.school, &version.id)?;
        names.extend(rubric.items.into_iter().map(|i| (i.id, i.name)));
    }
    Ok(names)
}
