//! Good things told of a child: a classmate's on the last card, released by the homeroom teacher; thank-yous, goals,
//! praises and star cards. Played by the people themselves.

use serde_json::{Value, json};
use starlight::domain::sheet::first_stamp;

use crate::school::{Answer, House, School, Stage, after, now};

async fn school(code: &str) -> House {
    School::new()
        .with_class(code, 8)
        .with_round("r", Stage::Open)
        .open()
        .await
}

/// Id of the first classmate offered, and the key of the form about it.
fn first_face(page: &str) -> (String, String) {
    let face = after(page, "name=\"say.to\"", " value=\"", "aria-label");
    let (ratee, rest) = face.split_once('"').unwrap();
    let key = after(rest, "data-key=", "\"", "\"");
    (ratee.to_owned(), key.to_owned())
}

fn number_of(house: &House, id: &str) -> String {
    let mut known = house.own().students.iter();
    known.find(|(_, known)| *known == id).unwrap().0.clone()
}

async fn say(house: &House, key: &str, stamp: i64, say: Value) -> Answer {
    let body = json!({ "key": key, "stamp": stamp, "late": false, "say": say });
    house.deliver(body).await
}

fn counter() -> i64 {
    first_stamp(now(), None)
}

async fn page_of(house: &House, login: &str, code: &str, page: &str) -> Answer {
    let path = format!("/t/classes/{}/{page}", house.class(code));
    house.staff(login).get(&path).await
}

/// Lets the homeroom teacher decide about the first moment that waits.
async fn decide(house: &House, code: &str, act: &str, more: &[(&str, &str)]) -> Answer {
    let path = format!("/t/classes/{}/moments", house.class(code));
    let login = format!("h{code}");
    let body = page_of(house, &login, code, "moments").await.is(200).body;
    let form = after(&body, "data-test=\"moment\"", "<form", "</form>");
    let id = after(form, "name=\"id\"", "value=\"", "\"");
    let seen = after(form, "name=\"seen\"", "value=\"", "\"");
    let mut fields = vec![("act", act), ("id", id), ("seen", seen)];
    fields.extend_from_slice(more);
    house.staff(&login).posts(&path, &fields).await
}

const HELP: &str = "帮了有困难的同学";

#[actix_web::test]
async fn a_classmates_word_waits_is_released_and_thanked_without_a_name() {
    let house = school("401").await;
    let teller = house.student("40101");
    let (ratee, key) = first_face(&teller.cards().await);
    let praised = number_of(&house, &ratee);
    say(&house, &key, counter(), json!({ "chip": "help" }))
        .await
        .is(204);

    let own = |no: String| {
        let house = &house;
        async move { house.student(&no).get("/s/me").await.is(200).body }
    };
    assert!(
        !own(praised.clone()).await.contains(HELP),
        "nobody released it"
    );
    let queue = page_of(&house, "h401", "401", "moments").await.is(200).body;
    let card = after(&queue, "data-test=\"moment\"", ">", "</article>");
    assert!(
        card.contains(HELP) && card.contains("moment-release"),
        "{card}"
    );
    assert!(card.contains("一位同学写") && !card.contains(house.student_id("40101")));
    let subject = page_of(&house, "s401", "401", "moments").await.is(200).body;
    assert!(!subject.contains("moment-release"));

    decide(&house, "401", "release", &[]).await.is(303);
    let page = own(praised.clone()).await;
    assert!(page.contains(HELP) && page.contains("data-test=\"thanks\""));
    let family = house.family(&praised);
    for card in family.tasks(house.round("r")).await {
        family.says(house.round("r"), &card, 1).await.is(201);
    }
    let card = family.get(&house.family_page(&praised)).await.is(200).body;
    assert!(card.contains("data-test=\"card\"") && card.contains(HELP));
    let moment = after(
        &page,
        "data-test=\"moment\"",
        "name=\"moment\" value=\"",
        "\"",
    )
    .to_owned();
    let fields = [("moment", moment.as_str()), ("kind", "seen")];
    house
        .student(&praised)
        .posts("/s/thanks", &fields)
        .await
        .is(303);
    assert!(
        !own(praised.clone()).await.contains("data-test=\"thanks\""),
        "once is enough"
    );

    let told = own("40101".to_owned()).await;
    assert!(told.contains("data-test=\"thanks-came\"") && told.contains("谢谢你看见我"));
    teller.posts("/s/thanks", &[("seen", "1")]).await.is(303);
    assert!(!own("40101".to_owned()).await.contains("thanks-came"));
}

