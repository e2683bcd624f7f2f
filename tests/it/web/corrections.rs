//! Corrections of sheets after a round is over: what moves, what stays, and that the exported folder gives the same
//! digits again.

use starlight::{
    actions::correct::{self, Act, Wish},
    domain::{
        actor::{Actor as Who, Call},
        correction::Kind,
        ids::StudentId,
        refusal::Refusal,
        rubric::Source,
    },
    storage::{results, rounds},
};

use super::correcting::*;
use crate::school::{House, School, Stage, after, now, today};

#[actix_web::test]
async fn a_sheet_weighed_out_moves_the_numbers_and_comes_back_exactly() {
    let house = two_rounds().await;
    let teacher = house.staff("h401");
    the_folder_gives_the_same(&house, &["r1", "r2"]).await;
    let before = [published(&house, "r1").await, published(&house, "r2").await];
    let then = row(&house, "r1", "40101").await;
    let sheet = handles(&house, &teacher, "40101", "r1", "peer")
        .await
        .remove(0);
    let why = [("reason", WHY)];
    asks(&house, &teacher, ("40101", "r1"), "out", &sheet, &why)
        .await
        .is(303);
    let now = row(&house, "r1", "40101").await;
    assert_eq!(now.peer.marks.len() + 1, then.peer.marks.len());
    assert_ne!(now.round.score, then.round.score);
    // The leniency of the rater is remembered: the later round is a revision too, and the folder agrees with both.
    for (name, (revision, ..)) in ["r1", "r2"].iter().zip(&before) {
        assert_eq!(published(&house, name).await.0, revision + 1, "{name}");
    }
    the_folder_gives_the_same(&house, &["r1", "r2"]).await;
    // It still is there: nobody becomes missing by it.
    assert_eq!(
        before[0].1[0].taking_part,
        published(&house, "r1").await.1[0].taking_part
    );
    let page = teacher
        .get(&explanation_of(&house, "40101", "r1"))
        .await
        .body;
    let line = after(&page, "data-test=\"correction\"", ">", "</li>");
    assert!(line.contains(WHY) && line.contains("h401"), "{line}");
    assert!(page.contains(now.round.points.as_deref().unwrap()));

    let undo = after(
        &teacher.get(&page_of(&house, "40101", "r1")).await.body,
        "data-test=\"correction\"",
        "name=\"what\" value=\"",
        "\"",
    )
    .to_owned();
    asks(
        &house,
        &teacher,
        ("40101", "r1"),
        "undo",
        &undo,
        &[("reason", "it was right")],
    )
    .await
    .is(303);
    for (name, (revision, _, texts)) in ["r1", "r2"].iter().zip(&before) {
        let (now, _, again) = published(&house, name).await;
        assert_eq!(now, revision + 2, "{name}");
        assert!(again == *texts, "{name}: other digits than before");
    }
    let page = teacher
        .get(&explanation_of(&house, "40101", "r1"))
        .await
        .body;
    assert!(page.contains("it was right") && page.contains(WHY));
    let acts = house.audited("correction.").await;
    let acts: Vec<&str> = acts.iter().map(|(act, _)| act.as_str()).collect();
    assert_eq!(acts, ["correction.out", "correction.undo"]);
    assert_eq!(house.audited("round.revise").await.len(), 4);
}

#[actix_web::test]
async fn only_the_corrected_class_is_stored_again() {
    let house = two_rounds().await;
    let teacher = house.staff("h401");
    let other = house.staff("h402");
    let elsewhere = other.get(&explanation_of(&house, "40201", "r2")).await.body;
    let sheet = handles(&house, &teacher, "40101", "r2", "self")
        .await
        .remove(0);
    asks(
        &house,
        &teacher,
        ("40101", "r2"),
        "out",
        &sheet,
        &[("reason", WHY)],
    )
    .await
    .is(303);
    let (school, r1, r2) = (
        house.own().school.clone(),
        house.round("r1").to_owned(),
        house.round("r2").to_owned(),
    );
    let (class, untouched) = (house.own().class_id("401"), house.own().class_id("402"));
    let read = house.store.read(move |db| {
        let mut revision = |round: &str, class| {
            let permit = Who::System.see_class(class).unwrap();
            let row = results::class_results(db, &permit, &school, round)?.unwrap();
            Ok::<_, starlight::storage::StorageError>(row.revision)
        };
        Ok::<_, starlight::storage::StorageError>([
            revision(&r1, &class)?,
            revision(&r2, &class)?,
            revision(&r2, &untouched)?,
        ])
    });
    // The earlier round was not even looked at, and the other class stands as it was.
    assert_eq!(read.await.unwrap(), [1, 2, 1]);
    let again = other.get(&explanation_of(&house, "40201", "r2")).await.body;
    let numbers = |page: &str| after(page, "data-test=\"points\"", ">", "<").to_owned();
    assert_eq!(numbers(&again), numbers(&elsewhere));
    the_folder_gives_the_same(&house, &["r1", "r2"]).await;
}

