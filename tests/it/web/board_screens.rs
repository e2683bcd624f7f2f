//! Displays: pairing, what a token opens, the charter, and how soon a right that was taken away is gone.

use actix_web::{cookie::Cookie, test::TestRequest};
use futures_util::future::join;
use serde_json::Value;
use starlight::{
    actions::{
        new_id, screens,
        screens::NewScreen,
        session::{Kind, Origin},
    },
    domain::{actor::Actor as Who, ids::ClassId},
    keys::token::Token,
    storage::{results, results::AwardRow, rounds, students},
};

use crate::school::{Actor, House, School, Stage, ZONE, now, today};

const FRAME: &str = "/api/v1/screens/current/frame";
const EVENTS: &str = "/api/v1/screens/current/events";

/// A paired display with its token; returns the screen's id as well.
async fn paired<'h>(school: &'h House, class: Option<&str>) -> (Actor<'h>, String) {
    let token = Token::fresh().unwrap();
    let hash = token.hash();
    let class = class.map(|code| ClassId::new(school.class(code)));
    let id = school
        .change(move |tx, call| {
            let new = NewScreen {
                place: "here".to_owned(),
                class,
            };
            let screen = screens::add(tx, call, &new)?;
            let origin = Origin {
                now: call.now,
                ip: String::new(),
                request_id: String::new(),
                timezone: ZONE,
            };
            screens::begin(tx, &origin, &call.school, &screen.id, &hash, "test")?;
            Ok(screen.id)
        })
        .await;
    (school.holding(Kind::Screen, token.reveal()), id)
}

fn keys(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, inner) in map {
                found.push(key.clone());
                keys(inner, found);
            }
        }
        Value::Array(all) => all.iter().for_each(|one| keys(one, found)),
        _ => {}
    }
}

#[actix_web::test]
async fn a_display_is_paired_by_its_code() {
    let school = School::new().with_class("101", 2).open().await;
    let asked = school.anonymous().get("/screen").await.is(200);
    let code = asked.body.split("data-code=\"").nth(1).unwrap();
    let code: String = code.chars().take(6).collect();
    let waiting = asked
        .headers
        .get_all("set-cookie")
        .filter_map(|v| v.to_str().ok())
        .find_map(|line| line.strip_prefix("starlight-pairing="))
        .unwrap();
    let waiting = waiting.split(';').next().unwrap().to_owned();
    let look = || {
        let cookie = Cookie::new("starlight-pairing", waiting.clone());
        school.answer(TestRequest::get().uri("/screen").cookie(cookie))
    };
    assert!(look().await.is(200).body.contains(&code), "the code stays");
    let form = [
        ("action", "pair"),
        ("code", code.as_str()),
        ("kind", "hall"),
        ("class", ""),
        ("place", "hall"),
    ];
    let wrong = [
        ("action", "pair"),
        ("code", "x"),
        ("kind", "hall"),
        ("place", "p"),
    ];
    let office = school.office();
    let refused = office.posts("/a/screens", &wrong).await.is(200);
    assert!(refused.body.contains("role=\"alert\""));
    office.posts("/a/screens", &form).await.is(303);
    let taken = look().await.is(303);
    assert_eq!(taken.header("location"), "/screen/show");
    let token = taken
        .headers
        .get_all("set-cookie")
        .filter_map(|v| v.to_str().ok())
        .find_map(|line| line.strip_prefix("starlight-screen="))
        .unwrap();
    let token = token.split(';').next().unwrap();
    school
        .holding(Kind::Screen, token)
        .get("/screen/show")
        .await
        .is(200);
    assert_ne!(look().await.header("location"), "/screen/show", "used once");
    let link = format!("/screen/open/{token}");
    school.anonymous().get(&link).await.is(303);
    let unknown = Token::fresh().unwrap();
    let link = format!("/screen/open/{}", unknown.reveal());
    school.anonymous().get(&link).await.is(404);
}

#[actix_web::test]
async fn a_display_reads_its_frame_and_nothing_else() {
    let school = School::new()
        .with_class("101", 2)
        .with_round("r1", Stage::Open)
        .open()
        .await;
    let (screen, _) = paired(&school, Some("101")).await;
    screen.get(FRAME).await.is(200);
    screen.get("/screen/show").await.is(200);
    let class = format!("/t/classes/{}", school.class("101"));
    for page in ["/a", "/t", "/s", "/rankings", "/m", class.as_str()] {
        screen.get(page).await.is(303);
    }
    let scores = format!("/api/v1/rounds/{}/scores", school.round("r1"));
    for route in ["/api/v1/rounds", "/api/v1/audit", scores.as_str()] {
        let status = screen.get(route).await.status;
        assert!([400, 401, 403, 404].contains(&status), "{route}: {status}");
    }
    for other in [school.anonymous(), school.office(), school.student("10101")] {
        for route in [FRAME, EVENTS] {
            let status = other.get(route).await.status;
            assert!([401, 404].contains(&status), "{route}: {status}");
        }
    }
}

