//! The office's list of a day's checks, with looks side by side and appeals that wait. Used by `GET,POST
//! /a/inspections`; template `office/inspections.html`.

use super::teacher_shared::{Pick, page};
use serde::Serialize;

page! {
    Inspections => "office/inspections.html", "staff-inspections-title";
}

/// `GET /a/inspections`.
#[derive(Debug, Clone, Serialize)]
pub struct Inspections {
    pub date: String,
    pub posts: Vec<Pick>,
    pub only_differing: bool,
    pub rows: Vec<CheckRow>,
    pub checked: u32,
    pub of: u32,
    pub waiting: Vec<WaitingAppeal>,
    /// What was typed could not stand.
    pub wrong: bool,
}

/// A class checked by a post.
#[derive(Debug, Clone, Serialize)]
pub struct CheckRow {
    pub post_name: String,
    /// As stored, with slot and class: names the looks in a form.
    pub post: String,
    pub slot: i32,
    pub class_id: String,
    pub class_name: String,
    pub looks: Vec<LookCell>,
    pub differs: bool,
    pub decided: bool,
    /// open, upheld, corrected or empty.
    pub appeal: String,
}

/// One monitor's look.
#[derive(Debug, Clone, Serialize)]
pub struct LookCell {
    pub time: String,
    pub by: String,
    pub counts: bool,
    pub points: String,
    pub full: String,
    pub items: Vec<ItemCell>,
}

/// An item with less than full marks.
#[derive(Debug, Clone, Serialize)]
pub struct ItemCell {
    pub name: String,
    pub points: String,
    /// Before a correction, struck through; empty: there was none.
    pub before: String,
    pub reason: String,
}

/// An appeal that waits for the office.
#[derive(Debug, Clone, Serialize)]
pub struct WaitingAppeal {
    pub id: String,
    pub class_name: String,
    pub day: String,
    pub item: String,
    pub points: String,
    pub full: String,
    pub reason: String,
    pub words: String,
}

/// States of an appeal against a check.
pub const CHECK_APPEALS: [&str; 3] = ["open", "upheld", "corrected"];
