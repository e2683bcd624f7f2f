//! Extra days for one child in a closed round: that child finishes its own sheets, nobody else does, publishing ends it.

use chrono::Days;
use starlight::storage::extensions;

use super::correcting::the_folder_gives_the_same;
use crate::school::{Answer, House, School, Stage, today};

/// A closed round in which some children said nothing: they came to the class after it was closed.
async fn closed() -> House {
    School::new()
        .with_class("401", 8)
        .with_class("402", 8)
        .with_round("r1", Stage::Open)
        .open()
        .await
}

async fn close(house: &House) {
    let path = format!("/a/rounds/{}/close", house.round("r1"));
    house.office().posts(&path, &[]).await.is(303);
}

async fn extends(house: &House, login: &str, no: &str, until: &str, on: &str) -> Answer {
    let fields = [
        ("student", house.student_id(no)),
        ("until", until),
        ("on", on),
    ];
    let path = format!("/t/classes/{}/extend", house.class(no.get(..3).unwrap()));
    house.staff(login).posts(&path, &fields).await
}

/// Answers every card of a child's round; the statuses.
async fn answers(house: &House, no: &str) -> Vec<u16> {
    let (child, round) = (house.student(no), house.round("r1"));
    let mut statuses = Vec::new();
    for card in child.tasks(round).await {
        statuses.push(child.says(round, &card, 2).await.status);
    }
    statuses
}

fn day(from_today: u64) -> String {
    (today() + Days::new(from_today)).to_string()
}

#[actix_web::test]
async fn one_child_finishes_and_the_others_do_not() {
    let house = closed().await;
    close(&house).await;
    assert!(
        answers(&house, "40101")
            .await
            .iter()
            .all(|status| *status == 409)
    );
    house.student("40101").get("/s").await.is(303);
    let page = house
        .staff("h401")
        .get(&format!("/t/classes/{}", house.class("401")))
        .await
        .body;
    assert!(page.contains("data-test=\"extend\""));
    extends(&house, "h401", "40101", &day(3), "1").await.is(303);
    // The child finds its cards by the ordinary way in, and every one is taken.
    let next = house.student("40101").get("/s").await.is(303);
    assert!(
        next.header("location").starts_with("/s/sheets/"),
        "{}",
        next.header("location")
    );
    assert!(
        answers(&house, "40101")
            .await
            .iter()
            .all(|status| *status == 201)
    );
    assert!(
        answers(&house, "40102")
            .await
            .iter()
            .all(|status| *status == 409)
    );
    let family = house.family("40101");
    for card in family.tasks(house.round("r1")).await {
        family.says(house.round("r1"), &card, 2).await.is(409);
    }
    assert_eq!(house.audited("extend").await.len(), 1);
}

#[actix_web::test]
async fn publishing_ends_it_and_counts_what_was_said() {
    let house = closed().await;
    close(&house).await;
    extends(&house, "h401", "40101", &day(2), "1").await.is(303);
    assert!(
        answers(&house, "40101")
            .await
            .iter()
            .all(|status| *status == 201)
    );
    let publish = format!("/a/rounds/{}/publish", house.round("r1"));
    house.office().posts(&publish, &[]).await.is(303);
    the_folder_gives_the_same(&house, &["r1"]).await;
    assert!(
        answers(&house, "40101")
            .await
            .iter()
            .all(|status| *status == 409)
    );
    // Nothing can be given any more.
    extends(&house, "h401", "40102", &day(2), "1").await.is(303);
    assert_eq!(house.audited("extend").await.len(), 1);
}

#[actix_web::test]
async fn it_can_be_taken_back_and_runs_out() {
    let house = closed().await;
    close(&house).await;
    for (until, lines) in [(day(8), 0), ("".to_owned(), 0), (day(7), 1), (day(0), 2)] {
        extends(&house, "h401", "40101", &until, "1").await.is(303);
        assert_eq!(house.audited("extend").await.len(), lines, "{until}");
    }
    extends(&house, "h401", "40101", "", "0").await.is(303);
    assert!(
        answers(&house, "40101")
            .await
            .iter()
            .all(|status| *status == 409)
    );
    // As it stands the day after the last one.
    let (round, child) = (
        house.round("r1").to_owned(),
        house.student_id("40101").to_owned(),
    );
    let class = house.own().class_id("401");
    house
        .change(move |tx, call| {
            let permit = call.actor.lead_class(&class)?;
            let row = extensions::ExtensionRow {
                school_id: call.school.to_string(),
                round_id: round,
                student_id: child,
                until: call.today - Days::new(1),
                given_by: String::new(),
                given_at: call.now,
            };
            Ok(extensions::set(tx, &permit, &row)?)
        })
        .await;
    assert!(
        answers(&house, "40101")
            .await
            .iter()
            .all(|status| *status == 409)
    );
}

#[actix_web::test]
async fn only_whoever_leads_the_class_gives_it_and_only_after_closing() {
    let house = closed().await;
    extends(&house, "h401", "40101", &day(2), "1").await.is(303);
    assert!(
        house.audited("extend").await.is_empty(),
        "the round is still open"
    );
    close(&house).await;
    extends(&house, "s401", "40101", &day(2), "1").await.is(403);
    extends(&house, "h402", "40101", &day(2), "1").await.is(404);
    let strange = [
        ("student", house.student_id("40201")),
        ("until", &day(2)),
        ("on", "1"),
    ];
    let path = format!("/t/classes/{}/extend", house.class("401"));
    house.staff("h401").posts(&path, &strange).await.is(404);
    assert!(house.audited("extend").await.is_empty());
}

#[actix_web::test]
async fn publishing_says_how_many_children_still_have_extra_days() {
    let house = closed().await;
    close(&house).await;
    let path = format!("/a/rounds/{}/publish", house.round("r1"));
    let told = |page: &str| page.contains("补交时间");
    assert!(!told(&house.office().get(&path).await.is(200).body));
    extends(&house, "h401", "40101", &day(2), "1").await.is(303);
    assert!(told(&house.office().get(&path).await.is(200).body));
    extends(&house, "h401", "40101", "", "0").await.is(303);
    assert!(!told(&house.office().get(&path).await.is(200).body));
}
