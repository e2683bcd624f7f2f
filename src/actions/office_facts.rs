//! What the office's home, its rounds and its log are made of.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::{
    Acted,
    round_progress::{self, ClassPart},
    rounds::graded,
};
use crate::{
    domain::{actor::Call, calendar::Term, ids::SchoolId},
    keys::server_key::KeyRing,
    storage::{
        Db, audit,
        audit::{AuditRow, Wanted},
        displays, rounds,
        rounds::RoundRow,
        schools,
        schools::{HolidayRow, TermRow},
        staff, students,
        students::ClassRow,
    },
};

/// A round with how far each class is; drafts have no numbers.
#[derive(Clone, Debug)]
pub struct RoundFacts {
    pub round: RoundRow,
    pub parts: Vec<ClassPart>,
}

/// The rounds of the running term, newest first, and what a new one needs.
#[derive(Clone, Debug)]
pub struct RoundsFacts {
    pub term: Option<TermRow>,
    pub rubric_version: i32,
    pub rounds: Vec<RoundFacts>,
    /// Classes with public code and grade today.
    pub classes: Vec<(ClassRow, String, i32)>,
}

/// See [`RoundsFacts`].
pub fn all_rounds(db: &mut Db, call: &Call) -> Acted<RoundsFacts> {
    let permit = call.actor.run_school()?;
    let school = &call.school;
    let term = term_at(db, school, call.today)?;
    let mut facts = Vec::new();
    for round in rounds::all(db, school)?.into_iter().rev() {
        if term.as_ref().is_some_and(|t| t.id != round.term_id) {
            continue;
        }
        let parts = round_progress::of_round(db, &permit, school, &round, call.today)?;
        facts.push(RoundFacts { round, parts });
    }
    let rubric_version = match &term {
        Some(term) => schools::rubric(db, school, &term.rubric_id)?.version,
        None => 0,
    };
    let classes = classes_on(db, school, call.today)?;
    Ok(RoundsFacts {
        term,
        rubric_version,
        rounds: facts,
        classes,
    })
}

/// Classes that are at the school on a day, by code.
pub fn classes_on(
    db: &mut Db,
    school: &SchoolId,
    on: NaiveDate,
) -> Acted<Vec<(ClassRow, String, i32)>> {
    let all = students::classes(db, school)?.into_iter();
    let mut now: Vec<_> = all
        .filter_map(|class| graded(&class, on).map(|(code, grade)| (class, code, grade)))
        .collect();
    now.sort_by(|a, b| a.1.cmp(&b.1));
    Ok(now)
}

/// The term of a day, else the last one begun, else the first to come.
pub fn term_at(db: &mut Db, school: &SchoolId, on: NaiveDate) -> Acted<Option<TermRow>> {
    let terms = schools::terms(db, school)?;
    let begun = terms.iter().rev().find(|t| t.starts_on <= on);
    Ok(begun.or(terms.first()).cloned())
}

/// The counted week of a day in a term.
pub fn week(term: &TermRow, holidays: &[HolidayRow], on: NaiveDate) -> Option<u32> {
    counted(term, holidays).week_of(on).map(|week| week.number)
}

/// How many weeks of a term are counted.
pub fn weeks(term: &TermRow, holidays: &[HolidayRow]) -> u32 {
    round_progress::small(counted(term, holidays).weeks().len())
}

/// A term with its holiday weeks.
pub fn counted(term: &TermRow, holidays: &[HolidayRow]) -> Term {
    let first_days = holidays.iter().flat_map(|h| {
        let days = h.starts_on.iter_days().take_while(|d| *d <= h.ends_on);
        days.step_by(7).collect::<Vec<NaiveDate>>()
    });
    Term {
        name: term.name.clone(),
        first: term.starts_on,
        last: term.ends_on,
        holiday_weeks: first_days.collect(),
    }
}

/// The office's home.
#[derive(Clone, Debug)]
pub struct HomeFacts {
    pub school_name: String,
    pub term: Option<TermRow>,
    pub week: Option<u32>,
    pub round: Option<RoundFacts>,
    pub any_round: bool,
    pub classes: u32,
    pub homerooms: u32,
    pub students: u32,
    pub teachers: u32,
    pub with_consent: u32,
    pub screens: u32,
}

/// See [`HomeFacts`].
pub fn home(db: &mut Db, call: &Call) -> Acted<HomeFacts> {
    let permit = call.actor.run_school()?;
    let (school, today) = (&call.school, call.today);
    let term = term_at(db, school, today)?;
    let holidays = match &term {
        Some(term) => schools::holidays(db, school, &term.id)?,
        None => Vec::new(),
    };
    let all = rounds::all(db, school)?;
    let shown = ["open", "closed", "draft"].into_iter();
    let mut current = shown.filter_map(|state| all.iter().rev().find(|r| r.state == state));
    let round = match current.next() {
        Some(round) => Some(RoundFacts {
            parts: round_progress::of_round(db, &permit, school, round, today)?,
            round: round.clone(),
        }),
        None => None,
    };
    let classes = classes_on(db, school, today)?;
    let here = students::enrolments_between(db, &permit, school, today, today)?;
    let teaching = staff::teaching_between(db, &permit, school, today, today)?;
    let led = |class: &ClassRow| {
        let mut of = teaching.iter().filter(|t| t.class_id == class.id);
        of.any(|t| t.role == "homeroom")
    };
    let answered: HashSet<String> = students::all(db, &permit, school)?
        .into_iter()
        .filter(|s| s.consent != "notice")
        .map(|s| s.id)
        .collect();
    let count = round_progress::small;
    let accounts = staff::all(db, &permit, school)?;
    let screens = displays::screens(
        db,
        &crate::domain::actor::Actor::System.run_displays(None)?,
        school,
    )?;
    Ok(HomeFacts {
        school_name: schools::get(db, school)?.name,
        week: term.as_ref().and_then(|t| week(t, &holidays, today)),
        term,
        round,
        any_round: all.iter().any(|r| r.state != "draft"),
        homerooms: count(classes.iter().filter(|(c, ..)| led(c)).count()),
        classes: count(classes.len()),
        with_consent: count(
            here.iter()
                .filter(|e| answered.contains(&e.student_id))
                .count(),
        ),
        students: count(here.len()),
        teachers: count(accounts.iter().filter(|a| a.role != "admin").count()),
        screens: count(screens.iter().filter(|s| s.revoked_at.is_none()).count()),
    })
}

/// A page of the log, newest first, with the names of all actions and whether the chain holds.
#[derive(Clone, Debug)]
pub struct LogFacts {
    pub rows: Vec<AuditRow>,
    pub actions: Vec<String>,
    /// Login by account id.
    pub logins: HashMap<String, String>,
    pub whole: bool,
}

/// See [`LogFacts`].
pub fn log(
    db: &mut Db,
    call: &Call,
    ring: &KeyRing,
    wanted: &Wanted,
    limit: usize,
) -> Acted<LogFacts> {
    let permit = call.actor.run_school()?;
    let school = &call.school;
    let accounts = staff::all(db, &permit, school)?;
    let of_login = accounts.iter().find(|a| a.login == wanted.actor);
    let wanted = Wanted {
        actor: of_login.map_or(&wanted.actor, |a| &a.id).clone(),
        ..wanted.clone()
    };
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    Ok(LogFacts {
        rows: audit::newest(db, &permit, school, &wanted, limit)?,
        logins: accounts.into_iter().map(|a| (a.id, a.login)).collect(),
        actions: audit::actions(db, &permit, school)?,
        whole: audit::verify(db, ring, school)?.is_ok(),
    })
}
