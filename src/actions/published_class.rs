//! A class's published results with the people behind the public numbers: what the ordered list and the explanation of
//! a child's number are made of. Nothing is computed here again.

use std::collections::{HashMap, HashSet};

use super::{
    Acted,
    published::{read_class, row_of},
    term_votes::read_rubric,
};
use crate::{
    domain::{
        actor::{Call, ChildPermit, ClassPermit},
        badges::TERM,
        ids::{ClassId, StudentId},
        published::{Number, PublishedClass, PublishedStudent},
        refusal::Refusal,
        rubric::Rubric,
    },
    storage::{
        Db, StorageError, results, rounds, rounds::RoundRow, schools, students,
        students::StudentRow,
    },
};

/// The rule that a publication went by.
#[derive(Clone, Debug)]
pub struct Rule {
    pub rubric: Rubric,
    pub version: i32,
    /// When this version was made, milliseconds UTC.
    pub since: i64,
}

/// Which numbers are looked at.
#[derive(Clone, Debug)]
pub struct Period {
    /// The round, or the newest published one where the whole term is meant.
    pub round: RoundRow,
    pub whole_term: bool,
}

impl Period {
    /// The value in addresses and forms.
    pub fn value(&self) -> &str {
        if self.whole_term {
            TERM
        } else {
            &self.round.id
        }
    }

    /// The number of a row in this period.
    pub fn number<'a>(&self, row: &'a PublishedStudent) -> &'a Number {
        if self.whole_term {
            &row.term
        } else {
            &row.round
        }
    }
}

/// Published rounds of a class, newest first.
pub fn published_rounds(db: &mut Db, call: &Call, class: &ClassId) -> Acted<Vec<RoundRow>> {
    let mut found = Vec::new();
    for round in rounds::all(db, &call.school)?.into_iter().rev() {
        let public = round.state == "published";
        if public && rounds::class_of(db, &call.school, &round.id, class)?.is_some() {
            found.push(round);
        }
    }
    Ok(found)
}

/// The period that an address asks for: a round's id, `term`, or nothing for the newest round.
pub fn period(published: &[RoundRow], asked: &str) -> Acted<Period> {
    let round = match asked {
        "" | TERM => published.first(),
        id => published.iter().find(|r| r.id == id),
    };
    let round = round.cloned().ok_or(Refusal::NotFound)?;
    Ok(Period {
        round,
        whole_term: asked == TERM,
    })
}

/// The rule of a publication.
pub fn rule(db: &mut Db, call: &Call, round: &RoundRow) -> Acted<Rule> {
    let publication = results::publication(db, &call.school, &round.id)?;
    let id = publication.map_or_else(|| round.rubric_id.clone(), |p| p.rubric_id);
    let row = schools::rubric(db, &call.school, &id)?;
    Ok(Rule {
        rubric: read_rubric(db, &call.school, &id)?,
        version: row.version,
        since: row.created_at,
    })
}

/// One child of the list.
#[derive(Clone, Debug)]
pub struct ListedChild {
    pub child: StudentRow,
    pub results: PublishedStudent,
    pub excused: bool,
}

/// The children of a class with their published rows.
pub fn children(
    db: &mut Db,
    permit: &ClassPermit,
    call: &Call,
    round: &RoundRow,
) -> Acted<Vec<ListedChild>> {
    let row = results::class_results(db, permit, &call.school, &round.id)?;
    let class = read_class(&row.ok_or(Refusal::NotFound)?)?;
    let excused: HashSet<String> = rounds::excused(db, &call.school, &round.id)?
        .into_iter()
        .map(|e| e.student_id)
        .collect();
    let mut people: HashMap<String, StudentRow> = HashMap::new();
    for day in [round.starts_on, round.ends_on, call.today] {
        for child in students::of_class(db, permit, &call.school, day)? {
            people.insert(child.student_no.clone(), child);
        }
    }
    let listed = class.students.into_iter().filter_map(|results| {
        let child = people.get(plain_no(&results.no))?.clone();
        let excused = excused.contains(&child.id);
        Some(ListedChild {
            child,
            results,
            excused,
        })
    });
    Ok(listed.collect())
}

/// A class's newest publication, for signals about raters.
pub fn of_class(
    db: &mut Db,
    permit: &ClassPermit,
    call: &Call,
    round: &str,
) -> Acted<PublishedClass> {
    let row = results::class_results(db, permit, &call.school, round)?;
    read_class(&row.ok_or(Refusal::NotFound)?)
}

/// Publications that were read already, by round, class and instant: for whoever asks about one child after the other.
#[derive(Debug, Default)]
pub struct Shelf(HashMap<(String, ClassId, Option<i64>), Option<PublishedClass>>);

/// One child's row, with the number of children published beside it. `at`: as it stood then.
pub fn of_child(
    db: &mut Db,
    call: &Call,
    permit: &ChildPermit,
    round: &RoundRow,
    at: Option<i64>,
) -> Acted<Option<(PublishedStudent, usize)>> {
    from_shelf(db, call, permit, round, at, &mut Shelf::default())
}

/// The same, read only where the shelf does not have it.
pub fn from_shelf(
    db: &mut Db,
    call: &Call,
    permit: &ChildPermit,
    round: &RoundRow,
    at: Option<i64>,
    shelf: &mut Shelf,
) -> Acted<Option<(PublishedStudent, usize)>> {
    let Some(class) = class_in(db, call, permit.student(), round)? else {
        return Ok(None);
    };
    let key = (round.id.clone(), class.clone(), at);
    if !shelf.0.contains_key(&key) {
        let row = match at {
            Some(at) => results::child_results_at(db, permit, &call.school, &round.id, &class, at)?,
            None => results::child_results(db, permit, &call.school, &round.id, &class)?,
        };
        let read = row.as_ref().map(read_class).transpose()?;
        shelf.0.insert(key.clone(), read);
    }
    let Some(class) = shelf.0.get(&key).and_then(Option::as_ref) else {
        return Ok(None);
    };
    let no = students::get(db, permit, &call.school)?.student_no;
    let own = row_of(class, &no).cloned();
    Ok(own.map(|own| (own, class.students.len())))
}

/// The class a child was in during a round.
pub fn class_in(
    db: &mut Db,
    call: &Call,
    student: &StudentId,
    round: &RoundRow,
) -> Acted<Option<ClassId>> {
    for day in [round.ends_on.min(call.today), round.starts_on, call.today] {
        match students::class_on(db, &call.school, student, day) {
            Ok(class) => return Ok(Some(class)),
            Err(StorageError::NotFound) => {}
            Err(other) => return Err(other.into()),
        }
    }
    Ok(None)
}

/// The student number behind a public one: a child of several classes is `number@class` in the later ones.
pub(super) fn plain_no(no: &str) -> &str {
    no.split_once('@').map_or(no, |(no, _)| no)
}