#[actix_web::test]
async fn a_revoked_display_goes_dark_at_once() {
    let school = School::new().with_class("101", 2).open().await;
    let (screen, id) = paired(&school, None).await;
    let office = school.office();
    // The stream ends by itself: otherwise this waits for ever.
    let (heard, ()) = join(screen.get(EVENTS), async {
        let form = [("action", "revoke"), ("screen", id.as_str())];
        office.posts("/a/screens", &form).await.is(303);
    })
    .await;
    // Either the stream had begun and ended by itself, or the revocation came first.
    match heard.status {
        200 => assert!(
            heard
                .header("content-type")
                .starts_with("text/event-stream")
        ),
        other => assert_eq!(other, 401),
    }
    screen.get(FRAME).await.is(401);
    screen.get(EVENTS).await.is(401);
    screen.get("/screen/show").await.is(303);
}

#[actix_web::test]
async fn frames_change_with_the_round_and_only_then() {
    let school = School::new()
        .with_class("101", 12)
        .with_class("102", 12)
        .with_round("r1", Stage::Closed)
        .open()
        .await;
    let (hall, _) = paired(&school, None).await;
    let (room, _) = paired(&school, Some("102")).await;
    let before = hall.get(FRAME).await.is(200);
    assert!(!before.body.contains("class-row"));
    let known = TestRequest::get().insert_header(("If-None-Match", before.header("etag")));
    hall.send(FRAME, known).await.is(304);
    let publish = format!("/a/rounds/{}/publish", school.round("r1"));
    school.office().posts(&publish, &[]).await.is(303);
    let known = TestRequest::get().insert_header(("If-None-Match", before.header("etag")));
    let after = hall.send(FRAME, known).await.is(200);
    for code in ["101", "102"] {
        assert!(after.body.contains(&format!("data-class=\\\"{code}\\\"")));
    }
    assert!(after.body.contains("data-test=\\\"place\\\""));
    let sky = room.get(FRAME).await.is(200).json();
    assert_eq!(sky["slides"][0]["kind"], "sky");
}

async fn award(school: &House, no: &str, released: bool) {
    let (child, round) = (
        school.student_id(no).to_owned(),
        school.round("r1").to_owned(),
    );
    school
        .change(move |tx, call| {
            let permit = Who::System.run_school()?;
            let round = rounds::get(tx, &call.school, &round)?;
            let row = AwardRow {
                school_id: call.school.to_string(),
                id: new_id(),
                recipient_kind: "student".to_owned(),
                recipient_id: child,
                badge: "starlight_student.virtue".to_owned(),
                tier: "star".to_owned(),
                term_id: round.term_id,
                period: "by hand".to_owned(),
                evidence: "score=4.9137".to_owned(),
                rule_version: "1".to_owned(),
                awarded_at: now(),
                visible_at: Some(now()),
                released_at: released.then(now),
                ..AwardRow::default()
            };
            results::add_award(tx, &permit, &row)?;
            Ok(starlight::storage::schools::touch_board(tx, &call.school)?)
        })
        .await;
}

#[actix_web::test]
async fn children_appear_by_given_name_with_released_badges_only() {
    let school = School::new()
        .with_class("101", 12)
        .with_round("r1", Stage::Published)
        .open()
        .await;
    for (no, name) in [
        ("10101", "林小满"),
        ("10102", "唐知秋"),
        ("10103", "邓若溪"),
    ] {
        let named = format!("UPDATE students SET name = '{name}' WHERE student_no = '{no}'");
        school.sql(&named);
    }
    award(&school, "10101", true).await;
    award(&school, "10102", false).await;
    award(&school, "10103", true).await;
    let refused = school.student_id("10103").to_owned();
    school
        .change(move |tx, call| {
            let permit = Who::System.run_school()?;
            Ok(students::set_consent(
                tx,
                &permit,
                &call.school,
                &refused,
                "refused",
                today(),
            )?)
        })
        .await;
    let (hall, _) = paired(&school, None).await;
    let frame = hall.get(FRAME).await.is(200);
    assert!(frame.body.contains("小满"));
    for other in ["林小满", "知秋", "若溪"] {
        assert!(!frame.body.contains(other), "{other}");
    }
    let mut found = Vec::new();
    keys(&frame.json(), &mut found);
    for word in ["score", "rank", "rating", "points"] {
        assert!(!found.iter().any(|key| key.contains(word)), "{found:?}");
    }
    for secret in ["4.9137", school.student_id("10101")] {
        assert!(!frame.body.contains(secret), "{secret}");
    }
}
