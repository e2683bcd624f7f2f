//! The office keeps the calendar: plans terms, moves their days, adds and takes away holidays.

use chrono::NaiveDate;

use super::{Acted, new_id, weights};
use crate::{
    domain::{actor::Call, ids::SchoolId, refusal::Refusal},
    storage::{Db, Tx, rounds, schools, schools::HolidayRow, schools::TermRow},
};

/// Longest term in days; longer is a slip of the year.
const LONGEST: i64 = 300;

/// Name and days of a term or a holiday, both days included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    pub name: String,
    pub starts_on: NaiveDate,
    pub ends_on: NaiveDate,
}

/// The term that today belongs to.
pub fn present(db: &mut Db, call: &Call) -> Acted<Option<TermRow>> {
    let terms = schools::terms(db, &call.school)?;
    Ok(terms
        .into_iter()
        .find(|t| t.starts_on <= call.today && call.today <= t.ends_on))
}

/// Whether a round of the term was ever opened: then its rule holds to its end.
pub fn is_frozen(db: &mut Db, school: &SchoolId, term: &str) -> Acted<bool> {
    let rounds = rounds::of_term(db, school, term)?;
    Ok(rounds
        .iter()
        .any(|r| r.opened_at.is_some() || r.state != "draft"))
}

/// Adds a term, which goes by the version adopted last.
///
/// # Errors
/// `Invalid`: `term-name`, `term-dates` (the end is not after the start, or the term is longer than 300 days),
/// `term-overlaps`, `no-rubric`. `Taken`: `term-name`.
pub fn plan(tx: &mut Tx<'_>, call: &Call, span: &Span) -> Acted<TermRow> {
    let permit = call.actor.run_school()?;
    let name = judge_term(&schools::terms(tx, &call.school)?, span, "")?;
    let rubric = weights::upcoming(tx, &call.school)?.ok_or_else(|| invalid("no-rubric"))?;
    let row = TermRow {
        school_id: call.school.to_string(),
        id: new_id(),
        name,
        starts_on: span.starts_on,
        ends_on: span.ends_on,
        rubric_id: rubric.id,
    };
    schools::add_term(tx, &permit, &row)?;
    tx.record(call, "term.plan", &format!("term/{}", row.id), &days(span))?;
    Ok(row)
}

/// Changes a term's name and days; its rounds and holidays must still lie inside.
///
/// # Errors
/// As [`plan`], and `Invalid` with `term-rounds-outside` or `term-holidays-outside`.
pub fn change(tx: &mut Tx<'_>, call: &Call, id: &str, span: &Span) -> Acted<TermRow> {
    let permit = call.actor.run_school()?;
    let before = schools::term(tx, &call.school, id)?;
    let name = judge_term(&schools::terms(tx, &call.school)?, span, id)?;
    let outside = |from: NaiveDate, to: NaiveDate| from < span.starts_on || span.ends_on < to;
    let rounds = rounds::of_term(tx, &call.school, id)?;
    if rounds.iter().any(|r| outside(r.starts_on, r.ends_on)) {
        return Err(invalid("term-rounds-outside").into());
    }
    let holidays = schools::holidays(tx, &call.school, id)?;
    if holidays.iter().any(|h| outside(h.starts_on, h.ends_on)) {
        return Err(invalid("term-holidays-outside").into());
    }
    let row = TermRow {
        name,
        starts_on: span.starts_on,
        ends_on: span.ends_on,
        ..before
    };
    schools::change_term(tx, &permit, &row)?;
    tx.record(call, "term.change", &format!("term/{id}"), &days(span))?;
    Ok(row)
}

/// Takes a term away that has neither round nor anything else.
///
/// # Errors
/// `Invalid` with `term-in-use`.
pub fn remove(tx: &mut Tx<'_>, call: &Call, id: &str) -> Acted<()> {
    let permit = call.actor.run_school()?;
    schools::term(tx, &call.school, id)?;
    if !rounds::of_term(tx, &call.school, id)?.is_empty() {
        return Err(invalid("term-in-use").into());
    }
    for holiday in schools::holidays(tx, &call.school, id)? {
        schools::remove_holiday(tx, &permit, &call.school, &holiday.id)?;
    }
    schools::remove_term(tx, &permit, &call.school, id)?;
    tx.record(call, "term.remove", &format!("term/{id}"), "")?;
    Ok(())
}

/// Adds a holiday to a term.
///
/// # Errors
/// `Invalid`: `holiday-name`, `holiday-dates` (it ends before it starts), `holiday-outside-term`, `holiday-overlaps`.
pub fn add_holiday(tx: &mut Tx<'_>, call: &Call, term: &str, span: &Span) -> Acted<HolidayRow> {
    let permit = call.actor.run_school()?;
    let of = schools::term(tx, &call.school, term)?;
    let name = named(&span.name, "holiday-name")?;
    if span.ends_on < span.starts_on {
        return Err(invalid("holiday-dates").into());
    }
    if span.starts_on < of.starts_on || of.ends_on < span.ends_on {
        return Err(invalid("holiday-outside-term").into());
    }
    let others = schools::holidays(tx, &call.school, term)?;
    if others
        .iter()
        .any(|h| h.starts_on <= span.ends_on && span.starts_on <= h.ends_on)
    {
        return Err(invalid("holiday-overlaps").into());
    }
    let row = HolidayRow {
        school_id: call.school.to_string(),
        id: new_id(),
        term_id: of.id,
        name,
        starts_on: span.starts_on,
        ends_on: span.ends_on,
    };
    schools::add_holiday(tx, &permit, &row)?;
    tx.record(
        call,
        "holiday.add",
        &format!("holiday/{}", row.id),
        &days(span),
    )?;
    Ok(row)
}

/// Takes a holiday of a term away.
pub fn remove_holiday(tx: &mut Tx<'_>, call: &Call, term: &str, id: &str) -> Acted<()> {
    let permit = call.actor.run_school()?;
    let known = schools::holidays(tx, &call.school, term)?;
    if !known.iter().any(|h| h.id == id) {
        return Err(Refusal::NotFound.into());
    }
    schools::remove_holiday(tx, &permit, &call.school, id)?;
    tx.record(call, "holiday.remove", &format!("holiday/{id}"), "")?;
    Ok(())
}

/// Judges a term's span beside all others but `own`; gives the name as stored.
fn judge_term(all: &[TermRow], span: &Span, own: &str) -> Result<String, Refusal> {
    let name = named(&span.name, "term-name")?;
    let length = (span.ends_on - span.starts_on).num_days();
    if !(1..=LONGEST).contains(&length) {
        return Err(invalid("term-dates"));
    }
    let mut others = all.iter().filter(|t| t.id != own);
    if others.clone().any(|t| t.name == name) {
        return Err(Refusal::Taken("term-name".to_owned()));
    }
    let overlaps = |t: &TermRow| t.starts_on <= span.ends_on && span.starts_on <= t.ends_on;
    if others.any(overlaps) {
        return Err(invalid("term-overlaps"));
    }
    Ok(name)
}

fn named(text: &str, key: &str) -> Result<String, Refusal> {
    let name = text.trim();
    if name.is_empty() || name.chars().count() > 40 || name.chars().any(char::is_control) {
        return Err(invalid(key));
    }
    Ok(name.to_owned())
}

fn invalid(key: &str) -> Refusal {
    Refusal::Invalid(key.to_owned())
}

fn days(span: &Span) -> String {
    format!("{}..{}", span.starts_on, span.ends_on)
}
