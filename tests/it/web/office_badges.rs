//! The office's page of badges: a version is tried before it is adopted, holds from the next term on, and the end of a
//! term gives its titles once.

use starlight::exchange::badges_toml;

use crate::school::{Answer, House, School, Stage, after};

const PAGE: &str = "/a/badges";

async fn house() -> House {
    School::new()
        .with_class("401", 8)
        .with_round("r 1", Stage::Published)
        .open()
        .await
}

fn next() -> String {
    badges_toml::SHIPPED.replace("version = 4\n", "version = 5\n")
}

async fn acts(house: &House, action: &str, document: &str, token: &str) -> Answer {
    let fields = [("action", action), ("document", document), ("token", token)];
    house.office().posts(PAGE, &fields).await
}

fn token(body: &str) -> String {
    after(body, "name=\"token\"", "value=\"", "\"").to_owned()
}

#[actix_web::test]
async fn mistakes_are_told_with_line_and_column_and_nothing_is_adopted() {
    let house = house().await;
    let shown = house.office().get(PAGE).await.is(200).body;
    assert!(shown.contains("version = 5"), "the form holds the next one");
    let broken = next().replace("one_in = 3", "one_in = 0");
    let line = broken
        .lines()
        .position(|l| l.contains("one_in = 0"))
        .unwrap()
        + 1;
    let body = acts(&house, "try", &broken, "").await.is(200).body;
    assert!(body.contains(&format!("{line}:8: one_in")), "{body}");
    assert!(!body.contains("data-test=\"badges-adopt\""));
    let old = acts(&house, "try", badges_toml::SHIPPED, "").await.is(200);
    assert!(old.body.contains("the next version is 5"));
    acts(&house, "adopt", &next(), "").await.is(409);
    assert!(house.audited("badges.adopt").await.is_empty());
}

#[actix_web::test]
async fn a_version_is_tried_on_the_term_and_adopted_for_the_next_one() {
    let house = house().await;
    let easy = next().replace("at_least = 4, within = 5", "at_least = 1, within = 5");
    let body = acts(&house, "try", &easy, "").await.is(200).body;
    assert!(body.contains("data-test=\"tried\""));
    let nobody = |body: &str| body.matches("没有人够得到").count();
    let harder = acts(&house, "try", &next(), "").await.is(200).body;
    assert!(
        nobody(&harder) > nobody(&body),
        "one round is no four of five"
    );
    // What was tried and nothing else.
    acts(&house, "adopt", &next(), &token(&body)).await.is(409);
    acts(&house, "adopt", &easy, &token(&body)).await.is(303);
    assert_eq!(house.audited("badges.adopt").await.len(), 1);
    let shown = house.office().get(PAGE).await.is(200).body;
    assert!(shown.contains("version = 6"));
    assert!(shown.contains("第 5 版从"), "and holds later");
    acts(&house, "adopt", &easy, &token(&body)).await.is(422);
    house.staff("h401").get(PAGE).await.is(403);
}

#[actix_web::test]
async fn a_recount_gives_nothing_twice_and_the_end_of_the_term_its_titles_once() {
    let house = house().await;
    acts(&house, "recount", "", "").await.is(303);
    let recounted = house.audited("award.recount").await;
    assert!(recounted[0].1.starts_with("awards=0 "), "{recounted:?}");
    acts(&house, "settle", "", "").await.is(303);
    acts(&house, "settle", "", "").await.is(303);
    let settled = house.audited("award.settle").await;
    assert!(!settled[0].1.starts_with("awards=0 "), "{settled:?}");
    assert!(settled[1].1.starts_with("awards=0 "), "{settled:?}");
}

#[actix_web::test]
async fn a_term_with_an_open_round_has_no_end() {
    let house = School::new()
        .with_class("401", 8)
        .with_round("r 1", Stage::Published)
        .with_round("r 2", Stage::Open)
        .open()
        .await;
    acts(&house, "settle", "", "").await.is(409);
    acts(&house, "nothing", "", "").await.is(422);
}
