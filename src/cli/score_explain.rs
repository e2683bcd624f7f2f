//! `starlight score --explain`: every step of one student's numbers, in words and numbers, so that
//! anybody can redo them in a spreadsheet. Used by `score`.

use std::fmt::Write as _;

use crate::domain::rubric::{Rubric, Source};
use crate::domain::scoring::input::{ClassInput, TermInput};
use crate::domain::scoring::number::{ix, points, push_digits, shown};
use crate::domain::scoring::peer::Pool;
use crate::domain::scoring::peer_term::{OwnRun, TermPool};
use crate::domain::scoring::result::{ClassResult, SheetMark, StudentNumber, TermResult};
use crate::domain::scoring::uncounted::{Why, uncounted};
use crate::domain::scoring::voices::{Blend, Provisional};

/// Class and index in it of a student.
pub(super) fn find(term: &TermInput, no: &str) -> Option<(usize, usize)> {
    term.classes.iter().enumerate().find_map(|(at, class)| {
        let student = class.students.binary_search_by(|s| s.no.as_str().cmp(no));
        student.ok().map(|student| (at, student))
    })
}

/// The whole explanation; none for an unknown student.
pub(super) fn explain(
    rubric: &Rubric,
    term: &TermInput,
    result: &TermResult,
    no: &str,
) -> Option<String> {
    let (at, student) = find(term, no)?;
    let (class, computed) = (term.classes.get(at)?, result.classes.get(at)?);
    let name = class.students.get(student).map_or("", |s| &s.name);
    let mut page = Page::default();
    page.line(format_args!("{no} {name}, class {}", class.code));
    for (at, round) in term.rounds.iter().enumerate() {
        let own = computed.rounds.get(at)?.students.get(student)?;
        page.line(format_args!("\n== Round {round}"));
        page.marks(class, computed, at, student);
        page.own_run(rubric, class, &own.peer);
        page.uncounted(rubric, class, computed, at, student);
        page.number(rubric, &own.number);
    }
    page.line(format_args!(
        "\n== Term: one computation over all votes of its rounds"
    ));
    let own = computed.term.get(student)?;
    page.term_pool(rubric, &own.peer);
    page.number(rubric, &own.number);
    Some(page.text)
}

#[derive(Default)]
struct Page {
    text: String,
}

fn digits(number: f64) -> String {
    let mut text = String::new();
    push_digits(&mut text, number);
    text
}

fn maybe(number: Option<f64>) -> String {
    number.map_or_else(|| "none".to_owned(), digits)
}

impl Page {
    fn line(&mut self, line: std::fmt::Arguments<'_>) {
        // Writing to a String cannot fail.
        let _ = writeln!(self.text, "{line}");
    }

    /// Sections 1 and 3: the sheets about the student.
    fn marks(&mut self, class: &ClassInput, computed: &ClassResult, round: usize, student: usize) {
        let Some(round) = computed.rounds.get(round) else {
            return;
        };
        self.line(format_args!(
            "Marks: of each sheet, the weighted mean of its answered questions in stars"
        ));
        for (source, sheets) in Source::ALL.into_iter().zip(&round.heard) {
            for sheet in sheets.iter().filter(|sheet| ix(sheet.ratee) == student) {
                let who = rater(class, source, sheet);
                let teacher = class.teachers.get(ix(sheet.rater));
                let role = teacher.filter(|_| source == Source::Teacher);
                let weight = role.map_or(String::new(), |t| {
                    format!(", weight {} by role", t.weight())
                });
                let mark = maybe(sheet.mark);
                let name = source.name();
                self.line(format_args!("  {name} {who}: {mark}{weight}"));
            }
        }
    }

    /// Section 2.
    fn own_run(&mut self, rubric: &Rubric, class: &ClassInput, run: &OwnRun) {
        self.line(format_args!(
            "Peer score: computed without the marks that this student gave"
        ));
        let Some(facts) = run.facts else {
            self.line(format_args!(
                "  no such mark in the class: peers are not heard"
            ));
            return;
        };
        let s = rubric.peer.ratee_prior;
        self.line(format_args!(
            "  g0 = {} is the mean of all marks",
            digits(facts.g0)
        ));
        for mark in &run.marks {
            let who = class.students.get(ix(mark.rater)).map_or("", |s| &s.no);
            self.line(format_args!(
                "  {who}: mark {} − leniency {} = {}, after the clamp {}, weight {}",
                digits(mark.y),
                digits(mark.leniency),
                digits(mark.corrected),
                digits(mark.clamped),
                digits(mark.weight),
            ));
        }
        if let Some(median) = run.median {
            let clamp = digits(rubric.peer.clamp);
            let median = digits(median);
            self.line(format_args!(
                "  clamp: at most {clamp} from their median {median}"
            ));
        }
        self.pool(&run.pool, s);
        self.line(format_args!(
            "  s² = {}, df = {}, SE = {}",
            digits(facts.s2),
            digits(facts.df),
            maybe(run.se)
        ));
        for (dimension, pool) in rubric.dimensions.iter().zip(&run.dimensions) {
            self.line(format_args!(
                "  {}: peer score {}, g1 {}",
                dimension.id,
                maybe(pool.score(s)),
                maybe(pool.g1())
            ));
        }
    }

