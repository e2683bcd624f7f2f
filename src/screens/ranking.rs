//! Class ranking pages: every voice named with its weight, places with their intervals, and one
//! class explained. Used by `GET /rankings` and `GET /rankings/classes/{id}`; templates
//! `board/rankings.html`, `board/ranking_class.html`. Only classes are ranked here, never children.

use super::explain_digits::{coordinate, fixed};
use super::explain_plot::VoiceBar;
use super::teacher_shared::page;
use super::trend_line::TrendLine;
use serde::Serialize;

page! {
    Rankings => "board/rankings.html", "staff-rankings-title";
    ClassExplanation => "board/ranking_class.html", "staff-rankclass-title";
}

/// The six class voices in the fixed order of scoring.md.
pub const CLASS_VOICES: [&str; 6] = [
    "self",
    "peer",
    "teacher",
    "parent",
    "participation",
    "students",
];

/// A choice in a row of links.
#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub href: String,
    pub chosen: bool,
}

/// A voice with its published weight in percent.
#[derive(Debug, Clone, Serialize)]
pub struct NamedWeight {
    pub voice: &'static str,
    pub percent: String,
}

/// `GET /rankings`.
#[derive(Debug, Clone, Serialize)]
pub struct Rankings {
    pub rounds: Vec<Choice>,
    pub grades: Vec<Choice>,
    pub round_id: String,
    pub round_name: String,
    pub weights: Vec<NamedWeight>,
    pub rubric_version: String,
    pub tables: Vec<GradeTable>,
}

/// One grade; rows ranked first in order of place, then the unranked by class code.
#[derive(Debug, Clone, Serialize)]
pub struct GradeTable {
    pub grade: u8,
    pub ranked: u32,
    pub rows: Vec<ClassRow>,
}

/// One class in its grade. Suppressed figures (fewer than 10 contributors) are `None`.
#[derive(Debug, Clone, Serialize)]
pub struct ClassRow {
    pub class_id: String,
    pub code: String,
    pub name: String,
    pub place: Option<u32>,
    pub low: Option<u32>,
    pub high: Option<u32>,
    pub points: Option<String>,
    /// In the gold band: the interval overlaps the leader's.
    pub band: bool,
    /// no_data or few_students.
    pub because: Option<&'static str>,
    /// Same order as `Rankings::weights`, in stars.
    pub voices: Vec<Option<String>>,
    pub trend: Option<Trend>,
    pub interval: Option<IntervalBar>,
}

/// Change of points since the round before.
#[derive(Debug, Clone, Serialize)]
pub struct Trend {
    /// up, same or down.
    pub way: &'static str,
    pub by: String,
}

/// Change from `before` to `now` in points as shown (one decimal).
pub fn trend(before: f64, now: f64) -> Trend {
    let by = fixed((now - before).abs(), 1);
    let way = match by.as_str() {
        "0.0" => "same",
        _ if now > before => "up",
        _ => "down",
    };
    Trend { way, by }
}

/// The place interval as a bar over the places 1…n, in SVG units of a 96 wide track.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct IntervalBar {
    pub x: String,
    pub width: String,
    pub dot: String,
}

const TRACK: f64 = 96.0;

/// Bar from place `low` to place `high` of `n`, with a dot at `place`.
pub fn interval_bar(place: u32, low: u32, high: u32, n: u32) -> IntervalBar {
    let step = (TRACK - 12.0) / f64::from(n.saturating_sub(1).max(1));
    let x = |place: u32| 6.0 + step * f64::from(place.saturating_sub(1));
    IntervalBar {
        x: coordinate(x(low) - 4.0),
        width: coordinate(x(high) - x(low) + 8.0),
        dot: coordinate(x(place)),
    }
}

