//! The calendar: terms do not overlap, rounds and holidays stay inside.

use chrono::NaiveDate;
use starlight::{
    actions::{ActionError, terms},
    domain::refusal::Refusal,
};

use super::school::{School, day, span};

fn key(outcome: Result<impl std::fmt::Debug, ActionError>) -> String {
    match outcome {
        Err(ActionError::Refused(Refusal::Invalid(key))) => key,
        Err(ActionError::Refused(other)) => other.key().to_owned(),
        other => format!("{other:?}"),
    }
}

#[test]
fn a_term_must_fit_into_the_calendar() {
    let school = School::open();
    let check = |name: &str, from: NaiveDate, to: NaiveDate, expected: &str| {
        let days = span(name, from, to);
        let planned = school.does(move |tx, call| terms::plan(tx, call, &days));
        assert_eq!(key(planned), expected, "{name} {from} {to}");
    };
    check("A", day(8, 2), day(8, 1), "term-dates");
    check("A", day(8, 2), day(8, 2), "term-dates");
    check("A", day(8, 2), day(9, 1), "term-overlaps");
    check(
        "A",
        day(12, 31),
        day(12, 31) + chrono::Days::new(90),
        "term-overlaps",
    );
    check("2026 autumn", day(1, 2), day(6, 30), "taken");
    check(" ", day(1, 2), day(6, 30), "term-name");
    let spring = span(" 2026 spring ", day(2, 2), day(6, 30));
    let planned = school
        .does(move |tx, call| terms::plan(tx, call, &spring))
        .unwrap();
    assert_eq!(planned.name, "2026 spring");
}

#[test]
fn days_move_as_long_as_rounds_and_holidays_stay_inside() {
    let school = School::open();
    school.opens_round(9);
    let term = school.term.clone();
    let change = |from: NaiveDate, to: NaiveDate| {
        let (term, days) = (term.clone(), span("autumn", from, to));
        school.does(move |tx, call| terms::change(tx, call, &term, &days))
    };
    assert_eq!(key(change(day(10, 10), day(12, 31))), "term-rounds-outside");
    let moved = change(day(9, 7), day(12, 18)).unwrap();
    assert_eq!(
        (moved.starts_on, moved.name.as_str()),
        (day(9, 7), "autumn")
    );
    let holiday = |from: NaiveDate, to: NaiveDate| {
        let (term, days) = (term.clone(), span("国庆", from, to));
        school.does(move |tx, call| terms::add_holiday(tx, call, &term, &days))
    };
    assert_eq!(key(holiday(day(9, 1), day(9, 8))), "holiday-outside-term");
    assert_eq!(key(holiday(day(10, 7), day(10, 1))), "holiday-dates");
    let kept = holiday(day(10, 1), day(10, 7)).unwrap();
    assert_eq!(key(holiday(day(10, 7), day(10, 8))), "holiday-overlaps");
    assert_eq!(
        key(change(day(10, 2), day(12, 18))),
        "term-holidays-outside"
    );
    let remove = || {
        let (term, id) = (term.clone(), kept.id.clone());
        school.does(move |tx, call| terms::remove_holiday(tx, call, &term, &id))
    };
    remove().unwrap();
    assert_eq!(key(remove()), "not-found");
}
