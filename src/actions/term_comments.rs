//! Term comments of a class: its homeroom teacher writes, the office reads, child and family read what is final and
//! released. What a final text said before it was opened again is kept.

use std::collections::HashMap;

use super::{Acted, class_desk, class_room::current_term, new_id};
use crate::{
    domain::{
        actor::{Call, ChildPermit, ClassPermit, ClassView},
        ids::{ClassId, StaffId, StudentId},
        refusal::Refusal,
        roster_plan::Sex,
        term_comment::{
            State, Tone,
            guard::{Ask, Child, Words, asks},
            save::{Sent, Stands, Verdict, judge},
            tidy,
        },
    },
    storage::{
        Db, StorageError, Tx, staff, students,
        students::StudentRow,
        term_comments::{self, TermCommentHistoryRow, TermCommentReleaseRow, TermCommentRow},
    },
};

/// A class's children with what is written about each in the term of today.
#[derive(Clone, Debug)]
pub struct Comments {
    pub class_name: String,
    pub view: ClassView,
    pub term: String,
    pub term_name: String,
    /// The children of today by seat, then those who left and about whom this class wrote.
    pub children: Vec<About>,
    pub released_at: Option<i64>,
}

/// One child of the list.
#[derive(Clone, Debug)]
pub struct About {
    pub child: StudentRow,
    pub row: Option<TermCommentRow>,
    /// No longer in the class: read only.
    pub left: bool,
}

impl About {
    /// How far the comment is; none where nothing is written.
    pub fn state(&self) -> Option<State> {
        let row = self.row.as_ref().filter(|row| !row.text.is_empty())?;
        Some(State::parse(&row.state))
    }

    /// What is written, whatever its state.
    pub fn text(&self) -> &str {
        self.row.as_ref().map_or("", |row| row.text.as_str())
    }

    /// As the guard looks at it.
    pub fn guarded(&self) -> Child<'_> {
        Child {
            name: &self.child.name,
            sex: Sex::parse(&self.child.sex),
            text: self.text(),
        }
    }
}

impl Comments {
    /// How many comments of today's children are as far as this.
    pub fn count(&self, state: State) -> usize {
        let here = self.children.iter().filter(|one| !one.left);
        here.filter(|one| one.state() == Some(state)).count()
    }

    /// What is asked about a text for this child, in the light of what is written about the others.
    pub fn asks(&self, child: &StudentId, text: &str, words: &Words) -> Vec<Ask> {
        let (own, others): (Vec<&About>, Vec<&About>) = self
            .children
            .iter()
            .partition(|one| one.child.id == child.as_str());
        let others: Vec<Child<'_>> = others.into_iter().map(About::guarded).collect();
        let Some(own) = own.first() else {
            return Vec::new();
        };
        let own = Child {
            text,
            ..own.guarded()
        };
        asks(&own, &others, words)
    }
}

/// Loads the list of a class.
///
/// # Errors
/// `NotFound` out of scope, `Forbidden` for a subject teacher.
pub fn of_class(db: &mut Db, call: &Call, class: &ClassId) -> Acted<Comments> {
    let permit = call.actor.lead_class(class)?;
    let term = current_term(db, call)?;
    let row = students::class(db, &call.school, class)?;
    let here = students::of_class(db, &permit, &call.school, call.today)?;
    let ids: Vec<String> = here.iter().map(|child| child.id.clone()).collect();
    let mut rows = term_comments::of_class(db, &permit, &call.school, &term.id, &ids)?;
    let mut children = Vec::with_capacity(here.len());
    for child in here {
        let at = rows.iter().position(|row| row.student_id == child.id);
        children.push(About {
            row: at.map(|at| rows.swap_remove(at)),
            child,
            left: false,
        });
    }
    rows.retain(|row| !row.text.is_empty());
    for row in rows {
        let id = StudentId::new(row.student_id.clone());
        children.push(About {
            child: students::by_id(db, &call.school, &id)?,
            row: Some(row),
            left: true,
        });
    }
    Ok(Comments {
        class_name: class_desk::name(&row, call.today),
        view: permit.view(),
        released_at: term_comments::released_at(db, &call.school, &term.id, class)?,
        term: term.id,
        term_name: term.name,
        children,
    })
}

