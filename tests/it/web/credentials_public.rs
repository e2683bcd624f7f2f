//! What anybody learns about a badge file: genuine, changed, withdrawn, not ours; and what programs read.

use std::io::Read as _;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use starlight::keys::issuer::IssuerKey;

use super::credentials::{award, house, page, said, take, token};
use crate::school::{House, after};

async fn verdict(house: &House, text: &str) -> String {
    let anybody = house.anonymous();
    let told = anybody.posts("/verify", &[("text", text)]).await.is(200);
    assert_eq!(told.header("cache-control"), "no-store");
    assert!(!told.header("content-security-policy").is_empty());
    after(&told.body, "data-verdict=\"", "", "\"").to_owned()
}

fn id_of(token: &str) -> String {
    let id = said(token)["id"].as_str().unwrap().to_owned();
    id.rsplit('/').next().unwrap().to_owned()
}

/// Whether the file's bit is set in the signed list, as a program reads it.
async fn bit(house: &House, token: &str) -> bool {
    let status = said(token)["credentialStatus"].clone();
    let list = status["statusListCredential"].as_str().unwrap();
    let list = list.strip_prefix("http://star.local").unwrap();
    let signed = house.anonymous().get(list).await.is(200).body;
    let subject = said(&signed)["credentialSubject"].clone();
    let text = subject["encodedList"].as_str().unwrap();
    let squeezed = URL_SAFE_NO_PAD
        .decode(text.strip_prefix('u').unwrap())
        .unwrap();
    let mut bits = Vec::new();
    flate2::read::GzDecoder::new(squeezed.as_slice())
        .read_to_end(&mut bits)
        .unwrap();
    let slot: usize = status["statusListIndex"].as_str().unwrap().parse().unwrap();
    bits[slot / 8] & (0x80 >> (slot % 8)) != 0
}

#[actix_web::test]
async fn a_genuine_file_is_known_and_a_changed_one_too() {
    let house = house().await;
    award(&house, "40101", true).await;
    take(&house, "40101", "none").await;
    let token = token(&house, "40101").await;
    assert_eq!(verdict(&house, &token).await, "genuine");
    assert_eq!(verdict(&house, &format!(" {token}\n")).await, "genuine");
    let path = format!("/verify/{}", id_of(&token));
    let shown = house.anonymous().get(&path).await.is(200);
    assert!(shown.body.contains("data-verdict=\"genuine\""));
    assert_eq!(shown.header("x-robots-tag"), "noindex, nofollow");

    let mut parts: Vec<&str> = token.split('.').collect();
    let other = said(&token).to_string().replace("urn:uuid:", "urn:uuid:9");
    let other = URL_SAFE_NO_PAD.encode(other);
    parts[1] = &other;
    assert_eq!(verdict(&house, &parts.join(".")).await, "changed");
    let stranger = IssuerKey::make().unwrap();
    let forged = stranger.sign(&said(&token).to_string()).unwrap();
    assert_eq!(verdict(&house, &forged).await, "not-ours");
    for rubbish in ["", "x", "a.b.c", "<svg/>", "e30.e30.e30"] {
        let word = verdict(&house, rubbish).await;
        assert!(
            ["unreadable", "not-ours"].contains(&word.as_str()),
            "{rubbish}: {word}"
        );
    }
}

#[actix_web::test]
async fn files_are_read_as_they_were_saved() {
    let house = house().await;
    award(&house, "40101", true).await;
    take(&house, "40101", "none").await;
    let (family, anybody) = (house.family("40101"), house.anonymous());
    for file in ["badge-v3.svg", "badge-v2.svg", "badge-v3.jwt"] {
        let saved = family
            .get(&format!("{}/{file}", page(&house, "40101")))
            .await;
        let told = anybody
            .uploads("/verify/file", file, saved.body.into_bytes())
            .await
            .is(200);
        assert!(told.body.contains("data-verdict=\"genuine\""), "{file}");
    }
    let told = anybody
        .uploads("/verify/file", "x.png", b"\x89PNG\r\n\x1a\n".to_vec())
        .await;
    assert!(told.is(200).body.contains("data-verdict=\"unreadable\""));
}

/// A forged form from elsewhere is refused before anything is read.
#[actix_web::test]
async fn an_upload_without_the_forms_token_is_refused() {
    let house = house().await;
    let request = actix_web::test::TestRequest::post()
        .insert_header(("Content-Type", "multipart/form-data; boundary=edge"))
        .set_payload(
            "--edge\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a\"\r\n\r\nx\r\n--edge--\r\n",
        );
    house
        .anonymous()
        .send("/verify/file", request)
        .await
        .is(403);
}

#[actix_web::test]
async fn the_family_takes_it_back_and_everybody_learns_that_it_holds_no_longer() {
    let house = house().await;
    award(&house, "40101", true).await;
    take(&house, "40101", "full").await;
    let token = token(&house, "40101").await;
    assert!(!bit(&house, &token).await);
    let at = page(&house, "40101");
    let family = house.family("40101");
    family.posts(&at, &[("do", "give-back")]).await.is(303);
    gone(&house, &token, "home").await;
    family.posts(&at, &[("do", "give-back")]).await.is(404);
    family.get(&format!("{at}/badge-v3.jwt")).await.is(404);
    let shown = family.get(&at).await.is(200).body;
    assert!(shown.contains("data-test=\"gone\"") && shown.contains("data-test=\"take\""));
    // Taken along once more it is another file.
    assert_eq!(take(&house, "40101", "none").await, 303);
    let next = super::credentials::token(&house, "40101").await;
    assert_ne!(id_of(&next), id_of(&token));
    assert_eq!(verdict(&house, &next).await, "genuine");
    assert_eq!(verdict(&house, &token).await, "withdrawn");
}

