//! Office home, rounds and the audit list. Used by `GET /a`, `GET,POST /a/rounds`,
//! `POST /a/rounds/{id}/…`, `GET /a/audit`; templates `office/home.html`, `office/rounds.html`,
//! `office/round_confirm.html`, `office/audit.html`.

use super::teacher_shared::Pick;
use super::teacher_shared::page;
use serde::Serialize;

page! {
    OfficeHome => "office/home.html", "staff-office-title";
    Rounds => "office/rounds.html", "staff-rounds-title";
    RoundConfirm => "office/round_confirm.html", "staff-rounds-title";
    Audit => "office/audit.html", "staff-audit-title";
}

/// `GET /a`.
#[derive(Debug, Clone, Serialize)]
pub struct OfficeHome {
    pub school_name: String,
    pub steps: Vec<SetupStep>,
    pub steps_done: u32,
    pub round: Option<RoundRow>,
    /// Facts that want one act: keys of `staff-alert-…`, see `ALERTS`.
    pub alerts: Vec<Alert>,
    pub week: Option<u32>,
    pub classes: u32,
    pub students: u32,
    pub teachers: u32,
}

/// A line of the check list. `key`: school, term, teachers, roster, consent, windows, round, screens.
#[derive(Debug, Clone, Serialize)]
pub struct SetupStep {
    pub key: &'static str,
    pub done: bool,
    /// The first one not done.
    pub now: bool,
    pub count: u32,
    pub of: u32,
    pub href: String,
}

/// Keys of the check list in order.
pub const STEPS: [&str; 8] = [
    "school", "term", "teachers", "roster", "consent", "windows", "round", "screens",
];

/// Address behind each step.
pub fn step_href(key: &str) -> &'static str {
    match key {
        "term" => "/a/calendar",
        "teachers" => "/a/import/teachers",
        "roster" => "/a/import/roster",
        "consent" => "/a/consent",
        "windows" => "/a/staff",
        "round" => "/a/rounds",
        "screens" => "/a/screens",
        _ => "/a/rubric",
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct Alert {
    pub key: &'static str,
    pub count: u32,
    pub name: String,
    pub href: String,
}

/// Kinds of alerts, so that a test can render each.
pub const ALERTS: [&str; 5] = ["backup_old", "address", "clock", "unseen", "appeals"];

/// `GET /a/rounds`.
#[derive(Debug, Clone, Serialize)]
pub struct Rounds {
    pub rounds: Vec<RoundRow>,
    pub form: RoundForm,
    pub rubric_version: String,
    pub term_name: String,
    /// The weights are frozen by the term's first round.
    pub frozen: bool,
}

/// One round.
#[derive(Debug, Clone, Serialize)]
pub struct RoundRow {
    pub id: String,
    pub name: String,
    /// draft, open, closed or published.
    pub state: &'static str,
    pub opens: String,
    pub closes: String,
    pub classes: u32,
    pub done: u32,
    pub of: u32,
    pub bar: String,
    pub percent: String,
    pub participation: Vec<ClassParticipation>,
}

/// How far a class is.
#[derive(Debug, Clone, Serialize)]
pub struct ClassParticipation {
    pub code: String,
    pub name: String,
    pub done: u32,
    pub of: u32,
    pub excused: u32,
    pub bar: String,
    pub teachers_done: u32,
    pub teachers_of: u32,
    pub families: u32,
}

/// The form for a new round, with what was typed where it was refused.
#[derive(Debug, Clone, Serialize)]
pub struct RoundForm {
    pub name: String,
    pub opens_on: String,
    pub closes_on: String,
    pub closes_at: String,
    pub grades: Vec<GradePick>,
    /// Keys of `staff-refused-…`.
    pub refused: Vec<&'static str>,
}

/// Reasons why a new round is refused.
pub const ROUND_REFUSALS: [&str; 4] = ["name", "name_taken", "dates", "classes"];

/// Classes of a grade to choose from.
#[derive(Debug, Clone, Serialize)]
pub struct GradePick {
    pub grade: u8,
    pub classes: Vec<Pick>,
}

/// Shown before an act that cannot be taken back or that something speaks against.
#[derive(Debug, Clone, Serialize)]
pub struct RoundConfirm {
    /// open, close or publish.
    pub act: &'static str,
    pub round: RoundRow,
    /// Facts: keys of `staff-confirm-…` with a number, see `CONFIRM_FACTS`.
    pub facts: Vec<ConfirmFact>,
}

#[derive(Debug, Clone, Serialize)]
pub struct ConfirmFact {
    pub key: &'static str,
    pub count: u32,
}

/// Kinds of facts, so that a test can render each.
pub const CONFIRM_FACTS: [&str; 6] = [
    "children_missing",
    "teachers_missing",
    "families_missing",
    "small_classes",
    "extended",
    "ready",
];

/// `GET /a/audit`.
#[derive(Debug, Clone, Serialize)]
pub struct Audit {
    pub rows: Vec<AuditRow>,
    pub next: Option<String>,
    pub chain_ok: bool,
    pub checked: String,
    pub actor: String,
    pub action: String,
    pub actions: Vec<Pick>,
}

#[derive(Debug, Clone, Serialize)]
pub struct AuditRow {
    pub at: String,
    pub actor: String,
    /// admin, teacher, student, family, screen, monitor or system.
    pub role: &'static str,
    /// Stable name of the action, as in the audit table.
    pub action: String,
    pub object: String,
    pub ok: bool,
    pub from: String,
    pub request: String,
}

/// Roles as the audit names them.
pub const ROLES: [&str; 7] = [
    "admin", "teacher", "student", "family", "screen", "monitor", "system",
];
