//! The growth letter of a term: for the homeroom teacher those of the class, for a family its own child's. What stands
//! in it is read by the same functions as the child's own page and the family's card, so that paper never says more
//! than they do (product.md, rule 3).

use super::{
    Acted,
    child_deeds::{self, ChildDeeds},
    child_view::{self, ChildSight, Common, TeacherWords},
    class_desk,
    class_room::current_term,
    festivals,
    goals::stage,
    logs::{self, OwnLogs},
    term_comments::{self, Comments},
};
use crate::{
    domain::{
        actor::{Actor, Call, ChildPermit},
        goals::Stage,
        ids::{ClassId, StudentId},
        letter::{Chosen, Gap, Told, choose, gaps},
        moments::Teller,
        refusal::Refusal,
        term_comment::State,
    },
    storage::{
        Db, closings,
        festivals::{FestivalRow, PartRow},
        goals,
        goals::GoalRow,
        results::AwardRow,
        schools::TermRow,
        students,
        students::StudentRow,
        term_comments as stored_comments,
    },
};

/// What one child's letter is written from.
#[derive(Clone, Debug)]
pub struct ChildLetter {
    pub child: StudentRow,
    pub sight: ChildSight,
    /// Released moments and star cards.
    pub deeds: ChildDeeds,
    /// Which of the moments are told.
    pub chosen: Chosen,
    /// Goals of the term that were confirmed, newest first.
    pub reached: Vec<GoalRow>,
    /// The goal that the child is working on.
    pub next: Option<GoalRow>,
    pub logs: OwnLogs,
    /// Those of the term that child and family see and nobody doubts, newest first.
    pub awards: Vec<AwardRow>,
    pub festivals: Vec<(FestivalRow, PartRow)>,
    /// The term comment, once child and family may read it.
    pub comment: Option<TeacherWords>,
}

impl ChildLetter {
    /// Whether nothing of the term is told in it.
    pub fn is_bare(&self) -> bool {
        self.deeds.moments.is_empty()
            && self.reached.is_empty()
            && self.next.is_none()
            && self.logs.standings.is_empty()
            && self.awards.is_empty()
            && self.festivals.is_empty()
            && self.comment.is_none()
            && self.deeds.cards.earned.stars.iter().all(|n| *n == 0)
    }
}

/// A class's letters.
#[derive(Clone, Debug)]
pub struct Letters {
    pub class_name: String,
    pub term: TermRow,
    /// Families can open theirs.
    pub out: bool,
    /// By seat, each with how far its comment is.
    pub children: Vec<(ChildLetter, Option<State>)>,
}

impl Letters {
    /// What is missing in one of [`Self::children`].
    pub fn gaps((letter, written): &(ChildLetter, Option<State>)) -> Vec<Gap> {
        let shining = letter.chosen.shining.is_some();
        gaps(*written, letter.comment.is_some(), shining)
    }
}

/// Loads the letters of today's children of a class, or the one of `only`.
///
/// # Errors
/// `NotFound` out of scope and for a child of another class, `Forbidden` for a subject teacher.
pub fn of_class(
    db: &mut Db,
    call: &Call,
    class: &ClassId,
    only: Option<&StudentId>,
) -> Acted<Letters> {
    call.actor.lead_class(class)?;
    let mut found: Comments = term_comments::of_class(db, call, class)?;
    found
        .children
        .retain(|one| !one.left && only.is_none_or(|id| id.as_str() == one.child.id));
    if only.is_some() && found.children.is_empty() {
        return Err(Refusal::NotFound.into());
    }
    let mut common = child_view::common(db, call, class)?;
    let mut children = Vec::with_capacity(found.children.len());
    for about in &found.children {
        let id = StudentId::new(about.child.id.clone());
        let permit = call.actor.see_child(&id, class)?;
        let letter = letter(db, call, &permit, &mut common, &about.child)?;
        children.push((letter, about.state()));
    }
    Ok(Letters {
        out: found.released_at.is_some() || found.closed_at.is_some(),
        class_name: found.class_name,
        term: common.term,
        children,
    })
}

/// A family's letter, its class's name and the term.
pub type OwnLetter = (ChildLetter, String, TermRow);

/// Loads the letter of the family that asks.
///
/// # Errors
/// `NotFound` for anybody else, and before the class's are handed over.
pub fn own(db: &mut Db, call: &Call) -> Acted<OwnLetter> {
    let Actor::Family { student, class, .. } = &call.actor else {
        return Err(Refusal::NotFound.into());
    };
    let permit = call.actor.see_child(student, class)?;
    let mut common = child_view::common(db, call, class)?;
    if !is_out(db, call, class, &common.term.id)? {
        return Err(Refusal::NotFound.into());
    }
    let child = students::get(db, &permit, &call.school)?;
    let row = students::class(db, &call.school, class)?;
    let letter = letter(db, call, &permit, &mut common, &child)?;
    Ok((letter, class_desk::name(&row, call.today), common.term))
}

/// Whether families can open the class's letters: its comments are released, or its term is closed.
fn is_out(db: &mut Db, call: &Call, class: &ClassId, term: &str) -> Acted<bool> {
    if stored_comments::released_at(db, &call.school, term, class)?.is_some() {
        return Ok(true);
    }
    Ok(closings::standing(db, &call.school, term, class)?.is_some())
}

/// The same for the family that asks.
///
/// # Errors
/// `NotFound` for anybody else.
pub fn is_out_of(db: &mut Db, call: &Call) -> Acted<bool> {
    let Actor::Family { class, .. } = &call.actor else {
        return Err(Refusal::NotFound.into());
    };
    let term = current_term(db, call)?.id;
    is_out(db, call, class, &term)
}

fn letter(
    db: &mut Db,
    call: &Call,
    permit: &ChildPermit,
    common: &mut Common,
    child: &StudentRow,
) -> Acted<ChildLetter> {
    let sight = child_view::one_of(db, call, permit, common)?;
    let stars: Vec<&str> = sight
        .rubric
        .dimensions
        .iter()
        .map(|d| d.id.as_str())
        .collect();
    let deeds = child_deeds::load(db, call, permit, &stars)?;
    let term = common.term.id.as_str();
    let set = goals::of_child(db, permit, &call.school, term)?;
    let of = |wanted: Stage| set.iter().filter(move |row| stage(row) == wanted).cloned();
    let stands = |award: &&AwardRow| award.term_id == term && award.doubted.is_none();
    let mut festivals = festivals::of_child(db, call, permit)?;
    festivals.retain(|(festival, _)| festival.term_id == term);
    Ok(ChildLetter {
        child: child.clone(),
        chosen: chosen(&deeds),
        reached: of(Stage::Reached).collect(),
        next: of(Stage::Open).next(),
        logs: logs::own(db, call, permit)?,
        awards: sight.awards.iter().filter(stands).cloned().collect(),
        festivals,
        comment: sight.comments.iter().find(|words| words.of_term).cloned(),
        deeds,
        sight,
    })
}

fn chosen(deeds: &ChildDeeds) -> Chosen {
    let told = deeds.moments.iter().map(|row| Told {
        dimension: &row.dimension,
        said: (&row.chip, &row.text),
        by_teacher: Teller::parse(&row.by_kind) == Some(Teller::Teacher),
    });
    choose(&told.collect::<Vec<_>>())
}
