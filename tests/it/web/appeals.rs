//! Appeals: who may say that something is not right, who proposes, who decides, and what comes of it.

use super::correcting::*;
use crate::school::{Actor, Answer, House, after};

pub const ANSWER: &str = "thank you, we looked again";

/// Files an appeal as a child.
pub async fn child_files(house: &House, no: &str, about: &str, words: &str) -> Answer {
    let fields = [("about", about), ("words", words)];
    house.student(no).posts("/s/appeal", &fields).await
}

pub async fn family_files(house: &House, no: &str, about: &str) -> Answer {
    let path = format!("{}/appeal", house.family_page(no));
    house.family(no).posts(&path, &[("about", about)]).await
}

pub fn class_page(house: &House, code: &str) -> String {
    format!("/t/classes/{}/appeals", house.class(code))
}

/// Ids of the appeals that wait on a page.
pub async fn waiting(who: &Actor<'_>, path: &str) -> Vec<String> {
    let page = who.get(path).await.is(200).body;
    let cards = page.split("data-test=\"appeal\"").skip(1);
    let form = cards.filter_map(|card| {
        card.split("</article>")
            .next()?
            .split("name=\"id\" value=\"")
            .nth(1)
    });
    form.map(|rest| rest.split('"').next().unwrap().to_owned())
        .collect()
}

pub async fn decides(who: &Actor<'_>, act: &str, answer: &str) -> Answer {
    let id = waiting(who, "/a/appeals").await.remove(0);
    let fields = [("act", act), ("id", &id), ("words", answer)];
    who.posts("/a/appeals", &fields).await
}

/// The teacher proposes that one sheet is not counted.
pub async fn proposes_out(
    house: &House,
    who: &Actor<'_>,
    no: &str,
    round: &str,
    voice: &str,
) -> Answer {
    let sheet = handles(house, who, no, round, voice).await.remove(0);
    asks(
        house,
        who,
        (no, round),
        "propose-out",
        &sheet,
        &[("reason", WHY)],
    )
    .await
}

pub fn news(page: &str) -> &str {
    after(page, "data-test=\"appeal-news\"", "data-state=\"", "\"")
}

#[actix_web::test]
async fn a_family_is_heard_and_the_correction_comes_with_the_grant() {
    let house = two_rounds().await;
    let (teacher, office, family) = (house.staff("h401"), house.office(), house.family("40101"));
    let card = house.family_page("40101");
    assert!(
        family
            .get(&card)
            .await
            .body
            .contains("data-test=\"appeal\"")
    );
    family.get(&format!("{card}/appeal")).await.is(200);
    family_files(&house, "40101", "virtue").await.is(303);
    assert_eq!(news(&family.get(&card).await.body), "open");
    // The clock runs on the teacher's first page, and the office sees that somebody waits.
    let today = teacher.get("/t").await.is(200).body;
    assert!(today.contains("data-test=\"appeals-waiting\""));
    assert!(
        waiting(&office, "/a/appeals").await.is_empty(),
        "nothing to decide yet"
    );
    proposes_out(&house, &teacher, "40101", "r2", "peer")
        .await
        .is(303);
    assert_eq!(
        published(&house, "r2").await.0,
        1,
        "a proposal corrects nothing"
    );
    let before = row(&house, "r2", "40101").await;
    assert_eq!(news(&family.get(&card).await.body), "open");

    decides(&office, "grant", ANSWER).await.is(303);
    let now = row(&house, "r2", "40101").await;
    assert_eq!(now.peer.marks.len() + 1, before.peer.marks.len());
    the_folder_gives_the_same(&house, &["r1", "r2"]).await;
    let page = family.get(&card).await.is(200).body;
    assert!(news(&page) == "granted" && page.contains(ANSWER), "{page}");
    // What brought it about stands on the trace, and the teacher alone cannot take it back.
    let sheets = teacher.get(&page_of(&house, "40101", "r2")).await.body;
    let line = after(&sheets, "data-test=\"correction\"", ">", "</li>");
    assert!(
        line.contains(WHY) && !line.contains("name=\"what\""),
        "{line}"
    );
    let undo = after(
        &office.get(&page_of(&house, "40101", "r2")).await.body,
        "data-test=\"correction\"",
        "name=\"what\" value=\"",
        "\"",
    )
    .to_owned();
    let why = [("reason", "granted by mistake")];
    asks(&house, &teacher, ("40101", "r2"), "undo", &undo, &why)
        .await
        .is(403);
    asks(&house, &office, ("40101", "r2"), "undo", &undo, &why)
        .await
        .is(303);
    assert!(row(&house, "r2", "40101").await == before);
    let acts = house.audited("appeal.").await;
    let acts: Vec<&str> = acts.iter().map(|(act, _)| act.as_str()).collect();
    assert_eq!(acts, ["appeal.file", "appeal.propose", "appeal.decide"]);
}

