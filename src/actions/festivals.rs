//! Festivals: the office makes one for the school, a homeroom teacher one for the class; the homeroom teacher ticks who
//! took part and writes down awards, for one child or a team. Taking part counts for badges, an award does not count
//! more.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{
    Acted, class_desk, class_desk::ClassDesk, class_room::current_term, new_id, recognize,
};
use crate::{
    domain::{
        actor::{Actor, Call, ChildPermit, ClassPermit},
        festivals::{find, name, words},
        ids::ClassId,
        refusal::Refusal,
        term_comment::guard::{Words, labels},
    },
    storage::{
        Db, Tx,
        festivals::{self, FestivalRow, PartRow},
        schools::TermRow,
    },
};

/// A class with the festivals of its term.
#[derive(Clone, Debug)]
pub struct Desk {
    pub desk: ClassDesk,
    pub term: TermRow,
    /// Those of the school and of the class, newest first.
    pub festivals: Vec<FestivalRow>,
    /// Who of the class took part, by festival and child.
    pub parts: BTreeMap<String, BTreeMap<String, PartRow>>,
}

/// Loads a class that the caller leads.
pub fn desk(db: &mut Db, call: &Call, class: &ClassId) -> Acted<Desk> {
    let permit = call.actor.lead_class(class)?;
    let term = current_term(db, call)?;
    let mut all = festivals::of_term(db, &call.school, &term.id)?;
    all.retain(|row| of_class(row, class));
    let mut parts = BTreeMap::new();
    for row in &all {
        let rows = festivals::of_class(db, &permit, &call.school, &row.id)?;
        let by_child = rows.into_iter().map(|one| (one.student_id.clone(), one));
        parts.insert(row.id.clone(), by_child.collect());
    }
    Ok(Desk {
        desk: class_desk::desk(db, call, class)?,
        term,
        festivals: all,
        parts,
    })
}

fn of_class(row: &FestivalRow, class: &ClassId) -> bool {
    row.class_id
        .as_deref()
        .is_none_or(|of| of == class.as_str())
}

/// The school's festivals of this term with how many took part.
pub fn of_school(db: &mut Db, call: &Call) -> Acted<(TermRow, Vec<(FestivalRow, usize)>)> {
    let permit = call.actor.run_school()?;
    let term = current_term(db, call)?;
    let mut all = Vec::new();
    for row in festivals::of_term(db, &call.school, &term.id)? {
        if row.class_id.is_none() {
            let n = festivals::all_of(db, &permit, &call.school, &row.id)?.len();
            all.push((row, n));
        }
    }
    Ok((term, all))
}

/// What a child took part in, newest first.
pub fn of_child(
    db: &mut Db,
    call: &Call,
    permit: &ChildPermit,
) -> Acted<Vec<(FestivalRow, PartRow)>> {
    Ok(festivals::of_child(db, permit, &call.school)?)
}

/// A festival as it is to be.
#[derive(Clone, Debug)]
pub struct New {
    pub kind: String,
    pub name: String,
    pub on: NaiveDate,
}

/// Whether the caller leads the class or, without one, runs the school.
fn has(call: &Call, class: Option<&ClassId>) -> Result<(), Refusal> {
    match class {
        Some(class) => call.actor.lead_class(class).map(|_permit| ()),
        None => call.actor.run_school().map(|_permit| ()),
    }
}

/// Makes a festival of a class, or without one of the school.
///
/// # Errors
/// `Invalid` with `festival-kind`, `-name`, `-date` for a day outside the term.
pub fn make(tx: &mut Tx<'_>, call: &Call, class: Option<&ClassId>, new: &New) -> Acted<String> {
    has(call, class)?;
    let term = current_term(tx, call)?;
    let kind = find(&new.kind).ok_or_else(|| invalid("festival-kind"))?;
    if new.on < term.starts_on || new.on > term.ends_on {
        return Err(invalid("festival-date").into());
    }
    let row = FestivalRow {
        school_id: call.school.to_string(),
        id: new_id(),
        term_id: term.id,
        class_id: class.map(ToString::to_string),
        kind: kind.id.to_owned(),
        name: name(&new.name)?,
        held_on: new.on,
        made_by: call.actor.id().to_owned(),
        made_at: call.now,
        gone_at: None,
    };
    festivals::add(tx, &row)?;
    tx.record(
        call,
        "festival.make",
        &format!("festival/{}", row.id),
        kind.id,
    )?;
    Ok(row.id)
}

fn invalid(what: &str) -> Refusal {
    Refusal::Invalid(what.to_owned())
}

