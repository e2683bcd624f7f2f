//! What the school takes along as tables: roster, teachers, answers, checks, scores, rankings, badges. Office only.
//! [`announce`] leaves the audit line before the first byte; [`build`] makes the sheet, marked with who and when.

use std::collections::HashMap;

use super::{
    Acted, counted_checks, export_published, export_score_folder, export_score_folder::Period,
    import_classes::ClassCodes, imports::current_term,
};
use crate::{
    domain::{
        actor::{Actor, Call, SchoolPermit},
        roster_plan::Sex,
    },
    exchange::{
        class_name::{self, ClassName, SchoolYear},
        exports::{self, Headings},
        inspections::InspectionRow as CheckRow,
        roster::RosterRow,
        score_files::{checks, each_sheet},
        sheets::SheetRow,
        table::Sheet,
        teachers::TeacherRow,
    },
    storage::{Db, Tx, inspections::InspectionRow, schools, staff, students},
};

/// A table to be exported.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    Roster,
    Teachers,
    Sheets,
    Inspections,
    Scores,
    Rankings,
    Badges,
}

impl Table {
    /// Every table.
    pub const ALL: [Self; 7] = [
        Self::Roster,
        Self::Teachers,
        Self::Sheets,
        Self::Inspections,
        Self::Scores,
        Self::Rankings,
        Self::Badges,
    ];

    /// The word in addresses and commands.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Roster => "roster",
            Self::Teachers => "teachers",
            Self::Sheets => "sheets",
            Self::Inspections => "inspections",
            Self::Scores => "scores",
            Self::Rankings => "rankings",
            Self::Badges => "badges",
        }
    }

    /// Reads the word.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|table| table.key() == key)
    }
}

/// Leaves the audit line of an export.
pub fn announce(tx: &mut Tx<'_>, call: &Call, table: Table) -> Acted<()> {
    call.actor.run_school()?;
    let object = format!("school/{}", call.school);
    Ok(tx.record(call, "export.table", &object, table.key())?)
}

/// The sheet. Answers and checks are those of published rounds (and of `period.with`), by their public names; scores,
/// rankings and badges are what was published.
pub fn build(
    db: &mut Db,
    call: &Call,
    table: Table,
    period: &Period,
    headings: Headings,
) -> Acted<Sheet> {
    let permit = call.actor.run_school()?;
    let sheet = match table {
        Table::Roster => exports::roster(&roster(db, call)?, headings),
        Table::Teachers => exports::teachers(&teachers(db, &permit, call)?, headings),
        Table::Sheets => exports::sheets(&answers(db, call, period)?, headings),
        Table::Inspections => {
            let votes = export_score_folder::votes(db, call, period)?;
            let mut rows = checks(&votes.rubric, &votes.input);
            // `starlight score` knows checks of rounds only.
            if headings != Headings::Keys {
                rows.extend(outside_rounds(db, &permit, call, period)?);
            }
            exports::inspections(&rows, headings)
        }
        Table::Scores => {
            let (rows, dimensions) = export_published::scores(db, &permit, call, period)?;
            exports::scores(&rows, &dimensions, headings)
        }
        Table::Rankings => {
            exports::rankings(&export_published::rankings(db, call, period)?, headings)
        }
        Table::Badges => {
            let rows = export_published::badges(db, &permit, call, period)?;
            exports::badges(&rows, headings)
        }
    };
    Ok(sheet.marked(headings, watermark(db, call)?))
}

/// Who and when, in universal time.
pub(super) fn watermark(db: &mut Db, call: &Call) -> Acted<String> {
    let who = match &call.actor {
        Actor::Office(id) | Actor::Teacher { id, .. } => staff::get(db, &call.school, id)?.login,
        other => other.kind().to_owned(),
    };
    let at = chrono::DateTime::from_timestamp_millis(call.now);
    let at = at.map(|at| at.format("%Y-%m-%d %H:%M UTC").to_string());
    Ok(format!("{who} {}", at.unwrap_or_default()))
}

