//! The page "how this number came about" (design 10, scoring.md 2 and 4): view model and the
//! steps made from plain numbers. Used by `GET /t/students/{id}/explanation`; template
//! `teacher/explanation.html`, for readers who see words only `teacher/explanation_words.html`.

use super::explain_digits::{fixed, points, share, weight};
use super::explain_plot::{DotPlot, PlotMark, VoiceBar, dot_plot, voice_bar};
use super::teacher_shared::page;
use super::teacher_sheets::CorrectionLine;
use serde::Serialize;

page! {
    Explanation => "teacher/explanation.html", "staff-explain-title";
    ExplanationWords => "teacher/explanation_words.html", "staff-explain-title";
}

/// Everything on the page. `peers` is absent for readers who may not see single marks.
#[derive(Debug, Clone, Serialize)]
pub struct Explanation {
    /// Of the sheets about the child in this round, the undone ones included.
    pub corrections: Vec<CorrectionLine>,
    /// Which version of the publication this is; more than 1 after a correction.
    pub revision: u32,
    pub student_id: String,
    pub student_name: String,
    pub class_id: String,
    pub class_name: String,
    pub round_id: String,
    pub round_name: String,
    /// Date from which the rule in force holds, already written for the reader.
    pub rule_date: String,
    pub rubric_version: String,
    /// `round` or `term`: a term pools all votes, its sum line differs in words.
    pub period: &'static str,
    pub head: Option<Head>,
    pub peers: Option<PeerStep>,
    pub voices: Vec<VoiceRow>,
    pub sum: Option<String>,
    pub dimensions: Vec<DimensionRow>,
    pub notes: Vec<Note>,
    /// Points within which two children cannot be told apart; none without a peer voice.
    pub precision: Option<String>,
    /// Other rounds of the term to look at: id, name, chosen.
    pub rounds: Vec<RoundChoice>,
}

/// The same page for readers who see words and bands instead of single marks and numbers.
#[derive(Debug, Clone, Serialize)]
pub struct ExplanationWords {
    pub student_name: String,
    pub class_id: String,
    pub class_name: String,
    pub round_name: String,
    pub rule_date: String,
    pub rubric_version: String,
    pub heard: u8,
    pub of: u8,
    /// Raters of the peer voice; none below the anonymity rule.
    pub raters: Option<u32>,
    pub dimensions: Vec<WordsRow>,
    pub notes: Vec<Note>,
}

/// One star in words, per voice and together; `None` where nothing may be said.
#[derive(Debug, Clone, Serialize)]
pub struct WordsRow {
    pub id: String,
    pub name: String,
    /// self, peer, teacher, parent.
    pub voices: [Option<String>; 4],
    pub together: Option<String>,
}

/// The number on top.
#[derive(Debug, Clone, Serialize)]
pub struct Head {
    pub points: String,
    pub stars: String,
    pub heard: u8,
    pub of: u8,
    pub provisional: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct RoundChoice {
    pub id: String,
    pub name: String,
    pub chosen: bool,
}

/// Step 1: the classmates' yardsticks aligned.
#[derive(Debug, Clone, Serialize)]
pub struct PeerStep {
    pub plot: DotPlot,
    pub marks: Vec<PeerMarkRow>,
    pub g1: String,
    pub peer: String,
    pub se: Option<String>,
    /// Answers "did not see it", which are no score.
    pub unseen: u32,
    pub sum: PeerSum,
    pub has_light: bool,
    pub has_clamped: bool,
}

/// One classmate's mark, the rater as a number only.
#[derive(Debug, Clone, Serialize)]
pub struct PeerMarkRow {
    pub number: u32,
    pub written: String,
    pub leniency: String,
    pub corrected: String,
    pub clamped: Option<String>,
    pub weight: String,
    /// Key of the sentence: flat, lenient, lenient_bit, strict, strict_bit, same.
    pub habit: &'static str,
    pub light: bool,
}

/// The line one can retype: `(terms + prior) ÷ total = peer`.
#[derive(Debug, Clone, Serialize)]
pub struct PeerSum {
    pub terms: Vec<String>,
    pub prior: String,
    pub total: String,
    pub result: String,
}

/// Step 2, one voice.
#[derive(Debug, Clone, Serialize)]
pub struct VoiceRow {
    /// self, peer, teacher, parent.
    pub voice: &'static str,
    /// heard, filled, dropped (nobody in the class has it) or unweighted (weight 0).
    pub state: &'static str,
    pub mark: Option<String>,
    pub mean: Option<String>,
    pub weight: String,
    pub product: Option<String>,
    pub bar: VoiceBar,
}

/// Step 3, one star.
#[derive(Debug, Clone, Serialize)]
pub struct DimensionRow {
    /// virtue, wisdom, health, arts, labour or another id of the rubric.
    pub id: String,
    pub name: String,
    pub stars: Option<String>,
    /// self, peer, teacher, parent before filling.
    pub voices: [Option<String>; 4],
    pub bar: VoiceBar,
}

/// Something that counted, counted less or did not count, and why.
#[derive(Debug, Clone, Serialize)]
pub struct Note {
    /// Suffix of the Fluent key `staff-note-…`; see `NOTES`.
    pub kind: &'static str,
    pub count: u32,
    pub value: String,
    pub voice: &'static str,
}

/// All kinds of notes, so that a test can render each.
pub const NOTES: [&str; 11] = [
    "peers-counted",
    "flat",
    "unseen",
    "filled",
    "dropped",
    "unweighted",
    "clamped",
    "no-peers",
    "paper",
    "excused",
    "provisional",
];

/// A classmate's mark as the computation of section 2 leaves it, in stars.
#[derive(Debug, Clone, Copy)]
pub struct PeerMark {
    pub written: f64,
    pub leniency: f64,
    pub corrected: f64,
    pub clamped: f64,
    pub weight: f64,
    pub flat: bool,
}

/// Step 1 from the child's own run: `g1` and prior S of section 2 step 7, `se` of step 8.
pub fn peer_step(
    marks: &[PeerMark],
    g1: f64,
    prior: f64,
    peer: f64,
    se: Option<f64>,
    unseen: u32,
) -> PeerStep {
    let plotted: Vec<PlotMark> = marks.iter().map(|m| plot_mark(*m)).collect();
    let rows: Vec<PeerMarkRow> = (1u32..).zip(marks).map(|(n, m)| mark_row(n, *m)).collect();
    PeerStep {
        plot: dot_plot(&plotted, peer),
        g1: fixed(g1, 3),
        peer: fixed(peer, 2),
        se: se.map(|x| fixed(x, 2)),
        unseen,
        sum: peer_sum(marks, g1, prior, peer),
        has_light: rows.iter().any(|r| r.light),
        has_clamped: rows.iter().any(|r| r.clamped.is_some()),
        marks: rows,
    }
}

fn plot_mark(mark: PeerMark) -> PlotMark {
    PlotMark {
        written: mark.written,
        aligned: mark.clamped,
        light: mark.weight < 1.0,
    }
}

fn mark_row(number: u32, mark: PeerMark) -> PeerMarkRow {
    let moved = (mark.clamped - mark.corrected).abs() > 1e-9;
    PeerMarkRow {
        number,
        written: fixed(mark.written, 2),
        leniency: signed(mark.leniency),
        corrected: fixed(mark.corrected, 3),
        clamped: moved.then(|| fixed(mark.clamped, 3)),
        weight: weight(mark.weight),
        habit: habit(mark),
        light: mark.weight < 1.0,
    }
}

fn signed(x: f64) -> String {
    let text = fixed(x.abs(), 3);
    match text.as_str() {
        "0.000" => text,
        _ if x < 0.0 => format!("−{text}"),
        _ => format!("+{text}"),
    }
}

fn habit(mark: PeerMark) -> &'static str {
    match mark.leniency {
        _ if mark.flat => "flat",
        r if r > 0.5 => "lenient",
        r if r > 0.15 => "lenient_bit",
        r if r < -0.5 => "strict",
        r if r < -0.15 => "strict_bit",
        _ => "same",
    }
}

