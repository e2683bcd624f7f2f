//! Dates, clocks and names as a reader of staff pages sees them.

use chrono::{DateTime, Datelike, NaiveDate, Timelike};
use chrono_tz::Tz;

use crate::{
    domain::badges::{Rules, TIERS},
    domain::rubric::Rubric,
    screens::{Lang, say},
    storage::{results::AwardRow, students::StudentRow},
    web::visit::Visit,
};

/// A day without its year.
pub fn day(lang: Lang, date: NaiveDate) -> String {
    let (month, day) = (date.month().to_string(), date.day().to_string());
    say(lang, "teacher-day", &[("month", &month), ("day", &day)])
}

/// The day of an instant in milliseconds, by the school's clock and without its year.
pub fn day_at(visit: &Visit, at: i64) -> String {
    day(visit.lang, date_of(at, visit.app.timezone))
}

/// A day with its year.
pub fn date(lang: Lang, date: NaiveDate) -> String {
    let (year, month, day) = (
        date.year().to_string(),
        date.month().to_string(),
        date.day().to_string(),
    );
    say(
        lang,
        "teacher-date",
        &[("year", &year), ("month", &month), ("day", &day)],
    )
}

/// The school's date of an instant in milliseconds.
pub fn date_of(at: i64, timezone: Tz) -> NaiveDate {
    local(at, timezone).date_naive()
}

/// `HH:MM` by the school's clock.
pub fn clock(at: i64, timezone: Tz) -> String {
    let at = local(at, timezone);
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// The school's hour, 0…23.
pub fn hour(at: i64, timezone: Tz) -> u32 {
    local(at, timezone).hour()
}

fn local(at: i64, timezone: Tz) -> DateTime<Tz> {
    DateTime::from_timestamp_millis(at)
        .unwrap_or_default()
        .with_timezone(&timezone)
}

/// A count for a view model.
pub fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}

/// A child's number on lists: its seat, else its place in the list from 1.
pub fn number(child: &StudentRow, place: usize) -> u32 {
    let seat = child.seat.and_then(|seat| u32::try_from(seat).ok());
    seat.unwrap_or_else(|| count(place + 1))
}

/// A badge in words: name, sentence, and the id of its star (empty for the golden one).
pub struct BadgeWords {
    pub name: String,
    pub text: String,
    pub dimension: String,
    /// Name in `badges.svg`.
    pub picture: String,
}

/// The words of an award by the declared rules; the bare id where the rule is gone.
pub fn badge(lang: Lang, rules: &Rules, rubric: &Rubric, award: &AwardRow) -> BadgeWords {
    let Some((rule, dimension)) = rules.find(&award.badge) else {
        return BadgeWords {
            name: award.badge.clone(),
            text: String::new(),
            dimension: String::new(),
            picture: "star".to_owned(),
        };
    };
    let id = dimension.unwrap_or_default();
    let star = rubric
        .dimensions
        .iter()
        .find(|d| d.id == id)
        .map_or(id, |d| d.name.as_str());
    let pick = |words: crate::domain::badges::Words| match lang {
        Lang::Chinese => words.zh,
        Lang::English => words.en,
    };
    BadgeWords {
        name: with_tier(lang, pick(rule.name.about(star, id)), &award.tier),
        text: pick(rule.text.about(star, id)),
        dimension: id.to_owned(),
        picture: rule.picture.clone(),
    }
}

/// The name of a badge that grows, with how far it has grown.
pub fn with_tier(lang: Lang, name: String, tier: &str) -> String {
    match TIERS.contains(&tier) {
        true => format!("{name}·{}", say(lang, &format!("badge-tier-{tier}"), &[])),
        false => name,
    }
}
