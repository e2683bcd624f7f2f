//! What a child and its family see beside its results: released moments, thank-yous, the goal, star cards. None of it
//! is part of a score. Used by the child's own page and the family's card.

use std::collections::HashMap;

use super::{
    Acted,
    class_room::current_term,
    goals::stage,
    moments::{nameless, ordered, teachers},
    star_cards,
    star_cards::OwnCards,
};
use crate::{
    domain::{
        actor::{Call, ChildPermit},
        goals::Stage,
    },
    storage::{
        Db, goals,
        goals::GoalRow,
        moments::{self, MomentRow},
    },
};

/// See the file's head.
#[derive(Clone, Debug)]
pub struct ChildDeeds {
    /// Newest month first; no author but a teacher.
    pub moments: Vec<MomentRow>,
    /// Names of the teachers who wrote, by id.
    pub teachers: HashMap<String, String>,
    /// How the child said thank you, by moment.
    pub thanks: HashMap<String, String>,
    /// The goal that is on, else the one reached last.
    pub goal: Option<GoalRow>,
    /// By the dimensions given.
    pub cards: OwnCards,
}

impl ChildDeeds {
    /// How far the goal is.
    pub fn stage(&self) -> Option<Stage> {
        self.goal.as_ref().map(stage)
    }
}

/// Loads them for the term of today; `dimensions` are the rubric's, in their order.
pub fn load(
    db: &mut Db,
    call: &Call,
    permit: &ChildPermit,
    dimensions: &[&str],
) -> Acted<ChildDeeds> {
    let term = current_term(db, call)?.id;
    let rows = moments::released_of(db, permit, &call.school, &term)?;
    let rows: Vec<MomentRow> = ordered(rows.into_iter().map(nameless).collect());
    let ids: Vec<String> = rows.iter().map(|row| row.id.clone()).collect();
    let thanks = moments::thanks_for(db, &call.school, &ids)?;
    let found = goals::of_child(db, permit, &call.school, &term)?;
    let on = found.iter().find(|row| stage(row).is_on());
    Ok(ChildDeeds {
        goal: on.or(found.first()).cloned(),
        teachers: teachers(db, call, &rows)?,
        thanks: thanks.into_iter().map(|(id, t)| (id, t.kind)).collect(),
        cards: star_cards::own(db, call, permit, dimensions)?,
        moments: rows,
    })
}
