//! When a display shows what: its programme, the school's lessons, and whether the teacher has hidden it. Small enough
//! to be kept in memory for all displays of a school. Used by `web::board`.

use std::collections::HashMap;

use chrono::{Datelike, Timelike};

use super::Acted;
use crate::{
    domain::{
        ids::{ClassId, SchoolId},
        lesson_times::{Lesson, LessonTimes},
        programme::{Kind, Lessons, Light, Programme, View},
    },
    storage::{
        Db, programmes,
        programmes::{LessonRow, ProgrammeRow},
    },
};

/// What a display does now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Mode {
    /// Shows its boards.
    Show,
    /// The calm sky: a lesson, or the teacher's button.
    Calm,
    /// Nothing at all.
    Dark,
    /// Turned off by the office: its addresses are not found.
    Off,
}

impl Mode {
    /// The word in frames and pages.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Show => "show",
            Self::Calm => "calm",
            Self::Dark => "dark",
            Self::Off => "off",
        }
    }
}

/// See the file's head.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    programmes: HashMap<String, Programme>,
    pub lessons: LessonTimes,
    hidden: HashMap<String, i64>,
}

/// Loads it; `now` leaves out classes that were hidden in the past.
pub fn load(db: &mut Db, school: &SchoolId, now: i64) -> Acted<Plan> {
    let rows = programmes::all(db, school)?;
    Ok(Plan {
        programmes: rows
            .into_iter()
            .map(|r| (r.target.clone(), read(r)))
            .collect(),
        lessons: LessonTimes(
            programmes::lessons(db, school)?
                .iter()
                .map(lesson)
                .collect(),
        ),
        hidden: programmes::hidden(db, school, now)?
            .into_iter()
            .map(|row| (row.class_id, row.until))
            .collect(),
    })
}

/// A stored programme. `target` names a kind, or a display: then its boards tell which kind it is of.
fn read(row: ProgrammeRow) -> Programme {
    let hall = row.boards.contains("ranking") || row.target == Kind::Hall.key();
    let kind = if hall { Kind::Hall } else { Kind::Classroom };
    let usual = Programme::usual(kind);
    Programme {
        on: row.running,
        boards: Programme::boards_of(kind, &row.boards),
        seconds: u32::try_from(row.seconds).unwrap_or(usual.seconds),
        view: View::parse(&row.view).unwrap_or(usual.view),
        light: Light::parse(&row.light).unwrap_or(usual.light),
        lessons: Lessons::parse(&row.lessons).unwrap_or(usual.lessons),
    }
}

fn lesson(row: &LessonRow) -> Lesson {
    let number = |n: i32| u32::try_from(n).unwrap_or(0);
    Lesson {
        weekday: number(row.weekday),
        start: number(row.starts_minute),
        end: number(row.ends_minute),
    }
}

impl Plan {
    /// The programme of a display: its own, else that of its kind, else the usual one.
    pub fn programme(&self, screen: &str, kind: Kind) -> Programme {
        let own = self.programmes.get(screen);
        let chosen = own.or_else(|| self.programmes.get(kind.key()));
        chosen.cloned().unwrap_or_else(|| Programme::usual(kind))
    }

    /// Whether a display or kind has a programme of its own.
    pub fn has_own(&self, target: &str) -> bool {
        self.programmes.contains_key(target)
    }

    /// What a display with this programme does at an instant.
    pub fn mode(
        &self,
        programme: &Programme,
        class: Option<&ClassId>,
        now: i64,
        timezone: chrono_tz::Tz,
    ) -> Mode {
        if programme.shown().next().is_none() {
            return Mode::Off;
        }
        if class.is_some_and(|class| self.hidden_until(class, now).is_some()) {
            return if programme.lessons == Lessons::Dark {
                Mode::Dark
            } else {
                Mode::Calm
            };
        }
        match (self.lesson_ends(now, timezone), programme.lessons) {
            (Some(_), Lessons::Calm) => Mode::Calm,
            (Some(_), Lessons::Dark) => Mode::Dark,
            _ => Mode::Show,
        }
    }

    /// Until when the teacher has hidden a class's displays.
    pub fn hidden_until(&self, class: &ClassId, now: i64) -> Option<i64> {
        let until = self.hidden.get(class.as_str()).copied();
        until.filter(|until| *until > now)
    }

    /// When the lesson that runs now ends, in milliseconds.
    pub fn lesson_ends(&self, now: i64, timezone: chrono_tz::Tz) -> Option<i64> {
        let at = chrono::DateTime::from_timestamp_millis(now)?.with_timezone(&timezone);
        let minute = at.hour() * 60 + at.minute();
        let weekday = at.weekday().num_days_from_monday();
        let end = self.lessons.running(weekday, minute)?;
        let left = i64::from(end - minute) * 60_000;
        Some(now + left - i64::from(at.second()) * 1_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::lesson_times;

    /// A Friday, 08:10 in Shanghai.
    const FRIDAY: i64 = 1_795_738_200_000;
    const ZONE: chrono_tz::Tz = chrono_tz::Asia::Shanghai;

    fn plan() -> Plan {
        Plan {
            lessons: LessonTimes(lesson_times::read(4, "08:00-08:40").unwrap()),
            hidden: HashMap::from([("b".to_owned(), FRIDAY + 1)]),
            ..Plan::default()
        }
    }

    fn mode(kind: Kind, class: &str, now: i64) -> Mode {
        let class = ClassId::new(class);
        let class = (kind == Kind::Classroom).then_some(&class);
        plan().mode(&Programme::usual(kind), class, now, ZONE)
    }

    #[test]
    fn a_classroom_is_calm_in_a_lesson_and_a_hall_goes_on() {
        assert_eq!(mode(Kind::Classroom, "a", FRIDAY), Mode::Calm);
        assert_eq!(mode(Kind::Hall, "", FRIDAY), Mode::Show);
        let over = FRIDAY + 30 * 60_000;
        assert_eq!(mode(Kind::Classroom, "a", over - 1), Mode::Calm);
        assert_eq!(mode(Kind::Classroom, "a", over), Mode::Show);
        assert_eq!(plan().lesson_ends(FRIDAY, ZONE), Some(over));
    }

    #[test]
    fn a_hidden_class_is_calm_until_its_time_is_over() {
        let tomorrow = FRIDAY + 24 * 60 * 60_000;
        let hidden = Plan {
            hidden: HashMap::from([("b".to_owned(), tomorrow + 1)]),
            ..plan()
        };
        let class = ClassId::new("b");
        let usual = Programme::usual(Kind::Classroom);
        assert_eq!(
            hidden.mode(&usual, Some(&class), tomorrow, ZONE),
            Mode::Calm
        );
        assert_eq!(
            hidden.mode(&usual, Some(&class), tomorrow + 1, ZONE),
            Mode::Show
        );
    }

    #[test]
    fn without_a_board_there_is_no_display() {
        let mut none = Programme::usual(Kind::Hall);
        none.boards.iter_mut().for_each(|(_, on)| *on = false);
        assert_eq!(plan().mode(&none, None, FRIDAY, ZONE), Mode::Off);
    }
}
