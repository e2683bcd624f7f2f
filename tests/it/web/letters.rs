//! Growth letters: what a child's letter tells and what never stands in it, who reads whose, and what the list says is
//! missing.

use super::{
    festivals,
    term_comments::{finals, good, keeps, page_of},
};
use crate::school::{House, School, Stage, after, today};
use serde_json::json;

async fn house() -> House {
    let school = School::new().with_class("401", 8).with_class("402", 2);
    school.with_round("r", Stage::Published).open().await
}

fn at(house: &House, tail: &str) -> String {
    format!("/t/classes/{}/{tail}", house.class("401"))
}

async fn tells(house: &House, no: &str, star: &str, text: &str) {
    let fields = [
        ("act", "write"),
        ("student", house.student_id(no)),
        ("star", star),
        ("text", text),
    ];
    let teacher = house.staff("h401");
    teacher.posts(&at(house, "moments"), &fields).await.is(303);
}

/// The rope is counted today.
async fn skips(house: &House, no: &str, amount: &str) {
    let (on, child) = (today().to_string(), format!("v.{}", house.student_id(no)));
    let fields = [
        ("act", "keep"),
        ("kind", "rope"),
        ("on", on.as_str()),
        (child.as_str(), amount),
    ];
    let teacher = house.staff("h401");
    teacher.posts(&at(house, "logs"), &fields).await.is(303);
}

/// A goal that the family saw reached, and another one that is on.
async fn reaches(house: &House, no: &str) {
    let child = house.student(no);
    let set = [("act", "set"), ("ready", "rope")];
    child.posts("/s/goal", &set).await.is(303);
    let page = child.get("/s/me").await.body;
    let id = after(&page, "action=\"/s/goal\"", "name=\"id\" value=\"", "\"").to_owned();
    let done = [("act", "done"), ("id", id.as_str())];
    child.posts("/s/goal", &done).await.is(303);
    let confirm = format!("{}/goal", house.family_page(no));
    let family = house.family(no);
    family.posts(&confirm, &[("id", &id)]).await.is(303);
    let next = [("act", "set"), ("star", "arts"), ("words", "画一本小绘本")];
    child.posts("/s/goal", &next).await.is(303);
}

async fn praised(house: &House, no: &str) {
    let fields = [
        ("student", house.student_id(no)),
        ("chip", "middle_labour_1"),
    ];
    for _ in 0..5 {
        let teacher = house.staff("h401");
        teacher.posts(&at(house, "praise"), &fields).await.is(303);
    }
}

async fn releases(house: &House) {
    let release = [("act", "release"), ("child", house.student_id("40101"))];
    let teacher = house.staff("h401");
    teacher
        .posts(&page_of(house, "401"), &release)
        .await
        .is(303);
}

/// Everything there can be for one child.
async fn rich(house: &House, no: &str) {
    tells(house, no, "arts", "画了一张贺卡").await;
    tells(house, no, "labour", "把黑板擦干净了").await;
    tells(house, no, "labour", "又浇了花").await;
    skips(house, no, "52").await;
    let day = today().checked_sub_days(chrono::Days::new(1)).unwrap();
    house.sql(&format!("update logs set done_on = '{day}'"));
    skips(house, no, "80").await;
    reaches(house, no).await;
    praised(house, no).await;
    festivals::wins(house, no).await;
    finals(&house.staff("h401"), house, no).await;
}