/// Terms in the order of the rows, three decimals: retyped, the result agrees to the second.
fn peer_sum(marks: &[PeerMark], g1: f64, prior: f64, peer: f64) -> PeerSum {
    let total = marks.iter().fold(0.0, |sum, m| sum + m.weight) + prior;
    PeerSum {
        terms: marks
            .iter()
            .map(|m| times(m.weight, &fixed(m.clamped, 3)))
            .collect(),
        prior: times(prior, &fixed(g1, 3)),
        total: weight(total),
        result: fixed(peer, 2),
    }
}

fn times(factor: f64, value: &str) -> String {
    if (factor - 1.0).abs() < 1e-9 {
        return value.to_owned();
    }
    format!("{} × {value}", weight(factor))
}

/// One voice of step 2. `mark` is what enters the sum (own or filled in), `w` as renormalised; digits enough for the
/// product to come out as shown, but for the last one.
pub fn voice_row(
    voice: &'static str,
    state: &'static str,
    mark: Option<f64>,
    mean: Option<f64>,
    w: f64,
) -> VoiceRow {
    let enters = matches!(state, "heard" | "filled");
    VoiceRow {
        voice,
        state,
        mark: mark.map(|x| fixed(x, 3)),
        mean: mean.map(|x| fixed(x, 2)),
        weight: share(w),
        product: mark.filter(|_| enters).map(|x| fixed(w * x, 3)),
        bar: voice_bar(mark, mean),
    }
}

/// The head of a score in stars with `heard` of `of` voices.
pub fn head(score: f64, heard: u8, of: u8, provisional: bool) -> Head {
    Head {
        points: points(score),
        stars: fixed(score, 2),
        heard,
        of,
        provisional,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(written: f64, leniency: f64, weight: f64) -> PeerMark {
        PeerMark {
            written,
            leniency,
            corrected: written - leniency,
            clamped: written - leniency,
            weight,
            flat: weight < 1.0,
        }
    }

    #[test]
    fn the_sum_line_can_be_retyped() {
        let marks = [mark(5.0, 0.9, 0.25), mark(4.0, -0.2, 1.0)];
        let peer = (0.25 * 4.1 + 4.2 + 3.9) / 2.25;
        let step = peer_step(&marks, 3.9, 1.0, peer, None, 2);
        assert_eq!(step.sum.terms, ["¼ × 4.100", "4.200"]);
        assert_eq!(step.sum.total, "2.25");
        assert_eq!(step.sum.result, "4.06");
        assert_eq!(step.marks[0].habit, "flat");
        assert_eq!(step.marks[1].leniency, "−0.200");
        assert!(step.has_light && !step.has_clamped);
    }

    #[test]
    fn a_dropped_voice_has_no_product() {
        assert_eq!(voice_row("peer", "dropped", None, None, 0.0).product, None);
        let filled = voice_row("parent", "filled", Some(4.63), Some(4.5), 0.2);
        assert_eq!(filled.product.as_deref(), Some("0.926"));
    }
}
