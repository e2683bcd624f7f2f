//! A family's rights: the notice and its two answers, what the school holds, requests with their clock.

use serde_json::{Value, json};
use starlight::{
    domain::{home_rights::NOTICE, ids::StudentId},
    storage::{home_rights, students},
};

use crate::school::{House, School, Stage, address, after, all};

async fn house(stage: Stage) -> House {
    let school = School::new().with_class("401", 8).with_class("402", 2);
    school.with_round("r", stage).open().await
}

async fn consent(house: &House, no: &str) -> (String, Vec<(i32, String, String)>) {
    let id = StudentId::new(house.student_id(no));
    let class = house.own().class_id(no.get(..3).unwrap());
    let read = house.change(move |tx, call| {
        let permit = call.actor.see_child(&id, &class)?;
        let rows = home_rights::consents_of(tx, &permit, &call.school)?;
        let rows = rows.into_iter().map(|r| (r.notice, r.decision, r.how));
        Ok((
            students::get(tx, &permit, &call.school)?.consent,
            rows.collect(),
        ))
    });
    read.await
}

/// Back to before the family was asked.
fn unasked(house: &House, no: &str) {
    let id = house.student_id(no);
    house.sql(&format!(
        "UPDATE students SET consent = 'notice' WHERE id = '{id}'"
    ));
}

async fn says(house: &House, no: &str, what: &str) -> u16 {
    let path = format!("{}/notice", house.family_page(no));
    let version = NOTICE.to_string();
    let fields = [("say", what), ("version", version.as_str())];
    house.family(no).posts(&path, &fields).await.status
}

#[actix_web::test]
async fn a_family_that_was_never_asked_reads_the_notice_first() {
    let house = house(Stage::Open).await;
    unasked(&house, "40101");
    let (family, page) = (house.family("40101"), house.family_page("40101"));
    let first = family.get(&page).await.is(200).body;
    assert!(first.contains("data-test=\"notice\"") && !first.contains("data-test=\"indicator\""));
    assert_eq!(says(&house, "40101", "agree").await, 303);
    let then = family.get(&page).await.is(200).body;
    assert!(then.contains("data-test=\"indicator\""));
    let (now, rows) = consent(&house, "40101").await;
    assert_eq!(now, "consented");
    assert_eq!(rows, [(NOTICE, "consented".to_owned(), "link".to_owned())]);
    let lines = house.audited("consent.enter").await;
    assert_eq!(lines[0].1, format!("consented link notice={NOTICE}"));
}

/// Neither a form that was open when a new notice came into force nor the API gets around it; the words are given back.
#[actix_web::test]
async fn no_sheet_is_taken_before_the_notice_is_answered() {
    let house = house(Stage::Open).await;
    let (family, page) = (house.family("40101"), house.family_page("40101"));
    let open = family.get(&page).await.is(200).body;
    let question = after(&open, "data-test=\"anchor\"", "name=\"", "\"").to_owned();
    let card = &family.tasks(house.round("r")).await[0];
    unasked(&house, "40101");
    let said = [
        (question.as_str(), "1"),
        ("text", "she packs her bag alone"),
    ];
    let answer = family.posts(&page, &said).await.is(403).body;
    assert!(answer.contains("data-kind=\"unasked\"") && answer.contains("packs her bag alone"));
    assert!(answer.contains(&format!("href=\"{page}\"")));
    let path = address(house.round("r"), card);
    let put = json!({ "scores": all(card, 2) });
    let refused = family.put(&path, put.clone()).await.is(403).json();
    assert!(refused["type"].as_str().unwrap().ends_with("notice-first"));
    assert_eq!(house.contents()["sheets"].len(), 0);
    assert_eq!(says(&house, "40101", "agree").await, 303);
    family.put(&path, put).await.is(201);
}

#[actix_web::test]
async fn an_answer_to_an_older_notice_is_asked_for_again() {
    let house = house(Stage::Open).await;
    let (family, page) = (house.family("40101"), house.family_page("40101"));
    assert_eq!(says(&house, "40101", "agree").await, 303);
    house.sql("UPDATE consents SET notice = notice - 1");
    let again = family.get(&page).await.is(200).body;
    assert!(again.contains("data-test=\"notice\""));
    let path = format!("{page}/notice");
    let old = (NOTICE - 1).to_string();
    family
        .posts(&path, &[("say", "agree"), ("version", &old)])
        .await
        .is(303);
    assert!(
        family
            .get(&page)
            .await
            .body
            .contains("data-test=\"notice\""),
        "an old text agrees to nothing"
    );
}

