//! Term comments: who may, what a draft is made of, final, release to the family, paper.

use serde_json::{Value, json};
use starlight::{
    domain::ids::StudentId,
    storage::{students, term_comments},
};

use crate::school::{Actor, Answer, House, School, Stage, after};

pub fn page_of(house: &House, class: &str) -> String {
    format!("/t/classes/{}/comments", house.class(class))
}

pub fn about(house: &House, no: &str) -> String {
    let class = no.get(..3).unwrap();
    format!("{}?child={}", page_of(house, class), house.student_id(no))
}

/// Sends what a page with script sends; `more` replaces fields.
pub async fn keeps(who: &Actor<'_>, house: &House, no: &str, more: Value) -> Answer {
    let class = no.get(..3).unwrap();
    let path = format!("{}/{}", page_of(house, class), house.student_id(no));
    let mut body = json!({"text": "", "tone": "warm", "based_on": 0, "hand": "a", "turn": 1});
    for (key, value) in more.as_object().unwrap() {
        body[key] = value.clone();
    }
    let token = who.form_token(&path);
    let request = actix_web::test::TestRequest::post()
        .insert_header(("x-csrf-token", token))
        .set_json(body);
    who.send(&path, request).await
}

/// A text nothing is asked about, its own for each child.
pub fn good(no: &str) -> String {
    let body: String = (0..5)
        .map(|n| format!("第{n}件事写的是{no}号同学的小故事。"))
        .collect();
    assert!((60..=120).contains(&body.chars().count()));
    body
}

pub async fn finals(who: &Actor<'_>, house: &House, no: &str) {
    let said = json!({"text": good(no), "finish": true, "hand": no, "turn": 1});
    keeps(who, house, no, said).await.is(200);
}

pub async fn stored(house: &House, no: &str) -> Option<term_comments::TermCommentRow> {
    let (school, class) = (
        house.own().school.clone(),
        house.own().class_id(no.get(..3).unwrap()),
    );
    let id = house.student_id(no).to_owned();
    let read = house.store.read(move |db| {
        let permit = starlight::domain::actor::Actor::System.lead_class(&class)?;
        let term = starlight::storage::schools::terms(db, &school)?
            .remove(0)
            .id;
        let rows = term_comments::of_class(db, &permit, &school, &term, &[])?;
        Ok::<_, starlight::actions::ActionError>(rows.into_iter().find(|row| row.student_id == id))
    });
    read.await.unwrap()
}

#[actix_web::test]
async fn the_homeroom_teacher_writes_the_office_reads_and_nobody_else() {
    let house = School::new()
        .with_class("401", 3)
        .with_class("402", 3)
        .open()
        .await;
    let page = page_of(&house, "401");
    for tail in ["", "/print", ".xlsx"] {
        let path = format!("{page}{tail}");
        house.staff("h401").get(&path).await.is(200);
        house.office().get(&path).await.is(200);
        house.staff("s401").get(&path).await.is(403);
        house.staff("h402").get(&path).await.is(404);
        house.student("40101").get(&path).await.is(303);
        house.anonymous().get(&path).await.is(303);
    }
    for (who, status) in [
        (house.office(), 403),
        (house.staff("s401"), 403),
        (house.staff("h402"), 404),
    ] {
        let text = json!({"text": "x"});
        keeps(&who, &house, "40101", text).await.is(status);
        for act in ["reopen", "release", "withdraw"] {
            let child = house.student_id("40101");
            let fields = [("act", act), ("child", child)];
            who.posts(&page, &fields).await.is(status);
        }
    }
    let foreign = house.student_id("40201");
    let path = format!("{page}?child={foreign}");
    house.staff("h401").get(&path).await.is(404);
    let child = format!("{page}/{foreign}");
    let body = json!({"text": "x", "tone": "warm", "based_on": 0, "hand": "", "turn": 0});
    let token = house.staff("h401").form_token(&child);
    let request = actix_web::test::TestRequest::post()
        .insert_header(("x-csrf-token", token))
        .set_json(body);
    house.staff("h401").send(&child, request).await.is(404);
    assert_eq!(
        house.audited("comment.").await.len(),
        2,
        "two exports and nothing else"
    );
    assert!(stored(&house, "40101").await.is_none());
}

