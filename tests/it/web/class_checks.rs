//! A class's teacher sees the checks that count and appeals within a day; the office lets one stand or puts it right.

use chrono::Days;
use starlight::{
    actions::{decide_week, new_id},
    domain::{actor::Call, calendar::monday},
    storage::{inspections, inspections::InspectionRow},
};

use crate::school::{House, School, Stage, now, today};

async fn school(stage: Stage) -> House {
    School::new()
        .with_class("401", 12)
        .with_class("402", 12)
        .with_neighbour()
        .with_round("r1", stage)
        .open()
        .await
}

/// A check of today with this many points of ten, sent `minutes` ago; its id.
async fn check(school: &House, class: &str, points: f64, minutes: i64) -> String {
    let (class, round) = (
        school.class(class).to_owned(),
        school.round("r1").to_owned(),
    );
    let id = new_id();
    let row_id = id.clone();
    school
        .change(move |tx, call| {
            let row = InspectionRow {
                school_id: call.school.to_string(),
                id: row_id,
                round_id: Some(round),
                on_date: today(),
                post: "p".to_owned(),
                class_id: class,
                item: "hygiene".to_owned(),
                full_marks: 10.0,
                points,
                reason: "paper".to_owned(),
                counts: true,
                first_at: now() - minutes * 60_000,
                ..InspectionRow::default()
            };
            Ok(inspections::add(tx, &row)?)
        })
        .await;
    id
}

async fn points(school: &House, id: &str) -> f64 {
    let (own, id) = (school.own().school.clone(), id.to_owned());
    let row = school
        .store
        .read(move |db| inspections::get(db, &own, &id))
        .await;
    row.unwrap().points
}

#[actix_web::test]
async fn only_the_homeroom_teacher_appeals_and_only_within_a_day() {
    let school = school(Stage::Open).await;
    let (fresh, old) = (
        check(&school, "401", 8.0, 23 * 60 + 59).await,
        check(&school, "401", 7.0, 24 * 60).await,
    );
    let full = check(&school, "401", 10.0, 1).await;
    let other = check(&school, "402", 8.0, 1).await;
    let path = format!("/t/classes/{}/checks", school.class("401"));
    let says = |id: &str| {
        vec![
            ("check".to_owned(), id.to_owned()),
            ("words".to_owned(), "It was cleaning time.".to_owned()),
        ]
    };
    let files = async |who: &crate::school::Actor<'_>, id: &str, status: u16| {
        let fields = says(id);
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(k, v)| (k.as_str(), v.as_str()))
            .collect();
        who.posts(&path, &fields).await.is(status);
    };
    let page = school.staff("h401").get(&path).await.is(200).body;
    assert_eq!(
        page.matches("data-test=\"check-ask\"").count(),
        1,
        "one fresh deduction: {page}"
    );
    files(&school.staff("s401"), &fresh, 403).await;
    files(&school.office(), &fresh, 403).await;
    files(&school.staff("h402"), &fresh, 404).await;
    files(&school.neighbours_office(), &fresh, 404).await;
    let teacher = school.staff("h401");
    files(&teacher, &old, 410).await;
    files(&teacher, &other, 404).await;
    files(&teacher, &full, 409).await;
    teacher
        .posts(&path, &[("check", fresh.as_str()), ("words", "x")])
        .await
        .is(422);
    files(&teacher, &fresh, 303).await;
    files(&teacher, &fresh, 409).await;
    assert_eq!(school.audited("check.appeal").await.len(), 1);
    assert!(
        !school
            .staff("s401")
            .get(&path)
            .await
            .is(200)
            .body
            .contains("check-ask")
    );
}

async fn appeal(school: &House, check: &str) -> String {
    let path = format!("/t/classes/{}/checks", school.class("401"));
    let teacher = school.staff("h401");
    teacher
        .posts(
            &path,
            &[("check", check), ("words", "It was cleaning time.")],
        )
        .await
        .is(303);
    let list = school.office().get("/a/inspections").await.is(200).body;
    crate::school::after(
        &list,
        "data-test=\"check-appeal\"",
        "name=\"appeal\" value=\"",
        "\"",
    )
    .to_owned()
}

