//! Reminders of an open round: names for whoever leads the class, words for the chat that name nobody.

use crate::school::{House, School, Stage};

async fn open() -> House {
    let school = School::new().with_class("401", 5).with_class("402", 4);
    school.with_round("r", Stage::Open).open().await
}

fn path(house: &House) -> String {
    format!("/t/classes/{}/reminders", house.class("401"))
}

/// Names of the children asked about under a voice.
fn asked(page: &str, voice: &str) -> usize {
    let list = page.split(&format!("data-voice=\"{voice}\"")).nth(1);
    list.map_or(0, |list| {
        let names = list.split("</p>").next().unwrap();
        names.matches("kai nb").count()
    })
}

#[actix_web::test]
async fn whoever_has_spoken_is_asked_no_more_and_the_chat_names_nobody() {
    let house = open().await;
    let teacher = house.staff("h401");
    let before = teacher.get(&path(&house)).await.is(200).body;
    assert_eq!(asked(&before, "self"), 5);
    assert_eq!(before.matches("data-test=\"slip\"").count(), 5);
    let (child, round) = (house.student("40101"), house.round("r").to_owned());
    for card in child.tasks(&round).await {
        let answered = child.says(&round, &card, 2).await;
        assert!(answered.status < 300, "{}", answered.body);
    }
    let page = teacher.get(&path(&house)).await.is(200).body;
    assert_eq!((asked(&page, "self"), asked(&page, "peer")), (4, 4));
    assert_eq!(asked(&page, "parent"), asked(&before, "parent"));
    let names: Vec<&str> = page
        .split("class=\"kai nb\">")
        .skip(1)
        .map(|rest| rest.split('<').next().unwrap())
        .collect();
    let chat: Vec<&str> = page
        .split("data-test=\"chat-text\">")
        .skip(1)
        .map(|rest| rest.split("</textarea>").next().unwrap())
        .collect();
    assert_eq!(chat.len(), 2);
    for text in chat {
        assert!(!names.iter().any(|name| text.contains(name)), "{text}");
    }
}

#[actix_web::test]
async fn who_is_missing_is_told_to_nobody_else() {
    let house = open().await;
    let path = path(&house);
    house.staff("s401").get(&path).await.is(403);
    house.staff("h402").get(&path).await.is(404);
    house.student("40101").get(&path).await.is(303);
    house.anonymous().get(&path).await.is(303);
    let draft = School::new()
        .with_class("401", 4)
        .with_round("r", Stage::Draft);
    let draft = draft.open().await;
    let quiet = format!("/t/classes/{}/reminders", draft.class("401"));
    let page = draft.staff("h401").get(&quiet).await.is(200).body;
    assert!(page.contains("class=\"card empty\"") && !page.contains("data-test=\"slip\""));
}
