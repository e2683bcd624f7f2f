//! Personal-best logs: a teacher keeps a day for the class, from the form, a paste or a file; a child tells its own and
//! a teacher confirms. Whoever teaches the class may: the rope is counted in the PE lesson.

use std::collections::{BTreeSet, HashMap};

use chrono::NaiveDate;

use super::{
    Acted, class_desk, class_desk::ClassDesk, class_room::current_term, new_id, recognize,
};
use crate::{
    domain::{
        actor::{Actor, Call, ChildPermit},
        ids::ClassId,
        logs::{Day, KINDS, Kind, Standing, standing},
        refusal::Refusal,
    },
    storage::{
        Db, Tx, logs,
        logs::{CONFIRMED, LogRow, WAITING},
        schools::TermRow,
        students::StudentRow,
    },
};

/// A class with its days of this term.
#[derive(Clone, Debug)]
pub struct ClassLogs {
    pub desk: ClassDesk,
    pub term: TermRow,
    pub rows: Vec<LogRow>,
}

impl ClassLogs {
    /// What stands for a child on a day.
    pub fn on(&self, kind: Kind, child: &str, day: NaiveDate) -> Option<&LogRow> {
        let of = |row: &&LogRow| row.kind == kind.id && row.student_id == child;
        self.rows.iter().filter(of).find(|row| row.done_on == day)
    }

    /// Where a child stands with itself.
    pub fn standing(&self, kind: Kind, child: &str, today: NaiveDate) -> Option<Standing> {
        let of = self.rows.iter().filter(|row| row.student_id == child);
        standing_in(kind, of, today)
    }
}

fn standing_in<'r>(
    kind: Kind,
    rows: impl Iterator<Item = &'r LogRow>,
    today: NaiveDate,
) -> Option<Standing> {
    let of = rows.filter(|row| row.kind == kind.id && row.is_confirmed());
    let days: Vec<Day> = of
        .map(|row| Day {
            on: row.done_on,
            amount: row.amount,
        })
        .collect();
    standing(kind.way, &days, today)
}

/// Loads a class's term.
pub fn of_class(db: &mut Db, call: &Call, class: &ClassId) -> Acted<ClassLogs> {
    let permit = call.actor.see_class(class)?;
    let desk = class_desk::desk(db, call, class)?;
    let term = current_term(db, call)?;
    let ids: Vec<String> = desk.children.iter().map(|c| c.id.clone()).collect();
    let rows = logs::of_class(db, &permit, &call.school, &term.id, &ids)?;
    Ok(ClassLogs { desk, term, rows })
}

/// One day of one child as a teacher gives it; no amount takes away what stood there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    pub student: String,
    pub kind: Kind,
    pub on: NaiveDate,
    pub amount: Option<i32>,
}

/// Keeps days of a class; returns how many changed. What was overwritten stands in the audit log.
///
/// # Errors
/// `NotFound` for a child of another class, `Invalid("log-date")` for a day outside the term or to come.
pub fn keep(tx: &mut Tx<'_>, call: &Call, class: &ClassId, given: &[Given]) -> Acted<usize> {
    let before = of_class(tx, call, class)?;
    let mut changed = 0;
    for one in given {
        if !before.desk.children.iter().any(|c| c.id == one.student) {
            return Err(Refusal::NotFound.into());
        }
        may_stand(&before.term, call, one.on)?;
        let stood = before.on(one.kind, &one.student, one.on);
        let was = stood.filter(|row| row.is_confirmed()).map(|r| r.amount);
        if was == one.amount {
            continue;
        }
        changed += 1;
        let row = row_of(call, &before.term, one);
        match one.amount {
            Some(_) => logs::put(tx, &row)?,
            None => drop(logs::take_away(tx, &row)?),
        }
        if let Some(was) = was {
            let now = one.amount.map_or_else(String::new, |n| n.to_string());
            let detail = format!("{} {} {was}>{now}", one.kind.id, one.on);
            tx.record(
                call,
                "log.change",
                &format!("student/{}", one.student),
                &detail,
            )?;
        }
    }
    let detail = format!("given={} changed={changed}", given.len());
    tx.record(call, "log.keep", &format!("class/{class}"), &detail)?;
    if changed > 0 {
        let children: BTreeSet<String> = given.iter().map(|one| one.student.clone()).collect();
        let children: Vec<String> = children.into_iter().collect();
        recognize::after_change(tx, call, &children)?;
    }
    Ok(changed)
}

