//! Today's sheet of a post, all its classes on one page: of a monitor and of the office. Used by `GET,POST /m` and
//! `GET /m/posts/{post}`; templates `duty/monitor.html`, `duty/office.html`.

use super::teacher_shared::{Pick, page};
use serde::Serialize;

page! {
    MonitorSheet => "duty/monitor.html", "duty-title";
    OfficeSheet => "duty/office.html", "duty-title";
}

/// A monitor's page.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub struct MonitorSheet(pub DutySheet);

/// The office's page.
#[derive(Debug, Clone, Serialize)]
#[serde(transparent)]
pub struct OfficeSheet(pub DutySheet);

/// The sheet: full marks filled in.
#[derive(Debug, Clone, Serialize)]
pub struct DutySheet {
    pub post_id: String,
    pub post_name: String,
    /// Where the office chooses from.
    pub posts: Vec<Pick>,
    pub slots: Vec<Pick>,
    pub slot: i32,
    pub slot_label: String,
    pub date: String,
    /// Looks once more, blind.
    pub second: bool,
    /// Lets the device deliver without session; empty for the office.
    pub key: String,
    pub stamp: i64,
    pub classes: Vec<DutyClass>,
    /// Classes sent that may still be changed, and until when.
    pub sent: u32,
    pub until: String,
    /// Anything left to send or to change.
    pub open: bool,
    pub refused: Option<&'static str>,
}

/// Why a sheet was not taken.
pub const DUTY_REFUSALS: [&str; 5] = ["late", "reason", "round", "stale", "closed"];
/// How a class stands.
pub const DUTY_STATES: [&str; 4] = ["open", "mine", "locked", "taken"];

/// A class of the sheet.
#[derive(Debug, Clone, Serialize)]
pub struct DutyClass {
    pub id: String,
    pub name: String,
    /// One of [`DUTY_STATES`].
    pub state: &'static str,
    pub skipped: bool,
    pub items: Vec<DutyItem>,
}

/// One item of a class.
#[derive(Debug, Clone, Serialize)]
pub struct DutyItem {
    pub id: String,
    pub name: String,
    pub full: String,
    pub points: String,
    pub less: bool,
    /// From full marks down.
    pub options: Vec<Pick>,
    pub reasons: Vec<Pick>,
    /// The reason that was given.
    pub reason: String,
}
