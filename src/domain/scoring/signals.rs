//! Signals of perfunctory rating (scoring.md 8): flags of each rater of a class in a round. Shown to the
//! teacher, never to other children; only `flat` touches weights, and that in section 2.

use std::collections::HashMap;

use super::input::{ClassRoundInput, Sheet};
use super::marks::{AnchorSpan, Scale};
use super::number::{at_least, ix, less, mean, median, real, sample_sd};
use super::peer_term::WholeRun;
use super::result::{SheetMark, StudentRound};
use crate::domain::rubric::{Of, Source};

/// A signal, in the order in which files name them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flag {
    Flat,
    LongString,
    Irv,
    Hasty,
    Copied,
    Mutual,
    Lenient,
    Strict,
    Misfit,
    SelfEnhancement,
}

impl Flag {
    /// All flags in the order of files.
    pub const ALL: [Flag; 10] = [
        Flag::Flat,
        Flag::LongString,
        Flag::Irv,
        Flag::Hasty,
        Flag::Copied,
        Flag::Mutual,
        Flag::Lenient,
        Flag::Strict,
        Flag::Misfit,
        Flag::SelfEnhancement,
    ];

    /// The name in files.
    pub const fn name(self) -> &'static str {
        match self {
            Flag::Flat => "flat",
            Flag::LongString => "long_string",
            Flag::Irv => "irv",
            Flag::Hasty => "hasty",
            Flag::Copied => "copied",
            Flag::Mutual => "mutual",
            Flag::Lenient => "lenient",
            Flag::Strict => "strict",
            Flag::Misfit => "misfit",
            Flag::SelfEnhancement => "self_enhancement",
        }
    }
}

/// One rater of a class in a round.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RaterSignals {
    /// Index of the student.
    pub rater: u32,
    /// Composite marks given.
    pub marks: usize,
    /// r_j after this round, from the run over all marks.
    pub leniency: f64,
    pub flat: bool,
    /// In the order of [`Flag::ALL`].
    pub flags: Vec<Flag>,
}

/// Signals of every student with a peer sheet in the round, by index.
pub fn rater_signals(
    round: &ClassRoundInput,
    scale: &Scale,
    spans: &[AnchorSpan],
    whole: &WholeRun,
    heard: &[Vec<SheetMark>; 4],
    students: &[StudentRound],
) -> Vec<RaterSignals> {
    let given = sheets_by_rater(round, spans.len());
    let pace: Vec<Option<f64>> = given
        .iter()
        .map(|sheets| seconds_an_answer(sheets))
        .collect();
    let usual_pace = median(&mut pace.iter().flatten().copied().collect::<Vec<f64>>());
    let misfits = misfits(whole, spans.len());
    let mutual = mutual(&heard[1], spans.len());
    let mut found = Vec::new();
    for (at, sheets) in given.iter().enumerate().filter(|(_, s)| !s.is_empty()) {
        let leniency = whole.leniency.get(at).copied().unwrap_or_default();
        let flat = spans.get(at).is_some_and(|span| scale.is_flat(*span));
        let pace = pace.get(at).copied().flatten();
        let yes = |list: &[bool]| list.get(at).copied().unwrap_or(false);
        let raised = [
            flat,
            is_long_string(round, sheets),
            is_even(round, scale, sheets),
            pace.is_some_and(|s| less(s, 2.0) || usual_pace.is_some_and(|m| less(s, m / 3.0))),
            is_copied(sheets),
            yes(&mutual),
            less(1.0, leniency),
            less(leniency, -1.0),
            yes(&misfits),
            students.get(at).is_some_and(|s| enhances(s, leniency)),
        ];
        let flags = Flag::ALL.into_iter().zip(raised);
        found.push(RaterSignals {
            rater: super::number::compact(at),
            marks: sheets.iter().filter(|s| has_mark(round, s)).count(),
            leniency,
            flat,
            flags: flags
                .filter(|(_, yes)| *yes)
                .map(|(flag, _)| flag)
                .collect(),
        });
    }
    found
}

/// Each student's peer sheets, by ratee.
fn sheets_by_rater(round: &ClassRoundInput, students: usize) -> Vec<Vec<&Sheet>> {
    let mut by_rater: Vec<Vec<&Sheet>> = vec![Vec::new(); students];
    for sheet in round.sheets(Of::Student, Source::Peer) {
        if let Some(sheets) = by_rater.get_mut(ix(sheet.rater)) {
            sheets.push(sheet);
        }
    }
    by_rater
}

fn has_mark(round: &ClassRoundInput, sheet: &Sheet) -> bool {
    round.answers_of(sheet).iter().any(|a| a.anchor > 0)
}

