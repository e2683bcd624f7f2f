//! Appeals as staff pages show them. Used by the homeroom teacher's page and the office's.

use super::{teacher::words, visit::Visit};
use crate::{
    actions::appeal_list::AppealSeen,
    domain::{
        appeal::{ABOUT, By, State, days_left},
        rubric::Source,
    },
    screens::teacher_appeals::{AppealCard, ProposalLine, Said},
};

/// One card, for `reader`.
pub fn card(visit: &Visit, seen: &AppealSeen, reader: &str) -> AppealCard {
    let row = &seen.row;
    let left = days_left(row.filed_on, visit.origin.today());
    let page = |what: &str| match &row.student_id {
        Some(id) => format!("/t/students/{id}/{what}?round={}", seen.round.id),
        None => String::new(),
    };
    AppealCard {
        id: row.id.clone(),
        by: By::parse(&row.by_kind).map_or("", By::key),
        child: seen.child.clone(),
        class_name: seen.class_name.clone(),
        round: seen.round.name.clone(),
        about: ABOUT
            .into_iter()
            .find(|a| *a == row.about)
            .unwrap_or_default(),
        star: seen.star.clone(),
        words: row.words.clone(),
        date: words::day(visit.lang, row.filed_on),
        days: u32::try_from(left.abs()).unwrap_or(0),
        over: left < 0,
        state: state(seen).key(),
        proposal: proposal(visit, seen),
        // One that was taken back has nobody's answer.
        answer: row
            .decided_at
            .zip(row.answer.clone())
            .map(|(at, words)| Said {
                words,
                by: seen.decided_by.clone(),
                at: words::day_at(visit, at),
            }),
        explanation: page("explanation"),
        sheets: page("sheets"),
        own: row.proposed_by.as_deref() == Some(reader),
    }
}

/// How far it is.
pub fn state(seen: &AppealSeen) -> State {
    State::parse(&seen.row.state).unwrap_or(State::Filed)
}

/// Cards of decided appeals, the newest first, at most twenty.
pub fn decided(visit: &Visit, all: &[AppealSeen], reader: &str) -> Vec<AppealCard> {
    let mut found: Vec<&AppealSeen> = all.iter().filter(|a| !state(a).is_open()).collect();
    found.sort_by_key(|a| std::cmp::Reverse(a.row.decided_at));
    let newest = found.into_iter().take(20);
    newest.map(|a| card(visit, a, reader)).collect()
}

fn proposal(visit: &Visit, seen: &AppealSeen) -> Option<ProposalLine> {
    // Words for the class are the appeal itself.
    let at = seen.row.proposed_at?;
    if seen.row.by_kind == By::Class.key() {
        return None;
    }
    let (text, after) = seen.replaced.clone().unwrap_or_default();
    let kind = match (seen.voice, &seen.replaced) {
        (None, _) => "explain",
        (Some(_), None) => "out",
        (Some(_), Some(_)) => "override",
    };
    Some(ProposalLine {
        kind,
        voice: seen.voice.map_or("", Source::name),
        said: Said {
            words: seen.row.proposal_words.clone().unwrap_or_default(),
            by: seen.proposed_by.clone(),
            at: words::day_at(visit, at),
        },
        text,
        after,
    })
}
