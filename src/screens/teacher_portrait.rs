//! A class in words for its homeroom teacher. Used by `GET /t/classes/{id}/portrait`; template
//! `teacher/portrait.html`.

use super::explain_digits::{coordinate, fixed};
use super::teacher_shared::{Pick, page};
use serde::Serialize;

page! {
    ClassPortrait => "teacher/portrait.html", "portrait-title";
}

/// The page; without rounds before the class's first publication.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ClassPortrait {
    pub class_id: String,
    pub class_name: String,
    pub round_name: String,
    pub rounds: Vec<Pick>,
    pub stars: Vec<KnownStar>,
    /// Children without any number in this period.
    pub not_yet: Vec<String>,
    pub hidden: Vec<HiddenTalent>,
    pub agreement: Option<Agreement>,
    pub brighter: Vec<Child>,
    pub humbler: Vec<Child>,
    /// Children whose own view lies near the others'.
    pub alike: u32,
    pub gaps: Vec<GapRow>,
    /// Whether any of the gaps is worth a second look.
    pub look: bool,
}

/// A child with a page of its own.
#[derive(Debug, Clone, Serialize)]
pub struct Child {
    pub id: String,
    pub name: String,
    /// Moments and praises of the term under the star, where a star is meant.
    pub told: u32,
}

/// A star with the children who are known for it, by seat.
#[derive(Debug, Clone, Serialize)]
pub struct KnownStar {
    pub key: String,
    pub name: String,
    pub children: Vec<Child>,
}

/// What classmates or the family see where no teacher has looked.
#[derive(Debug, Clone, Serialize)]
pub struct HiddenTalent {
    pub child: Child,
    pub key: String,
    pub star: String,
    /// Distinct classmates; 0: only at home.
    pub classmates: u32,
}

/// How far the class's raters agree.
#[derive(Debug, Clone, Serialize)]
pub struct Agreement {
    pub alpha: String,
    /// One of [`AGREEMENTS`].
    pub kind: &'static str,
}

/// Below .4 apart (scoring.md 8), from .667 on firm (the floor Krippendorff names for tentative conclusions).
pub const AGREEMENTS: [&str; 3] = ["apart", "fair", "firm"];

/// α in words.
pub fn agreement(alpha: f64) -> Agreement {
    let [apart, fair, firm] = AGREEMENTS;
    Agreement {
        alpha: fixed(alpha, 2),
        kind: match alpha {
            a if a < 0.4 => apart,
            a if a < 0.667 => fair,
            _ => firm,
        },
    }
}

/// A group beside the rest of the class, as one voice sees both.
#[derive(Debug, Clone, Serialize)]
pub struct GapRow {
    /// One of [`GROUPS`].
    pub group: &'static str,
    /// Seat numbers, lines or places from and to; 0 for boys.
    pub from: i32,
    pub to: i32,
    /// teacher, peer or parent.
    pub voice: &'static str,
    /// In stars, with its sign.
    pub gap: String,
    pub half: String,
    pub look: bool,
    pub bar: GapBar,
}

/// Groups of a class.
pub const GROUPS: [&str; 4] = ["boys", "seats", "lines", "places"];

/// A gap with its interval on a track of 120 units from −1.5 to +1.5 stars; 60 is no gap.
#[derive(Debug, Clone, Serialize)]
pub struct GapBar {
    pub x: String,
    pub width: String,
    pub dot: String,
}

/// Draws a gap; what lies outside the track stands at its end.
pub fn gap_bar(gap: f64, half: f64) -> GapBar {
    let x = |stars: f64| 60.0 + 36.0 * stars.clamp(-1.5, 1.5);
    GapBar {
        x: coordinate(x(gap - half)),
        width: coordinate((x(gap + half) - x(gap - half)).max(4.0)),
        dot: coordinate(x(gap)),
    }
}

/// Stars with their sign, two digits.
pub fn signed(stars: f64) -> String {
    let digits = fixed(stars.abs(), 2);
    match stars {
        s if s < 0.0 => format!("−{digits}"),
        _ => format!("+{digits}"),
    }
}
