//! Badges of a class waiting to be released to the screen. Used by
//! `GET,POST /t/classes/{id}/badges`; template `teacher/badges.html`.

use super::teacher_shared::page;
use serde::Serialize;

page! {
    BadgeQueue => "teacher/badges.html", "staff-badges-title";
}

#[derive(Debug, Clone, Serialize)]
pub struct BadgeQueue {
    pub class_id: String,
    pub class_name: String,
    pub waiting: Vec<Award>,
    pub decided: Vec<Award>,
}

/// One award with its evidence.
#[derive(Debug, Clone, Serialize)]
pub struct Award {
    pub id: String,
    pub child: String,
    pub badge: String,
    pub tier: String,
    /// Dimension of the badge's star, empty for the golden one.
    pub dimension: String,
    pub evidence: Vec<String>,
    pub date: String,
    /// waiting, released or held.
    pub state: &'static str,
    /// The family does not want it on a screen: it cannot be released.
    pub opted_out: bool,
    /// The text as the screen would show it.
    pub screen_text: String,
}

/// States of an award, so that a test can render each.
pub const AWARD_STATES: [&str; 3] = ["waiting", "released", "held"];
