//! A class in words for its homeroom teacher: who is known for what, hidden talents, self-view beside the others' view,
//! agreement, gaps between groups. Rests on what was published and on what was told in the term; computes no number of
//! any child.

use std::collections::HashMap;

use super::{
    Acted, class_desk,
    class_heard::Term,
    published_class::{self, ListedChild, Period},
    seating,
};
use crate::{
    domain::{
        actor::{Call, ClassPermit},
        ids::ClassId,
        portrait::{
            gaps::{Gap, gap},
            hidden::Seen,
            outlook::{Outlook, outlook},
            strengths::known_for,
        },
        roster_plan::Sex,
        rubric::{Rubric, Source},
        seating::Plan,
    },
    storage::{Db, rounds::RoundRow, students, students::StudentRow},
};

/// Seats of a class are looked at in so many parts.
const PARTS: usize = 3;
/// Voices that are looked at for gaps.
const VOICES: [Source; 3] = [Source::Teacher, Source::Peer, Source::Parent];

/// Everything that the page tells. Children are positions in `children`, stars positions in the rubric.
#[derive(Clone, Debug)]
pub struct Portrait {
    pub published: Vec<RoundRow>,
    pub period: Period,
    pub rubric: Rubric,
    pub children: Vec<ListedChild>,
    /// By star.
    pub known_for: Vec<Vec<usize>>,
    /// Moments and praises of the term, by child and star.
    pub told: HashMap<(usize, usize), usize>,
    pub hidden: Vec<(usize, usize, Seen)>,
    pub outlooks: Vec<(usize, Outlook)>,
    /// Krippendorff's α of the class's peer sheets in the period's round.
    pub agreement: Option<f64>,
    pub gaps: Vec<GroupGap>,
}

/// A part of the class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Group {
    Boys,
    /// Children by their seat numbers, a third of the class each: first and last number.
    Seats(i32, i32),
    /// By the seating plan: a third of the lines, from the front; and of the places of a line, from the left.
    Lines(i32, i32),
    Places(i32, i32),
}

/// How far a voice sees a group above the rest of the class.
#[derive(Clone, Debug)]
pub struct GroupGap {
    pub group: Group,
    pub source: Source,
    pub gap: Gap,
}

/// A class's name and, from its first publication on, its portrait. `asked`: a round's id, the word for the term, or
/// nothing for the newest round.
///
/// # Errors
/// `Forbidden` for whoever does not lead the class; `NotFound` for a round that is not published.
pub fn class_portrait(
    db: &mut Db,
    call: &Call,
    class: &ClassId,
    asked: &str,
) -> Acted<(String, Option<Portrait>)> {
    let permit = call.actor.lead_class(class)?;
    let row = students::class(db, &call.school, class)?;
    let name = class_desk::name(&row, call.today);
    let published = published_class::published_rounds(db, call, class)?;
    if published.is_empty() {
        return Ok((name, None));
    }
    let portrait = look(db, &permit, call, published, asked)?;
    Ok((name, Some(portrait)))
}

fn look(
    db: &mut Db,
    permit: &ClassPermit,
    call: &Call,
    published: Vec<RoundRow>,
    asked: &str,
) -> Acted<Portrait> {
    let period = published_class::period(&published, asked)?;
    let rubric = published_class::rule(db, call, &period.round)?.rubric;
    let mut children = published_class::children(db, permit, call, &period.round)?;
    children.sort_by_key(|c| (c.child.seat.unwrap_or(i32::MAX), c.child.student_no.clone()));
    let of_class = published_class::of_class(db, permit, call, &period.round.id)?;
    let ids: Vec<String> = children.iter().map(|c| c.child.id.clone()).collect();
    let term = Term {
        permit,
        id: &period.round.term_id,
        published: &published,
        rubric: &rubric,
    };
    let heard = term.heard(db, call, &ids)?;
    let scores: Vec<Vec<Option<f64>>> = children
        .iter()
        .map(|c| {
            period
                .number(&c.results)
                .dimensions
                .iter()
                .map(|d| d.score)
                .collect()
        })
        .collect();
    let here: Vec<StudentRow> = children.iter().map(|c| c.child.clone()).collect();
    let plan = seating::plan(db, call, permit, &here)?;
    Ok(Portrait {
        known_for: known_for(&scores, rubric.dimensions.len()),
        hidden: heard.hidden(),
        told: heard.told,
        outlooks: outlooks(&children, &period),
        agreement: of_class.agreement,
        gaps: gaps(&children, &period, &plan),
        published,
        period,
        rubric,
        children,
    })
}

fn outlooks(children: &[ListedChild], period: &Period) -> Vec<(usize, Outlook)> {
    let of =
        |(at, child): (usize, &ListedChild)| Some((at, outlook(period.number(&child.results))?));
    children.iter().enumerate().filter_map(of).collect()
}

/// The gaps that are large enough to tell apart from chance or not; groups too small for one are left out.
fn gaps(children: &[ListedChild], period: &Period, plan: &Plan) -> Vec<GroupGap> {
    let mut found = Vec::new();
    let groups = groups(children, plan);
    let comparisons = groups.len() * VOICES.len();
    for (group, inside) in groups {
        for source in VOICES {
            let (mut group_marks, mut rest) = (Vec::new(), Vec::new());
            for (child, inside) in children.iter().zip(&inside) {
                let voices = &period.number(&child.results).voices;
                let said = voices.get(source.position()).and_then(|v| v.said);
                match (said, inside) {
                    (Some(said), Some(true)) => group_marks.push(said),
                    (Some(said), Some(false)) => rest.push(said),
                    _ => {}
                }
            }
            let gap = gap(&group_marks, &rest, comparisons);
            found.extend(gap.map(|gap| GroupGap { group, source, gap }));
        }
    }
    found
}

/// Each group with who is inside, who is in the rest and who in neither; where people sit by the plan, or without one by
/// their numbers.
fn groups(children: &[ListedChild], plan: &Plan) -> Vec<(Group, Vec<Option<bool>>)> {
    let sex = |child: &ListedChild| Sex::parse(&child.child.sex).map(|sex| sex == Sex::Male);
    let mut groups = vec![(Group::Boys, children.iter().map(sex).collect())];
    let seated = |child: &ListedChild| {
        let mut seats = plan.0.iter();
        let ((line, place), _) = seats.find(|(_, id)| **id == child.child.id)?;
        Some((i32::try_from(*line).ok()?, i32::try_from(*place).ok()?))
    };
    let mut part = |group: fn(i32, i32) -> Group, of: &dyn Fn(&ListedChild) -> Option<i32>| {
        groups.extend(thirds(children, of).into_iter().map(|(from, to)| {
            let inside = |child| of(child).map(|at| (from..=to).contains(&at));
            (group(from, to), children.iter().map(inside).collect())
        }));
    };
    if plan.0.is_empty() {
        part(Group::Seats, &|child| child.child.seat);
    } else {
        part(Group::Lines, &|child| Some(seated(child)?.0));
        part(Group::Places, &|child| Some(seated(child)?.1));
    }
    groups
}

/// First and last of each third of the numbers that there are.
fn thirds(children: &[ListedChild], of: &dyn Fn(&ListedChild) -> Option<i32>) -> Vec<(i32, i32)> {
    let mut numbers: Vec<i32> = children.iter().filter_map(of).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let parts = numbers.chunks(numbers.len().div_ceil(PARTS).max(1));
    let ends = parts.filter_map(|part| Some((*part.first()?, *part.last()?)));
    ends.collect()
}
