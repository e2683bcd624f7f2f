//! The school's displays: pairing, programmes, lessons. Used by `GET,POST /a/screens` and `/a/screens/{target}`;
//! templates `office/screens.html`, `office/programme.html`.

use super::teacher_shared::Pick;
use super::teacher_shared::page;
use serde::Serialize;

page! {
    ScreenList => "office/screens.html", "staff-screens-title";
    ProgrammePage => "office/programme.html", "screens-programme-title";
}

/// `GET,POST /a/screens`.
#[derive(Debug, Clone, Serialize)]
pub struct ScreenList {
    pub rows: Vec<ScreenRow>,
    pub classes: Vec<Pick>,
    pub pair_address: String,
    pub code: String,
    pub refused: Option<&'static str>,
    pub programmes: Vec<ProgrammeLine>,
    /// The week's lessons, Monday first.
    pub days: Vec<LessonDay>,
}

/// A programme in the list: of all halls, of all classrooms.
#[derive(Debug, Clone, Serialize)]
pub struct ProgrammeLine {
    /// hall or classroom.
    pub kind: &'static str,
    /// Keys of the boards that are shown, in order.
    pub boards: Vec<&'static str>,
    pub seconds: u32,
    pub on: bool,
}

/// One day's lessons as typed.
#[derive(Debug, Clone, Serialize)]
pub struct LessonDay {
    /// 0 is Monday.
    pub weekday: u32,
    pub text: String,
    /// Could not be read.
    pub wrong: bool,
}

/// Reasons why a screen is not paired.
pub const PAIR_REFUSALS: [&str; 2] = ["code", "code_old"];

#[derive(Debug, Clone, Serialize)]
pub struct ScreenRow {
    pub id: String,
    /// hall or classroom.
    pub kind: &'static str,
    pub place: String,
    pub class_name: String,
    /// Has a programme of its own.
    pub own: bool,
    /// live, silent or revoked.
    pub state: &'static str,
    pub seen: String,
    pub until: String,
}

/// States of a screen.
pub const SCREEN_STATES: [&str; 3] = ["live", "silent", "revoked"];

/// `GET,POST /a/screens/{target}`: what a display, all halls or all classrooms show.
#[derive(Debug, Clone, Serialize)]
pub struct ProgrammePage {
    /// hall, classroom or a display's id.
    pub target: String,
    /// hall or classroom.
    pub kind: &'static str,
    /// Where the display hangs; empty for a whole kind.
    pub place: String,
    /// The display has a programme of its own.
    pub own: bool,
    pub on: bool,
    pub boards: Vec<BoardRow>,
    pub seconds: u32,
    /// Shortest and longest time of a slide.
    pub least: u32,
    pub most: u32,
    pub choices: Vec<Choices>,
    /// seconds: could not be read.
    pub refused: Option<&'static str>,
}

/// A board with its place in the order.
#[derive(Debug, Clone, Serialize)]
pub struct BoardRow {
    pub board: &'static str,
    pub place: u32,
    pub on: bool,
}

/// A closed list of words with the one chosen: view, light, lessons.
#[derive(Debug, Clone, Serialize)]
pub struct Choices {
    pub name: &'static str,
    pub words: &'static [&'static str],
    pub chosen: &'static str,
}
