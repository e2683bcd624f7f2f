//! Erasing a child on request: who may, when, what goes and what stays (security.md 3; S-70, S-83, S-87).

use std::collections::BTreeSet;

use starlight::storage::erasure::FATES;

use crate::school::{House, School, Stage, after};

const NAME: &str = "Zhuo Erasable";
const MARK: &str = "marked words";

/// A child of whom everything is told, by everybody, in a published round.
async fn known() -> (House, String) {
    let school = School::new().with_class("401", 8);
    let house = school.with_round("r", Stage::Published).open().await;
    let id = house.student_id("40101").to_owned();
    house.sql(&format!(
        "UPDATE students SET name = '{NAME}', pinyin = '{MARK}', student_no = '990001' WHERE id = '{id}'"
    ));
    for (table, column) in [("sheets", "comment"), ("sheet_history", "comment")] {
        house.sql(&format!(
            "UPDATE {table} SET {column} = '{MARK}' WHERE ratee_id = '{id}' OR rater_id = '{id}'"
        ));
    }
    let desk = format!("/t/classes/{}", house.class("401"));
    let teacher = house.staff("h401");
    let told = [
        ("act", "write"),
        ("student", id.as_str()),
        ("star", "virtue"),
        ("text", "marked words, and many more of them"),
    ];
    teacher
        .posts(&format!("{desk}/moments"), &told)
        .await
        .is(303);
    (house, id)
}

/// The child leaves today.
fn leaves(house: &House, id: &str) {
    house.sql(&format!(
        "UPDATE enrolments SET ends_on = starts_on WHERE student_id = '{id}'"
    ));
}

/// The family's request, told at the desk; its address.
async fn asked(house: &House) -> String {
    let ask = [
        ("act", "file"),
        ("student_no", "990001"),
        ("kind", "deletion"),
        ("words", MARK),
    ];
    let office = house.office();
    office.posts("/a/requests", &ask).await.is(303);
    let list = office.get("/a/requests").await.is(200).body;
    format!(
        "/a/requests/{}/erase",
        after(&list, "name=\"id\" value=\"", "", "\"")
    )
}

fn found(house: &House, text: &str) -> Vec<String> {
    let all = house.contents().into_iter();
    let holding = all.filter(|(_, rows)| rows.iter().any(|row| row.contains(text)));
    holding.map(|(table, _)| table).collect()
}

#[actix_web::test]
async fn every_table_has_its_fate() {
    let (house, _) = known().await;
    let known: BTreeSet<String> = FATES.iter().map(|(table, _)| (*table).to_owned()).collect();
    assert_eq!(known.len(), FATES.len());
    let tables = house.contents().into_keys();
    let tables = tables.filter(|t| !t.starts_with("sqlite_") && !t.starts_with("__diesel"));
    assert_eq!(tables.collect::<BTreeSet<_>>(), known);
}

#[actix_web::test]
async fn a_child_who_left_is_erased_to_the_last_byte() {
    let (house, id) = known().await;
    leaves(&house, &id);
    let page = asked(&house).await;
    for text in [NAME, "990001", MARK] {
        assert!(!found(&house, text).is_empty(), "{text}");
    }
    let office = house.office();
    let told = office.get(&page).await.is(200).body;
    assert!(told.contains(NAME) && told.contains("data-test=\"erase\""));
    let before = house.contents();
    office
        .posts(&page, &[("student_no", "990002")])
        .await
        .is(422);
    assert_eq!(house.contents(), before, "another number erases nothing");
    office
        .posts(&page, &[("student_no", "990001")])
        .await
        .is(303);

    for text in [NAME, "990001", MARK] {
        assert_eq!(found(&house, text), Vec::<String>::new(), "{text}");
    }
    let files = house.bytes();
    assert!(
        files
            .iter()
            .any(|(name, bytes)| name == "school.db" && bytes.len() > 100_000)
    );
    for (name, bytes) in files {
        for text in [NAME, "990001", MARK] {
            let holds = bytes.windows(text.len()).any(|w| w == text.as_bytes());
            assert!(!holds, "{text} in {name}");
        }
    }
    let after = house.contents();
    for table in [
        "published_classes",
        "publications",
        "assignments",
        "enrolments",
    ] {
        assert_eq!(after[table], before[table], "{table}");
    }
    assert_eq!(
        after["sheets"].len(),
        before["sheets"].len(),
        "no classmate's number moves"
    );
    let lines = house.audited("student.erase").await;
    assert_eq!(lines.len(), 1);
    assert!(lines[0].1.starts_with("request/"), "{lines:?}");
    assert_eq!(before["moments"].len() - after["moments"].len(), 1);
    let list = office.get("/a/requests").await.is(200).body;
    assert!(list.contains("data-test=\"answered\"") && !list.contains(MARK));
    office.get(&page).await.is(409);
}

#[actix_web::test]
async fn a_child_in_class_is_not_erased_and_nobody_else_erases() {
    let (house, _) = known().await;
    let page = asked(&house).await;
    let before = house.contents();
    let told = house.office().get(&page).await.is(200).body;
    assert!(!told.contains("data-test=\"erase\""));
    let typed = [("student_no", "990001")];
    house.office().posts(&page, &typed).await.is(409);
    house.staff("h401").posts(&page, &typed).await.is(403);
    house.staff("h401").get(&page).await.is(403);
    assert_eq!(house.contents()["students"], before["students"]);
    house.sql("UPDATE sessions SET proved_at = proved_at - 600000");
    house
        .office()
        .posts(&page, &typed)
        .await
        .is(303)
        .header("location");
    assert_eq!(house.contents()["students"], before["students"]);
}

#[actix_web::test]
async fn the_office_files_for_a_home_without_a_link() {
    let (house, _) = known().await;
    let office = house.office();
    let ask = |no: &'static str, words: &'static str| {
        [
            ("act", "file"),
            ("student_no", no),
            ("kind", "correction"),
            ("words", words),
        ]
    };
    let none = office
        .posts("/a/requests", &ask("1", "call me"))
        .await
        .is(422)
        .body;
    assert!(none.contains("call me"), "what was typed is kept");
    office
        .posts("/a/requests", &ask("990001", " "))
        .await
        .is(422);
    office
        .posts("/a/requests", &ask("990001", "call me"))
        .await
        .is(303);
    office
        .posts("/a/requests", &ask("990001", "again"))
        .await
        .is(422);
    house
        .staff("h401")
        .posts("/a/requests", &ask("990001", "x"))
        .await
        .is(403);
    assert_eq!(house.contents()["home_requests"].len(), 1);
    assert_eq!(house.audited("request.file").await.len(), 1);
}