    fn pool(&mut self, pool: &Pool, s: f64) {
        self.line(format_args!(
            "  g1 = {} is the mean of all corrected marks",
            maybe(pool.g1())
        ));
        self.line(format_args!(
            "  peer score = ({} + {} · g1) / ({} + {}) = {}, cut to 1…5: {}",
            digits(pool.own_sum),
            digits(s),
            digits(pool.own_weight),
            digits(s),
            maybe(pool.raw(s)),
            maybe(pool.score(s))
        ));
    }

    /// Section 4, term: the pool of all rounds.
    fn term_pool(&mut self, rubric: &Rubric, peer: &TermPool) {
        self.line(format_args!(
            "Peer score: all corrected and clamped marks of the rounds pooled"
        ));
        self.pool(&peer.pool, rubric.peer.ratee_prior);
        self.line(format_args!("  SE = {}", maybe(peer.se)));
    }

    fn uncounted(
        &mut self,
        rubric: &Rubric,
        class: &ClassInput,
        computed: &ClassResult,
        round: usize,
        student: usize,
    ) {
        for vote in uncounted(&rubric.weights, class, computed, round, student) {
            let sheet = SheetMark {
                ratee: 0,
                rater: vote.rater,
                mark: None,
            };
            let who = rater(class, vote.source, &sheet);
            let name = vote.source.name();
            let why = match vote.why {
                Why::NothingSeen => "no mark: 没看见 throughout".to_owned(),
                Why::WeightZero => "shown, not counted: the source has weight 0".to_owned(),
                Why::Flat { weight } => format!(
                    "counts {}: one answer throughout at an end of the scale",
                    digits(weight)
                ),
                Why::Clamped { from, to } => {
                    format!("far from the others: {} → {}", digits(from), digits(to))
                }
            };
            self.line(format_args!("Not counted in full: {name} {who}, {why}"));
        }
    }

    /// Section 4.
    fn number(&mut self, rubric: &Rubric, number: &StudentNumber) {
        let count = number.blend.count();
        self.line(format_args!("Voices: {count} of {}", number.voices_of));
        self.blend(&number.blend);
        if let Some(score) = number.blend.score {
            let all = digits(points(score));
            self.line(format_args!(
                "  points = 25 (score − 1) = {all}, shown {}",
                shown(score)
            ));
        }
        self.line(format_args!("  SE of the score = {}", maybe(number.se)));
        let why = match number.provisional {
            None => "counts in rankings",
            Some(Provisional::NoScore) => "provisional: no voice at all",
            Some(Provisional::NoTeacher) => {
                "provisional: teachers are heard in the class, not here"
            }
            Some(Provisional::FewVoicesHeard) => "provisional: voices heard weigh less than .40",
            Some(Provisional::FewVoicesPresent) => {
                "provisional: voices present weigh less than .60 of those heard"
            }
        };
        self.line(format_args!("  {why}"));
        for (dimension, blend) in rubric.dimensions.iter().zip(&number.dimensions) {
            self.line(format_args!("{} {}", dimension.id, dimension.name));
            self.blend(blend);
        }
    }

    fn blend(&mut self, blend: &Blend<4>) {
        for (source, voice) in Source::ALL.into_iter().zip(&blend.voices) {
            let name = source.name();
            let Some(mean) = voice.group_mean.filter(|_| voice.weight > 0.0) else {
                let said = maybe(voice.said);
                self.line(format_args!("  {name}: {said}, takes no part"));
                continue;
            };
            let (weight, mean) = (digits(voice.weight), digits(mean));
            match voice.said {
                Some(said) => self.line(format_args!(
                    "  {name}: {} × weight {weight} (class mean {mean})",
                    digits(said)
                )),
                None => self.line(format_args!(
                    "  {name}: missing, filled with {mean} + d/2 → {} × weight {weight}",
                    maybe(voice.used)
                )),
            }
        }
        let shift = digits(blend.shift);
        self.line(format_args!(
            "  d = {shift}, score = {}",
            maybe(blend.score)
        ));
    }
}

fn rater<'c>(class: &'c ClassInput, source: Source, sheet: &SheetMark) -> &'c str {
    let at = ix(sheet.rater);
    let id = match source {
        Source::SelfRating | Source::Peer => class.students.get(at).map(|s| &s.no),
        Source::Teacher => class.teachers.get(at).map(|t| &t.login),
        Source::Parent => class.families.get(at),
    };
    id.map_or("", String::as_str)
}
