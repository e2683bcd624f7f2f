//! Badges of a class: released one by one or a whole group at a time, and taken off the screens again.

use starlight::{
    domain::actor::Call,
    storage::{Tx, results, results::AwardRow, schools},
};

use crate::school::{Answer, House, School, Stage, after, today};

/// A class of which all have one badge and some another, and one award that its child must not see yet.
async fn house() -> House {
    let house = School::new()
        .with_class("401", 8)
        .with_class("402", 3)
        .with_round("r 1", Stage::Open)
        .open()
        .await;
    for n in 1..=8 {
        award(&house, n, "starlight_student.virtue", true).await;
    }
    for n in 1..=3 {
        award(&house, n, "starlight_student", n != 3).await;
    }
    house
}

async fn award(house: &House, n: usize, badge: &'static str, visible: bool) {
    let child = house.student_id(&format!("4010{n}")).to_owned();
    let give = move |tx: &mut Tx<'_>, call: &Call| {
        let row = AwardRow {
            school_id: call.school.to_string(),
            id: format!("award-{badge}-{n}"),
            recipient_kind: "student".to_owned(),
            recipient_id: child,
            badge: badge.to_owned(),
            tier: "star".to_owned(),
            term_id: schools::terms(tx, &call.school)?.remove(0).id,
            period: "r 1".to_owned(),
            evidence: "score=4.20;voices=4".to_owned(),
            rule_version: "1".to_owned(),
            rests_on_peer: !visible,
            awarded_at: call.now,
            visible_at: visible.then_some(call.now),
            ..AwardRow::default()
        };
        Ok(results::add_award(tx, &call.actor.run_school()?, &row)?)
    };
    house.change(give).await;
}

fn page(house: &House) -> String {
    format!("/t/classes/{}/badges", house.class("401"))
}

async fn shown(house: &House) -> String {
    house.staff("h401").get(&page(house)).await.is(200).body
}

/// The groups of the page: badge, how many wait, how many are released.
fn groups(body: &str) -> Vec<(String, usize, usize)> {
    let one = |group: &str| {
        let group = group.split("</article>").next().unwrap();
        let badge = group.split('"').next().unwrap().to_owned();
        let each = |test: &str| group.matches(&format!("data-test=\"{test}\"")).count();
        (badge, each("badge-release"), each("badge-hold"))
    };
    body.split("data-test=\"badge-group\" data-badge=\"")
        .skip(1)
        .map(one)
        .collect()
}

async fn acts(house: &House, login: &str, act: &str, what: &str) -> Answer {
    let fields = [("period", "r 1"), (act, what)];
    house.staff(login).posts(&page(house), &fields).await
}

#[actix_web::test]
async fn a_group_is_released_in_one_tap_and_taken_back_in_another() {
    let house = house().await;
    let before = groups(&shown(&house).await);
    let (badge, waiting) = ("starlight_student.virtue".to_owned(), 8);
    let both = [
        (badge.clone(), 8, 0),
        ("starlight_student".to_owned(), 2, 0),
    ];
    assert!(
        both.iter().all(|group| before.contains(group)),
        "{before:?}"
    );
    let done = acts(&house, "h401", "release_all", &badge).await.is(303);
    assert_eq!(
        done.header("location"),
        format!("{}?period=r%201", page(&house))
    );
    let mut now = groups(&shown(&house).await);
    assert!(now.contains(&(badge.clone(), 0, waiting)));
    now.retain(|group| group.0 != badge);
    assert!(
        now.iter().all(|group| before.contains(group)),
        "no other badge"
    );
    assert_eq!(
        house.audited("badge.release").await.len(),
        waiting,
        "each has its line"
    );
    // Once more changes nothing.
    acts(&house, "h401", "release_all", &badge).await.is(303);
    assert!(groups(&shown(&house).await).contains(&(badge.clone(), 0, waiting)));
    acts(&house, "h401", "hold_all", &badge).await.is(303);
    let mut after = groups(&shown(&house).await);
    after.sort();
    let mut before = before;
    before.sort();
    assert_eq!(after, before);
}

#[actix_web::test]
async fn one_is_released_alone_and_refused_screens_stay_refused() {
    let house = house().await;
    let body = shown(&house).await;
    let award = after(
        &body,
        "data-test=\"badge-award\"",
        "name=\"release\" value=\"",
        "\"",
    );
    acts(&house, "h401", "release", award).await.is(303);
    let body = shown(&house).await;
    assert_eq!(groups(&body).iter().map(|group| group.2).sum::<usize>(), 1);
    acts(&house, "h401", "hold", award).await.is(303);
    assert_eq!(
        groups(&shown(&house).await)
            .iter()
            .map(|group| group.2)
            .sum::<usize>(),
        0
    );

    // A family that refuses screens: its child is left out of the group, and alone it is refused.
    let (child, day) = (house.student_id("40101").to_owned(), today().to_string());
    let consent = [
        ("action", "refused"),
        ("class", house.class("401")),
        ("student", child.as_str()),
        ("date", day.as_str()),
    ];
    house.office().posts("/a/consent", &consent).await.is(303);
    let badge = "starlight_student.virtue";
    acts(&house, "h401", "release_all", badge).await.is(303);
    let released = groups(&shown(&house).await);
    assert!(released.contains(&(badge.to_owned(), 0, 7)), "{released:?}");
    acts(
        &house,
        "h401",
        "release",
        "award-starlight_student.virtue-1",
    )
    .await
    .is(403);
    // What its child must not see yet is no screen's either.
    acts(&house, "h401", "release", "award-starlight_student-3")
        .await
        .is(403);
}

#[actix_web::test]
async fn only_whoever_leads_the_class_and_only_its_own() {
    let house = house().await;
    let (badge, ..) = groups(&shown(&house).await).remove(0);
    acts(&house, "s401", "release_all", &badge).await.is(403);
    acts(&house, "h402", "release_all", &badge).await.is(404);
    for (act, what) in [("release_all", "no_such_badge"), ("release", "nothing")] {
        acts(&house, "h401", act, what).await.is(404);
    }
    acts(&house, "h401", "burn", &badge).await.is(400);
    assert!(house.audited("badge.release").await.is_empty());
}

#[actix_web::test]
async fn the_list_to_hand_over_names_whom_the_teacher_said_yes_to() {
    let house = house().await;
    for n in [1, 2, 4] {
        award(&house, n, "red_scarf", n == 1).await;
    }
    house.sql("UPDATE awards SET needs_yes = 1 WHERE id = 'award-red_scarf-2'");
    let list = format!("/t/classes/{}/nominations", house.class("401"));
    let body = house.staff("h401").get(&list).await.is(200).body;
    let named: Vec<&str> = body.split("data-test=\"nominated\"").skip(1).collect();
    assert_eq!(named.len(), 1, "{body}");
    assert!(
        named[0].contains("Child 40101") && named[0].contains("星光学生·向善"),
        "{body}"
    );
    assert!(body.contains("全班 8 人，名额 8 人，推荐 1 人"), "{body}");
    assert!(body.contains("还有 1 人等老师点头"));
    house.staff("s401").get(&list).await.is(403);
    house.staff("h402").get(&list).await.is(404);
    let all = house
        .office()
        .get("/a/badges/nominations")
        .await
        .is(200)
        .body;
    assert_eq!(all.matches("data-test=\"nomination-list\"").count(), 2);
    assert!(all.contains("Child 40101"));
    house
        .staff("h401")
        .get("/a/badges/nominations")
        .await
        .is(403);
    assert_eq!(house.audited("nomination.print").await.len(), 2);
}
