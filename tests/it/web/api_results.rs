//! From a draft to what each person may read of the results.

use chrono::Days;
use serde_json::{Value, json};

use crate::school::{House, School, Stage, today};

/// Two classes big enough to be ranked and one that is not; two rounds are over, the third is open.
async fn school() -> House {
    School::new()
        .with_class("101", 12)
        .with_class("102", 5)
        .with_class("501", 12)
        .with_round("r1", Stage::Published)
        .with_round("r2", Stage::Published)
        .with_round("r3", Stage::Open)
        .open()
        .await
}

fn items(answer: &Value) -> &Vec<Value> {
    answer["items"].as_array().unwrap()
}

#[actix_web::test]
async fn the_office_takes_a_round_from_draft_to_results() {
    let school = School::new().with_class("101", 8).open().await;
    let office = school.office();
    let new =
        json!({ "name": "first light", "starts_on": today(), "ends_on": today() + Days::new(3) });
    let round = office
        .post("/api/v1/rounds", new.clone())
        .await
        .is(201)
        .json();
    assert_eq!(round["state"], "draft");
    office.post("/api/v1/rounds", new).await.is(409);
    let id = round["id"].as_str().unwrap();
    let step = async |what: &str, status: u16| {
        let path = format!("/api/v1/rounds/{id}/{what}");
        office.post(&path, json!({})).await.is(status).json()
    };
    step("publish", 409).await;
    assert_eq!(step("open", 200).await["state"], "open");
    for seat in 1..=8 {
        let child = school.student(&format!("101{seat:02}"));
        for card in child.tasks(id).await {
            child.says(id, &card, 2).await.is(201);
        }
    }
    let counts = office
        .get(&format!("/api/v1/rounds/{id}/participation"))
        .await
        .json();
    assert_eq!(items(&counts)[0]["done"], 8);
    assert_eq!(step("close", 200).await["state"], "closed");
    let published = step("publish", 200).await;
    assert_eq!(published["round"]["state"], "published");
    step("open", 409).await;
    let list = office
        .get("/api/v1/rounds?state=published")
        .await
        .is(200)
        .json();
    assert_eq!(items(&list).len(), 1);
    office.get("/api/v1/rounds?state=lost").await.is(400);
}

#[actix_web::test]
async fn a_wanted_round_has_to_make_sense() {
    let school = School::new().with_class("101", 2).open().await;
    let office = school.office();
    let post = async |body: Value, status: u16| {
        office.post("/api/v1/rounds", body).await.is(status);
    };
    let (first, last) = (today(), today() + Days::new(3));
    post(
        json!({ "name": "", "starts_on": first, "ends_on": last }),
        422,
    )
    .await;
    post(
        json!({ "name": "a", "starts_on": last, "ends_on": first }),
        422,
    )
    .await;
    post(
        json!({ "name": "a", "starts_on": "2001-01-01", "ends_on": last }),
        422,
    )
    .await;
    post(
        json!({ "name": "a", "starts_on": "tomorrow", "ends_on": last }),
        400,
    )
    .await;
    let class = json!({ "name": "a", "starts_on": first, "ends_on": last, "classes": ["x"] });
    post(class, 422).await;
    let more = json!({ "name": "a", "starts_on": first, "ends_on": last, "state": "open" });
    post(more, 400).await;
}

#[actix_web::test]
async fn each_person_knows_its_own_rounds() {
    let school = School::new()
        .with_class("101", 8)
        .with_class("501", 8)
        .with_round("all", Stage::Open)
        .with_round("soon", Stage::Draft)
        .with_round_of("theirs", Stage::Open, &["501"])
        .open()
        .await;
    let names = async |list: Value| -> Vec<String> {
        let names = items(&list).iter();
        names
            .map(|r| r["name"].as_str().unwrap().to_owned())
            .collect()
    };
    let of = async |answer: crate::school::Answer| names(answer.is(200).json()).await;
    let path = "/api/v1/rounds";
    assert_eq!(
        of(school.office().get(path).await).await,
        ["all", "soon", "theirs"]
    );
    assert_eq!(of(school.student("10101").get(path).await).await, ["all"]);
    assert_eq!(
        of(school.family("50101").get(path).await).await,
        ["all", "theirs"]
    );
    assert_eq!(
        of(school.staff("s501").get(path).await).await,
        ["all", "theirs"]
    );
}

#[actix_web::test]
async fn a_small_class_keeps_its_figures_for_its_own_people() {
    let school = school().await;
    let path = format!("/api/v1/rounds/{}/rankings/classes", school.round("r2"));
    let row = async |answer: crate::school::Answer| {
        let said = answer.is(200).json();
        items(&said)
            .iter()
            .find(|r| r["class"] == "102")
            .unwrap()
            .clone()
    };
    for insider in [school.office(), school.staff("h102"), school.staff("s102")] {
        let row = row(insider.get(&path).await).await;
        assert_eq!(row["unranked_because"], "few_students");
        assert!(row["figures"]["points"].is_string(), "{row}");
    }
    let outsiders = [
        school.staff("h101"),
        school.student("10101"),
        school.screen("hall"),
    ];
    for outsider in outsiders {
        let row = row(outsider.get(&path).await).await;
        assert_eq!(row["unranked_because"], "few_students");
        assert!(
            row.get("figures").is_none() && row.get("place").is_none(),
            "{row}"
        );
    }
    let all = school.student("10101").get(&path).await.json();
    let ranked = items(&all).iter().find(|r| r["class"] == "501").unwrap();
    assert_eq!(ranked["place"]["place"], 1);
    let open = format!("/api/v1/rounds/{}/rankings/classes", school.round("r3"));
    school.office().get(&open).await.is(404);
}

