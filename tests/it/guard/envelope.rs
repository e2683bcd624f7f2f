//! S-24, S-26, S-49, S-55, S-102, S-106, S-111: what every answer carries and which requests never
//! reach a handler.

use super::*;
use actix_web::test::TestRequest;

const EVERYWHERE: [(&str, &str); 7] = [
    ("x-content-type-options", "nosniff"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cache-control", "no-store"),
    (
        "permissions-policy",
        "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    ),
];

fn has_all_headers(what: &str, answer: &Answer) {
    for (name, value) in EVERYWHERE {
        assert_eq!(answer.header(name), value, "{what}: {name}");
    }
    let csp = answer.header("content-security-policy");
    for part in [
        "default-src 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
        "form-action 'self'",
    ] {
        assert!(csp.contains(part), "{what}: {csp}");
    }
    assert!(!csp.contains("unsafe"), "{csp}");
    assert_eq!(answer.header("server"), "");
    assert_eq!(answer.header("x-xss-protection"), "");
    assert_eq!(answer.header("x-request-id").len(), 16, "{what}");
}

#[actix_web::test]
async fn every_kind_of_answer_has_the_security_headers() {
    let app = app(guard(Transport::LanHttp)).await;
    let long = format!("/{}", "a".repeat(2_000));
    for (req, status) in [
        (get("/form"), 200),
        (get("/p/abc"), 303),
        (get("/nowhere"), 404),
        (get("//form"), 404),
        (get(&long), 404),
        (get("/form?a=1&a=2"), 400),
        (post("/form"), 403),
        (get("/broken"), 500),
        (get("/panics"), 500),
        (
            TestRequest::with_uri("/form").method("TRACE".parse().unwrap()),
            405,
        ),
        (
            TestRequest::with_uri("/form").method("QUERY".parse().unwrap()),
            405,
        ),
        (
            TestRequest::with_uri("/form").method("BREW".parse().unwrap()),
            405,
        ),
    ] {
        let what = format!("{status}");
        let answer = app(req).await;
        assert_eq!(answer.status, status, "{}", answer.body);
        has_all_headers(&what, &answer);
        assert_eq!(answer.header("strict-transport-security"), "");
    }
}

#[actix_web::test]
async fn handlers_may_set_cache_and_referrer_but_not_boast() {
    let app = app(guard(Transport::Tls)).await;
    let answer = app(get("/headers")).await;
    assert_eq!(
        answer.header("cache-control"),
        "public, max-age=31536000, immutable"
    );
    assert_eq!(answer.header("referrer-policy"), "no-referrer");
    assert_eq!(answer.header("server"), "");
    assert_eq!(
        answer.header("strict-transport-security"),
        "max-age=31536000"
    );
}

#[actix_web::test]
async fn errors_tell_the_status_and_the_request_id_and_nothing_else() {
    let app = app(guard(Transport::LanHttp)).await;
    for (path, status) in [("/broken", 500), ("/panics", 500), ("/nowhere", 404)] {
        let answer = app(get(path)).await;
        assert_eq!(answer.header("content-type"), "application/problem+json");
        let json = answer.json();
        assert_eq!(json["status"], status);
        for leak in ["SELECT", "/var", "purpose", "actix"] {
            assert!(!answer.body.contains(leak), "{}", answer.body);
        }
        assert_eq!(json["request_id"], answer.header("x-request-id"));
    }
}

#[actix_web::test]
async fn a_hundred_panics_leave_the_server_working() {
    let app = app(guard(Transport::LanHttp)).await;
    for _ in 0..100 {
        assert_eq!(app(get("/panics")).await.status, 500);
    }
    assert_eq!(app(get("/form")).await.status, 200);
}

#[actix_web::test]
async fn error_pages_are_for_browsers_and_problems_for_the_api() {
    let mut settings = guard(Transport::LanHttp);
    settings.error_page = Some(|_, status, id| Some(format!("<p>{} {id}</p>", status.as_u16())));
    let app = app(settings).await;
    let html = ("accept", "text/html,application/xhtml+xml");
    let page = app(with(get("/nowhere"), &[html])).await;
    assert_eq!(
        page.body,
        format!("<p>404 {}</p>", page.header("x-request-id"))
    );
    assert!(page.header("content-type").starts_with("text/html"));
    has_all_headers("page", &page);
    let refused = app(with(post("/form"), &[html])).await;
    assert!(refused.body.starts_with("<p>403"));
    let api = app(with(get("/api/v1/nowhere"), &[html])).await;
    assert_eq!(api.header("content-type"), "application/problem+json");
    let script = app(get("/nowhere")).await;
    assert_eq!(script.header("content-type"), "application/problem+json");
}

#[actix_web::test]
async fn path_tricks_end_at_404_before_any_handler() {
    let app = app(guard(Transport::LanHttp)).await;
    for path in [
        "//form",
        "/form/",
        "/./form",
        "/x/../form",
        "/%2e/form",
        "/x/%2e%2e/form",
        "/form%2f",
        "/%2fform",
        "/form;a=1",
        "/form%3ba",
        "/form%00",
        "/FORM",
        "/form.json",
        "/form%20",
        "/p/abc%2fdef",
        "/form%252f",
    ] {
        assert_eq!(app(get(path)).await.status, 404, "{path}");
    }
}

#[actix_web::test]
async fn repeated_query_keys_are_refused() {
    let app = app(guard(Transport::LanHttp)).await;
    for (path, status) in [
        ("/form?a=1&b=2", 200),
        ("/form?", 200),
        ("/form?a=1&a=1", 400),
        ("/form?a=1&%61=2", 400),
        ("/form?a&a", 400),
    ] {
        assert_eq!(app(get(path)).await.status, status, "{path}");
    }
}

#[actix_web::test]
async fn bodies_and_headers_have_limits() {
    let app = app(guard(Transport::LanHttp)).await;
    let json = [("content-type", "application/json")];
    let note = |bytes: usize| format!("{{\"text\": \"{}\"}}", "x".repeat(bytes - 12));
    let exact = with(post("/api/v1/notes"), &json).set_payload(note(64 * 1024));
    assert_eq!(app(exact).await.status, 200);
    let over = with(post("/api/v1/notes"), &json).set_payload(note(64 * 1024 + 1));
    assert_eq!(app(over).await.status, 413);
    let announced = with(
        post("/api/v1/notes"),
        &[json[0], ("content-length", "65537")],
    );
    assert_eq!(app(announced).await.status, 413);
    let upload = [
        ("content-type", "multipart/form-data; boundary=x"),
        ("content-length", "2200000"),
    ];
    assert_eq!(app(with(post("/form"), &upload)).await.status, 413);
    let packed = with(
        post("/api/v1/notes"),
        &[json[0], ("content-encoding", "gzip")],
    );
    assert_eq!(app(packed.set_payload("x")).await.status, 415);
    let long = "x".repeat(17 * 1024);
    assert_eq!(
        app(with(get("/form"), &[("x-long", &long)])).await.status,
        431
    );
}

#[actix_web::test]
async fn bodies_with_two_readings_are_refused() {
    let app = app(guard(Transport::LanHttp)).await;
    let json = [("content-type", "application/json")];
    for (body, pointer) in [
        (r#"{"text": "a", "text": "b"}"#, None),
        (r#"{"text": "a", "role": "admin"}"#, Some("/role")),
        (r#"{}"#, Some("/text")),
        (r#"{"text": 7}"#, Some("")),
        ("not json", None),
    ] {
        let answer = app(with(post("/api/v1/notes"), &json).set_payload(body)).await;
        assert_eq!(answer.status, 400, "{body}");
        let place = answer.json()["errors"][0]["pointer"].clone();
        assert_eq!(place.as_str(), pointer, "{body}");
    }
}

#[actix_web::test]
async fn the_client_is_the_peer_unless_the_peer_is_our_proxy() {
    let ask = async |trusted: &[&str]| {
        let mut settings = guard(Transport::LanHttp);
        settings.trusted_proxies = trusted.iter().map(|t| t.parse().unwrap()).collect();
        let app = app(settings).await;
        let peer = "10.0.0.9:4000".parse().unwrap();
        let spoof = [
            ("x-forwarded-for", "1.1.1.1, 203.0.113.7"),
            ("x-real-ip", "2.2.2.2"),
            ("forwarded", "for=3.3.3.3"),
        ];
        app(with(get("/address").peer_addr(peer), &spoof))
            .await
            .body
    };
    assert_eq!(ask(&[]).await, "10.0.0.9");
    assert_eq!(ask(&["10.0.0.8"]).await, "10.0.0.9");
    assert_eq!(ask(&["10.0.0.0/24"]).await, "203.0.113.7");
}
