//! How many of each class have taken part in a round, without a name and without an answer. Used by the API; the
//! counting is that of scoring.md 5: the own sheet and every assigned classmate's.

use std::collections::HashSet;

use super::{Acted, rounds::state_of};
use crate::{
    domain::{
        actor::{Actor, Call},
        ids::ClassId,
        refusal::Refusal,
        round::RoundState,
        rubric::Source,
    },
    storage::{
        Db, rounds,
        rounds::{RoundClassRow, RoundRow},
        sheets, students,
    },
};

/// One class's counts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turnout {
    pub class: ClassId,
    pub code: String,
    pub grade: i32,
    pub enrolled: usize,
    pub excused: usize,
    /// Children not excused with their own sheet and all assigned ones handed in.
    pub done: usize,
    /// Children not excused with at least one sheet of their own.
    pub begun: usize,
    /// Children about whom a family said something.
    pub families: usize,
    /// Children about whom a teacher said something.
    pub by_teachers: usize,
}

/// The classes of a round that the caller may count: a teacher's own, for the office all.
///
/// # Errors
/// `Forbidden` for a child of a class that takes part, `NotFound` for everybody else.
pub fn participation(db: &mut Db, call: &Call, round: &str) -> Acted<Vec<Turnout>> {
    let round = rounds::get(db, &call.school, round)?;
    let parts = rounds::classes_of(db, &call.school, &round.id)?;
    let draft = state_of(&round)? == RoundState::Draft;
    let mine: Vec<RoundClassRow> = match &call.actor {
        Actor::Office(_) | Actor::System => parts,
        Actor::Teacher { teaches, .. } => among(parts, teaches),
        Actor::Student { class, .. } | Actor::Monitor { class, .. } => {
            let own = among(parts, std::slice::from_ref(class));
            let inside = !draft && !own.is_empty();
            let why = if inside {
                Refusal::Forbidden
            } else {
                Refusal::NotFound
            };
            return Err(why.into());
        }
        Actor::Family { .. } | Actor::Screen { .. } => Vec::new(),
    };
    let runs_school = call.actor.run_school().is_ok();
    if !runs_school && (draft || mine.is_empty()) {
        return Err(Refusal::NotFound.into());
    }
    let away = rounds::excused(db, &call.school, &round.id)?;
    let away: HashSet<String> = away.into_iter().map(|row| row.student_id).collect();
    mine.iter()
        .map(|part| turnout(db, call, &round, part, &away))
        .collect()
}

fn among(parts: Vec<RoundClassRow>, classes: &[ClassId]) -> Vec<RoundClassRow> {
    let own = |part: &RoundClassRow| classes.iter().any(|c| c.as_str() == part.class_id);
    parts.into_iter().filter(own).collect()
}

fn turnout(
    db: &mut Db,
    call: &Call,
    round: &RoundRow,
    part: &RoundClassRow,
    away: &HashSet<String>,
) -> Acted<Turnout> {
    let class = ClassId::new(part.class_id.clone());
    let permit = call.actor.see_class(&class)?;
    let on = if round.closed_at.is_some() {
        call.today.min(round.ends_on)
    } else {
        call.today
    };
    let children: Vec<String> = students::of_class(db, &permit, &call.school, on)?
        .into_iter()
        .map(|child| child.id)
        .collect();
    let mut open: HashSet<&str> = HashSet::new();
    let pairs = rounds::assignments_among(db, &permit, &call.school, &round.id, &children)?;
    let said: HashSet<(String, String, String)> =
        sheets::answered(db, &call.school, &round.id, &class)?
            .into_iter()
            .map(|(card, _)| card)
            .collect();
    let has = |source: Source, rater: &str, ratee: &str| {
        said.contains(&(source.name().to_owned(), rater.to_owned(), ratee.to_owned()))
    };
    for child in &children {
        if !has(Source::SelfRating, child, child) {
            open.insert(child);
        }
    }
    for pair in &pairs {
        if !has(Source::Peer, &pair.rater_id, &pair.ratee_id) {
            open.insert(&pair.rater_id);
        }
    }
    let spoke: HashSet<&str> = said.iter().map(|(_, rater, _)| rater.as_str()).collect();
    let about = |source: Source| -> HashSet<&str> {
        let of = said.iter().filter(|(by, ..)| by == source.name());
        of.map(|(_, _, ratee)| ratee.as_str()).collect()
    };
    let (parents, teachers) = (about(Source::Parent), about(Source::Teacher));
    let count = |wanted: &dyn Fn(&str) -> bool| children.iter().filter(|c| wanted(c)).count();
    Ok(Turnout {
        code: part.code.clone(),
        grade: part.grade,
        enrolled: children.len(),
        excused: count(&|c| away.contains(c)),
        done: count(&|c| !away.contains(c) && !open.contains(c)),
        begun: count(&|c| !away.contains(c) && spoke.contains(c)),
        families: count(&|c| parents.contains(c)),
        by_teachers: count(&|c| teachers.contains(c)),
        class,
    })
}
