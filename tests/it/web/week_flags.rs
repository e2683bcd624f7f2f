//! The weekly flags: who decides, what stands afterwards, and what a later correction may change.

use chrono::{Datelike, Days, NaiveDate};
use starlight::{
    actions::{ActionError, decide_week, new_id, week_flags},
    domain::{
        actor::Actor, calendar::monday, ids::SchoolId, refusal::Refusal, week_index::FlagKind,
    },
    storage::{inspections, inspections::InspectionRow, results, schools},
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
    checked_in(
        school,
        Some(school.round("r1").to_owned()),
        class,
        days,
        points,
    )
    .await;
}

async fn checked_in(school: &House, round: Option<String>, class: &str, days: u64, points: f64) {
    let class = school.class(class).to_owned();
    school
        .change(move |tx, call| {
            for day in 0..days {
                let row = InspectionRow {
                    school_id: call.school.to_string(),
                    id: new_id(),
                    round_id: round.clone(),
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

/// Class, badge and tier of what classes have, and whether it is in doubt.
async fn badges(school: &House) -> Vec<(String, String, String, bool)> {
    let id: SchoolId = school.own().school.clone();
    let rows = school.store.read(move |db| {
        let permit = Actor::System.run_school().unwrap();
        let term = schools::terms(db, &id)?.remove(0);
        results::awards(db, &permit, &id, &term.id)
    });
    let rows = rows.await.unwrap().into_iter();
    let classes = rows.filter(|row| row.recipient_kind == "class");
    let mut told: Vec<_> = classes
        .map(|row| {
            let code = ["401", "402"]
                .into_iter()
                .find(|code| school.class(code) == row.recipient_id);
            let code = code.unwrap().to_owned();
            (code, row.badge, row.tier, row.doubted.is_some())
        })
        .collect();
    told.sort();
    told
}

#[actix_web::test]
async fn a_week_with_a_flag_is_a_badge_at_once_and_a_corrected_week_puts_it_in_doubt() {
    let school = School::new()
        .with_class("401", 4)
        .with_class("402", 4)
        .open()
        .await;
    let sprout = |code: &str, doubted| {
        (
            code.to_owned(),
            "red_flag".to_owned(),
            "sprout".to_owned(),
            doubted,
        )
    };
    checked_in(&school, None, "401", 4, 9.5).await;
    checked_in(&school, None, "402", 4, 9.0).await;
    decide(&school, "").await.unwrap();
    assert_eq!(badges(&school).await, [sprout("401", false)]);
    let told = school.audited("award.recognise").await;
    assert_eq!(told.len(), 1, "{told:?}");

    checked_in(&school, None, "401", 1, 1.0).await;
    decide(&school, "a check was missing").await.unwrap();
    let both = [sprout("401", true), sprout("402", false)];
    assert_eq!(badges(&school).await, both, "nothing disappears silently");

    checked_in(&school, None, "402", 1, 0.0).await;
    checked_in(&school, None, "402", 1, 0.0).await;
    decide(&school, "and one more").await.unwrap();
    let back = badges(&school).await;
    assert!(back[1].3, "two checks without a point: {back:?}");
}