/// Takes a festival away: it counts nowhere any more.
///
/// # Errors
/// `NotFound` for a festival that is not the caller's: a class's for its homeroom teacher, the school's for the office.
pub fn remove(tx: &mut Tx<'_>, call: &Call, class: Option<&ClassId>, id: &str) -> Acted<()> {
    has(call, class)?;
    let term = current_term(tx, call)?.id;
    let all = festivals::of_term(tx, &call.school, &term)?;
    let own =
        |row: &&FestivalRow| row.id == id && row.class_id.as_deref() == class.map(ClassId::as_str);
    if !all.iter().any(|row| own(&row)) {
        return Err(Refusal::NotFound.into());
    }
    festivals::set_gone(tx, &call.school, id, Some(call.now))?;
    tx.record(call, "festival.remove", &format!("festival/{id}"), "")?;
    // Whoever took part is looked at anew, of whichever class.
    let permit = Actor::System.run_school()?;
    let parts = festivals::all_of(tx, &permit, &call.school, id)?;
    let children: Vec<String> = parts.into_iter().map(|part| part.student_id).collect();
    recognize::after_change(tx, call, &children)
}

struct Here {
    permit: ClassPermit,
    before: BTreeMap<String, PartRow>,
    children: BTreeSet<String>,
}

fn here(db: &mut Db, call: &Call, class: &ClassId, id: &str) -> Acted<Here> {
    let mut found = desk(db, call, class)?;
    let before = found.parts.remove(id).ok_or(Refusal::NotFound)?;
    Ok(Here {
        permit: call.actor.lead_class(class)?,
        before,
        children: found.desk.children.into_iter().map(|c| c.id).collect(),
    })
}

impl Here {
    fn all_in(&self, children: &BTreeSet<String>) -> Result<(), Refusal> {
        match children.is_subset(&self.children) {
            true => Ok(()),
            false => Err(Refusal::NotFound),
        }
    }

    fn row(&self, call: &Call, id: &str, child: &str, words: String) -> PartRow {
        PartRow {
            school_id: call.school.to_string(),
            festival_id: id.to_owned(),
            student_id: child.to_owned(),
            class_id: self.permit.class().to_string(),
            words,
            by_id: call.actor.id().to_owned(),
            kept_at: call.now,
        }
    }
}

/// These children of the class took part, and no others; an award stays with whoever still did. How many changed.
///
/// # Errors
/// `NotFound` for another class's festival or child.
pub fn tick(
    tx: &mut Tx<'_>,
    call: &Call,
    class: &ClassId,
    id: &str,
    took_part: &BTreeSet<String>,
) -> Acted<usize> {
    let here = here(tx, call, class, id)?;
    here.all_in(took_part)?;
    let mut changed = Vec::new();
    for child in &here.children {
        let row = here.row(call, id, child, String::new());
        match (took_part.contains(child), here.before.contains_key(child)) {
            (true, false) => festivals::put(tx, &here.permit, &row)?,
            (false, true) => festivals::take_away(tx, &here.permit, &row)?,
            _ => continue,
        }
        changed.push(child.clone());
    }
    let detail = format!("took_part={} changed={}", took_part.len(), changed.len());
    tx.record(call, "festival.tick", &format!("festival/{id}"), &detail)?;
    recognize::after_change(tx, call, &changed)?;
    Ok(changed.len())
}

/// Writes an award down for these children, a team's for all of it; empty words take it away. They took part.
///
/// # Errors
/// `NotFound` as in [`tick`], `Invalid` with `nobody`, `festival-words`, `festival-label`.
pub fn award(
    tx: &mut Tx<'_>,
    call: &Call,
    class: &ClassId,
    id: &str,
    (children, said): (&BTreeSet<String>, &str),
    guard: &Words,
) -> Acted<usize> {
    let here = here(tx, call, class, id)?;
    here.all_in(children)?;
    let said = words(said)?;
    if children.is_empty() {
        return Err(invalid("nobody").into());
    }
    if !labels(&said, guard).is_empty() {
        return Err(invalid("festival-label").into());
    }
    for child in children {
        let row = here.row(call, id, child, said.clone());
        festivals::put(tx, &here.permit, &row)?;
    }
    let detail = format!("children={}", children.len());
    tx.record(call, "festival.award", &format!("festival/{id}"), &detail)?;
    let children: Vec<String> = children.iter().cloned().collect();
    recognize::after_change(tx, call, &children)?;
    Ok(children.len())
}
