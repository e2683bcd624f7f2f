//! A week as the office looks at it: what the facts say now, what was decided, and the term's other weeks.

use chrono::NaiveDate;

use super::{
    Acted, ActionError, decide_week, office_facts,
    week_facts::{self, WeekFacts},
};
use crate::{
    domain::{actor::Call, calendar, ids::StaffId, refusal::Refusal},
    storage::{
        Db, schools, staff, week_flags,
        week_flags::{ClosingRow, FlagRow},
    },
};

/// The decision that holds.
#[derive(Clone, Debug)]
pub struct Decision {
    pub closing: ClosingRow,
    pub rows: Vec<FlagRow>,
    /// Name of whoever decided; empty: the machine.
    pub by: String,
}

/// A counted week of the term up to today.
#[derive(Clone, Debug)]
pub struct Week {
    pub week: calendar::Week,
    pub decided: bool,
    /// Classes with a flag.
    pub rows: Vec<FlagRow>,
}

/// See the file's head.
#[derive(Clone, Debug)]
pub struct WeekLook {
    /// None in holidays and outside the term.
    pub facts: Option<WeekFacts>,
    pub decided: Option<Decision>,
    /// Oldest first.
    pub weeks: Vec<Week>,
}

/// Loads the week of a day.
pub fn look(db: &mut Db, call: &Call, day: NaiveDate) -> Acted<WeekLook> {
    call.actor.run_school()?;
    let facts = match week_facts::gather(db, call, day) {
        Ok(facts) => Some(facts),
        Err(ActionError::Refused(Refusal::NotFound)) => None,
        Err(other) => return Err(other),
    };
    let decided = match &facts {
        Some(facts) => decision(db, call, facts.week.monday)?,
        None => None,
    };
    Ok(WeekLook {
        weeks: weeks(db, call, day)?,
        facts,
        decided,
    })
}

fn decision(db: &mut Db, call: &Call, monday: NaiveDate) -> Acted<Option<Decision>> {
    let Some((closing, rows)) = decide_week::standing_of(db, call, monday)? else {
        return Ok(None);
    };
    let by = match closing.decided_by.as_str() {
        "" => String::new(),
        id => staff::get(db, &call.school, &StaffId::new(id))?.name,
    };
    Ok(Some(Decision { closing, rows, by }))
}

fn weeks(db: &mut Db, call: &Call, day: NaiveDate) -> Acted<Vec<Week>> {
    let Some(term) = office_facts::term_at(db, &call.school, day)? else {
        return Ok(Vec::new());
    };
    let days_off = schools::holidays(db, &call.school, &term.id)?;
    let standing = week_facts::standing(week_flags::closings(db, &call.school)?);
    let mut weeks = Vec::new();
    for week in office_facts::counted(&term, &days_off).weeks() {
        if week.monday > call.today {
            break;
        }
        let closing = standing.iter().find(|row| row.monday == week.monday);
        let rows = match closing {
            Some(closing) => week_flags::classes_of(db, &call.school, &closing.id)?,
            None => Vec::new(),
        };
        weeks.push(Week {
            week,
            decided: closing.is_some(),
            rows: rows.into_iter().filter(|r| !r.flags.is_empty()).collect(),
        });
    }
    Ok(weeks)
}