#[actix_web::test]
async fn a_form_without_script_keeps_finishes_and_goes_on() {
    let house = School::new().with_class("401", 3).open().await;
    let teacher = house.staff("h401");
    let page = page_of(&house, "401");
    let (child, next) = (house.student_id("40101"), house.student_id("40102"));
    let text = good("40101");
    let form = |act, based_on: &'static str| {
        vec![
            ("act", act),
            ("child", child),
            ("text", text.as_str()),
            ("tone", "plain"),
            ("based_on", based_on),
        ]
    };
    let kept = teacher.posts(&page, &form("keep", "0")).await.is(303);
    assert!(kept.header("location").ends_with(&format!("child={child}")));
    let shown = teacher.get(&about(&house, "40101")).await.is(200).body;
    assert!(
        shown.contains(&text) && shown.contains("data-stamp=\"1\""),
        "{shown}"
    );
    assert!(shown.contains("data-state=\"draft\"") && !shown.contains("data-state=\"final\""));
    let done = teacher.posts(&page, &form("finish", "1")).await.is(303);
    assert!(done.header("location").ends_with(&format!("child={next}")));
    let shown = teacher.get(&about(&house, "40101")).await.is(200).body;
    assert!(shown.contains("data-test=\"comment-done\"") && !shown.contains("<textarea id"));
    // A draft over a final text is refused: it has to be opened first.
    teacher
        .posts(
            &page,
            &[
                ("act", "keep"),
                ("child", child),
                ("text", "x"),
                ("tone", "warm"),
                ("based_on", "2"),
            ],
        )
        .await
        .is(409);
    assert_eq!(stored(&house, "40101").await.unwrap().text, text);
    teacher
        .posts(&page, &[("act", "reopen"), ("child", child)])
        .await
        .is(303);
    let row = stored(&house, "40101").await.unwrap();
    assert_eq!(
        (row.state.as_str(), row.text.as_str()),
        ("draft", text.as_str())
    );
    let shown = teacher.get(&about(&house, "40101")).await.is(200).body;
    let before = after(&shown, "cm-more", "<article>", "</article>");
    assert!(
        before.contains(&text) && before.contains("Teacher h401"),
        "{before}"
    );
    let said: Vec<String> = house
        .audited("comment.")
        .await
        .into_iter()
        .map(|l| l.0)
        .collect();
    assert_eq!(said, ["comment.draft", "comment.final", "comment.reopen"]);
}

#[actix_web::test]
async fn a_draft_is_made_of_what_was_seen_and_of_nothing_else() {
    let house = School::new()
        .with_class("401", 8)
        .with_round("r", Stage::Published)
        .open()
        .await;
    let teacher = house.staff("h401");
    let bare = teacher.get(&about(&house, "40102")).await.is(200).body;
    assert!(!bare.contains("黑板"));
    let child = house.student_id("40101");
    let moments = format!("/t/classes/{}/moments", house.class("401"));
    let told = [
        ("act", "write"),
        ("student", child),
        ("star", "labour"),
        ("text", "值日擦黑板，连粉笔槽也擦干净了"),
    ];
    teacher.posts(&moments, &told).await.is(303);
    let page = teacher.get(&about(&house, "40101")).await.is(200).body;
    for tone in ["warm", "plain", "lively"] {
        let draft = after(
            &page,
            &format!("data-tone=\"{tone}\""),
            "data-draft=\"",
            "\"",
        );
        assert!(draft.contains("值日擦黑板，连粉笔槽也擦干净了"), "{draft}");
    }
    let typed = after(&page, "id=\"cm-text\"", ">", "</textarea>");
    assert!(typed.contains("值日擦黑板"), "{typed}");
    assert!(page.contains("data-ev"));
    // Another tone by its link, and the same text again.
    let path = format!("{}&tone=lively", about(&house, "40101"));
    let lively = teacher.get(&path).await.is(200).body;
    let lively = after(&lively, "id=\"cm-text\"", ">", "</textarea>").to_owned();
    let draft = after(&page, "data-tone=\"lively\"", "data-draft=\"", "\"");
    assert_eq!(lively.trim(), draft);
    assert_ne!(lively.trim(), typed.trim());
    assert!(
        stored(&house, "40101").await.is_none(),
        "looking stores nothing"
    );
    // The hidden moment is out again.
    let id = after(&page, "value=\"moment-", "", "\"").to_owned();
    let seen = teacher.get(&moments).await.body;
    let seen = after(&seen, &id, "name=\"seen\" value=\"", "\"").to_owned();
    let hide = [
        ("act", "hide"),
        ("id", id.as_str()),
        ("seen", seen.as_str()),
    ];
    teacher.posts(&moments, &hide).await.is(303);
    let page = teacher.get(&about(&house, "40101")).await.is(200).body;
    assert!(!page.contains("值日擦黑板"));
}

