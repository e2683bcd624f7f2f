//! A teacher hides the displays of a class for the lesson or the day, and shows them again. Used by the class's page of
//! its displays.

use super::{Acted, board_plan, session::date_at};
use crate::{
    domain::{actor::Call, ids::ClassId, refusal::Refusal},
    storage::{Tx, programmes, programmes::HiddenRow, schools},
};

/// Milliseconds of a lesson where the school's lessons are not known.
const LESSON: i64 = 45 * 60_000;

/// For how long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// Until the lesson that runs now is over, else for 45 minutes.
    Lesson,
    /// Until midnight.
    Day,
}

impl Span {
    /// Reads the word of the form.
    ///
    /// # Errors
    /// `Invalid("span")` for another word.
    pub fn parse(word: &str) -> Result<Self, Refusal> {
        match word {
            "lesson" => Ok(Self::Lesson),
            "day" => Ok(Self::Day),
            _ => Err(Refusal::Invalid("span".to_owned())),
        }
    }
}

/// Hides them; returns until when.
///
/// # Errors
/// `NotFound` for whoever does not teach the class.
pub fn hide(
    tx: &mut Tx<'_>,
    call: &Call,
    class: &ClassId,
    span: Span,
    timezone: chrono_tz::Tz,
) -> Acted<i64> {
    let permit = call.actor.see_class(class)?;
    let lesson = board_plan::load(tx, &call.school, call.now)?.lesson_ends(call.now, timezone);
    let until = match span {
        Span::Lesson => lesson.unwrap_or(call.now + LESSON),
        Span::Day => midnight(call.now, timezone),
    };
    let row = HiddenRow {
        school_id: call.school.to_string(),
        class_id: class.to_string(),
        hidden_by: call.actor.id().to_owned(),
        hidden_at: call.now,
        until,
    };
    programmes::hide(tx, &permit, &row)?;
    schools::touch_board(tx, &call.school)?;
    let minutes = (until - call.now).max(0) / 60_000;
    tx.record(
        call,
        "screen.hide",
        &format!("class/{class}"),
        &format!("{minutes} min"),
    )?;
    Ok(until)
}

/// Shows them again.
///
/// # Errors
/// `NotFound` for whoever does not teach the class.
pub fn show(tx: &mut Tx<'_>, call: &Call, class: &ClassId) -> Acted<()> {
    let permit = call.actor.see_class(class)?;
    programmes::show(tx, &permit, &call.school)?;
    schools::touch_board(tx, &call.school)?;
    Ok(tx.record(call, "screen.unhide", &format!("class/{class}"), "")?)
}

/// The next midnight of the school; a day without one ends after 24 hours.
fn midnight(now: i64, timezone: chrono_tz::Tz) -> i64 {
    let tomorrow = date_at(now, timezone).succ_opt();
    let start = tomorrow.and_then(|day| day.and_hms_opt(0, 0, 0));
    let start = start.and_then(|at| at.and_local_timezone(timezone).earliest());
    start.map_or(now + 24 * 60 * 60_000, |at| at.timestamp_millis())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_ends_at_midnight() {
        let zone = chrono_tz::Asia::Shanghai;
        let friday = 1_795_738_200_000;
        assert_eq!(midnight(friday, zone), friday + (15 * 60 + 50) * 60_000);
    }
}
