//! View models of the teacher's first pages: today and the class home. Used by `GET /t` and
//! `GET /t/classes/{id}`; templates `teacher/today.html`, `teacher/class.html`.

use super::parts::Avatar;
use super::teacher_appeals::AppealsToday;
use super::teacher_shared::page;
use serde::Serialize;

page! {
    Today => "teacher/today.html", "staff-today-title";
    ClassHome => "teacher/class.html", "staff-class-title";
}

/// `GET /t`.
#[derive(Debug, Clone, Serialize)]
pub struct Today {
    pub teacher_name: String,
    /// morning, noon, afternoon or evening, by the school's clock.
    pub day_part: &'static str,
    pub week: Option<u32>,
    /// 1 = Monday … 7 = Sunday.
    pub weekday: u8,
    pub classes: Vec<TodayClass>,
    pub signals: Vec<Signal>,
    pub badges: Vec<BadgesWaiting>,
    pub moments: Vec<MomentsToday>,
    pub checks: Vec<ChecksToday>,
    /// Of each class with appeals that wait for a proposal.
    pub appeals: Vec<AppealsToday>,
}

/// Of a class that the teacher leads: what waits to be released, and whom nobody has told of this month.
#[derive(Debug, Clone, Serialize)]
pub struct MomentsToday {
    pub class_id: String,
    pub class_name: String,
    pub waiting: u32,
    pub unseen: Vec<Unseen>,
}

/// A child nobody has told of this month.
#[derive(Debug, Clone, Serialize)]
pub struct Unseen {
    pub id: String,
    pub name: String,
    /// Stars that classmates or the family named and no teacher did.
    pub unspoken: Vec<NamedStar>,
}

/// A star of the rubric.
#[derive(Debug, Clone, Serialize)]
pub struct NamedStar {
    pub key: String,
    pub name: String,
}

/// What duty posts found in a class this week.
#[derive(Debug, Clone, Serialize)]
pub struct ChecksToday {
    pub class_name: String,
    pub items: Vec<ChecksItem>,
}

/// One item: share of the full marks, and each deduction in one phrase.
#[derive(Debug, Clone, Serialize)]
pub struct ChecksItem {
    pub name: String,
    pub percent: String,
    pub full: bool,
    pub off: Vec<String>,
}

/// A class that the teacher has now.
#[derive(Debug, Clone, Serialize)]
pub struct TodayClass {
    pub id: String,
    pub name: String,
    pub homeroom: bool,
    pub students: u32,
    pub excused: u32,
    pub round: Option<TodayRound>,
    pub window: Window,
}

/// The open round of a class: who has lit the own star and who is missing.
#[derive(Debug, Clone, Serialize)]
pub struct TodayRound {
    pub id: String,
    pub name: String,
    pub closes: String,
    pub lit: u32,
    pub of: u32,
    /// Width of the bar of 100 units: `lit / of`.
    pub bar: String,
    pub missing: Vec<Missing>,
    /// The teacher's own grid: children with a sheet of this teacher.
    pub grid_done: u32,
    pub about_done: bool,
}

/// Children of whom one voice is missing.
#[derive(Debug, Clone, Serialize)]
pub struct Missing {
    /// self, peer, parent or teacher.
    pub voice: &'static str,
    pub count: u32,
    /// The first names to show.
    pub names: Vec<String>,
    /// More than the names shown.
    pub more: bool,
}

/// The sign-in window of the class page.
#[derive(Debug, Clone, Serialize)]
pub struct Window {
    pub open: bool,
    /// Until when, written for the reader; empty when closed.
    pub until: String,
    /// Address that the children open, `/c/101`.
    pub path: String,
    /// Whether this teacher may open and close it.
    pub may: bool,
}

/// A friendly pointer at sheets that look perfunctory (scoring.md 8); never about a ratee.
#[derive(Debug, Clone, Serialize)]
pub struct Signal {
    pub class_name: String,
    pub rater_name: String,
    /// Flag names of section 8: flat, long_string, irv, hasty, copied, mutual, lenient, …
    pub flags: Vec<&'static str>,
    pub href: String,
}

/// Flags in the order of scoring.md 8, so that a test can render each.
pub const FLAGS: [&str; 10] = [
    "flat",
    "long_string",
    "irv",
    "hasty",
    "copied",
    "mutual",
    "lenient",
    "strict",
    "misfit",
    "self_enhancement",
];

/// Awards of a class waiting to be released to the screen.
#[derive(Debug, Clone, Serialize)]
pub struct BadgesWaiting {
    pub class_id: String,
    pub class_name: String,
    pub count: u32,
    pub first: String,
}

/// `GET /t/classes/{id}`.
#[derive(Debug, Clone, Serialize)]
pub struct ClassHome {
    pub id: String,
    pub name: String,
    pub homeroom: bool,
    pub students: Vec<ClassChild>,
    pub excused: u32,
    pub round: Option<TodayRound>,
    pub window: Window,
    pub badges_waiting: u32,
    pub moments_waiting: u32,
    /// Term comments of the class that are final.
    pub comments_final: u32,
    pub published: Vec<PublishedRound>,
    /// A closed round in which one child may be given extra days.
    pub closed: Option<ClosedRound>,
    /// Whether a closed or published round has sheets to look at.
    pub has_sheets: bool,
    /// Whether the cards are pictures or digits.
    pub pin_kind: &'static str,
    /// The child whose new PIN is shown once.
    pub new_pin: Option<NewPin>,
}

/// Dates as a date field wants them.
#[derive(Debug, Clone, Serialize)]
pub struct ClosedRound {
    pub name: String,
    pub first: String,
    pub last: String,
}

/// One child in the list. Marks are whether it was done, never what was said.
#[derive(Debug, Clone, Serialize)]
pub struct ClassChild {
    pub id: String,
    pub number: u32,
    pub name: String,
    pub avatar: Avatar,
    pub excused: bool,
    pub reason: String,
    pub own: bool,
    pub peers_done: u32,
    pub peers_of: u32,
    pub family: bool,
    pub teacher: bool,
    /// Some sheet of self or classmates is still missing and the child is not excused.
    pub missing: bool,
    /// Last of the extra days in the closed round; empty for none.
    pub extended: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct PublishedRound {
    pub id: String,
    pub name: String,
}

/// A PIN just made anew: shown once.
#[derive(Debug, Clone, Serialize)]
pub struct NewPin {
    pub student_name: String,
    pub pictures: Vec<String>,
    pub digits: String,
}