/// `GET /rankings/classes/{id}`: how one class's number came about.
#[derive(Debug, Clone, Serialize)]
pub struct ClassExplanation {
    pub class_id: String,
    pub class_name: String,
    pub grade: u8,
    pub round_name: String,
    pub back: String,
    pub points: Option<String>,
    pub stars: Option<String>,
    pub place: Option<u32>,
    pub low: Option<u32>,
    pub high: Option<u32>,
    pub ranked: u32,
    pub because: Option<&'static str>,
    pub voices: Vec<ClassVoiceRow>,
    /// d: how far the voices that spoke lie above the grade, where one was filled in by it.
    pub shift: Option<String>,
    pub items: Vec<ItemRate>,
    /// Weighted mean of the items in percent, and the stars it makes.
    pub checked: Option<(String, String)>,
    /// Teachers' marks, for those who teach the class.
    pub teachers: Vec<TeacherMark>,
    /// The last rounds and this one.
    pub line: Option<TrendLine>,
    pub trend: Option<Trend>,
    /// What would help most, for those who teach the class.
    pub helps: Vec<HelpLine>,
    /// The round that runs now.
    pub live: Option<LiveRound>,
    /// Ends of the interval in points.
    pub ends: Option<(String, String)>,
    pub participation: Option<ParticipationStep>,
    pub shrunk: Option<ShrunkStep>,
    pub se: Option<String>,
    pub rubric_version: String,
}

/// One component with weight and product; `filled` where the rule filled it in.
#[derive(Debug, Clone, Serialize)]
pub struct ClassVoiceRow {
    pub voice: &'static str,
    /// heard, filled, dropped, unweighted.
    pub state: &'static str,
    pub value: Option<String>,
    pub mean: Option<String>,
    pub weight: String,
    /// The rubric's weight where it is another.
    pub rubric_weight: Option<String>,
    /// Observations behind the value.
    pub count: Option<u32>,
    pub product: Option<String>,
    pub se: Option<String>,
    pub bar: VoiceBar,
}

/// A teacher's mark about the class: as written, the teacher's leniency, what is left.
#[derive(Debug, Clone, Serialize)]
pub struct TeacherMark {
    pub written: String,
    pub leniency: String,
    pub aligned: String,
}

/// One thing that would help.
#[derive(Debug, Clone, Serialize)]
pub struct HelpLine {
    /// ranked, part, item, voice_self, voice_peer …: a Fluent key.
    pub kind: String,
    pub more: u32,
    pub name: String,
    pub points: String,
}

/// How many have done everything in the round that runs.
#[derive(Debug, Clone, Serialize)]
pub struct LiveRound {
    pub name: String,
    pub done: u32,
    pub of: u32,
    /// How many more until participation counts fully.
    pub more: u32,
}

/// Checks of one inspection item.
#[derive(Debug, Clone, Serialize)]
pub struct ItemRate {
    pub name: String,
    pub weight: String,
    pub checks: u32,
    pub points: String,
    pub full: String,
    pub percent: String,
    pub bar: String,
}

/// Share that took part: `done ÷ (enrolled − excused)`.
#[derive(Debug, Clone, Serialize)]
pub struct ParticipationStep {
    pub done: u32,
    pub enrolled: u32,
    pub excused: u32,
    pub percent: String,
    pub stars: String,
}

/// The students' mean, shrunk towards the grade's (scoring.md 6).
#[derive(Debug, Clone, Serialize)]
pub struct ShrunkStep {
    pub mean: String,
    pub students: u32,
    pub grade_mean: String,
    pub kept_percent: String,
    pub shrunk: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_covers_the_interval() {
        let bar = interval_bar(1, 1, 8, 8);
        assert_eq!((bar.x.as_str(), bar.width.as_str()), ("2", "92"));
        assert_eq!(bar.dot, "6");
        assert_eq!(interval_bar(1, 1, 1, 1).width, "8");
    }

    #[test]
    fn a_change_too_small_to_show_is_no_change() {
        assert_eq!(trend(80.0, 80.04).way, "same");
        assert_eq!(trend(80.0, 81.2).by, "1.2");
        assert_eq!(trend(81.2, 80.0).way, "down");
    }
}