/// Refusing keeps the child's basic service and ends form, card and the other links (S-43, S-68); the link over which
/// it was said still leads to the rights, and back.
#[actix_web::test]
async fn refusing_leaves_the_rights_and_can_be_taken_back() {
    let house = house(Stage::Open).await;
    let (family, page) = (house.family("40101"), house.family_page("40101"));
    let desk = format!("/t/classes/{}/links", house.class("401"));
    let issue = [("action", "issue"), ("student", house.student_id("40101"))];
    let slip = house.staff("h401").posts(&desk, &issue).await.is(200).body;
    let other = format!("/p/{}", after(&slip, "/p/", "", "<"));
    house.anonymous().get(&other).await.is(200);

    assert_eq!(says(&house, "40101", "refuse").await, 303);
    let away = family.get(&page).await.is(303);
    assert_eq!(away.header("location"), format!("{page}/rights"));
    let shown = family.get(&format!("{page}/rights")).await.is(200).body;
    assert!(shown.contains("data-state=\"refused\""));
    let form = [("text", "hi")];
    assert!(
        family.posts(&page, &form).await.status >= 400,
        "the form is closed"
    );
    family.get(&format!("{page}/appeal")).await.is(401);
    house.anonymous().get(&other).await.is(404);
    // Nobody is dealt the child any more; the child still rates itself.
    let cards = house.student("40101").tasks(house.round("r")).await;
    assert!(cards.iter().any(|card| card["source"] == "self"));
    assert!(cards.iter().all(|card| card["source"] != "peer"));
    let others = house.student("40102").tasks(house.round("r")).await;
    let me = house.student_id("40101");
    assert!(others.iter().all(|card| card["ratee"] != me));

    assert_eq!(says(&house, "40101", "agree").await, 303);
    family.get(&page).await.is(200);
    house.anonymous().get(&other).await.is(200);
    let (_, rows) = consent(&house, "40101").await;
    assert_eq!(rows.len(), 2, "each decision stays in the register");
}

/// On paper the office ends every link of the child; the family's own page too.
#[actix_web::test]
async fn consent_withdrawn_on_paper_leaves_no_link() {
    let house = house(Stage::Open).await;
    let today = crate::school::today().to_string();
    let child = house.student_id("40101");
    let fields = [
        ("action", "refused"),
        ("class", house.class("401")),
        ("student", child),
        ("date", &today),
    ];
    house.office().posts("/a/consent", &fields).await.is(303);
    let page = house.family_page("40101");
    for path in [
        page.clone(),
        format!("{page}/rights"),
        format!("{page}/data.json"),
    ] {
        house.family("40101").get(&path).await.is(401);
    }
    let (now, rows) = consent(&house, "40101").await;
    assert_eq!((now.as_str(), rows[0].2.as_str()), ("refused", "paper"));
}

#[actix_web::test]
async fn what_is_held_is_told_and_nothing_of_classmates() {
    let house = house(Stage::Published).await;
    let (family, page) = (house.family("40101"), house.family_page("40101"));
    let shown = family.get(&format!("{page}/data")).await.is(200);
    assert_eq!(shown.header("cache-control"), "no-store");
    let count = |key: &str| {
        let part = after(
            &shown.body,
            &format!("data-key=\"{key}\""),
            "",
            "</section>",
        );
        let told = after(part, "class=\"num\">", "", "<");
        let digits: String = told.chars().skip_while(|c| !c.is_ascii_digit()).collect();
        digits
            .chars()
            .take_while(char::is_ascii_digit)
            .collect::<String>()
    };
    assert_eq!(count("own"), "1");
    assert!(
        !shown.body.contains("data-key=\"peers\""),
        "fewer than five raters are not told"
    );
    let taken = family.get(&format!("{page}/data.json")).await.is(200);
    assert!(
        taken
            .header("content-disposition")
            .starts_with("attachment")
    );
    let data = taken.json();
    assert_eq!(data["child"]["id"], house.student_id("40101"));
    assert_eq!(data["counts"]["classmates_heard"], Value::Null);
    assert_eq!(data["links"].as_array().unwrap().len(), 1);
    let mine = data["sheets"].as_array().unwrap();
    assert!(!mine.is_empty(), "the family's own answers are there");
    for no in 2..=8 {
        let mate = house.student_id(&format!("4010{no}"));
        assert!(
            !taken.body.contains(mate) && !shown.body.contains(mate),
            "a classmate is named"
        );
    }
    assert_eq!(house.audited("home.export").await.len(), 1);
}

