//! The form of a correction: who may use it, for what, and what it says when something is missing.

use starlight::storage::sheets;

use super::correcting::*;
use crate::school::{House, after};

/// Ids and anchors of a teacher's sheet about a child.
async fn said(house: &House, login: &str, no: &str, round: &str) -> Vec<(String, Option<u8>)> {
    let school = house.own().school.clone();
    let (round, rater) = (
        house.round(round).to_owned(),
        house.own().staff[login].clone(),
    );
    let ratee = house.student_id(no).to_owned();
    let read = house
        .store
        .read(move |db| sheets::own(db, &school, &round, "teacher", &rater, &ratee));
    let row = read.await.unwrap().unwrap();
    starlight::domain::sheet::Answers::unpack(&row.answers).0
}

#[actix_web::test]
async fn a_teacher_replaces_an_own_answer_and_nobody_elses() {
    let house = two_rounds().await;
    let (homeroom, office) = (house.staff("h401"), house.office());
    let sheets = handles(&house, &homeroom, "40102", "r2", "teacher").await;
    let own = said(&house, "h401", "40102", "r2").await;
    let (indicator, was) = (own[0].0.clone(), own[0].1.unwrap());
    let anchor = if was == 4 { "1" } else { "4" };
    let change = [
        ("indicator", indicator.as_str()),
        ("anchor", anchor),
        ("reason", WHY),
    ];
    let mut answered = Vec::new();
    for sheet in &sheets {
        let answer = asks(
            &house,
            &homeroom,
            ("40102", "r2"),
            "override",
            sheet,
            &change,
        )
        .await;
        answered.push(answer.status);
    }
    answered.sort_unstable();
    assert_eq!(
        answered,
        [303, 403],
        "the own sheet and the subject teacher's"
    );
    assert_eq!(
        said(&house, "h401", "40102", "r2").await,
        own,
        "the sheet stays as it was"
    );
    the_folder_gives_the_same(&house, &["r1", "r2"]).await;
    let page = homeroom.get(&page_of(&house, "40102", "r2")).await.body;
    let line = after(&page, "data-test=\"correction\"", ">", "</li>");
    assert!(
        line.contains("<s>") && line.contains("→") && line.contains(WHY),
        "{line}"
    );
    // The office may replace any teacher's answer, and nobody a child's or family's.
    let mut by_office = Vec::new();
    for sheet in &sheets {
        let answer = asks(&house, &office, ("40102", "r2"), "override", sheet, &change).await;
        by_office.push(answer.status);
    }
    assert_eq!(by_office, [303, 303]);
    for voice in ["self", "peer", "parent"] {
        let sheet = handles(&house, &office, "40102", "r2", voice)
            .await
            .remove(0);
        asks(
            &house,
            &office,
            ("40102", "r2"),
            "override",
            &sheet,
            &change,
        )
        .await
        .is(403);
    }
    the_folder_gives_the_same(&house, &["r1", "r2"]).await;
}

#[actix_web::test]
async fn a_form_that_lacks_something_comes_back_with_what_was_typed() {
    let house = two_rounds().await;
    let teacher = house.staff("h401");
    let sheets = handles(&house, &teacher, "40103", "r1", "teacher").await;
    let lines = house.audit_lines().await;
    for reason in ["", "  ? ", "no"] {
        let typed = [("reason", reason)];
        let back = asks(&house, &teacher, ("40103", "r1"), "out", &sheets[0], &typed);
        let back = back.await.is(422).body;
        assert!(
            back.contains("role=\"alert\"") && back.contains(" open>"),
            "{back}"
        );
        assert!(
            back.contains(&format!("value=\"{reason}\"")),
            "{reason} was lost"
        );
    }
    let long = "x".repeat(201);
    asks(
        &house,
        &teacher,
        ("40103", "r1"),
        "out",
        &sheets[0],
        &[("reason", &long)],
    )
    .await
    .is(422);
    let own = said(&house, "h401", "40103", "r1").await;
    let mut back = Vec::new();
    for sheet in &sheets {
        let typed = [
            ("indicator", own[0].0.as_str()),
            ("anchor", ""),
            ("reason", WHY),
        ];
        let answer = asks(&house, &teacher, ("40103", "r1"), "override", sheet, &typed).await;
        if answer.status == 422 {
            assert!(answer.body.contains(&format!("value=\"{WHY}\"")));
        }
        back.push(answer.status);
    }
    assert!(back.contains(&422), "{back:?}");
    assert_eq!(house.audit_lines().await, lines, "nothing was written");
}

#[actix_web::test]
async fn the_same_press_twice_corrects_once() {
    let house = two_rounds().await;
    let teacher = house.staff("h401");
    let sheet = handles(&house, &teacher, "40104", "r1", "self")
        .await
        .remove(0);
    for _ in 0..2 {
        asks(
            &house,
            &teacher,
            ("40104", "r1"),
            "out",
            &sheet,
            &[("reason", WHY)],
        )
        .await
        .is(303);
    }
    assert_eq!(house.audited("correction.out").await.len(), 1);
    assert_eq!(published(&house, "r1").await.0, 2);
}

#[actix_web::test]
async fn others_do_not_get_there_and_no_classmate_is_named() {
    let house = two_rounds().await;
    let path = page_of(&house, "40101", "r1");
    let page = house.staff("h401").get(&path).await.is(200).body;
    let (name, id) = ("Child 40101", house.student_id("40101"));
    assert!(page.contains(name) && page.contains(id));
    for (no, other) in &house.own().students {
        if no != "40101" {
            assert!(
                !page.contains(no.as_str()) && !page.contains(other.as_str()),
                "{no}"
            );
        }
    }
    house.staff("s401").get(&path).await.is(403);
    house.staff("h402").get(&path).await.is(404);
    for person in [
        house.student("40101"),
        house.family("40101"),
        house.anonymous(),
    ] {
        assert_ne!(person.get(&path).await.status, 200);
    }
    let sheet = handles(&house, &house.staff("h401"), "40101", "r1", "peer")
        .await
        .remove(0);
    let why = [("reason", WHY)];
    for (login, status) in [("s401", 403), ("h402", 404)] {
        let who = house.staff(login);
        let answer = asks(&house, &who, ("40101", "r1"), "out", &sheet, &why);
        answer.await.is(status);
    }
    // A handle is good for its own child and round only, and an invented one for nothing.
    let teacher = house.staff("h401");
    for (child, round, what) in [
        ("40102", "r1", sheet.as_str()),
        ("40101", "r2", &sheet),
        ("40101", "r1", "AAAA"),
    ] {
        asks(&house, &teacher, (child, round), "out", what, &why)
            .await
            .is(404);
    }
    asks(&house, &teacher, ("40101", "r1"), "undo", "none", &why)
        .await
        .is(404);
    assert!(house.audited("correction.").await.is_empty());
}
