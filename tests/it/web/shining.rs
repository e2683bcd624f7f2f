//! A shining point for everyone: every child of a class is proposed for one star, no star for too many.

use std::collections::BTreeSet;

use crate::school::{School, Stage};

#[actix_web::test]
async fn every_child_is_proposed_once_and_no_star_too_often() {
    let house = School::new()
        .with_class("401", 12)
        .with_class("402", 3)
        .with_round("r 1", Stage::Published)
        .with_round("r 2", Stage::Published)
        .open()
        .await;
    let page = format!("/t/classes/{}/shining", house.class("401"));
    let body = house.staff("h401").get(&page).await.is(200).body;
    let stars: Vec<&str> = body.split("data-test=\"shining-star\"").skip(1).collect();
    assert_eq!(stars.len(), 6, "five stars and progress");
    let mut seen = BTreeSet::new();
    for star in stars {
        let children: Vec<&str> = star
            .split("moments?student=")
            .skip(1)
            .filter_map(|part| part.split('#').next())
            .collect();
        assert!(children.len() <= 3, "twelve children, five stars");
        for child in children {
            assert!(seen.insert(child.to_owned()), "once");
        }
    }
    assert_eq!(seen.len(), 12);
    house.staff("s401").get(&page).await.is(403);
    house.staff("h402").get(&page).await.is(404);
}

#[actix_web::test]
async fn before_anything_is_published_there_is_no_proposal() {
    let house = School::new()
        .with_class("401", 8)
        .with_round("r 1", Stage::Open)
        .open()
        .await;
    let page = format!("/t/classes/{}/shining", house.class("401"));
    let body = house.staff("h401").get(&page).await.is(200).body;
    assert!(!body.contains("data-test=\"shining\""));
}
