//! From what the computation gave to the document that is stored.

use super::{
    ComponentStep, DimensionStep, Discounted, Number, PeerMark, PeerSteps, PublishedClass,
    PublishedRater, PublishedStudent, RankedClass, Ranking, ShrunkStep, VoiceStep,
};
use crate::domain::{
    rubric::{COMPONENTS, Rubric, SOURCES},
    scoring::{
        input::{ClassInput, TermInput},
        number::{ix, shown},
        peer_term::{OwnRun, WholeRun},
        result::{ClassResult, ClassRoundResult, StudentNumber, TermResult},
        school::{ClassRow, Standing},
        signals::{Flag, RaterSignals},
        uncounted::{Why, uncounted},
        voices::{Blend, Provisional},
    },
};

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

fn raters(class: &ClassInput, round: &ClassRoundResult) -> Vec<PublishedRater> {
    let row = |r: &RaterSignals| {
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
    class: &ClassInput,
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
        let mut of_round = rows(grade.grade, &codes, round);
        if let Some(round) = grade.rounds.get(last) {
            add_teachers(&mut of_round, &round.teachers);
        }
        ranking.round.extend(of_round);
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

/// Each class's marks by teachers beside it, by what is left of them without leniency.
fn add_teachers(rows: &mut [RankedClass], run: &WholeRun) {
    for (mark, _) in &run.residuals {
        let leniency = run.leniency.get(ix(mark.rater)).copied();
        if let Some(row) = rows.get_mut(ix(mark.ratee)) {
            row.teachers.push((mark.y, leniency.unwrap_or_default()));
        }
    }
    for row in rows {
        row.teachers.sort_by(|a, b| {
            (a.0 - a.1)
                .total_cmp(&(b.0 - b.1))
                .then(a.0.total_cmp(&b.0))
        });
    }
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
        teachers: Vec::new(),
    }
}
