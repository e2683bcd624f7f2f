//! Numbers of children: asked for, audited, and explained with exactly what was published.

use starlight::{
    actions::export_class_list,
    domain::published::PublishedClass,
    exchange::{
        exports::Headings,
        table::{self, Format, ReadOptions},
    },
    screens::explain_digits::fixed,
    storage::results,
};

use super::site::{Site, published_round};
use crate::actions::school::School;

fn site() -> (Site, String) {
    let mut school = School::forty_days_ago().two_classes();
    let day = school.call.today + chrono::Days::new(8);
    school.on(&day.to_string());
    let round = published_round(&school, "r1", 6);
    (Site::of(school), round.id)
}

#[actix_web::test]
async fn showing_the_list_is_audited_and_asking_shows_nobody() {
    let (site, round) = site();
    let (wang, class) = (site.staff("wang"), site.class(1));
    let path = format!("/t/classes/{class}/results");
    let children = site.children(&class);
    let ask = wang.get(&path).await;
    assert_eq!(ask.status, 200, "{}", ask.body);
    assert!(!children.iter().any(|c| ask.body.contains(&c.name)));
    assert_eq!(site.audited("results.show"), 0);
    for (times, sort) in (1..).zip(["points", "name", "se", "peer", "number"]) {
        let list = wang.post(&path, &[("round", &round), ("sort", sort)]).await;
        assert_eq!(list.status, 200, "{}", list.body);
        assert!(children.iter().all(|c| list.body.contains(&c.id)));
        assert_eq!(site.audited("results.show"), times);
    }
    let term = wang.post(&path, &[("round", "term")]).await;
    assert_eq!(term.status, 200);
    assert_eq!(
        wang.post(&path, &[("round", &round), ("sort", "x")])
            .await
            .status,
        422
    );
    assert_eq!(
        site.staff("li")
            .post(&path, &[("round", &round)])
            .await
            .status,
        403
    );
}

#[actix_web::test]
async fn the_list_stands_in_order_of_the_published_points() {
    let (site, round) = site();
    let (wang, class) = (site.staff("wang"), site.class(1));
    let list = wang
        .post(&format!("/t/classes/{class}/results"), &[("round", &round)])
        .await
        .body;
    let places: Vec<u32> = list
        .split("data-test=\"place\">")
        .skip(1)
        .map(|rest| rest.split('<').next().unwrap().parse().unwrap())
        .collect();
    assert!(
        places.len() > 5 && places.is_sorted() && places[0] == 1,
        "{places:?}"
    );
}

#[actix_web::test]
async fn the_list_is_taken_along_with_each_place_beside_its_interval() {
    let (site, round) = site();
    let (wang, class) = (site.staff("wang"), site.class(1));
    let path = format!("/t/classes/{class}/results.xlsx");
    let fields = [("round", round.as_str())];
    let file = wang.post(&path, &fields).await;
    assert_eq!(file.status, 200, "{}", file.body);
    assert_eq!(
        file.header("content-disposition"),
        "attachment; filename=\"class-list.xlsx\""
    );
    assert_eq!(site.audited("results.export"), 1);
    assert_eq!(site.staff("li").post(&path, &fields).await.status, 403);
    assert_eq!(wang.post(&path, &[("round", "x")]).await.status, 404);
    assert_eq!(site.audited("results.export"), 1);
    let sheet = site
        .school
        .read(|db, call| export_class_list::build(db, call, &class, &round, Headings::Keys));
    let bytes = table::write(&sheet, Format::Xlsx).unwrap();
    let read = table::read("class-list.xlsx", None, &bytes, &ReadOptions::default()).unwrap();
    let column = |name: &str| read.header.iter().position(|head| head == name).unwrap();
    let cell = |row: usize, name: &str| read.rows[row].cells[column(name)].clone();
    assert_eq!(read.rows.len(), site.children(&class).len());
    assert!(sheet.watermark.is_some(), "who and when");
    assert_eq!(cell(0, "place"), "1");
    let number = |name: &str| cell(1, name).parse::<u32>().unwrap();
    assert!(number("low") <= number("place") && number("place") <= number("high"));
}

#[actix_web::test]
async fn the_explanation_says_what_was_published() {
    let (site, round) = site();
    let (wang, class) = (site.staff("wang"), site.class(1));
    let row = site.school.read(|db, call| {
        let permit = call.actor.see_class(&class)?;
        Ok(results::class_results(db, &permit, &call.school, &round)?.unwrap())
    });
    let published: PublishedClass = serde_json::from_str(&row.results).unwrap();
    for child in site.children(&class) {
        let own = published
            .students
            .iter()
            .find(|s| s.no == child.student_no)
            .unwrap();
        let page = wang
            .get(&format!(
                "/t/students/{}/explanation?round={round}",
                child.id
            ))
            .await;
        assert_eq!(page.status, 200, "{}", page.body);
        let says = |text: &str| assert!(page.body.contains(text), "{} lacks {text}", child.name);
        says(&format!(
            "data-test=\"points\">{}<",
            own.round.points.as_deref().unwrap()
        ));
        says(&fixed(own.round.score.unwrap(), 3));
        for voice in own.round.voices.iter().filter(|v| v.weight > 0.0) {
            says(&fixed(voice.used.unwrap(), 3));
            says(&fixed(voice.used.unwrap() * voice.weight, 3));
        }
        for mark in &own.peer.marks {
            says(&fixed(mark.y, 2));
            says(&fixed(mark.corrected, 3));
        }
        for star in own.round.dimensions.iter().filter_map(|d| d.score) {
            says(&fixed(star, 2));
        }
    }
}

#[actix_web::test]
async fn a_subject_teacher_reads_words_and_no_number() {
    let (site, round) = site();
    let (li, class) = (site.staff("li"), site.class(1));
    let child = &site.children(&class)[0];
    let page = li
        .get(&format!(
            "/t/students/{}/explanation?round={round}",
            child.id
        ))
        .await;
    assert_eq!(page.status, 200, "{}", page.body);
    assert!(!page.body.contains("data-test=\"points\"") && !page.body.contains("sf-plot"));
    assert!(page.body.contains(&child.name));
}
