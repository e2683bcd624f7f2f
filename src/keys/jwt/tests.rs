//! The whole list of S-13: tokens that must never be accepted, forged with the right key wherever
//! that is what makes them dangerous.

use super::*;
use crate::keys::mac;
use serde_json::{Value, json};

const NOW: u64 = 1_790_000_000;

fn ring() -> KeyRing {
    KeyRing::from_text(&"0123456789abcdef".repeat(4), None).unwrap()
}

fn bearer() -> Bearer<'static> {
    Bearer {
        person: "person-1",
        session: "session-1",
        school: "school-1",
        role: "teacher",
    }
}

fn header() -> Value {
    json!({"typ": "JWT", "alg": "HS256", "kid": ring().current(Purpose::Jwt).id})
}

fn claims() -> Value {
    json!({"iss": "starlight", "aud": "starlight-api", "sub": "person-1", "sid": "session-1",
        "school": "school-1", "role": "teacher", "iat": NOW, "nbf": NOW, "exp": NOW + 600})
}

fn with(mut object: Value, key: &str, value: Value) -> Value {
    object[key] = value;
    object
}

fn without(mut object: Value, key: &str) -> Value {
    object.as_object_mut().unwrap().remove(key);
    object
}

fn forge_text(header: &str, claims: &str) -> String {
    let body = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(header),
        URL_SAFE_NO_PAD.encode(claims)
    );
    let key = ring().current(Purpose::Jwt);
    let signature = mac::hmac_sha256(key.bytes(), body.as_bytes());
    format!("{body}.{}", URL_SAFE_NO_PAD.encode(signature))
}

fn forge(header: &Value, claims: &Value) -> String {
    forge_text(&header.to_string(), &claims.to_string())
}

fn refused(what: &str, token: &str) {
    let answer = Signer::new(&ring()).check(token, NOW + 1);
    assert_eq!(answer, Err(BadToken), "{what}");
}

#[test]
fn an_issued_token_says_what_it_was_given() {
    let signer = Signer::new(&ring());
    let token = signer.issue(bearer(), NOW, 600).unwrap();
    let said = signer.check(&token, NOW + 599).unwrap();
    assert_eq!(
        (said.sub.as_str(), said.sid.as_str()),
        ("person-1", "session-1")
    );
    assert_eq!((said.role.as_str(), said.exp), ("teacher", NOW + 600));
    assert_eq!(signer.check(&token, NOW + 600), Err(BadToken));
    assert_eq!(signer.check(&token, NOW - 1), Err(BadToken));
}

#[test]
fn the_forge_of_these_tests_makes_good_tokens() {
    let token = forge(&header(), &claims());
    assert!(Signer::new(&ring()).check(&token, NOW + 1).is_ok());
}

#[test]
fn no_token_outlives_a_session() {
    let signer = Signer::new(&ring());
    let token = signer.issue(bearer(), NOW, u64::MAX).unwrap();
    assert_eq!(signer.check(&token, NOW).unwrap().exp, NOW + LONGEST_LIFE);
    refused(
        "a month",
        &forge(&header(), &with(claims(), "exp", json!(NOW + 2_592_000))),
    );
}

#[test]
fn foreign_algorithms_are_refused() {
    for alg in [
        "none", "None", "NONE", "", "HS384", "HS512", "RS256", "PS256", "ES256", "EdDSA", "hs256",
    ] {
        refused(alg, &forge(&with(header(), "alg", json!(alg)), &claims()));
    }
    let unsigned = format!(
        "{}.{}.",
        URL_SAFE_NO_PAD.encode(with(header(), "alg", json!("none")).to_string()),
        URL_SAFE_NO_PAD.encode(claims().to_string())
    );
    refused("none without signature", &unsigned);
    refused("no alg", &forge(&without(header(), "alg"), &claims()));
}

#[test]
fn another_key_is_refused() {
    let other = Signer::new(&KeyRing::fresh().unwrap());
    refused("another server", &other.issue(bearer(), NOW, 600).unwrap());
    let body = format!(
        "{}.{}",
        URL_SAFE_NO_PAD.encode(header().to_string()),
        URL_SAFE_NO_PAD.encode(claims().to_string())
    );
    let signature = mac::hmac_sha256(b"another key", body.as_bytes());
    refused(
        "our kid, another key",
        &format!("{body}.{}", URL_SAFE_NO_PAD.encode(signature)),
    );
}

