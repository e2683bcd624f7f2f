//! What helps a child to say something true: deeds to remember, and a friendly question about words it used before.

use serde_json::json;
use starlight::domain::sheet::first_stamp;

use crate::school::{Actor, School, Stage, after, now};

#[actix_web::test]
async fn this_weeks_praises_of_the_class_are_among_what_can_be_remembered_and_name_nobody() {
    let school = School::new().with_class("401", 8).with_class("402", 8);
    let house = school.with_round("r", Stage::Open).open().await;
    let child = house.student("40101");
    assert!(!child.cards().await.contains("recall-praised"));

    let path = format!("/t/classes/{}/praise", house.class("401"));
    let teacher = house.staff("h401");
    let page = teacher.get(&path).await.is(200).body;
    let chip = after(&page, "name=\"chip\"", "value=\"", "\"");
    let praised = [("student", house.student_id("40105")), ("chip", chip)];
    teacher.posts(&path, &praised).await.is(303);
    teacher.posts(&path, &praised).await.is(303);

    let page = child.cards().await;
    let deed = format!("data-deed=\"p{chip}\"");
    assert_eq!(page.matches(&deed).count(), 1, "once, however often");
    let panel = after(&page, "data-recall-panel", "", "</template>");
    assert!(!panel.contains(house.student_id("40105")), "{panel}");
    let elsewhere = house.student("40201").cards().await;
    assert!(!elsewhere.contains("recall-praised"), "another class");

    let card = after(&page, "data-source=\"peer\"", "", "</form>");
    let key = after(card, "data-key=", "\"", "\"");
    let asked = after(card, "data-test=\"indicator\"", "data-id=\"", "\"");
    let picked = |stamp: i64, deed: &str| {
        json!({ "key": key, "stamp": stamp, "scores": { asked: 3 },
            "recall": { "indicator": asked, "occasion": "break", "deed": deed } })
    };
    let stamp = first_stamp(now(), None);
    let unknown = house.deliver(picked(stamp, "pushed me")).await;
    assert_eq!(unknown.status, 422, "{}", unknown.body);
    let known = house.deliver(picked(stamp, &format!("p{chip}"))).await;
    assert_eq!(known.status, 200, "{}", known.body);

    let undo = after(
        &teacher.get(&path).await.body,
        "name=\"undo\"",
        "value=\"",
        "\"",
    )
    .to_owned();
    teacher.posts(&path, &[("undo", &undo)]).await.is(303);
    let body = teacher.get(&path).await.body;
    let undo = after(&body, "name=\"undo\"", "value=\"", "\"");
    teacher.posts(&path, &[("undo", undo)]).await.is(303);
    let page = house.student("40102").cards().await;
    assert!(!page.contains("recall-praised"), "what was taken back");
}

/// Answers every card without script, not the same everywhere, and stops at the last one with its address and fields.
async fn up_to_the_last(child: &Actor<'_>) -> (String, Vec<(String, String)>) {
    let mut at = child.get("/s").await.is(303).header("location").to_owned();
    loop {
        let page = child.get(&at).await.is(200).body;
        let forms = page.split("<form");
        let card = forms
            .filter(|part| part.contains(&format!("action=\"{at}\"")))
            .last()
            .unwrap();
        let rows = card.split("data-test=\"indicator\"").skip(1);
        let ids = rows.map(|row| after(row, "data-id=", "\"", "\""));
        let fields: Vec<(String, String)> = ids
            .enumerate()
            .map(|(n, id)| (format!("a.{id}"), (2 + n % 2).to_string()))
            .collect();
        if card.contains("value=\"send\"") {
            return (at, fields);
        }
        let sent: Vec<(&str, &str)> = fields
            .iter()
            .map(|(k, v)| (k.as_str(), v.as_str()))
            .collect();
        at = child
            .posts(&at, &sent)
            .await
            .is(303)
            .header("location")
            .to_owned();
    }
}

#[actix_web::test]
async fn words_a_child_used_before_are_asked_about_once_and_then_go() {
    let school = School::new()
        .with_class("401", 8)
        .with_round("r", Stage::Open);
    let house = school.with_round("next", Stage::Draft).open().await;
    let child = house.student("40101");
    let page = child.cards().await;
    assert!(!page.contains("data-earlier"));
    let face = after(&page, "name=\"say.to\"", " value=\"", "aria-label");
    let key = after(face, "data-key=", "\"", "\"");
    let words = "陪我 练跳绳，一直没走！";
    let said = json!({ "key": key, "stamp": first_stamp(now(), None), "say": { "words": words } });
    house.deliver(said).await.is(204);
    let office = house.office();
    let moved = |round: &str, to: &str| format!("/api/v1/rounds/{}/{to}", house.round(round));
    office.post(&moved("r", "close"), json!({})).await.is(200);
    office.post(&moved("next", "open"), json!({})).await.is(200);

    let page = child.cards().await;
    assert!(after(&page, "data-earlier", ">", "</ul>").contains(words));
    let face = after(&page, "name=\"say.to\"", " value=\"", "\"").to_owned();
    let (last, fields) = up_to_the_last(&child).await;
    let send = |sure: bool| {
        let (child, fields, last, face) = (&child, &fields, &last, &face);
        async move {
            let mut sent: Vec<(&str, &str)> = fields
                .iter()
                .map(|(k, v)| (k.as_str(), v.as_str()))
                .collect();
            sent.extend([("go", "send"), ("say.to", face.as_str()), ("say.chip", "")]);
            sent.push(("say.words", "陪我练跳绳一直没走"));
            if sure {
                sent.push(("sure", "1"));
            }
            child.posts(last, &sent).await
        }
    };
    let asked = send(false).await.is(200).body;
    assert!(
        asked.contains("data-question=\"copied\">"),
        "the question shows"
    );
    assert!(asked.contains("data-question=\"fast\" hidden"));
    assert_eq!(send(true).await.is(303).header("location"), "/s/done");
}
