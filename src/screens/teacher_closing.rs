//! The end of a class's term for whoever leads it, `GET,POST /t/classes/{id}/close`, template `teacher/closing.html`, and
//! of all classes for the office, `GET /a/closing`, template `office/closing.html`.

use super::parts::Avatar;
use super::teacher_shared::page;
use serde::Serialize;

page! {
    ClassClosing => "teacher/closing.html", "closing-title";
    SchoolClosing => "office/closing.html", "closing-title";
}

/// The page of one class.
#[derive(Debug, Clone, Serialize)]
pub struct ClassClosing {
    pub class_id: String,
    pub class_name: String,
    pub term_name: String,
    pub steps: Vec<EndStep>,
    pub unseen: Vec<UnseenAtEnd>,
    /// Fewest and most characters of a reason.
    pub least: usize,
    pub most: usize,
    /// A reason was missing or too long.
    pub wrong: bool,
    pub closed: Option<ClosedTerm>,
}

/// Something that should be done before the end; `key` in Fluent: `closing-step-…`.
#[derive(Debug, Clone, Serialize)]
pub struct EndStep {
    pub key: &'static str,
    pub done: bool,
    /// How many wait, or of the comments how many are final.
    pub n: u32,
    pub of: u32,
    pub href: String,
}

/// A child of whom nobody told anything lately.
#[derive(Debug, Clone, Serialize)]
pub struct UnseenAtEnd {
    pub id: String,
    pub number: u32,
    pub name: String,
    pub avatar: Avatar,
    /// As typed before.
    pub reason: String,
}

/// A term that is closed.
#[derive(Debug, Clone, Serialize)]
pub struct ClosedTerm {
    pub day: String,
    pub by: String,
    pub unseen: Vec<UnseenAtEnd>,
}

/// The page of the office.
#[derive(Debug, Clone, Serialize)]
pub struct SchoolClosing {
    pub term_name: String,
    pub closed: u32,
    pub classes: Vec<ClassAtEnd>,
}

/// One class at its term's end.
#[derive(Debug, Clone, Serialize)]
pub struct ClassAtEnd {
    pub id: String,
    pub name: String,
    pub children: u32,
    pub finals: u32,
    /// Children nobody told of lately; those of the closing once it is closed.
    pub unseen: Vec<UnseenAtEnd>,
    /// Day of closing and by whom; empty: it is open.
    pub closed: String,
    pub by: String,
}
