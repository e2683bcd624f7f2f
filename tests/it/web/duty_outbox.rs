//! A post's sheet from the device's outbox: by its key alone, once, and only for what it was made for.

use serde_json::{Value, json};
use starlight::{
    actions::session::{self, Kind},
    domain::{actor::Actor as Who, calendar::monday},
    storage::{duty, duty::PostRow, duty::RosterRow},
};

use crate::school::{Actor, House, School, Stage, after};

async fn school() -> House {
    let school = School::new()
        .with_class("501", 2)
        .with_class("502", 2)
        .with_neighbour()
        .with_round("r1", Stage::Open)
        .open()
        .await;
    school
        .change(|tx, call| {
            let row = PostRow {
                school_id: call.school.to_string(),
                id: "p".to_owned(),
                name: "p".to_owned(),
                items: "hygiene=5".to_owned(),
                ends_minute: 1440,
                ..PostRow::default()
            };
            Ok(duty::add_post(tx, &Who::System.run_school()?, &row)?)
        })
        .await;
    school
}

async fn monitor(school: &House) -> Actor<'_> {
    let subject = school.student_id("50101").to_owned();
    let who = subject.clone();
    let id = school
        .change(move |tx, call| {
            let row = RosterRow {
                school_id: call.school.to_string(),
                post_id: "p".to_owned(),
                monday: monday(call.today),
                student_id: who.clone(),
                second: false,
            };
            duty::add_to_roster(tx, &Who::System.run_school()?, &row)?;
            session::begin(tx, call, Kind::Monitor, &who, Some("p"), "test")
        })
        .await;
    school.session(Kind::Monitor, &subject, &id)
}

/// Key and counter of the sheet.
async fn sheet(child: &Actor<'_>) -> (String, i64) {
    let page = child.get("/m").await.is(200).body;
    let key = after(&page, "data-duty", "data-key=\"", "\"").to_owned();
    let stamp = after(&page, "data-duty", "data-stamp=\"", "\"");
    (key, stamp.parse().unwrap())
}

fn kept(key: &str, stamp: i64, class: &str, points: f64, reason: &str) -> Value {
    let item = json!({ "points": points, "reason": reason });
    json!({ "key": key, "stamp": stamp, "late": true,
        "duty": { "classes": { class: { "hygiene": item } } } })
}

fn points(school: &House) -> Vec<String> {
    school.contents()["inspections"].clone()
}

#[actix_web::test]
async fn what_a_device_kept_arrives_once_after_sign_out() {
    let school = school().await;
    let child = monitor(&school).await;
    let (key, stamp) = sheet(&child).await;
    let class = school.class("502").to_owned();
    child.posts("/s/sign-out", &[]).await.is(303);
    let first = kept(&key, stamp + 1, &class, 4.5, "hygiene-1");
    school.deliver(first.clone()).await.is(200);
    let again = school.deliver(first).await.is(200).json();
    assert_eq!(
        (again["stored"].as_i64(), again["same"].as_i64()),
        (Some(0), Some(1))
    );
    school
        .deliver(kept(&key, stamp + 3, &class, 4.0, "hygiene-2"))
        .await
        .is(200);
    // An older save that comes late takes nothing back.
    school
        .deliver(kept(&key, stamp + 2, &class, 5.0, ""))
        .await
        .is(409);
    let rows = points(&school);
    assert_eq!(rows.len(), 1);
    assert!(
        rows[0].contains("4.0") || rows[0].contains("|4|"),
        "{rows:?}"
    );
}

#[actix_web::test]
async fn the_key_opens_one_sheet_and_no_more() {
    let school = school().await;
    let child = monitor(&school).await;
    let (key, stamp) = sheet(&child).await;
    let own = school.class("501").to_owned();
    school
        .deliver(kept(&key, stamp + 1, &own, 5.0, ""))
        .await
        .is(403);
    let foreign = school.neighbour().classes["502"].clone();
    school
        .deliver(kept(&key, stamp + 1, &foreign, 5.0, ""))
        .await
        .is(404);
    let class = school.class("502").to_owned();
    school
        .deliver(kept(&key, stamp + 1, &class, 6.0, ""))
        .await
        .is(422);
    school
        .deliver(kept("nothing", stamp + 1, &class, 5.0, ""))
        .await
        .is(404);
    // A child's answers do not come in by it.
    school
        .deliver(json!({ "key": key, "stamp": 1, "scores": {} }))
        .await
        .is(404);
    assert_eq!(points(&school), [""; 0]);
    school.sql("DELETE FROM rosters");
    school
        .deliver(kept(&key, stamp + 1, &class, 5.0, ""))
        .await
        .is(404);
}
