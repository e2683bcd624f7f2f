//! Rating through the API: the cards, handing in, and what is refused.

use serde_json::{Value, json};

use crate::school::{House, School, Stage, address, all};

async fn school() -> House {
    School::new()
        .with_class("101", 8)
        .with_class("501", 8)
        .with_round("now", Stage::Open)
        .open()
        .await
}

fn sources(cards: &[Value]) -> Vec<&str> {
    cards
        .iter()
        .map(|c| c["source"].as_str().unwrap())
        .collect()
}

fn problem(answer: &Value) -> &str {
    answer["type"].as_str().unwrap().rsplit(':').next().unwrap()
}

#[actix_web::test]
async fn a_child_finds_itself_its_classmates_and_its_class() {
    let school = school().await;
    let low = school.student("10101").tasks(school.round("now")).await;
    assert_eq!(sources(&low), ["self", "peer", "peer", "self"]);
    assert_eq!(low[0]["ratee"], school.student_id("10101"));
    assert_eq!(low[0]["indicators"].as_array().unwrap().len(), 5);
    assert_eq!(low[1]["indicators"].as_array().unwrap().len(), 3);
    assert_eq!(
        low[1]["indicators"][0]["anchors"].as_array().unwrap().len(),
        3
    );
    assert_eq!(low[3]["ratee"], school.class("101"));
    assert_eq!(low[3]["ratee_kind"], "class");
    let high = school.student("50101").tasks(school.round("now")).await;
    assert_eq!(
        sources(&high),
        ["self", "peer", "peer", "peer", "peer", "self"]
    );
    assert_eq!(high[1]["indicators"][0]["anchors"][4]["value"], 5);
}

#[actix_web::test]
async fn a_teacher_finds_each_child_and_a_family_its_own() {
    let school = school().await;
    let cards = school.staff("h101").tasks(school.round("now")).await;
    assert_eq!(cards.len(), 9);
    assert!(sources(&cards).iter().all(|s| *s == "teacher"));
    let home = school.family("10103").tasks(school.round("now")).await;
    assert_eq!(home[0]["ratee"], school.student_id("10103"));
    assert!(
        home.iter()
            .skip(1)
            .all(|c| c["ratee"] == school.class("101"))
    );
    assert!(sources(&home).iter().all(|s| *s == "parent"));
}

#[actix_web::test]
async fn a_sheet_is_made_repeated_replaced_and_kept_from_overwriting() {
    let school = school().await;
    let (child, round) = (school.student("10101"), school.round("now"));
    let card = &child.tasks(round).await[1];
    assert_eq!(
        (&card["answers"], &card["version"]),
        (&Value::Null, &json!(0))
    );
    let first = child.says(round, card, 3).await.is(201);
    assert_eq!(first.json(), json!({ "version": 1 }));
    let again = child.says(round, card, 3).await.is(200);
    assert_eq!(again.json(), json!({ "version": 1 }));
    let changed = child.says(round, card, Value::Null).await.is(200);
    assert_eq!(changed.json(), json!({ "version": 2 }));
    let path = address(round, card);
    let late = json!({ "scores": all(card, 1), "version": 1 });
    let refused = child.put(&path, late).await.is(409).json();
    assert_eq!(problem(&refused), "stale");
    let card = &child.tasks(round).await[1];
    assert_eq!(card["version"], 2);
    assert_eq!(card["answers"], all(card, Value::Null));
    assert_eq!(card["done"], true);
}

