//! What would help a class most, in the words of its page, and how far the running round is. For those who teach the
//! class and the office.

use super::ranking_class::Share;
use crate::{
    actions::{
        Acted,
        round_progress::{self, small},
        session::Seen,
    },
    domain::{
        actor::Actor,
        class_help::{Help, ItemShare, help, missing},
        ids::ClassId,
        published::RankedClass,
    },
    screens::{
        explain_digits::fixed,
        ranking::{HelpLine, LiveRound},
    },
    storage::{Db, rounds},
};

/// The round that runs for the class, for those who may see it.
pub fn live(db: &mut Db, seen: &Seen, class: &ClassId) -> Acted<Option<LiveRound>> {
    let call = &seen.call;
    if call.actor.see_class(class).is_err() {
        return Ok(None);
    }
    let open = rounds::all(db, &call.school)?.into_iter().rev();
    let Some(round) = open.into_iter().find(|round| round.state == "open") else {
        return Ok(None);
    };
    // The machine counts: whoever teaches one class may read no other's sheets.
    let permit = Actor::System.run_school()?;
    let parts = round_progress::of_round(db, &permit, &call.school, &round, call.today)?;
    let part = parts.into_iter().find(|part| part.class == *class);
    Ok(part.map(|part| LiveRound {
        name: round.name,
        done: part.done,
        of: part.of,
        more: small(missing(size(part.done), size(part.of))),
    }))
}

fn size(count: u32) -> usize {
    usize::try_from(count).unwrap_or(0)
}

/// The lines of the page.
pub fn lines(row: &RankedClass, part: Option<(usize, usize)>, shares: &[Share]) -> Vec<HelpLine> {
    let share = |share: &Share| ItemShare {
        name: share.name.clone(),
        rate: share.rate(),
        weight: share.weight,
    };
    let shares: Vec<ItemShare> = shares.iter().map(share).collect();
    // Without the counts nobody is missing.
    help(row, part.unwrap_or((0, 0)), &shares)
        .into_iter()
        .map(line)
        .collect()
}

fn line(help: Help) -> HelpLine {
    let line = |kind: &str, more: usize, name: String, points: f64| HelpLine {
        kind: kind.to_owned(),
        more: small(more),
        name,
        points: fixed(points, 1),
    };
    match help {
        Help::Ranked { more } => line("ranked", more, String::new(), 0.0),
        Help::TakePart { more, points } => line("part", more, String::new(), points),
        Help::Item { name, points } => line("item", 0, name, points),
        Help::Voice(component) => line(
            &format!("voice_{}", component.name()),
            0,
            String::new(),
            0.0,
        ),
    }
}
