//! A week as the weekly index needs it: the checks that count, who took part in the week's rounds, and what was decided
//! before. `domain::week_index` decides on it.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::{Days, NaiveDate};

use super::{Acted, office_facts, participation, rounds::graded, term_votes::read_rubric};
use crate::{
    domain::{
        actor::{Actor, Call},
        calendar::{Week, monday},
        refusal::Refusal,
        rubric::Rubric,
        week_index::{ClassWeek, Decided, MEDIAN_WEEKS, Part, decide},
    },
    storage::{
        Db, inspections, inspections::InspectionRow, rounds, schools, schools::TermRow, students,
        week_flags, week_flags::ClosingRow,
    },
};

/// A class in a week with what is made of it.
#[derive(Clone, Debug, PartialEq)]
pub struct WeekClass {
    /// Public code.
    pub code: String,
    pub facts: ClassWeek,
    pub made: Decided,
}

/// A week's facts.
#[derive(Clone, Debug)]
pub struct WeekFacts {
    pub term: TermRow,
    pub week: Week,
    pub rubric: Rubric,
    /// By code.
    pub classes: Vec<WeekClass>,
}

/// The last day of a week.
pub fn sunday(monday: NaiveDate) -> NaiveDate {
    monday + Days::new(6)
}

/// The counted week of a day, and its term.
///
/// # Errors
/// `NotFound` outside every term and in holidays.
pub fn week_of(db: &mut Db, call: &Call, day: NaiveDate) -> Acted<(TermRow, Week)> {
    let terms = schools::terms(db, &call.school)?;
    let of_week = |t: &&TermRow| monday(t.starts_on) <= day && day <= sunday(monday(t.ends_on));
    let term = terms.iter().find(of_week).ok_or(Refusal::NotFound)?;
    let days_off = schools::holidays(db, &call.school, &term.id)?;
    let weeks = office_facts::counted(term, &days_off).weeks();
    let week = weeks.into_iter().find(|w| w.monday == monday(day));
    Ok((term.clone(), week.ok_or(Refusal::NotFound)?))
}

/// Loads the counted week of a day and computes it.
///
/// # Errors
/// As [`week_of`].
pub fn gather(db: &mut Db, call: &Call, day: NaiveDate) -> Acted<WeekFacts> {
    let permit = call.actor.run_school()?;
    let (term, week) = week_of(db, call, day)?;
    let rubric = read_rubric(db, &call.school, &term.rubric_id)?;
    let (from, to) = (week.monday, sunday(week.monday));
    let checks = inspections::between(db, &permit, &call.school, from, to)?;
    let part = taking_part(db, call, &term, from)?;
    let before = before(db, call, &term, from)?;
    let mut classes = Vec::new();
    for class in students::classes(db, &call.school)? {
        let Some((code, grade)) = graded(&class, from.max(term.starts_on)) else {
            continue;
        };
        let own: Vec<&InspectionRow> = checks
            .iter()
            .filter(|row| row.counts && row.class_id == class.id)
            .collect();
        let mut parts = parts(&rubric, &own);
        let (done, expected) = part.get(&class.id).copied().unwrap_or_default();
        parts.extend(Part::participation(done, expected));
        let days: BTreeSet<NaiveDate> = own.iter().map(|row| row.on_date).collect();
        let facts = ClassWeek {
            before: before.get(&class.id).cloned().unwrap_or_default(),
            class: class.id,
            grade,
            parts,
            days: days.len(),
        };
        classes.push((code, facts));
    }
    classes.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(WeekFacts {
        term,
        week,
        rubric,
        classes: decided(classes),
    })
}

fn decided(classes: Vec<(String, ClassWeek)>) -> Vec<WeekClass> {
    let facts: Vec<ClassWeek> = classes.iter().map(|(_, facts)| facts.clone()).collect();
    let made = decide(&facts);
    let both = classes.into_iter().zip(made);
    both.map(|((code, facts), made)| WeekClass { code, facts, made })
        .collect()
}

/// Items in the rubric's order, as far as they were checked.
fn parts(rubric: &Rubric, checks: &[&InspectionRow]) -> Vec<Part> {
    let mut sums: HashMap<&str, (f64, f64)> = HashMap::new();
    for row in checks {
        let sum = sums.entry(row.item.as_str()).or_default();
        *sum = (sum.0 + row.points, sum.1 + row.full_marks);
    }
    let part = |item: &crate::domain::rubric::Item| {
        let (points, full) = *sums.get(item.id.as_str())?;
        (full > 0.0).then(|| Part {
            key: item.id.clone(),
            points,
            full,
            weight: item.weight,
        })
    };
    rubric.items.iter().filter_map(part).collect()
}

/// By class: children done and children expected in the rounds of the week.
fn taking_part(
    db: &mut Db,
    call: &Call,
    term: &TermRow,
    from: NaiveDate,
) -> Acted<HashMap<String, (usize, usize)>> {
    let machine = Call {
        actor: Actor::System,
        ..call.clone()
    };
    let to = sunday(from);
    let mut all: HashMap<String, (usize, usize)> = HashMap::new();
    for round in rounds::of_term(db, &call.school, &term.id)? {
        if round.opened_at.is_none() || round.starts_on > to || round.ends_on < from {
            continue;
        }
        for class in participation::participation(db, &machine, &round.id)? {
            let sum = all.entry(class.class.to_string()).or_default();
            sum.0 += class.done;
            sum.1 += class.enrolled.saturating_sub(class.excused);
        }
    }
    Ok(all)
}

/// The decisions that hold, one a week, oldest first.
pub fn standing(closings: Vec<ClosingRow>) -> Vec<ClosingRow> {
    let by_week: BTreeMap<NaiveDate, ClosingRow> =
        closings.into_iter().map(|row| (row.monday, row)).collect();
    by_week.into_values().collect()
}

/// By class: indices of its latest decided weeks of the term before this one, newest first.
fn before(
    db: &mut Db,
    call: &Call,
    term: &TermRow,
    from: NaiveDate,
) -> Acted<HashMap<String, Vec<i32>>> {
    let closings = standing(week_flags::closings(db, &call.school)?);
    let earlier = closings
        .into_iter()
        .rev()
        .filter(|row| row.term_id == term.id && row.monday < from);
    let mut all: HashMap<String, Vec<i32>> = HashMap::new();
    for closing in earlier {
        for row in week_flags::classes_of(db, &call.school, &closing.id)? {
            let weeks = all.entry(row.class_id).or_default();
            if let Some(tenths) = row.tenths.filter(|_| weeks.len() < MEDIAN_WEEKS) {
                weeks.push(tenths);
            }
        }
    }
    Ok(all)
}
