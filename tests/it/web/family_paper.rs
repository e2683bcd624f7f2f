//! Families' papers: typed in by the homeroom teacher, never beside or over an answer that came over the link.

use serde_json::{Value, json};
use starlight::storage::{papers, sheets::SheetRow};

use crate::school::{Answer, House, School, Stage, after};

async fn open() -> House {
    let school = School::new().with_class("401", 6).with_class("402", 2);
    school.with_round("r", Stage::Open).open().await
}

fn path(house: &House) -> String {
    format!("/t/classes/{}/paper", house.class("401"))
}

/// The questions of the page, in order.
fn columns_of(page: &str) -> Vec<String> {
    let parts = page.split("data-test=\"indicator\" data-id=\"").skip(1);
    let id = |rest: &str| rest.split('"').next().unwrap().to_owned();
    parts.map(id).collect()
}

/// What families of the class said in the round.
async fn said(house: &House) -> Vec<SheetRow> {
    let (round, class) = (house.round("r").to_owned(), house.own().class_id("401"));
    let rows = house.change(move |tx, call| {
        let permit = call.actor.see_class(&class)?;
        Ok(papers::of_homes(tx, &permit, &call.school, &round)?)
    });
    rows.await
}

/// Types one row as the page's script does.
async fn types(house: &House, no: &str, scores: Value, version: Option<i32>) -> Answer {
    let teacher = house.staff("h401");
    let child = house.student_id(no);
    let path = format!("{}/{}/{child}", path(house), house.round("r"));
    let body = match version {
        Some(version) => json!({"scores": scores, "comment": "", "version": version}),
        None => json!({"scores": scores, "comment": ""}),
    };
    let token = teacher.form_token(&path);
    let request = actix_web::test::TestRequest::post()
        .insert_header(("x-csrf-token", token))
        .set_json(body);
    teacher.send(&path, request).await
}

#[actix_web::test]
async fn a_paper_is_the_familys_voice_and_a_later_answer_takes_its_place() {
    let house = open().await;
    let (teacher, child) = (house.staff("h401"), house.student_id("40101").to_owned());
    let page = teacher.get(&path(&house)).await.is(200).body;
    assert_eq!(page.matches("data-test=\"sheet\"").count(), 6);
    let asked = columns_of(&page);
    let typed = types(
        &house,
        "40101",
        json!({&asked[0]: 3, &asked[1]: 2}),
        Some(0),
    )
    .await;
    assert_eq!(typed.is(200).json()["version"], 1);
    let rows = said(&house).await;
    assert!(
        rows.iter()
            .all(|row| row.from_paper && row.rater_id.starts_with("paper-"))
    );
    assert!(rows.iter().any(|row| row.ratee_id == child));

    let home = house.family("40101");
    let field = format!("a.{}", asked[0]);
    home.posts(&house.family_page("40101"), &[(&field, "1")])
        .await
        .is(303);
    let rows: Vec<SheetRow> = said(&house).await;
    let mut about = rows.iter().filter(|row| row.ratee_id == child);
    let one = about.next().unwrap();
    assert!(about.next().is_none(), "the paper stands beside the answer");
    assert!(
        !one.from_paper && one.answers.ends_with("=1"),
        "{}",
        one.answers
    );
    assert_eq!(house.audited("paper.give-way").await.len(), 1);

    // And a paper that comes after it changes nothing, with script or without.
    types(&house, "40101", json!({&asked[0]: 4}), None)
        .await
        .is(403);
    let cell = format!("a.{child}.{}", asked[0]);
    let fields = [("round", house.round("r")), (&cell, "4")];
    let answer = teacher.posts(&path(&house), &fields).await.is(409);
    assert!(answer.body.contains("data-test=\"paper-left\""));
    assert_eq!(answer.body.matches("data-test=\"sheet\"").count(), 5);
    assert_eq!(said(&house).await.len(), rows.len());
}

#[actix_web::test]
async fn a_row_is_saved_as_a_whole_and_not_over_another_pages_row() {
    let house = open().await;
    let page = house.staff("h401").get(&path(&house)).await.body;
    let asked = columns_of(&page);
    types(
        &house,
        "40102",
        json!({&asked[0]: 3, &asked[1]: 2}),
        Some(0),
    )
    .await
    .is(200);
    types(&house, "40102", json!({&asked[1]: 1}), Some(1))
        .await
        .is(200);
    let child = house.student_id("40102").to_owned();
    let row = said(&house).await.into_iter().find(|r| r.ratee_id == child);
    let answers = row.unwrap().answers;
    assert!(answers.contains(&format!("{}=1", asked[1])), "{answers}");
    assert!(!answers.contains(&format!("{}=3", asked[0])), "{answers}");
    types(&house, "40102", json!({&asked[1]: 4}), Some(1))
        .await
        .is(409);
    types(&house, "40102", json!({"nothing": 4}), Some(2))
        .await
        .is(422);
    types(&house, "40102", json!({&asked[1]: 9}), Some(2))
        .await
        .is(422);
    types(&house, "40201", json!({&asked[1]: 1}), Some(0))
        .await
        .is(404);
}

#[actix_web::test]
async fn without_script_the_whole_page_is_saved() {
    let house = open().await;
    let teacher = house.staff("h401");
    let asked = columns_of(&teacher.get(&path(&house)).await.body);
    let cells = ["40101", "40103"].map(|no| format!("a.{}.{}", house.student_id(no), asked[0]));
    let words = format!("c.{}", house.student_id("40103"));
    let fields = [
        ("round", house.round("r")),
        (&cells[0], ""),
        (&cells[1], "2"),
        (&words, "你很努力"),
    ];
    teacher.posts(&path(&house), &fields).await.is(303);
    let rows = said(&house).await;
    assert_eq!(rows.len(), 1, "an empty row is no sheet");
    assert_eq!(rows[0].comment, "你很努力");
    assert_eq!(
        house
            .audited("paper.save")
            .await
            .last()
            .unwrap()
            .1
            .rsplit('=')
            .next(),
        Some("1")
    );
    let shown = teacher.get(&path(&house)).await.body;
    assert_eq!(after(&shown, &cells[1], "data-value=\"", "\""), "2");
}

#[actix_web::test]
async fn slips_are_for_homes_without_an_answer_and_each_printing_is_noted() {
    let house = open().await;
    let teacher = house.staff("h401");
    let asked = columns_of(&teacher.get(&path(&house)).await.body);
    let field = format!("a.{}", asked[0]);
    let home = house.family_page("40101");
    house
        .family("40101")
        .posts(&home, &[(&field, "1")])
        .await
        .is(303);
    let print = format!("{}/print", path(&house));
    let page = teacher.get(&print).await.is(200);
    assert_eq!(page.header("cache-control"), "no-store");
    assert_eq!(page.body.matches("data-test=\"paper-slip\"").count(), 5);
    let lines = house.audited("paper.print").await;
    assert!(lines[0].1.ends_with("slips=5"), "{lines:?}");
    for path in [path(&house), print] {
        house.staff("s401").get(&path).await.is(403);
        house.staff("h402").get(&path).await.is(404);
        house.student("40101").get(&path).await.is(303);
        house.family("40101").get(&path).await.is(303);
    }
}
