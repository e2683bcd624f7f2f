//! The daily inspection form of monitors and the office, and the office's list of sheets. Used by
//! `GET,POST /m`, `GET /m/posts/{post}` and `GET,POST /a/inspections`; templates
//! `office/inspection.html`, `office/inspections.html`.

use super::teacher_shared::Pick;
use super::teacher_shared::page;
use serde::Serialize;

page! {
    InspectionForm => "office/inspection.html", "staff-inspection-title";
    Inspections => "office/inspections.html", "staff-inspections-title";
}

/// Today's sheet of a post about one class: full marks filled in.
#[derive(Debug, Clone, Serialize)]
pub struct InspectionForm {
    pub post_id: String,
    pub post_name: String,
    pub date: String,
    /// A monitor's page has no office navigation.
    pub monitor: bool,
    pub posts: Vec<Pick>,
    pub classes: Vec<InspectionClass>,
    pub class_id: String,
    pub class_name: String,
    pub items: Vec<InspectionItem>,
    pub note: String,
    /// Was sent already today: sending again replaces it.
    pub sent: bool,
    pub refused: Option<&'static str>,
}

/// Reasons why a sheet is refused.
pub const INSPECTION_REFUSALS: [&str; 3] = ["own_class", "out_of_time", "reason"];

/// A class to check; `done` when today's sheet was sent.
#[derive(Debug, Clone, Serialize)]
pub struct InspectionClass {
    pub id: String,
    pub name: String,
    pub done: bool,
    pub chosen: bool,
}

/// One item with its reasons to choose from.
#[derive(Debug, Clone, Serialize)]
pub struct InspectionItem {
    pub id: String,
    pub name: String,
    pub full: String,
    pub points: String,
    pub step: String,
    pub reduced: bool,
    pub reasons: Vec<Pick>,
}

/// `GET /a/inspections`.
#[derive(Debug, Clone, Serialize)]
pub struct Inspections {
    pub date: String,
    pub posts: Vec<Pick>,
    pub rows: Vec<InspectionRow>,
    pub checked: u32,
    pub of: u32,
}

/// One sheet of the day.
#[derive(Debug, Clone, Serialize)]
pub struct InspectionRow {
    pub id: String,
    pub time: String,
    pub post_name: String,
    pub class_name: String,
    pub by: String,
    pub points: String,
    pub full: String,
    pub reasons: Vec<String>,
    /// none, open, upheld or rejected.
    pub appeal: &'static str,
}

/// States of an appeal.
pub const APPEALS: [&str; 4] = ["none", "open", "upheld", "rejected"];
