//! Daily checks: the office everywhere, a monitor at the own post and never in the own class.

use starlight::{
    actions::session::{self, Kind},
    domain::actor::Actor as Who,
    storage::{duty, duty::PostRow, inspections},
};

use crate::school::{Actor, House, School, Stage, today};

async fn school() -> House {
    School::new()
        .with_class("501", 2)
        .with_class("502", 2)
        .with_round("r1", Stage::Open)
        .open()
        .await
}

/// A post that looks all day, or never.
async fn post(school: &House, id: &'static str, ends_minute: i32) {
    school
        .change(move |tx, call| {
            let row = PostRow {
                school_id: call.school.to_string(),
                id: id.to_owned(),
                name: id.to_owned(),
                items: "hygiene".to_owned(),
                starts_minute: 0,
                ends_minute,
                ..PostRow::default()
            };
            Ok(duty::add_post(tx, &Who::System.run_school()?, &row)?)
        })
        .await;
}

async fn monitor<'h>(school: &'h House, no: &str, post: &'static str) -> Actor<'h> {
    let subject = school.student_id(no).to_owned();
    let who = subject.clone();
    let id = school
        .change(move |tx, call| session::begin(tx, call, Kind::Monitor, &who, Some(post), "test"))
        .await;
    school.session(Kind::Monitor, &subject, &id)
}

fn form<'f>(post: &'f str, class: &'f str, points: &'f str) -> Vec<(&'f str, &'f str)> {
    vec![
        ("post", post),
        ("class", class),
        ("p.hygiene", points),
        ("r.hygiene", "one"),
        ("r.hygiene", "two"),
        ("action", "send"),
    ]
}

async fn stored(school: &House, post: &'static str) -> Vec<(String, f64, String)> {
    let id = school.own().school.clone();
    let rows = school
        .store
        .read(move |db| inspections::of_day(db, &id, today(), post))
        .await
        .unwrap();
    rows.into_iter()
        .map(|r| (r.class_id, r.points, r.reason))
        .collect()
}

#[actix_web::test]
async fn a_monitor_checks_other_classes_only() {
    let school = school().await;
    post(&school, "all-day", 1440).await;
    let child = monitor(&school, "50101", "all-day").await;
    let (own, other) = (school.class("501"), school.class("502"));
    let page = child.get("/m").await.is(200).body;
    assert!(page.contains(other) && !page.contains(own), "{page}");
    child.posts("/m", &form("all-day", own, "9")).await.is(403);
    child
        .posts("/m", &form("all-day", other, "11"))
        .await
        .is(422);
    child
        .posts("/m", &form("all-day", other, "9.5"))
        .await
        .is(303);
    child
        .posts("/m", &form("all-day", other, "8"))
        .await
        .is(303);
    let rows = stored(&school, "all-day").await;
    assert_eq!(rows, [(other.to_owned(), 8.0, "one; two".to_owned())]);
    // A tap on minus stores nothing.
    let mut tap = form("all-day", other, "8");
    tap.retain(|(name, _)| *name != "action");
    tap.push(("minus", "hygiene"));
    let page = child.posts("/m", &tap).await.is(200).body;
    assert!(page.contains("value=\"7.5\""));
    assert_eq!(stored(&school, "all-day").await.len(), 1);
    let list = school.office().get("/a/inspections").await.is(200).body;
    assert!(list.contains("one; two"));
}

#[actix_web::test]
async fn a_monitor_stays_at_the_post_and_in_its_time() {
    let school = school().await;
    post(&school, "all-day", 1440).await;
    post(&school, "never", 0).await;
    let other = school.class("502");
    let child = monitor(&school, "50101", "all-day").await;
    child.get("/m/posts/never").await.is(404);
    child.posts("/m", &form("never", other, "9")).await.is(404);
    child.get("/rankings").await.is(403);
    let late = monitor(&school, "50102", "never").await;
    late.get("/m").await.is(403);
    late.posts("/m", &form("never", other, "9")).await.is(403);
    school
        .student("50101")
        .posts("/m", &form("all-day", other, "9"))
        .await
        .is(403);
    school
        .office()
        .posts("/m", &form("never", other, "9"))
        .await
        .is(303);
}
