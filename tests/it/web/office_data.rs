//! Files in and out, accounts, calendar and weights through the office's pages.

use actix_web::test::TestRequest;
use starlight::{
    actions::session::{self, Kind},
    keys::totp::Secret,
    storage::access,
};

use crate::school::{
    Actor, Answer, House, School, Stage, now,
    people::{PASSWORD, TOTP},
};

async fn school() -> House {
    School::new()
        .with_class("101", 2)
        .with_round("r1", Stage::Published)
        .open()
        .await
}

/// The office, who proved who it is so many minutes ago.
async fn proved(school: &House, minutes: i64) -> Actor<'_> {
    let subject = school.own().staff["office"].clone();
    let who = subject.clone();
    let id = school
        .change(move |tx, call| {
            let id = session::begin(tx, call, Kind::Office, &who, None, "test")?;
            access::prove_session(tx, &id, call.now - minutes * 60_000)?;
            Ok(id)
        })
        .await;
    school.session(Kind::Office, &subject, &id)
}

fn field(page: &str, name: &str) -> String {
    let rest = page.split(&format!("name=\"{name}\" value=\"")).nth(1);
    rest.unwrap().split('"').next().unwrap().to_owned()
}

async fn upload(office: &Actor<'_>, kind: &str, token: &str, csv: &str) -> Answer {
    let body = format!(
        "--edge\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{token}\r\n--edge\r\n\
         Content-Disposition: form-data; name=\"file\"; filename=\"roster.csv\"\r\n\
         Content-Type: text/csv\r\n\r\n{csv}\r\n--edge--\r\n"
    );
    let request = TestRequest::post()
        .insert_header(("Content-Type", "multipart/form-data; boundary=edge"))
        .insert_header(("Sec-Fetch-Site", "same-origin"))
        .set_payload(body);
    office.send(&format!("/a/import/{kind}"), request).await
}

#[actix_web::test]
async fn a_roster_is_looked_at_first_and_then_committed_by_its_hash() {
    let school = school().await;
    let office = school.office();
    let token = field(&office.get("/a/import/roster").await.is(200).body, "csrf");
    let csv = "student_no,name,class\n260101,Ann Lee,101\n";
    upload(&office, "roster", "wrong", csv).await.is(403);
    let bad = upload(
        &office,
        "roster",
        &token,
        "student_no,name,class\n260101,,101\n",
    )
    .await;
    let fix = bad.is(200).body;
    let fix = fix.split("/a/import/roster/fix?hash=").nth(1).unwrap();
    let fix = format!(
        "/a/import/roster/fix?hash={}",
        fix.split('"').next().unwrap()
    );
    let copy = office.get(&fix).await.is(200);
    assert!(copy.header("content-disposition").contains("attachment"));
    assert!(copy.body.contains("260101"));
    let report = upload(&office, "roster", &token, csv).await.is(200).body;
    let hash = field(&report, "hash");
    let found = || async { school.office().get("/a/consent").await.body };
    assert!(!found().await.contains("Ann Lee"), "a dry run");
    let other = [("hash", "00"), ("action", "commit")];
    office.posts("/a/import/roster", &other).await.is(409);
    let form = [("hash", hash.as_str()), ("action", "commit")];
    office.posts("/a/import/roster", &form).await.is(200);
    assert!(found().await.contains("Ann Lee"));
    upload(&office, "roster", &token, "\u{0}\u{1}")
        .await
        .is(400);
}

#[actix_web::test]
async fn exports_ask_for_a_fresh_proof() {
    let school = school().await;
    let late = proved(&school, 6).await;
    let away = late.get("/a/export/roster.csv").await.is(303);
    assert_eq!(away.header("location"), "/prove?next=/a/export/roster.csv");
    late.get("/prove?next=/a/export").await.is(200);
    let seconds = u64::try_from(now() / 1000).unwrap();
    let code = Secret::from_base32(TOTP).unwrap().code_at(seconds);
    let wrong = [
        ("password", "x"),
        ("code", code.as_str()),
        ("next", "/a/export"),
    ];
    late.posts("/prove", &wrong).await.is(401);
    let right = [
        ("password", PASSWORD),
        ("code", code.as_str()),
        ("next", "/a/export/roster.csv"),
    ];
    let back = late.posts("/prove", &right).await.is(303);
    assert_eq!(back.header("location"), "/a/export/roster.csv");
    let lines = school.audit_lines().await;
    let file = late.get("/a/export/roster.csv").await.is(200);
    assert!(file.body.contains("10101"));
    assert_eq!(file.header("cache-control"), "no-store");
    assert!(school.audit_lines().await > lines, "announced in the log");
    late.get("/a/export/scores.xlsx").await.is(200);
    late.get("/a/export/nothing.csv").await.is(404);
}

