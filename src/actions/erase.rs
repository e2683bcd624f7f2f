//! The office erases the data of a child who has left, in answer to a request (security.md 3, S-70). It cannot be
//! undone: a fresh proof of identity and the child's number, typed, come first.

use super::{Acted, prove, session::Seen};
use crate::{
    domain::{
        actor::SchoolPermit,
        home_rights::{Kind, State},
        ids::StudentId,
        refusal::Refusal,
    },
    storage::{
        Db, Tx, erasure,
        erasure::ErasureRow,
        home_rights::{self, RequestRow},
        schools, students,
        students::StudentRow,
    },
};

/// What stands before the office when it decides.
#[derive(Clone, Debug)]
pub struct Held {
    pub child: StudentRow,
    /// Still in a class, or about to be: nothing is erased then.
    pub here: bool,
    /// Rows that go or lose their words, by table.
    pub rows: Vec<(&'static str, i64)>,
}

/// What a request to delete would erase.
///
/// # Errors
/// `Forbidden` for anybody but the office, `NotFound` for another kind of request, `WrongState` for an answered one.
pub fn held(db: &mut Db, seen: &Seen, request: &str) -> Acted<Held> {
    let permit = seen.call.actor.run_school()?;
    let (_, child) = asked(db, &permit, seen, request)?;
    let (school, id) = (&seen.call.school, StudentId::new(child.id.clone()));
    Ok(Held {
        here: erasure::is_here(db, &permit, school, &id, seen.call.today)?,
        rows: erasure::held(db, &permit, school, &id)?,
        child,
    })
}

fn asked(
    db: &mut Db,
    permit: &SchoolPermit,
    seen: &Seen,
    request: &str,
) -> Acted<(RequestRow, StudentRow)> {
    let all = home_rights::requests_of_school(db, permit, &seen.call.school)?;
    let is_meant = |row: &RequestRow| row.id == request && row.kind == Kind::Deletion.key();
    let row = all.into_iter().find(is_meant).ok_or(Refusal::NotFound)?;
    if row.state != State::Open.key() {
        return Err(Refusal::WrongState.into());
    }
    let student = StudentId::new(row.student_id.clone());
    let child = students::by_id(db, &seen.call.school, &student)?;
    Ok((row, child))
}

/// Erases; the request is done.
///
/// # Errors
/// Those of [`held`]; `ProveAgain` without a fresh proof, `Invalid("erase-number")` where the number typed is another,
/// `StillHere` while the child is in a class.
pub fn erase(tx: &mut Tx<'_>, seen: &Seen, request: &str, typed_no: &str) -> Acted<()> {
    let call = &seen.call;
    let permit = call.actor.run_school()?;
    prove::need(seen)?;
    let (row, child) = asked(tx, &permit, seen, request)?;
    if typed_no.trim() != child.student_no {
        return Err(Refusal::Invalid("erase-number".to_owned()).into());
    }
    let student = StudentId::new(child.id);
    if erasure::is_here(tx, &permit, &call.school, &student, call.today)? {
        return Err(Refusal::StillHere.into());
    }
    let order = ErasureRow {
        school_id: call.school.to_string(),
        student_id: student.to_string(),
        erased_by: call.actor.id().to_owned(),
        erased_at: call.now,
    };
    erasure::erase(tx, &permit, &order)?;
    let (done, by) = (State::Done.key(), (call.actor.id(), call.now));
    home_rights::answer_request(tx, &permit, &call.school, &row.id, done, "", by)?;
    schools::touch_board(tx, &call.school)?;
    let object = format!("student/{student}");
    let detail = format!("request/{}", row.id);
    Ok(tx.record(call, "student.erase", &object, &detail)?)
}
