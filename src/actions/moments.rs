//! The teacher's shining moments: what children said waits here to be released, edited or hidden; teachers write their
//! own. Who told a classmate's moment does not leave this room.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, NaiveDate};

use super::{
    Acted, class_desk, class_desk::ClassDesk, class_room::current_term, new_id, recognize,
    star_cards,
};
use crate::{
    domain::{
        actor::{Call, ClassPermit, ClassView},
        closing::seen_since,
        compliments::DIMENSIONS,
        ids::{ClassId, StudentId},
        moments::{MOST_EDITED, MOST_OWN, Teller, place, sentence},
        random::keyed,
        refusal::Refusal,
    },
    storage::{
        Db, Tx, goals,
        goals::GoalRow,
        moments::{self, MomentRow},
        schools, staff, students,
    },
};

/// A class's moments of this term.
#[derive(Clone, Debug)]
pub struct Queue {
    pub desk: ClassDesk,
    /// What classmates and families said, in an order that says nothing.
    pub waiting: Vec<MomentRow>,
    pub released: Vec<MomentRow>,
    pub hidden: Vec<MomentRow>,
    /// Names of the teachers who wrote, by id.
    pub teachers: HashMap<String, String>,
    /// The caller's own moments that the child said thank you for.
    pub thanked: HashSet<String>,
    /// Goals that children say are done.
    pub goals: Vec<GoalRow>,
    /// Children of whom nobody told anything this month, by seat.
    pub unseen: Vec<String>,
}

/// Loads the page. A subject teacher gets what it wrote itself and nothing else.
pub fn queue(db: &mut Db, call: &Call, class: &ClassId) -> Acted<Queue> {
    let permit = call.actor.see_class(class)?;
    let desk = class_desk::desk(db, call, class)?;
    let term = current_term(db, call)?;
    let ids: Vec<String> = desk.children.iter().map(|c| c.id.clone()).collect();
    let mut rows = moments::of_children(db, &permit, &call.school, &term.id, &ids)?;
    let leads = permit.view() != ClassView::Subject;
    if !leads {
        rows.retain(|row| is_own(call, row));
    }
    let own: Vec<String> = rows
        .iter()
        .filter(|row| is_own(call, row))
        .map(|row| row.id.clone())
        .collect();
    let unseen = if leads {
        unseen(call, &desk, &rows)
    } else {
        Vec::new()
    };
    Ok(Queue {
        thanked: moments::thanks_for(db, &call.school, &own)?
            .into_keys()
            .collect(),
        teachers: teachers(db, call, &rows)?,
        goals: if leads {
            goals::waiting(db, &permit, &call.school, &ids)?
        } else {
            Vec::new()
        },
        waiting: of_state(&rows, "proposed"),
        released: of_state(&rows, "released"),
        hidden: of_state(&rows, "hidden"),
        unseen,
        desk,
    })
}

/// What of a class's moments is on its teacher's mind today.
#[derive(Clone, Debug, Default)]
pub struct Brief {
    /// Moments to be released, and goals to be confirmed.
    pub waiting: usize,
    /// Children of whom nobody told anything this month, by seat.
    pub unseen: Vec<String>,
    /// Those of whom nobody told anything lately, by seat; see `domain::closing`.
    pub untold: Vec<String>,
}

/// Loads it for a class that the caller leads.
pub fn brief(db: &mut Db, call: &Call, desk: &ClassDesk) -> Acted<Brief> {
    let permit = call
        .actor
        .lead_class(&ClassId::new(desk.class.id.clone()))?;
    let term = current_term(db, call)?.id;
    let ids: Vec<String> = desk.children.iter().map(|c| c.id.clone()).collect();
    let rows = moments::of_children(db, &permit, &call.school, &term, &ids)?;
    let goals = goals::waiting(db, &permit, &call.school, &ids)?;
    let proposed = rows.iter().filter(|row| row.state == "proposed").count();
    Ok(Brief {
        waiting: proposed + goals.len(),
        unseen: unseen(call, desk, &rows),
        untold: untold(desk, &rows, |on| on >= seen_since(call.today)),
    })
}

fn is_own(call: &Call, row: &MomentRow) -> bool {
    row.by_kind == Teller::Teacher.key() && row.by_id == call.actor.id()
}

/// Rows of a state, without the name behind a classmate's or family's.
fn of_state(rows: &[MomentRow], state: &str) -> Vec<MomentRow> {
    let found = rows.iter().filter(|row| row.state == state);
    ordered(found.cloned().map(nameless).collect())
}

/// Takes the author off whatever was not told by a teacher.
pub fn nameless(mut row: MomentRow) -> MomentRow {
    if row.by_kind != Teller::Teacher.key() {
        row.by_id.clear();
        row.created_at = 0;
    }
    row
}

/// In the order of [`place`].
pub fn ordered(mut rows: Vec<MomentRow>) -> Vec<MomentRow> {
    rows.sort_by_cached_key(|row| {
        let teller = Teller::parse(&row.by_kind).unwrap_or(Teller::Peer);
        place(row.told_on, teller, &row.id)
    });
    rows
}

fn unseen(call: &Call, desk: &ClassDesk, rows: &[MomentRow]) -> Vec<String> {
    let month = |on: NaiveDate| (on.year(), on.month());
    untold(desk, rows, |on| month(on) == month(call.today))
}

