//! Who may enter the office: nobody but the office, on every page and for every act.

use crate::school::{School, Stage};

const PAGES: [&str; 14] = [
    "/a",
    "/a/rounds",
    "/a/weights",
    "/a/consent",
    "/a/screens",
    "/a/inspections",
    "/a/audit",
    "/a/rubric",
    "/a/calendar",
    "/a/staff",
    "/a/import/roster",
    "/a/export",
    "/a/export/roster.csv",
    "/m",
];

#[actix_web::test]
async fn the_office_opens_every_page() {
    let school = School::new()
        .with_class("101", 3)
        .with_round("r1", Stage::Open)
        .open()
        .await;
    for page in PAGES {
        let answer = school.office().get(page).await;
        assert_eq!(answer.status, 200, "{page}: {}", answer.body);
    }
}

#[actix_web::test]
async fn teachers_are_told_no_and_others_are_sent_away() {
    let school = School::new()
        .with_class("101", 3)
        .with_round("r1", Stage::Draft)
        .open()
        .await;
    let open = format!("/a/rounds/{}/open", school.round("r1"));
    for page in PAGES {
        let answer = school.staff("h101").get(page).await;
        assert_eq!(answer.status, 403, "{page}: {}", answer.body);
        for other in [school.student("10101"), school.family("10101")] {
            let answer = other.get(page).await;
            assert!(
                [303, 403].contains(&answer.status),
                "{page} {}",
                answer.status
            );
        }
    }
    school.staff("h101").posts(&open, &[]).await.is(403);
    let form = [("action", "lessons"), ("day0", "")];
    school
        .staff("h101")
        .posts("/a/screens", &form)
        .await
        .is(403);
    let form = [("action", "reset"), ("staff", "x")];
    school.staff("h101").posts("/a/staff", &form).await.is(403);
    school.office().posts(&open, &[]).await.is(303);
}

#[actix_web::test]
async fn rankings_are_for_staff_and_pupils() {
    let school = School::new().with_class("101", 3).open().await;
    for who in [
        school.office(),
        school.staff("s101"),
        school.student("10101"),
    ] {
        who.get("/rankings").await.is(200);
    }
    for who in [school.anonymous(), school.family("10101")] {
        who.get("/rankings").await.is(303);
    }
}
