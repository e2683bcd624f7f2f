//! The term book of a class or of one child: what child and family may see themselves, gathered for paper. The stars
//! come from `child_view` and nowhere else (product.md, rule 3); a term comment is printed once it is final.

use std::collections::HashMap;

use super::{
    Acted,
    child_view::{self, ChildSight, Common},
    corrected,
    goals::stage,
    moments::{nameless, ordered, teachers},
    term_comments::{self, About, Comments},
};
use crate::{
    domain::{
        actor::{Call, ClassPermit},
        correction::Kind,
        goals::Stage,
        ids::{ClassId, StudentId},
        refusal::Refusal,
        term_comment::State,
    },
    storage::{
        Db, corrections, goals,
        goals::GoalRow,
        moments::{self, MomentRow},
        results::AwardRow,
        sheets,
        sheets::SheetRow,
    },
};

/// See the file's head.
#[derive(Clone, Debug)]
pub struct TermBook {
    pub class_name: String,
    pub term_name: String,
    /// By seat.
    pub children: Vec<ChildBook>,
}

/// One child's sheet.
#[derive(Clone, Debug)]
pub struct ChildBook {
    pub id: String,
    pub name: String,
    pub sight: ChildSight,
    /// Released ones, newest month first; no author but a teacher.
    pub moments: Vec<MomentRow>,
    /// Names of the teachers who wrote them, by id.
    pub teachers: HashMap<String, String>,
    /// Not dropped, newest first.
    pub goals: Vec<GoalRow>,
    /// Of this term, visible to the child, newest first.
    pub awards: Vec<AwardRow>,
    /// The final term comment and who wrote it.
    pub comment: Option<(String, String)>,
    /// What the child wrote about itself in published rounds, newest first.
    pub own_words: Vec<String>,
    /// What its family wrote to it, newest first.
    pub home_words: Vec<String>,
}

impl ChildBook {
    /// Goals that were confirmed.
    pub fn reached(&self) -> impl Iterator<Item = &GoalRow> {
        let reached = |row: &&GoalRow| stage(row) == Stage::Reached;
        self.goals.iter().filter(reached)
    }

    /// The goal that the child is still working on.
    pub fn on(&self) -> Option<&GoalRow> {
        self.goals.iter().find(|row| stage(row).is_on())
    }
}

/// Loads the books of today's children of a class, or the one of `only`.
///
/// # Errors
/// `NotFound` out of scope and for a child of another class, `Forbidden` for a subject teacher.
pub fn load(
    db: &mut Db,
    call: &Call,
    class: &ClassId,
    only: Option<&StudentId>,
) -> Acted<TermBook> {
    let permit = call.actor.lead_class(class)?;
    let Comments {
        class_name,
        term_name,
        mut children,
        ..
    } = term_comments::of_class(db, call, class)?;
    children.retain(|one| !one.left && only.is_none_or(|id| id.as_str() == one.child.id));
    if only.is_some() && children.is_empty() {
        return Err(Refusal::NotFound.into());
    }
    let mut common = child_view::common(db, call, class)?;
    let words = words(db, call, &permit, &common, &children)?;
    let writers = children.iter().filter_map(|one| one.row.as_ref());
    let writers = writers.map(|row| row.updated_by.as_str());
    let names = term_comments::staff_names(db, call, writers)?;
    let mut books = Vec::with_capacity(children.len());
    for about in children {
        let mut book = book(db, call, class, &mut common, &about)?;
        book.comment = comment(&about, &names);
        let said = |source: &str| {
            let own = |row: &&SheetRow| row.ratee_id == about.child.id && row.source == source;
            let own = words.iter().filter(own);
            own.map(|row| row.comment.clone()).collect()
        };
        book.own_words = said("self");
        book.home_words = said("parent");
        books.push(book);
    }
    Ok(TermBook {
        class_name,
        term_name,
        children: books,
    })
}

/// What lies about one child; comment and words are put in by the caller.
fn book(
    db: &mut Db,
    call: &Call,
    class: &ClassId,
    common: &mut Common,
    about: &About,
) -> Acted<ChildBook> {
    let id = StudentId::new(about.child.id.clone());
    let permit = call.actor.see_child(&id, class)?;
    let sight = child_view::one_of(db, call, &permit, common)?;
    let term = common.term.id.as_str();
    let rows = moments::released_of(db, &permit, &call.school, term)?;
    let moments = ordered(rows.into_iter().map(nameless).collect());
    let awards = sight.awards.iter().filter(|award| award.term_id == term);
    Ok(ChildBook {
        awards: awards.cloned().collect(),
        teachers: teachers(db, call, &moments)?,
        goals: goals::of_child(db, &permit, &call.school, term)?,
        id: about.child.id.clone(),
        name: about.child.name.clone(),
        comment: None,
        own_words: Vec::new(),
        home_words: Vec::new(),
        moments,
        sight,
    })
}

/// The text where it is final; a draft is nobody's but its writer's.
fn comment(about: &About, names: &HashMap<String, String>) -> Option<(String, String)> {
    let row = about.row.as_ref()?;
    (about.state() == Some(State::Final)).then(|| {
        let by = names.get(&row.updated_by).cloned();
        (row.text.clone(), by.unwrap_or_default())
    })
}

/// Sheets of published rounds with the children's and families' own words, newest first; a sheet that was weighed out
/// says nothing here either.
fn words(
    db: &mut Db,
    call: &Call,
    permit: &ClassPermit,
    common: &Common,
    children: &[About],
) -> Acted<Vec<SheetRow>> {
    let rounds: Vec<String> = common.published.iter().map(|r| r.id.clone()).collect();
    let ids: Vec<String> = children.iter().map(|one| one.child.id.clone()).collect();
    let mut rows = sheets::own_and_home_words(db, permit, &call.school, &rounds, &ids)?;
    let mut out = corrections::about_children(db, permit, &call.school, &rounds, &ids)?;
    out.retain(|row| corrected::stands(row) && corrected::kind(row) == Some(Kind::Out));
    rows.retain(|sheet| !out.iter().any(|row| corrected::is_of(row, sheet)));
    let place = |row: &SheetRow| rounds.iter().position(|id| *id == row.round_id);
    rows.sort_by_key(|row| std::cmp::Reverse((place(row), row.saved_at)));
    Ok(rows)
}
