//! S-45 to S-48: what another site can make a browser send is refused, what our own pages send is
//! not, with and without fetch metadata.

use super::*;
use actix_web::test::TestRequest;

const OWN: (&str, &str) = ("origin", "http://star.local");

/// The token of the form page for a visitor with these cookies, and the cookie it set.
async fn token(app: &impl AsyncFn(TestRequest) -> Answer, cookie: &str) -> (String, String) {
    let mut req = get("/form");
    if !cookie.is_empty() {
        req = with(req, &[("cookie", cookie)]);
    }
    let page = app(req).await;
    let set = page.header("set-cookie").split(';').next().unwrap();
    (page.body.clone(), set.to_owned())
}

fn form(token: &str) -> TestRequest {
    with(
        post("/form"),
        &[("content-type", "application/x-www-form-urlencoded")],
    )
    .set_payload(format!("csrf={token}&text=hello"))
}

#[actix_web::test]
async fn a_form_with_its_token_passes_with_and_without_headers() {
    let app = app(guard(Transport::LanHttp)).await;
    let cookie = "starlight=session-a";
    let (token, _) = token(&app, cookie).await;
    for headers in [
        &[][..],
        &[OWN][..],
        &[("sec-fetch-site", "same-origin"), OWN][..],
        &[("sec-fetch-site", "same-origin")][..],
        &[("sec-fetch-site", "none")][..],
        &[("sec-fetch-site", "same-origin"), ("origin", "null")][..],
    ] {
        let req = with(with(form(&token), &[("cookie", cookie)]), headers);
        let answer = app(req).await;
        assert_eq!(
            (answer.status, answer.body.as_str()),
            (200, "took hello"),
            "{headers:?}"
        );
    }
}

#[actix_web::test]
async fn foreign_requests_are_refused_though_the_token_is_right() {
    let app = app(guard(Transport::LanHttp)).await;
    let cookie = "starlight=session-a";
    let (token, _) = token(&app, cookie).await;
    for headers in [
        &[("sec-fetch-site", "cross-site")][..],
        &[("sec-fetch-site", "same-site")][..],
        &[("sec-fetch-site", "cross-site"), OWN][..],
        &[("sec-fetch-site", "nonsense")][..],
        &[
            ("sec-fetch-site", "same-origin"),
            ("sec-fetch-site", "same-origin"),
        ][..],
        &[
            ("sec-fetch-site", "same-origin"),
            ("origin", "http://evil.example"),
        ][..],
        &[("sec-fetch-site", "none"), ("origin", "null")][..],
        &[("origin", "http://evil.example")][..],
        &[("origin", "http://star.local.evil.example")][..],
        &[("origin", "http://star.local:8080")][..],
        &[("origin", "https://star.local")][..],
        &[("origin", "null")][..],
        &[("origin", "")][..],
        &[OWN, ("origin", "http://evil.example")][..],
    ] {
        let req = with(with(form(&token), &[("cookie", cookie)]), headers);
        let answer = app(req).await;
        assert_eq!(answer.status, 403, "{headers:?} {}", answer.body);
    }
}

#[actix_web::test]
async fn without_the_visitors_own_token_a_form_is_refused() {
    let app = app(guard(Transport::LanHttp)).await;
    let (mine, _) = token(&app, "starlight=session-a").await;
    let (other, _) = token(&app, "starlight=session-b").await;
    let (before, visit) = token(&app, "").await;
    let (head, tail) = mine.split_at(30);
    let other_letter = if tail.starts_with('a') { 'b' } else { 'a' };
    let flipped = format!("{head}{other_letter}{}", tail.split_at(1).1);
    for bad in ["", "x", &other, &before, mine.split_at(1).1, &flipped] {
        for headers in [&[][..], &[OWN][..]] {
            let req = with(form(bad), &[("cookie", "starlight=session-a")]);
            assert_eq!(app(with(req, headers)).await.status, 403, "{bad:?}");
        }
    }
    let cookies = format!("{visit}; starlight=session-a");
    let req = with(form(&before), &[("cookie", &cookies)]);
    assert_eq!(
        app(req).await.status,
        403,
        "a token from before the sign-in"
    );
    let req = with(form(&mine), &[]);
    assert_eq!(app(req).await.status, 403, "a token after the sign-out");
}

#[actix_web::test]
async fn a_visitor_without_session_gets_a_visit_and_its_form_works() {
    for (transport, name, origin) in [
        (Transport::LanHttp, "starlight-visit=", "http://star.local"),
        (
            Transport::Tls,
            "__Host-starlight-visit=",
            "https://star.local",
        ),
    ] {
        let app = app(guard(transport)).await;
        let (token, visit) = token(&app, "").await;
        assert!(visit.starts_with(name), "{visit}");
        let req = with(form(&token), &[("cookie", &visit)]);
        assert_eq!(app(req).await.status, 200);
        let req = with(form(&token), &[("cookie", &visit), ("origin", origin)]);
        assert_eq!(app(req).await.status, 200);
        assert_eq!(app(form(&token)).await.status, 403, "without the cookie");
    }
}

