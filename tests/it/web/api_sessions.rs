//! Tokens for scripts, their end, and bad ones.

use actix_web::test::TestRequest;
use serde_json::{Value, json};
use starlight::keys::totp::Secret;

use crate::school::{
    House, School, now,
    people::{PASSWORD, TOTP},
};

const SESSIONS: &str = "/api/v1/sessions";

async fn school() -> House {
    School::new().with_class("101", 2).open().await
}

async fn as_bearer(house: &House, method: &str, path: &str, token: &str) -> u16 {
    let request = match method {
        "delete" => TestRequest::delete(),
        _ => TestRequest::get(),
    };
    let bearer = ("Authorization", format!("Bearer {token}"));
    let answer = house.answer(request.uri(path).insert_header(bearer)).await;
    answer.status
}

#[actix_web::test]
async fn a_script_signs_in_and_out() {
    let school = school().await;
    let body = json!({ "login": "h101", "password": PASSWORD });
    let answer = school.anonymous().post(SESSIONS, body).await.is(201);
    assert!(answer.headers.get("set-cookie").is_none());
    let said = answer.json();
    assert_eq!(said["role"], "teacher");
    assert!(said["expires_at"].as_str().unwrap().ends_with('Z'));
    let token = said["token"].as_str().unwrap();
    assert_eq!(
        as_bearer(&school, "get", "/api/v1/rounds", token).await,
        200
    );
    let current = format!("{SESSIONS}/current");
    assert_eq!(as_bearer(&school, "delete", &current, token).await, 204);
    assert_eq!(
        as_bearer(&school, "get", "/api/v1/rounds", token).await,
        401
    );
    assert_eq!(as_bearer(&school, "delete", &current, token).await, 401);
}

#[actix_web::test]
async fn the_office_brings_its_second_factor_once() {
    let school = school().await;
    let seconds = u64::try_from(now() / 1000).unwrap();
    let code = Secret::from_base32(TOTP).unwrap().code_at(seconds);
    let with = |code: &str| json!({ "login": "office", "password": PASSWORD, "totp": code });
    let nobody = school.anonymous();
    let bare = json!({ "login": "office", "password": PASSWORD });
    nobody.post(SESSIONS, bare).await.is(401);
    let said = nobody.post(SESSIONS, with(&code)).await.is(201).json();
    assert_eq!(said["role"], "admin");
    nobody.post(SESSIONS, with(&code)).await.is(401);
}

#[actix_web::test]
async fn unknown_logins_and_wrong_passwords_look_alike() {
    let school = school().await;
    let try_in = async |login: &str| {
        let body = json!({ "login": login, "password": "not this one" });
        school.anonymous().post(SESSIONS, body).await.bare()
    };
    let wrong = try_in("h101").await;
    assert_eq!(wrong.0, 401);
    assert_eq!(try_in("nobody").await, wrong);
    assert_eq!(try_in("gone").await, wrong);
}

#[actix_web::test]
async fn tokens_that_are_not_ours_are_nobody() {
    let school = school().await;
    let good = school.staff("h101").ticket().to_owned();
    let strangers = School::new().with_class("101", 2).open().await;
    let huge = "a".repeat(12_000);
    let (head, rest) = good.split_once('.').unwrap();
    let (claims, _) = rest.split_once('.').unwrap();
    let none = "eyJhbGciOiJub25lIiwidHlwIjoiSldUIn0";
    let bad = [
        String::new(),
        good.get(..good.len() - 2).unwrap().to_owned(),
        format!("{none}.{claims}."),
        format!("{head}.{claims}"),
        strangers.staff("h101").ticket().to_owned(),
        huge,
    ];
    for token in bad {
        let status = as_bearer(&school, "get", "/api/v1/rounds", &token).await;
        assert_eq!(status, 401, "{token}");
    }
    assert_eq!(
        as_bearer(&school, "get", "/api/v1/rounds", &good).await,
        200
    );
}

#[actix_web::test]
async fn a_bad_token_never_falls_back_on_a_cookie() {
    let school = school().await;
    let cookie = school.staff("h101").cookie().unwrap();
    let ask = |request: TestRequest| {
        let request = request.uri("/api/v1/rounds").cookie(cookie.clone());
        school.answer(request)
    };
    ask(TestRequest::get()).await.is(200);
    let bad = TestRequest::get().insert_header(("Authorization", "Bearer nonsense"));
    ask(bad).await.is(401);
}

#[actix_web::test]
async fn own_sessions_are_listed_and_the_others_end() {
    let school = school().await;
    let body = json!({ "login": "h101", "password": PASSWORD });
    let other = school.anonymous().post(SESSIONS, body).await.json();
    let other = other["token"].as_str().unwrap().to_owned();
    let teacher = school.staff("h101");
    let list = teacher.get(SESSIONS).await.is(200).json();
    let items = list["items"].as_array().unwrap();
    let current: Vec<&Value> = items.iter().filter(|s| s["current"] == true).collect();
    assert_eq!((items.len(), current.len()), (2, 1));
    teacher.delete(&format!("{SESSIONS}/others")).await.is(204);
    teacher.get("/api/v1/rounds").await.is(200);
    assert_eq!(
        as_bearer(&school, "get", "/api/v1/rounds", &other).await,
        401
    );
    school.student("10101").get(SESSIONS).await.is(403);
}

#[actix_web::test]
async fn an_office_without_second_factor_changes_nothing() {
    let school = school().await;
    let office = school.own().staff["office"].clone();
    school
        .change(move |tx, call| {
            let id = starlight::domain::ids::StaffId::new(office);
            starlight::storage::staff::set_totp(tx, &call.school, &id, None, 0, "")?;
            Ok(())
        })
        .await;
    let before = school.audit_lines().await;
    let office = school.office();
    let round = json!({ "name": "x", "starts_on": "2026-01-01", "ends_on": "2026-01-02" });
    let refused = office.post("/api/v1/rounds", round).await.is(403).json();
    assert_eq!(refused["type"], "urn:starlight:problem:enrol-first");
    office.get("/api/v1/audit").await.is(403);
    assert_eq!(school.audit_lines().await, before);
    office.delete("/api/v1/sessions/current").await.is(204);
}

#[actix_web::test]
async fn bodies_are_strict_and_json() {
    let school = school().await;
    let nobody = school.anonymous();
    let extra = json!({ "login": "h101", "password": PASSWORD, "role": "admin" });
    nobody.post(SESSIONS, extra).await.is(400);
    let text = |kind: &'static str| {
        TestRequest::post()
            .insert_header(("Content-Type", kind))
            .set_payload("{}")
    };
    for kind in ["text/plain", "multipart/form-data; boundary=x"] {
        nobody.send(SESSIONS, text(kind)).await.is(415);
    }
    let twice = r#"{"login": "h101", "login": "office", "password": "x"}"#;
    let request = text("application/json").set_payload(twice);
    nobody.send(SESSIONS, request).await.is(400);
    let big = json!({ "login": "h101", "password": "x".repeat(70_000) });
    nobody.post(SESSIONS, big).await.is(413);
}
