//! The seating plan of a class, `GET,POST /t/classes/{id}/seats`, template `teacher/seats.html`; its lines also stand on
//! the page of praises.

use super::parts::Avatar;
use super::teacher_shared::page;
use serde::Serialize;

page! {
    Seats => "teacher/seats.html", "seats-title";
}

/// The page.
#[derive(Debug, Clone, Serialize)]
pub struct Seats {
    pub class_id: String,
    pub class_name: String,
    /// The first is at the front; empty where there is no plan yet.
    pub lines: Vec<SeatLine>,
    /// Children without a seat.
    pub without: Vec<String>,
    /// Places of a line that are offered for filling.
    pub places: usize,
    /// Most of them, and of lines.
    pub most: usize,
    /// The plan as text, or what was pasted.
    pub text: String,
    /// What in it is no child of the class.
    pub unread: Vec<String>,
    /// Who stands in it twice.
    pub twice: Vec<String>,
    /// It has too many lines or places.
    pub large: bool,
}

/// A line of seats.
#[derive(Debug, Clone, Serialize)]
pub struct SeatLine {
    pub line: usize,
    pub seats: Vec<Seat>,
}

/// One seat; `id` is empty where nobody sits.
#[derive(Debug, Clone, Serialize)]
pub struct Seat {
    pub line: usize,
    pub place: usize,
    pub id: String,
    pub name: String,
    pub number: u32,
    pub avatar: Option<Avatar>,
    /// Praises of this week, on the page of praises.
    pub count: u32,
}