#[actix_web::test]
async fn one_a_round_the_newest_counts_and_a_decided_one_stands() {
    let house = school("401").await;
    let teller = house.student("40101");
    let (_, key) = first_face(&teller.cards().await);
    let stamp = counter();
    say(&house, &key, stamp + 5, json!({ "chip": "help" }))
        .await
        .is(204);
    say(&house, &key, stamp + 5, json!({ "chip": "help" }))
        .await
        .is(204);
    say(&house, &key, stamp + 2, json!({ "chip": "duty" }))
        .await
        .is(409);
    let waiting = |body: &str| body.matches("data-test=\"moment-release\"").count();
    let queue = page_of(&house, "h401", "401", "moments").await.body;
    assert_eq!((waiting(&queue), queue.contains(HELP)), (1, true));
    say(&house, &key, stamp + 6, json!({})).await.is(204);
    let queue = page_of(&house, "h401", "401", "moments").await.body;
    assert_eq!(waiting(&queue), 0, "taken back");
    say(&house, &key, stamp + 7, json!({ "chip": "ask" }))
        .await
        .is(204);
    decide(&house, "401", "hide", &[]).await.is(303);
    say(&house, &key, stamp + 8, json!({ "chip": "help" }))
        .await
        .is(204);
    let queue = page_of(&house, "h401", "401", "moments").await.body;
    assert!(
        waiting(&queue) == 0 && !queue.contains(HELP),
        "the teacher's word stands"
    );
}

#[actix_web::test]
async fn own_words_from_grade_four_and_never_unkind_ones() {
    let (four, three) = (school("401").await, school("301").await);
    let (_, key) = first_face(&four.student("40101").cards().await);
    say(&four, &key, counter(), json!({ "words": "你真笨" }))
        .await
        .is(422);
    let long = "好".repeat(61);
    say(&four, &key, counter(), json!({ "words": long }))
        .await
        .is(400);
    say(&four, &key, counter(), json!({ "words": "把伞借给我" }))
        .await
        .is(204);
    let edited = [("text", "下雨天把伞借给了同学。"), ("star", "virtue")];
    decide(&four, "401", "release", &edited).await.is(303);
    let page = page_of(&four, "h401", "401", "moments").await.body;
    assert!(page.contains("下雨天把伞借给了同学。") && !page.contains("你真笨"));
    let (_, key) = first_face(&three.student("30101").cards().await);
    say(&three, &key, counter(), json!({ "words": "把伞借给我" }))
        .await
        .is(422);
}

#[actix_web::test]
async fn the_form_without_script_says_it_too_and_asks_who() {
    let house = school("401").await;
    let child = house.student("40101");
    let (ratee, _) = first_face(&child.cards().await);
    let card = format!("/s/sheets/peer/{ratee}");
    let fields = [("go", "next"), ("say.chip", "help")];
    let asked = child.posts(&card, &fields).await.is(422).body;
    let note = after(&asked, "data-say-wrong=\"who\"", "", ">");
    assert!(!note.contains("hidden"), "{note}");
    let fields = [
        ("go", "back"),
        ("say.chip", "help"),
        ("say.to", ratee.as_str()),
    ];
    child.posts(&card, &fields).await.is(303);
    assert!(
        page_of(&house, "h401", "401", "moments")
            .await
            .body
            .contains("moment-release")
    );
}

#[actix_web::test]
async fn unseen_are_exactly_those_nobody_told_of() {
    let house = school("401").await;
    let path = format!("/t/classes/{}/moments", house.class("401"));
    let homeroom = house.staff("h401");
    for no in 1..=6 {
        let id = house.student_id(&format!("4010{no}")).to_owned();
        let fields = [
            ("act", "write"),
            ("student", id.as_str()),
            ("star", "labour"),
            ("text", "把黑板擦干净了。"),
        ];
        homeroom.posts(&path, &fields).await.is(303);
    }
    let unseen = |body: &str| body.matches("data-test=\"unseen\"").count();
    let page = homeroom.get(&path).await.body;
    assert_eq!(unseen(&page), 2);
    for no in ["40107", "40108"] {
        let id = house.student_id(no).to_owned();
        assert!(page.contains(&format!("student={id}#write")), "{no}");
        let empty = [
            ("act", "write"),
            ("student", id.as_str()),
            ("star", "arts"),
            ("text", " "),
        ];
        homeroom.posts(&path, &empty).await.is(422);
        let fields = [
            ("act", "write"),
            ("student", id.as_str()),
            ("star", "arts"),
            ("text", "唱歌很大声。"),
        ];
        homeroom.posts(&path, &fields).await.is(303);
    }
    assert_eq!(unseen(&homeroom.get(&path).await.body), 0);
    let found = homeroom
        .get(&format!("{path}?q=%E5%94%B1%E6%AD%8C"))
        .await
        .body;
    assert_eq!(found.matches("data-test=\"moment-hide\"").count(), 2);
}

