//! The explanation page from a published row: every number on it stands in the publication, nothing is computed again.

use super::{
    explain::{Steps, choices, rule_words},
    sheets_view, words,
};
use crate::{
    domain::{
        published::{Number, PublishedStudent, VoiceStep},
        rubric::{Rubric, SOURCES, Source},
        scoring::rank::HALF_WIDTH,
    },
    screens::{
        explain::{self, DimensionRow, Explanation, Note, PeerMark, PeerStep, VoiceRow},
        explain_digits::{fixed, weight},
        explain_plot::voice_bar,
        say,
    },
    web::visit::Visit,
};

/// The page.
pub fn view(visit: &Visit, steps: &Steps) -> Explanation {
    let number = steps.period.number(&steps.row);
    let rubric = &steps.rule.rubric;
    let (rule_date, rubric_version) = rule_words(visit, &steps.rule);
    let whole_term = steps.period.whole_term;
    Explanation {
        student_id: steps.student.to_string(),
        student_name: steps.name.clone(),
        class_id: steps.class.to_string(),
        class_name: steps.class_name.clone(),
        round_id: steps.period.value().to_owned(),
        round_name: match whole_term {
            true => say(visit.lang, "teacher-term", &[]),
            false => steps.period.round.name.clone(),
        },
        rule_date,
        rubric_version,
        period: if whole_term { "term" } else { "round" },
        head: head(number),
        // The marks belong to a round; a term pools those of all its rounds.
        peers: if whole_term {
            None
        } else {
            peers(steps, rubric)
        },
        voices: voices(rubric, number),
        sum: number.score.map(|x| fixed(x, 3)),
        dimensions: dimensions(rubric, number),
        notes: notes(steps, rubric, number),
        precision: number.se.map(precision),
        rounds: choices(visit, steps),
        corrections: match whole_term {
            true => Vec::new(),
            false => sheets_view::lines(visit, &steps.sheets),
        },
        revision: u32::try_from(steps.period.round.revision).unwrap_or(1),
    }
}

fn head(number: &Number) -> Option<explain::Head> {
    let (heard, of) = number.heard_of;
    let count = |n: usize| u8::try_from(n).unwrap_or(4);
    let score = number.score?;
    Some(explain::head(
        score,
        count(heard),
        count(of),
        number.provisional.is_some(),
    ))
}

/// Points within which two children cannot be told apart: the half width of the interval, 1.39 SE, in points.
fn precision(se: f64) -> String {
    let whole = fixed(25.0 * HALF_WIDTH * se, 0);
    if whole == "0" { "1".to_owned() } else { whole }
}

fn peers(steps: &Steps, rubric: &Rubric) -> Option<PeerStep> {
    let peer = &steps.row.peer;
    let (g1, score) = (peer.g1?, peer.score?);
    let marks: Vec<PeerMark> = peer
        .marks
        .iter()
        .map(|m| PeerMark {
            written: m.y,
            leniency: m.leniency,
            corrected: m.corrected,
            clamped: m.clamped,
            weight: m.weight,
            flat: m.weight < 1.0,
        })
        .collect();
    let unseen = words::count(steps.unseen);
    Some(explain::peer_step(
        &marks,
        g1,
        rubric.peer.ratee_prior,
        score,
        peer.se,
        unseen,
    ))
}

/// Whether a voice was heard, filled, dropped (nobody in the class has it) or only shown.
fn state(weight_in_rubric: f64, voice: &VoiceStep) -> &'static str {
    match (voice.said, voice.used) {
        _ if weight_in_rubric <= 0.0 => "unweighted",
        _ if voice.weight <= 0.0 => "dropped",
        (Some(_), _) => "heard",
        (None, Some(_)) => "filled",
        (None, None) => "dropped",
    }
}

fn stated<'a>(
    rubric: &Rubric,
    number: &'a Number,
) -> [(Source, &'static str, &'a VoiceStep); SOURCES] {
    let [a, b, c, d] = &number.voices;
    let of = |source: Source, voice: &'a VoiceStep| {
        let weight = rubric
            .weights
            .get(source.position())
            .copied()
            .unwrap_or_default();
        (source, state(weight, voice), voice)
    };
    [
        of(Source::SelfRating, a),
        of(Source::Peer, b),
        of(Source::Teacher, c),
        of(Source::Parent, d),
    ]
}

fn voices(rubric: &Rubric, number: &Number) -> Vec<VoiceRow> {
    let row = |(source, state, voice): (Source, &'static str, &VoiceStep)| {
        let mark = match state {
            "heard" | "filled" => voice.used,
            "unweighted" => voice.said,
            _ => None,
        };
        explain::voice_row(source.name(), state, mark, voice.mean, voice.weight)
    };
    stated(rubric, number).into_iter().map(row).collect()
}

fn dimensions(rubric: &Rubric, number: &Number) -> Vec<DimensionRow> {
    let both = rubric.dimensions.iter().zip(&number.dimensions);
    both.map(|(star, step)| DimensionRow {
        id: star.id.clone(),
        name: star.name.clone(),
        stars: step.score.map(|x| fixed(x, 2)),
        voices: step.said.map(|said| said.map(|x| fixed(x, 2))),
        bar: voice_bar(step.score, None),
    })
    .collect()
}

fn notes(steps: &Steps, rubric: &Rubric, number: &Number) -> Vec<Note> {
    let mut notes = Vec::new();
    if !steps.period.whole_term {
        peer_notes(&mut notes, &steps.row, rubric, steps.unseen);
    }
    for (source, state, voice) in stated(rubric, number) {
        let value = voice.used.map(|x| fixed(x, 2)).unwrap_or_default();
        match state {
            "filled" | "dropped" | "unweighted" => notes.push(Note {
                kind: state,
                count: 0,
                value,
                voice: source.name(),
            }),
            _ => {}
        }
    }
    let rest = [
        (
            "paper",
            steps.paper,
            steps.paper > 0 && !steps.period.whole_term,
        ),
        ("excused", 0, steps.excused && !steps.period.whole_term),
        ("provisional", 0, number.provisional.is_some()),
    ];
    notes.extend(
        rest.into_iter()
            .filter(|(.., told)| *told)
            .map(|(kind, n, _)| note(kind, n, String::new())),
    );
    notes
}

fn peer_notes(notes: &mut Vec<Note>, row: &PublishedStudent, rubric: &Rubric, unseen: usize) {
    let why = |why: &str| {
        row.discounted
            .iter()
            .filter(|d| d.source == "peer" && d.why == why)
            .count()
    };
    let (flat, clamped, marks) = (why("flat"), why("clamped"), row.peer.marks.len());
    let told = [
        (marks > 0, "peers-counted", marks, String::new()),
        (marks == 0, "no-peers", 0, String::new()),
        (flat > 0, "flat", flat, weight(rubric.peer.low_weight)),
        (clamped > 0, "clamped", clamped, weight(rubric.peer.clamp)),
        (unseen > 0, "unseen", unseen, String::new()),
    ];
    let told = told.into_iter().filter(|(told, ..)| *told);
    notes.extend(told.map(|(_, kind, n, value)| note(kind, n, value)));
}

fn note(kind: &'static str, count: usize, value: String) -> Note {
    Note {
        kind,
        count: words::count(count),
        value,
        voice: "",
    }
}
