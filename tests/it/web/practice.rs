//! The practice round: once a term, without script, and without a trace of what was tapped.

use starlight::{
    actions::practice,
    domain::{
        actor::{Actor, Call},
        ids::{ClassId, StudentId},
    },
    storage::{Db, practices},
};

use crate::school::{House, School, Stage, now, today};

const INVITED: &str = "href=\"/s/practice\"";

async fn house() -> House {
    let school = School::new().with_class("101", 3).with_class("401", 2);
    school.with_round("r1", Stage::Open).open().await
}

async fn practised(house: &House, no: &str) -> bool {
    let (school, id) = (house.own().school.clone(), house.student_id(no).to_owned());
    let read = move |db: &mut Db| {
        let terms = starlight::storage::schools::terms(db, &school)?;
        practices::is_done(db, &school, &terms[0].id, &StudentId::new(id))
    };
    house.store.read(read).await.unwrap()
}

/// The call of a signed-in child.
fn call(house: &House, no: &str, class: &str) -> Call {
    Call {
        actor: Actor::Student {
            id: StudentId::new(house.student_id(no)),
            class: ClassId::new(house.class(class)),
        },
        ..Call::system(house.own().school.clone(), now(), today())
    }
}

#[actix_web::test]
async fn a_child_practises_once_a_term() {
    let house = house().await;
    let child = house.student("10101");
    let card = child.get("/s").await.is(303).header("location").to_owned();
    assert!(child.get(&card).await.is(200).body.contains(INVITED));
    assert!(child.get("/s/me").await.is(200).body.contains(INVITED));
    // The end is not reached by its address.
    let early = child.get("/s/practice/end").await.is(303);
    assert_eq!(early.header("location"), "/s/practice");

    child.get("/s/practice").await.is(200);
    for (scene, next) in [
        ("1", "/s/practice/2"),
        ("2", "/s/practice/3"),
        ("3", "/s/practice/end"),
    ] {
        let there = format!("/s/practice/{scene}");
        child.get(&there).await.is(200);
        let on = child.posts(&there, &[("said", "1"), ("go", "next")]).await;
        assert_eq!(on.is(303).header("location"), next);
    }
    let end = child.get("/s/practice/end").await.is(200);
    assert!(end.body.contains("href=\"/s\""));
    assert!(practised(&house, "10101").await);
    assert!(!practised(&house, "10102").await);

    let before = house.audit_lines().await;
    for path in ["/s/practice", "/s/practice/2"] {
        assert_eq!(child.get(path).await.is(303).header("location"), "/s");
    }
    let said = [("said", "1"), ("go", "look")];
    assert_eq!(
        child
            .posts("/s/practice/1", &said)
            .await
            .is(303)
            .header("location"),
        "/s"
    );
    child
        .posts("/s/practice/3", &[("go", "next")])
        .await
        .is(303);
    assert_eq!(house.audit_lines().await, before);
    assert!(!child.get(&card).await.is(200).body.contains(INVITED));
    assert!(!child.get("/s/me").await.is(200).body.contains(INVITED));
    assert!(
        house
            .student("10102")
            .get("/s/me")
            .await
            .is(200)
            .body
            .contains(INVITED)
    );
}

#[actix_web::test]
async fn without_script_a_button_asks_the_friend_and_nothing_is_kept() {
    let house = house().await;
    for (no, unseen_scene) in [("10101", "3"), ("40101", "3")] {
        let child = house.student(no);
        let lines = house.audit_lines().await;
        let shown = child.get("/s/practice").await.is(200).body;
        assert!(shown.contains("data-friend hidden"));
        assert_eq!(
            shown.matches("name=\"said\"").count(),
            if no == "10101" { 4 } else { 5 }
        );
        assert!(!shown.contains("checked"), "no default");

        let told = child
            .posts("/s/practice/1", &[("said", "2"), ("go", "look")])
            .await
            .is(200);
        assert!(told.body.contains("data-friend>"));
        assert_eq!(told.body.matches("checked").count(), 1);
        let unseen = [("said", ""), ("go", "look")];
        let told = child
            .posts(&format!("/s/practice/{unseen_scene}"), &unseen)
            .await
            .is(200);
        assert!(told.body.contains("data-friend>"));
        // Nothing chosen: it says so and stays.
        let asked = child
            .posts("/s/practice/1", &[("go", "look")])
            .await
            .is(422);
        assert!(asked.body.contains("role=\"alert\"") && asked.body.contains("data-friend hidden"));
        child
            .posts("/s/practice/1", &[("said", "99"), ("go", "look")])
            .await
            .is(422);

        assert_eq!(house.audit_lines().await, lines);
        assert!(!practised(&house, no).await);
        let again = child.get("/s/practice/1").await.is(200);
        assert!(!again.body.contains("checked"), "the answer is gone");
    }
}

#[actix_web::test]
async fn only_a_signed_in_child_gets_in_and_only_to_scenes() {
    let house = house().await;
    for path in ["/s/practice", "/s/practice/1", "/s/practice/end"] {
        house.anonymous().get(path).await.is(303);
        assert_ne!(house.staff("h101").get(path).await.status, 200);
    }
    let child = house.student("10101");
    for path in ["/s/practice/0", "/s/practice/4", "/s/practice/x"] {
        child.get(path).await.is(404);
    }
    let more = [("said", "1"), ("name", "x")];
    child.posts("/s/practice/1", &more).await.is(400);
}

#[actix_web::test]
async fn practising_twice_is_no_error() {
    let house = house().await;
    for _ in 0..2 {
        let call = call(&house, "10101", "101");
        let write = house.store.write(move |tx| practice::finish(tx, &call));
        write.await.unwrap();
    }
    assert!(practised(&house, "10101").await);
}

#[actix_web::test]
async fn between_terms_nothing_is_offered_or_kept() {
    let house = house().await;
    let mut call = call(&house, "40101", "401");
    call.today = today() + chrono::Days::new(300);
    let (later, read) = (call.clone(), call);
    let offered = house
        .store
        .read(move |db| practice::offered(db, &read))
        .await
        .unwrap();
    assert!(offered.is_none());
    let refused = house
        .store
        .write(move |tx| practice::finish(tx, &later))
        .await;
    assert!(refused.is_err());
}
