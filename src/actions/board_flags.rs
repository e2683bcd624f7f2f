//! The red flags on displays: those of the last decided week, until the next are decided. On Monday, when they are handed
//! over, they come first. Used by `board_facts`.

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::{Acted, week_flags};
use crate::{
    domain::{calendar::Term, ids::SchoolId, week_index::FlagKind},
    storage::{Db, schools},
};

/// Days from the Monday of the week in which flags were won until they are no news any more.
const FLY: i64 = 21;

/// The red flags that fly this week.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardFlags {
    /// Their moment: the Monday on which they are handed over.
    pub today: bool,
    /// Number of the week they were won in, within the term.
    pub week: Option<u32>,
    /// Grade, whether it is the flag of progress, codes of the classes that share it.
    pub won: Vec<(u8, bool, Vec<String>)>,
}

/// The flags of the last decided week: they fly until the next are decided, a fortnight at most.
pub fn load(db: &mut Db, school: &SchoolId, today: NaiveDate) -> Acted<Option<BoardFlags>> {
    let Some(latest) = week_flags::latest_flags(db, school, today)? else {
        return Ok(None);
    };
    if today.signed_duration_since(latest.monday).num_days() >= FLY {
        return Ok(None);
    }
    let mut won: Vec<(u8, bool, Vec<String>)> = Vec::new();
    for flag in latest.flags {
        let grade = u8::try_from(flag.grade).unwrap_or(0);
        let progress = flag.kind == FlagKind::Progress;
        match won.last_mut() {
            Some((g, p, codes)) if (*g, *p) == (grade, progress) => codes.push(flag.code),
            _ => won.push((grade, progress, vec![flag.code])),
        }
    }
    let week = week_number(db, school, latest.monday)?;
    Ok((!won.is_empty()).then_some(BoardFlags {
        today: today.weekday() == Weekday::Mon && latest.monday < today,
        week,
        won,
    }))
}

fn week_number(db: &mut Db, school: &SchoolId, monday: NaiveDate) -> Acted<Option<u32>> {
    let end = monday + Days::new(6);
    let mut terms = schools::terms(db, school)?.into_iter();
    let Some(term) = terms.find(|t| t.starts_on <= end && t.ends_on >= monday) else {
        return Ok(None);
    };
    let off = schools::holidays(db, school, &term.id)?;
    let term = Term {
        name: term.name,
        first: term.starts_on,
        last: term.ends_on,
        holiday_weeks: off.into_iter().map(|h| h.starts_on).collect(),
    };
    let mut weeks = term.weeks().into_iter();
    Ok(weeks.find(|w| w.monday == monday).map(|w| w.number))
}
