//! The office arranges posts and rosters; what a roster lacks is said.

use chrono::Days;
use starlight::domain::calendar::monday;

use crate::school::{House, School, Stage, after, today};

async fn school() -> House {
    School::new()
        .with_class("401", 2)
        .with_class("501", 3)
        .with_class("601", 3)
        .with_neighbour()
        .with_round("r1", Stage::Open)
        .open()
        .await
}

fn plan<'f>(post: &'f str, name: &'f str, day: &'f str) -> Vec<(&'f str, &'f str)> {
    vec![
        ("act", "save"),
        ("day", day),
        ("post", post),
        ("name", name),
        ("item.hygiene", "1"),
        ("full.hygiene", "5"),
        ("full.reading", "10"),
        ("slots", "7:40-8:20 12:30-13:00"),
        ("grade.5", "1"),
    ]
}

fn with<'f>(
    mut plan: Vec<(&'f str, &'f str)>,
    name: &str,
    value: &'f str,
) -> Vec<(&'f str, &'f str)> {
    for field in &mut plan {
        if field.0 == name {
            field.1 = value;
        }
    }
    plan
}

#[actix_web::test]
async fn a_post_is_added_renamed_retired_and_its_name_is_its_own() {
    let school = school().await;
    let office = school.office();
    let day = today().to_string();
    school
        .staff("h401")
        .posts("/a/posts", &plan("", "Door", &day))
        .await
        .is(403);
    office
        .posts("/a/posts", &plan("", "Door", &day))
        .await
        .is(303);
    office
        .posts("/a/posts", &plan("", "Door", &day))
        .await
        .is(422);
    let wrong = [
        ("name", ""),
        ("full.hygiene", "0"),
        ("slots", "8:20-7:40"),
        ("slots", "8:00-9:00 8:30-9:30"),
    ];
    for (field, value) in wrong {
        office
            .posts("/a/posts", &with(plan("", "Other", &day), field, value))
            .await
            .is(422);
    }
    let row = school.contents()["posts"]
        .iter()
        .find(|row| row.contains("Door"))
        .unwrap()
        .clone();
    assert!(
        row.contains("hygiene=5") && row.contains("750-780"),
        "{row}"
    );
    let page = office.get("/a/posts").await.is(200).body;
    let (before, _) = page.split_once("<h2>Door</h2>").unwrap();
    let (_, card) = before.rsplit_once("data-test=\"post\"").unwrap();
    let id = after(card, "data-id=", "\"", "\"").to_owned();
    office
        .posts("/a/posts", &plan(&id, "Gate", &day))
        .await
        .is(303);
    assert!(
        !school.contents()["posts"]
            .iter()
            .any(|row| row.contains("Door"))
    );
    school
        .neighbours_office()
        .posts("/a/posts", &plan(&id, "Mine", &day))
        .await
        .is(404);
    office
        .posts(
            "/a/posts",
            &[
                ("act", "retire"),
                ("day", day.as_str()),
                ("post", id.as_str()),
            ],
        )
        .await
        .is(303);
    let page = office.get("/a/posts").await.is(200).body;
    assert!(!page.contains("<h2>Gate</h2>") && page.contains("value=\"restore\""));
    assert_eq!(school.audited("post.").await.len(), 3);
}

#[actix_web::test]
async fn a_week_has_its_roster_and_last_weeks_is_taken_over() {
    let school = school().await;
    let office = school.office();
    let day = today().to_string();
    office
        .posts("/a/posts", &plan("", "Door", &day))
        .await
        .is(303);
    let page = office.get("/a/posts").await.is(200).body;
    let (before, _) = page.split_once("<h2>Door</h2>").unwrap();
    let (_, card) = before.rsplit_once("data-test=\"post\"").unwrap();
    let id = after(card, "data-id=", "\"", "\"").to_owned();
    let set = |day: &str, first: &str| {
        [
            ("act", "roster"),
            ("day", day),
            ("post", id.as_str()),
            ("first", first),
        ]
        .map(|(k, v)| (k.to_owned(), v.to_owned()))
        .to_vec()
    };
    let sends = async |fields: Vec<(String, String)>, status: u16| {
        let fields: Vec<(&str, &str)> = fields
            .iter()
            .map(|(k, v)| (k.as_str(), v.as_str()))
            .collect();
        office.posts("/a/posts", &fields).await.is(status).body
    };
    sends(set(&day, "40101"), 422).await;
    sends(set(&day, "nobody"), 422).await;
    sends(set(&day, "50101 50102"), 303).await;
    // Grade 5 has one class, and both monitors are of it.
    let gaps = |page: &str| page.matches("ps-gap").count();
    let alone = gaps(&office.get("/a/posts").await.body);
    sends(set(&day, "50101, 60101"), 303).await;
    assert_eq!(gaps(&office.get("/a/posts").await.body), alone - 1);
    let next = (monday(today()) + Days::new(7)).to_string();
    let copy = |day: &str| {
        vec![
            ("act".to_owned(), "copy".to_owned()),
            ("day".to_owned(), day.to_owned()),
        ]
    };
    sends(copy(&next), 303).await;
    sends(copy(&next), 422).await;
    assert_eq!(school.contents()["rosters"].len(), 4);
    assert_eq!(school.audited("roster.").await.len(), 3);
}