fn may_stand(term: &TermRow, call: &Call, on: NaiveDate) -> Result<(), Refusal> {
    if term.starts_on <= on && on <= term.ends_on.min(call.today) {
        return Ok(());
    }
    Err(Refusal::Invalid("log-date".to_owned()))
}

fn row_of(call: &Call, term: &TermRow, given: &Given) -> LogRow {
    LogRow {
        school_id: call.school.to_string(),
        id: new_id(),
        student_id: given.student.clone(),
        term_id: term.id.clone(),
        kind: given.kind.id.to_owned(),
        done_on: given.on,
        amount: given.amount.unwrap_or(0),
        state: CONFIRMED.to_owned(),
        by_kind: "teacher".to_owned(),
        by_id: call.actor.id().to_owned(),
        kept_at: call.now,
    }
}

/// A child tells what it did today; it counts once a teacher has confirmed it. Told again it replaces the earlier word.
///
/// # Errors
/// `Forbidden` for anybody but a child, `WrongState` where a teacher's figure of today stands.
pub fn tell(tx: &mut Tx<'_>, call: &Call, kind: Kind, amount: i32) -> Acted<()> {
    let Actor::Student { id, class } = &call.actor else {
        return Err(Refusal::Forbidden.into());
    };
    let permit = call.actor.see_child(id, class)?;
    let term = current_term(tx, call)?;
    let given = Given {
        student: id.to_string(),
        kind,
        on: call.today,
        amount: Some(amount),
    };
    let before = logs::of_child(tx, &permit, &call.school, &term.id)?;
    let today = |row: &&LogRow| row.kind == kind.id && row.done_on == call.today;
    if before.iter().filter(today).any(LogRow::is_confirmed) {
        return Err(Refusal::WrongState.into());
    }
    let row = LogRow {
        state: WAITING.to_owned(),
        by_kind: "student".to_owned(),
        ..row_of(call, &term, &given)
    };
    logs::put(tx, &row)?;
    Ok(tx.record(call, "log.tell", &format!("log/{}", row.id), kind.id)?)
}

/// A teacher says yes or no to what children told; those that are gone by now are passed over. Returns how many.
pub fn decide(
    tx: &mut Tx<'_>,
    call: &Call,
    class: &ClassId,
    ids: &[String],
    yes: bool,
) -> Acted<usize> {
    let found = of_class(tx, call, class)?;
    let waiting = found.rows.into_iter().filter(|row| !row.is_confirmed());
    let mut decided = Vec::new();
    for mut row in waiting.filter(|row| ids.contains(&row.id)) {
        if yes {
            row.state = CONFIRMED.to_owned();
            logs::put(tx, &row)?;
        } else {
            logs::take_away(tx, &row)?;
        }
        let action = if yes { "log.confirm" } else { "log.decline" };
        tx.record(call, action, &format!("log/{}", row.id), &row.kind)?;
        decided.push(row.student_id);
    }
    if decided.is_empty() {
        return Err(Refusal::WrongState.into());
    }
    recognize::after_change(tx, call, &decided)?;
    Ok(decided.len())
}

/// A child's own logs: its standing by kind, and what waits for a teacher.
#[derive(Clone, Debug, Default)]
pub struct OwnLogs {
    pub standings: Vec<(Kind, Standing)>,
    /// By id of the kind.
    pub waiting: HashMap<String, i32>,
}

/// Loads them for the term of today.
pub fn own(db: &mut Db, call: &Call, permit: &ChildPermit) -> Acted<OwnLogs> {
    let term = current_term(db, call)?.id;
    let rows = logs::of_child(db, permit, &call.school, &term)?;
    let standings = KINDS
        .into_iter()
        .filter_map(|kind| Some((kind, standing_in(kind, rows.iter(), call.today)?)));
    let waiting = rows.iter().filter(|row| !row.is_confirmed());
    Ok(OwnLogs {
        standings: standings.collect(),
        waiting: waiting.map(|row| (row.kind.clone(), row.amount)).collect(),
    })
}

/// Finds a child of the class by name or 学号, for what was typed or pasted; none where two fit.
pub fn whom<'d>(desk: &'d ClassDesk, said: &str) -> Option<&'d str> {
    let said = said.trim();
    let fits = |child: &&StudentRow| child.name == said || child.student_no == said;
    let mut found = desk.children.iter().filter(fits);
    let one = found.next()?;
    found.next().is_none().then_some(one.id.as_str())
}
