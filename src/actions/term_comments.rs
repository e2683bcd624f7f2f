//! Reading term comments: a class's list for its homeroom teacher and the office, and what of a child's comment child
//! and family may read. `write_term_comment` is the other half.

use std::collections::HashMap;

use super::{Acted, class_desk, class_room::current_term};
use crate::{
    domain::{
        actor::{Call, ChildPermit, ClassView},
        ids::{ClassId, StaffId, StudentId},
        roster_plan::Sex,
        term_comment::{
            State,
            guard::{Ask, Child, Words, asks},
        },
    },
    storage::{
        Db, StorageError, closings, staff, students,
        students::StudentRow,
        term_comments::{self, TermCommentHistoryRow, TermCommentRow},
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
    /// Since when the class's term is closed: then the texts stand.
    pub closed_at: Option<i64>,
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
    let closing = closings::standing(db, &call.school, &term.id, class)?;
    Ok(Comments {
        closed_at: closing.map(|row| row.closed_at),
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
