//! The audited list of a class in order of score (homeroom teacher and office only): first a page
//! that explains and asks, then the table in which every place stands beside its interval. Used by
//! `GET,POST /t/classes/{id}/results`; templates `teacher/results_ask.html`, `teacher/results.html`.

use super::ranking::IntervalBar;
use super::teacher_shared::page;
use serde::Serialize;

page! {
    ResultsAsk => "teacher/results_ask.html", "staff-results-title";
    Results => "teacher/results.html", "staff-results-title";
}

/// `GET`: nothing of any child yet.
#[derive(Debug, Clone, Serialize)]
pub struct ResultsAsk {
    pub class_id: String,
    pub class_name: String,
    pub rounds: Vec<super::teacher_shared::Pick>,
}

/// `POST`: the list.
#[derive(Debug, Clone, Serialize)]
pub struct Results {
    pub class_id: String,
    pub class_name: String,
    pub round_id: String,
    pub round_name: String,
    pub rounds: Vec<super::teacher_shared::Pick>,
    pub rows: Vec<ResultRow>,
    pub ranked: u32,
    /// Column by which the rows stand: one of `SORTS`.
    pub sort: &'static str,
    pub sorts: Vec<SortHead>,
    /// Places that the average interval spans.
    pub spread: u32,
    pub rubric_version: String,
}

/// Head of a sortable column; its button posts `sort` = key.
#[derive(Debug, Clone, Serialize)]
pub struct SortHead {
    pub key: &'static str,
    pub on: bool,
}

/// Sortable columns.
pub const SORTS: [&str; 8] = [
    "number", "name", "self", "peer", "teacher", "parent", "points", "se",
];

/// Sort heads with `on` marked.
pub fn sort_heads(on: &str) -> Vec<SortHead> {
    SORTS
        .iter()
        .map(|key| SortHead {
            key,
            on: *key == on,
        })
        .collect()
}

/// One child.
#[derive(Debug, Clone, Serialize)]
pub struct ResultRow {
    pub student_id: String,
    pub number: u32,
    pub name: String,
    /// Order self, peer, teacher, parent; before filling.
    pub voices: [Option<String>; 4],
    pub heard: u8,
    pub of: u8,
    pub score: Option<String>,
    pub points: Option<String>,
    pub se: Option<String>,
    pub place: Option<u32>,
    pub low: Option<u32>,
    pub high: Option<u32>,
    pub interval: Option<IntervalBar>,
    pub provisional: bool,
    pub excused: bool,
}
