//! The OpenAPI document is complete, and changes of it are seen in review.

use std::collections::BTreeSet;

use starlight::web::api::{ROUTES, SCREEN_ROUTES, document};

use crate::school::School;

fn described() -> serde_json::Value {
    serde_json::to_value(document()).unwrap()
}

#[test]
fn every_route_is_described_and_nothing_else() {
    let routes: BTreeSet<(String, String)> = ROUTES
        .iter()
        .chain(SCREEN_ROUTES)
        .map(|(method, path)| ((*method).to_owned(), (*path).to_owned()))
        .collect();
    let document = described();
    let paths = document["paths"].as_object().unwrap().iter();
    let found: BTreeSet<(String, String)> = paths
        .flat_map(|(path, item)| {
            let methods = item.as_object().unwrap().keys();
            methods.map(move |method| (method.clone(), path.clone()))
        })
        .collect();
    assert_eq!(found, routes);
}

#[test]
fn bodies_and_answers_have_a_shape_and_refusals_are_problems() {
    let document = described();
    for (path, item) in document["paths"].as_object().unwrap() {
        for (method, operation) in item.as_object().unwrap() {
            let place = format!("{method} {path}");
            assert!(operation["summary"].is_string(), "{place}: no summary");
            let responses = operation["responses"].as_object().unwrap();
            for (status, response) in responses {
                let content = &response["content"];
                if status.starts_with(['4', '5']) {
                    let schema = &content["application/problem+json"]["schema"];
                    assert!(schema.is_object(), "{place} {status}: {response}");
                } else if status == "200" || status == "201" {
                    assert!(content.is_object(), "{place} {status}: no shape");
                }
            }
            if matches!(method.as_str(), "put") {
                let body = &operation["requestBody"]["content"]["application/json"];
                assert!(body["schema"].is_object(), "{place}: no body");
            }
        }
    }
}

#[test]
fn the_document_is_the_reviewed_one() {
    insta::assert_json_snapshot!("openapi", described());
}

#[actix_web::test]
async fn it_is_served_to_anybody_with_a_page_to_read_it() {
    let school = School::new().open().await;
    let nobody = school.anonymous();
    let served = nobody.get("/api/v1/openapi.json").await.is(200);
    assert_eq!(served.json(), described());
    let page = nobody.get("/api/docs").await.is(200);
    assert!(page.body.contains("data-document=\"/api/v1/openapi.json\""));
    assert!(page.body.contains("/static/js/api-docs.js"));
    nobody.get("/static/js/api-docs.js").await.is(200);
}