#[actix_web::test]
async fn the_family_and_the_child_read_it_once_it_is_final_and_released() {
    let house = School::new()
        .with_class("401", 8)
        .with_round("r", Stage::Published)
        .open()
        .await;
    let teacher = house.staff("h401");
    let page = page_of(&house, "401");
    let text = good("40101");
    let family = async || {
        house
            .family("40101")
            .get(&house.family_page("40101"))
            .await
            .is(200)
            .body
    };
    let own = async || house.student("40101").get("/s/me").await.is(200).body;
    let release = |act| [("act", act), ("child", house.student_id("40101"))];
    keeps(&teacher, &house, "40101", json!({"text": text}))
        .await
        .is(200);
    teacher.posts(&page, &release("release")).await.is(303);
    assert!(!family().await.contains(&text), "a draft is nobody's");
    keeps(
        &teacher,
        &house,
        "40101",
        json!({"text": text, "turn": 2, "finish": true}),
    )
    .await
    .is(200);
    assert!(family().await.contains(&text) && own().await.contains(&text));
    let other = house
        .family("40102")
        .get(&house.family_page("40102"))
        .await
        .body;
    assert!(!other.contains(&text));
    teacher.posts(&page, &release("withdraw")).await.is(303);
    assert!(!family().await.contains(&text) && !own().await.contains(&text));
    teacher.posts(&page, &release("release")).await.is(303);
    assert!(family().await.contains(&text));
    teacher.posts(&page, &release("reopen")).await.is(303);
    assert!(
        !family().await.contains(&text),
        "opened again it is a draft"
    );
    let said: Vec<String> = house
        .audited("comment.")
        .await
        .into_iter()
        .map(|l| l.0)
        .collect();
    let wanted = ["draft", "release", "final", "withdraw", "release", "reopen"];
    assert_eq!(said, wanted.map(|one| format!("comment.{one}")));
}

#[actix_web::test]
async fn a_child_who_left_can_be_read_and_not_written() {
    let house = School::new()
        .with_class("401", 3)
        .with_class("402", 2)
        .open()
        .await;
    let teacher = house.staff("h401");
    finals(&teacher, &house, "40103").await;
    let id = StudentId::new(house.student_id("40103"));
    house
        .change(move |tx, call| {
            let office = call.actor.run_school()?;
            Ok(students::leave(
                tx,
                &office,
                &call.school,
                id.as_str(),
                call.today,
            )?)
        })
        .await;
    let page = teacher.get(&about(&house, "40103")).await.is(200).body;
    assert!(
        page.contains(&good("40103")) && page.contains("class=\"final left\""),
        "{page}"
    );
    assert!(!page.contains("data-test=\"comment-reopen\""));
    let child = house.student_id("40103");
    let reopen = [("act", "reopen"), ("child", child)];
    teacher
        .posts(&page_of(&house, "401"), &reopen)
        .await
        .is(404);
    keeps(&teacher, &house, "40103", json!({"text": "x"}))
        .await
        .is(404);
    let printed = teacher
        .get(&format!("{}/print", page_of(&house, "401")))
        .await
        .body;
    assert!(printed.contains(&good("40103")));
}

#[actix_web::test]
async fn nine_phrases_of_ones_own() {
    let house = School::new().with_class("401", 2).open().await;
    let teacher = house.staff("h401");
    let page = page_of(&house, "401");
    let shown = teacher.get(&page).await.is(200).body;
    assert_eq!(shown.matches("data-test=\"phrase\"").count(), 9);
    let fields = [
        ("act", "phrases"),
        ("child", house.student_id("40101")),
        ("p1", "慢慢来"),
        ("p9", "画得真好"),
    ];
    teacher.posts(&page, &fields).await.is(303);
    let shown = teacher.get(&page).await.is(200).body;
    assert_eq!(shown.matches("data-test=\"phrase\"").count(), 2);
    assert!(shown.contains("慢慢来") && shown.contains("画得真好"));
    let long = "长".repeat(41);
    let fields = [
        ("act", "phrases"),
        ("child", house.student_id("40101")),
        ("p1", long.as_str()),
    ];
    teacher.posts(&page, &fields).await.is(303);
    assert!(!teacher.get(&page).await.body.contains(&long));
    let office = house.office().get(&page).await.is(200).body;
    assert!(!office.contains("慢慢来"), "phrases are one's own");
    assert_eq!(house.audited("comment.phrases").await.len(), 1);
}

#[actix_web::test]
async fn the_spreadsheet_has_every_child_with_its_state() {
    let house = School::new().with_class("401", 3).open().await;
    let teacher = house.staff("h401");
    finals(&teacher, &house, "40102").await;
    let answer = teacher
        .get(&format!("{}.xlsx", page_of(&house, "401")))
        .await
        .is(200);
    assert!(
        answer
            .header("content-disposition")
            .contains("comments.xlsx")
    );
    assert!(answer.body.starts_with("PK"));
    assert_eq!(
        house.audited("comment.export").await,
        [("comment.export".to_owned(), "children=3".to_owned())]
    );
}
