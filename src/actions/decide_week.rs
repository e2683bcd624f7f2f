//! Decides a week's flags: by the office, or by the machine on Friday. A decided week stands; where a correction made it
//! come out otherwise, the office sees what would change and decides anew, as a revision beside the first.

use chrono::{NaiveDate, NaiveTime};

use super::{
    Acted, new_id, recognize,
    week_facts::{self, WeekClass, WeekFacts},
};
use crate::{
    domain::{
        actor::Call,
        refusal::Refusal,
        week_index::{FlagKind, Part},
    },
    storage::{
        Db, Tx, inspections, schools, week_flags,
        week_flags::{ClosingRow, FlagRow},
    },
};

/// When the machine decides a week: on Friday, by the school's clock.
pub fn closes_at(monday: NaiveDate) -> chrono::NaiveDateTime {
    let friday = monday + chrono::Days::new(4);
    friday.and_time(NaiveTime::from_hms_opt(17, 0, 0).unwrap_or_default())
}

/// Decides the counted week of a day.
///
/// # Errors
/// `NotFound` outside the term and in holidays; `WrongState` where it is decided and nothing else would come of it, or
/// where nothing was checked; `Invalid("why")` where a later revision has no reason.
pub fn decide_week(tx: &mut Tx<'_>, call: &Call, day: NaiveDate, why: &str) -> Acted<ClosingRow> {
    let permit = call.actor.run_school()?;
    let facts = week_facts::gather(tx, call, day)?;
    if facts
        .classes
        .iter()
        .all(|class| class.made.tenths.is_none())
    {
        return Err(Refusal::WrongState.into());
    }
    let stands = standing_of(tx, call, facts.week.monday)?;
    if let Some((closing, rows)) = &stands {
        if changes(&facts, closing, rows).is_empty() {
            return Err(Refusal::WrongState.into());
        }
        let length = why.trim().chars().count();
        if !(2..=200).contains(&length) {
            return Err(Refusal::Invalid("why".to_owned()).into());
        }
    }
    let closing = ClosingRow {
        school_id: call.school.to_string(),
        id: new_id(),
        term_id: facts.term.id.clone(),
        monday: facts.week.monday,
        revision: stands.map_or(1, |(before, _)| before.revision + 1),
        decided_at: call.now,
        decided_by: call.actor.id().to_owned(),
        why: why.trim().to_owned(),
    };
    let rows: Vec<FlagRow> = facts.classes.iter().map(|c| row(&closing, c)).collect();
    week_flags::add(tx, &permit, &closing, &rows)?;
    schools::touch_board(tx, &call.school)?;
    let flags = rows.iter().filter(|row| !row.flags.is_empty()).count();
    tx.record(
        call,
        "week.decide",
        &format!("week/{}", closing.monday),
        &format!("revision={} flags={flags}", closing.revision),
    )?;
    recognize::after_week(tx, call, &facts.term)?;
    Ok(closing)
}

fn row(closing: &ClosingRow, class: &WeekClass) -> FlagRow {
    let made = &class.made;
    FlagRow {
        school_id: closing.school_id.clone(),
        closing_id: closing.id.clone(),
        class_id: made.class.clone(),
        code: class.code.clone(),
        grade: made.grade,
        tenths: made.tenths,
        days: i32::try_from(class.facts.days).unwrap_or(0),
        rise: made.rise,
        parts: parts_text(&class.facts.parts),
        flags: flags_text(made.flag, made.progress),
    }
}

/// Parts as stored.
fn parts_text(parts: &[Part]) -> String {
    let texts: Vec<String> = parts
        .iter()
        .map(|p| format!("{}={}/{}/{}", p.key, p.points, p.full, p.weight))
        .collect();
    texts.join(";")
}

/// Parts as they were stored.
pub fn read_parts(text: &str) -> Vec<Part> {
    let read = |one: &str| {
        let (key, numbers) = one.split_once('=')?;
        let mut numbers = numbers.split('/').map(str::parse::<f64>);
        Some(Part {
            key: key.to_owned(),
            points: numbers.next()?.ok()?,
            full: numbers.next()?.ok()?,
            weight: numbers.next()?.ok()?,
        })
    };
    text.split(';').filter_map(read).collect()
}

/// Flags as stored.
pub fn flags_text(flag: bool, progress: bool) -> String {
    let flags = [(flag, FlagKind::Flag), (progress, FlagKind::Progress)];
    let won = flags.iter().filter(|(on, _)| *on);
    let words: Vec<&str> = won.map(|(_, kind)| kind.key()).collect();
    words.join(" ")
}

/// The decision that holds for a week, with its classes.
pub fn standing_of(
    db: &mut Db,
    call: &Call,
    monday: NaiveDate,
) -> Acted<Option<(ClosingRow, Vec<FlagRow>)>> {
    let all = week_flags::closings(db, &call.school)?;
    match all.into_iter().rfind(|row| row.monday == monday) {
        None => Ok(None),
        Some(closing) => {
            let rows = week_flags::classes_of(db, &call.school, &closing.id)?;
            Ok(Some((closing, rows)))
        }
    }
}

/// What the facts of today would make different from what was decided: classes whose index or flags are others, before
/// and now. What children did in a round after the week was decided is not among it.
pub fn changes<'w>(
    facts: &'w WeekFacts,
    closing: &ClosingRow,
    rows: &'w [FlagRow],
) -> Vec<(&'w FlagRow, &'w WeekClass)> {
    let pairs = facts.classes.iter().filter_map(|class| {
        let before = rows.iter().find(|r| r.class_id == class.made.class)?;
        Some((before, class))
    });
    let differs = |(before, class): &(&FlagRow, &WeekClass)| {
        let now = row(closing, class);
        checked(&now.parts) != checked(&before.parts) || now.flags != before.flags
    };
    pairs.filter(differs).collect()
}

/// The parts that are checks.
fn checked(parts: &str) -> Vec<&str> {
    let all = parts.split(';');
    all.filter(|p| !p.starts_with("participation=")).collect()
}

/// The weeks of the running term that the machine has still to decide, oldest first: closing time is over, something was
/// checked, nothing decided. Weeks missed while the machine was off are among them.
pub fn due(db: &mut Db, call: &Call, local: chrono::NaiveDateTime) -> Acted<Vec<NaiveDate>> {
    let terms = schools::terms(db, &call.school)?;
    let now = terms.iter().rev().find(|t| t.starts_on <= call.today);
    let Some(term) = now else {
        return Ok(Vec::new());
    };
    let days_off = schools::holidays(db, &call.school, &term.id)?;
    let weeks = super::office_facts::counted(term, &days_off).weeks();
    let decided = week_flags::closings(db, &call.school)?;
    let mut due = Vec::new();
    for week in weeks {
        let over = closes_at(week.monday) <= local;
        if !over || decided.iter().any(|row| row.monday == week.monday) {
            continue;
        }
        let to = week_facts::sunday(week.monday);
        if inspections::any_between(db, &call.school, week.monday, to)? {
            due.push(week.monday);
        }
    }
    Ok(due)
}
