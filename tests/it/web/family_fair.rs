//! Fairness to families: their weight is told as published, the question about the class comes after the child's, and
//! nobody but the teacher is told which family has not answered.

use std::collections::BTreeMap;

use crate::school::{Actor, House, School, Stage, after};

async fn house(stage: Stage) -> House {
    let school = School::new().with_class("401", 6).with_class("402", 2);
    school.with_round("r", stage).open().await
}

/// A page without what is new each time it is drawn: form tokens, keys, counters, clocks.
fn still(body: &str) -> String {
    let mut text = body.to_owned();
    for mark in [
        "name=\"csrf\" value=\"",
        "data-csrf=\"",
        "data-key=\"",
        "data-stamp=\"",
        "name=\"key\" value=\"",
        "\"at\":",
        "request_id\":\"",
    ] {
        let mut parts = text.split(mark);
        let mut kept = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            kept.push_str(mark);
            let end = part.find(['"', ',', '}']).unwrap_or(0);
            kept.push_str(part.get(end..).unwrap());
        }
        text = kept;
    }
    text
}

/// What everybody but the homeroom teacher and the family itself can read.
async fn told(house: &House) -> BTreeMap<String, String> {
    let (class, round) = (house.class("401"), house.round("r"));
    let child = house.student_id("40103");
    let class_pages = [
        "",
        "/grid",
        "/praise",
        "/moments",
        "/paper",
        "/links",
        "/reminders",
    ];
    let teacher: Vec<String> = class_pages
        .iter()
        .map(|p| format!("/t/classes/{class}{p}"))
        .collect();
    let office: Vec<String> = [
        "/a",
        "/a/rounds",
        "/a/consent",
        "/a/requests",
        "/a/appeals",
        "/a/export",
        "/rankings",
    ]
    .map(str::to_owned)
    .into();
    let api = vec![
        format!("/api/v1/rounds/{round}/participation?limit=100"),
        format!("/api/v1/rounds/{round}/tasks?limit=50"),
        format!("/api/v1/students/{child}/explanation?round={round}"),
        "/api/v1/rounds".to_owned(),
    ];
    let own = ["/s", "/s/me", "/s/done", "/s/practice"]
        .map(str::to_owned)
        .to_vec();
    let with = |pages: Vec<String>| pages.into_iter().chain(api.clone()).collect::<Vec<_>>();
    let other = house.family_page("40101");
    let family = ["", "/rights", "/data", "/data.json", "/appeal"].map(|p| format!("{other}{p}"));
    let people: Vec<(&str, Actor<'_>, Vec<String>)> = vec![
        (
            "subject",
            house.staff("s401"),
            with([vec!["/t".to_owned()], teacher.clone()].concat()),
        ),
        ("neighbour", house.staff("h402"), with(teacher)),
        ("office", house.office(), with(office)),
        ("itself", house.student("40103"), with(own.clone())),
        ("mate", house.student("40102"), with(own)),
        ("other family", house.family("40101"), with(family.into())),
        (
            "hall",
            house.screen("hall"),
            vec![
                "/screen/show".to_owned(),
                "/api/v1/screens/current/frame".to_owned(),
            ],
        ),
        (
            "classroom",
            house.screen("401"),
            vec![
                "/screen/show".to_owned(),
                "/api/v1/screens/current/frame".to_owned(),
            ],
        ),
        (
            "anybody",
            house.anonymous(),
            vec!["/".to_owned(), "/rankings".to_owned()],
        ),
    ];
    let mut seen = BTreeMap::new();
    for (who, actor, pages) in people {
        for page in pages {
            let answer = actor.get(&page).await;
            seen.insert(
                format!("{who} {page}"),
                format!("{} {}", answer.status, still(&answer.body)),
            );
        }
    }
    seen
}

/// Whoever reads a page cannot tell by it whether the family of 40103 answered; the homeroom teacher can.
#[actix_web::test]
async fn only_the_teacher_is_told_which_family_is_missing() {
    let house = house(Stage::Open).await;
    let teacher = house.staff("h401");
    let reminders = format!("/t/classes/{}/reminders", house.class("401"));
    // Others first, so that counts exist: one family has answered.
    answers(&house, "40102").await;
    let (before, asked) = (told(&house).await, teacher.get(&reminders).await.body);
    answers(&house, "40103").await;
    let (now, then) = (told(&house).await, teacher.get(&reminders).await.body);
    assert_ne!(asked, then, "the teacher is told");
    let read = before
        .values()
        .filter(|text| text.starts_with("200"))
        .count();
    assert!(read >= 25, "{read} pages were read at all");
    let other = before.iter().filter(|(page, text)| {
        // The office counts families, and counts are not names.
        let counted = |text: &str| match page.starts_with("office ") {
            true => text.replace(|c: char| c.is_ascii_digit(), ""),
            false => text.to_owned(),
        };
        counted(text) != counted(&now[*page])
    });
    let other: Vec<&String> = other.map(|(page, _)| page).collect();
    assert!(other.is_empty(), "changed by the answer: {other:?}");
}

async fn answers(house: &House, no: &str) {
    let page = house.family_page(no);
    let form = house.family(no).get(&page).await.is(200).body;
    let id = after(&form, "data-test=\"indicator\" data-id=\"", "", "\"").to_owned();
    let field = format!("a.{id}");
    house
        .family(no)
        .posts(&page, &[(&field, "2")])
        .await
        .is(303);
}

/// The card tells the published weight, and that a form left out costs nothing on average; no text says more.
#[actix_web::test]
async fn the_card_tells_the_weight_and_promises_no_more() {
    let house = house(Stage::Published).await;
    let page = house.family_page("40101");
    for lang in ["zh-CN", "en"] {
        let card = house
            .family("40101")
            .get(&format!("{page}?lang={lang}"))
            .await
            .is(200)
            .body;
        let how = after(&card, "<details class=\"how\">", "", "</details>");
        assert!(how.contains("20"), "{lang}: {how}");
    }
    let texts =
        ["zh-CN", "en"].map(|lang| format!("{}/locales/{lang}", env!("CARGO_MANIFEST_DIR")));
    for folder in texts {
        for file in std::fs::read_dir(folder).unwrap() {
            let text = std::fs::read_to_string(file.unwrap().path()).unwrap();
            assert!(
                !text.contains("loses nothing"),
                "claims more than the rule gives"
            );
        }
    }
}

#[actix_web::test]
async fn the_question_about_the_class_comes_after_the_childs_and_may_be_left() {
    let house = house(Stage::Open).await;
    let (family, page) = (house.family("40101"), house.family_page("40101"));
    let form = family.get(&page).await.is(200).body;
    answers(&house, "40101").await;
    let thanks = family.get(&format!("{page}?sent=1")).await.is(200).body;
    let id = after(&thanks, "data-test=\"indicator\" data-id=\"", "", "\"").to_owned();
    assert!(!form.contains(&format!("a.{id}")), "asked with the child's");
    assert_eq!(thanks.matches("data-test=\"indicator\"").count(), 1);
    let field = format!("a.{id}");
    let path = format!("{page}/class");
    let sent = family.posts(&path, &[(&field, "3")]).await.is(303);
    assert_eq!(sent.header("location"), format!("{page}?sent=2"));
    let again = family.get(&format!("{page}?sent=2")).await.is(200).body;
    assert!(again.contains("value=\"3\" checked"));
    family.posts(&path, &[("a.nothing", "3")]).await.is(422);
    family.posts(&path, &[(&field, "9")]).await.is(422);
    house
        .family("40102")
        .posts(&path, &[(&field, "1")])
        .await
        .is(401);
}
