//! A round moves on by the office's buttons, and everybody may read the ranking that comes of it.

use crate::school::{School, Stage, today};

#[actix_web::test]
async fn a_round_is_made_opened_closed_and_published() {
    let school = School::new()
        .with_class("101", 12)
        .with_class("102", 12)
        .open()
        .await;
    let office = school.office();
    let day = today().to_string();
    let form = [
        ("name", "r1"),
        ("opens_on", day.as_str()),
        ("closes_on", day.as_str()),
        ("closes_at", "16:00"),
        ("class", school.class("101")),
        ("class", school.class("102")),
    ];
    office.posts("/a/rounds", &form).await.is(303);
    let again = office.posts("/a/rounds", &form).await.is(200);
    assert!(again.body.contains("role=\"alert\""), "the name is taken");
    let page = office.get("/a/rounds").await.is(200).body;
    let id = page.split("data-round=\"").nth(1).unwrap();
    let id = id.split('"').next().unwrap().to_owned();
    for step in ["open", "close", "publish"] {
        let path = format!("/a/rounds/{id}/{step}");
        assert!(
            office.get("/a/rounds").await.body.contains(&path),
            "{step} is offered"
        );
        // What it means is said first, and looking does nothing.
        let asked = office.get(&path).await.is(200).body;
        assert!(asked.contains(&format!("data-test=\"round-{step}\"")));
        school.staff("h101").get(&path).await.is(403);
        let silent = asked.contains("还有 24 个孩子没亮星");
        assert_eq!(silent, step == "close", "{step}: nobody has answered");
        office.posts(&path, &[]).await.is(303);
        office.get(&path).await.is(303);
    }
    office.get(&format!("/a/rounds/{id}/undo")).await.is(404);
    office.get("/a/rounds/none/open").await.is(404);
    // Pressed twice: told on the list, nothing happens.
    office
        .posts(&format!("/a/rounds/{id}/publish"), &[])
        .await
        .is(303);
    let page = office.get("/rankings").await.is(200).body;
    assert!(page.contains("data-class=\"101\"") && page.contains("data-class=\"102\""));
    assert!(!page.contains("data-test=\"place\""), "nobody rated");
}

#[actix_web::test]
async fn few_contributors_are_figures_for_the_class_itself() {
    let school = School::new()
        .with_class("101", 12)
        .with_class("102", 6)
        .with_round("r1", Stage::Published)
        .open()
        .await;
    let figures = |page: &str| {
        let row = page.split("data-class=\"102\"").nth(1).unwrap();
        let cell = row.split("data-test=\"points\">").nth(1).unwrap();
        cell.split('<').next().unwrap().to_owned()
    };
    let own = figures(&school.staff("h102").get("/rankings").await.is(200).body);
    assert_ne!(own, "—");
    assert_eq!(own, figures(&school.office().get("/rankings").await.body));
    for who in [school.staff("h101"), school.student("10101")] {
        assert_eq!(figures(&who.get("/rankings").await.is(200).body), "—");
    }
    let class = format!("/rankings/classes/{}", school.class("102"));
    let far = school.staff("h101").get(&class).await.is(200).body;
    assert!(!far.contains("data-test=\"points\""));
    let near = school.staff("h102").get(&class).await.is(200).body;
    assert!(near.contains("data-test=\"points\""));
    school.office().get("/rankings/classes/none").await.is(404);
}
