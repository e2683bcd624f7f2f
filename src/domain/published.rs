//! Results as published: what the computation gave for a round and for the term so far, with every step, in a form
//! that is stored once and only read afterwards. Pages show these steps; nothing is computed again for display.

use serde::{Deserialize, Serialize};

use super::{
    rubric::{COMPONENTS, Component, Rubric, SOURCES},
    scoring::{
        input::TermInput,
        number::{ix, shown},
        peer_term::OwnRun,
        result::{ClassResult, StudentNumber, TermResult},
        school::{ClassRow, Standing},
        signals::Flag,
        uncounted::{Why, uncounted},
        voices::{Blend, Provisional},
    },
};

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
}

/// The class ranking of a publication.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Ranking {
    pub round: Vec<RankedClass>,
    pub term: Vec<RankedClass>,
    /// Class weights of the rubric by `Component::ALL`.
    pub weights: [f64; COMPONENTS],
}

/// Every class's results for round number `last` of `input`, by class in its order.
pub fn publish_classes(
    rubric: &Rubric,
    input: &TermInput,
    result: &TermResult,
    last: usize,
) -> Vec<PublishedClass> {
    let classes = input.classes.iter().zip(&result.classes);
    classes
        .map(|(class, computed)| {
            let round = computed.rounds.get(last);
            let students = class.students.iter().enumerate();
            PublishedClass {
                code: class.code.clone(),
                grade: class.grade,
                students: students
                    .map(|(at, s)| student(rubric, &s.no, class, computed, last, at))
                    .collect(),
                raters: round.map(|r| raters(class, r)).unwrap_or_default(),
                agreement: round.and_then(|r| r.agreement),
                taking_part: round.map(|r| r.components.taking_part).unwrap_or_default(),
            }
        })
        .collect()
}

fn raters(
    class: &super::scoring::input::ClassInput,
    round: &super::scoring::result::ClassRoundResult,
) -> Vec<PublishedRater> {
    let row = |r: &super::scoring::signals::RaterSignals| {
        let no = class.students.get(ix(r.rater))?.no.clone();
        let flags = r.flags.iter().map(|f: &Flag| f.name().to_owned()).collect();
        Some(PublishedRater {
            no,
            marks: r.marks,
            leniency: r.leniency,
            flags,
        })
    };
    round.raters.iter().filter_map(row).collect()
}

fn student(
    rubric: &Rubric,
    no: &str,
    class: &super::scoring::input::ClassInput,
    computed: &ClassResult,
    round: usize,
    at: usize,
) -> PublishedStudent {
    let own = computed.rounds.get(round).and_then(|r| r.students.get(at));
    let term = computed.term.get(at);
    let discounted = uncounted(&rubric.weights, class, computed, round, at);
    PublishedStudent {
        no: no.to_owned(),
        round: own.map(|s| number(&s.number)).unwrap_or_default(),
        term: term.map(|s| number(&s.number)).unwrap_or_default(),
        peer: own.map(|s| peer_steps(&s.peer)).unwrap_or_default(),
        discounted: discounted
            .iter()
            .map(|u| discount(u.source.name(), u.why))
            .collect(),
        raters: own.map_or(0, |s| s.peer.marks.len()),
    }
}

fn discount(source: &str, why: Why) -> Discounted {
    let (key, from, to) = match why {
        Why::NothingSeen => ("nothing_seen", None, None),
        Why::Flat { weight } => ("flat", None, Some(weight)),
        Why::Clamped { from, to } => ("clamped", Some(from), Some(to)),
        Why::WeightZero => ("weight_zero", None, None),
    };
    Discounted {
        source: source.to_owned(),
        why: key.to_owned(),
        from,
        to,
    }
}

fn peer_steps(run: &OwnRun) -> PeerSteps {
    let mut marks: Vec<PeerMark> = run
        .marks
        .iter()
        .map(|m| PeerMark {
            y: m.y,
            weight: m.weight,
            leniency: m.leniency,
            corrected: m.corrected,
            clamped: m.clamped,
        })
        .collect();
    // By value, so that the order says nothing about seats.
    marks.sort_by(|a, b| {
        a.corrected
            .total_cmp(&b.corrected)
            .then(a.y.total_cmp(&b.y))
    });
    PeerSteps {
        marks,
        g0: run.facts.map(|f| f.g0),
        g1: run.facts.map(|f| f.g1),
        median: run.median,
        score: run.score,
        se: run.se,
    }
}

