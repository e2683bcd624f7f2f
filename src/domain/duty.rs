//! Duty posts (监督岗): when they stand, what they check, which grades, and how long something may be changed or appealed.
//! Texts as the `posts` table keeps them; used by the actions about posts, rosters and checks.

/// A sent check may be changed or taken back for ten minutes.
pub const EDIT_MILLIS: i64 = 10 * 60_000;
/// A class's teacher may appeal for 24 hours.
pub const APPEAL_MILLIS: i64 = 24 * 60 * 60_000;
/// Most slots of a day.
const MOST_SLOTS: usize = 4;
/// Full marks where a post says nothing else.
pub const FULL: f64 = 10.0;
/// What one tap on minus takes.
pub const STEP: f64 = 0.5;

/// A time slot in minutes of the day; `to` is outside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Slot {
    pub from: i32,
    pub to: i32,
}

impl Slot {
    /// Whether a minute lies in it.
    #[must_use]
    pub fn holds(self, minute: i32) -> bool {
        (self.from..self.to).contains(&minute)
    }

    /// `07:40-08:20`.
    #[must_use]
    pub fn label(self) -> String {
        let clock = |minute: i32| format!("{:02}:{:02}", minute / 60, minute % 60);
        format!("{}-{}", clock(self.from), clock(self.to))
    }
}

/// The slots of a post: the first one and `more` (`460-500 750-780`).
#[must_use]
pub fn slots(from: i32, to: i32, more: &str) -> Vec<Slot> {
    let read = |one: &str| {
        let (from, to) = one.split_once('-')?;
        Some(Slot {
            from: from.parse().ok()?,
            to: to.parse().ok()?,
        })
    };
    let mut all = vec![Slot { from, to }];
    all.extend(more.split_whitespace().filter_map(read));
    all
}

/// Reads slots as a person writes them: `07:40-08:20`, several separated by spaces or commas. None where one is wrong, two
/// overlap, or there are none or too many.
///
/// ```
/// use starlight::domain::duty::parse_slots;
/// let slots = parse_slots("12:30-13:20, 7:40-8:20").unwrap();
/// assert_eq!(slots[0].label(), "07:40-08:20");
/// assert!(parse_slots("8:20-7:40").is_none() && parse_slots("").is_none());
/// ```
#[must_use]
pub fn parse_slots(text: &str) -> Option<Vec<Slot>> {
    let parts = text.split(|c: char| c.is_whitespace() || matches!(c, ',' | '，' | '、'));
    let mut all = Vec::new();
    for part in parts.filter(|part| !part.is_empty()) {
        let (from, to) = part.split_once(['-', '–', '~'])?;
        let slot = Slot {
            from: clock(from)?,
            to: clock(to)?,
        };
        all.push(slot);
    }
    all.sort_unstable();
    let overlap = all
        .iter()
        .zip(all.iter().skip(1))
        .any(|(a, b)| b.from < a.to);
    let good = (1..=MOST_SLOTS).contains(&all.len()) && all.iter().all(|s| s.from < s.to);
    (good && !overlap).then_some(all)
}

fn clock(text: &str) -> Option<i32> {
    let (hour, minute) = text.trim().split_once([':', '：'])?;
    let (hour, minute): (i32, i32) = (hour.parse().ok()?, minute.parse().ok()?);
    let good = (0..=24).contains(&hour) && (0..60).contains(&minute);
    let minutes = hour * 60 + minute;
    (good && minutes <= 24 * 60).then_some(minutes)
}

/// Slots behind the first as stored.
#[must_use]
pub fn more_text(slots: &[Slot]) -> String {
    let rest = slots.iter().skip(1);
    let texts: Vec<String> = rest.map(|s| format!("{}-{}", s.from, s.to)).collect();
    texts.join(" ")
}

/// Items of a post with their full marks.
///
/// ```
/// use starlight::domain::duty::items;
/// assert_eq!(items("discipline assembly=5"), [("discipline".into(), 10.0), ("assembly".into(), 5.0)]);
/// ```
#[must_use]
pub fn items(text: &str) -> Vec<(String, f64)> {
    let read = |one: &str| match one.split_once('=') {
        Some((id, full)) => (id.to_owned(), full.parse().unwrap_or(FULL)),
        None => (one.to_owned(), FULL),
    };
    text.split_whitespace().map(read).collect()
}

/// Items as stored.
#[must_use]
pub fn items_text(items: &[(String, f64)]) -> String {
    let texts: Vec<String> = items
        .iter()
        .map(|(id, full)| format!("{id}={full}"))
        .collect();
    texts.join(" ")
}

/// Whether a post checks a grade; no grades are all.
#[must_use]
pub fn checks_grade(grades: &str, grade: i32) -> bool {
    grades.is_empty() || grades.split_whitespace().any(|g| g.parse() == Ok(grade))
}

/// Whether a check that was first sent at `first` may still be changed.
#[must_use]
pub fn may_edit(first: i64, now: i64) -> bool {
    now < first.saturating_add(EDIT_MILLIS)
}

/// Whether a check that was first sent at `first` may still be appealed.
#[must_use]
pub fn may_appeal(first: i64, now: i64) -> bool {
    now < first.saturating_add(APPEAL_MILLIS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_are_read_sorted_and_apart() {
        assert_eq!(
            parse_slots("7:40–8:20，12:30~13:20").map(|s| s.len()),
            Some(2)
        );
        for wrong in [
            "7:40",
            "8:20-8:20",
            "7:40-8:20 8:00-9:00",
            "25:00-26:00",
            "7:60-8:00",
            "x",
        ] {
            assert_eq!(parse_slots(wrong), None, "{wrong}");
        }
        assert_eq!(parse_slots("0:00-24:00").unwrap()[0].to, 1440);
        assert_eq!(
            parse_slots("1:00-2:00 3:00-4:00 5:00-6:00 7:00-8:00 9:00-10:00"),
            None
        );
    }

    #[test]
    fn what_is_stored_reads_back() {
        let all = parse_slots("7:40-8:20 12:30-13:20").unwrap();
        assert_eq!(more_text(&all), "750-800");
        assert_eq!(slots(460, 500, "750-800"), all);
        let marks = items("discipline=7.5 hygiene");
        assert_eq!(items(&items_text(&marks)), marks);
    }

    #[test]
    fn ten_minutes_and_a_day() {
        assert!(may_edit(0, EDIT_MILLIS - 1) && !may_edit(0, EDIT_MILLIS));
        assert!(may_appeal(0, APPEAL_MILLIS - 1) && !may_appeal(0, APPEAL_MILLIS));
        assert!(checks_grade("", 3) && checks_grade("3 4", 3) && !checks_grade("3 4", 5));
    }
}