fn untold(desk: &ClassDesk, rows: &[MomentRow], counts: impl Fn(NaiveDate) -> bool) -> Vec<String> {
    let told = |row: &&MomentRow| row.state != "hidden" && counts(row.told_on);
    let seen: HashSet<&str> = rows
        .iter()
        .filter(told)
        .map(|row| row.student_id.as_str())
        .collect();
    let children = desk.children.iter().map(|c| c.id.clone());
    children.filter(|id| !seen.contains(id.as_str())).collect()
}

/// Names of the teachers who wrote some of the rows.
pub fn teachers(db: &mut Db, call: &Call, rows: &[MomentRow]) -> Acted<HashMap<String, String>> {
    let ids: HashSet<&str> = rows
        .iter()
        .filter(|row| row.by_kind == Teller::Teacher.key())
        .map(|row| row.by_id.as_str())
        .collect();
    let mut names = HashMap::new();
    for id in ids {
        match staff::get(db, &call.school, &crate::domain::ids::StaffId::new(id)) {
            Ok(who) => drop(names.insert(id.to_owned(), who.name)),
            Err(crate::storage::StorageError::NotFound) => {}
            Err(other) => return Err(other.into()),
        }
    }
    Ok(names)
}

/// What a moment said when the teacher looked at it: a decision about something else is refused.
pub fn stamp(row: &MomentRow) -> String {
    let said = [
        row.student_id.as_str(),
        &row.dimension,
        &row.chip,
        &row.text,
        &row.state,
    ];
    format!("{:016x}", keyed(0, &said.join("\u{1f}")))
}

/// What a teacher decides about a moment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// Shown to child and family; `text` as the teacher's page had it, empty for no change, `dimension` where it gave
    /// it a star.
    Release {
        text: String,
        dimension: Option<String>,
    },
    /// Shown to nobody.
    Hide,
    /// Waits again.
    Back,
}

/// Decides about a moment; `shown` is how its sentence reads before. A subject teacher may hide what it wrote itself.
///
/// # Errors
/// `NotFound` for a moment about a child of another class, `Forbidden` for a subject teacher, `Stale` where the moment
/// says something else by now.
pub fn decide(
    tx: &mut Tx<'_>,
    call: &Call,
    class: &ClassId,
    id: &str,
    seen: &str,
    decision: Decision,
    shown: impl Fn(&MomentRow) -> String,
) -> Acted<()> {
    let permit = call.actor.see_class(class)?;
    let mut row = moments::get(tx, &permit, &call.school, id)?;
    in_class(tx, call, &permit, &StudentId::new(row.student_id.clone()))?;
    let own_hidden = decision == Decision::Hide && is_own(call, &row);
    if permit.view() == ClassView::Subject && !own_hidden {
        return Err(Refusal::Forbidden.into());
    }
    if stamp(&row) != seen {
        return Err(Refusal::Stale.into());
    }
    let action = match decision {
        Decision::Release { text, dimension } => {
            if !text.is_empty() && text != shown(&row) {
                row.text = sentence(&text, MOST_EDITED)?;
                row.chip.clear();
            }
            if let Some(dimension) = dimension {
                row.dimension = star(&dimension)?;
            }
            "released"
        }
        Decision::Hide => "hidden",
        Decision::Back if row.by_kind == Teller::Teacher.key() => "released",
        Decision::Back => "proposed",
    };
    row.state = action.to_owned();
    row.decided_by = Some(call.actor.id().to_owned());
    row.decided_at = Some(call.now);
    moments::change(tx, &row)?;
    schools::touch_board(tx, &call.school)?;
    tx.record(
        call,
        &format!("moment.{action}"),
        &format!("moment/{id}"),
        "",
    )?;
    let about = [row.student_id];
    star_cards::after_change(tx, call, &about)?;
    recognize::after_change(tx, call, &about)
}

fn in_class(db: &mut Db, call: &Call, permit: &ClassPermit, child: &StudentId) -> Acted<()> {
    if students::class_on(db, &call.school, child, call.today)? != *permit.class() {
        return Err(Refusal::NotFound.into());
    }
    Ok(())
}

fn star(dimension: &str) -> Result<String, Refusal> {
    if !DIMENSIONS.contains(&dimension) {
        return Err(Refusal::Invalid("dimension".to_owned()));
    }
    Ok(dimension.to_owned())
}

/// A teacher of the class writes a moment of its own: released at once.
///
/// # Errors
/// `NotFound` for a child of another class; `Invalid`, `CommentTooLong` for the sentence.
pub fn write(
    tx: &mut Tx<'_>,
    call: &Call,
    class: &ClassId,
    child: &StudentId,
    dimension: &str,
    text: &str,
) -> Acted<()> {
    let permit = call.actor.see_class(class)?;
    in_class(tx, call, &permit, child)?;
    let row = MomentRow {
        school_id: call.school.to_string(),
        id: new_id(),
        student_id: child.to_string(),
        class_id: class.to_string(),
        term_id: current_term(tx, call)?.id,
        round_id: None,
        by_kind: Teller::Teacher.key().to_owned(),
        by_id: call.actor.id().to_owned(),
        dimension: star(dimension)?,
        chip: String::new(),
        text: sentence(text, MOST_OWN)?,
        told_on: call.today,
        state: "released".to_owned(),
        decided_by: Some(call.actor.id().to_owned()),
        decided_at: Some(call.now),
        created_at: call.now,
        stamp: 0,
    };
    moments::add(tx, &row)?;
    schools::touch_board(tx, &call.school)?;
    tx.record(call, "moment.write", &format!("moment/{}", row.id), "")?;
    let about = [row.student_id];
    star_cards::after_change(tx, call, &about)?;
    recognize::after_change(tx, call, &about)
}
