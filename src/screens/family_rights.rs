//! View models of a family's rights: the notice with its two answers, the page of rights, what the school holds about
//! the child; and the office's page of requests.

use serde::Serialize;

use super::teacher_shared::page;

page! {
    FamilyConsent => "family/consent.html", "notice-title";
    FamilyRights => "family/rights.html", "rights-title";
    FamilyData => "family/data.html", "rights-data-title";
    HomeRequests => "office/requests.html", "requests-title";
    Erase => "office/erase.html", "erase-title";
}

/// `GET /f/{link}` before anything was answered: the notice, posted to `/f/{link}/notice` with `say` and `version`.
#[derive(Debug, Clone, Serialize)]
pub struct FamilyConsent {
    pub action: String,
    pub child: String,
    pub class_name: String,
    /// Of the notice: picks its text.
    pub version: i32,
    /// An older notice was answered before.
    pub again: bool,
    pub rights_href: String,
}

/// `GET,POST /f/{link}/rights`.
#[derive(Debug, Clone, Serialize)]
pub struct FamilyRights {
    pub here: String,
    pub child: String,
    pub class_name: String,
    /// given, refused or none.
    pub state: &'static str,
    /// When it was decided, in words; empty for none.
    pub decided: String,
    /// paper, link or empty.
    pub how: String,
    /// Of the notice that was answered.
    pub version: i32,
    /// Of the notice in force.
    pub notice: i32,
    pub requests: Vec<HomeRequest>,
    /// Kinds that may be asked for now.
    pub open_kinds: Vec<&'static str>,
    pub words_max: usize,
    /// The kind whose words were refused, with what was typed.
    pub wrong: Option<(String, String)>,
    /// Card or form may be seen: not so where the family refused.
    pub card: bool,
}

/// A request as its family sees it.
#[derive(Debug, Clone, Serialize)]
pub struct HomeRequest {
    pub kind: String,
    /// open, done or declined.
    pub state: String,
    pub words: String,
    pub filed: String,
    /// The last day for an answer.
    pub due: String,
    pub answer: String,
}

/// `GET /f/{link}/data`: on the screen and on paper.
#[derive(Debug, Clone, Serialize)]
pub struct FamilyData {
    pub here: String,
    pub child: String,
    pub class_name: String,
    pub school_name: String,
    pub date: String,
    pub parts: Vec<DataPart>,
}

/// A kind of data; `key` picks its title and, where it is told as a number only, the sentence that says why.
#[derive(Debug, Clone, Serialize)]
pub struct DataPart {
    pub key: &'static str,
    pub count: usize,
    /// Only the number is told.
    pub closed: bool,
    pub lines: Vec<DataLine>,
}

/// One thing: when and where, and what it says.
#[derive(Debug, Clone, Serialize)]
pub struct DataLine {
    pub head: String,
    pub text: String,
}

/// `GET,POST /a/requests`.
#[derive(Debug, Clone, Serialize)]
pub struct HomeRequests {
    pub open: Vec<OfficeRequest>,
    pub answered: Vec<OfficeRequest>,
    pub words_max: usize,
    pub wrong: Option<(String, String)>,
    /// What was typed for a family at the desk, and why it was not taken.
    pub desk: Option<DeskRequest>,
}

/// The form for a request told at the desk, as it came back (fields `student_no`, `kind`, `words`).
#[derive(Debug, Clone, Default, Serialize)]
pub struct DeskRequest {
    pub student_no: String,
    pub kind: String,
    pub words: String,
    /// words, number or waits: `requests-desk-…`.
    pub wrong: &'static str,
}

/// `GET,POST /a/requests/{id}/erase` (field `student_no`).
#[derive(Debug, Clone, Serialize)]
pub struct Erase {
    pub id: String,
    pub child: String,
    pub student_no: String,
    pub here: bool,
    /// What goes: `erase-…` and how many.
    pub goes: Vec<(&'static str, i64)>,
    /// The number typed was another.
    pub wrong: bool,
}

/// A request as the office sees it.
#[derive(Debug, Clone, Serialize)]
pub struct OfficeRequest {
    pub id: String,
    pub kind: String,
    pub state: String,
    pub child: String,
    pub class_name: String,
    pub words: String,
    pub filed: String,
    pub due: String,
    /// Working days left, or over.
    pub days: u32,
    pub over: bool,
    pub answer: String,
}