#[actix_web::test]
async fn a_child_taps_once_and_reads_the_answer_in_its_own_page() {
    let house = two_rounds().await;
    let (child, teacher) = (house.student("40102"), house.staff("h401"));
    assert!(
        child
            .get("/s/me")
            .await
            .is(200)
            .body
            .contains("data-test=\"appeal\"")
    );
    assert!(
        child
            .get("/s/appeal")
            .await
            .is(200)
            .body
            .contains("name=\"words\"")
    );
    child_files(&house, "40102", "wisdom", "I did listen")
        .await
        .is(303);
    let own = child.get("/s/me").await.body;
    assert!(
        news(&own) == "open" && !own.contains("data-test=\"appeal\""),
        "one at a time"
    );
    child.get("/s/appeal").await.is(303);
    child_files(&house, "40102", "all", "").await.is(303);
    assert_eq!(house.audited("appeal.file").await.len(), 1);
    // The family may still say something of its own, and neither sees the other's.
    family_files(&house, "40102", "all").await.is(303);
    assert_eq!(house.audited("appeal.file").await.len(), 2);
    let page = teacher.get(&class_page(&house, "401")).await.is(200).body;
    assert!(page.contains("I did listen") && page.contains("Child 40102"));

    for id in waiting(&teacher, &class_page(&house, "401")).await {
        let fields = [
            ("act", "explain"),
            ("id", &id),
            ("words", "four voices, all counted"),
        ];
        teacher
            .posts(&class_page(&house, "401"), &fields)
            .await
            .is(303);
    }
    decides(&house.office(), "decline", ANSWER).await.is(303);
    let own = child.get("/s/me").await.body;
    assert!(news(&own) == "declined" && own.contains(ANSWER), "{own}");
    let card = house
        .family("40102")
        .get(&house.family_page("40102"))
        .await
        .body;
    assert!(news(&card) == "open" && !card.contains(ANSWER));
    assert_eq!(published(&house, "r2").await.0, 1);
    // Decided is decided: the child may say something new, the office cannot decide twice.
    child_files(&house, "40102", "all", "").await.is(303);
    assert_eq!(house.audited("appeal.file").await.len(), 3);
}

#[actix_web::test]
async fn an_override_that_is_proposed_comes_with_the_grant() {
    let house = two_rounds().await;
    let (teacher, office) = (house.staff("h401"), house.office());
    family_files(&house, "40104", "labour").await.is(303);
    let mut proposed = 0;
    for sheet in handles(&house, &teacher, "40104", "r2", "teacher").await {
        let page = teacher.get(&page_of(&house, "40104", "r2")).await.body;
        let own = page.split("data-test=\"override\"").nth(1).unwrap();
        let indicator = own
            .split("<option value=\"")
            .nth(1)
            .unwrap()
            .split('"')
            .next()
            .unwrap();
        for anchor in ["1", "4"] {
            let change = [
                ("indicator", indicator),
                ("anchor", anchor),
                ("reason", WHY),
            ];
            let said = ("40104", "r2");
            let answer = asks(&house, &teacher, said, "propose-override", &sheet, &change).await;
            proposed += usize::from(answer.status == 303);
        }
    }
    assert!(proposed > 0);
    let before = row(&house, "r2", "40104").await.round;
    decides(&office, "grant", ANSWER).await.is(303);
    assert_ne!(row(&house, "r2", "40104").await.round.voices, before.voices);
    the_folder_gives_the_same(&house, &["r1", "r2"]).await;
}

#[actix_web::test]
async fn words_and_things_that_do_not_fit_are_refused_and_nothing_is_lost() {
    let house = two_rounds().await;
    let (teacher, office) = (house.staff("h401"), house.office());
    child_files(&house, "40105", "place", "").await.is(422);
    let long = "x".repeat(201);
    child_files(&house, "40105", "all", &long).await.is(303);
    assert!(house.audited("appeal.").await.is_empty());
    child_files(&house, "40105", "moment", "").await.is(303);
    let page = class_page(&house, "401");
    let id = waiting(&teacher, &page).await.remove(0);
    let back = [("act", "explain"), ("id", id.as_str()), ("words", "no")];
    let back = teacher.posts(&page, &back).await.is(422).body;
    assert!(
        back.contains("role=\"alert\"") && back.contains("value=\"no\""),
        "{back}"
    );
    let fields = [
        ("act", "explain"),
        ("id", id.as_str()),
        ("words", "it was like this"),
    ];
    teacher.posts(&page, &fields).await.is(303);
    let short = [("act", "decline"), ("id", id.as_str()), ("words", " ok ")];
    let back = office.posts("/a/appeals", &short).await.is(422).body;
    assert!(
        back.contains("role=\"alert\"") && back.contains("value=\" ok \""),
        "{back}"
    );
    assert!(house.audited("appeal.decide").await.is_empty());
}