#[actix_web::test]
async fn what_does_not_fit_is_named() {
    let school = school().await;
    let (child, round) = (school.student("10101"), school.round("now"));
    let card = &child.tasks(round).await[0];
    let path = address(round, card);
    let id = card["indicators"][0]["id"].as_str().unwrap();
    let check = async |body: Value, status: u16, pointer: &str| {
        let said = child.put(&path, body).await.is(status).json();
        if !pointer.is_empty() {
            assert_eq!(said["errors"][0]["pointer"], pointer, "{said}");
        }
    };
    let here = format!("/scores/{id}");
    for anchor in [0, 4, 256, -1] {
        check(json!({ "scores": { id: anchor } }), 422, &here).await;
    }
    check(
        json!({ "scores": { "nothing": 1 } }),
        422,
        "/scores/nothing",
    )
    .await;
    check(json!({ "scores": { id: "1" } }), 400, "").await;
    check(json!({ "scores": { id: 1.5 } }), 400, "").await;
    check(json!({}), 400, "/scores").await;
    for field in [
        "role",
        "school_id",
        "class_id",
        "rater_id",
        "published",
        "created_at",
    ] {
        let body = json!({ "scores": {}, field: "x" });
        check(body, 400, &format!("/{field}")).await;
    }
    let long = "x".repeat(501);
    check(json!({ "scores": {}, "comment": long }), 400, "/comment").await;
    assert_eq!(child.tasks(round).await[0]["version"], 0);
}

#[actix_web::test]
async fn only_the_allotted_are_rated() {
    let school = school().await;
    let (child, round) = (school.student("10101"), school.round("now"));
    let cards = child.tasks(round).await;
    let dealt: Vec<&str> = cards.iter().map(|c| c["ratee"].as_str().unwrap()).collect();
    let put = async |source: &str, ratee: &str| {
        let path = format!("/api/v1/rounds/{round}/sheets/{source}/{ratee}");
        child.put(&path, json!({ "scores": {} })).await
    };
    let classmates = school
        .own()
        .students
        .iter()
        .filter(|(no, _)| no.starts_with("101"));
    let others: Vec<&String> = classmates
        .map(|(_, id)| id)
        .filter(|id| !dealt.contains(&id.as_str()))
        .collect();
    assert_eq!(others.len(), 5);
    for other in others {
        assert_eq!(
            problem(&put("peer", other).await.is(403).json()),
            "not-your-ratee"
        );
        put("self", other).await.is(403);
    }
    put("peer", school.student_id("10101")).await.is(403);
    put("teacher", dealt[1]).await.is(403);
    let elsewhere = put("peer", school.student_id("50101")).await.is(404);
    let nobody = put("peer", "0198c0de-0000-7000-8000-000000000000")
        .await
        .is(404);
    assert_eq!(elsewhere.bare(), nobody.bare());
    put("gossip", dealt[1]).await.is(404);
}

#[actix_web::test]
async fn sheets_wait_for_an_open_round() {
    let school = School::new()
        .with_class("101", 8)
        .with_round("soon", Stage::Draft)
        .with_round("over", Stage::Closed)
        .open()
        .await;
    let child = school.student("10101");
    let id = school.student_id("10101");
    for round in ["soon", "over"] {
        let path = format!("/api/v1/rounds/{}/sheets/self/{id}", school.round(round));
        let said = child
            .put(&path, json!({ "scores": {} }))
            .await
            .is(409)
            .json();
        assert_eq!(problem(&said), "round-not-open", "{round}");
    }
    let tasks = |round: &str| format!("/api/v1/rounds/{}/tasks", school.round(round));
    child.get(&tasks("soon")).await.is(404);
    assert!(child.get(&tasks("over")).await.is(200).json()["items"][0]["done"] == true);
}

#[actix_web::test]
async fn a_cookie_alone_writes_nothing_from_another_site() {
    let school = school().await;
    let (child, round) = (school.student("10101"), school.round("now"));
    let card = &child.tasks(round).await[0];
    let body = json!({ "scores": all(card, 2) });
    let put = |headers: &[(&'static str, &'static str)]| {
        let mut request = actix_web::test::TestRequest::put()
            .uri(&address(round, card))
            .cookie(child.cookie().unwrap())
            .set_json(&body);
        for header in headers {
            request = request.insert_header(*header);
        }
        school.answer(request)
    };
    put(&[("Sec-Fetch-Site", "cross-site")]).await.is(403);
    put(&[("Origin", "http://evil.example")]).await.is(403);
    put(&[("Origin", "null")]).await.is(403);
    put(&[]).await.is(403);
    assert_eq!(child.tasks(round).await[0]["version"], 0);
    put(&[("Sec-Fetch-Site", "same-origin")]).await.is(201);
}
