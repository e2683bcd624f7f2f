//! Whom to ask in an open round, words for the class's chat that name nobody, and slips to print. Used by
//! `GET /t/classes/{id}/reminders`; template `teacher/reminders.html`.

use super::teacher_shared::page;
use serde::Serialize;

page! {
    Reminders => "teacher/reminders.html", "reminders-title";
}

/// The page; without a round there is nothing to remind of.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Reminders {
    pub class_id: String,
    pub class_name: String,
    pub round: Option<RemindedRound>,
}

/// The open round.
#[derive(Debug, Clone, Default, Serialize)]
pub struct RemindedRound {
    pub name: String,
    pub closes: String,
    pub asks: Vec<Ask>,
    /// Children who have not yet said all about themselves and their classmates.
    pub children: u32,
    /// Families that have not answered.
    pub families: u32,
    pub slips: Vec<Slip>,
}

/// A voice with everybody it is missing of: for the teacher's eyes.
#[derive(Debug, Clone, Serialize)]
pub struct Ask {
    /// self, peer or parent.
    pub voice: &'static str,
    pub names: Vec<String>,
}

/// A slip for one child, folded into its hand.
#[derive(Debug, Clone, Serialize)]
pub struct Slip {
    pub name: String,
    pub number: u32,
    /// The own star is not lit yet.
    pub child: bool,
    pub family: bool,
}