#[actix_web::test]
async fn others_see_and_say_nothing() {
    let house = two_rounds().await;
    child_files(&house, "40106", "all", "").await.is(303);
    let page = class_page(&house, "401");
    for (login, status) in [("s401", 403), ("h402", 404)] {
        house.staff(login).get(&page).await.is(status);
        house.staff(login).get("/a/appeals").await.is(403);
    }
    let id = waiting(&house.staff("h401"), &page).await.remove(0);
    let explain = [
        ("act", "explain"),
        ("id", id.as_str()),
        ("words", "it was like this"),
    ];
    house
        .staff("h402")
        .posts(&class_page(&house, "402"), &explain)
        .await
        .is(404);
    house.staff("s401").posts(&page, &explain).await.is(403);
    // A classmate's own page tells nothing of it, and somebody else's family page is not there.
    let other = house.student("40107").get("/s/me").await.is(200).body;
    assert!(!other.contains("appeal-news"));
    let strange = format!("{}/appeal", house.family_page("40106"));
    assert_ne!(house.family("40107").get(&strange).await.status, 200);
    assert_ne!(
        house
            .anonymous()
            .posts("/s/appeal", &[("about", "all")])
            .await
            .status,
        200
    );
    assert_eq!(house.audited("appeal.").await.len(), 1);
}

#[actix_web::test]
async fn small_children_tap_only() {
    let house = crate::school::School::new()
        .with_class("201", 8)
        .with_round("r1", crate::school::Stage::Published)
        .open()
        .await;
    let child = house.student("20101");
    assert!(
        !child
            .get("/s/appeal")
            .await
            .is(200)
            .body
            .contains("name=\"words\"")
    );
    child_files(&house, "20101", "all", "I did").await.is(422);
    child_files(&house, "20101", "all", "").await.is(303);
}

#[actix_web::test]
async fn an_open_appeal_can_be_taken_back_by_whoever_filed_it() {
    let house = two_rounds().await;
    let (child, teacher) = (house.student("40102"), house.staff("h401"));
    let page = class_page(&house, "401");
    child_files(&house, "40102", "wisdom", "I did listen")
        .await
        .is(303);
    family_files(&house, "40102", "all").await.is(303);
    // The teacher has already proposed: nothing of it is carried out.
    proposes_out(&house, &teacher, "40102", "r2", "peer")
        .await
        .is(303);
    let own = child.get("/s/me").await.is(200).body;
    assert!(own.contains("data-test=\"appeal-withdraw\""));
    child.posts("/s/appeal", &[("withdraw", "1")]).await.is(303);
    let own = child.get("/s/me").await.is(200).body;
    assert!(
        !own.contains("data-test=\"appeal-news\""),
        "nothing is said of it"
    );
    assert!(
        own.contains("data-test=\"appeal\""),
        "and another one is possible"
    );
    // Only the child's own; once more there is none.
    child.posts("/s/appeal", &[("withdraw", "1")]).await.is(303);
    assert_eq!(house.audited("appeal.withdraw").await.len(), 1);
    let family = house.family("40102");
    let card = family.get(&house.family_page("40102")).await.is(200).body;
    assert_eq!(news(&card), "open");
    let back = format!("{}/appeal", house.family_page("40102"));
    family.posts(&back, &[("withdraw", "1")]).await.is(303);
    assert_eq!(house.audited("appeal.withdraw").await.len(), 2);
    assert!(waiting(&teacher, &page).await.is_empty());
    assert!(waiting(&house.office(), "/a/appeals").await.is_empty());
    assert_eq!(published(&house, "r2").await.0, 1);

    // The class's own: by whoever leads it, not a child's.
    let new = [
        ("act", "new"),
        ("round", house.round("r2")),
        ("words", "three of us were ill that week"),
    ];
    teacher.posts(&page, &new).await.is(303);
    let listed = teacher.get(&page).await.is(200).body;
    let id = after(
        &listed,
        "data-test=\"appeal\"",
        "name=\"id\" value=\"",
        "\"",
    );
    let fields = [("act", "withdraw"), ("id", id)];
    house.staff("s401").posts(&page, &fields).await.is(403);
    teacher.posts(&page, &fields).await.is(303);
    teacher.posts(&page, &fields).await.is(303);
    assert_eq!(house.audited("appeal.withdraw").await.len(), 3);
}
