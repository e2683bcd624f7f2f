//! Writing term comments: the homeroom teacher keeps and finishes texts, opens a final one again (what it said is kept),
//! and releases the class's to child and family.

use super::{
    Acted, class_room::current_term, close_term::need_open, new_id, term_comments::of_class,
};
use crate::{
    domain::{
        actor::{Call, ClassPermit, ClassView},
        ids::{ClassId, StudentId},
        refusal::Refusal,
        term_comment::{
            State, Tone,
            guard::{Ask, Words},
            save::{Sent, Stands, Verdict, judge},
            tidy,
        },
    },
    storage::{
        Db, Tx, students,
        term_comments::{self, TermCommentHistoryRow, TermCommentReleaseRow, TermCommentRow},
    },
};

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
/// `NotFound` for a child of another class, `Forbidden` for anybody but the homeroom teacher, `TermClosed`,
/// `CommentTooLong`, `Stale`
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
    let draft = Draft {
        text: tidy(&draft.text)?,
        ..draft.clone()
    };
    let comments = of_class(tx, call, class)?;
    let asks = comments.asks(child, &draft.text, words);
    let held = match wish {
        Wish::Keep => false,
        Wish::Finish { asked } => asks.iter().any(|ask| ask.blocks() || !asked),
    };
    let finish = wish != Wish::Keep && !held;
    let about = comments.children.iter();
    let mut about = about.filter(|one| one.child.id == child.as_str());
    let before = about.next().and_then(|one| one.row.clone());
    let object = format!("student/{child}");
    let Some(state) = becomes(before.as_ref(), &draft, finish)? else {
        let row = before.ok_or(Refusal::Stale)?;
        tx.record(call, "comment.same", &object, "")?;
        return Ok(Saved { row, asks, held });
    };
    let row = TermCommentRow {
        term_id: comments.term.clone(),
        student_id: child.to_string(),
        ..next(call, class, draft, state, before.as_ref())
    };
    match before {
        None => term_comments::add(tx, &permit, &row)?,
        Some(_) => term_comments::change(tx, &permit, &row)?,
    }
    let detail = format!("stamp={} length={}", row.stamp, row.text.chars().count());
    tx.record(call, &format!("comment.{}", state.key()), &object, &detail)?;
    Ok(Saved { row, asks, held })
}

/// How far the comment is after this save; none where it changes nothing.
fn becomes(
    before: Option<&TermCommentRow>,
    draft: &Draft,
    finish: bool,
) -> Result<Option<State>, Refusal> {
    let wished = if finish { State::Final } else { State::Draft };
    let stands = before.map(|row| Stands {
        stamp: row.stamp,
        hand: &row.hand,
        turn: row.turn,
        text: &row.text,
    });
    let sent = Sent {
        based_on: draft.based_on,
        hand: &draft.hand,
        turn: draft.turn,
        text: &draft.text,
    };
    let state = before.map(|row| State::parse(&row.state));
    match judge(stands.as_ref(), &sent) {
        Verdict::Stale => Err(Refusal::Stale),
        Verdict::Take if state == Some(State::Final) => Err(Refusal::WrongState),
        Verdict::Take => Ok(Some(wished)),
        // The same words may still become final.
        Verdict::Same => {
            let same_words = before.is_some_and(|row| row.text == draft.text);
            Ok((finish && same_words && state == Some(State::Draft)).then_some(wished))
        }
    }
}

fn next(
    call: &Call,
    class: &ClassId,
    draft: Draft,
    state: State,
    before: Option<&TermCommentRow>,
) -> TermCommentRow {
    TermCommentRow {
        school_id: call.school.to_string(),
        term_id: String::new(),
        student_id: String::new(),
        class_id: class.to_string(),
        text: draft.text,
        state: state.key().to_owned(),
        tone: draft.tone.key().to_owned(),
        stamp: before.map_or(0, |row| row.stamp) + 1,
        hand: draft.hand,
        turn: draft.turn,
        updated_by: call.actor.id().to_owned(),
        updated_at: call.now,
        finalled_at: (state == State::Final).then_some(call.now),
    }
}

/// The permit of the homeroom teacher who writes about a child of the class.
fn writer(db: &mut Db, call: &Call, class: &ClassId, child: &StudentId) -> Acted<ClassPermit> {
    let permit = homeroom(call, class)?;
    if students::class_on(db, &call.school, child, call.today)? != *class {
        return Err(Refusal::NotFound.into());
    }
    let term = current_term(db, call)?.id;
    need_open(db, &call.school, &term, class)?;
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
