//! A post's sheet: the office everywhere, a monitor at the own post, in its time and never in the own class.

use starlight::{
    actions::session::{self, Kind},
    domain::{actor::Actor as Who, calendar::monday},
    storage::{duty, duty::PostRow, duty::RosterRow, inspections},
};

use crate::school::{Actor, House, School, Stage, now, today};

async fn school() -> House {
    School::new()
        .with_class("501", 2)
        .with_class("502", 2)
        .with_class("101", 2)
        .with_round("r1", Stage::Open)
        .open()
        .await
}

async fn post(school: &House, id: &'static str, ends_minute: i32) {
    school
        .change(move |tx, call| {
            let row = PostRow {
                school_id: call.school.to_string(),
                id: id.to_owned(),
                name: format!("post {id}"),
                items: "hygiene".to_owned(),
                starts_minute: 0,
                ends_minute,
                grades: "5".to_owned(),
                double_check: true,
                ..PostRow::default()
            };
            Ok(duty::add_post(tx, &Who::System.run_school()?, &row)?)
        })
        .await;
}

/// A child at a post this week, signed in as its monitor.
async fn monitor<'h>(school: &'h House, no: &str, post: &'static str, second: bool) -> Actor<'h> {
    let subject = school.student_id(no).to_owned();
    let who = subject.clone();
    let id = school
        .change(move |tx, call| {
            let row = RosterRow {
                school_id: call.school.to_string(),
                post_id: post.to_owned(),
                monday: monday(call.today),
                student_id: who.clone(),
                second,
            };
            duty::add_to_roster(tx, &Who::System.run_school()?, &row)?;
            session::begin(tx, call, Kind::Monitor, &who, Some(post), "test")
        })
        .await;
    school.session(Kind::Monitor, &subject, &id)
}

type Form = Vec<(String, String)>;

fn form(post: &str, classes: &[(&str, &str, &str)]) -> Form {
    let mut fields: Form = vec![
        ("post".into(), post.into()),
        ("slot".into(), "0".into()),
        ("action".into(), "send".into()),
    ];
    for (class, points, reason) in classes {
        fields.push((format!("p.{class}.hygiene"), (*points).into()));
        fields.push((format!("r.{class}.hygiene"), (*reason).into()));
    }
    fields
}

async fn sends(child: &Actor<'_>, form: &Form, status: u16) -> crate::school::Answer {
    let fields: Vec<(&str, &str)> = form.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    child.posts("/m", &fields).await.is(status)
}

/// Points, whether by the second, whether it counts.
async fn stored(school: &House, post: &'static str) -> Vec<(f64, bool, bool)> {
    let id = school.own().school.clone();
    let rows = school
        .store
        .read(move |db| inspections::of_day(db, &id, today(), post))
        .await
        .unwrap();
    let mut rows: Vec<_> = rows
        .into_iter()
        .map(|r| (r.points, r.second, r.counts))
        .collect();
    rows.sort_by(|a, b| a.partial_cmp(b).unwrap());
    rows
}

/// Moves what was sent into the past.
fn minutes_ago(school: &House, minutes: i64) {
    let at = now() - minutes * 60_000;
    assert!(school.sql(&format!("UPDATE inspections SET first_at = {at}")) > 0);
}

#[actix_web::test]
async fn a_sheet_holds_the_classes_of_the_post_but_the_own() {
    let school = school().await;
    post(&school, "all-day", 1440).await;
    let child = monitor(&school, "50101", "all-day", false).await;
    let (own, other, low) = (
        school.class("501"),
        school.class("502"),
        school.class("101"),
    );
    let page = child.get("/m").await.is(200).body;
    assert!(page.contains(other) && !page.contains(own), "{page}");
    assert!(!page.contains(low), "another grade");
    sends(&child, &form("all-day", &[(own, "9", "hygiene-1")]), 403).await;
    sends(&child, &form("all-day", &[(low, "9", "hygiene-1")]), 403).await;
    sends(&child, &form("all-day", &[(other, "11", "")]), 422).await;
    sends(&child, &form("all-day", &[(other, "9", "reading-1")]), 422).await;
    sends(
        &child,
        &form("all-day", &[("nowhere", "9", "hygiene-1")]),
        404,
    )
    .await;
    sends(&child, &form("all-day", &[(other, "9", "")]), 422)
        .await
        .body
        .contains("alert");
    assert_eq!(
        stored(&school, "all-day").await,
        [],
        "a deduction needs its reason"
    );
    sends(
        &child,
        &form("all-day", &[(other, "9.5", "hygiene-1")]),
        303,
    )
    .await;
    // Sent twice by a double tap: the same, and nothing is doubled.
    sends(
        &child,
        &form("all-day", &[(other, "9.5", "hygiene-1")]),
        303,
    )
    .await;
    assert_eq!(stored(&school, "all-day").await, [(9.5, false, true)]);
    let list = school.office().get("/a/inspections").await.is(200).body;
    assert!(list.contains("地面有纸屑"));
}