#[actix_web::test]
async fn scores_come_by_number_and_leave_a_line() {
    let school = school().await;
    let base = format!("/api/v1/rounds/{}/scores", school.round("r1"));
    let of = |class: &str| format!("{base}?class={}", school.class(class));
    let before = school.audit_lines().await;
    let teacher = school.staff("h101");
    let first = teacher
        .get(&format!("{}&limit=5", of("101")))
        .await
        .is(200)
        .json();
    assert_eq!(school.audit_lines().await, before + 1);
    let cursor = first["next_cursor"].as_str().unwrap();
    let rest = teacher
        .get(&format!("{}&cursor={cursor}", of("101")))
        .await
        .json();
    let numbers: Vec<&str> = items(&first)
        .iter()
        .chain(items(&rest))
        .map(|s| s["student_no"].as_str().unwrap())
        .collect();
    assert_eq!(numbers.len(), 12);
    assert!(numbers.is_sorted());
    assert!(items(&first)[0]["round"]["points"].is_string());
    for key in [
        "order=asc",
        "page=last",
        "sort=score",
        "limit=101",
        "limit=0",
    ] {
        teacher.get(&format!("{}&{key}", of("101"))).await.is(400);
    }
    teacher.get(&base).await.is(400);
    teacher.get(&of("501")).await.is(404);
    school.staff("s101").get(&of("101")).await.is(403);
}

#[actix_web::test]
async fn the_homeroom_teacher_sees_steps_and_the_child_words() {
    let school = school().await;
    let child = school.student_id("10101");
    let path = format!(
        "/api/v1/students/{child}/explanation?round={}",
        school.round("r2")
    );
    let steps = school.staff("h101").get(&path).await.is(200).json();
    assert_eq!(steps["view"], "steps");
    assert_eq!(steps["peer"]["marks"].as_array().unwrap().len(), 2);
    assert_eq!(steps["round"]["voices"].as_array().unwrap().len(), 4);
    let raters = school.own().students.values();
    for rater in raters.filter(|id| id.as_str() != child) {
        assert!(!steps.to_string().contains(rater.as_str()));
    }
    school.staff("s101").get(&path).await.is(403);
    school.student("10102").get(&path).await.is(403);
    school.family("10102").get(&path).await.is(404);
    school.staff("h501").get(&path).await.is(404);
    let child = school.student("10101").get(&path).await.is(200);
    assert_eq!(school.family("10101").get(&path).await.json(), child.json());
    let words = child.json();
    assert_eq!(words["view"], "words");
    assert_eq!(words["stars"].as_array().unwrap().len(), 5);
    assert!(words["level"].is_string());
    let open = path.replace(school.round("r2"), school.round("r3"));
    school.student("10101").get(&open).await.is(404);
}

/// No number, no rater and no place anywhere in what a child reads.
fn only_words(value: &Value, at: &str) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, inner)| {
            assert!(
                key != "peer" && !key.contains("score") && !key.contains("rank"),
                "{at}/{key}"
            );
            only_words(inner, &format!("{at}/{key}"));
        }),
        Value::Array(list) => list.iter().for_each(|inner| only_words(inner, at)),
        Value::Number(_) => assert_eq!(at, "/classmates/raters"),
        _ => {}
    }
}

#[actix_web::test]
async fn classmates_count_only_from_five_on() {
    let school = school().await;
    let words = async |no: &str, round: &str| {
        let (id, round) = (school.student_id(no), school.round(round));
        let path = format!("/api/v1/students/{id}/explanation?round={round}");
        let said = school.student(no).get(&path).await.is(200).json();
        only_words(&said, "");
        said
    };
    // Two raters a round: four after two rounds, and in the high segment four a round.
    for no in ["10101", "10107", "10112"] {
        let said = words(no, "r2").await;
        assert!(said.get("classmates").is_none(), "{said}");
    }
    let said = words("50101", "r2").await;
    assert!(
        said["classmates"]["raters"].as_u64().unwrap() >= 5,
        "{said}"
    );
    assert_eq!(said["classmates"]["as_of_round"], school.round("r2"));
}

#[actix_web::test]
async fn the_audit_log_is_read_in_pieces() {
    let school = school().await;
    let office = school.office();
    let first = office.get("/api/v1/audit?limit=3").await.is(200).json();
    let seqs = |page: &Value| -> Vec<u64> {
        items(page)
            .iter()
            .map(|l| l["seq"].as_u64().unwrap())
            .collect()
    };
    assert_eq!(seqs(&first), [1, 2, 3]);
    let after = first["next_cursor"].as_str().unwrap();
    let next = office
        .get(&format!("/api/v1/audit?limit=2&after={after}"))
        .await
        .json();
    assert_eq!(seqs(&next), [4, 5]);
    let end = office
        .get("/api/v1/audit?after=100000")
        .await
        .is(200)
        .json();
    assert!(items(&end).is_empty() && end.get("next_cursor").is_none());
    office.get("/api/v1/audit?before=3").await.is(400);
    office.get("/api/v1/audit?after=-1").await.is(400);
}
