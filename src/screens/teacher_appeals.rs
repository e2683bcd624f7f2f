//! Appeals for the homeroom teacher, `GET,POST /t/classes/{id}/appeals`, template `teacher/appeals.html`, and for the
//! office with the badges that hold no more, `GET,POST /a/appeals`, template `office/appeals.html`.

use super::teacher_shared::{Pick, page};
use serde::Serialize;

page! {
    ClassAppeals => "teacher/appeals.html", "appeals-title";
    OfficeAppeals => "office/appeals.html", "appeals-title";
}

/// The homeroom teacher's page.
#[derive(Debug, Clone, Serialize)]
pub struct ClassAppeals {
    pub class_id: String,
    pub class_name: String,
    pub open: Vec<AppealCard>,
    pub decided: Vec<AppealCard>,
    /// Published rounds, for an appeal about the class itself.
    pub rounds: Vec<Pick>,
    /// Longest words, in characters.
    pub most: usize,
    pub wrong: Option<WrongWords>,
}

/// The office's page.
#[derive(Debug, Clone, Serialize)]
pub struct OfficeAppeals {
    pub waiting: Vec<AppealCard>,
    pub filed: Vec<AppealCard>,
    pub decided: Vec<AppealCard>,
    pub awards: Vec<DoubtedAward>,
    pub most: usize,
    pub wrong: Option<WrongWords>,
}

/// A form that comes back because of its words.
#[derive(Debug, Clone, Serialize)]
pub struct WrongWords {
    /// Of which appeal or award; `new` for the appeal of the class.
    pub id: String,
    pub words: String,
}

/// One appeal.
#[derive(Debug, Clone, Serialize)]
pub struct AppealCard {
    pub id: String,
    /// child, family or class.
    pub by: &'static str,
    /// Name of the child; empty for one of the class.
    pub child: String,
    pub class_name: String,
    pub round: String,
    /// all, moment or empty for a star, which then is `star`.
    pub about: &'static str,
    pub star: String,
    pub words: String,
    pub date: String,
    /// Days left, or days over.
    pub days: u32,
    pub over: bool,
    /// filed, proposed, granted or declined.
    pub state: &'static str,
    pub proposal: Option<ProposalLine>,
    pub answer: Option<Said>,
    /// Pages of the child's number and sheets; empty for one of the class.
    pub explanation: String,
    pub sheets: String,
    /// Whether the reader made the proposal, and so may not decide.
    pub own: bool,
}

/// What the homeroom teacher proposes.
#[derive(Debug, Clone, Serialize)]
pub struct ProposalLine {
    /// explain, out or override.
    pub kind: &'static str,
    /// Voice of the sheet: self, peer, teacher, parent; empty for an explanation.
    pub voice: &'static str,
    pub said: Said,
    /// Of an override: the question and the new word.
    pub text: String,
    pub after: String,
}

/// Words, whose and when.
#[derive(Debug, Clone, Serialize)]
pub struct Said {
    pub words: String,
    pub by: String,
    pub at: String,
}

/// A badge that a correction made untrue.
#[derive(Debug, Clone, Serialize)]
pub struct DoubtedAward {
    pub id: String,
    pub recipient: String,
    pub badge: String,
    pub star: String,
    pub round: String,
    pub evidence: String,
    pub date: String,
}

/// On the teacher's today page: appeals of a class that wait.
#[derive(Debug, Clone, Serialize)]
pub struct AppealsToday {
    pub class_id: String,
    pub class_name: String,
    pub count: u32,
    /// Of the most urgent one.
    pub days: u32,
    pub over: bool,
}
