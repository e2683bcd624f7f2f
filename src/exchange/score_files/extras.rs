//! assignments.csv, excused.csv and inspections.csv, checked against people and rounds.

use super::people::{People, Ratee};
use super::{InFiles, RowError, decimal, each_row};
use crate::domain::rubric::Rubric;
use crate::domain::scoring::input::{ClassRoundInput, Inspection, TermInput};
use crate::domain::scoring::number::ix;
use crate::exchange::csv_rows::Column;
use crate::exchange::fast_map::FastSet;

const ROUND: Column = Column::required("round");

/// Reads the files that are there into the term.
pub(super) fn read(
    files: &InFiles<'_>,
    rubric: &Rubric,
    people: &People,
    term: &mut TermInput,
    errors: &mut Vec<RowError>,
) {
    if let Some(bytes) = files.assignments {
        read_assignments(bytes, people, term, errors);
    }
    if let Some(bytes) = files.excused {
        read_excused(bytes, people, term, errors);
    }
    if let Some(bytes) = files.inspections {
        read_inspections(bytes, rubric, people, term, errors);
    }
    let rounds = term.classes.iter_mut().flat_map(|c| c.rounds.iter_mut());
    for round in rounds {
        round.assignments.sort_unstable();
        round.excused.sort_unstable();
        let key = |a: &Inspection, b: &Inspection| {
            (a.item, a.date, a.post.as_bytes()).cmp(&(b.item, b.date, b.post.as_bytes()))
        };
        round.inspections.sort_by(key);
    }
}

fn read_assignments(
    bytes: &[u8],
    people: &People,
    term: &mut TermInput,
    errors: &mut Vec<RowError>,
) {
    let columns = [ROUND, Column::required("rater"), Column::required("ratee")];
    let mut seen = FastSet::default();
    each_row(
        "assignments.csv",
        bytes,
        columns,
        errors,
        |[round, rater, ratee], _| {
            let at = round_at(term, round)?;
            let (class, rater_at) = student(people, rater)?;
            let (other, ratee_at) = student(people, ratee)?;
            if class != other {
                return Err(format!("{ratee} is in another class"));
            }
            if rater_at == ratee_at {
                return Err(format!("{rater} is assigned to the own sheet"));
            }
            if !seen.insert((at, class, rater_at, ratee_at)) {
                return Err(format!("{rater} is assigned to {ratee} twice"));
            }
            if let Some(round) = place(term, class, at) {
                round.assignments.push((rater_at, ratee_at));
            }
            Ok(())
        },
    );
}

fn read_excused(bytes: &[u8], people: &People, term: &mut TermInput, errors: &mut Vec<RowError>) {
    let columns = [ROUND, Column::required("student_no").or("学号")];
    let mut seen = FastSet::default();
    each_row("excused.csv", bytes, columns, errors, |[round, no], _| {
        let at = round_at(term, round)?;
        let (class, student) = student(people, no)?;
        if !seen.insert((at, class, student)) {
            return Err(format!("{no} is excused twice"));
        }
        if let Some(round) = place(term, class, at) {
            round.excused.push(student);
        }
        Ok(())
    });
}

fn read_inspections(
    bytes: &[u8],
    rubric: &Rubric,
    people: &People,
    term: &mut TermInput,
    errors: &mut Vec<RowError>,
) {
    let columns = [
        Column::required("date"),
        ROUND,
        Column::required("post"),
        Column::required("class").or("班级"),
        Column::required("item"),
        Column::required("full"),
        Column::required("points"),
    ];
    let mut seen = FastSet::default();
    each_row("inspections.csv", bytes, columns, errors, |fields, _| {
        let [date, round, post, class, item, full, points] = fields;
        let date = day(date).ok_or("date must be YYYY-MM-DD")?;
        let at = round_at(term, round)?;
        let Some(Ratee::Class(class)) = people.ratees.get(class.as_bytes()).copied() else {
            return Err(format!("unknown class {class}"));
        };
        let found = rubric.items.iter().position(|known| known.id == item);
        let found = found.and_then(|at| u16::try_from(at).ok());
        let item = found.ok_or_else(|| format!("unknown item {item}"))?;
        let range = || "points must be from 0 to full, and full above 0".to_owned();
        let full = decimal(full).filter(|full| *full > 0.0).ok_or_else(range)?;
        let points = decimal(points).filter(|points| (0.0..=full).contains(points));
        let points = points.ok_or_else(range)?;
        if !seen.insert((at, class, date, post.to_owned(), item)) {
            return Err("this check is there twice".into());
        }
        if let Some(round) = place(term, class, at) {
            round.inspections.push(Inspection {
                item,
                date,
                post: post.to_owned(),
                full,
                points,
            });
        }
        Ok(())
    });
}

fn round_at(term: &TermInput, name: &str) -> Result<usize, String> {
    let at = term
        .rounds
        .binary_search_by(|round| round.as_str().cmp(name));
    at.ok().ok_or_else(|| format!("unknown round {name}"))
}

fn student(people: &People, no: &str) -> Result<(u32, u32), String> {
    match people.ratees.get(no.as_bytes()) {
        Some(Ratee::Student(class, at)) => Ok((*class, *at)),
        _ => Err(format!("unknown student {no}")),
    }
}

fn place(term: &mut TermInput, class: u32, round: usize) -> Option<&mut ClassRoundInput> {
    term.classes.get_mut(ix(class))?.rounds.get_mut(round)
}

/// A real day as a number that sorts by date: year·372 + month·31 + day.
fn day(text: &str) -> Option<u32> {
    let bytes = text.as_bytes();
    let shape = |(at, byte): (usize, &u8)| match at {
        4 | 7 => *byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    if bytes.len() != 10 || !bytes.iter().enumerate().all(shape) {
        return None;
    }
    let mut parts = text.split('-').filter_map(|part| part.parse::<u32>().ok());
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let last = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    (1..=last)
        .contains(&day)
        .then_some(year * 372 + month * 31 + day)
}