async fn letter(house: &House, no: &str) -> String {
    let path = format!("letters/print?student={}", house.student_id(no));
    let page = house
        .staff("h401")
        .get(&at(house, &path))
        .await
        .is(200)
        .body;
    assert_eq!(page.matches(r#"data-test="letter""#).count(), 1);
    sheet(&page)
}

/// The letter alone, without the page around it.
fn sheet(page: &str) -> String {
    after(page, "<article class=\"lt-sheet", ">", "</article>").to_owned()
}

const PARTS: [&str; 9] = [
    "shining",
    "moments",
    "goals",
    "records",
    "festivals",
    "badges",
    "cards",
    "comment",
    "next",
];

fn has(letter: &str, part: &str) -> bool {
    letter.contains(&format!("data-test=\"letter-{part}\""))
}

#[actix_web::test]
async fn for_whoever_leads_the_class_and_nobody_else() {
    let house = house().await;
    let own = house.student_id("40101");
    let one = format!("letters/print?student={own}");
    for tail in ["letters", "letters/print", one.as_str()] {
        let path = at(&house, tail);
        house.staff("h401").get(&path).await.is(200);
        house.office().get(&path).await.is(200);
        house.staff("s401").get(&path).await.is(403);
        house.staff("h402").get(&path).await.is(404);
        house.student("40101").get(&path).await.is(303);
        house.anonymous().get(&path).await.is(303);
    }
    let foreign = house.student_id("40201");
    let path = at(&house, &format!("letters/print?student={foreign}"));
    house.staff("h401").get(&path).await.is(404);
    house.office().get(&path).await.is(404);
}

#[actix_web::test]
async fn it_tells_what_was_seen_of_the_child_and_of_nobody_else() {
    let house = house().await;
    rich(&house, "40101").await;
    tells(&house, "40102", "virtue", "扶同学去了医务室").await;
    let before = letter(&house, "40101").await;
    assert!(!has(&before, "comment"), "not released yet");
    releases(&house).await;
    let letter = letter(&house, "40101").await;
    for part in PARTS {
        assert!(has(&letter, part), "{part} in {letter}");
    }
    for words in [
        "Child 40101",
        "又浇了花",
        "把黑板擦干净了",
        "画了一张贺卡",
        "从 52 个到 80 个",
        "画一本小绘本",
        "best team",
        &good("40101"),
        "Teacher h401",
    ] {
        assert!(letter.contains(words), "{words} in {letter}");
    }
    for words in ["扶同学去了医务室", "Child 40102"] {
        assert!(!letter.contains(words), "{words} in {letter}");
    }
    assert!(
        house.audited("letter").await.is_empty(),
        "printing is a read"
    );
}

#[actix_web::test]
async fn an_empty_part_is_not_spoken_of_and_a_letter_without_any_is_still_one() {
    let house = house().await;
    let letter = letter(&house, "40103").await;
    for part in PARTS {
        assert!(!has(&letter, part), "{part} in {letter}");
    }
    assert!(has(&letter, "bare"));
    assert!(!letter.contains('没') && !letter.contains('无'), "{letter}");
    let list = house.staff("h401").get(&at(&house, "letters")).await.body;
    let rows: Vec<&str> = list.split("data-test=\"letters-row\"").skip(1).collect();
    assert_eq!(rows.len(), 8);
    assert!(
        rows.iter()
            .all(|row| row.contains("data-test=\"letters-bare\""))
    );
    tells(&house, "40103", "arts", "画了一张贺卡").await;
    let list = house.staff("h401").get(&at(&house, "letters")).await.body;
    assert_eq!(list.matches("data-test=\"letters-bare\"").count(), 7);
}

#[actix_web::test]
async fn neither_a_doubted_nor_a_withdrawn_badge_and_no_hidden_moment() {
    let house = house().await;
    praised(&house, "40101").await;
    assert!(has(&letter(&house, "40101").await, "badges"));
    let doubt = "update awards set doubted = 'no_longer_true' where recipient_kind = 'student'";
    assert!(house.sql(doubt) > 0);
    assert!(!has(&letter(&house, "40101").await, "badges"));
    let withdraw = "update awards set doubted = null, revoked_at = 1, revoked_why = 'x'";
    assert!(house.sql(withdraw) > 0);
    assert!(!has(&letter(&house, "40101").await, "badges"));
    tells(&house, "40101", "arts", "画了一张贺卡").await;
    for state in ["proposed", "hidden"] {
        house.sql(&format!("update moments set state = '{state}'"));
        let letter = letter(&house, "40101").await;
        assert!(!letter.contains("画了一张贺卡"), "{state}");
    }
    house.sql("update moments set state = 'released', by_kind = 'peer'");
    let letter = letter(&house, "40101").await;
    assert!(letter.contains("画了一张贺卡") && !letter.contains("Teacher h401"));
    assert!(has(&letter, "moments") && !has(&letter, "shining"));
}

#[actix_web::test]
async fn the_list_says_what_is_missing_and_where_it_is_written() {
    let house = house().await;
    let teacher = house.staff("h401");
    let child = house.student_id("40101");
    let gaps = async || {
        let list = teacher.get(&at(&house, "letters")).await.is(200).body;
        let row = list.split("data-test=\"letters-row\"").nth(1).unwrap();
        let keys = row.split("data-key=\"").skip(1);
        let keys: Vec<String> = keys
            .map(|k| k.split('"').next().unwrap().to_owned())
            .collect();
        (keys, row.to_owned())
    };
    let (keys, row) = gaps().await;
    assert_eq!(keys, ["comment", "shining"]);
    assert!(row.contains(&at(&house, &format!("comments?child={child}"))));
    assert!(row.contains(&at(&house, &format!("moments?student={child}#write"))));
    keeps(&teacher, &house, "40101", json!({"text": "a draft"}))
        .await
        .is(200);
    assert_eq!(gaps().await.0, ["draft", "shining"]);
    assert!(!letter(&house, "40101").await.contains("a draft"));
    let said = json!({"text": good("40101"), "finish": true, "based_on": 1, "hand": "b"});
    keeps(&teacher, &house, "40101", said).await.is(200);
    assert_eq!(gaps().await.0, ["release", "shining"]);
    tells(&house, "40101", "arts", "画了一张贺卡").await;
    releases(&house).await;
    assert!(gaps().await.0.is_empty());
    for page in [
        format!("/t/classes/{}", house.class("401")),
        at(&house, "close"),
    ] {
        let body = teacher.get(&page).await.is(200).body;
        assert!(
            body.contains(&format!("href=\"{}\"", at(&house, "letters"))),
            "{page}"
        );
    }
}

#[actix_web::test]
async fn a_family_reads_its_own_childs_once_they_are_handed_over() {
    let house = house().await;
    rich(&house, "40101").await;
    let (family, page) = (house.family("40101"), house.family_page("40101"));
    let path = format!("{page}/letter");
    family.get(&path).await.is(404);
    let go = format!("href=\"{path}\"");
    assert!(!family.get(&page).await.is(200).body.contains(&go));
    releases(&house).await;
    assert!(family.get(&page).await.is(200).body.contains(&go));
    let read = family.get(&path).await.is(200);
    assert!(read.body.len() < 60_000, "{} bytes", read.body.len());
    let theirs = sheet(&read.body);
    let ours = letter(&house, "40101").await;
    let told = |letter: &str| after(letter, "lt-body", ">", "<div class=\"lt-hand").to_owned();
    assert_eq!(told(&theirs), told(&ours), "the same letter");
    let title = after(&read.body, "<head>", "<title>", "</title>");
    assert!(!title.contains("Child"), "{title}");
    house.family("40102").get(&path).await.is(401);
    house.anonymous().get(&path).await.is(401);
    house.student("40101").get(&path).await.is(401);
    // The comments are taken back: the letter is closed again, until the class's term is.
    let withdraw = [("act", "withdraw"), ("child", house.student_id("40101"))];
    let teacher = house.staff("h401");
    teacher
        .posts(&page_of(&house, "401"), &withdraw)
        .await
        .is(303);
    family.get(&path).await.is(404);
    let why: Vec<String> = (2..=8)
        .map(|n| format!("why.{}", house.student_id(&format!("4010{n}"))))
        .collect();
    let mut close = vec![("act", "close")];
    close.extend(
        why.iter()
            .map(|key| (key.as_str(), "这个月请长假，不在学校")),
    );
    teacher.posts(&at(&house, "close"), &close).await.is(303);
    let closed = family.get(&path).await.is(200).body;
    assert!(!has(&sheet(&closed), "comment") && has(&sheet(&closed), "shining"));
}
