//! A shining point for everyone: for whom which star is proposed, for the homeroom teacher to write down. Reads what was
//! published of the term and who named what; stores nothing.

use std::collections::HashMap;

use super::{
    Acted, class_desk,
    class_heard::unspoken,
    published::read_class,
    published_class::{self, plain_no},
};
use crate::{
    domain::{
        actor::Call,
        badges::shining::{Child, Proposal, most, propose},
        ids::ClassId,
        published::PublishedStudent,
        rubric::Rubric,
    },
    storage::{Db, results, rounds::RoundRow, students::StudentRow},
};

/// The page.
#[derive(Debug)]
pub struct Shining {
    pub class_name: String,
    pub rubric: Rubric,
    pub children: Vec<(StudentRow, Proposal)>,
    /// Most children for one star.
    pub most: usize,
}

/// Proposals for the children of a class that the caller leads; none before a round of the term is published.
pub fn load(db: &mut Db, call: &Call, class: &ClassId) -> Acted<(String, Option<Shining>)> {
    let permit = call.actor.lead_class(class)?;
    let desk = class_desk::desk(db, call, class)?;
    let published = published_class::published_rounds(db, call, class)?;
    let Some(newest) = published.first().cloned() else {
        return Ok((desk.name, None));
    };
    let rubric = published_class::rule(db, call, &newest)?.rubric;
    let ids: Vec<String> = desk.children.iter().map(|c| c.id.clone()).collect();
    let hidden = unspoken(db, call, class, &rubric, (&newest.term_id, &ids))?;
    let mut terms: HashMap<String, PublishedStudent> = HashMap::new();
    let mut scores: HashMap<String, Vec<f64>> = HashMap::new();
    let of_term = |round: &&RoundRow| round.term_id == newest.term_id;
    // The newest first, so that scores run from the newest to the oldest.
    for round in published.iter().filter(of_term) {
        let Some(row) = results::class_results(db, &permit, &call.school, &round.id)? else {
            continue;
        };
        for student in read_class(&row)?.students {
            let no = plain_no(&student.no).to_owned();
            scores
                .entry(no.clone())
                .or_default()
                .extend(student.round.score);
            terms.entry(no).or_insert(student);
        }
    }
    let facts: Vec<Child> = desk
        .children
        .iter()
        .map(|child| {
            let term = terms.get(&child.student_no).map(|row| &row.term);
            Child {
                stars: term
                    .map(|term| term.dimensions.iter().map(|d| d.score).collect())
                    .unwrap_or_default(),
                rise: scores.get(&child.student_no).and_then(|all| rise(all)),
                hidden: hidden.get(&child.id).cloned().unwrap_or_default(),
            }
        })
        .collect();
    let stars = rubric.dimensions.len();
    let proposals = propose(&facts, stars);
    let name = desk.name.clone();
    let shining = Shining {
        class_name: desk.name,
        most: most(facts.len(), stars),
        children: desk.children.into_iter().zip(proposals).collect(),
        rubric,
    };
    Ok((name, Some(shining)))
}

/// Mean of the later half of scores above that of the earlier; they run from the newest to the oldest.
fn rise(scores: &[f64]) -> Option<f64> {
    let half = scores.len() / 2;
    let mean = |part: &[f64]| {
        let n = u32::try_from(part.len()).ok().filter(|n| *n > 0)?;
        Some(part.iter().sum::<f64>() / f64::from(n))
    };
    let (later, rest) = scores.split_at(half);
    let earlier = rest.get(rest.len() - half..)?;
    Some(mean(later)? - mean(earlier)?)
}
