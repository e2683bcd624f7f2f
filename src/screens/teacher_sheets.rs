//! The sheets about one child with their corrections: `GET,POST /t/students/{id}/sheets`, template
//! `teacher/sheets.html`. The lines of corrections stand on the explanation page as well.

use super::teacher_shared::{Pick, page};
use serde::Serialize;

page! {
    ChildSheets => "teacher/sheets.html", "fix-title";
}

/// The page.
#[derive(Debug, Clone, Serialize)]
pub struct ChildSheets {
    pub student_id: String,
    pub student_name: String,
    pub class_id: String,
    pub class_name: String,
    pub round_id: String,
    pub round_name: String,
    /// Whether a correction makes a revision at once.
    pub published: bool,
    pub rounds: Vec<Pick>,
    pub voices: Vec<VoiceSheets>,
    /// Longest reason, in characters.
    pub most: usize,
    pub wrong: Option<Wrong>,
    /// An appeal waits: forms propose instead of correcting. What it is about: all, moment or empty for `star`.
    pub appeal: Option<AppealOpen>,
}

/// What an appeal is about.
#[derive(Debug, Clone, Serialize)]
pub struct AppealOpen {
    pub about: &'static str,
    pub star: String,
    pub words: String,
}

/// What was typed into a form that comes back.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Wrong {
    /// Which form: its act, then the sheet or the correction.
    pub form: String,
    /// Ending of the Fluent key `fix-refused-…`: reason, anchor.
    pub why: &'static str,
    pub reason: String,
    pub indicator: String,
    pub anchor: String,
}

/// The sheets of one voice.
#[derive(Debug, Clone, Serialize)]
pub struct VoiceSheets {
    /// self, peer, teacher, parent.
    pub voice: &'static str,
    pub sheets: Vec<SheetCard>,
}

/// One sheet.
#[derive(Debug, Clone, Serialize)]
pub struct SheetCard {
    /// Opaque, for forms.
    pub handle: String,
    /// Name of the teacher or child; empty for classmates and families.
    pub who: String,
    /// A classmate's number, else 0.
    pub number: u32,
    pub paper: bool,
    /// Mean in stars.
    pub mark: Option<String>,
    pub answers: Vec<AnswerLine>,
    /// Whether it is weighed out now.
    pub out: bool,
    pub corrections: Vec<CorrectionLine>,
    /// Whether the reader may replace an answer; then these are the words of the scale.
    pub may_override: bool,
    pub anchors: Vec<Pick>,
}

/// One answer.
#[derive(Debug, Clone, Serialize)]
pub struct AnswerLine {
    pub indicator: String,
    pub text: String,
    /// The word as it was written; none: did not see it.
    pub said: Option<String>,
    /// The word that counts instead.
    pub now: Option<String>,
}

/// One correction, standing or taken back.
#[derive(Debug, Clone, Serialize)]
pub struct CorrectionLine {
    pub id: String,
    /// out, override.
    pub kind: &'static str,
    pub voice: &'static str,
    /// Mean of the sheet in stars, for pages that do not show the sheet itself.
    pub mark: Option<String>,
    /// Of an override: the question, the word before and the word that counts.
    pub text: String,
    pub before: Option<String>,
    pub after: Option<String>,
    pub reason: String,
    pub by: String,
    pub at: String,
    pub undone: Option<Undone>,
    pub may_undo: bool,
}

/// Who took a correction back, when and why.
#[derive(Debug, Clone, Serialize)]
pub struct Undone {
    pub by: String,
    pub at: String,
    pub reason: String,
}
