//! What all forms of pages have in common (S-46).

use actix_web::test::TestRequest;

use crate::school::School;

#[actix_web::test]
async fn a_form_needs_its_own_visitors_token() {
    let school = School::new().with_class("101", 2).open().await;
    let teacher = school.staff("h101");
    let path = format!("/t/classes/{}/window", school.class("101"));
    teacher.posts(&path, &[("open", "1")]).await.is(303);
    let bare = |cookie| {
        let form = [("open", "0")];
        TestRequest::post().uri(&path).cookie(cookie).set_form(form)
    };
    let mine = teacher.cookie().unwrap();
    school.answer(bare(mine.clone())).await.is(403);
    let foreign = bare(mine).insert_header(("Sec-Fetch-Site", "cross-site"));
    school.answer(foreign).await.is(403);
    let token = school.student("10101").form_token(&path);
    let stolen = [("open", "0"), ("csrf", token.as_str())];
    let cookie = teacher.cookie().unwrap();
    let request = TestRequest::post()
        .uri(&path)
        .cookie(cookie)
        .set_form(stolen);
    school.answer(request).await.is(403);
}
