//! View models of the teacher's moments and praises: `GET,POST /t/classes/{id}/moments`, template
//! `teacher/moments.html`, and `GET,POST /t/classes/{id}/praise`, template `teacher/praise.html`.

use super::parts::Avatar;
use super::teacher_seats::SeatLine;
use super::teacher_shared::{Pick, page};
use serde::Serialize;

page! {
    Moments => "teacher/moments.html", "moments-title";
    Praise => "teacher/praise.html", "praise-title";
}

/// What was told of the children of a class in this term.
#[derive(Debug, Clone, Serialize)]
pub struct Moments {
    pub class_id: String,
    pub class_name: String,
    /// The homeroom teacher and the office release; a subject teacher writes and sees what it wrote.
    pub leads: bool,
    pub students: Vec<Pick>,
    /// The five stars.
    pub stars: Vec<Pick>,
    /// What was typed when something was wrong with it.
    pub text: String,
    /// Fluent key of what was wrong; empty for nothing.
    pub wrong: String,
    /// Longest sentence, in characters.
    pub most: usize,
    pub unseen: Vec<UnseenChild>,
    pub waiting: Vec<MomentCard>,
    /// The newest of them; `released_in_all` counts all.
    pub released: Vec<MomentCard>,
    pub released_in_all: u32,
    pub hidden: Vec<MomentCard>,
    pub goals: Vec<GoalCard>,
    /// The words looked for; empty shows all.
    pub query: String,
}

/// A child of whom nobody told anything this month.
#[derive(Debug, Clone, Serialize)]
pub struct UnseenChild {
    pub id: String,
    pub name: String,
    pub avatar: Avatar,
    /// The page where one is written for this child.
    pub href: String,
}

/// One moment on the teacher's page.
#[derive(Debug, Clone, Serialize)]
pub struct MomentCard {
    pub id: String,
    /// What it said when the page was drawn: a decision about something else is refused.
    pub seen: String,
    pub child: String,
    pub avatar: Avatar,
    /// Shape beside it: one of the five stars, or `star`.
    pub star: String,
    pub stars: Vec<Pick>,
    pub text: String,
    pub by: String,
    /// The teller's own and a teacher's: the child said thank you.
    pub thanked: bool,
    /// The reader may hide it.
    pub may_hide: bool,
}

/// A goal that a child says is done.
#[derive(Debug, Clone, Serialize)]
pub struct GoalCard {
    pub id: String,
    pub student: String,
    pub child: String,
    pub avatar: Avatar,
    pub star: String,
    pub text: String,
}

/// Tiles of the class and chips of the rubric: children, then a chip.
#[derive(Debug, Clone, Serialize)]
pub struct Praise {
    pub class_id: String,
    pub class_name: String,
    /// All children, or beside the plan those without a seat.
    pub children: Vec<PraiseChild>,
    /// The seating plan, where it is used.
    pub lines: Vec<SeatLine>,
    pub has_plan: bool,
    pub groups: Vec<PraiseGroup>,
    /// The class's own chips, which whoever leads the class may remove.
    pub own: Vec<Pick>,
    /// The stars that a new chip may belong to.
    pub stars: Vec<Pick>,
    pub leads: bool,
    /// Most characters of a chip.
    pub longest: usize,
    /// Given today, newest first; each can be taken back.
    pub today: Vec<PraiseGiven>,
}

/// One tile.
#[derive(Debug, Clone, Serialize)]
pub struct PraiseChild {
    pub id: String,
    pub number: u32,
    pub name: String,
    pub avatar: Avatar,
    /// Praises of this week.
    pub count: u32,
}

/// The chips of one star.
#[derive(Debug, Clone, Serialize)]
pub struct PraiseGroup {
    pub star: String,
    pub name: String,
    pub chips: Vec<Pick>,
}

/// One tap of the teacher: one chip for one or more children.
#[derive(Debug, Clone, Serialize)]
pub struct PraiseGiven {
    /// Any praise of it; taking it back takes all back.
    pub id: String,
    pub star: String,
    pub label: String,
    pub names: Vec<String>,
    pub at: String,
    /// Given by the reader, or the reader leads the class.
    pub may_undo: bool,
}
