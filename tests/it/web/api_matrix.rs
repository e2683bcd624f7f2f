//! The table of security.md 5.2 over every route of the API (S-20): who gets which status for the own class, another
//! class, another school and an id that does not exist. A route that is missing in the table fails; whatever is out
//! of scope answers byte for byte as if it did not exist (S-21).

use std::collections::BTreeSet;

use actix_web::test::TestRequest;
use chrono::Days;
use serde_json::json;
use starlight::web::api::{ROUTES, SCREEN_ROUTES};

use crate::school::{Actor, Answer, House, People, School, Stage, today};

/// Columns of the table.
const ROLES: [&str; 11] = [
    "anonymous",
    "office",
    "homeroom",
    "subject",
    "elsewhere",
    "student",
    "classmate",
    "family",
    "screen",
    "foreign",
    "disabled",
];

/// Targets: `own`, `other` class, other `school`, `none`; `-` where an address has no target. Steps of rounds meet a
/// round in the wrong state, so that whoever may take them gets 409 and nothing changes.
const TABLE: &str = "
                                                          anon offi home subj else stud clas fami scre fore disa
get /api/v1/openapi.json                           -      200  200  200  200  200  200  200  200  200  200  200
get /api/v1/sessions                               -      401  200  200  200  200  403  403  403  403  200  401
delete /api/v1/sessions/others                     -      401  204  204  204  204  403  403  403  403  204  401
get /api/v1/audit                                  -      401  200  403  403  403  403  403  404  404  200  401
get /api/v1/rounds                                 -      401  200  200  200  200  200  200  200  404  200  401
post /api/v1/rounds                                -      401  201  403  403  403  403  403  404  404  201  401
post /api/v1/rounds/{id}/open                      own    401  409  403  403  403  403  403  404  404  404  401
post /api/v1/rounds/{id}/open                      school 401  404  403  403  403  403  403  404  404  409  401
post /api/v1/rounds/{id}/open                      none   401  404  403  403  403  403  403  404  404  404  401
post /api/v1/rounds/{id}/close                     own    401  409  403  403  403  403  403  404  404  404  401
post /api/v1/rounds/{id}/close                     school 401  404  403  403  403  403  403  404  404  409  401
post /api/v1/rounds/{id}/close                     none   401  404  403  403  403  403  403  404  404  404  401
post /api/v1/rounds/{id}/publish                   own    401  409  403  403  403  403  403  404  404  404  401
post /api/v1/rounds/{id}/publish                   school 401  404  403  403  403  403  403  404  404  409  401
post /api/v1/rounds/{id}/publish                   none   401  404  403  403  403  403  403  404  404  404  401
get /api/v1/rounds/{id}/tasks                      own    401  403  200  200  200  200  200  200  404  404  401
get /api/v1/rounds/{id}/tasks                      other  401  403  200  200  200  404  404  404  404  404  401
get /api/v1/rounds/{id}/tasks                      school 401  404  404  404  404  404  404  404  404  403  401
get /api/v1/rounds/{id}/tasks                      none   401  404  404  404  404  404  404  404  404  404  401
get /api/v1/rounds/{id}/participation              own    401  200  200  200  200  403  403  404  404  404  401
get /api/v1/rounds/{id}/participation              other  401  200  404  404  200  404  404  404  404  404  401
get /api/v1/rounds/{id}/participation              school 401  404  404  404  404  404  404  404  404  200  401
get /api/v1/rounds/{id}/participation              none   401  404  404  404  404  404  404  404  404  404  401
get /api/v1/rounds/{id}/rankings/classes           own    401  200  200  200  200  200  200  404  200  404  401
get /api/v1/rounds/{id}/rankings/classes           other  401  200  200  200  200  200  200  404  200  404  401
get /api/v1/rounds/{id}/rankings/classes           school 401  404  404  404  404  404  404  404  404  200  401
get /api/v1/rounds/{id}/rankings/classes           none   401  404  404  404  404  404  404  404  404  404  401
get /api/v1/rounds/{id}/scores                     own    401  200  200  403  404  403  403  404  404  404  401
get /api/v1/rounds/{id}/scores                     other  401  200  404  404  200  404  404  404  404  404  401
get /api/v1/rounds/{id}/scores                     school 401  404  404  404  404  404  404  404  404  200  401
get /api/v1/rounds/{id}/scores                     none   401  404  404  404  404  404  404  404  404  404  401
get /api/v1/students/{id}/explanation              own    401  200  200  403  404  200  403  200  404  404  401
get /api/v1/students/{id}/explanation              other  401  200  404  404  200  404  404  404  404  404  401
get /api/v1/students/{id}/explanation              school 401  404  404  404  404  404  404  404  404  200  401
get /api/v1/students/{id}/explanation              none   401  404  404  404  404  404  404  404  404  404  401
put /api/v1/rounds/{id}/sheets/{source}/{ratee}    own    401  403  403  403  404  201  403  403  404  404  401
put /api/v1/rounds/{id}/sheets/{source}/{ratee}    other  401  403  404  404  403  404  404  404  404  404  401
put /api/v1/rounds/{id}/sheets/{source}/{ratee}    school 401  404  404  404  404  404  404  404  404  403  401
put /api/v1/rounds/{id}/sheets/{source}/{ratee}    none   401  404  404  404  404  404  404  404  404  404  401
get /api/v1/screens/current/frame                  -      401  401  401  401  401  401  401  401  200  401  401
get /api/v1/screens/current/boards/{board}         -      401  401  401  401  401  401  401  401  404  401  401
post /api/v1/sessions                              -      401  401  401  401  401  401  401  401  401  401  401
delete /api/v1/sessions/current                    -      401  204  204  204  204  204  204  204  204  204  401
";