#[actix_web::test]
async fn new_administrators_and_resets_need_the_proof_too() {
    let school = school().await;
    let admin = [
        ("action", "add"),
        ("name", "New One"),
        ("login", "newone"),
        ("role", "admin"),
        ("homeroom", ""),
    ];
    let someone = school.own().staff["h101"].clone();
    let reset = [("action", "reset"), ("staff", someone.as_str())];
    let late = proved(&school, 6).await;
    for form in [&admin[..], &reset[..]] {
        let away = late.posts("/a/staff", form).await.is(303);
        assert_eq!(away.header("location"), "/prove?next=/a/staff");
    }
    let fresh = proved(&school, 0).await;
    let made = fresh.posts("/a/staff", &admin).await.is(200);
    assert!(made.body.contains("newone"));
    let taken = fresh.posts("/a/staff", &admin).await.is(200);
    assert!(taken.body.contains("role=\"alert\""));
    school.staff("h101").get("/t").await.is(200);
    fresh.posts("/a/staff", &reset).await.is(200);
    school.staff("h101").get("/t").await.is(303);
}

#[actix_web::test]
async fn weights_are_rehearsed_before_they_are_adopted() {
    let school = school().await;
    let office = school.office();
    let form = |peer: &'static str, action: &'static str| {
        vec![
            ("s.self", "10"),
            ("s.peer", peer),
            ("s.teacher", "50"),
            ("s.parent", "20"),
            ("c.self", "10"),
            ("c.peer", "30"),
            ("c.teacher", "20"),
            ("c.parent", "10"),
            ("c.participation", "10"),
            ("c.students", "20"),
            ("action", action),
        ]
    };
    let wrong = office.posts("/a/weights", &form("21", "preview")).await;
    assert!(wrong.is(200).body.contains("role=\"alert\""));
    let shown = office.posts("/a/weights", &form("20", "preview")).await;
    let token = field(&shown.is(200).body, "token");
    let mut adopt = form("20", "adopt");
    office.posts("/a/weights", &adopt).await.is(200);
    adopt.push(("token", &token));
    office.posts("/a/weights", &adopt).await.is(303);
    let now = office.get("/a/weights").await.is(200).body;
    assert!(field(&now, "csrf").len() > 10 && now.contains("value=\"50\""));
}

#[actix_web::test]
async fn terms_and_holidays_are_kept_apart() {
    let school = school().await;
    let office = school.office();
    let add = [
        ("action", "add-term"),
        ("name", "next"),
        ("starts_on", "2040-02-20"),
        ("ends_on", "2040-07-01"),
    ];
    office.posts("/a/calendar", &add).await.is(303);
    let twice = office.posts("/a/calendar", &add).await.is(200);
    assert!(twice.body.contains("role=\"alert\""));
    let holiday = [
        ("action", "add-holiday"),
        ("name", "spring"),
        ("starts_on", "2040-05-01"),
        ("ends_on", "2040-05-03"),
    ];
    office.posts("/a/calendar", &holiday).await.is(303);
    let page = office.get("/a/calendar").await.is(200).body;
    assert!(page.contains("2040-05-01"));
    let outside = [
        ("action", "add-holiday"),
        ("name", "none"),
        ("starts_on", "2050-05-01"),
        ("ends_on", "2050-05-03"),
    ];
    let refused = office.posts("/a/calendar", &outside).await.is(200);
    assert!(refused.body.contains("role=\"alert\""));
}
