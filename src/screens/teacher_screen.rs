//! A class's own displays: hide and show them, pair one. Used by `GET,POST /t/classes/{id}/screen`; template
//! `teacher/screen.html`.

use super::office_screens::ScreenRow;
use super::teacher_shared::page;
use serde::Serialize;

page! {
    ClassScreen => "teacher/screen.html", "screens-class-title";
}

/// `GET,POST /t/classes/{id}/screen`.
#[derive(Debug, Clone, Serialize)]
pub struct ClassScreen {
    pub id: String,
    pub name: String,
    /// `HH:MM` until which the teacher has hidden them.
    pub hidden_until: Option<String>,
    /// A lesson runs by the school's lessons until then.
    pub lesson_until: Option<String>,
    /// show, calm, dark or off: what they do now.
    pub mode: &'static str,
    /// May pair and take away: the class's homeroom teacher and the office.
    pub leads: bool,
    pub rows: Vec<ScreenRow>,
    pub pair_address: String,
    pub code: String,
    pub refused: Option<&'static str>,
}
