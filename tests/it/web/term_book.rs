//! The term book: who may print it, that it has every child once and nothing that ranks, that no draft and no early
//! peer part is on it.

use serde_json::json;
use starlight::{
    actions::child_view,
    domain::{
        actor::{Actor as Person, Call},
        child_view::{level, without_peers},
        ids::StudentId,
        published::{PublishedClass, PublishedStudent},
    },
    storage::results,
};

use super::term_comments::{finals, good, keeps};
use crate::school::{House, School, Stage, after, now, today};

fn book(house: &House, class: &str) -> String {
    format!("/t/classes/{}/book", house.class(class))
}

async fn printed(house: &House, query: &str) -> String {
    let path = format!("{}{query}", book(house, "401"));
    house.staff("h401").get(&path).await.is(200).body
}

#[actix_web::test]
async fn for_whoever_leads_the_class_and_nobody_else() {
    let house = School::new()
        .with_class("401", 3)
        .with_class("402", 3)
        .open()
        .await;
    let own = house.student_id("40101");
    for query in [String::new(), "?fold=1".to_owned(), format!("?child={own}")] {
        let path = format!("{}{query}", book(&house, "401"));
        house.staff("h401").get(&path).await.is(200);
        house.office().get(&path).await.is(200);
        house.staff("s401").get(&path).await.is(403);
        house.staff("h402").get(&path).await.is(404);
        house.student("40101").get(&path).await.is(303);
        house.anonymous().get(&path).await.is(303);
    }
    let foreign = house.student_id("40201");
    let path = format!("{}?child={foreign}", book(&house, "401"));
    house.staff("h401").get(&path).await.is(404);
    house.office().get(&path).await.is(404);
}

#[actix_web::test]
async fn every_child_has_one_sheet_and_one_childs_names_nobody_else() {
    let house = School::new()
        .with_class("401", 8)
        .with_round("r", Stage::Published)
        .open()
        .await;
    let html = printed(&house, "").await;
    assert_eq!(html.matches(r#"data-test="book-sheet""#).count(), 8);
    for seat in 1..=8 {
        let name = format!(r#"data-test="book-name">Child 4010{seat}<"#);
        assert_eq!(html.matches(&name).count(), 1, "{name}");
    }
    let own = house.student_id("40103");
    let html = printed(&house, &format!("?child={own}")).await;
    assert_eq!(html.matches(r#"data-test="book-sheet""#).count(), 1);
    assert!(html.contains("Child 40103"));
    for seat in [1, 2, 4, 5, 6, 7, 8] {
        let no = format!("4010{seat}");
        assert!(!html.contains(house.student_id(&no)));
        assert!(!html.contains(&format!("Child {no}")));
    }
}

/// The row that was published about a child.
async fn published(house: &House, no: &str) -> PublishedStudent {
    let (school, class) = (house.own().school.clone(), house.own().class_id("401"));
    let round = house.round("r").to_owned();
    let read = house.store.read(move |db| {
        let permit = Person::System.see_class(&class)?;
        let row = results::class_results(db, &permit, &school, &round)?.unwrap();
        Ok::<_, starlight::actions::ActionError>(row.results)
    });
    let class: PublishedClass = serde_json::from_str(&read.await.unwrap()).unwrap();
    class.students.into_iter().find(|s| s.no == no).unwrap()
}

#[actix_web::test]
async fn it_holds_words_and_no_number_of_the_score() {
    let house = School::new()
        .with_class("401", 8)
        .with_round("r", Stage::Published)
        .open()
        .await;
    for no in ["40101", "40105"] {
        let own = house.student_id(no);
        let html = printed(&house, &format!("?child={own}")).await;
        let sheet = html.split(r#"data-test="book-sheet""#).nth(1).unwrap();
        let points = published(&house, no).await.term.points.unwrap();
        assert!(points.parse::<f64>().is_ok(), "{points}");
        assert!(!sheet.contains(&points), "{points}");
        assert!(!sheet.contains(r#"data-test="place""#));
        // Any of the scale's words: there is something published to be seen.
        let words = ["有时做到", "常常做到", "天天做到", "还能教别人"];
        assert!(words.iter().any(|word| sheet.contains(word)));
    }
}

/// The words of a sheet's five stars.
fn words(html: &str) -> Vec<String> {
    let list = after(html, "bk-stars", ">", "</ul>");
    let stars = list.split("</b><span").skip(1);
    stars
        .map(|star| after(star, "", ">", "<").to_owned())
        .collect()
}

/// The words as the other voices alone give them, and as they would be with the classmates' part.
async fn by_right(house: &House, no: &str) -> (Vec<String>, Vec<String>) {
    let call = Call::system(house.own().school.clone(), now(), today());
    let (class, id) = (
        house.own().class_id("401"),
        StudentId::new(house.student_id(no)),
    );
    let (own, no) = (published(house, no).await, no.to_owned());
    let read = house.store.read(move |db| {
        let permit = Person::System.see_child(&id, &class)?;
        child_view::load(db, &call, &permit, &class)
    });
    let sight = read.await.unwrap();
    let n = u8::try_from(sight.anchors.len()).unwrap();
    let word = |score: Option<f64>| {
        let score = score.unwrap_or_else(|| panic!("{no} has no number"));
        sight.word(level(score, n)).unwrap().to_owned()
    };
    let steps = &own.term.dimensions;
    (
        steps
            .iter()
            .map(|step| word(without_peers(sight.rubric.weights, step)))
            .collect(),
        steps.iter().map(|step| word(step.score)).collect(),
    )
}

#[actix_web::test]
async fn before_its_release_the_classmates_part_moves_nothing_on_paper() {
    let house = School::new()
        .with_class("401", 8)
        .with_round("r", Stage::Published)
        .open()
        .await;
    let mut moved = 0;
    for seat in 1..=8 {
        let no = format!("4010{seat}");
        let own = house.student_id(&no);
        let html = printed(&house, &format!("?child={own}")).await;
        assert!(html.contains(r#"data-test="book-peer-waits""#));
        let (without, with) = by_right(&house, &no).await;
        assert_eq!(words(&html), without, "{no}");
        moved += without.iter().zip(&with).filter(|(a, b)| a != b).count();
    }
    assert!(moved > 0, "with their part some words would be others");
}

#[actix_web::test]
async fn a_draft_is_not_printed_a_final_comment_is() {
    let house = School::new().with_class("401", 3).open().await;
    let teacher = house.staff("h401");
    let draft = json!({"text": "a draft nobody may see"});
    keeps(&teacher, &house, "40101", draft).await.is(200);
    finals(&teacher, &house, "40102").await;
    let html = printed(&house, "").await;
    assert!(!html.contains("a draft nobody may see"));
    assert_eq!(html.matches(&good("40102")).count(), 1);
    assert_eq!(html.matches("bk-said").count(), 1, "the others have lines");
}