/// Names of members of staff, by id.
pub fn staff_names<'a>(
    db: &mut Db,
    call: &Call,
    ids: impl Iterator<Item = &'a str>,
) -> Acted<HashMap<String, String>> {
    let mut names = HashMap::new();
    for id in ids {
        match staff::get(db, &call.school, &StaffId::new(id)) {
            Ok(who) => drop(names.insert(id.to_owned(), who.name)),
            Err(StorageError::NotFound) => {}
            Err(other) => return Err(other.into()),
        }
    }
    Ok(names)
}

/// What a child's comment of this term said as final before, newest first.
pub fn history(
    db: &mut Db,
    call: &Call,
    class: &ClassId,
    child: &StudentId,
) -> Acted<Vec<TermCommentHistoryRow>> {
    call.actor.lead_class(class)?;
    let permit = call.actor.see_child(child, class)?;
    let term = current_term(db, call)?.id;
    Ok(term_comments::history(db, &permit, &call.school, &term)?)
}

/// What a page sends of one child's comment.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Draft {
    pub text: String,
    pub tone: Tone,
    pub based_on: i64,
    pub hand: String,
    pub turn: i64,
}

/// What is wished of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    Keep,
    /// To be final; `asked`: the teacher has seen the questions that do not block.
    Finish {
        asked: bool,
    },
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Saved {
    pub row: TermCommentRow,
    /// What is asked about the text now.
    pub asks: Vec<Ask>,
    /// It was to be final and the questions stand in the way; the text is kept as a draft.
    pub held: bool,
}

/// Keeps a text, and makes it final where nothing is asked any more.
///
/// # Errors
/// `NotFound` for a child of another class, `Forbidden` for anybody but the homeroom teacher, `CommentTooLong`, `Stale`
/// where something else was saved elsewhere, `WrongState` for a draft over a final text.
pub fn save(
    tx: &mut Tx<'_>,
    call: &Call,
    class: &ClassId,
    child: &StudentId,
    draft: &Draft,
    wish: Wish,
    words: &Words,
) -> Acted<Saved> {
    let permit = writer(tx, call, class, child)?;
    let text = tidy(&draft.text)?;
    let comments = of_class(tx, call, class)?;
    let about = comments
        .children
        .iter()
        .find(|one| one.child.id == child.as_str());
    let before = about.and_then(|one| one.row.clone());
    let asks = comments.asks(child, &text, words);
    let held = match wish {
        Wish::Keep => false,
        Wish::Finish { asked } => asks.iter().any(|ask| ask.blocks() || !asked),
    };
    let finish = wish != Wish::Keep && !held;
    let sent = Sent {
        based_on: draft.based_on,
        hand: &draft.hand,
        turn: draft.turn,
        text: &text,
    };
    let verdict = judge(before.as_ref().map(stands).as_ref(), &sent);
    let is_final = before
        .as_ref()
        .is_some_and(|row| State::parse(&row.state) == State::Final);
    let row = match (verdict, before) {
        (Verdict::Stale, _) => return Err(Refusal::Stale.into()),
        (Verdict::Take, Some(_)) if is_final => return Err(Refusal::WrongState.into()),
        (Verdict::Same, Some(row)) if is_final || (!finish && row.tone == draft.tone.key()) => {
            tx.record(call, "comment.same", &format!("student/{child}"), "")?;
            return Ok(Saved { row, asks, held });
        }
        (Verdict::Same, Some(row)) => next(call, class, draft, row.text.clone(), finish, Some(row)),
        (Verdict::Take, before) => next(call, class, draft, text, finish, before),
        (Verdict::Same, None) => return Err(Refusal::Stale.into()),
    };
    let row = TermCommentRow {
        school_id: call.school.to_string(),
        term_id: comments.term.clone(),
        student_id: child.to_string(),
        ..row
    };
    if row.stamp == 1 {
        term_comments::add(tx, &permit, &row)?;
    } else {
        term_comments::change(tx, &permit, &row)?;
    }
    let detail = format!("stamp={} length={}", row.stamp, row.text.chars().count());
    let action = if finish {
        "comment.final"
    } else {
        "comment.draft"
    };
    tx.record(call, action, &format!("student/{child}"), &detail)?;
    Ok(Saved { row, asks, held })
}

fn stands(row: &TermCommentRow) -> Stands<'_> {
    Stands {
        stamp: row.stamp,
        hand: &row.hand,
        turn: row.turn,
        text: &row.text,
    }
}

