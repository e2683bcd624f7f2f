//! A class's page: who may open it, the sign-in window, excuses with undo, links, cards and PINs.

use starlight::storage::rounds;

use super::site::{Site, open_round};

#[actix_web::test]
async fn a_subject_teacher_sees_the_class_and_does_not_lead_it() {
    let site = Site::new();
    let (wang, class) = (site.staff("wang"), site.class(2));
    assert_eq!(wang.get(&format!("/t/classes/{class}")).await.status, 200);
    for page in ["links", "cards", "results", "badges"] {
        let answer = wang.get(&format!("/t/classes/{class}/{page}")).await;
        assert_eq!(answer.status, 403, "{page}");
    }
    let child = &site.children(&class)[0].id;
    let fields = [("student", child.as_str()), ("reason", "ill"), ("on", "1")];
    assert_eq!(
        wang.post(&format!("/t/classes/{class}/excuse"), &fields)
            .await
            .status,
        403
    );
    assert_eq!(
        wang.post(&format!("/t/students/{child}/pin"), &[])
            .await
            .status,
        403
    );
}

#[actix_web::test]
async fn what_is_out_of_scope_is_not_found() {
    let site = Site::new();
    let wang = site.staff("wang");
    for page in [
        "", "/grid", "/about", "/links", "/cards", "/results", "/badges",
    ] {
        let answer = wang
            .get(&format!(
                "/t/classes/0190c3a2-0000-7000-8000-000000000000{page}"
            ))
            .await;
        assert_eq!(answer.status, 404, "{page}");
    }
    let answer = wang
        .get("/t/students/0190c3a2-0000-7000-8000-000000000000/explanation")
        .await;
    assert_eq!(answer.status, 404);
}

#[actix_web::test]
async fn the_today_page_names_who_is_missing() {
    let site = Site::new();
    open_round(&site.school, "r", 2);
    let page = site.staff("wang").get("/t").await;
    assert_eq!(page.status, 200, "{}", page.body);
    for voice in ["self", "peer", "parent", "teacher"] {
        assert!(
            page.body.contains(&format!("data-voice=\"{voice}\"")),
            "{voice}"
        );
    }
}

#[actix_web::test]
async fn the_window_opens_and_closes() {
    let site = Site::new();
    let (wang, class) = (site.staff("wang"), site.class(1));
    let path = format!("/t/classes/{class}/window");
    let open = wang.post_then_look(&path, &[("open", "1")]).await;
    assert!(
        open.body.contains("name=\"open\" value=\"0\""),
        "{}",
        open.body
    );
    let closed = wang.post_then_look(&path, &[("open", "0")]).await;
    assert!(closed.body.contains("name=\"open\" value=\"1\""));
    assert_eq!(wang.post(&path, &[("open", "maybe")]).await.status, 422);
}

#[actix_web::test]
async fn an_excuse_can_be_taken_back_at_once() {
    let site = Site::new();
    let round = open_round(&site.school, "r", 2);
    let (wang, class) = (site.staff("wang"), site.class(1));
    let child = site.children(&class)[3].id.clone();
    let path = format!("/t/classes/{class}/excuse");
    let excused = || {
        site.school
            .read(|db, call| Ok(rounds::excused(db, &call.school, &round.id)?))
            .len()
    };
    let on = [("student", child.as_str()), ("reason", "ill"), ("on", "1")];
    let page = wang.post_then_look(&path, &on).await;
    assert_eq!(excused(), 1);
    assert!(page.body.contains("data-test=\"undo\""), "{}", page.body);
    let undo = [("student", child.as_str()), ("reason", "ill"), ("on", "0")];
    let page = wang.post_then_look(&path, &undo).await;
    assert_eq!(excused(), 0);
    assert!(
        page.body.contains("data-test=\"undo\""),
        "taking back can be taken back"
    );
    assert_eq!(
        wang.post(&path, &[("student", &child), ("reason", "x"), ("on", "1")])
            .await
            .status,
        422
    );
}

#[actix_web::test]
async fn slips_print_again_and_a_new_link_replaces_the_old_one() {
    let site = Site::new();
    let (wang, class) = (site.staff("wang"), site.class(1));
    let path = format!("/t/classes/{class}/links");
    let slips = |page: &str| page.matches("http://192.168.1.10:8080/p/").count();
    let issued = wang.post(&path, &[("action", "issue")]).await;
    assert_eq!(
        (issued.status, slips(&issued.body)),
        (200, 12),
        "{}",
        issued.body
    );
    let again = wang.get(&format!("{path}?print=1")).await;
    assert_eq!(slips(&again.body), 12);
    assert_eq!(site.audited("link.print"), 1);
    let list = wang.get(&path).await.body;
    assert_eq!(slips(&list), 0, "addresses stand on slips only");
    let link = list
        .split("name=\"link\" value=\"")
        .nth(1)
        .unwrap()
        .split('"')
        .next()
        .unwrap();
    let fresh = wang
        .post(&path, &[("action", "reissue"), ("link", link)])
        .await;
    assert_eq!(slips(&fresh.body), 1, "{}", fresh.body);
    let page = wang
        .post_then_look(&path, &[("action", "revoke"), ("link", link)])
        .await;
    assert_eq!(page.status, 200);
}

#[actix_web::test]
async fn a_new_pin_is_shown_once_and_the_cards_know_it() {
    let site = Site::new();
    let (wang, class) = (site.staff("wang"), site.class(1));
    let cards = format!("/t/classes/{class}/cards");
    let before = wang.get(&cards).await;
    assert_eq!(before.status, 200, "{}", before.body);
    let child = site.children(&class)[0].id.clone();
    let page = wang.post(&format!("/t/students/{child}/pin"), &[]).await;
    assert!(
        page.status == 200 && page.body.contains("sf-pin"),
        "{}",
        page.body
    );
    assert_ne!(wang.get(&cards).await.body, before.body);
    assert!(
        !wang
            .get(&format!("/t/classes/{class}"))
            .await
            .body
            .contains("sf-pin")
    );
    assert_eq!(
        (site.audited("pin.print"), site.audited("pin.reset")),
        (2, 1)
    );
}

#[actix_web::test]
async fn links_of_a_whole_class_need_a_fresh_proof() {
    let site = Site::new();
    let (wang, class) = (site.staff("wang"), site.class(1));
    wang.proved_long_ago();
    let path = format!("/t/classes/{class}/links");
    let to = format!("/prove?next={path}");
    let all = wang.post(&path, &[("action", "issue")]).await;
    assert_eq!((all.status, all.header("location")), (303, to.as_str()));
    let print = wang.get(&format!("{path}?print=1")).await;
    assert_eq!((print.status, print.header("location")), (303, to.as_str()));
    assert_eq!(site.audited("link.issue") + site.audited("link.print"), 0);
    let child = site.children(&class)[0].id.clone();
    let one = wang
        .post(&path, &[("action", "issue"), ("student", &child)])
        .await;
    assert_eq!(one.status, 200, "one child's link is no bulk: {}", one.body);
}