const NOWHERE: &str = "0198c0de-0000-7000-8000-000000000000";

async fn school() -> House {
    School::new()
        .with_class("101", 8)
        .with_class("301", 8)
        .with_round("draft", Stage::Draft)
        .with_round("open", Stage::Open)
        .with_round("over", Stage::Published)
        .with_round_of("open there", Stage::Open, &["301"])
        .with_round_of("over there", Stage::Published, &["301"])
        .with_neighbour()
        .open()
        .await
}

fn actor<'h>(house: &'h House, role: &str) -> Actor<'h> {
    match role {
        "anonymous" => house.anonymous(),
        "office" => house.office(),
        "homeroom" => house.staff("h101"),
        "subject" => house.staff("s101"),
        "elsewhere" => house.staff("h301"),
        "student" => house.student("10101"),
        "classmate" => house.student("10102"),
        "family" => house.family("10101"),
        "screen" => house.screen("101"),
        "foreign" => house.neighbours_office(),
        _ => house.staff("gone"),
    }
}

/// A row: method, template, target, and a status for each role.
struct Row {
    method: &'static str,
    template: &'static str,
    target: &'static str,
    expected: Vec<u16>,
}

fn rows() -> Vec<Row> {
    let lines = TABLE.lines().filter(|line| line.contains("/api/"));
    lines
        .map(|line| {
            let mut words = line.split_whitespace();
            let mut word = || words.next().unwrap();
            Row {
                method: word(),
                template: word(),
                target: word(),
                expected: words.map(|status| status.parse().unwrap()).collect(),
            }
        })
        .collect()
}

/// The address of a row: the target decides the school, the class and whether the ids exist.
fn address(house: &House, row: &Row) -> String {
    let people: &People = match row.target {
        "school" => house.neighbour(),
        _ => house.own(),
    };
    let other = row.target == "other";
    let (class, student) = if other {
        ("301", "30101")
    } else {
        ("101", "10101")
    };
    let round = match (row.template, other) {
        ("/api/v1/rounds/{id}/open", _) => "open",
        ("/api/v1/rounds/{id}/close", _) => "draft",
        ("/api/v1/rounds/{id}/publish", _) => "open",
        (template, _) if template.ends_with("/tasks") || template.contains("/sheets/") => "open",
        (template, true)
            if template.contains("/rankings/") || template.ends_with("/participation") =>
        {
            "over there"
        }
        _ => "over",
    };
    let (mut round, mut class, mut student) = (
        people.rounds[round].as_str(),
        people.classes[class].as_str(),
        people.students[student].as_str(),
    );
    if row.template.ends_with("/tasks") && other {
        round = people.rounds["open there"].as_str();
    }
    if row.target == "none" {
        (round, class, student) = (NOWHERE, NOWHERE, NOWHERE);
    }
    let path = match row.template.contains("/students/") {
        true => row.template.replace("{id}", student),
        false => row.template.replace("{id}", round),
    };
    let path = path.replace("{source}", "self").replace("{ratee}", student);
    match row.template {
        t if t.ends_with("/scores") => format!("{path}?class={class}"),
        t if t.ends_with("/explanation") => format!("{path}?round={round}"),
        _ => path,
    }
}

