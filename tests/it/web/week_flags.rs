//! The weekly flags: who decides, what stands afterwards, and what a later correction may change.

use chrono::{Datelike, Days, NaiveDate};
use starlight::{
    actions::{
        ActionError, decide_week, new_id,
        week_flags::{self, FlagKind},
    },
    domain::{calendar::monday, refusal::Refusal},
    storage::{inspections, inspections::InspectionRow},
};

use crate::school::{House, School, Stage, now, today};

async fn school() -> House {
    School::new()
        .with_class("401", 4)
        .with_class("402", 4)
        .with_round("r1", Stage::Open)
        .open()
        .await
}

fn this_monday() -> NaiveDate {
    monday(today())
}

/// Checks of a class on the first `days` days of this week, all with the same points of ten.
async fn checked(school: &House, class: &str, days: u64, points: f64) {
    let (class, round) = (
        school.class(class).to_owned(),
        school.round("r1").to_owned(),
    );
    school
        .change(move |tx, call| {
            for day in 0..days {
                let row = InspectionRow {
                    school_id: call.school.to_string(),
                    id: new_id(),
                    round_id: Some(round.clone()),
                    on_date: this_monday() + Days::new(day),
                    post: "p".to_owned(),
                    class_id: class.clone(),
                    item: "hygiene".to_owned(),
                    full_marks: 10.0,
                    points,
                    counts: true,
                    first_at: now(),
                    ..InspectionRow::default()
                };
                inspections::add(tx, &row)?;
            }
            Ok(())
        })
        .await;
}

async fn decide(school: &House, why: &'static str) -> Result<i32, Refusal> {
    let call = starlight::domain::actor::Call::system(school.own().school.clone(), now(), today());
    let done = school
        .store
        .write(move |tx| decide_week::decide_week(tx, &call, today(), why))
        .await;
    match done {
        Ok(row) => Ok(row.revision),
        Err(ActionError::Refused(refusal)) => Err(refusal),
        Err(other) => panic!("{other}"),
    }
}

async fn flags(school: &House) -> Vec<(String, FlagKind, i32)> {
    let id = school.own().school.clone();
    let latest = school
        .store
        .read(move |db| week_flags::latest_flags(db, &id, today()))
        .await
        .unwrap();
    let flags = latest.map(|week| week.flags).unwrap_or_default();
    flags
        .into_iter()
        .map(|f| (f.code, f.kind, f.tenths))
        .collect()
}

#[actix_web::test]
async fn a_decided_week_stands_until_it_is_decided_anew() {
    let school = school().await;
    assert_eq!(
        decide(&school, "").await,
        Err(Refusal::WrongState),
        "nothing was checked"
    );
    checked(&school, "401", 4, 9.0).await;
    checked(&school, "402", 3, 10.0).await;
    assert_eq!(decide(&school, "").await, Ok(1));
    // Nobody took part yet: (20·9/10 + 10·0) / 30 would be 60; it is what the round says.
    let first = flags(&school).await;
    assert!(
        first.is_empty(),
        "60.0 is no flag, and three days are too few: {first:?}"
    );
    assert_eq!(
        decide(&school, "again").await,
        Err(Refusal::WrongState),
        "nothing changed"
    );
    checked(&school, "402", 1, 2.0).await;
    assert_eq!(
        decide(&school, "").await,
        Err(Refusal::Invalid("why".to_owned()))
    );
    assert_eq!(decide(&school, "one more check").await, Ok(2));
    assert_eq!(school.audited("week.decide").await.len(), 2);
}

#[actix_web::test]
async fn the_machine_decides_what_it_missed() {
    let school = school().await;
    checked(&school, "401", 4, 9.0).await;
    let due = |hour: u32, day: u64| {
        let id = school.own().school.clone();
        let at = (this_monday() + Days::new(day))
            .and_hms_opt(hour, 59, 0)
            .unwrap();
        let store = school.store.clone();
        async move {
            let call = starlight::domain::actor::Call::system(id, now(), at.date().max(today()));
            store
                .read(move |db| decide_week::due(db, &call, at))
                .await
                .unwrap()
        }
    };
    assert_eq!(due(16, 4).await, [], "Friday before five");
    assert_eq!(due(17, 4).await, [this_monday()]);
    assert_eq!(due(9, 10).await, [this_monday()], "found at the next start");
    decide(&school, "").await.unwrap();
    assert_eq!(due(9, 10).await, []);
    assert_eq!(this_monday().weekday(), chrono::Weekday::Mon);
}