/// Longest run of one anchor is at least half of the answers given, and 8.
fn is_long_string(round: &ClassRoundInput, sheets: &[&Sheet]) -> bool {
    let (mut longest, mut run, mut last, mut all) = (0, 0, 0, 0);
    let answers = sheets.iter().flat_map(|sheet| round.answers_of(sheet));
    for answer in answers.filter(|answer| answer.anchor > 0) {
        all += 1;
        run = if answer.anchor == last { run + 1 } else { 1 };
        last = answer.anchor;
        longest = longest.max(run);
    }
    longest >= 8 && 2 * longest >= all
}

/// IRV: sample sd of at least 8 answers, as stars, below .3.
fn is_even(round: &ClassRoundInput, scale: &Scale, sheets: &[&Sheet]) -> bool {
    let answers = sheets.iter().flat_map(|sheet| round.answers_of(sheet));
    let stars: Vec<f64> = answers.filter_map(|answer| scale.star(*answer)).collect();
    stars.len() >= 8 && sample_sd(&stars).is_some_and(|sd| less(sd, 0.3))
}

/// Σ seconds ÷ Σ rows over the sheets with a time.
fn seconds_an_answer(sheets: &[&Sheet]) -> Option<f64> {
    let (mut seconds, mut rows) = (0.0, 0.0);
    for sheet in sheets {
        if let Some(time) = sheet.seconds {
            seconds += time;
            rows += f64::from(sheet.answers.1);
        }
    }
    (rows > 0.0).then(|| seconds / rows)
}

/// The same comment on three sheets or more.
fn is_copied(sheets: &[&Sheet]) -> bool {
    if sheets.len() < 3 {
        return false;
    }
    let mut seen: HashMap<String, usize> = HashMap::new();
    let comments = sheets.iter().filter_map(|sheet| sheet.comment.as_deref());
    let mut texts = comments.map(bare_text).filter(|text| !text.is_empty());
    texts.any(|text| {
        let times = seen.entry(text).or_default();
        *times += 1;
        *times >= 3
    })
}

/// A comment without white space and punctuation, ASCII capitals made small.
pub fn bare_text(comment: &str) -> String {
    const DROPPED: &str = " \t\r\n\u{3000},.!?;:~'\"()-…，。！？；：、～·“”‘’（）《》—";
    let kept = comment.chars().filter(|c| !DROPPED.contains(*c));
    kept.map(|c| c.to_ascii_lowercase()).collect()
}

/// Raters one of whose pairs both exceed, by 1 or more, the plain mean of the other marks about the ratee.
fn mutual(peers: &[SheetMark], students: usize) -> Vec<bool> {
    let marks = || peers.iter().filter_map(|s| s.mark.map(|y| (s, y)));
    let mut about: Vec<Vec<(u32, f64)>> = vec![Vec::new(); students];
    for (sheet, y) in marks() {
        if let Some(list) = about.get_mut(ix(sheet.ratee)) {
            list.push((sheet.rater, y));
        }
    }
    let exceeds = |rater: u32, ratee: u32| {
        let list = about.get(ix(ratee)).map_or(&[][..], Vec::as_slice);
        let own = list.iter().find(|(who, _)| *who == rater).map(|(_, y)| *y);
        let others = mean(
            list.iter()
                .filter(|(who, _)| *who != rater)
                .map(|(_, y)| *y),
        );
        own.zip(others).is_some_and(|(y, m)| at_least(y - m, 1.0))
    };
    let mut flagged = vec![false; students];
    for (sheet, _) in marks() {
        if exceeds(sheet.rater, sheet.ratee)
            && exceeds(sheet.ratee, sheet.rater)
            && let Some(flag) = flagged.get_mut(ix(sheet.rater))
        {
            *flag = true;
        }
    }
    flagged
}

/// Mean |residual| with robust z above 2.5, among raters with at least 5 marks.
fn misfits(whole: &WholeRun, students: usize) -> Vec<bool> {
    let mut sums = vec![(0.0, 0_usize); students];
    for (mark, e) in &whole.residuals {
        if let Some(sum) = sums.get_mut(ix(mark.rater)) {
            *sum = (sum.0 + e.abs(), sum.1 + 1);
        }
    }
    let level = |(sum, n): &(f64, usize)| (*n >= 5).then(|| sum / real(*n));
    let levels: Vec<Option<f64>> = sums.iter().map(level).collect();
    let usual = median(&mut levels.iter().flatten().copied().collect::<Vec<f64>>());
    let Some(usual) = usual else {
        return vec![false; students];
    };
    let mut apart: Vec<f64> = levels.iter().flatten().map(|x| (x - usual).abs()).collect();
    let spread = 1.4826 * median(&mut apart).unwrap_or_default();
    let high = |x: f64| at_least(spread, 1e-9) && less(2.5, (x - usual) / spread);
    levels.iter().map(|level| level.is_some_and(high)).collect()
}

/// Own composite mark − own peer score − own leniency above 1.
fn enhances(student: &StudentRound, leniency: f64) -> bool {
    let [own, peer, _, _] = &student.number.blend.voices;
    own.said
        .zip(peer.said)
        .is_some_and(|(own, peer)| less(1.0, own - peer - leniency))
}
