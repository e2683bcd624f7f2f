//! The week's checks of a class for its teachers. Used by `GET,POST /t/classes/{id}/checks`; template
//! `teacher/checks.html`.

use super::teacher_shared::page;
use serde::Serialize;

page! {
    ClassChecks => "teacher/checks.html", "checks-title";
}

/// The page.
#[derive(Debug, Clone, Serialize)]
pub struct ClassChecks {
    pub class_id: String,
    pub class_name: String,
    pub day: String,
    pub from: String,
    pub to: String,
    pub before: String,
    /// Empty in the running week.
    pub after: String,
    pub days: Vec<CheckDay>,
    /// What was typed could not stand.
    pub wrong: bool,
}

/// A day, newest first.
#[derive(Debug, Clone, Serialize)]
pub struct CheckDay {
    pub date: String,
    pub checks: Vec<CheckCard>,
}

/// A post's look.
#[derive(Debug, Clone, Serialize)]
pub struct CheckCard {
    pub post: String,
    pub time: String,
    pub full: bool,
    pub items: Vec<CheckLine>,
    /// Until when somebody may appeal; empty: over, or not for this reader.
    pub until: String,
}

/// One item.
#[derive(Debug, Clone, Serialize)]
pub struct CheckLine {
    pub id: String,
    pub name: String,
    pub points: String,
    pub full: String,
    /// Before a correction; empty: none.
    pub before: String,
    pub reason: String,
    /// open, upheld, corrected or empty.
    pub appeal: String,
    pub words: String,
    pub answer: String,
    pub may_appeal: bool,
}
