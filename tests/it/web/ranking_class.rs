//! A class's number explained: redone from what the page says, with its own past, and with what would help for those who
//! teach the class alone.

use crate::school::{Answer, House, School, Stage};

async fn school() -> House {
    School::new()
        .with_class("101", 12)
        .with_class("102", 12)
        .with_class("103", 4)
        .with_round("r1", Stage::Published)
        .with_round("r2", Stage::Published)
        .with_round("r3", Stage::Open)
        .open()
        .await
}

async fn page(house: &House, who: &str, code: &str) -> Answer {
    let path = format!("/rankings/classes/{}", house.class(code));
    let who = match who {
        "office" => house.office(),
        child if child.chars().all(|c| c.is_ascii_digit()) => house.student(child),
        login => house.staff(login),
    };
    who.get(&path).await.is(200)
}

#[actix_web::test]
async fn those_who_teach_the_class_read_what_would_help() {
    let house = school().await;
    for who in ["h101", "s101", "office"] {
        let body = page(&house, who, "101").await.body;
        assert!(body.contains("data-test=\"class-help\""), "{who}");
        // Twelve children, nobody done: ⌈12 · 19 / 20⌉.
        assert!(body.contains("0 / 12"), "{who}");
        assert!(body.contains("r3") && body.contains(" 12 "), "{who}");
    }
    for who in ["h102", "10101", "10201"] {
        let body = page(&house, who, "101").await.body;
        assert!(!body.contains("data-test=\"class-help\""), "{who}");
        assert!(!body.contains("0 / 12"), "{who}");
    }
}

#[actix_web::test]
async fn too_few_children_are_named_as_what_is_missing() {
    let house = school().await;
    // Four of ten: six more.
    let body = page(&house, "h103", "103").await.body;
    let help = body.split("data-test=\"class-help\"").nth(1).unwrap();
    let help = help.split("</section>").next().unwrap();
    assert!(help.contains(" 6 "), "{help}");
    let other = page(&house, "h101", "103").await.body;
    assert!(!other.contains("data-test=\"points\"") && !other.contains("class=\"tl\""));
}

#[actix_web::test]
async fn the_own_past_stands_beside_as_a_table() {
    let house = school().await;
    let body = page(&house, "10201", "101").await.body;
    let line = body.split("class=\"tl\"").nth(1).unwrap();
    let table = line
        .split("<tbody>")
        .nth(1)
        .unwrap()
        .split("</tbody>")
        .next()
        .unwrap();
    assert_eq!(table.matches("<tr>").count(), 2, "{table}");
    assert!(table.find("r1").unwrap() < table.find("r2").unwrap());
}

#[actix_web::test]
async fn the_whole_school_stands_in_one_order_on_request() {
    let house = School::new()
        .with_class("101", 12)
        .with_class("201", 12)
        .with_class("301", 4)
        .with_round("r1", Stage::Published)
        .open()
        .await;
    let body = house
        .student("10101")
        .get("/rankings?grade=0")
        .await
        .is(200)
        .body;
    let rows = body.matches("data-test=\"class-row\"").count();
    let places = body.matches("data-test=\"place\"").count();
    assert_eq!((rows, places), (3, 2), "{body}");
    let alone = house
        .student("10101")
        .get("/rankings?grade=1")
        .await
        .is(200)
        .body;
    assert_eq!(alone.matches("data-test=\"class-row\"").count(), 1);
}
