//! The office chooses what displays show, and types the school's lessons. Used by the office's pages of screens.

use super::Acted;
use crate::{
    domain::{
        actor::Call,
        lesson_times,
        programme::{Kind, Programme},
    },
    storage::{
        Db, Tx, displays, programmes,
        programmes::{LessonRow, ProgrammeRow},
        schools,
    },
};

/// Days that can have lessons: Monday to Saturday, since days are made up for.
pub const DAYS: u32 = 6;

/// The kind a programme is for; `target` is `hall`, `classroom` or a display's id.
///
/// # Errors
/// `NotFound` for a display the school has not.
pub fn kind_of(db: &mut Db, call: &Call, target: &str) -> Acted<Kind> {
    call.actor.run_school()?;
    for kind in [Kind::Hall, Kind::Classroom] {
        if kind.key() == target {
            return Ok(kind);
        }
    }
    let screen = displays::screen(db, &call.school, target)?;
    Ok(match screen.class_id {
        Some(_) => Kind::Classroom,
        None => Kind::Hall,
    })
}

/// Sets the programme of all halls, of all classrooms, or of one display.
///
/// # Errors
/// `NotFound` for a display the school has not.
pub fn set(tx: &mut Tx<'_>, call: &Call, target: &str, programme: &Programme) -> Acted<()> {
    let permit = call.actor.run_school()?;
    kind_of(tx, call, target)?;
    let row = ProgrammeRow {
        school_id: call.school.to_string(),
        target: target.to_owned(),
        running: programme.on,
        boards: programme.written(),
        seconds: i32::try_from(programme.seconds).unwrap_or(i32::MAX),
        view: programme.view.key().to_owned(),
        light: programme.light.key().to_owned(),
        lessons: programme.lessons.key().to_owned(),
    };
    programmes::put(tx, &permit, &row)?;
    schools::touch_board(tx, &call.school)?;
    let on = if row.running { "on" } else { "off" };
    let detail = format!(
        "{on} {} s, {}, {}, {}: {}",
        row.seconds, row.view, row.light, row.lessons, row.boards
    );
    Ok(tx.record(
        call,
        "screen.programme",
        &format!("screen/{target}"),
        &detail,
    )?)
}

/// Lets a display go by the programme of its kind again.
pub fn reset(tx: &mut Tx<'_>, call: &Call, target: &str) -> Acted<()> {
    let permit = call.actor.run_school()?;
    kind_of(tx, call, target)?;
    programmes::remove(tx, &permit, &call.school, target)?;
    schools::touch_board(tx, &call.school)?;
    Ok(tx.record(
        call,
        "screen.programme",
        &format!("screen/{target}"),
        "as its kind",
    )?)
}

/// Sets the lessons of the week, day by day from Monday as typed.
///
/// # Errors
/// `Invalid("lessons")` where a day cannot be read.
pub fn set_lessons(tx: &mut Tx<'_>, call: &Call, days: &[String]) -> Acted<()> {
    let permit = call.actor.run_school()?;
    let mut rows = Vec::new();
    for (weekday, text) in (0..DAYS).zip(days) {
        let number = |n: u32| i32::try_from(n).unwrap_or(i32::MAX);
        rows.extend(
            lesson_times::read(weekday, text)?
                .iter()
                .map(|lesson| LessonRow {
                    school_id: call.school.to_string(),
                    weekday: number(lesson.weekday),
                    starts_minute: number(lesson.start),
                    ends_minute: number(lesson.end),
                }),
        );
    }
    programmes::set_lessons(tx, &permit, &call.school, &rows)?;
    schools::touch_board(tx, &call.school)?;
    Ok(tx.record(call, "screen.lessons", "school", &rows.len().to_string())?)
}
