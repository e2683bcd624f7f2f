//! The rubric (评价方案): what is rated, by whom, on which scale and with which weights.
//! Used by scoring, by the sheets that pages show, and by `exchange::rubric_toml`.

mod built_in;
mod validate;

pub use built_in::{DEFAULT_CLASS_WEIGHTS, DEFAULT_WEIGHTS};

pub use validate::{Flaw, Place};

/// Number of sources of a student's score: self, peer, teacher, parent.
pub const SOURCES: usize = 4;
/// Number of components of a class's score.
pub const COMPONENTS: usize = 6;

/// A whole rubric document. Frozen once a round uses it.
#[derive(Clone, Debug, PartialEq)]
pub struct Rubric {
    /// Weight of each voice, in the order of [`Source::ALL`]; each ≥ 0, sum 1.
    pub weights: [f64; SOURCES],
    /// Weight of each class component, in the order of [`Component::ALL`]; each ≥ 0, sum 1.
    pub class_weights: [f64; COMPONENTS],
    /// Constants of the leniency-corrected mean (scoring.md 2).
    pub peer: PeerConstants,
    /// The stars (向善星 …), in the order in which sums run.
    pub dimensions: Vec<Dimension>,
    /// The questions, in the order in which sums run.
    pub indicators: Vec<Indicator>,
    /// Items of duty inspections, in the order in which sums run.
    pub items: Vec<Item>,
    /// Labels of the scale of each segment, lowest first.
    pub anchors: Anchors,
}

/// Who says something about a student or a class (评价主体).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    SelfRating,
    Peer,
    Teacher,
    Parent,
}

impl Source {
    /// All sources in the order in which sums run.
    pub const ALL: [Source; SOURCES] = [
        Source::SelfRating,
        Source::Peer,
        Source::Teacher,
        Source::Parent,
    ];

    /// The name used in files and addresses.
    pub const fn name(self) -> &'static str {
        match self {
            Source::SelfRating => "self",
            Source::Peer => "peer",
            Source::Teacher => "teacher",
            Source::Parent => "parent",
        }
    }

    /// The source of that name, if there is one.
    pub fn from_name(name: &str) -> Option<Source> {
        Source::ALL.into_iter().find(|source| source.name() == name)
    }

    /// Position in [`Source::ALL`], 0…3.
    pub const fn position(self) -> usize {
        match self {
            Source::SelfRating => 0,
            Source::Peer => 1,
            Source::Teacher => 2,
            Source::Parent => 3,
        }
    }
}

/// What a class score is made of (scoring.md 5).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Component {
    SelfRating,
    /// Duty inspections: other classes' monitors look.
    Peer,
    Teacher,
    Parent,
    Participation,
    Students,
}

impl Component {
    /// All components in the order in which sums run.
    pub const ALL: [Component; COMPONENTS] = [
        Component::SelfRating,
        Component::Peer,
        Component::Teacher,
        Component::Parent,
        Component::Participation,
        Component::Students,
    ];

    /// The name used in files.
    pub const fn name(self) -> &'static str {
        match self {
            Component::SelfRating => "self",
            Component::Peer => "peer",
            Component::Teacher => "teacher",
            Component::Parent => "parent",
            Component::Participation => "participation",
            Component::Students => "students",
        }
    }
}

/// Constants of scoring.md 2, all > 0, `low_weight` ≤ 1.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PeerConstants {
    /// L: neutral virtual marks per rater.
    pub rater_prior: f64,
    /// S: class-average virtual marks per student.
    pub ratee_prior: f64,
    /// S0: average virtual marks in the reference of a mark.
    pub reference_prior: f64,
    /// c: how far from the median a corrected mark may lie, in stars; infinite = no clamp.
    pub clamp: f64,
    /// q: weight of the marks of a flat rater.
    pub low_weight: f64,
}

impl Default for PeerConstants {
    fn default() -> Self {
        PeerConstants {
            rater_prior: 2.0,
            ratee_prior: 1.0,
            reference_prior: 1.0,
            clamp: 1.5,
            low_weight: 0.25,
        }
    }
}