/// The children in a class today, class by class.
fn roster(db: &mut Db, call: &Call) -> Acted<Vec<RosterRow>> {
    let mut rows = Vec::new();
    for (code, id) in ClassCodes::load(db, call)?.iter() {
        let Some(class) = class_of_code(code) else {
            continue;
        };
        let permit = call.actor.see_class(id)?;
        for child in students::of_class(db, &permit, &call.school, call.today)? {
            rows.push(RosterRow {
                line: 0,
                student_no: child.student_no,
                name: child.name,
                sex: Sex::parse(&child.sex),
                grade: class.grade,
                class_number: class.number,
                seat: child.seat.and_then(|seat| u8::try_from(seat).ok()),
                group: None,
                pinyin: Some(child.pinyin).filter(|text| !text.is_empty()),
                consent: match child.consent.as_str() {
                    "consented" => Some(true),
                    "refused" => Some(false),
                    _ => None,
                },
            });
        }
    }
    Ok(rows)
}

fn class_of_code(code: &str) -> Option<ClassName> {
    class_name::parse("", code, SchoolYear::default()).ok()
}

/// One row per teacher. Who teaches different subjects in different classes comes out with all of them in each: the
/// file has no finer grain.
fn teachers(db: &mut Db, permit: &SchoolPermit, call: &Call) -> Acted<Vec<TeacherRow>> {
    let codes = ClassCodes::load(db, call)?;
    let codes: HashMap<&str, ClassName> = codes
        .iter()
        .filter_map(|(code, id)| Some((id.as_str(), class_of_code(code)?)))
        .collect();
    let lessons = staff::teaching_between(db, permit, &call.school, call.today, call.today)?;
    let accounts = staff::all(db, permit, &call.school)?;
    let working = accounts
        .into_iter()
        .filter(|account| account.disabled_at.is_none() && account.role == "teacher");
    let rows = working.map(|account| {
        let own = || lessons.iter().filter(|row| row.staff_id == account.id);
        let class = |row: &staff::TeachingRow| codes.get(row.class_id.as_str()).copied();
        let taught = || own().filter(|row| row.role == "subject");
        let mut classes: Vec<ClassName> = taught().filter_map(class).collect();
        classes.sort_unstable();
        let mut subjects: Vec<String> = Vec::new();
        for word in taught().flat_map(|row| row.subject.split('、')) {
            if !word.is_empty() && !subjects.iter().any(|known| known == word) {
                subjects.push(word.to_owned());
            }
        }
        TeacherRow {
            line: 0,
            homeroom: own().filter(|row| row.role == "homeroom").find_map(class),
            login: account.login,
            name: account.name,
            classes,
            subjects,
        }
    });
    Ok(rows.collect())
}

/// The checks of the term that count in their weeks alone.
fn outside_rounds(
    db: &mut Db,
    permit: &SchoolPermit,
    call: &Call,
    period: &Period,
) -> Acted<Vec<CheckRow>> {
    let term = match &period.term {
        Some(id) => schools::term(db, &call.school, id)?,
        None => current_term(db, call)?,
    };
    let codes = ClassCodes::load(db, call)?;
    let codes = codes.iter().map(|(code, id)| (id.as_str(), code));
    let codes: HashMap<&str, &String> = codes.collect();
    let days = (term.starts_on, term.ends_on);
    let stored = counted_checks::outside_rounds(db, permit, &call.school, days)?;
    let row = |row: InspectionRow| {
        Some(CheckRow {
            line: 0,
            date: row.on_date,
            round: None,
            post: row.post,
            class: (*codes.get(row.class_id.as_str())?).clone(),
            item: row.item,
            full: row.full_marks,
            points: row.points,
        })
    };
    Ok(stored.into_iter().filter_map(row).collect())
}

fn answers(db: &mut Db, call: &Call, period: &Period) -> Acted<Vec<SheetRow>> {
    let votes = export_score_folder::votes(db, call, period)?;
    let mut rows = Vec::new();
    each_sheet(&votes.input, &mut |said| {
        let mut comment = said.sheet.comment.as_deref().map(str::to_owned);
        for (indicator, anchor) in said.answers(&votes.rubric) {
            rows.push(SheetRow {
                line: 0,
                round: said.round.to_owned(),
                source: said.source,
                rater: said.rater.to_owned(),
                ratee: said.ratee.to_owned(),
                indicator: indicator.to_owned(),
                anchor,
                seconds: said.sheet.seconds,
                comment: comment.take(),
            });
        }
    });
    Ok(rows)
}
