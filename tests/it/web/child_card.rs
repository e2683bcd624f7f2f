//! A child's own QR card: it opens its own page while the window is open, and is never an easier way in than a PIN.

use crate::school::{Answer, House, School, Stage};

async fn school() -> House {
    let school = School::new().with_class("101", 3).with_class("601", 3);
    let house = school.with_round("r", Stage::Open).open().await;
    for no in ["10101", "10102", "60101"] {
        house.new_pin(no).await;
    }
    house
}

/// The tap on the card's button, as a device nobody is signed in at.
async fn tap(house: &House, card: &str) -> Answer {
    let device = house.anonymous();
    device.posts(card, &[]).await
}

fn signed_in(answer: &Answer) -> bool {
    answer.status == 303
        && answer.header("location") == "/s"
        && answer.header("set-cookie").contains("child")
}

#[actix_web::test]
async fn the_own_card_lets_in_and_opening_its_address_does_nothing() {
    let house = school().await;
    let door = house.door("101").await;
    house.window("101", "1").await;
    let card = house.card(&door, "10101").await;
    let lines = house.audit_lines().await;
    let shown = house.anonymous().get(&card).await.is(200);
    assert!(
        shown.body.contains("data-test=\"card-enter\""),
        "{}",
        shown.body
    );
    let token = card.rsplit('/').next().unwrap();
    assert!(
        !shown.body.contains(token),
        "the page does not repeat the address"
    );
    assert_eq!(shown.header("referrer-policy"), "strict-origin");
    assert_eq!(
        house.audit_lines().await,
        lines,
        "opening it is not a sign-in"
    );
    let before = house.audited("session.begin").await.len();
    let inside = tap(&house, &card).await;
    assert!(signed_in(&inside), "{} {}", inside.status, inside.body);
    let said = house.audited("session.begin").await;
    assert_eq!(said.len(), before + 1);
    assert!(said.iter().all(|(_, detail)| !detail.contains(token)));
}

#[actix_web::test]
async fn a_card_opens_its_own_child_of_its_own_class_only() {
    let house = school().await;
    let (low, high) = (house.door("101").await, house.door("601").await);
    house.window("101", "1").await;
    house.window("601", "1").await;
    let mine = house.card(&low, "10101").await;
    let token = mine.rsplit('/').next().unwrap();
    let other = format!("/c/{low}/{}/card/{token}", house.student_id("10102"));
    assert_eq!(tap(&house, &other).await.status, 401, "another child");
    let elsewhere = format!("/c/{high}/{}/card/{token}", house.student_id("10101"));
    assert_eq!(tap(&house, &elsewhere).await.status, 404, "another class");
    assert!(signed_in(&tap(&house, &mine).await));
}

#[actix_web::test]
async fn a_new_pin_makes_the_old_card_void() {
    let house = school().await;
    let door = house.door("101").await;
    house.window("101", "1").await;
    let old = house.card(&door, "10101").await;
    house.new_pin("10101").await;
    let refused = tap(&house, &old).await.is(401);
    assert!(refused.body.contains("data-test=\"card-problem\""));
    let new = house.card(&door, "10101").await;
    assert!(signed_in(&tap(&house, &new).await));
}

#[actix_web::test]
async fn wrong_cards_make_wait_like_wrong_pins_and_lock_nobody_else() {
    let house = school().await;
    let door = house.door("101").await;
    house.window("101", "1").await;
    let wrong = format!(
        "/c/{door}/{}/card/{}",
        house.student_id("10101"),
        "a".repeat(32)
    );
    for _ in 0..5 {
        tap(&house, &wrong).await.is(401);
    }
    let waits = tap(&house, &wrong).await.is(429);
    assert!(!waits.header("retry-after").is_empty());
    let mine = house.card(&door, "10101").await;
    assert_eq!(
        tap(&house, &mine).await.status,
        429,
        "the right one waits too"
    );
    let other = house.card(&door, "10102").await;
    assert!(signed_in(&tap(&house, &other).await));
}

#[actix_web::test]
async fn while_the_window_is_closed_a_card_opens_nothing_and_names_nobody() {
    let house = school().await;
    let door = house.door("101").await;
    let card = house.card(&door, "10101").await;
    let shown = house.anonymous().get(&card).await.is(200).body;
    assert!(!shown.contains("card-enter") && !shown.contains("class=\"frame\""));
    let refused = tap(&house, &card).await.is(403);
    assert!(!signed_in(&refused) && !refused.body.contains("class=\"frame\""));
}

#[actix_web::test]
async fn a_scanner_types_the_address_into_the_class_page() {
    let house = school().await;
    let door = house.door("601").await;
    house.window("601", "1").await;
    let card = house.card(&door, "60101").await;
    let scan = format!("/c/{door}/card");
    let device = house.anonymous();
    let typed = format!("HTTP://STAR.LOCAL{}\r\n", card.to_uppercase());
    let inside = device.posts(&scan, &[("card", &typed)]).await;
    assert!(signed_in(&inside), "{} {}", inside.status, inside.body);
    let unknown = device
        .posts(&scan, &[("card", "6901234567892")])
        .await
        .is(422);
    assert!(unknown.body.contains("data-test=\"card-problem\""));
    assert!(
        unknown.body.contains("data-test=\"tile\""),
        "the class page stays"
    );
}
