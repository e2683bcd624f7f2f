//! Pairs of children who are never asked about each other. Used by `GET,POST /t/classes/{id}/apart`; template
//! `teacher/apart.html`.

use super::teacher_shared::{Pick, page};
use serde::Serialize;

page! {
    Apart => "teacher/apart.html", "apart-title";
}

#[derive(Debug, Clone, Serialize)]
pub struct Apart {
    pub class_id: String,
    pub class_name: String,
    pub pairs: Vec<ApartPair>,
    /// The children for the two selects, as chosen before where the form comes back.
    pub first: Vec<Pick>,
    pub second: Vec<Pick>,
    /// sibling, conflict, other; `label` is empty, the words come from Fluent.
    pub reasons: Vec<Pick>,
    /// Children who rate each other, and how many each is asked about.
    pub children: u32,
    pub peers: u32,
    /// Whether a class of this size leaves room for a pair.
    pub room: bool,
    /// Why the form comes back: same, pair or why; empty where it does not.
    pub refused: &'static str,
}

/// Reasons for which the form comes back, so that a test can render each.
pub const APART_REFUSALS: [&str; 3] = ["same", "pair", "why"];

#[derive(Debug, Clone, Serialize)]
pub struct ApartPair {
    pub a: String,
    pub b: String,
    pub name_a: String,
    pub name_b: String,
    pub reason: String,
    pub since: String,
}
