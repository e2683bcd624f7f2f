//! The class portrait: a class in words for whoever leads it, without places.

use starlight::{
    domain::rubric::Rubric,
    storage::{inspections, inspections::InspectionRow},
};

use crate::school::{House, School, Stage, after};

async fn published() -> House {
    let school = School::new().with_class("401", 12).with_class("402", 4);
    school.with_round("r", Stage::Published).open().await
}

fn path(house: &House) -> String {
    format!("/t/classes/{}/portrait", house.class("401"))
}

/// Name and star of each hidden talent on the page.
fn hidden(page: &str) -> Vec<(String, String)> {
    let talents = page.split("data-test=\"hidden-talent\"").skip(1);
    talents
        .map(|talent| {
            let name = after(talent, "<b", ">", "</b>");
            (
                name.to_owned(),
                after(talent, "</b>", " · ", "<br>").to_owned(),
            )
        })
        .collect()
}

#[actix_web::test]
async fn every_child_stands_under_a_star_and_nobody_has_a_place() {
    let house = published().await;
    let page = house.staff("h401").get(&path(&house)).await.is(200).body;
    let known: Vec<&str> = page.split("data-test=\"known\"").skip(1).collect();
    let class = house.class("401").to_owned();
    let own = house
        .own()
        .students
        .iter()
        .filter(|(no, _)| no.starts_with("401"));
    for (no, id) in own {
        let link = format!("/t/classes/{class}/moments?student={id}#write");
        assert!(page.contains(&link), "{no}");
    }
    assert!(known.len() >= 12, "{}", known.len());
    assert!(page.contains("α = "), "agreement");
    assert!(!page.contains("data-test=\"place\"") && !page.contains("data-test=\"points\""));
}

#[actix_web::test]
async fn a_hidden_talent_is_hidden_no_longer_once_a_teacher_has_named_it() {
    let house = published().await;
    let teacher = house.staff("h401");
    let page = teacher.get(&path(&house)).await.is(200).body;
    let before = hidden(&page);
    let (name, star) = before
        .first()
        .expect("the builder's answers hide somebody")
        .clone();
    let talent = page.split("data-test=\"hidden-talent\"").nth(1).unwrap();
    let child = after(talent, "moments", "?student=", "#write").to_owned();
    let praises = format!("/t/classes/{}/praise", house.class("401"));
    let desk = teacher.get(&praises).await.is(200).body;
    let chips = desk
        .split("<section")
        .find(|part| part.contains(&star))
        .unwrap();
    let chip = after(chips, "name=\"chip\"", "value=\"", "\"");
    let fields = [("student", child.as_str()), ("chip", chip)];
    teacher.posts(&praises, &fields).await.is(303);
    let after_it = hidden(&teacher.get(&path(&house)).await.is(200).body);
    assert!(!after_it.contains(&(name, star)));
    assert_eq!(after_it.len(), before.len() - 1);
}

#[actix_web::test]
async fn today_says_what_others_see_in_a_child_whom_nobody_told_of() {
    let house = published().await;
    let teacher = house.staff("h401");
    let portrait = teacher.get(&path(&house)).await.is(200).body;
    let talent = portrait
        .split("data-test=\"hidden-talent\"")
        .nth(1)
        .unwrap();
    let child = after(talent, "moments", "?student=", "#write");
    let star = after(talent, "</b>", " · ", "<br>");
    let today = teacher.get("/t").await.is(200).body;
    let unseen = after(&today, &format!("?student={child}#write"), ">", "</a>");
    assert!(
        unseen.contains(&format!("<small>{star}</small>")),
        "{unseen}"
    );
    let subject = house.staff("s401").get("/t").await.is(200).body;
    assert!(!subject.contains("data-test=\"unseen\""));
}

#[actix_web::test]
async fn today_tells_what_posts_found_in_the_class_this_week() {
    let house = published().await;
    let teacher = house.staff("h401");
    assert!(
        !teacher
            .get("/t")
            .await
            .is(200)
            .body
            .contains("data-test=\"checks\"")
    );
    let (class, round) = (house.class("401").to_owned(), house.round("r").to_owned());
    house
        .change(move |tx, call| {
            let row = |item: &str, points: f64, reason: &str| InspectionRow {
                school_id: call.school.to_string(),
                id: format!("check-{item}-{points}"),
                round_id: Some(round.clone()),
                on_date: call.today,
                post: "post".to_owned(),
                class_id: class.clone(),
                item: item.to_owned(),
                full_marks: 10.0,
                points,
                reason: reason.to_owned(),
                checked_by: "monitor".to_owned(),
                saved_at: call.now,
                counts: true,
                ..InspectionRow::default()
            };
            let items = Rubric::built_in().items;
            for (points, reason) in [(10.0, ""), (7.0, "地面有纸屑")] {
                inspections::add(tx, &row(&items[0].id, points, reason))?;
            }
            Ok(inspections::add(tx, &row(&items[1].id, 10.0, ""))?)
        })
        .await;
    let card = teacher.get("/t").await.is(200).body;
    let card = after(&card, "data-test=\"checks\"", ">", "</section>");
    let items = Rubric::built_in().items;
    assert!(card.contains(&items[0].name) && card.contains(&items[1].name));
    assert!(card.contains("85 %") && card.contains("100 %"), "{card}");
    assert!(card.contains("地面有纸屑"), "{card}");
    let other = house.staff("h402").get("/t").await.is(200).body;
    assert!(!other.contains("data-test=\"checks\""));
}

#[actix_web::test]
async fn only_whoever_leads_the_class_sees_it_and_before_a_publication_it_says_so() {
    let house = published().await;
    let path = path(&house);
    house.staff("s401").get(&path).await.is(403);
    house.staff("h402").get(&path).await.is(404);
    house.student("40101").get(&path).await.is(303);
    house.anonymous().get(&path).await.is(303);
    house.office().get(&path).await.is(200);
    let teacher = house.staff("h401");
    teacher.get(&format!("{path}?round=term")).await.is(200);
    teacher.get(&format!("{path}?round=none")).await.is(404);
    let draft = School::new()
        .with_class("401", 6)
        .with_round("r", Stage::Open);
    let draft = draft.open().await;
    let early = format!("/t/classes/{}/portrait", draft.class("401"));
    let page = draft.staff("h401").get(&early).await.is(200).body;
    assert!(page.contains("class=\"card empty\"") && !page.contains("data-test=\"known\""));
}