#[actix_web::test]
async fn a_decision_about_something_that_changed_is_asked_again() {
    let house = school("401").await;
    let path = format!("/t/classes/{}/moments", house.class("401"));
    let (_, key) = first_face(&house.student("40101").cards().await);
    say(&house, &key, counter(), json!({ "chip": "help" }))
        .await
        .is(204);
    let body = house.staff("h401").get(&path).await.body;
    let form = after(&body, "data-test=\"moment\"", "<form", "</form>");
    let (id, seen) = (
        after(form, "name=\"id\"", "value=\"", "\""),
        after(form, "name=\"seen\"", "value=\"", "\""),
    );
    say(&house, &key, counter() + 9, json!({ "chip": "ask" }))
        .await
        .is(204);
    let fields = [("act", "release"), ("id", id), ("seen", seen)];
    house.staff("h401").posts(&path, &fields).await.is(303);
    let after_it = house.staff("h401").get(&path).await.body;
    assert!(after_it.contains("moment-release"), "still waits");
}

#[actix_web::test]
async fn a_goal_is_set_done_and_confirmed_by_the_teacher_or_the_family() {
    let house = school("401").await;
    let child = house.student("40101");
    let goal = |body: &str| after(body, "data-test=\"goal\"", "data-stage=\"", "\"").to_owned();
    child
        .posts("/s/goal", &[("act", "set"), ("ready", "rope")])
        .await
        .is(303);
    let page = child.get("/s/me").await.body;
    assert_eq!(goal(&page), "open");
    let id = after(&page, "action=\"/s/goal\"", "name=\"id\" value=\"", "\"").to_owned();
    let moments = format!("/t/classes/{}/moments", house.class("401"));
    let confirm = [
        ("act", "confirm"),
        ("student", house.student_id("40101")),
        ("id", id.as_str()),
    ];
    house.staff("h401").posts(&moments, &confirm).await.is(409);
    child
        .posts("/s/goal", &[("act", "done"), ("id", &id)])
        .await
        .is(303);
    assert_eq!(goal(&child.get("/s/me").await.body), "waiting");
    house
        .student("40102")
        .posts("/s/goal", &[("act", "done"), ("id", &id)])
        .await
        .is(404);
    house.staff("s401").posts(&moments, &confirm).await.is(403);
    house.staff("h401").posts(&moments, &confirm).await.is(303);
    assert_eq!(goal(&child.get("/s/me").await.body), "reached");
    child
        .posts(
            "/s/goal",
            &[("act", "set"), ("star", "arts"), ("words", "画一本小绘本")],
        )
        .await
        .is(303);
    let page = child.get("/s/me").await.body;
    assert!(page.contains("画一本小绘本") && goal(&page) == "open");
}

#[actix_web::test]
async fn praise_is_one_tap_for_several_adds_up_to_a_star_and_can_be_taken_back() {
    let house = school("401").await;
    let path = format!("/t/classes/{}/praise", house.class("401"));
    let (first, second) = (house.student_id("40101"), house.student_id("40102"));
    let page = page_of(&house, "s401", "401", "praise").await.is(200).body;
    let chip = after(&page, "name=\"chip\"", "value=\"", "\"");
    let stars = |no: &'static str| {
        let house = &house;
        async move {
            let body = house.student(no).get("/s/me").await.is(200).body;
            after(&body, "class=\"sl\"", "", "</p>")
                .matches("st-l")
                .count()
        }
    };
    let subject = house.staff("s401");
    for _ in 0..5 {
        subject
            .posts(
                &path,
                &[("student", first), ("student", second), ("chip", chip)],
            )
            .await
            .is(303);
    }
    let body = subject.get(&path).await.body;
    assert_eq!(body.matches("data-test=\"undo\"").count(), 5);
    let before = stars("40101").await;
    assert_eq!(before, 1);
    let undo = after(&body, "name=\"undo\"", "value=\"", "\"");
    subject.posts(&path, &[("undo", undo)]).await.is(303);
    assert_eq!(stars("40101").await, 0, "four are not a star yet");
    assert_eq!(
        subject
            .get(&path)
            .await
            .body
            .matches("data-test=\"undo\"")
            .count(),
        4
    );
    subject.posts(&path, &[("chip", chip)]).await.is(303);
    assert_eq!(
        subject
            .get(&path)
            .await
            .body
            .matches("data-test=\"undo\"")
            .count(),
        4
    );
}
