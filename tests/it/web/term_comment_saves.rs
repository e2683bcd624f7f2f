//! Term comments while they are written: saves that cross or get lost, and what is asked before one is final.

use serde_json::{Value, json};
use starlight::{domain::ids::StudentId, storage::students};

use super::term_comments::{about, finals, good, keeps, page_of, stored};
use crate::school::{Answer, School, after};

fn keys(answer: &Answer) -> Vec<String> {
    let asks = answer.json()["asks"].as_array().unwrap().clone();
    let key = |ask: &Value| ask["key"].as_str().unwrap().to_owned();
    asks.iter().map(key).collect()
}

#[actix_web::test]
async fn without_evidence_the_page_says_what_to_collect_and_the_frame_has_a_gap() {
    let house = School::new().with_class("401", 2).open().await;
    let teacher = house.staff("h401");
    let page = teacher.get(&about(&house, "40101")).await.is(200).body;
    assert!(page.contains("data-test=\"no-evidence\""));
    let typed = after(&page, "id=\"cm-text\"", ">", "</textarea>")
        .trim()
        .to_owned();
    assert!(typed.contains("___"), "{typed}");
    let said = json!({"text": typed, "finish": true, "asked": true});
    let answer = keeps(&teacher, &house, "40101", said).await.is(200);
    assert_eq!(answer.json()["held"], true);
    assert_eq!(keys(&answer).first().unwrap(), "gap");
    assert_eq!(stored(&house, "40101").await.unwrap().state, "draft");
}

#[actix_web::test]
async fn a_card_and_a_phrase_go_in_without_script() {
    let house = School::new().with_class("401", 2).open().await;
    let teacher = house.staff("h401");
    let (page, child) = (page_of(&house, "401"), house.student_id("40101"));
    let moments = format!("/t/classes/{}/moments", house.class("401"));
    let told = [
        ("act", "write"),
        ("student", child),
        ("star", "arts"),
        ("text", "画了一张星空"),
    ];
    teacher.posts(&moments, &told).await.is(303);
    let shown = teacher.get(&about(&house, "40101")).await.body;
    let card = after(&shown, "name=\"put\" value=\"", "", "\"").to_owned();
    let put = |what: &str| {
        let fields = [("put", what.to_owned()), ("child", child.to_owned())];
        let rest = [("text", "开头。"), ("tone", "plain"), ("based_on", "0")];
        let rest = rest.map(|(k, v)| (k, v.to_owned()));
        fields.into_iter().chain(rest).collect::<Vec<_>>()
    };
    for (what, words) in [(card.as_str(), "画了一张星空"), ("phrase-9", "假期愉快")] {
        let fields = put(what);
        let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
        let shown = teacher.posts(&page, &fields).await.is(200).body;
        let typed = after(&shown, "id=\"cm-text\"", ">", "</textarea>").trim();
        assert!(
            typed.starts_with("开头。") && typed.contains(words),
            "{typed}"
        );
    }
    let fields = put("moment-nobody");
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (*k, v.as_str())).collect();
    teacher.posts(&page, &fields).await.is(404);
    assert!(stored(&house, "40101").await.is_none());
}

#[actix_web::test]
async fn a_page_goes_on_after_a_lost_answer_and_never_takes_its_own_words_back() {
    let house = School::new().with_class("401", 2).open().await;
    let teacher = house.staff("h401");
    let say = |text: &str, based_on: i64, hand: &str, turn: i64| json!({"text": text, "based_on": based_on, "hand": hand, "turn": turn});
    let first = keeps(&teacher, &house, "40101", say("一", 0, "a", 1))
        .await
        .is(200);
    assert_eq!(first.json()["stamp"], 1);
    // The answer was lost: the page still goes by stamp 0, and by its own second save.
    let second = keeps(&teacher, &house, "40101", say("一二", 0, "a", 2))
        .await
        .is(200);
    assert_eq!(second.json()["stamp"], 2);
    // The first save arrives once more, late.
    let late = keeps(&teacher, &house, "40101", say("一", 0, "a", 1))
        .await
        .is(200);
    assert_eq!(late.json()["stamp"], 2);
    assert_eq!(stored(&house, "40101").await.unwrap().text, "一二");
}

