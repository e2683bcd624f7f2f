//! Badges of a class waiting to be released to the screen. Used by
//! `GET,POST /t/classes/{id}/badges`; template `teacher/badges.html`.

use super::teacher_shared::page;
use serde::Serialize;

page! {
    BadgeQueue => "teacher/badges.html", "staff-badges-title";
}

/// The awards of one period.
#[derive(Debug, Clone, Serialize)]
pub struct BadgeQueue {
    pub class_id: String,
    pub class_name: String,
    /// Awards that wait, of all periods.
    pub waiting: u32,
    /// Newest first.
    pub periods: Vec<BadgePeriod>,
    pub groups: Vec<BadgeGroup>,
}

/// A round with awards, or the term.
#[derive(Debug, Clone, Serialize)]
pub struct BadgePeriod {
    pub value: String,
    pub href: String,
    pub name: String,
    pub waiting: u32,
    pub chosen: bool,
}

/// All awards of one badge in a period.
#[derive(Debug, Clone, Serialize)]
pub struct BadgeGroup {
    pub badge: String,
    pub period: String,
    pub name: String,
    /// Dimension of the badge's star, `star` for the golden one.
    pub star: String,
    /// The text as the screen would show it.
    pub screen_text: String,
    pub waiting: u32,
    pub released: u32,
    pub awards: Vec<Award>,
}

/// One child's award with its evidence.
#[derive(Debug, Clone, Serialize)]
pub struct Award {
    pub id: String,
    pub child: String,
    pub evidence: Vec<String>,
    pub date: String,
    /// waiting or released.
    pub state: &'static str,
    /// The family does not want it on a screen: it cannot be released.
    pub opted_out: bool,
}