#[actix_web::test]
async fn ten_minutes_to_change_or_take_back_and_what_stood_is_kept() {
    let school = school().await;
    post(&school, "all-day", 1440).await;
    let child = monitor(&school, "50101", "all-day", false).await;
    let other = school.class("502");
    sends(&child, &form("all-day", &[(other, "9", "hygiene-1")]), 303).await;
    minutes_ago(&school, 9);
    sends(&child, &form("all-day", &[(other, "8", "hygiene-2")]), 303).await;
    assert_eq!(stored(&school, "all-day").await, [(8.0, false, true)]);
    let former = school.contents()["inspection_history"].len();
    assert_eq!(former, 1, "nine points stood there");
    let undo = |slot: &'static str| {
        vec![
            ("post".to_owned(), "all-day".to_owned()),
            ("slot".to_owned(), slot.to_owned()),
            ("action".to_owned(), "undo".to_owned()),
        ]
    };
    minutes_ago(&school, 10);
    sends(&child, &form("all-day", &[(other, "7", "hygiene-2")]), 410).await;
    sends(&child, &undo("0"), 410).await;
    assert_eq!(stored(&school, "all-day").await, [(8.0, false, true)]);
    minutes_ago(&school, 1);
    sends(&child, &undo("0"), 303).await;
    assert_eq!(stored(&school, "all-day").await, []);
    assert_eq!(school.contents()["inspection_history"].len(), 2);
    assert_eq!(school.audited("inspection.take_back").await.len(), 1);
}

#[actix_web::test]
async fn a_monitor_stays_at_the_post_and_in_its_time() {
    let school = school().await;
    post(&school, "all-day", 1440).await;
    post(&school, "never", 0).await;
    let other = school.class("502");
    let child = monitor(&school, "50101", "all-day", false).await;
    child.get("/m/posts/never").await.is(404);
    sends(&child, &form("never", &[(other, "10", "")]), 404).await;
    child.get("/rankings").await.is(403);
    let late = monitor(&school, "50102", "never", false).await;
    late.get("/m").await.is(403);
    sends(&late, &form("never", &[(other, "10", "")]), 403).await;
    sends(
        &school.student("50101"),
        &form("all-day", &[(other, "10", "")]),
        403,
    )
    .await;
    sends(&school.office(), &form("never", &[(other, "10", "")]), 303).await;
    // Off the roster, out of the post.
    school.sql("DELETE FROM rosters");
    child.get("/m").await.is(404);
}

#[actix_web::test]
async fn the_second_look_is_blind_and_the_office_says_which_counts() {
    let school = school().await;
    post(&school, "all-day", 1440).await;
    let first = monitor(&school, "50101", "all-day", false).await;
    let again = monitor(&school, "50102", "all-day", true).await;
    let other = school.class("502");
    sends(&again, &form("all-day", &[(other, "7", "hygiene-3")]), 303).await;
    assert_eq!(
        stored(&school, "all-day").await,
        [(7.0, true, true)],
        "alone it counts"
    );
    sends(&first, &form("all-day", &[(other, "9", "hygiene-1")]), 303).await;
    let both = [(7.0, true, false), (9.0, false, true)];
    assert_eq!(
        stored(&school, "all-day").await,
        both,
        "the first one counts"
    );
    assert!(
        !again
            .get("/m")
            .await
            .is(200)
            .body
            .contains("value=\"9\" selected"),
        "blind"
    );
    let day = today().to_string();
    let decide = |whose: &'static str| {
        vec![
            ("act", whose),
            ("date", day.as_str()),
            ("post", "all-day"),
            ("slot", "0"),
            ("class", other),
        ]
    };
    school
        .staff("h501")
        .posts("/a/inspections", &decide("both"))
        .await
        .is(403);
    let office = school.office();
    let list = office.get("/a/inspections?differs=1").await.is(200).body;
    assert!(list.contains("data-test=\"looks\""), "{list}");
    office
        .posts("/a/inspections", &decide("second"))
        .await
        .is(303);
    assert_eq!(
        stored(&school, "all-day").await,
        [(7.0, true, true), (9.0, false, false)]
    );
    office
        .posts("/a/inspections", &decide("both"))
        .await
        .is(303);
    assert_eq!(
        stored(&school, "all-day").await,
        [(7.0, true, true), (9.0, false, true)]
    );
    // Decided: the monitors' ten minutes are over.
    sends(&first, &form("all-day", &[(other, "10", "")]), 410).await;
    assert_eq!(school.audited("inspection.decide").await.len(), 2);
}

#[actix_web::test]
async fn two_monitors_of_a_post_do_not_check_a_class_twice() {
    let school = school().await;
    post(&school, "all-day", 1440).await;
    let first = monitor(&school, "50201", "all-day", false).await;
    let other = monitor(&school, "50202", "all-day", false).await;
    let class = school.class("501");
    sends(&first, &form("all-day", &[(class, "9", "hygiene-1")]), 303).await;
    sends(&other, &form("all-day", &[(class, "10", "")]), 303).await;
    assert_eq!(stored(&school, "all-day").await, [(9.0, false, true)]);
}
