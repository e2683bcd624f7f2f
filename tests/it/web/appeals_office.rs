//! The office's part of appeals: the second adult, a class's own appeal, and badges that hold no more.

use super::{appeals::*, correcting::*};
use crate::school::after;

#[actix_web::test]
async fn the_second_adult_is_another_one() {
    let house = two_rounds().await;
    let office = house.office();
    child_files(&house, "40103", "all", "").await.is(303);
    proposes_out(&house, &office, "40103", "r2", "self")
        .await
        .is(303);
    assert!(
        waiting(&office, "/a/appeals").await.is_empty(),
        "no form for an own proposal"
    );
    let id = waiting(&house.staff("h401"), &class_page(&house, "401"))
        .await
        .remove(0);
    let grant = [("act", "grant"), ("id", id.as_str()), ("words", ANSWER)];
    office.posts("/a/appeals", &grant).await.is(403);
    house
        .staff("h401")
        .posts("/a/appeals", &grant)
        .await
        .is(403);
    // The teacher makes the proposal its own; now the office may decide, once.
    proposes_out(&house, &house.staff("h401"), "40103", "r2", "self")
        .await
        .is(303);
    office.posts("/a/appeals", &grant).await.is(303);
    let decided = published(&house, "r2").await.0;
    office.posts("/a/appeals", &grant).await.is(303);
    assert_eq!((decided, published(&house, "r2").await.0), (2, 2));
    assert_eq!(house.audited("appeal.decide").await.len(), 1);
}

#[actix_web::test]
async fn a_class_is_heard_by_the_office() {
    let house = two_rounds().await;
    let (teacher, page) = (house.staff("h401"), class_page(&house, "401"));
    let round = house.round("r2").to_owned();
    let file = [
        ("act", "new"),
        ("round", round.as_str()),
        ("words", "the duty sheet of Monday"),
    ];
    teacher.posts(&page, &file).await.is(303);
    teacher.posts(&page, &file).await.is(303);
    assert_eq!(
        house.audited("appeal.file").await.len(),
        1,
        "one about a round at a time"
    );
    decides(&house.office(), "grant", ANSWER).await.is(303);
    assert!(teacher.get(&page).await.body.contains(ANSWER));
    house.staff("s401").posts(&page, &file).await.is(403);
}

#[actix_web::test]
async fn a_doubted_badge_is_revoked_with_a_reason_or_kept_for_good() {
    let house = crate::school::School::new()
        .with_class("401", 30)
        .with_round("r1", crate::school::Stage::Published)
        .with_round("r2", crate::school::Stage::Published)
        .open()
        .await;
    let (teacher, office) = (house.staff("h401"), house.office());
    let doubted = async || {
        office
            .get("/a/appeals")
            .await
            .is(200)
            .body
            .matches("data-test=\"doubted\"")
            .count()
    };
    for seat in 1..=30 {
        if doubted().await >= 2 {
            break;
        }
        let no = format!("401{seat:02}");
        for voice in ["self", "teacher", "parent"] {
            for sheet in handles(&house, &teacher, &no, "r2", voice).await {
                asks(
                    &house,
                    &teacher,
                    (&no, "r2"),
                    "out",
                    &sheet,
                    &[("reason", WHY)],
                )
                .await
                .is(303);
            }
        }
    }
    let before = doubted().await;
    assert!(before >= 2, "{before}");
    let next = async || {
        let page = office.get("/a/appeals").await.body;
        after(&page, "data-test=\"doubted\"", "name=\"id\" value=\"", "\"").to_owned()
    };
    for (act, left) in [("revoke", before - 1), ("keep", before - 2)] {
        let id = next().await;
        office
            .posts("/a/appeals", &[("act", act), ("id", &id), ("words", "")])
            .await
            .is(422);
        let fields = [
            ("act", act),
            ("id", id.as_str()),
            ("words", "looked at together"),
        ];
        office.posts("/a/appeals", &fields).await.is(303);
        assert_eq!(doubted().await, left, "{act}");
        office.posts("/a/appeals", &fields).await.is(404);
    }
    assert_eq!(house.audited("award.revoke").await.len(), 1);
    // The rules run again and do not ask about the kept one.
    let sheet = handles(&house, &teacher, "40130", "r1", "self")
        .await
        .remove(0);
    asks(
        &house,
        &teacher,
        ("40130", "r1"),
        "out",
        &sheet,
        &[("reason", WHY)],
    )
    .await
    .is(303);
    assert!(doubted().await < before);
}
