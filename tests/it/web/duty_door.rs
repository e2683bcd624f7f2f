//! A monitor comes through the class's door, whether its window is open or not; and posts check on every school day,
//! also where no round is open.

use starlight::{
    domain::{actor::Actor as Who, calendar::monday},
    storage::{duty, duty::PostRow, duty::RosterRow},
};

use crate::school::{House, School, Stage};

/// A post of the whole day, with a child on it this week.
async fn post(house: &House, no: &str, ends_minute: i32) {
    let child = house.student_id(no).to_owned();
    house
        .change(move |tx, call| {
            let permit = Who::System.run_school()?;
            let post = PostRow {
                school_id: call.school.to_string(),
                id: "p".to_owned(),
                name: "卫生岗".to_owned(),
                items: "hygiene".to_owned(),
                starts_minute: 0,
                ends_minute,
                ..PostRow::default()
            };
            duty::add_post(tx, &permit, &post)?;
            let row = RosterRow {
                school_id: call.school.to_string(),
                post_id: "p".to_owned(),
                monday: monday(call.today),
                student_id: child.clone(),
                second: false,
            };
            Ok(duty::add_to_roster(tx, &permit, &row)?)
        })
        .await;
}

async fn school(ends_minute: i32) -> (House, String) {
    let school = School::new().with_class("601", 2).with_class("602", 2);
    let house = school.with_round("r", Stage::Open).open().await;
    post(&house, "60101", ends_minute).await;
    house.new_pin("60101").await;
    house.new_pin("60102").await;
    let door = house.door("601").await;
    (house, door)
}

#[actix_web::test]
async fn an_open_window_keeps_no_monitor_from_the_post() {
    let (house, door) = school(1440).await;
    house.window("601", "1").await;
    let asked = format!("/c/{door}/duty?no=60101");
    let pad = house.anonymous().get(&asked).await.is(303);
    let pad = pad.header("location").to_owned();
    assert_eq!(pad, format!("/c/{door}/{}/duty", house.student_id("60101")));
    house.anonymous().get(&pad).await.is(200);
    let inside = house.taps_pin(&pad, "60101").await.is(303);
    assert_eq!(inside.header("location"), "/m");
    // The own tile still leads to the sheets.
    let tile = pad.trim_end_matches("/duty");
    let inside = house.taps_pin(tile, "60101").await.is(303);
    assert_eq!(inside.header("location"), "/s");
}

#[actix_web::test]
async fn whoever_is_on_no_duty_gets_no_further_by_that_way() {
    let (house, door) = school(1440).await;
    house.window("601", "1").await;
    let asked = format!("/c/{door}/duty?no=60102");
    let page = house.anonymous().get(&asked).await.is(200).body;
    assert!(page.contains("现在没有这个学号的岗"), "{page}");
    let pad = format!("/c/{door}/{}/duty", house.student_id("60102"));
    house.taps_pin(&pad, "60102").await.is(403);
    // Outside the post's time its own monitor neither.
    let (house, door) = school(0).await;
    house.window("601", "1").await;
    let pad = format!("/c/{door}/{}/duty", house.student_id("60101"));
    house.taps_pin(&pad, "60101").await.is(403);
}

#[actix_web::test]
async fn without_a_round_a_check_counts_in_its_week_alone() {
    let school = School::new().with_class("601", 2).with_class("602", 2);
    let house = school.open().await;
    post(&house, "60101", 1440).await;
    let (office, other) = (house.office(), house.class("602"));
    let points = format!("p.{other}.hygiene");
    let reason = format!("r.{other}.hygiene");
    let page = office.get("/m?post=p").await.is(200).body;
    assert!(page.contains(&points), "{page}");
    let fields = [
        ("post", "p"),
        ("slot", "0"),
        ("action", "send"),
        (points.as_str(), "8"),
        (reason.as_str(), "hygiene-1"),
    ];
    office.posts("/m", &fields).await.is(303);
    let week = office.get("/a/week").await.is(200).body;
    assert!(week.contains("80"), "8 of 10 is all that counts: {week}");
    let export = office.get("/a/export/inspections.csv").await.is(200);
    assert!(
        export.body.contains(",,卫生岗,602,hygiene,10,8"),
        "{}",
        export.body
    );
}
