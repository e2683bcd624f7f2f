//! What duty posts found in a class this week, item by item, for whoever has the class. Points and full marks over the
//! checks really made (product.md, class index); nobody is named.

use chrono::{Datelike, Days, NaiveDate};

use super::Acted;
use crate::{
    domain::{actor::Call, ids::ClassId, rubric::Rubric},
    storage::{Db, inspections, inspections::InspectionRow},
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