#[test]
fn times_must_be_whole_seconds_and_now() {
    let far = json!(NOW + 600);
    for (name, bad) in [
        ("exp", json!(NOW)),
        ("exp", json!("1790000600")),
        ("exp", json!(1_790_000_600.5)),
        ("exp", json!(1_790_000_600.0)),
        ("exp", json!(-1)),
        ("exp", json!(0)),
        ("exp", json!(null)),
        ("exp", json!([NOW + 600])),
        ("exp", json!(u64::MAX)),
        ("exp", json!(1e300)),
        ("nbf", far.clone()),
        ("nbf", json!("1790000000")),
        ("nbf", json!(-1)),
        ("nbf", json!(1.5)),
        ("nbf", json!(null)),
        ("iat", far),
        ("iat", json!("now")),
    ] {
        refused(
            &format!("{name}={bad}"),
            &forge(&header(), &with(claims(), name, bad)),
        );
    }
}

#[test]
fn every_claim_is_needed_and_no_other_allowed() {
    for name in [
        "iss", "aud", "sub", "sid", "school", "role", "iat", "nbf", "exp",
    ] {
        refused(name, &forge(&header(), &without(claims(), name)));
    }
    refused(
        "extra claim",
        &forge(&header(), &with(claims(), "admin", json!(true))),
    );
    let text = claims().to_string();
    let twice = text.replacen('{', "{\"role\":\"admin\",", 1);
    refused("role twice", &forge_text(&header().to_string(), &twice));
}

#[test]
fn issuer_and_audience_are_exact() {
    for (name, bad) in [
        ("aud", json!("other")),
        ("aud", json!(["starlight-api", "other"])),
        ("aud", json!(["starlight-api"])),
        ("aud", json!("")),
        ("iss", json!("Starlight")),
        ("iss", json!(["starlight"])),
        ("iss", json!(null)),
    ] {
        refused(
            &format!("{name}={bad}"),
            &forge(&header(), &with(claims(), name, bad)),
        );
    }
}

#[test]
fn the_header_is_exactly_ours() {
    for typ in [
        json!("jwt"),
        json!("at+jwt"),
        json!("JWS"),
        json!(""),
        json!(null),
        json!(1),
    ] {
        refused(
            &format!("typ={typ}"),
            &forge(&with(header(), "typ", typ), &claims()),
        );
    }
    refused("no typ", &forge(&without(header(), "typ"), &claims()));
    for kid in [
        "../../etc/passwd",
        "/dev/null",
        "' OR 1=1 --",
        "",
        "0",
        "current",
    ] {
        refused(kid, &forge(&with(header(), "kid", json!(kid)), &claims()));
    }
    refused("no kid", &forge(&without(header(), "kid"), &claims()));
    let key = json!({"kty": "oct", "k": "AAAA", "alg": "HS256"});
    for (name, value) in [
        ("jwk", key),
        ("jku", json!("https://example.org/keys")),
        ("x5u", json!("https://example.org/cert")),
        ("x5c", json!(["AAAA"])),
        ("crit", json!(["exp"])),
        ("zip", json!("DEF")),
        ("cty", json!("JWT")),
    ] {
        refused(name, &forge(&with(header(), name, value), &claims()));
    }
    let twice = header().to_string().replacen('{', "{\"alg\":\"none\",", 1);
    refused("alg twice", &forge_text(&twice, &claims().to_string()));
}

#[test]
fn damaged_tokens_are_refused() {
    let good = forge(&header(), &claims());
    let body_end = good.rfind('.').unwrap();
    for cut in [1, 2, 10, 43] {
        refused("cut", good.split_at(good.len() - cut).0);
    }
    refused("no signature", good.split_at(body_end + 1).0);
    refused("two parts", good.split_at(body_end).0);
    refused("four parts", &format!("{good}.x"));
    refused("padding", &format!("{good}="));
    refused("space", &format!(" {good}"));
    refused("1 MiB", &"a".repeat(1 << 20));
    refused("1 MiB with dots", &format!("{good}{}", "a".repeat(1 << 20)));
    for junk in [
        "",
        ".",
        "..",
        "...",
        "a.b.c",
        "星.光.灿",
        "\0.\0.\0",
        "e30.e30.e30",
    ] {
        refused(junk, junk);
    }
    // Every change of the signed part is noticed.
    for place in (0..body_end).step_by(7) {
        let mut bytes = good.clone().into_bytes();
        bytes[place] = if bytes[place] == b'A' { b'B' } else { b'A' };
        refused(
            &format!("flip at {place}"),
            &String::from_utf8(bytes).unwrap(),
        );
    }
}

#[test]
fn the_key_before_a_rotation_holds_until_it_is_dropped() {
    let old = ring();
    let token = Signer::new(&old).issue(bearer(), NOW, 600).unwrap();
    let new = old.rotated().unwrap();
    assert!(Signer::new(&new).check(&token, NOW).is_ok());
    assert_eq!(
        Signer::new(&new.without_previous()).check(&token, NOW),
        Err(BadToken)
    );
    let fresh = Signer::new(&new).issue(bearer(), NOW, 600).unwrap();
    assert_eq!(Signer::new(&old).check(&fresh, NOW), Err(BadToken));
}
