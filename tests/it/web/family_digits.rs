//! The optional second factor: four digits that stand on the slip and in no message.

use crate::school::{House, School, Stage, after};

async fn house() -> House {
    let house = School::new()
        .with_class("401", 8)
        .with_round("r1", Stage::Open)
        .open()
        .await;
    house
        .office()
        .posts("/a/families", &[("digits", "on")])
        .await
        .is(303);
    house
}

/// A new slip of a child: its path and its digits.
async fn slip(house: &House, no: &str) -> (String, String) {
    let path = format!("/t/classes/{}/links", house.class("401"));
    let fields = [("action", "issue"), ("student", house.student_id(no))];
    let page = house.staff("h401").posts(&path, &fields).await.is(200);
    let path = format!("/p/{}", after(&page.body, "", "http://star.local/p/", "<"));
    let digits = after(&page.body, "data-test=\"slip-digits\"", ">", "<").to_owned();
    assert!(digits.len() == 4 && digits.chars().all(|c| c.is_ascii_digit()));
    (path, digits)
}

fn wrong(digits: &str) -> &'static str {
    if digits == "1234" { "4321" } else { "1234" }
}

/// Only the office turns it on; off, nobody is asked and no slip has digits.
#[actix_web::test]
async fn it_is_off_until_the_office_turns_it_on() {
    let house = School::new().with_class("401", 8).open().await;
    let path = house.slip("40101").await;
    let print = format!("/t/classes/{}/links?print=1", house.class("401"));
    let slips = house.staff("h401").get(&print).await.is(200);
    assert!(!slips.body.contains("slip-digits"));
    house.phone().opens(&path).await;
    house
        .staff("h401")
        .posts("/a/families", &[("digits", "on")])
        .await
        .is(403);
    house.staff("h401").get("/a/families").await.is(403);
    house.phone().opens(&path).await;
    let office = house.office();
    office
        .posts("/a/families", &[("digits", "maybe")])
        .await
        .is(422);
    office
        .posts("/a/families", &[("digits", "on")])
        .await
        .is(303);
    assert_eq!(house.audited("link.digits").await.len(), 1);
    let slips = house.staff("h401").get(&print).await.is(200);
    assert_eq!(slips.body.matches("data-test=\"slip-digits\"").count(), 1);
    let mut phone = house.phone();
    let landing = phone.get(&path).await.is(200);
    phone.posts(&landing, &path, &[]).await.is(401);
}

/// The right digits open it, also typed on a Chinese keyboard; the same phone is not asked again.
#[actix_web::test]
async fn the_digits_of_the_slip_open_it_once_a_phone() {
    let house = house().await;
    let (path, digits) = slip(&house, "40101").await;
    let wide: String = digits
        .chars()
        .map(|c| char::from_u32(u32::from(c) + 0xfee0).unwrap())
        .collect();
    for typed in [digits.as_str(), wide.as_str()] {
        let mut phone = house.phone();
        let landing = phone.get(&path).await.is(200);
        assert!(landing.body.contains("name=\"digits\""));
        let in_it = phone
            .posts(&landing, &path, &[("digits", typed)])
            .await
            .is(303);
        phone.get(in_it.header("location")).await.is(200);
        let again = phone.get(&path).await.is(200);
        assert!(!again.body.contains("name=\"digits\""));
        phone.posts(&again, &path, &[]).await.is(303);
    }
    let (other, theirs) = slip(&house, "40102").await;
    let mut phone = house.phone();
    let landing = phone.get(&other).await.is(200);
    if theirs != digits {
        phone
            .posts(&landing, &other, &[("digits", &digits)])
            .await
            .is(401);
    }
}

/// Five wrong ones and the link waits, whoever asks and from wherever; another child's does not, nor does a phone that is
/// in already. The tries are in the log.
#[actix_web::test]
async fn five_tries_a_link_and_then_a_quarter_of_an_hour() {
    let house = house().await;
    let (path, digits) = slip(&house, "40101").await;
    let mut early = house.phone();
    let landing = early.get(&path).await.is(200);
    let inside = early
        .posts(&landing, &path, &[("digits", &digits)])
        .await
        .is(303);
    for n in 0..5 {
        let mut phone = house.phone().at(&format!("10.2.0.{n}"));
        let landing = phone.get(&path).await.is(200);
        let told = phone
            .posts(&landing, &path, &[("digits", wrong(&digits))])
            .await
            .is(401);
        assert!(told.body.contains("name=\"digits\"") && told.body.contains("role=\"alert\""));
    }
    let mut phone = house.phone().at("10.2.0.9");
    let landing = phone.get(&path).await.is(200);
    for typed in [digits.as_str(), wrong(&digits)] {
        let told = phone
            .posts(&landing, &path, &[("digits", typed)])
            .await
            .is(429);
        let wait: u64 = told.header("retry-after").parse().unwrap();
        assert!((840..=900).contains(&wait), "{wait}");
        assert!(told.body.contains("15"), "{}", told.body);
    }
    early.get(inside.header("location")).await.is(200);
    let (other, theirs) = slip(&house, "40102").await;
    let landing = phone.get(&other).await.is(200);
    phone
        .posts(&landing, &other, &[("digits", &theirs)])
        .await
        .is(303);
    let contents = house.contents();
    let refused = contents["audit"]
        .iter()
        .filter(|line| line.contains("'refused'"));
    assert_eq!(refused.count(), 5);
}

/// Texts to copy need the proof that printing needs and are in the log; they hold the address and the day, 张** at
/// most, and no digits.
#[actix_web::test]
async fn messages_hold_no_name_and_no_digits() {
    let house = house().await;
    let (path, digits) = slip(&house, "40101").await;
    let desk = format!("/t/classes/{}/links", house.class("401"));
    let texts = format!("{desk}?messages=1");
    house.staff("s401").get(&texts).await.is(403);
    let page = house.staff("h401").get(&texts).await.is(200);
    assert_eq!(page.header("cache-control"), "no-store");
    let text = after(&page.body, "data-test=\"message\"", ">", "</textarea>");
    assert!(
        text.contains(&format!("http://star.local{path} ")),
        "{text}"
    );
    assert!(
        text.contains("C**") && !text.contains("Child") && !text.contains("40101"),
        "{text}"
    );
    assert!(!text.replace(&path, "").contains(&digits), "{text}");
    assert_eq!(house.audited("link.message").await.len(), 1);
    house.sql("UPDATE sessions SET proved_at = 0");
    let away = house.staff("h401").get(&texts).await.is(303);
    assert_eq!(away.header("location"), format!("/prove?next={desk}"));
    assert_eq!(house.audited("link.message").await.len(), 1);
}
