//! What displays show and when: programmes, boards that are turned off, lessons, the teacher's button, pairing by a
//! class's teacher.

use futures_util::future::join;
use serde_json::Value;

use crate::school::{Actor, Answer, House, School, Stage};

const API: &str = "/api/v1/screens/current";

async fn school() -> House {
    School::new()
        .with_class("101", 12)
        .with_class("102", 12)
        .with_round("r1", Stage::Published)
        .open()
        .await
}

/// The office's form for a programme: boards in this order, those with a minus off.
async fn programme(house: &House, target: &str, boards: &str, more: &[(&str, &str)]) -> Answer {
    let mut form: Vec<(String, String)> = Vec::new();
    for (place, word) in boards.split_whitespace().enumerate() {
        let board = word.trim_start_matches('-');
        form.push((format!("place.{board}"), (place + 1).to_string()));
        if !word.starts_with('-') {
            form.push((format!("on.{board}"), "1".to_owned()));
        }
    }
    let usual = [
        ("seconds", "14"),
        ("view", "all"),
        ("light", "night"),
        ("lessons", "show"),
        ("on", "1"),
    ];
    let chosen = |name: &str| {
        more.iter()
            .find(|(known, _)| *known == name)
            .map(|(_, v)| *v)
    };
    for (name, value) in usual {
        let value = chosen(name).unwrap_or(value);
        if !(value.is_empty() || name == "view" && target == "classroom") {
            form.push((name.to_owned(), value.to_owned()));
        }
    }
    form.push(("action".to_owned(), "save".to_owned()));
    let fields: Vec<(&str, &str)> = form.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    house
        .office()
        .posts(&format!("/a/screens/{target}"), &fields)
        .await
}

const HALL: &str = "flag ranking constellation moments badges participation";

async fn frame(screen: &Actor<'_>) -> Value {
    screen.get(&format!("{API}/frame")).await.is(200).json()
}

fn boards(frame: &Value) -> Vec<&str> {
    let slides = frame["slides"].as_array().unwrap();
    slides
        .iter()
        .map(|slide| slide["board"].as_str().unwrap())
        .collect()
}

#[actix_web::test]
async fn the_office_orders_the_boards_of_halls() {
    let house = school().await;
    let hall = house.screen("hall");
    assert_eq!(
        boards(&frame(&hall).await),
        [
            "ceremony",
            "ranking",
            "constellation",
            "badges",
            "participation"
        ]
    );
    let order = "participation constellation -ranking flag moments badges";
    programme(&house, "hall", order, &[("seconds", "20")])
        .await
        .is(303);
    let changed = frame(&hall).await;
    assert_eq!(
        boards(&changed),
        ["participation", "constellation", "badges"]
    );
    assert_eq!(changed["seconds"], 20);
    assert_eq!(house.audited("screen.programme").await.len(), 1);
    // Too short to be read: nothing changes, and what was typed comes back.
    let again = programme(&house, "hall", HALL, &[("seconds", "5")])
        .await
        .is(200);
    assert!(again.body.contains("value=\"5\"") && again.body.contains("role=\"alert\""));
    assert_eq!(frame(&hall).await["seconds"], 20);
}

#[actix_web::test]
async fn a_board_that_is_turned_off_is_not_found() {
    let house = school().await;
    let hall = house.screen("hall");
    let ranking = format!("{API}/boards/ranking");
    let one = hall.get(&ranking).await.is(200).json();
    assert_eq!(boards(&one), ["ranking"]);
    programme(
        &house,
        "hall",
        "flag -ranking constellation moments badges participation",
        &[],
    )
    .await
    .is(303);
    hall.get(&ranking).await.is(404);
    for unknown in ["sky", "scores", "place"] {
        hall.get(&format!("{API}/boards/{unknown}")).await.is(404);
    }
    // A board that is on and has nothing to show is there.
    hall.get(&format!("{API}/boards/moments")).await.is(200);
}

