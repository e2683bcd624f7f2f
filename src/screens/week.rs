//! The week's index and flags for the office: running or decided, what is missing, the weeks before, certificates. Used
//! by `GET,POST /a/week` and `GET /a/week/{monday}/certificates`; templates `office/week.html`,
//! `office/certificates.html`.

use super::teacher_shared::{Pick, page};
use serde::Serialize;

page! {
    WeekPage => "office/week.html", "week-title";
    Certificates => "office/certificates.html", "week-certificates";
}

/// `GET /a/week`.
#[derive(Debug, Clone, Serialize)]
pub struct WeekPage {
    /// Monday, as in the address.
    pub day: String,
    pub number: u32,
    pub from: String,
    pub to: String,
    /// A holiday or outside the term: nothing to decide.
    pub no_week: bool,
    pub decided: Option<WeekDecision>,
    /// When the machine decides.
    pub closes: String,
    /// Something was checked, so that it can be decided.
    pub may_decide: bool,
    pub grades: Vec<WeekGrade>,
    /// Names of the parts, in order.
    pub parts: Vec<String>,
    pub changes: Vec<WeekChange>,
    pub weeks: Vec<WeekLink>,
    /// The reason was missing.
    pub wrong: bool,
}

/// The decision that holds.
#[derive(Debug, Clone, Serialize)]
pub struct WeekDecision {
    pub at: String,
    /// Empty: the machine.
    pub by: String,
    pub revision: i32,
    pub why: String,
}

/// Classes of a grade by number.
#[derive(Debug, Clone, Serialize)]
pub struct WeekGrade {
    pub grade: i32,
    pub classes: Vec<WeekRow>,
}

/// A class in the week.
#[derive(Debug, Clone, Serialize)]
pub struct WeekRow {
    pub name: String,
    /// Empty: nothing was checked.
    pub index: String,
    pub days: u32,
    pub few: bool,
    /// One a part, in order; empty: not checked.
    pub rates: Vec<String>,
    /// Signed; empty: too few weeks before.
    pub rise: String,
    pub flag: bool,
    pub progress: bool,
}

/// What a correction would change.
#[derive(Debug, Clone, Serialize)]
pub struct WeekChange {
    pub name: String,
    pub before: String,
    pub now: String,
    pub flags_before: Vec<String>,
    pub flags_now: Vec<String>,
}

/// A week of the term.
#[derive(Debug, Clone, Serialize)]
pub struct WeekLink {
    pub pick: Pick,
    /// Class names with their flag, such as `四(1)班`.
    pub flags: Vec<String>,
    pub progress: Vec<String>,
    pub decided: bool,
}

/// One certificate a page.
#[derive(Debug, Clone, Serialize)]
pub struct Certificates {
    pub day: String,
    pub sheets: Vec<Certificate>,
}

/// One certificate.
#[derive(Debug, Clone, Serialize)]
pub struct Certificate {
    pub school: String,
    pub class_name: String,
    /// flag or progress.
    pub kind: &'static str,
    pub index: String,
    pub rise: String,
    pub number: u32,
    pub from: String,
    pub to: String,
    pub date: String,
}