/// No name, no text is left; status list, list of 2.0 and page agree.
async fn gone(house: &House, token: &str, why: &str) {
    assert_eq!(verdict(house, token).await, "withdrawn");
    assert!(bit(house, token).await);
    let (anybody, id) = (house.anonymous(), id_of(token));
    let shown = anybody.get(&format!("/verify/{id}")).await.is(200).body;
    assert!(shown.contains("data-verdict=\"withdrawn\"") && !shown.contains("<dl>"));
    let school = said(token)["iss"].as_str().unwrap().to_owned();
    let school = school.strip_prefix("http://star.local").unwrap().to_owned();
    let list = anybody.get(&format!("{school}/withdrawn")).await.is(200);
    let entry = list.json()["revokedAssertions"][0].clone();
    assert_eq!(entry["id"], format!("urn:uuid:{id}"));
    assert_eq!(entry["revocationReason"], why);
    let rows = &house.contents()["credentials"];
    assert!(rows.iter().all(|row| !row.contains("eyJ")), "{rows:?}");
}

#[actix_web::test]
async fn a_withdrawn_badge_ends_its_file() {
    let house = house().await;
    let id = award(&house, "40101", true).await;
    take(&house, "40101", "none").await;
    let token = token(&house, "40101").await;
    let badges = format!("/t/classes/{}/badges/decide", house.class("401"));
    let away = [
        ("withdraw", id.as_str()),
        ("period", ""),
        ("reason", "a mistake in the list"),
    ];
    house.staff("h401").posts(&badges, &away).await.is(303);
    gone(&house, &token, "school").await;
}

/// Refusing the notice takes the links away over which a family could take files back, so it takes them back.
#[actix_web::test]
async fn a_refused_notice_ends_the_files() {
    let house = house().await;
    award(&house, "40101", true).await;
    take(&house, "40101", "none").await;
    let token = token(&house, "40101").await;
    let today = crate::school::today().to_string();
    let fields = [
        ("action", "refused"),
        ("class", house.class("401")),
        ("student", house.student_id("40101")),
        ("date", &today),
    ];
    house.office().posts("/a/consent", &fields).await.is(303);
    gone(&house, &token, "home").await;
}

#[actix_web::test]
async fn an_erased_childs_file_holds_no_longer() {
    let house = house().await;
    award(&house, "40101", true).await;
    take(&house, "40101", "full").await;
    let token = token(&house, "40101").await;
    let child = house.student_id("40101").to_owned();
    house.sql(&format!(
        "UPDATE enrolments SET ends_on = starts_on WHERE student_id = '{child}'"
    ));
    let office = house.office();
    let ask = [
        ("act", "file"),
        ("student_no", "40101"),
        ("kind", "deletion"),
        ("words", "please"),
    ];
    office.posts("/a/requests", &ask).await.is(303);
    let list = office.get("/a/requests").await.is(200).body;
    let request = after(&list, "name=\"id\" value=\"", "", "\"");
    let erase = format!("/a/requests/{request}/erase");
    office
        .posts(&erase, &[("student_no", "40101")])
        .await
        .is(303);
    gone(&house, &token, "erased").await;
}

/// The documents that a reader of 2.0 follows from the file are there, and an unknown school or badge is not.
#[actix_web::test]
async fn a_program_finds_key_school_and_badge() {
    let house = house().await;
    award(&house, "40101", true).await;
    let anybody = house.anonymous();
    let early = format!("/verify/schools/{}", house.own().school);
    anybody.get(&early).await.is(404);
    take(&house, "40101", "none").await;
    let at = format!("{}/badge-v2.svg", page(&house, "40101"));
    let svg = house.family("40101").get(&at).await.is(200).body;
    let token = after(&svg, "verify=\"", "", "\"");
    let told = said(token);
    let path = |value: &serde_json::Value| {
        let text = value.as_str().unwrap();
        text.strip_prefix("http://star.local").unwrap().to_owned()
    };
    let badge = anybody.get(&path(&told["badge"])).await.is(200);
    assert_eq!(badge.header("content-type"), "application/ld+json");
    let badge = badge.json();
    assert_eq!(badge["id"], told["badge"]);
    let school = anybody.get(&path(&badge["issuer"])).await.is(200).json();
    let creator = &told["verification"]["creator"];
    assert_eq!(&school["publicKey"][0], creator);
    let key = anybody.get(&path(creator)).await.is(200).json();
    assert_eq!(key["owner"], school["id"]);
    assert!(
        key["publicKeyPem"]
            .as_str()
            .unwrap()
            .starts_with("-----BEGIN PUBLIC KEY-----")
    );
    let picture = badge["image"].as_str().unwrap();
    let picture = picture.strip_prefix("http://star.local").unwrap();
    assert_eq!(
        anybody.get(picture).await.is(200).header("content-type"),
        "image/png"
    );
    for tail in ["/keys/x", "/badges/x", "/status/x"] {
        anybody.get(&format!("{early}{tail}")).await.is(404);
    }
    anybody.get("/verify/schools/x/status/0").await.is(404);
}

#[actix_web::test]
async fn guessing_ids_is_slowed_down() {
    let house = house().await;
    let anybody = house.anonymous();
    for n in 0..10 {
        anybody.get(&format!("/verify/{n}")).await.is(404);
    }
    anybody.get("/verify/11").await.is(429);
}
