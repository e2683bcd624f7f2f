//! The school's lessons by weekday: when displays are calm or dark. Typed as `08:00-08:40 08:50-09:30`. Used by
//! `actions/board_plan.rs` and the office's page of screens.

use super::refusal::Refusal;

/// Lessons of a day that can be kept.
const MOST: usize = 16;

/// A lesson in minutes of the day; `end` itself is free again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Lesson {
    /// 0 is Monday.
    pub weekday: u32,
    pub start: u32,
    pub end: u32,
}

/// All lessons of a week.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LessonTimes(pub Vec<Lesson>);

impl LessonTimes {
    /// When the lesson that runs then ends, in minutes of the day.
    ///
    /// ```
    /// use starlight::domain::lesson_times::{LessonTimes, read};
    /// let times = LessonTimes(read(0, "08:00-08:40").unwrap());
    /// assert_eq!(times.running(0, 8 * 60), Some(8 * 60 + 40));
    /// assert_eq!(times.running(0, 8 * 60 + 40), None);
    /// assert_eq!(times.running(1, 8 * 60), None);
    /// ```
    pub fn running(&self, weekday: u32, minute: u32) -> Option<u32> {
        let mut now = self.0.iter().filter(|l| l.weekday == weekday);
        now.find(|l| (l.start..l.end).contains(&minute))
            .map(|l| l.end)
    }

    /// A day as it is typed.
    pub fn written(&self, weekday: u32) -> String {
        let clock = |minute: u32| format!("{:02}:{:02}", minute / 60, minute % 60);
        let of_day = self.0.iter().filter(|l| l.weekday == weekday);
        let one = of_day.map(|l| format!("{}-{}", clock(l.start), clock(l.end)));
        one.collect::<Vec<_>>().join(" ")
    }
}

/// Reads a day: lessons in order that do not overlap, separated by spaces or commas; also with full-width signs.
///
/// # Errors
/// `Invalid("lessons")` for anything else.
pub fn read(weekday: u32, text: &str) -> Result<Vec<Lesson>, Refusal> {
    let invalid = || Refusal::Invalid("lessons".to_owned());
    let plain: String = text.chars().map(half_width).collect();
    let mut lessons: Vec<Lesson> = Vec::new();
    for word in plain.split_whitespace() {
        let (from, to) = word.split_once('-').ok_or_else(invalid)?;
        let lesson = Lesson {
            weekday,
            start: minute(from).ok_or_else(invalid)?,
            end: minute(to).ok_or_else(invalid)?,
        };
        let after = lessons.last().is_none_or(|last| last.end <= lesson.start);
        if lesson.start >= lesson.end || !after || lessons.len() >= MOST {
            return Err(invalid());
        }
        lessons.push(lesson);
    }
    Ok(lessons)
}

fn half_width(c: char) -> char {
    match c {
        '\u{ff1a}' => ':',
        '\u{2013}' | '\u{2014}' | '\u{ff0d}' | '~' | '\u{ff5e}' => '-',
        ',' | ';' | '\u{ff0c}' | '\u{3001}' | '\u{ff1b}' => ' ',
        other => other,
    }
}

fn minute(text: &str) -> Option<u32> {
    let (hour, minute) = text.split_once(':')?;
    let digits = |t: &str| t.len() <= 2 && !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    if !digits(hour) || !digits(minute) {
        return None;
    }
    let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_read_as_it_is_written() {
        let lessons = read(2, "8:00-8:40，08:50–09:30").unwrap();
        assert_eq!(LessonTimes(lessons).written(2), "08:00-08:40 08:50-09:30");
        assert_eq!(read(0, "  "), Ok(Vec::new()));
    }

    #[test]
    fn what_is_no_lesson_is_refused() {
        for text in [
            "8",
            "08:00-",
            "09:00-08:00",
            "08:00-08:40 08:30-09:00",
            "24:00-24:10",
            "+8:00-9:00",
            "08:60-09:00",
        ] {
            assert!(read(0, text).is_err(), "{text}");
        }
        let many = (0..17)
            .map(|n| format!("{n:02}:00-{n:02}:40"))
            .collect::<Vec<_>>()
            .join(" ");
        assert!(read(0, &many).is_err());
    }
}
