//! Festivals: made by the office or a homeroom teacher, ticked by the class, awarded to one or a team; taking part gives a
//! badge, and everybody sees only the own child's.

use crate::school::{Answer, House, School, Stage, after, today};

async fn house() -> House {
    let school = School::new().with_class("401", 8).with_class("402", 2);
    school.with_round("r", Stage::Open).open().await
}

fn at(house: &House, class: &str) -> String {
    format!("/t/classes/{}/festivals", house.class(class))
}

async fn make(house: &House, path: &str, kind: &str, office: bool) -> Answer {
    let on = today().to_string();
    let fields = [
        ("act", "make"),
        ("kind", kind),
        ("name", "Fair"),
        ("on", &on),
    ];
    match office {
        true => house.office().posts(path, &fields).await,
        false => house.staff("h401").posts(path, &fields).await,
    }
}

async fn open(house: &House) -> String {
    let page = house
        .staff("h401")
        .get(&at(house, "401"))
        .await
        .is(200)
        .body;
    after(&page, "name=\"festival\"", "value=\"", "\"").to_owned()
}

async fn acts(house: &House, who: &str, act: &str, festival: &str, children: &[&str]) -> Answer {
    let mut fields = vec![("act", act), ("festival", festival)];
    if act == "award" {
        fields.push(("words", "best team"));
    }
    fields.extend(children.iter().map(|no| ("student", house.student_id(no))));
    house.staff(who).posts(&at(house, "401"), &fields).await
}

/// A child of 401 takes part in a fair of its class and gets an award.
pub async fn wins(house: &House, no: &str) {
    let path = at(house, "401");
    make(house, &path, "science", false).await.is(303);
    let fair = open(house).await;
    acts(house, "h401", "award", &fair, &[no]).await.is(303);
}

fn parts(house: &House) -> usize {
    house.contents()["festival_children"].len()
}

fn badges(house: &House, badge: &str) -> usize {
    let awards = &house.contents()["awards"];
    let of = awards
        .iter()
        .filter(|row| row.contains(&format!("'{badge}'")));
    of.count()
}

#[actix_web::test]
async fn a_class_took_part_but_for_one_and_taking_part_gives_the_badge() {
    let house = house().await;
    make(&house, &at(&house, "401"), "science", false)
        .await
        .is(303);
    let fair = open(&house).await;
    acts(&house, "h401", "all", &fair, &[]).await.is(303);
    assert_eq!((parts(&house), badges(&house, "little_scientist")), (8, 8));
    let seven = [
        "40101", "40102", "40103", "40104", "40105", "40106", "40107",
    ];
    acts(&house, "h401", "tick", &fair, &seven).await.is(303);
    assert_eq!(parts(&house), 7);
    acts(&house, "h401", "award", &fair, &["40101", "40102"])
        .await
        .is(303);
    assert_eq!(parts(&house), 7, "an award is no second part");
    acts(&house, "h401", "tick", &fair, &seven).await.is(303);
    let page = house.student("40101").get("/s/me").await.is(200).body;
    assert!(page.contains("data-test=\"own-festivals\"") && page.contains("best team"));
    let other = house.student("40103").get("/s/me").await.is(200).body;
    assert!(other.contains("Fair") && !other.contains("best team"));
    let none = house.student("40108").get("/s/me").await.is(200).body;
    assert!(!none.contains("data-test=\"own-festivals\""));
}

#[actix_web::test]
async fn a_festival_of_the_school_is_ticked_by_classes_and_taken_away_by_the_office() {
    let house = house().await;
    make(&house, "/a/festivals", "choir", true).await.is(303);
    let choir = open(&house).await;
    acts(&house, "h401", "tick", &choir, &["40101"])
        .await
        .is(303);
    assert_eq!(badges(&house, "artist"), 1);
    acts(&house, "h401", "remove", &choir, &[]).await.is(404);
    let remove = [("act", "remove"), ("festival", choir.as_str())];
    house.office().posts("/a/festivals", &remove).await.is(303);
    let page = house.student("40101").get("/s/me").await.is(200).body;
    assert!(!page.contains("Fair"));
    assert_eq!(badges(&house, "artist"), 1, "nothing disappears silently");
    assert_eq!(house.audited("festival.remove").await.len(), 1);
    house.office().posts("/a/festivals", &remove).await.is(404);
}

#[actix_web::test]
async fn only_who_leads_the_class_and_only_its_own_children() {
    let house = house().await;
    make(&house, &at(&house, "401"), "arts", false)
        .await
        .is(303);
    let fair = open(&house).await;
    let here = at(&house, "401");
    house.staff("s401").get(&here).await.is(403);
    house.staff("h402").get(&here).await.is(404);
    house.staff("h401").get("/a/festivals").await.is(403);
    acts(&house, "s401", "all", &fair, &[]).await.is(403);
    acts(&house, "h402", "all", &fair, &[]).await.is(404);
    acts(&house, "h401", "tick", &fair, &["40201"])
        .await
        .is(404);
    acts(&house, "h401", "tick", "none", &["40101"])
        .await
        .is(404);
    let fields = [("act", "all"), ("festival", fair.as_str())];
    house
        .staff("h402")
        .posts(&at(&house, "402"), &fields)
        .await
        .is(404);
    assert_eq!(parts(&house), 0);
    let late = [
        ("act", "make"),
        ("kind", "arts"),
        ("name", "x"),
        ("on", "2019-01-01"),
    ];
    house.staff("h401").posts(&here, &late).await.is(303);
    let on = today().to_string();
    let nameless = [
        ("act", "make"),
        ("kind", "arts"),
        ("name", " "),
        ("on", &on),
    ];
    house.staff("h401").posts(&here, &nameless).await;
    assert_eq!(house.contents()["festivals"].len(), 1);
}
