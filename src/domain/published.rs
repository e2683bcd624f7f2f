//! Results as published: what the computation gave for a round and for the term so far, with every step, in a form
//! that is stored once and only read afterwards. Pages show these steps; nothing is computed again for display.

mod across;
mod build;

use serde::{Deserialize, Serialize};

pub use across::across_grades;
pub use build::{publish_classes, publish_ranking};

use super::rubric::{COMPONENTS, Component, SOURCES};

/// One voice of a number (scoring.md 4): what it said, the group's mean, its weight here, what entered the sum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct VoiceStep {
    pub said: Option<f64>,
    pub mean: Option<f64>,
    pub weight: f64,
    pub used: Option<f64>,
}

/// A dimension's number: what each voice said, the groups' means, and the result in stars.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DimensionStep {
    pub score: Option<f64>,
    pub said: [Option<f64>; SOURCES],
    pub means: [Option<f64>; SOURCES],
}

/// A student's number of a round or of the term.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Number {
    /// Stars 1…5.
    pub score: Option<f64>,
    /// Displayed points, one decimal.
    pub points: Option<String>,
    pub se: Option<f64>,
    /// `no_score`, `no_teacher`, `few_heard` or `few_present`.
    pub provisional: Option<String>,
    pub voices: [VoiceStep; SOURCES],
    /// How many of the rubric's voices spoke, of how many.
    pub heard_of: (usize, usize),
    /// d: how far the voices that spoke lie above the group.
    pub shift: f64,
    pub dimensions: Vec<DimensionStep>,
}

/// One mark about a student in its own run (scoring.md 2), raters as numbers in an order that tells nothing.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct PeerMark {
    pub y: f64,
    pub weight: f64,
    pub leniency: f64,
    pub corrected: f64,
    pub clamped: f64,
}

/// The steps of a student's peer score.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PeerSteps {
    pub marks: Vec<PeerMark>,
    pub g0: Option<f64>,
    pub g1: Option<f64>,
    pub median: Option<f64>,
    pub score: Option<f64>,
    pub se: Option<f64>,
}

/// A vote that did not count fully: source and reason key, with numbers where the reason has them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Discounted {
    pub source: String,
    pub why: String,
    pub from: Option<f64>,
    pub to: Option<f64>,
}

/// One student's published row.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PublishedStudent {
    /// Public number, as in exported files.
    pub no: String,
    pub round: Number,
    pub term: Number,
    pub peer: PeerSteps,
    pub discounted: Vec<Discounted>,
    /// Distinct raters with a mark about the student in this round.
    pub raters: usize,
}

/// A rater's signals for the teacher.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PublishedRater {
    pub no: String,
    pub marks: usize,
    pub leniency: f64,
    pub flags: Vec<String>,
}

/// One class's results of a publication.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct PublishedClass {
    pub code: String,
    pub grade: u8,
    pub students: Vec<PublishedStudent>,
    pub raters: Vec<PublishedRater>,
    pub agreement: Option<f64>,
    /// Students done, and students enrolled and not excused.
    pub taking_part: (usize, usize),
}

/// A component of a class score.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ComponentStep {
    pub value: Option<f64>,
    pub se: f64,
    pub n: usize,
    pub weight: f64,
    pub used: Option<f64>,
}

/// Shrinkage of a class's student mean (scoring.md 6).
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct ShrunkStep {
    pub n: usize,
    pub mean: f64,
    pub own_part: f64,
    pub value: f64,
}

/// One class's row of a ranking.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RankedClass {
    pub code: String,
    pub grade: u8,
    /// By `Component::ALL`.
    pub components: [ComponentStep; COMPONENTS],
    pub score: Option<f64>,
    pub points: Option<String>,
    /// Displayed points in tenths, for trends.
    pub tenths: Option<i64>,
    pub se: f64,
    pub place: Option<(usize, usize, usize)>,
    /// `no_data` or `few_students` where there is no place.
    pub unranked: Option<String>,
    pub contributing: usize,
    pub shrunk: Option<ShrunkStep>,
    /// Whether the interval overlaps the leader's.
    pub gold: bool,
    /// Teachers' marks about the class in the round, in stars as written, with each one's leniency, in an order that
    /// tells nothing. Publications from before it was kept have none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub teachers: Vec<(f64, f64)>,
}

/// The class ranking of a publication.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ranking {
    pub round: Vec<RankedClass>,
    pub term: Vec<RankedClass>,
    /// Class weights of the rubric by `Component::ALL`.
    pub weights: [f64; COMPONENTS],
}

impl RankedClass {
    /// A component by name.
    pub fn component(&self, wanted: Component) -> ComponentStep {
        let at = Component::ALL.iter().position(|c| *c == wanted);
        at.and_then(|at| self.components.get(at).copied())
            .unwrap_or_default()
    }
}
