//! A family takes a badge along: who may, what is in the file, and what ends it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use starlight::{
    domain::actor::Call,
    storage::{Tx, results, results::AwardRow, schools},
};

use crate::school::{Actor, House, School, Stage};

pub async fn house() -> House {
    School::new()
        .with_class("401", 8)
        .with_round("r 1", Stage::Published)
        .open()
        .await
}

/// A badge that a child has; only seen by its family where `seen`.
pub async fn award(house: &House, no: &str, seen: bool) -> String {
    let (child, id) = (house.student_id(no).to_owned(), format!("award-{no}"));
    let known = id.clone();
    let give = move |tx: &mut Tx<'_>, call: &Call| {
        let row = AwardRow {
            school_id: call.school.to_string(),
            id,
            recipient_kind: "student".to_owned(),
            recipient_id: child,
            badge: "fair_rater".to_owned(),
            tier: "star".to_owned(),
            term_id: schools::terms(tx, &call.school)?.remove(0).id,
            period: "term".to_owned(),
            evidence: "count.rounds=4".to_owned(),
            rule_version: "2".to_owned(),
            needs_yes: true,
            awarded_at: call.now,
            confirmed_at: seen.then_some(call.now),
            visible_at: seen.then_some(call.now),
            ..AwardRow::default()
        };
        Ok(results::add_award(tx, &call.actor.run_school()?, &row)?)
    };
    house.change(give).await;
    known
}

pub fn page(house: &House, no: &str) -> String {
    format!("{}/badges/award-{no}", house.family_page(no))
}

/// The family agrees, with this name.
pub async fn take(house: &House, no: &str, shown: &str) -> u16 {
    let fields = [("do", "take"), ("shown", shown), ("agree", "1")];
    let family = house.family(no);
    family.posts(&page(house, no), &fields).await.status
}

/// The signed text of version 3.0.
pub async fn token(house: &House, no: &str) -> String {
    let path = format!("{}/badge-v3.jwt", page(house, no));
    house.family(no).get(&path).await.is(200).body
}

/// What a signed text says.
pub fn said(token: &str) -> Value {
    let payload = token.split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}

#[actix_web::test]
async fn nothing_is_signed_before_the_guardian_agrees() {
    let house = house().await;
    award(&house, "40101", true).await;
    let (family, at) = (house.family("40101"), page(&house, "40101"));
    let card = family.get(&house.family_page("40101")).await.is(200).body;
    assert!(card.contains("data-test=\"carry-go\""));
    let list = format!("{}/badges", house.family_page("40101"));
    let list = family.get(&list).await.is(200).body;
    assert!(list.contains(&at) && list.contains("data-state=\"open\""));
    let asked = family.get(&at).await.is(200);
    assert_eq!(asked.header("cache-control"), "no-store");
    assert_eq!(asked.header("referrer-policy"), "no-referrer");
    assert!(asked.body.contains("data-test=\"agree\"") && !asked.body.contains("/verify/"));
    for file in ["badge-v3.jwt", "badge-v3.png", "badge-v2.svg"] {
        family.get(&format!("{at}/{file}")).await.is(404);
    }
    let without_yes = [("do", "take"), ("shown", "short")];
    let again = family.posts(&at, &without_yes).await.is(422).body;
    assert!(again.contains("role=\"alert\"") && again.contains("value=\"short\" checked"));
    let nonsense = [("do", "take"), ("shown", "nickname"), ("agree", "1")];
    family.posts(&at, &nonsense).await.is(422);
    assert_eq!(house.contents()["credentials"].len(), 0);
    assert_eq!(house.contents()["issuer_keys"].len(), 0);
}

#[actix_web::test]
async fn the_file_says_what_the_guardian_chose_and_no_more() {
    let house = house().await;
    let me = house.student_id("40101").to_owned();
    house.sql(&format!(
        "UPDATE students SET name = 'Qi Mingzhu' WHERE id = '{me}'"
    ));
    for (shown, name) in [
        ("none", Value::Null),
        ("short", "Q**".into()),
        ("full", "Qi Mingzhu".into()),
    ] {
        house.sql("DELETE FROM awards WHERE id = 'award-40101'");
        award(&house, "40101", true).await;
        assert_eq!(take(&house, "40101", shown).await, 303);
        let token = token(&house, "40101").await;
        let told = said(&token);
        let subject = &told["credentialSubject"];
        assert_eq!(subject["identifier"][0]["identityHash"], name, "{shown}");
        assert!(!told.to_string().contains("40101") && !told.to_string().contains(&me));
        assert_eq!(told.to_string().contains("Mingzhu"), shown == "full");
        let school = told["issuer"]["id"].as_str().unwrap();
        assert!(school.starts_with("http://star.local/verify/schools/"));
        let back = [("do", "give-back")];
        let family = house.family("40101");
        family.posts(&page(&house, "40101"), &back).await.is(303);
    }
    let subjects: std::collections::BTreeSet<String> = house.contents()["credentials"]
        .iter()
        .map(|row| row.to_string())
        .collect();
    assert_eq!(subjects.len(), 3);
    let lines = house.audited("badge.carry").await;
    assert!(lines[0].1.starts_with("shown=none id="), "{lines:?}");
    assert_eq!(house.audited("issuer-key.make").await.len(), 1);
    assert_eq!(house.audited("badge.give-back").await.len(), 3);
}

