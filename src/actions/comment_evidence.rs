//! What was seen of a child this term, for whoever writes its term comment. What may go into the text is what child and
//! family may see themselves; the self-view beside the others' view is for the homeroom teacher and the office alone.

use std::collections::HashMap;

use super::{
    Acted,
    child_view::{self, ChildSight},
    class_room::current_term,
    goals::stage,
    moments::{nameless, ordered, teachers},
    published_class::{of_child, published_rounds},
};
use crate::{
    domain::{
        actor::{Call, ChildView},
        child_view::{level, own_and_others},
        goals::Stage,
        ids::{ClassId, StudentId},
        refusal::Refusal,
    },
    storage::{
        Db, goals,
        goals::GoalRow,
        moments::{self, MomentRow},
        praises,
    },
};

/// See the file's head.
#[derive(Clone, Debug)]
pub struct Evidence {
    pub sight: ChildSight,
    /// Released ones, newest month first; no author but a teacher.
    pub moments: Vec<MomentRow>,
    /// Names of the teachers who wrote them, by id.
    pub teachers: HashMap<String, String>,
    /// Dimensions with how often the child was praised for each, most first.
    pub praises: Vec<(String, u32)>,
    /// Goals that were confirmed, newest first.
    pub goals: Vec<GoalRow>,
    /// By the rubric's dimensions: the child's own word 1…n, and the word of all others together.
    pub views: Vec<(Option<u8>, Option<u8>)>,
}

/// Loads it for a child of a class that the caller leads.
///
/// # Errors
/// `NotFound` out of scope, `Forbidden` for a subject teacher.
pub fn load(db: &mut Db, call: &Call, class: &ClassId, child: &StudentId) -> Acted<Evidence> {
    let permit = call.actor.see_child(child, class)?;
    if permit.view() != ChildView::AllSteps {
        return Err(Refusal::Forbidden.into());
    }
    let term = current_term(db, call)?.id;
    let sight = child_view::load(db, call, &permit, class)?;
    let rows = moments::released_of(db, &permit, &call.school, &term)?;
    let moments = ordered(rows.into_iter().map(nameless).collect());
    let praised = praises::of_child(db, &permit, &call.school, &term)?;
    let mut goals = goals::of_child(db, &permit, &call.school, &term)?;
    goals.retain(|row| stage(row) == Stage::Reached);
    let newest = match published_rounds(db, call, class)?
        .into_iter()
        .find(|r| r.term_id == term)
    {
        Some(round) => of_child(db, call, &permit, &round, None)?,
        None => None,
    };
    let n = u8::try_from(sight.anchors.len()).unwrap_or(2);
    let word = |score: Option<f64>| score.map(|score| level(score, n));
    let views = newest.iter().flat_map(|(row, _)| &row.term.dimensions);
    let views = views.map(|step| {
        let (own, others) = own_and_others(sight.rubric.weights, step);
        (word(own), word(others))
    });
    Ok(Evidence {
        views: views.collect(),
        teachers: teachers(db, call, &moments)?,
        praises: counted(&praised),
        moments,
        goals,
        sight,
    })
}

fn counted(praised: &[String]) -> Vec<(String, u32)> {
    let mut counts: Vec<(String, u32)> = Vec::new();
    for star in praised {
        match counts.iter_mut().find(|(known, _)| known == star) {
            Some((_, n)) => *n += 1,
            None => counts.push((star.clone(), 1)),
        }
    }
    counts.sort_by(|(a, n), (b, m)| (m, a).cmp(&(n, b)));
    counts
}