#[actix_web::test]
async fn a_closed_round_is_published_as_corrected_and_an_open_one_has_no_such_page() {
    let house = School::new()
        .with_class("401", 8)
        .with_round("r1", Stage::Published)
        .with_round("r2", Stage::Closed)
        .with_round("r3", Stage::Open)
        .open()
        .await;
    let teacher = house.staff("h401");
    teacher.get(&page_of(&house, "40101", "r3")).await.is(404);
    let sheets = handles(&house, &teacher, "40101", "r2", "peer").await;
    asks(
        &house,
        &teacher,
        ("40101", "r2"),
        "out",
        &sheets[0],
        &[("reason", WHY)],
    )
    .await
    .is(303);
    assert_eq!(
        published(&house, "r1").await.0,
        1,
        "nothing published moves"
    );
    let publish = format!("/a/rounds/{}/publish", house.round("r2"));
    house.office().posts(&publish, &[]).await.is(303);
    assert_eq!(
        row(&house, "r2", "40101").await.peer.marks.len() + 1,
        sheets.len()
    );
    the_folder_gives_the_same(&house, &["r1", "r2"]).await;
}

#[actix_web::test]
async fn what_child_and_family_see_with_a_peer_part_waits_for_its_renewal() {
    let house = two_rounds().await;
    let teacher = house.staff("h401");
    let own = format!(
        "/api/v1/students/{}/explanation?round={}",
        house.student_id("40101"),
        house.round("r2")
    );
    let (child, family) = (house.student("40101"), house.family("40101"));
    let before = child.get(&own).await.is(200).json();
    assert!(
        before["classmates"].is_object(),
        "five have spoken in two rounds: {before}"
    );
    let card = family.get(&house.family_page("40101")).await.is(200).body;
    let stars = row(&house, "r2", "40101").await.term.dimensions;
    for round in ["r1", "r2"] {
        for sheet in handles(&house, &teacher, "40101", round, "peer").await {
            asks(
                &house,
                &teacher,
                ("40101", round),
                "out",
                &sheet,
                &[("reason", WHY)],
            )
            .await
            .is(303);
        }
    }
    assert_ne!(
        row(&house, "r2", "40101").await.term.dimensions,
        stars,
        "the number moved"
    );
    assert_eq!(child.get(&own).await.json(), before);
    let part = |page: &str| page.split("<main").nth(1).unwrap().to_owned();
    let again = family.get(&house.family_page("40101")).await.is(200).body;
    assert_eq!(part(&again), part(&card));
}

#[actix_web::test]
async fn a_badge_that_became_untrue_is_proposed_for_revocation_and_stays() {
    let house = School::new()
        .with_class("401", 30)
        .with_round("r1", Stage::Published)
        .with_round("r2", Stage::Published)
        .open()
        .await;
    let teacher = house.staff("h401");
    let term_awards = async |house: &House| {
        let school = house.own().school.clone();
        let round = house.round("r1").to_owned();
        let read = house.store.read(move |db| {
            let permit = Who::System.run_school().unwrap();
            let term = rounds::get(db, &school, &round)?.term_id;
            results::awards(db, &permit, &school, &term)
        });
        read.await.unwrap()
    };
    let children: Vec<(String, String)> = house.own().students.clone().into_iter().collect();
    let mut found = None;
    for award in term_awards(&house).await {
        let child = children
            .iter()
            .find(|(no, id)| *id == award.recipient_id && no.starts_with("401"));
        let of_round =
            ["r1", "r2"].contains(&award.period.as_str()) && award.recipient_kind == "student";
        if let (Some((no, _)), true) = (child, of_round) {
            found = Some((no.clone(), award));
            break;
        }
    }
    let (no, award) = found.expect("somebody has a badge of a round");
    for voice in ["self", "peer", "teacher", "parent"] {
        for sheet in handles(&house, &teacher, &no, &award.period, voice).await {
            asks(
                &house,
                &teacher,
                (&no, &award.period),
                "out",
                &sheet,
                &[("reason", WHY)],
            )
            .await
            .is(303);
        }
    }
    let again = term_awards(&house).await;
    let now = again.iter().find(|a| a.id == award.id).unwrap();
    assert_eq!(now.doubted.as_deref(), Some("no_longer_true"), "{now:?}");
    assert_eq!((now.revoked_at, now.visible_at), (None, award.visible_at));
}

#[actix_web::test]
async fn a_correction_computed_before_another_one_is_computed_again() {
    let house = two_rounds().await;
    let wish = |house: &House, no: &str| Wish {
        round: house.round("r1").to_owned(),
        student: StudentId::new(house.student_id(no)),
        act: Act::Make {
            source: Source::SelfRating,
            rater: house.student_id(no).to_owned(),
            kind: Kind::Out,
        },
        reason: WHY.to_owned(),
        appeal: None,
    };
    let call = Call::system(house.own().school.clone(), now(), today());
    let mut prepared = Vec::new();
    for no in ["40101", "40102"] {
        let (call, wish) = (call.clone(), wish(&house, no));
        let read = house
            .store
            .read(move |db| correct::prepare(db, &call, &wish, 1));
        prepared.push(read.await.unwrap());
    }
    let mut outcomes = Vec::new();
    for one in prepared {
        let call = call.clone();
        let rules = crate::school::rules();
        let write = house
            .store
            .write(move |tx| correct::store(tx, &call, &one, &rules));
        outcomes.push(write.await.map(|_| ()));
    }
    assert!(outcomes[0].is_ok());
    assert!(
        matches!(
            outcomes[1],
            Err(starlight::actions::ActionError::Refused(Refusal::Stale))
        ),
        "{:?}",
        outcomes[1]
    );
    the_folder_gives_the_same(&house, &["r1", "r2"]).await;
}