#[actix_web::test]
async fn two_pages_carry_different_texts_and_both_work() {
    let app = app(guard(Transport::LanHttp)).await;
    let cookie = "starlight=session-a";
    let (first, second) = (token(&app, cookie).await.0, token(&app, cookie).await.0);
    assert_ne!(first, second);
    for token in [first, second] {
        let req = with(form(&token), &[("cookie", cookie)]);
        assert_eq!(app(req).await.status, 200);
    }
}

#[actix_web::test]
async fn posts_without_a_form_need_a_voucher() {
    let app = app(guard(Transport::LanHttp)).await;
    let cookie = ("cookie", "starlight=session-a");
    let (token, _) = token(&app, cookie.1).await;
    assert_eq!(app(with(post("/go"), &[cookie])).await.status, 403);
    assert_eq!(app(with(post("/go"), &[])).await.status, 403);
    assert_eq!(app(with(post("/go"), &[cookie, OWN])).await.status, 303);
    let good = ("x-csrf-token", token.as_str());
    assert_eq!(app(with(post("/go"), &[cookie, good])).await.status, 303);
    let bad = ("x-csrf-token", "x");
    assert_eq!(
        app(with(post("/go"), &[cookie, OWN, bad])).await.status,
        403
    );
}

#[actix_web::test]
async fn scripts_with_a_bearer_token_are_exempt_and_cookies_on_the_api_are_not() {
    let app = app(guard(Transport::LanHttp)).await;
    let json = ("content-type", "application/json");
    let note = |headers: &[(&'static str, &str)]| {
        with(with(post("/api/v1/notes"), &[json]), headers).set_payload(r#"{"text": "hi"}"#)
    };
    let bearer = ("authorization", "Bearer abc");
    let cookie = ("cookie", "starlight=session-a");
    assert_eq!(app(note(&[])).await.status, 200);
    assert_eq!(app(note(&[bearer])).await.status, 200);
    assert_eq!(
        app(note(&[bearer, ("sec-fetch-site", "cross-site")]))
            .await
            .status,
        403
    );
    assert_eq!(app(note(&[bearer, ("origin", "null")])).await.status, 403);
    assert_eq!(app(note(&[cookie])).await.status, 403);
    assert_eq!(app(note(&[cookie, bearer])).await.status, 403);
    assert_eq!(app(note(&[cookie, OWN])).await.status, 200);
    let delete = TestRequest::delete().uri("/api/v1/notes/7");
    assert_eq!(app(with(delete, &[bearer])).await.status, 303);
    let delete = TestRequest::delete().uri("/api/v1/notes/7");
    assert_eq!(app(with(delete, &[cookie])).await.status, 403);
}

#[actix_web::test]
async fn json_routes_take_json_only() {
    let app = app(guard(Transport::LanHttp)).await;
    for (kind, status) in [
        ("application/json", 200),
        ("application/json; charset=utf-8", 200),
        ("Application/JSON", 200),
        ("text/plain", 415),
        ("multipart/form-data; boundary=x", 415),
        ("application/json; charset=utf-16", 415),
        ("application/jsonp", 415),
        ("application/problem+json", 415),
    ] {
        let req = with(post("/api/v1/notes"), &[("content-type", kind)]);
        let answer = app(req.set_payload(r#"{"text": "hi"}"#)).await;
        assert_eq!(answer.status, status, "{kind}");
    }
    let form = with(
        post("/api/v1/notes"),
        &[("content-type", "application/x-www-form-urlencoded")],
    );
    assert_eq!(app(form.set_payload("text=hi")).await.status, 415);
    assert_eq!(
        app(post("/api/v1/notes").set_payload("{}")).await.status,
        415
    );
}

#[actix_web::test]
async fn safe_methods_ask_for_nothing_and_overrides_mean_nothing() {
    let app = app(guard(Transport::LanHttp)).await;
    let foreign = &[("sec-fetch-site", "cross-site"), ("origin", "null")];
    assert_eq!(app(with(get("/form"), foreign)).await.status, 200);
    for header in [
        "x-http-method-override",
        "x-http-method",
        "x-method-override",
    ] {
        let req = with(get("/api/v1/notes/7"), &[(header, "DELETE")]);
        assert_eq!(app(req).await.status, 404, "{header}");
        let req = with(get("/go"), &[(header, "POST")]);
        assert_eq!(app(req).await.status, 404, "{header}");
    }
}

#[actix_web::test]
async fn the_public_address_counts_as_own_behind_a_proxy() {
    let mut settings = guard(Transport::Tls);
    settings.public_origin = Some("https://star.school.example".into());
    let app = app(settings).await;
    let cookie = ("cookie", "__Host-starlight=session-a");
    let ok = with(
        post("/go"),
        &[cookie, ("origin", "https://star.school.example")],
    );
    assert_eq!(app(ok).await.status, 303);
    let plain = with(
        post("/go"),
        &[cookie, ("origin", "http://star.school.example")],
    );
    assert_eq!(app(plain).await.status, 403);
}
