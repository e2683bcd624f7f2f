//! Nobody unseen (product.md, rule 8): who has no moment, and a class's term that closes with a reason for each of them.

use serde_json::json;

use super::term_comments::{finals, keeps, page_of, stored};
use crate::school::{House, School};

async fn tells(house: &House, no: &str) {
    let path = format!("/t/classes/{}/moments", house.class("401"));
    let id = house.student_id(no);
    let fields = [
        ("act", "write"),
        ("student", id),
        ("star", "labour"),
        ("text", "把黑板擦干净了。"),
    ];
    house.staff("h401").posts(&path, &fields).await.is(303);
}

fn end(house: &House, class: &str) -> String {
    format!("/t/classes/{}/close", house.class(class))
}

/// Numbers of the children that the today page lists as unseen.
async fn unseen_today(house: &House) -> Vec<String> {
    let page = house.staff("h401").get("/t").await.is(200).body;
    let all = (1..=8).map(|n| format!("4010{n}"));
    let link = |no: &String| format!("moments?student={}#write", house.student_id(no));
    all.filter(|no| page.contains(&link(no))).collect()
}

#[actix_web::test]
async fn four_without_a_moment_are_exactly_these_four_until_each_has_one() {
    let house = School::new().with_class("401", 8).open().await;
    for no in ["40101", "40103", "40104", "40108"] {
        tells(&house, no).await;
    }
    let silent = ["40102", "40105", "40106", "40107"];
    assert_eq!(unseen_today(&house).await, silent);
    let page = house.staff("h401").get(&end(&house, "401")).await.is(200);
    assert_eq!(
        page.body.matches(r#"data-test="closing-unseen""#).count(),
        4
    );
    for no in silent {
        assert!(page.body.contains(&format!("why.{}", house.student_id(no))));
    }
    for (told, no) in silent.into_iter().enumerate() {
        assert_eq!(unseen_today(&house).await.len(), 4 - told);
        tells(&house, no).await;
    }
    assert!(unseen_today(&house).await.is_empty());
    let path = end(&house, "401");
    let homeroom = house.staff("h401");
    homeroom.posts(&path, &[("act", "close")]).await.is(303);
    let closed = homeroom.get(&path).await.is(200).body;
    assert!(closed.contains(r#"data-test="closed""#));
    assert!(!closed.contains(r#"data-test="closing-reason""#));
    assert_eq!(house.audited("term.close").await.len(), 1);
}

#[actix_web::test]
async fn closing_with_one_unseen_asks_for_a_reason_that_the_office_reads() {
    let house = School::new().with_class("401", 3).open().await;
    tells(&house, "40101").await;
    tells(&house, "40103").await;
    let path = end(&house, "401");
    let homeroom = house.staff("h401");
    let field = format!("why.{}", house.student_id("40102"));
    for reason in ["", "x", &"长".repeat(81)] {
        let fields = [("act", "close"), (field.as_str(), reason)];
        let asked = homeroom.posts(&path, &fields).await.is(422).body;
        assert!(asked.contains(r#"role="alert""#) && asked.contains(reason));
    }
    assert!(house.audited("term.close").await.is_empty());
    let stranger = format!("why.{}", house.student_id("40101"));
    let fields = [
        ("act", "close"),
        (field.as_str(), "请了长假"),
        (stranger.as_str(), "不该存下"),
    ];
    homeroom.posts(&path, &fields).await.is(303);
    for page in [
        homeroom.get(&path).await,
        house.office().get("/a/closing").await,
    ] {
        let page = page.is(200).body;
        assert!(page.contains("请了长假") && page.contains("Child 40102"));
        assert!(!page.contains("不该存下"));
    }
    // Closing twice changes nothing; opened again it closes anew.
    homeroom.posts(&path, &fields).await.is(303);
    homeroom.posts(&path, &[("act", "reopen")]).await.is(303);
    homeroom.posts(&path, &[("act", "reopen")]).await.is(303);
    assert_eq!(house.audited("term.reopen").await.len(), 1);
    tells(&house, "40102").await;
    homeroom.posts(&path, &[("act", "close")]).await.is(303);
    let office = house.office().get("/a/closing").await.is(200).body;
    assert!(!office.contains("请了长假"));
}

#[actix_web::test]
async fn comments_stand_once_the_term_is_closed() {
    let house = School::new().with_class("401", 2).open().await;
    let homeroom = house.staff("h401");
    finals(&homeroom, &house, "40101").await;
    let path = end(&house, "401");
    let why = ["40101", "40102"].map(|no| format!("why.{}", house.student_id(no)));
    let mut fields = vec![("act", "close")];
    fields.extend(why.iter().map(|field| (field.as_str(), "没来得及")));
    homeroom.posts(&path, &fields).await.is(303);

    let late = keeps(&homeroom, &house, "40102", json!({"text": "晚到的一句。"})).await;
    assert!(late.is(409).body.contains("term-closed"));
    assert!(stored(&house, "40102").await.is_none());
    let id = house.student_id("40101");
    let comments = page_of(&house, "401");
    let reopen = [("act", "reopen"), ("child", id)];
    homeroom.posts(&comments, &reopen).await.is(409);
    let page = homeroom
        .get(&format!("{comments}?child={id}"))
        .await
        .is(200)
        .body;
    assert!(page.contains(r#"data-test="comments-closed""#));
    assert!(!page.contains("comment-reopen") && !page.contains("comment-text"));
    // Families may still be shown what stands.
    homeroom
        .posts(&comments, &[("act", "release"), ("child", id)])
        .await
        .is(303);

    homeroom.posts(&path, &[("act", "reopen")]).await.is(303);
    homeroom.posts(&comments, &reopen).await.is(303);
    keeps(&homeroom, &house, "40102", json!({"text": "赶上的一句。"}))
        .await
        .is(200);
}

#[actix_web::test]
async fn whoever_leads_the_class_closes_it_and_nobody_else() {
    let house = School::new()
        .with_class("401", 2)
        .with_class("402", 2)
        .open()
        .await;
    let path = end(&house, "401");
    for (actor, status) in [
        (house.staff("h401"), 200),
        (house.office(), 200),
        (house.staff("s401"), 403),
        (house.staff("h402"), 404),
        (house.student("40101"), 303),
        (house.anonymous(), 303),
    ] {
        actor.get(&path).await.is(status);
    }
    for login in ["s401", "h402"] {
        let refused = house.staff(login).posts(&path, &[("act", "close")]).await;
        assert!([403, 404].contains(&refused.status), "{login}");
    }
    house.staff("h401").get("/a/closing").await.is(403);
    assert!(house.audited("term.close").await.is_empty());
}
