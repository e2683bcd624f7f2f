//! A family asks to have something of its child put right or deleted; the office answers within the clock. Asking is
//! open to every link of the child, refused ones included (`Door::Rights`).

use chrono::NaiveDate;

use super::{Acted, class_desk, class_room::current_term, new_id};
use crate::{
    domain::{
        actor::{Actor, Call},
        home_rights::{self, Kind, State},
        ids::StudentId,
        refusal::Refusal,
    },
    storage::{
        Db, StorageError, Tx,
        home_rights::{self as rows, RequestRow},
        schools,
        schools::HolidayRow,
        students,
    },
};

/// A family asks; the last day for the answer.
///
/// # Errors
/// `NotFound` for anybody but a family; `Invalid` without words; `Taken` while one of the kind waits for an answer.
pub fn file(tx: &mut Tx<'_>, call: &Call, kind: Kind, words: &str) -> Acted<NaiveDate> {
    let Actor::Family {
        link,
        student,
        class,
    } = &call.actor
    else {
        return Err(Refusal::NotFound.into());
    };
    let permit = call.actor.see_child(student, class)?;
    let before = rows::requests_of(tx, &permit, &call.school)?;
    keep(tx, call, (student, link.as_str()), before, (kind, words))
}

/// The office writes down what a family asked for at the desk or by telephone: for homes whose link is over, and for
/// children who have left.
///
/// # Errors
/// `Forbidden` for anybody but the office, `NotFound` for an unknown number; else as [`file()`].
pub fn file_for(
    tx: &mut Tx<'_>,
    call: &Call,
    student_no: &str,
    kind: Kind,
    words: &str,
) -> Acted<NaiveDate> {
    let permit = call.actor.run_school()?;
    let all = students::all(tx, &permit, &call.school)?;
    let child = all.into_iter().find(|s| s.student_no == student_no.trim());
    let student = StudentId::new(child.ok_or(Refusal::NotFound)?.id);
    let mut before = rows::requests_of_school(tx, &permit, &call.school)?;
    before.retain(|row| row.student_id == student.as_str());
    keep(tx, call, (&student, ""), before, (kind, words))
}

fn keep(
    tx: &mut Tx<'_>,
    call: &Call,
    (student, link): (&StudentId, &str),
    before: Vec<RequestRow>,
    (kind, words): (Kind, &str),
) -> Acted<NaiveDate> {
    let words = home_rights::words(words)?;
    let waits = |row: &RequestRow| row.kind == kind.key() && row.state == State::Open.key();
    if before.iter().any(waits) {
        return Err(Refusal::Taken("request".to_owned()).into());
    }
    let off = days_off(tx, call)?;
    let row = RequestRow {
        school_id: call.school.to_string(),
        id: new_id(),
        student_id: student.to_string(),
        link_id: link.to_owned(),
        kind: kind.key().to_owned(),
        words,
        state: State::Open.key().to_owned(),
        filed_at: call.now,
        filed_on: call.today,
        due_on: home_rights::due(call.today, |day| is_off(&off, day)),
        answer: None,
        answered_by: None,
        answered_at: None,
    };
    rows::add_request(tx, &row)?;
    let object = format!("request/{}", row.id);
    tx.record(call, "request.file", &object, kind.key())?;
    Ok(row.due_on)
}

/// A request as the office sees it.
#[derive(Clone, Debug)]
pub struct Asked {
    pub row: RequestRow,
    pub child: String,
    /// Short name of the child's class of today; empty for one who has left.
    pub class: String,
    /// Working days left, below 0 where the last day is past.
    pub left: i64,
}

/// All requests of the school: open ones first, those with the earliest last day first.
///
/// # Errors
/// `Forbidden` for anybody but the office.
pub fn of_school(db: &mut Db, call: &Call) -> Acted<Vec<Asked>> {
    let permit = call.actor.run_school()?;
    let off = days_off(db, call)?;
    let mut all = Vec::new();
    for row in rows::requests_of_school(db, &permit, &call.school)? {
        let student = StudentId::new(row.student_id.clone());
        let class = match students::class_on(db, &call.school, &student, call.today) {
            Ok(class) => class_desk::name(&students::class(db, &call.school, &class)?, call.today),
            Err(StorageError::NotFound) => String::new(),
            Err(other) => return Err(other.into()),
        };
        all.push(Asked {
            child: students::by_id(db, &call.school, &student)?.name,
            class,
            left: home_rights::days_left(call.today, row.due_on, |day| is_off(&off, day)),
            row,
        });
    }
    all.sort_by_key(|asked| asked.row.state != State::Open.key());
    Ok(all)
}

/// The office answers; a refusal is an answer with its reason. The words reach the family.
///
/// # Errors
/// `Forbidden` for anybody else; `Invalid` without words; `WrongState` where it was answered before.
pub fn answer(tx: &mut Tx<'_>, call: &Call, id: &str, done: bool, words: &str) -> Acted<()> {
    let permit = call.actor.run_school()?;
    let words = home_rights::words(words)?;
    let all = rows::requests_of_school(tx, &permit, &call.school)?;
    let row = all.iter().find(|row| row.id == id);
    if row.ok_or(Refusal::NotFound)?.state != State::Open.key() {
        return Err(Refusal::WrongState.into());
    }
    let state = if done { State::Done } else { State::Declined };
    let by = (call.actor.id(), call.now);
    rows::answer_request(tx, &permit, &call.school, id, state.key(), &words, by)?;
    let object = format!("request/{id}");
    Ok(tx.record(call, "request.answer", &object, state.key())?)
}

fn days_off(db: &mut Db, call: &Call) -> Acted<Vec<HolidayRow>> {
    let term = match current_term(db, call) {
        Ok(term) => term,
        Err(super::ActionError::Refused(Refusal::NotFound)) => return Ok(Vec::new()),
        Err(other) => return Err(other),
    };
    Ok(schools::holidays(db, &call.school, &term.id)?)
}

fn is_off(off: &[HolidayRow], day: NaiveDate) -> bool {
    off.iter().any(|h| h.starts_on <= day && day <= h.ends_on)
}
