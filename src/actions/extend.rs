//! Extra days for one child: it finishes its own sheets of a closed round that is not published yet. Given by the
//! homeroom teacher or the office, ended by the last day or by publishing. `submit_sheet` and the child's desk ask here.

use chrono::{Days, NaiveDate};

use super::Acted;
use crate::{
    domain::{
        actor::{Actor, Call},
        ids::{ClassId, StudentId},
        refusal::Refusal,
        round::RoundState,
    },
    storage::{
        Db, Tx, extensions,
        extensions::ExtensionRow,
        rounds,
        rounds::{RoundClassRow, RoundRow},
        students,
    },
};

/// Longest extension, in days after closing.
const LONGEST: u64 = 7;
const DAY: i64 = 24 * 60 * 60_000;

/// The closed round of a class in which extra days can be given, with the last day that may be chosen; none while a
/// round is open for it or where the time is over.
pub fn extendable(
    db: &mut Db,
    call: &Call,
    class: &ClassId,
) -> Acted<Option<(RoundRow, NaiveDate)>> {
    if rounds::open_for(db, &call.school, class)?.is_some() {
        return Ok(None);
    }
    for round in rounds::all(db, &call.school)?.into_iter().rev() {
        let closed = round.state == RoundState::Closed.key();
        if closed && rounds::class_of(db, &call.school, &round.id, class)?.is_some() {
            let last = last_day(call, &round);
            return Ok((last >= call.today).then_some((round, last)));
        }
    }
    Ok(None)
}

/// Counted from whole days since closing, so that it may be a day more and never one less.
fn last_day(call: &Call, round: &RoundRow) -> NaiveDate {
    let since = call.now - round.closed_at.unwrap_or(call.now);
    let passed = u64::try_from(since / DAY).unwrap_or(0);
    let closed = call.today.checked_sub_days(Days::new(passed));
    closed
        .and_then(|day| day.checked_add_days(Days::new(LONGEST)))
        .unwrap_or(call.today)
}

/// Who of a class has extra days in a round.
pub fn given(db: &mut Db, call: &Call, class: &ClassId, round: &str) -> Acted<Vec<ExtensionRow>> {
    let permit = call.actor.lead_class(class)?;
    let children = students::of_class(db, &permit, &call.school, call.today)?;
    let ids: Vec<String> = children.into_iter().map(|c| c.id).collect();
    Ok(extensions::among(db, &permit, &call.school, round, &ids)?)
}

/// Gives one child of the class until `until`, or takes the extra days back.
///
/// # Errors
/// `WrongState` where no closed round can be extended, `Invalid("extend-until")` for a day that has passed or is too
/// late, `NotFound` for a child of another class.
pub fn extend(
    tx: &mut Tx<'_>,
    call: &Call,
    class: &ClassId,
    student: &StudentId,
    until: Option<NaiveDate>,
) -> Acted<()> {
    let permit = call.actor.lead_class(class)?;
    if students::class_on(tx, &call.school, student, call.today)? != *class {
        return Err(Refusal::NotFound.into());
    }
    let (round, last) = extendable(tx, call, class)?.ok_or(Refusal::WrongState)?;
    let object = format!("round/{}/student/{student}", round.id);
    let Some(until) = until else {
        extensions::remove(tx, &permit, &call.school, &round.id, student)?;
        return Ok(tx.record(call, "extend.undo", &object, "")?);
    };
    if !(call.today..=last).contains(&until) {
        return Err(Refusal::Invalid("extend-until".to_owned()).into());
    }
    let row = ExtensionRow {
        school_id: call.school.to_string(),
        round_id: round.id,
        student_id: student.to_string(),
        until,
        given_by: call.actor.id().to_owned(),
        given_at: call.now,
    };
    extensions::set(tx, &permit, &row)?;
    Ok(tx.record(call, "extend", &object, &until.to_string())?)
}

/// The closed round that the child behind the call may still finish, with its class's part.
pub fn of_caller(db: &mut Db, call: &Call) -> Acted<Option<(RoundRow, RoundClassRow)>> {
    let Actor::Student { id, class } = &call.actor else {
        return Ok(None);
    };
    for row in extensions::of_child(db, &call.school, id)? {
        let round = rounds::get(db, &call.school, &row.round_id)?;
        if row.until < call.today || round.state != RoundState::Closed.key() {
            continue;
        }
        if let Some(part) = rounds::class_of(db, &call.school, &round.id, class)? {
            return Ok(Some((round, part)));
        }
    }
    Ok(None)
}

/// The state of a round for whoever calls: open for a child with extra days.
pub fn state_for(db: &mut Db, call: &Call, round: &RoundRow) -> Acted<RoundState> {
    let state = super::rounds::state_of(round)?;
    if state != RoundState::Closed {
        return Ok(state);
    }
    let own = of_caller(db, call)?;
    match own.is_some_and(|(extended, _)| extended.id == round.id) {
        true => Ok(RoundState::Open),
        false => Ok(state),
    }
}