fn next(
    call: &Call,
    class: &ClassId,
    draft: &Draft,
    text: String,
    finish: bool,
    before: Option<TermCommentRow>,
) -> TermCommentRow {
    let state = if finish { State::Final } else { State::Draft };
    TermCommentRow {
        school_id: String::new(),
        term_id: String::new(),
        student_id: String::new(),
        class_id: class.to_string(),
        text,
        state: state.key().to_owned(),
        tone: draft.tone.key().to_owned(),
        stamp: before.map_or(0, |row| row.stamp) + 1,
        hand: draft.hand.clone(),
        turn: draft.turn,
        updated_by: call.actor.id().to_owned(),
        updated_at: call.now,
        finalled_at: finish.then_some(call.now),
    }
}

/// The permit of the homeroom teacher who writes about a child of the class.
fn writer(db: &mut Db, call: &Call, class: &ClassId, child: &StudentId) -> Acted<ClassPermit> {
    let permit = homeroom(call, class)?;
    if students::class_on(db, &call.school, child, call.today)? != *class {
        return Err(Refusal::NotFound.into());
    }
    Ok(permit)
}

fn homeroom(call: &Call, class: &ClassId) -> Result<ClassPermit, Refusal> {
    let permit = call.actor.lead_class(class)?;
    match permit.view() {
        ClassView::Homeroom => Ok(permit),
        _ => Err(Refusal::Forbidden),
    }
}

/// Opens a final text again; what it said is kept. Twice changes nothing.
///
/// # Errors
/// As [`save`]; `NotFound` where nothing is written.
pub fn reopen(tx: &mut Tx<'_>, call: &Call, class: &ClassId, child: &StudentId) -> Acted<()> {
    let permit = writer(tx, call, class, child)?;
    let term = current_term(tx, call)?.id;
    let about = call.actor.see_child(child, class)?;
    let before = term_comments::of_child(tx, &about, &call.school, &term)?;
    let before = before.ok_or(Refusal::NotFound)?;
    if State::parse(&before.state) == State::Final {
        let kept = TermCommentHistoryRow {
            school_id: before.school_id.clone(),
            id: new_id(),
            term_id: before.term_id.clone(),
            student_id: before.student_id.clone(),
            text: before.text.clone(),
            finalled_at: before.finalled_at,
            opened_by: call.actor.id().to_owned(),
            opened_at: call.now,
        };
        term_comments::keep(tx, &permit, &kept)?;
        let row = TermCommentRow {
            state: State::Draft.key().to_owned(),
            stamp: before.stamp + 1,
            hand: String::new(),
            turn: 0,
            updated_by: call.actor.id().to_owned(),
            updated_at: call.now,
            finalled_at: None,
            ..before
        };
        term_comments::change(tx, &permit, &row)?;
    }
    Ok(tx.record(call, "comment.reopen", &format!("student/{child}"), "")?)
}

/// Releases the class's final comments of the term to child and family, or takes that back; twice changes nothing.
///
/// # Errors
/// `NotFound` out of scope, `Forbidden` for anybody but the homeroom teacher.
pub fn release(tx: &mut Tx<'_>, call: &Call, class: &ClassId, on: bool) -> Acted<usize> {
    let permit = homeroom(call, class)?;
    let comments = of_class(tx, call, class)?;
    match (on, comments.released_at) {
        (true, None) => {
            let row = TermCommentReleaseRow {
                school_id: call.school.to_string(),
                term_id: comments.term.clone(),
                class_id: class.to_string(),
                released_by: call.actor.id().to_owned(),
                released_at: call.now,
            };
            term_comments::release(tx, &permit, &row)?;
        }
        (false, Some(_)) => term_comments::withdraw(tx, &permit, &call.school, &comments.term)?,
        _ => {}
    }
    let ready = comments.count(State::Final);
    let action = if on {
        "comment.release"
    } else {
        "comment.withdraw"
    };
    tx.record(
        call,
        action,
        &format!("class/{class}"),
        &format!("final={ready}"),
    )?;
    Ok(ready)
}

/// The comment that child and family may read: final, and its class's are released.
pub fn shown_of(
    db: &mut Db,
    call: &Call,
    permit: &ChildPermit,
    term: &str,
) -> Acted<Option<TermCommentRow>> {
    let row = term_comments::of_child(db, permit, &call.school, term)?;
    let Some(row) = row.filter(|row| State::parse(&row.state) == State::Final) else {
        return Ok(None);
    };
    let class = ClassId::new(row.class_id.clone());
    let released = term_comments::released_at(db, &call.school, term, &class)?;
    Ok(released.map(|_| row))
}
