//! The office's pages, one file a resource; small writings that several of them share.

pub mod appeals;
pub mod audit;
pub mod badges;
pub mod calendar;
pub mod closing;
pub mod consent;
pub mod erase;
pub mod export;
pub mod families;
pub mod home;
pub mod import;
mod import_view;
pub mod inspections;
pub mod posts;
pub mod programmes;
pub mod requests;
pub mod round_confirm;
pub mod rounds;
pub mod rubric;
pub mod screens;
pub mod staff;
pub mod upload;
pub mod week;
pub mod weights;

use chrono::NaiveDate;

use crate::{
    domain::class_name,
    screens::explain_digits::{coordinate, fixed},
};

/// A class as people say it, from its public code.
pub fn class_label(code: &str) -> String {
    class_name::parse_class(code).map_or_else(
        || code.to_owned(),
        |(grade, number)| class_name::short_label(grade, number),
    )
}

/// Width of a bar of 100 units.
pub fn bar(part: u32, of: u32) -> String {
    coordinate(share(part, of))
}

/// Whole percent.
pub fn percent(part: u32, of: u32) -> String {
    fixed(share(part, of), 0)
}

fn share(part: u32, of: u32) -> f64 {
    if of == 0 {
        return 0.0;
    }
    (100.0 * f64::from(part) / f64::from(of)).clamp(0.0, 100.0)
}

/// A day inside the year, as all pages of the office write it.
pub fn short_day(day: NaiveDate) -> String {
    day.format("%m-%d").to_string()
}

/// An instant by the school's clock.
pub fn clock(at: i64, timezone: chrono_tz::Tz, form: &str) -> String {
    let instant = chrono::DateTime::from_timestamp_millis(at).unwrap_or_default();
    instant.with_timezone(&timezone).format(form).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_never_leave_their_track() {
        assert_eq!((bar(1, 3), percent(1, 3)), ("33.3".into(), "33".into()));
        assert_eq!((bar(5, 0), percent(9, 3)), ("0".into(), "100".into()));
    }

    #[test]
    fn classes_are_named_by_their_code() {
        assert_eq!(class_label("x"), "x");
        assert_ne!(class_label("402"), "402");
    }
}