#[actix_web::test]
async fn a_second_tap_signs_nothing_new() {
    let house = house().await;
    award(&house, "40101", true).await;
    assert_eq!(take(&house, "40101", "none").await, 303);
    let first = token(&house, "40101").await;
    assert_eq!(take(&house, "40101", "full").await, 303);
    assert_eq!(token(&house, "40101").await, first);
    assert_eq!(house.contents()["credentials"].len(), 1);
}

#[actix_web::test]
async fn every_file_is_a_download_with_the_same_signature() {
    let house = house().await;
    award(&house, "40101", true).await;
    take(&house, "40101", "none").await;
    let (family, at) = (house.family("40101"), page(&house, "40101"));
    let v3 = token(&house, "40101").await;
    for (file, kind, start) in [
        ("badge-v3.png", "image/png", "\u{fffd}PNG"),
        ("badge-v3.svg", "image/svg+xml", "<?xml"),
        ("badge-v3.jwt", "text/plain; charset=utf-8", "ey"),
        ("badge-v2.png", "image/png", "\u{fffd}PNG"),
        ("badge-v2.svg", "image/svg+xml", "<?xml"),
    ] {
        let got = family.get(&format!("{at}/{file}")).await.is(200);
        assert_eq!(got.header("content-type"), kind);
        assert_eq!(got.header("cache-control"), "no-store");
        assert_eq!(
            got.header("content-disposition"),
            format!("attachment; filename=\"starlight-{file}\"")
        );
        assert!(got.body.starts_with(start), "{file}");
        assert_eq!(got.body.contains(&v3), file.contains("v3"), "{file}");
    }
    family.get(&format!("{at}/badge-v4.png")).await.is(404);
}

/// Another family, the teacher, the child, nobody, and the own family once its link is over.
#[actix_web::test]
async fn only_the_own_family_takes_it_along() {
    let house = house().await;
    award(&house, "40101", true).await;
    award(&house, "40102", false).await;
    take(&house, "40101", "none").await;
    let mine = page(&house, "40101");
    let as_own = format!("{}/badges/award-40101", house.family_page("40102"));
    let other = house.family("40102");
    let others = [
        (other.clone(), mine.clone(), 401),
        (other.clone(), as_own.clone(), 404),
        // Not seen by its family yet.
        (other, page(&house, "40102"), 404),
        (house.staff("h401"), mine.clone(), 401),
        (house.student("40101"), mine.clone(), 401),
        (house.office(), mine.clone(), 401),
        (house.anonymous(), mine.clone(), 401),
    ];
    for (who, path, status) in others {
        refused(&who, &path, status).await;
    }
    assert_eq!(house.contents()["credentials"].len(), 1);
    house.sql("UPDATE family_links SET expires_at = 1");
    refused(&house.family("40101"), &mine, 401).await;
}

async fn refused(who: &Actor<'_>, path: &str, status: u16) {
    who.get(path).await.is(status);
    who.get(&format!("{path}/badge-v3.jwt")).await.is(status);
    let fields = [("do", "take"), ("shown", "full"), ("agree", "1")];
    who.posts(path, &fields).await.is(status);
    who.posts(path, &[("do", "give-back")]).await.is(status);
}

#[actix_web::test]
async fn a_badge_in_doubt_waits() {
    let house = house().await;
    award(&house, "40101", true).await;
    house.sql("UPDATE awards SET doubted = 'sheet' WHERE id = 'award-40101'");
    let family = house.family("40101");
    let shown = family.get(&page(&house, "40101")).await.is(200).body;
    assert!(shown.contains("data-state=\"doubted\"") && !shown.contains("data-test=\"take\""));
    assert_eq!(take(&house, "40101", "none").await, 409);
    assert_eq!(house.contents()["credentials"].len(), 0);
}

/// What the family reads about its data tells of the file.
#[actix_web::test]
async fn the_familys_data_tells_what_was_taken_along() {
    let house = house().await;
    award(&house, "40101", true).await;
    take(&house, "40101", "short").await;
    let at = format!("{}/data.json", house.family_page("40101"));
    let data = house.family("40101").get(&at).await.is(200).json();
    let told = &data["badges_taken_along"][0];
    assert_eq!(
        (&told["award"], &told["name_shown"]),
        (&"award-40101".into(), &"short".into())
    );
    let id = said(&token(&house, "40101").await);
    let id = id["id"].as_str().unwrap().to_owned();
    assert!(id.ends_with(told["id"].as_str().unwrap()));
    assert!(id.starts_with("http://star.local/verify/"));
}