#[actix_web::test]
async fn a_display_that_is_turned_off_is_not_found_until_it_is_on_again() {
    let house = school().await;
    let hall = house.screen("hall");
    // The stream ends by itself: otherwise this waits for ever.
    let (heard, off) = join(
        hall.get(&format!("{API}/events")),
        programme(&house, "hall", HALL, &[("on", "")]),
    )
    .await;
    assert!([200, 404].contains(&heard.status));
    off.is(303);
    for path in ["frame", "events", "boards/ranking"] {
        hall.get(&format!("{API}/{path}")).await.is(404);
    }
    let dark = hall.get("/screen/show").await.is(404);
    assert!(dark.body.contains("data-mode=\"off\"") && !dark.body.contains("<div class=\"slot\""));
    house
        .screen("101")
        .get(&format!("{API}/frame"))
        .await
        .is(200);
    programme(&house, "hall", HALL, &[]).await.is(303);
    hall.get(&format!("{API}/frame")).await.is(200);
    let none = HALL
        .split(' ')
        .map(|b| format!("-{b} "))
        .collect::<String>();
    programme(&house, "hall", &none, &[]).await.is(303);
    hall.get(&format!("{API}/frame")).await.is(404);
}

#[actix_web::test]
async fn one_display_may_have_a_programme_of_its_own() {
    let house = school().await;
    let list = house.office().get("/a/screens").await.is(200).body;
    let (hall, _) = list
        .split("href=\"/a/screens/")
        .skip(1)
        .find_map(|rest| {
            let id = rest.split('"').next()?;
            (id.len() > 20).then_some((id.to_owned(), ()))
        })
        .unwrap();
    house
        .office()
        .get(&format!("/a/screens/{hall}"))
        .await
        .is(200);
    programme(&house, &hall, HALL, &[("light", "day")])
        .await
        .is(303);
    assert_eq!(frame(&house.screen("hall")).await["light"], "day");
    assert_eq!(frame(&house.screen("101")).await["light"], "night");
    let reset = [("action", "reset")];
    house
        .office()
        .posts(&format!("/a/screens/{hall}"), &reset)
        .await
        .is(303);
    assert_eq!(frame(&house.screen("hall")).await["light"], "night");
    for stranger in [house.staff("h101"), house.staff("s101")] {
        stranger.get("/a/screens/hall").await.is(403);
        stranger.posts("/a/screens/hall", &reset).await.is(403);
    }
    house
        .office()
        .get("/a/screens/0198c0de-0000-7000-8000-000000000000")
        .await
        .is(404);
}

#[actix_web::test]
async fn classrooms_are_calm_in_lessons() {
    let house = school().await;
    let (room, hall) = (house.screen("101"), house.screen("hall"));
    assert_eq!(frame(&room).await["mode"], "show");
    let mut form = vec![("action", "lessons")];
    let days = ["day0", "day1", "day2", "day3", "day4", "day5"];
    form.extend(days.map(|day| (day, "00:00-12:00 12:00-23:59")));
    house.office().posts("/a/screens", &form).await.is(303);
    assert_eq!(house.audited("screen.lessons").await.len(), 1);
    // Sundays have none.
    house.sql("INSERT INTO lesson_times SELECT school_id, 6, starts_minute, ends_minute FROM lesson_times WHERE weekday = 0");
    house
        .change(|tx, call| Ok(starlight::storage::schools::touch_board(tx, &call.school)?))
        .await;
    let calm = frame(&room).await;
    assert_eq!(
        (
            calm["mode"].as_str(),
            calm["slides"].as_array().unwrap().len()
        ),
        (Some("calm"), 0)
    );
    assert_eq!(frame(&hall).await["mode"], "show");
    let rooms = "sky strengths moments badges place";
    programme(&house, "classroom", rooms, &[("lessons", "dark")])
        .await
        .is(303);
    assert_eq!(frame(&room).await["mode"], "dark");
    form[1].1 = "8-9";
    let wrong = house.office().posts("/a/screens", &form).await.is(200);
    assert!(wrong.body.contains("value=\"8-9\"") && wrong.body.contains("aria-invalid"));
}

