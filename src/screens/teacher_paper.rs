//! Families' answers on paper: the grid in which the homeroom teacher types them, and the slips to print. Used by
//! `GET,POST /t/classes/{id}/paper` and `GET /t/classes/{id}/paper/print`; templates `teacher/paper.html`,
//! `teacher/paper_print.html`.

use super::teacher_grid::{Anchor, GridCell};
use super::teacher_shared::page;
use serde::Serialize;

page! {
    PaperGrid => "teacher/paper.html", "paper-title";
    PaperSlips => "teacher/paper_print.html", "paper-print-title";
}

/// The page to type papers into.
#[derive(Debug, Clone, Serialize)]
pub struct PaperGrid {
    pub class_id: String,
    pub class_name: String,
    pub round_id: String,
    pub round_name: String,
    pub closes: String,
    pub questions: Vec<PaperQuestion>,
    pub anchors: Vec<Anchor>,
    /// Homes that have not answered over their link.
    pub rows: Vec<PaperRow>,
    /// How many have.
    pub online: u32,
    pub done: u32,
    /// Width of the progress bar of 100 units.
    pub bar: String,
    /// Name of the copies that this device keeps of rows not yet acknowledged, without a child.
    pub keep: String,
    pub words_max: u32,
    /// Rows of the last save that were left alone: key of the sentence, and the children's names.
    pub left: Vec<PaperLeft>,
}

/// Rows of a save that were left alone.
#[derive(Debug, Clone, Serialize)]
pub struct PaperLeft {
    /// online or elsewhere.
    pub why: &'static str,
    pub names: Vec<String>,
}

/// A question of the paper.
#[derive(Debug, Clone, Serialize)]
pub struct PaperQuestion {
    pub id: String,
    /// virtue, wisdom, health, arts, labour; empty for the question about the class.
    pub dimension: String,
    pub text: String,
    /// Labels without pictures, lowest first.
    pub anchors: Vec<String>,
}

/// A home.
#[derive(Debug, Clone, Serialize)]
pub struct PaperRow {
    pub student_id: String,
    pub number: u32,
    pub name: String,
    pub cells: Vec<GridCell>,
    pub words: String,
    /// Version of the child's sheet that the row shows, 0 for none.
    pub version: i32,
    /// A paper was typed in.
    pub typed: bool,
}

/// Slips to print.
#[derive(Debug, Clone, Serialize)]
pub struct PaperSlips {
    pub class_id: String,
    pub class_name: String,
    pub school_name: String,
    pub round_name: String,
    pub closes: String,
    /// Four a sheet instead of two.
    pub four: bool,
    /// What families' marks weigh, whole percent.
    pub percent: String,
    pub questions: Vec<PaperQuestion>,
    pub slips: Vec<PaperSlip>,
}

/// One slip.
#[derive(Debug, Clone, Serialize)]
pub struct PaperSlip {
    pub number: u32,
    pub name: String,
}
