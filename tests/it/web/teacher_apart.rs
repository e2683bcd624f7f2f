//! Pairs kept apart: the homeroom teacher's page, and that the deal keeps them.

use std::collections::BTreeSet;

use starlight::{
    actions::rounds as moves,
    domain::actor::Actor,
    storage::{kept_apart, rounds},
};

use crate::school::{Actor as Person, Answer, House, School, Stage};

fn page_of(house: &House, class: &str) -> String {
    format!("/t/classes/{}/apart", house.class(class))
}

async fn asks(who: &Person<'_>, house: &House, action: &str, children: [&str; 2]) -> Answer {
    let class = children[0].get(..3).unwrap();
    let [a, b] = children.map(|no| house.student_id(no));
    let fields = [
        ("action", action),
        ("a", a),
        ("b", b),
        ("reason", "sibling"),
    ];
    who.posts(&page_of(house, class), &fields).await
}

async fn stored(house: &House, class: &str) -> usize {
    let (school, class) = (house.own().school.clone(), house.own().class_id(class));
    let ids: Vec<String> = house.own().students.values().cloned().collect();
    let read = house.store.read(move |db| {
        let permit = Actor::System.lead_class(&class).unwrap();
        kept_apart::among(db, &permit, &school, &ids)
    });
    read.await.unwrap().len()
}

#[actix_web::test]
async fn a_pair_is_added_listed_and_taken_away() {
    let house = School::new().with_class("101", 5).open().await;
    let teacher = house.staff("h101");
    asks(&teacher, &house, "add", ["10101", "10102"])
        .await
        .is(303);
    let page = teacher.get(&page_of(&house, "101")).await.is(200).body;
    assert!(page.contains("Child 10101 · Child 10102"), "{page}");
    // The same two again, in whatever order, and one child with itself: the form comes back as it was.
    for twice in [["10102", "10101"], ["10103", "10103"]] {
        let again = asks(&teacher, &house, "add", twice).await.is(422);
        let chosen = format!("value=\"{}\" selected", house.student_id(twice[0]));
        assert!(
            again.body.contains(&chosen) && again.body.contains("role=\"alert\""),
            "{}",
            again.body
        );
    }
    assert_eq!(stored(&house, "101").await, 1);
    asks(&teacher, &house, "remove", ["10102", "10101"])
        .await
        .is(303);
    asks(&teacher, &house, "remove", ["10101", "10102"])
        .await
        .is(404);
    assert_eq!(stored(&house, "101").await, 0);
    let said = |action: &str| (action.to_owned(), "sibling".to_owned());
    assert_eq!(
        house.audited("apart.").await,
        [said("apart.add"), said("apart.remove")]
    );
}

#[actix_web::test]
async fn only_who_leads_the_class_and_only_its_own_children() {
    let house = School::new()
        .with_class("101", 3)
        .with_class("102", 3)
        .open()
        .await;
    let path = page_of(&house, "101");
    house.staff("s101").get(&path).await.is(403);
    house.staff("h102").get(&path).await.is(404);
    house.office().get(&path).await.is(200);
    let own = ["10101", "10102"];
    asks(&house.staff("s101"), &house, "add", own).await.is(403);
    asks(&house.staff("h102"), &house, "add", own).await.is(404);
    let abroad = ["10101", "10201"];
    asks(&house.staff("h101"), &house, "add", abroad)
        .await
        .is(404);
    assert_eq!(stored(&house, "101").await, 0);
    let bad = [("action", "add"), ("a", "x"), ("b", "y"), ("reason", "why")];
    house.staff("h101").posts(&path, &bad).await.is(422);
}

#[actix_web::test]
async fn siblings_are_never_dealt_to_each_other_in_a_class_of_twelve() {
    let mut school = School::new();
    for class in ["101", "301", "501"] {
        school = school.with_class(class, 12);
    }
    for round in ["r1", "r2", "r3"] {
        school = school.with_round(round, Stage::Draft);
    }
    let house = school.open().await;
    for class in ["101", "301", "501"] {
        for (a, b) in [("01", "02"), ("03", "04")] {
            let pair = [format!("{class}{a}"), format!("{class}{b}")];
            let teacher = house.staff(&format!("h{class}"));
            asks(&teacher, &house, "add", [&pair[0], &pair[1]])
                .await
                .is(303);
        }
    }
    for (round, times) in [("r1", 1), ("r2", 2), ("r3", 3)] {
        let id = house.round(round).to_owned();
        house
            .change(move |tx, call| moves::open(tx, call, &id))
            .await;
        let dealt = pairs(&house, round).await;
        assert_eq!(dealt.len(), 12 * (2 + 3 + 4), "{times}");
        for class in ["101", "301", "501"] {
            for (a, b) in [("01", "02"), ("03", "04")] {
                let [a, b] = [a, b].map(|n| house.student_id(&format!("{class}{n}")).to_owned());
                let met = dealt.contains(&(a.clone(), b.clone())) || dealt.contains(&(b, a));
                assert!(!met, "{round} {class}");
            }
        }
    }
}

#[actix_web::test]
async fn where_a_pair_cannot_be_kept_apart_the_class_is_dealt_all_the_same() {
    let house = School::new()
        .with_class("101", 3)
        .with_class("102", 5)
        .with_round("r", Stage::Draft)
        .open()
        .await;
    for class in ["101", "102"] {
        let pair = [format!("{class}01"), format!("{class}02")];
        let teacher = house.staff(&format!("h{class}"));
        asks(&teacher, &house, "add", [&pair[0], &pair[1]])
            .await
            .is(303);
        let page = teacher.get(&page_of(&house, class)).await.is(200).body;
        assert!(
            page.contains("人数太少") || page.contains("Too few"),
            "{page}"
        );
    }
    let id = house.round("r").to_owned();
    house
        .change(move |tx, call| moves::open(tx, call, &id))
        .await;
    assert_eq!(pairs(&house, "r").await.len(), 3 * 2 + 5 * 2);
}

/// Who rates whom in a round.
pub async fn pairs(house: &House, round: &str) -> BTreeSet<(String, String)> {
    let (school, round) = (house.own().school.clone(), house.round(round).to_owned());
    let read = house.store.read(move |db| {
        let permit = Actor::System.run_school().unwrap();
        rounds::assignments(db, &permit, &school, &round)
    });
    let rows = read.await.unwrap().into_iter();
    rows.map(|row| (row.rater_id, row.ratee_id)).collect()
}
