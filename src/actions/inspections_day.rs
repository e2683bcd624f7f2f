//! The checks of a day as the office sees them: each look at a class, both looks side by side where two monitors looked,
//! appeals, and what stood there before.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{Acted, rounds::graded};
use crate::{
    domain::{
        actor::{Call, SchoolPermit},
        ids::SchoolId,
    },
    storage::{
        Db, check_appeals, check_appeals::CheckAppealRow, duty, duty::PostRow, inspections,
        inspections::FormerRow, inspections::InspectionRow, staff, students,
    },
};

/// One monitor's look.
#[derive(Clone, Debug, Default)]
pub struct Look {
    pub rows: Vec<InspectionRow>,
    /// Name of the checker; empty for a file.
    pub by: String,
}

impl Look {
    /// Points and full marks of all items.
    pub fn sums(&self) -> (f64, f64) {
        let points = self.rows.iter().map(|r| r.points).sum();
        (points, self.rows.iter().map(|r| r.full_marks).sum())
    }

    /// Whether it counts.
    pub fn counts(&self) -> bool {
        self.rows.iter().any(|r| r.counts)
    }
}

/// A class checked by a post in a slot.
#[derive(Clone, Debug)]
pub struct DayCheck {
    /// Post as stored, and its name.
    pub post: (String, String),
    pub slot: i32,
    pub class_id: String,
    pub code: String,
    pub looks: Vec<Look>,
    pub appeals: Vec<CheckAppealRow>,
    pub former: Vec<FormerRow>,
}

impl DayCheck {
    /// Two monitors looked, and some item has other points.
    pub fn differs(&self) -> bool {
        let points = |look: &Look| -> BTreeMap<String, u64> {
            let each = look.rows.iter();
            each.map(|r| (r.item.clone(), r.points.to_bits())).collect()
        };
        let mut looks = self.looks.iter().map(points);
        let first = looks.next();
        looks.any(|other| Some(other) != first)
    }

    /// The office has said whose look counts.
    pub fn decided(&self) -> bool {
        let rows = self.looks.iter().flat_map(|l| &l.rows);
        rows.into_iter().any(|r| r.decided_at.is_some())
    }
}

/// A day.
#[derive(Clone, Debug)]
pub struct Day {
    /// By post and class.
    pub checks: Vec<DayCheck>,
    pub posts: Vec<PostRow>,
    /// Classes of the school.
    pub classes: usize,
    /// Open appeals of all days, with the check's day.
    pub waiting: Vec<(CheckAppealRow, InspectionRow, String)>,
}

/// The checks of a day, of one post or all.
pub fn day(db: &mut Db, call: &Call, on: NaiveDate, post: &str) -> Acted<Day> {
    let permit = call.actor.run_school()?;
    let school = &call.school;
    let posts = duty::posts(db, school)?;
    let codes = codes(db, call, on)?;
    let names = names(db, &permit, school)?;
    let appeals = check_appeals::all(db, &permit, school)?;
    let former = inspections::former_between(db, school, on, on)?;
    let mut groups: BTreeMap<(String, i32, String), Vec<InspectionRow>> = BTreeMap::new();
    for row in inspections::between(db, &permit, school, on, on)? {
        let name = posts
            .iter()
            .find(|p| p.id == row.post)
            .map(|p| p.name.as_str());
        if post.is_empty() || row.post == post || name == Some(post) {
            let key = (row.post.clone(), row.slot, row.class_id.clone());
            groups.entry(key).or_default().push(row);
        }
    }
    let mut checks = Vec::new();
    for ((of, slot, class_id), rows) in groups {
        let of_check = |id: &str| rows.iter().any(|r| r.id == id);
        let name = posts.iter().find(|p| p.id == of).map(|p| p.name.clone());
        checks.push(DayCheck {
            code: codes.get(&class_id).cloned().unwrap_or_default(),
            appeals: appeals
                .iter()
                .filter(|a| of_check(&a.inspection_id))
                .cloned()
                .collect(),
            former: former
                .iter()
                .filter(|f| of_check(&f.inspection_id))
                .cloned()
                .collect(),
            looks: looks(&rows, &names),
            post: (of.clone(), name.unwrap_or(of)),
            slot,
            class_id,
        });
    }
    checks.sort_by(|a, b| (&a.post.1, a.slot, &a.code).cmp(&(&b.post.1, b.slot, &b.code)));
    Ok(Day {
        checks,
        posts,
        classes: codes.len(),
        waiting: waiting(db, call, &appeals, &codes)?,
    })
}

/// Public codes by class.
fn codes(db: &mut Db, call: &Call, on: NaiveDate) -> Acted<BTreeMap<String, String>> {
    let classes = students::classes(db, &call.school)?;
    let codes = classes
        .iter()
        .filter_map(|c| Some((c.id.clone(), graded(c, on)?.0)));
    Ok(codes.collect())
}

/// Names of whoever may have checked.
fn names(db: &mut Db, permit: &SchoolPermit, school: &SchoolId) -> Acted<BTreeMap<String, String>> {
    let staff = staff::all(db, permit, school)?.into_iter();
    let mut names: BTreeMap<String, String> = staff.map(|s| (s.id, s.name)).collect();
    let pupils = students::all(db, permit, school)?.into_iter();
    names.extend(pupils.map(|s| (s.id, s.name)));
    Ok(names)
}

/// The first look before the second.
fn looks(rows: &[InspectionRow], names: &BTreeMap<String, String>) -> Vec<Look> {
    let mut by: BTreeMap<(bool, i64, String), Look> = BTreeMap::new();
    for row in rows {
        let key = (row.second, row.first_at, row.checked_by.clone());
        let look = by.entry(key).or_default();
        look.by = names.get(&row.checked_by).cloned().unwrap_or_default();
        look.rows.push(row.clone());
    }
    by.into_values().collect()
}

fn waiting(
    db: &mut Db,
    call: &Call,
    appeals: &[CheckAppealRow],
    codes: &BTreeMap<String, String>,
) -> Acted<Vec<(CheckAppealRow, InspectionRow, String)>> {
    let mut all = Vec::new();
    for appeal in appeals.iter().filter(|a| a.state == "open") {
        let row = inspections::get(db, &call.school, &appeal.inspection_id);
        // A check that its monitor took back takes its appeal along.
        if let Ok(row) = row {
            let code = codes.get(&row.class_id).cloned().unwrap_or_default();
            all.push((appeal.clone(), row, code));
        }
    }
    Ok(all)
}