fn number(number: &StudentNumber) -> Number {
    let spoke = number
        .blend
        .voices
        .iter()
        .filter(|v| v.said.is_some() && v.weight > 0.0)
        .count();
    Number {
        score: number.blend.score,
        points: number.blend.score.map(|s| shown(s).to_string()),
        se: number.se,
        provisional: number.provisional.map(|p| provisional_key(p).to_owned()),
        voices: voices(&number.blend),
        heard_of: (spoke, number.voices_of),
        shift: number.blend.shift,
        dimensions: number.dimensions.iter().map(dimension).collect(),
    }
}

fn dimension(blend: &Blend<SOURCES>) -> DimensionStep {
    DimensionStep {
        score: blend.score,
        said: blend.voices.map(|v| v.said),
        means: blend.voices.map(|v| v.group_mean),
    }
}

fn voices(blend: &Blend<SOURCES>) -> [VoiceStep; SOURCES] {
    blend.voices.map(|v| VoiceStep {
        said: v.said,
        mean: v.group_mean,
        weight: v.weight,
        used: v.used,
    })
}

/// Stable word for why a number is provisional.
pub const fn provisional_key(why: Provisional) -> &'static str {
    match why {
        Provisional::NoScore => "no_score",
        Provisional::NoTeacher => "no_teacher",
        Provisional::FewVoicesHeard => "few_heard",
        Provisional::FewVoicesPresent => "few_present",
    }
}

/// The ranking of round number `last` of `input` and of the term, grade by grade.
pub fn publish_ranking(
    rubric: &Rubric,
    input: &TermInput,
    result: &TermResult,
    last: usize,
) -> Ranking {
    let mut ranking = Ranking {
        weights: rubric.class_weights,
        ..Ranking::default()
    };
    for grade in &result.grades {
        let codes: Vec<&str> = grade
            .classes
            .iter()
            .filter_map(|at| input.classes.get(*at))
            .map(|c| c.code.as_str())
            .collect();
        let round: &[ClassRow] = grade.rounds.get(last).map_or(&[], |r| &r.rows);
        ranking.round.extend(rows(grade.grade, &codes, round));
        ranking.term.extend(rows(grade.grade, &codes, &grade.term));
    }
    ranking
}

fn rows(grade: u8, codes: &[&str], rows: &[ClassRow]) -> Vec<RankedClass> {
    let leader = rows
        .iter()
        .filter(|r| matches!(r.standing, Standing::Ranked { rank: 1, .. }));
    let leader_low = leader
        .filter_map(|r| r.ends().map(|(low, _)| low))
        .fold(f64::NEG_INFINITY, f64::max);
    codes
        .iter()
        .zip(rows)
        .map(|(code, row)| ranked(grade, code, row, leader_low))
        .collect()
}

fn ranked(grade: u8, code: &str, row: &ClassRow, leader_low: f64) -> RankedClass {
    let (place, unranked) = match row.standing {
        Standing::Ranked { rank, low, high } => (Some((rank, low, high)), None),
        Standing::NoData => (None, Some("no_data".to_owned())),
        Standing::FewStudents => (None, Some("few_students".to_owned())),
    };
    let steps = row
        .components
        .iter()
        .zip(&row.blend.voices)
        .map(|(estimate, voice)| ComponentStep {
            value: estimate.map(|e| e.value),
            se: estimate.map_or(0.0, |e| e.se),
            n: estimate.map_or(0, |e| e.n),
            weight: voice.weight,
            used: voice.used,
        });
    let mut components = [ComponentStep::default(); COMPONENTS];
    components
        .iter_mut()
        .zip(steps)
        .for_each(|(slot, step)| *slot = step);
    RankedClass {
        code: code.to_owned(),
        grade,
        components,
        score: row.blend.score,
        points: row.shown().map(|t| t.to_string()),
        tenths: row.shown().map(|t| t.0),
        se: row.se,
        gold: place.is_some() && row.ends().is_some_and(|(_, high)| high >= leader_low),
        place,
        unranked,
        contributing: row.contributing,
        shrunk: row.shrunk.map(|s| ShrunkStep {
            n: s.n,
            mean: s.mean,
            own_part: s.own_part,
            value: s.value,
        }),
    }
}

impl RankedClass {
    /// A component by name.
    pub fn component(&self, wanted: Component) -> ComponentStep {
        let at = Component::ALL.iter().position(|c| *c == wanted);
        at.and_then(|at| self.components.get(at).copied())
            .unwrap_or_default()
    }
}
