//! `/s/avatar`: a child chooses a drawn picture for its tile.

use starlight::{
    domain::{
        avatar::{GROUNDS, HEADS},
        ids::StudentId,
    },
    screens::parts,
    storage::{students, students::StudentRow},
};

use crate::school::{House, School};

async fn child(house: &House, no: &str) -> StudentRow {
    let (school, class) = (house.own().school.clone(), house.own().class_id("101"));
    let id = StudentId::new(house.student_id(no));
    house
        .store
        .read(move |db| {
            let permit = starlight::domain::actor::Actor::System.see_child(&id, &class)?;
            Ok::<_, starlight::actions::ActionError>(students::get(db, &permit, &school)?)
        })
        .await
        .unwrap()
}

#[actix_web::test]
async fn a_child_chooses_a_head_and_a_ground() {
    let house = School::new().with_class("101", 3).open().await;
    let one = house.student("10101");
    let page = one.get("/s/avatar").await.is(200);
    assert_eq!(page.body.matches("name=\"head\"").count(), HEADS);
    assert_eq!(page.body.matches("name=\"ground\"").count(), GROUNDS);
    let before = house.audit_lines().await;
    let choice = [("head", "4"), ("ground", "5")];
    let sent = one.posts("/s/avatar", &choice).await.is(303);
    assert_eq!(sent.header("location"), "/s/me");
    assert_eq!(house.audit_lines().await, before + 1);
    assert_eq!(child(&house, "10101").await.avatar, 5 * 17 + 4);
    let own = one.get("/s/me").await.is(200).body;
    assert!(own.contains("#a-fox") && own.contains("av-l g5"), "{own}");
    // Two children may have the same.
    let two = house.student("10102");
    two.posts("/s/avatar", &choice).await.is(303);
    assert_eq!(child(&house, "10102").await.avatar, 5 * 17 + 4);
    assert_eq!(child(&house, "10103").await.avatar, 0, "nobody else's");
}

#[actix_web::test]
async fn outside_the_drawn_set_nothing_is_stored() {
    let house = School::new().with_class("101", 2).open().await;
    let one = house.student("10101");
    for (head, ground) in [
        ("17", "0"),
        ("0", "7"),
        ("-1", "0"),
        ("x", "0"),
        ("", ""),
        ("99999999999999999999", "0"),
    ] {
        let fields = [("head", head), ("ground", ground)];
        one.posts("/s/avatar", &fields).await.is(422);
    }
    one.posts("/s/avatar", &[("head", "1")]).await.is(400);
    let strange = [("head", "1"), ("ground", "1"), ("student", "x")];
    one.posts("/s/avatar", &strange).await.is(400);
    assert_eq!(child(&house, "10101").await.avatar, 0);
    let nobody = house.anonymous().posts("/s/avatar", &[]).await;
    assert_ne!(nobody.status, 200);
}

#[test]
fn pages_draw_exactly_the_set_that_is_stored() {
    assert_eq!(usize::from(parts::GROUNDS), GROUNDS);
    assert_eq!(parts::ANIMALS.len(), HEADS);
}