#[actix_web::test]
async fn a_teacher_hides_the_own_classroom() {
    let house = school().await;
    let (own, other) = (house.screen("101"), house.screen("102"));
    let page = format!("/t/classes/{}/screen", house.class("101"));
    for teacher in [house.staff("h101"), house.staff("s101")] {
        teacher.get(&page).await.is(200);
        teacher
            .posts(&page, &[("action", "hide"), ("span", "lesson")])
            .await
            .is(303);
        assert_eq!(frame(&own).await["mode"], "calm");
        assert_eq!(frame(&other).await["mode"], "show");
        teacher.posts(&page, &[("action", "show")]).await.is(303);
        assert_eq!(frame(&own).await["mode"], "show");
    }
    assert_eq!(
        house.audited("screen.hide").await,
        [
            ("screen.hide".to_owned(), "45 min".to_owned()),
            ("screen.hide".to_owned(), "45 min".to_owned()),
        ]
    );
    assert_eq!(house.audited("screen.unhide").await.len(), 2);
    house
        .staff("h101")
        .posts(&page, &[("action", "hide"), ("span", "day")])
        .await
        .is(303);
    assert_eq!(frame(&own).await["mode"], "calm");
    for stranger in [house.staff("h102"), house.staff("s102")] {
        stranger.get(&page).await.is(404);
        stranger.posts(&page, &[("action", "show")]).await.is(404);
    }
    house
        .staff("h101")
        .posts(&page, &[("action", "hide"), ("span", "ever")])
        .await
        .is(422);
}

#[actix_web::test]
async fn a_homeroom_teacher_pairs_and_takes_away_the_own_displays_alone() {
    let house = school().await;
    let page = |code: &str| format!("/t/classes/{}/screen", house.class(code));
    let asked = house.anonymous().get("/screen").await.is(200).body;
    let code: String = asked
        .split("data-code=\"")
        .nth(1)
        .unwrap()
        .chars()
        .take(6)
        .collect();
    let form = [
        ("action", "pair"),
        ("code", code.as_str()),
        ("place", "by the door"),
    ];
    house.staff("s101").posts(&page("101"), &form).await.is(403);
    house.staff("h102").posts(&page("101"), &form).await.is(404);
    let wrong = [("action", "pair"), ("code", "x"), ("place", "p")];
    let refused = house
        .staff("h101")
        .posts(&page("101"), &wrong)
        .await
        .is(200);
    assert!(refused.body.contains("role=\"alert\""));
    house.staff("h101").posts(&page("101"), &form).await.is(303);
    let again = house.staff("h101").posts(&page("101"), &form).await.is(200);
    assert!(again.body.contains("role=\"alert\""), "a code is used once");
    let list = house.staff("h101").get(&page("101")).await.is(200).body;
    assert!(list.contains("by the door"));
    assert!(
        !house
            .staff("h102")
            .get(&page("102"))
            .await
            .is(200)
            .body
            .contains("by the door")
    );
    let id = list
        .split("name=\"screen\" value=\"")
        .last()
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let revoke = [("action", "revoke"), ("screen", id)];
    house
        .staff("h102")
        .posts(&page("102"), &revoke)
        .await
        .is(404);
    house
        .staff("h101")
        .posts(&page("101"), &revoke)
        .await
        .is(303);
    assert!(
        !house
            .staff("h101")
            .get(&page("101"))
            .await
            .is(200)
            .body
            .contains("by the door")
    );
}

#[actix_web::test]
async fn codes_are_not_to_be_used_up() {
    let house = school().await;
    let mut told = Vec::new();
    for _ in 0..31 {
        told.push(house.anonymous().get("/screen").await.status);
    }
    assert!(told[..30].iter().all(|status| *status == 200));
    assert_eq!(told[30], 429);
}
