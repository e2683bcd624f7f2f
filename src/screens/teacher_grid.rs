//! The rating grid (children × indicators) with a comment per child, and the teacher's sheet about
//! the class. Used by `GET,POST /t/classes/{id}/grid` and `/about`; templates
//! `teacher/grid.html`, `teacher/about.html`.

use super::teacher_shared::page;
use serde::Serialize;

page! {
    Grid => "teacher/grid.html", "staff-grid-title";
    AboutClass => "teacher/about.html", "staff-about-title";
}

/// Value of a cell that says "did not see it"; empty means that nothing was entered yet.
pub const UNSEEN: &str = "-";

/// The grid page.
#[derive(Debug, Clone, Serialize)]
pub struct Grid {
    pub class_id: String,
    pub class_name: String,
    pub round_id: String,
    pub round_name: String,
    pub closes: String,
    pub indicators: Vec<GridIndicator>,
    pub anchors: Vec<Anchor>,
    pub rows: Vec<GridRow>,
    /// Name of the copies that this device keeps of rows not yet acknowledged, without a child.
    pub keep: String,
    /// Answers from which on a column without spread is pointed at.
    pub enough: u32,
    pub done: u32,
    pub of: u32,
    /// Width of the progress bar of 100 units.
    pub bar: String,
    /// Time of the last save by form, written for the reader.
    pub saved_at: Option<String>,
    /// Comments above this length are refused.
    pub comment_max: u32,
    /// Recommended length of a comment.
    pub comment_low: u32,
    pub comment_high: u32,
}

/// A column.
#[derive(Debug, Clone, Serialize)]
pub struct GridIndicator {
    pub id: String,
    /// virtue, wisdom, health, arts, labour; other ids get the plain star.
    pub dimension: String,
    pub dimension_name: String,
    pub text: String,
    /// Every child got the same here, so the column tells nobody apart.
    pub flat: bool,
}

/// Whether a column has answers enough and all alike; 没看见 and empty cells say nothing.
pub fn is_flat<'a>(values: impl Iterator<Item = &'a str>, enough: u32) -> bool {
    let said: Vec<&str> = values.filter(|v| !v.is_empty() && *v != UNSEEN).collect();
    let many = u32::try_from(said.len()).is_ok_and(|n| n >= enough);
    many && said.windows(2).all(|two| matches!(two, [a, b] if a == b))
}

/// A level, `value` 1…n.
#[derive(Debug, Clone, Serialize)]
pub struct Anchor {
    pub value: u8,
    pub label: String,
}

/// A child.
#[derive(Debug, Clone, Serialize)]
pub struct GridRow {
    pub student_id: String,
    pub number: u32,
    pub name: String,
    pub excused: bool,
    pub cells: Vec<GridCell>,
    pub comment: String,
    /// Characters of the comment.
    pub length: u32,
    /// Version of the sheet that the row shows, 0 for none: posted back so that an older tab undoes nothing.
    pub version: i32,
    /// What the server asks about the comment: short, long, reused, label.
    pub asks: Vec<&'static str>,
}

/// One cell: empty, `UNSEEN` or the anchor's number.
#[derive(Debug, Clone, Serialize)]
pub struct GridCell {
    pub indicator: String,
    pub value: String,
}

/// Questions about a comment, so that a test can render each.
pub const ASKS: [&str; 4] = ["short", "long", "reused", "label"];

/// `GET /t/classes/{id}/about`.
#[derive(Debug, Clone, Serialize)]
pub struct AboutClass {
    pub class_id: String,
    pub class_name: String,
    pub round_id: String,
    pub round_name: String,
    pub closes: String,
    pub indicators: Vec<AboutIndicator>,
    pub anchors: Vec<Anchor>,
    pub comment: String,
    pub comment_max: u32,
    pub sent: bool,
}

/// One question about the class. `value` empty: nothing yet; `UNSEEN`: did not see it.
#[derive(Debug, Clone, Serialize)]
pub struct AboutIndicator {
    pub id: String,
    pub text: String,
    pub value: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_flat_once_enough_say_the_same() {
        let flat = |values: &[&str]| is_flat(values.iter().copied(), 3);
        assert!(flat(&["4", "4", "", "-", "4"]));
        assert!(!flat(&["4", "4", "", "-"]));
        assert!(!flat(&["4", "4", "3"]));
    }
}