#[actix_web::test]
async fn what_the_office_puts_right_counts_and_what_stood_there_is_shown() {
    let school = school(Stage::Open).await;
    let id = check(&school, "401", 8.0, 1).await;
    let appeal = appeal(&school, &id).await;
    let day = today().to_string();
    let rule = |act: &'static str, points: &'static str, words: &'static str| {
        vec![
            ("act", act),
            ("date", day.as_str()),
            ("appeal", appeal.as_str()),
            ("points", points),
            ("words", words),
        ]
    };
    let office = school.office();
    school
        .staff("h401")
        .posts("/a/inspections", &rule("correct", "10", "Seen."))
        .await
        .is(403);
    office
        .posts("/a/inspections", &rule("correct", "11", "Seen."))
        .await
        .is(422);
    office
        .posts("/a/inspections", &rule("correct", "10", ""))
        .await
        .is(422);
    office
        .posts("/a/inspections", &rule("correct", "9.5", "Seen."))
        .await
        .is(303);
    office
        .posts("/a/inspections", &rule("uphold", "9.5", "Seen."))
        .await
        .is(409);
    assert_eq!(points(&school, &id).await.to_bits(), 9.5f64.to_bits());
    let path = format!("/t/classes/{}/checks", school.class("401"));
    let page = school.staff("h401").get(&path).await.is(200).body;
    assert!(
        page.contains("<s>8</s>") && page.contains("Seen."),
        "{page}"
    );
    assert_eq!(school.audited("check.rule").await.len(), 1);
}

#[actix_web::test]
async fn a_check_that_stands_changes_nothing() {
    let school = school(Stage::Open).await;
    let id = check(&school, "401", 8.0, 1).await;
    let appeal = appeal(&school, &id).await;
    let day = today().to_string();
    let rule = [
        ("act", "uphold"),
        ("date", day.as_str()),
        ("appeal", appeal.as_str()),
        ("points", "10"),
        ("words", "It stands."),
    ];
    school.office().posts("/a/inspections", &rule).await.is(303);
    assert_eq!(points(&school, &id).await.to_bits(), 8.0f64.to_bits());
}

#[actix_web::test]
async fn a_correction_flows_into_the_published_round_and_proposes_another_week() {
    let school = school(Stage::Open).await;
    let id = check(&school, "401", 5.0, 1).await;
    check(&school, "402", 9.0, 1).await;
    let appeal = appeal(&school, &id).await;
    let call = Call::system(school.own().school.clone(), now(), today());
    school
        .store
        .write(move |tx| decide_week::decide_week(tx, &call, today(), ""))
        .await
        .unwrap();
    let round = school.round("r1").to_owned();
    let office = school.office();
    for act in ["close", "publish"] {
        office
            .posts(&format!("/a/rounds/{round}/{act}"), &[])
            .await
            .is(303);
    }
    let day = today().to_string();
    let rule = [
        ("act", "correct"),
        ("date", day.as_str()),
        ("appeal", appeal.as_str()),
        ("points", "10"),
        ("words", "Seen again."),
    ];
    office.posts("/a/inspections", &rule).await.is(303);
    assert_eq!(
        school.audited("round.revise").await.len(),
        1,
        "a revision beside the first"
    );
    let week = office.get("/a/week").await.is(200).body;
    assert!(week.contains("data-test=\"week-changes\""), "{week}");
    assert_eq!(
        school.audited("week.decide").await.len(),
        1,
        "nothing changes by itself"
    );
    let again = [("act", "decide"), ("day", day.as_str()), ("why", "Appeal")];
    school.staff("h401").posts("/a/week", &again).await.is(403);
    office
        .posts("/a/week", &[("act", "decide"), ("day", day.as_str())])
        .await
        .is(422);
    office.posts("/a/week", &again).await.is(303);
    assert_eq!(school.audited("week.decide").await.len(), 2);
    let monday = monday(today());
    office
        .get(&format!("/a/week/{monday}/certificates"))
        .await
        .is(200);
    let before = monday - Days::new(7);
    office
        .get(&format!("/a/week/{before}/certificates"))
        .await
        .is(404);
    school
        .neighbours_office()
        .get(&format!("/a/week/{monday}/certificates"))
        .await
        .is(404);
}