#[actix_web::test]
async fn two_tabs_overwrite_nothing_and_both_texts_are_shown() {
    let house = School::new().with_class("401", 2).open().await;
    let teacher = house.staff("h401");
    let say = |text: &str, based_on: i64, hand: &str, turn: i64| json!({"text": text, "based_on": based_on, "hand": hand, "turn": turn});
    keeps(&teacher, &house, "40101", say("甲的话", 0, "a", 1))
        .await
        .is(200);
    let clash = keeps(&teacher, &house, "40101", say("乙的话", 0, "b", 1))
        .await
        .is(409);
    let clash = clash.json();
    assert_eq!(
        (&clash["text"], &clash["stamp"]),
        (&json!("甲的话"), &json!(1))
    );
    assert_eq!(clash["by"], "Teacher h401");
    assert_eq!(stored(&house, "40101").await.unwrap().text, "甲的话");
    // Without script the same, as a page with both.
    let child = house.student_id("40101");
    let form = [
        ("act", "keep"),
        ("child", child),
        ("text", "乙的话"),
        ("tone", "warm"),
        ("based_on", "0"),
    ];
    let page = teacher
        .posts(&page_of(&house, "401"), &form)
        .await
        .is(409)
        .body;
    let both = after(&page, "data-test=\"conflict\"", "", "</section>");
    assert!(both.contains("甲的话") && both.contains("乙的话"), "{both}");
    let stamp = after(both, "name=\"based_on\" value=\"", "", "\"").to_owned();
    let mine = [
        ("act", "keep"),
        ("child", child),
        ("text", "乙的话"),
        ("tone", "warm"),
        ("based_on", stamp.as_str()),
    ];
    teacher.posts(&page_of(&house, "401"), &mine).await.is(303);
    assert_eq!(stored(&house, "40101").await.unwrap().text, "乙的话");
    // The first tab now is the older one.
    keeps(&teacher, &house, "40101", say("甲的话，再一句", 1, "a", 2))
        .await
        .is(409);
}

#[actix_web::test]
async fn the_guards_speak_at_the_place_and_hold_what_must_not_be_final() {
    let house = School::new().with_class("401", 3).open().await;
    let id = StudentId::new(house.student_id("40101"));
    let class = house.own().class_id("401");
    house
        .change(move |tx, call| {
            let about = call.actor.see_child(&id, &class)?;
            let mut row = students::get(tx, &about, &call.school)?;
            row.sex = "female".to_owned();
            Ok(students::change(tx, &call.actor.run_school()?, &row)?)
        })
        .await;
    let teacher = house.staff("h401");
    finals(&teacher, &house, "40102").await;
    let mut turn = 0;
    let mut ask = async |text: String, finish: bool, asked: bool| {
        turn += 1;
        let said = json!({"text": text, "finish": finish, "asked": asked, "turn": turn});
        let answer = keeps(&teacher, &house, "40101", said).await.is(200);
        (keys(&answer), answer.json()["held"].as_bool().unwrap())
    };
    let own = good("40101");
    assert_eq!(ask(own.clone(), false, false).await, (vec![], false));
    assert_eq!(ask("短".to_owned(), false, false).await.0, ["short"]);
    assert_eq!(ask(own.repeat(2), false, false).await.0, ["long"]);
    assert_eq!(
        ask(format!("{own}他真棒。"), false, false).await.0,
        ["pronoun"]
    );
    assert_eq!(
        ask(format!("{own}谢谢Child 40103。"), false, false).await.0,
        ["named"]
    );
    assert_eq!(
        ask(format!("{own}就是有点懒。"), true, true).await,
        (vec!["label".to_owned()], true)
    );
    assert_eq!(
        ask(format!("{own}从不偷懒。"), false, false).await.0,
        [""; 0]
    );
    let copied = good("40102");
    assert!(ask(copied.clone(), true, false).await.1);
    let row = stored(&house, "40101").await.unwrap();
    assert_eq!(
        (row.state.as_str(), row.text.as_str()),
        ("draft", copied.as_str()),
        "held, not lost"
    );
    // Without script the questions come back with the page, once.
    let child = house.student_id("40101");
    let form = |asked| {
        [
            ("act", "finish"),
            ("child", child),
            ("text", copied.as_str()),
            ("tone", "warm"),
            ("based_on", "0"),
            ("asked", asked),
        ]
    };
    let page = teacher
        .posts(&page_of(&house, "401"), &form("0"))
        .await
        .is(422)
        .body;
    assert!(
        page.contains("data-key=\"reused\"") && page.contains("Child 40102"),
        "{page}"
    );
    assert!(page.contains("name=\"asked\" value=\"1\""));
    teacher
        .posts(&page_of(&house, "401"), &form("1"))
        .await
        .is(303);
    assert_eq!(stored(&house, "40101").await.unwrap().state, "final");
}
