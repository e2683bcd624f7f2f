//! Staff, consent register and rubric view. Used by `GET,POST /a/staff`, `/a/consent` and `GET /a/rubric`; templates
//! `office/staff.html`, `office/consent.html`, `office/rubric.html`.

use super::office_data::FirstPassword;
use super::ranking::NamedWeight;
use super::teacher_shared::Pick;
use super::teacher_shared::page;
use serde::Serialize;

page! {
    Staff => "office/staff.html", "staff-people-title";
    Consent => "office/consent.html", "staff-consent-title";
    Rubric => "office/rubric.html", "staff-rubric-title";
}

/// `GET,POST /a/staff`.
#[derive(Debug, Clone, Serialize)]
pub struct Staff {
    pub rows: Vec<StaffRow>,
    /// Passwords made by the last act: shown once.
    pub fresh: Vec<FirstPassword>,
    pub classes: Vec<Pick>,
    pub query: String,
    pub refused: Vec<&'static str>,
}

/// Reasons why a change of staff is refused.
pub const STAFF_REFUSALS: [&str; 3] = ["login", "login_taken", "last_admin"];

#[derive(Debug, Clone, Serialize)]
pub struct StaffRow {
    pub id: String,
    pub name: String,
    pub login: String,
    /// admin or teacher.
    pub role: &'static str,
    pub classes: Vec<StaffClass>,
    /// active, first (has not changed the first password yet) or disabled.
    pub state: &'static str,
    pub totp: bool,
    pub seen: String,
    pub own: bool,
}

/// States of an account.
pub const STAFF_STATES: [&str; 3] = ["active", "first", "disabled"];

#[derive(Debug, Clone, Serialize)]
pub struct StaffClass {
    pub name: String,
    pub homeroom: bool,
}

/// `GET,POST /a/consent`.
#[derive(Debug, Clone, Serialize)]
pub struct Consent {
    pub classes: Vec<Pick>,
    pub class_id: String,
    pub class_name: String,
    pub notice_version: String,
    pub today: String,
    pub rows: Vec<ConsentRow>,
    pub given: u32,
    pub refused: u32,
    pub none: u32,
}

/// One child's entry.
#[derive(Debug, Clone, Serialize)]
pub struct ConsentRow {
    pub student_id: String,
    pub number: u32,
    pub name: String,
    /// given, refused or none.
    pub state: &'static str,
    /// paper, online or empty.
    pub how: &'static str,
    pub date: String,
    pub version: String,
}

/// States and ways of the register.
pub const CONSENT_STATES: [&str; 3] = ["given", "refused", "none"];

/// `GET /a/rubric`.
#[derive(Debug, Clone, Serialize)]
pub struct Rubric {
    pub version: String,
    pub adopted: String,
    pub frozen_by: Option<String>,
    pub weights: Vec<NamedWeight>,
    pub class_weights: Vec<NamedWeight>,
    pub segments: Vec<RubricSegment>,
    pub class_indicators: Vec<RubricIndicator>,
    pub items: Vec<RubricItem>,
    pub constants: Vec<(&'static str, String)>,
}

#[derive(Debug, Clone, Serialize)]
pub struct RubricSegment {
    /// low, middle or high.
    pub segment: &'static str,
    pub anchors: Vec<String>,
    pub dimensions: Vec<RubricDimension>,
}

#[derive(Debug, Clone, Serialize)]
pub struct RubricDimension {
    pub id: String,
    pub name: String,
    pub indicators: Vec<RubricIndicator>,
}

#[derive(Debug, Clone, Serialize)]
pub struct RubricIndicator {
    pub text: String,
    /// self, peer, teacher, parent.
    pub sources: Vec<&'static str>,
    pub weight: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct RubricItem {
    pub name: String,
    pub weight: String,
}