async fn ask(house: &House, row: &Row, role: &str) -> Answer {
    let request = match (row.method, row.template) {
        ("get", _) => TestRequest::get(),
        ("delete", _) => TestRequest::delete(),
        ("put", _) => TestRequest::put().set_json(json!({ "scores": {} })),
        (_, "/api/v1/rounds") => TestRequest::post().set_json(json!({
            "name": format!("by {role}"), "starts_on": today(), "ends_on": today() + Days::new(2)
        })),
        (_, "/api/v1/sessions") => TestRequest::post()
            .set_json(json!({ "login": format!("nobody {role}"), "password": "x" })),
        _ => TestRequest::post(),
    };
    actor(house, role).send(&address(house, row), request).await
}

#[actix_web::test]
async fn everybody_gets_what_the_table_says() {
    let house = school().await;
    let mut wrong = Vec::new();
    for row in rows() {
        assert_eq!(
            row.expected.len(),
            ROLES.len(),
            "{} {}",
            row.method,
            row.template
        );
        for (role, expected) in ROLES.iter().zip(&row.expected) {
            let answer = ask(&house, &row, role).await;
            if answer.status != *expected {
                let (method, template, target) = (row.method, row.template, row.target);
                let got = answer.status;
                wrong.push(format!(
                    "{method} {template} {target} as {role}: {got}, not {expected}"
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[actix_web::test]
async fn out_of_scope_looks_like_nowhere() {
    let house = school().await;
    let rows = rows();
    let mut compared = 0;
    for nowhere in rows.iter().filter(|row| row.target == "none") {
        let same = |row: &&Row| {
            row.method == nowhere.method && row.template == nowhere.template && row.target != "none"
        };
        for row in rows.iter().filter(same) {
            for (role, expected) in ROLES.iter().zip(&row.expected) {
                if *expected != 404 {
                    continue;
                }
                let there = ask(&house, row, role).await;
                let gone = ask(&house, nowhere, role).await;
                let place = format!("{} {} {} as {role}", row.method, row.template, row.target);
                assert_eq!(there.bare(), gone.bare(), "{place}");
                compared += 1;
            }
        }
    }
    assert!(compared > 80, "only {compared} pairs");
}

#[test]
fn the_table_names_every_route() {
    let rows = rows();
    let named: BTreeSet<(&str, &str)> = rows.iter().map(|r| (r.method, r.template)).collect();
    // The events never end; they stand behind the same door as the frame.
    let asked = ROUTES.iter().chain(SCREEN_ROUTES);
    let routes: BTreeSet<(&str, &str)> = asked
        .copied()
        .filter(|(_, path)| !path.ends_with("/events"))
        .collect();
    assert_eq!(named, routes);
}

#[actix_web::test]
async fn other_methods_and_tricks_give_no_more() {
    let house = school().await;
    let child = house.student("10101");
    let round = house.own().rounds["draft"].clone();
    let open = format!("/api/v1/rounds/{round}/open");
    for method in ["HEAD", "OPTIONS", "PATCH", "GET"] {
        let method = actix_web::http::Method::from_bytes(method.as_bytes()).unwrap();
        let request = TestRequest::default().method(method);
        let status = house.office().send(&open, request).await.status;
        assert!(status == 404 || status == 405, "{status}");
    }
    let hidden = TestRequest::get().insert_header(("X-HTTP-Method-Override", "POST"));
    house.office().send(&open, hidden).await.is(404);
    for path in [
        "/api/v1/audit/",
        "/api//v1/audit",
        "/api/v1/./audit",
        "/api/v1/audit.json",
        "/API/v1/audit",
    ] {
        child.get(path).await.is(404);
    }
    child.get("/api/v1/rounds?limit=1&limit=2").await.is(400);
    let list = house
        .office()
        .get("/api/v1/rounds?state=draft")
        .await
        .is(200)
        .json();
    assert_eq!(list["items"][0]["id"], round.as_str());
}