/// The export holds every row of the tables that is told in full (S-69).
#[actix_web::test]
async fn the_export_lacks_no_row() {
    let house = house(Stage::Published).await;
    says(&house, "40101", "agree").await;
    let page = house.family_page("40101");
    let ask = [("kind", "deletion"), ("words", "the old picture")];
    house
        .family("40101")
        .posts(&format!("{page}/rights"), &ask)
        .await
        .is(303);
    let told = [("kind", "read"), ("amount", "2")];
    house.student("40101").posts("/s/log", &told).await.is(303);
    let body = house
        .family("40101")
        .get(&format!("{page}/data.json"))
        .await
        .body;
    let me = house.student_id("40101").to_owned();
    let mut seen = 0;
    for table in [
        "consents",
        "family_links",
        "home_requests",
        "enrolments",
        "goals",
        "logs",
    ] {
        for row in house.contents()[table]
            .iter()
            .filter(|row| row.contains(&me))
        {
            let found = row
                .split('|')
                .map(|cell| cell.trim_matches('\''))
                .any(|cell| cell.len() == 36 && body.contains(cell) && cell != me);
            assert!(found, "{table}: {row}");
            seen += 1;
        }
    }
    assert!(seen >= 5, "{seen}");
}

#[actix_web::test]
async fn a_request_runs_against_the_clock_and_comes_back_answered() {
    let house = house(Stage::Published).await;
    let (family, office) = (house.family("40101"), house.office());
    let rights = format!("{}/rights", house.family_page("40101"));
    family
        .posts(&rights, &[("kind", "correction"), ("words", " ")])
        .await
        .is(422);
    let ask = [
        ("kind", "correction"),
        ("words", "the name is written otherwise"),
    ];
    family.posts(&rights, &ask).await.is(303);
    family.posts(&rights, &ask).await.is(303);
    let list = office.get("/a/requests").await.is(200).body;
    assert_eq!(
        list.matches("data-test=\"request\"").count(),
        1,
        "one of a kind waits"
    );
    assert!(list.contains("the name is written otherwise"));
    let id = after(&list, "name=\"id\" value=\"", "", "\"").to_owned();
    let answer = |act: &'static str, words: &'static str| {
        [("act", act), ("id", id.as_str()), ("words", words)]
    };
    office
        .posts("/a/requests", &answer("decline", ""))
        .await
        .is(422);
    office
        .posts("/a/requests", &answer("done", "put right today"))
        .await
        .is(303);
    let card = family.get(&house.family_page("40101")).await.is(200).body;
    assert!(card.contains("put right today") && card.contains("data-state=\"done\""));
    let own = family.get(&rights).await.is(200).body;
    assert!(own.contains("put right today"));
    let other = format!("{}/rights", house.family_page("40102"));
    assert!(
        !house
            .family("40102")
            .get(&other)
            .await
            .is(200)
            .body
            .contains("put right today")
    );
    house.staff("h401").get("/a/requests").await.is(403);
    house.family("40102").get(&rights).await.is(401);
    let lines: Vec<_> = house.audited("request.").await;
    assert_eq!(lines.len(), 2);
    assert!(
        lines.iter().all(|(_, detail)| !detail.contains("name")),
        "no words in the log"
    );
}

#[actix_web::test]
async fn each_page_can_be_read_in_the_other_language() {
    let house = house(Stage::Published).await;
    unasked(&house, "40102");
    let (family, page) = (house.family("40101"), house.family_page("40101"));
    for path in ["", "/rights", "/data"] {
        let english = family.get(&format!("{page}{path}?lang=en")).await.is(200);
        assert!(english.body.contains("<html lang=\"en\""), "{path}");
        assert!(english.header("set-cookie").starts_with("lang=en"));
        assert!(english.body.contains("href=\"?lang=zh-CN\""), "{path}");
    }
    let notice = house.family_page("40102");
    let notice = house.family("40102").get(&notice).await.is(200).body;
    assert!(notice.contains("href=\"?lang=en\""));
}
