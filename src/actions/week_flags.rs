//! The flags of the last decided week, for whoever shows them: screens, the class's page.

use chrono::NaiveDate;

use super::{Acted, week_facts};
use crate::{
    domain::{calendar::monday, ids::SchoolId, week_index::FlagKind},
    storage::{Db, week_flags},
};

/// One class with a flag; a class with both is there twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WonFlag {
    pub grade: i32,
    pub class_id: String,
    /// Public code of that week.
    pub code: String,
    pub kind: FlagKind,
    /// Index in tenths.
    pub tenths: i32,
    /// Rise over the own median in hundredths, where there is one.
    pub rise: Option<i32>,
}

/// The flags of a week, by grade, kind and code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WeekFlags {
    pub monday: NaiveDate,
    /// When it was decided, milliseconds.
    pub decided_at: i64,
    pub flags: Vec<WonFlag>,
}

/// The flags of the last week decided up to the week of `today`; none before the first decision.
pub fn latest_flags(db: &mut Db, school: &SchoolId, today: NaiveDate) -> Acted<Option<WeekFlags>> {
    let all = week_facts::standing(week_flags::closings(db, school)?);
    let last = all.into_iter().rfind(|row| row.monday <= monday(today));
    let Some(closing) = last else {
        return Ok(None);
    };
    let mut flags = Vec::new();
    for row in week_flags::classes_of(db, school, &closing.id)? {
        for kind in FlagKind::read(&row.flags) {
            if let Some(tenths) = row.tenths {
                flags.push(WonFlag {
                    grade: row.grade,
                    class_id: row.class_id.clone(),
                    code: row.code.clone(),
                    kind,
                    tenths,
                    rise: row.rise,
                });
            }
        }
    }
    flags.sort_by(|a, b| (a.grade, a.kind, &a.code).cmp(&(b.grade, b.kind, &b.code)));
    Ok(Some(WeekFlags {
        monday: closing.monday,
        decided_at: closing.decided_at,
        flags,
    }))
}