/// One of the stars.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dimension {
    pub id: String,
    pub name: String,
}

/// Stage of primary school; decides the scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Segment {
    /// Grades 1 and 2.
    Low,
    /// Grades 3 and 4.
    Middle,
    /// Grades 5 and 6.
    High,
}

impl Segment {
    pub const ALL: [Segment; 3] = [Segment::Low, Segment::Middle, Segment::High];

    /// The segment of a grade 1…6; none for another number.
    ///
    /// ```
    /// # use starlight::domain::rubric::Segment;
    /// assert_eq!(Segment::of_grade(3), Some(Segment::Middle));
    /// assert_eq!(Segment::of_grade(7), None);
    /// ```
    pub const fn of_grade(grade: u8) -> Option<Segment> {
        match grade {
            1 | 2 => Some(Segment::Low),
            3 | 4 => Some(Segment::Middle),
            5 | 6 => Some(Segment::High),
            _ => None,
        }
    }

    /// The name used in files.
    pub const fn name(self) -> &'static str {
        match self {
            Segment::Low => "low",
            Segment::Middle => "middle",
            Segment::High => "high",
        }
    }

    /// The segment of that name, if there is one.
    pub fn from_name(name: &str) -> Option<Segment> {
        Segment::ALL.into_iter().find(|s| s.name() == name)
    }
}

/// What an indicator asks about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Of {
    Student,
    Class,
}

/// One question of the rubric.
#[derive(Clone, Debug, PartialEq)]
pub struct Indicator {
    pub id: String,
    /// Position in [`Rubric::dimensions`]; none only for questions about a class.
    pub dimension: Option<usize>,
    /// None: every segment.
    pub segment: Option<Segment>,
    pub of: Of,
    /// Who may answer it.
    pub sources: Vec<Source>,
    /// > 0.
    pub weight: f64,
    pub text: String,
    /// Reading aid shown above the text; no part in scoring.
    pub pinyin: Option<String>,
    /// What to look for; no part in scoring.
    pub look_fors: Vec<LookFor>,
}

/// One thing that shows an indicator, in children's words; no part in scoring.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookFor {
    pub text: String,
    /// Reading aid, one syllable per hanzi.
    pub pinyin: Option<String>,
}

impl Indicator {
    /// Whether a sheet of this source, segment and kind of ratee has this question.
    pub fn is_for(&self, of: Of, source: Source, segment: Segment) -> bool {
        self.of == of
            && self.segment.is_none_or(|own| own == segment)
            && self.sources.contains(&source)
    }
}

/// One item of duty inspections.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    pub id: String,
    pub name: String,
    /// > 0.
    pub weight: f64,
}

/// The labels of each segment's scale, lowest first; their number is n.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchors {
    pub low: Vec<String>,
    pub middle: Vec<String>,
    pub high: Vec<String>,
}

impl Anchors {
    /// The labels of a segment.
    pub fn of(&self, segment: Segment) -> &[String] {
        match segment {
            Segment::Low => &self.low,
            Segment::Middle => &self.middle,
            Segment::High => &self.high,
        }
    }
}

impl Rubric {
    /// n: how many anchors the scale of a segment has (2…9).
    pub fn scale(&self, segment: Segment) -> u8 {
        u8::try_from(self.anchors.of(segment).len()).unwrap_or(u8::MAX)
    }

    /// Position of the indicator with this id.
    pub fn indicator(&self, id: &str) -> Option<usize> {
        self.indicators.iter().position(|i| i.id == id)
    }
}

/// Star value of anchor `a` of `n`: `1 + 4(a−1)/(n−1)`, so every scale runs 1…5 (scoring.md 1).
///
/// ```
/// # use starlight::domain::rubric::star;
/// assert_eq!(star(2, 3), 3.0);
/// ```
pub fn star(anchor: u8, n: u8) -> f64 {
    1.0 + 4.0 * (f64::from(anchor) - 1.0) / (f64::from(n) - 1.0)
}
