//! A badge as an Open Badges 3.0 credential, the list of what was withdrawn, and reading either version back. Texts to be
//! signed: `keys/issuer.rs` makes compact JWS of them. Version 2.0 is `open_badges_v2`.

use std::io::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, SecondsFormat};
use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};

use super::open_badges_v2;
use crate::domain::credential::LIST_BITS;

const VC: &str = "https://www.w3.org/ns/credentials/v2";
const OB: &str = "https://purl.imsglobal.org/spec/ob/v3p0/context-3.0.3.json";

/// The school as it signs: `base` is its address without a slash at the end.
#[derive(Clone, Debug)]
pub struct School {
    pub base: String,
    pub id: String,
    pub name: String,
}

impl School {
    /// Where everything about its badges is.
    #[must_use]
    pub fn address(&self) -> String {
        format!("{}/verify/schools/{}", self.base, self.id)
    }

    /// What a badge says about itself.
    #[must_use]
    pub fn class_address(&self, class: &str) -> String {
        format!("{}/badges/{class}", self.address())
    }

    /// Its status list.
    #[must_use]
    pub fn list_address(&self, list: i32) -> String {
        format!("{}/status/{list}", self.address())
    }
}

/// What a badge says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Badge {
    pub class: String,
    pub name: String,
    pub description: String,
    pub picture: String,
}

/// Everything in a file.
#[derive(Clone, Debug)]
pub struct Issue {
    pub school: School,
    pub badge: Badge,
    pub id: String,
    /// Stands for the child in this one file and nowhere else.
    pub subject: String,
    /// The name that the guardian let in.
    pub person: Option<String>,
    /// Its bit: list and index.
    pub place: (i32, i32),
    /// Milliseconds.
    pub awarded_at: i64,
    /// Milliseconds.
    pub issued_at: i64,
    /// Name of the signing key.
    pub key: String,
}

/// A time as the standards write it, whole seconds UTC.
#[must_use]
pub fn moment(at: i64) -> String {
    let at = DateTime::from_timestamp(at.div_euclid(1000), 0).unwrap_or_default();
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

/// The credential; its claims stand beside its members (OB 3.0, JSON Web Token proof format).
#[must_use]
pub fn credential(issue: &Issue) -> String {
    let (school, badge) = (&issue.school, &issue.badge);
    let id = format!("{}/verify/{}", school.base, issue.id);
    let subject = format!("urn:uuid:{}", issue.subject);
    let named = issue.person.iter().map(|name| {
        json!({ "type": "IdentityObject", "hashed": false, "identityHash": name, "identityType": "name" })
    });
    let named: Vec<Value> = named.collect();
    let (list, slot) = issue.place;
    let list = school.list_address(list);
    let mut told = json!({
        "id": subject,
        "type": ["AchievementSubject"],
        "achievement": {
            "id": school.class_address(&badge.class),
            "type": ["Achievement"],
            "achievementType": "Badge",
            "name": badge.name,
            "description": badge.description,
            "criteria": { "narrative": badge.description },
            "image": { "id": picture(school, &badge.picture), "type": "Image" },
        },
    });
    if let (Some(told), false) = (told.as_object_mut(), named.is_empty()) {
        told.insert("identifier".to_owned(), Value::Array(named));
    }
    json!({
        "@context": [VC, OB],
        "id": id,
        "type": ["VerifiableCredential", "OpenBadgeCredential"],
        "name": badge.name,
        "issuer": { "id": school.address(), "type": ["Profile"], "name": school.name, "url": school.base },
        "validFrom": moment(issue.issued_at),
        "awardedDate": moment(issue.awarded_at),
        "credentialSubject": told,
        "credentialStatus": {
            "id": format!("{list}#{slot}"),
            "type": "BitstringStatusListEntry",
            "statusPurpose": "revocation",
            "statusListIndex": slot.to_string(),
            "statusListCredential": list,
        },
        "iss": school.address(),
        "jti": id,
        "nbf": issue.issued_at.div_euclid(1000),
        "sub": subject,
    })
    .to_string()
}

/// Where a badge's picture is.
#[must_use]
pub fn picture(school: &School, name: &str) -> String {
    format!("{}/static/badges/{name}.png", school.base)
}

/// How long a status list may be kept, in milliseconds.
pub const LIST_LIFE: i64 = 60_000;
/// After which a copy of it is too old, in milliseconds: a school's machine is off at night and in holidays.
const LIST_HOLDS: i64 = 60 * 24 * 3_600_000;

/// A status list with the bits of these slots set (W3C Bitstring Status List), as the school signs it now.
#[must_use]
pub fn status_list(school: &School, list: i32, slots: &[i32], now: i64) -> String {
    let address = school.list_address(list);
    json!({
        "@context": [VC],
        "id": address,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": school.address(),
        "validFrom": moment(now),
        "validUntil": moment(now + LIST_HOLDS),
        "credentialSubject": {
            "id": format!("{address}#list"),
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "ttl": LIST_LIFE,
            "encodedList": encoded(slots),
        },
        "iss": school.address(),
        "jti": address,
        "nbf": now.div_euclid(1000),
    })
    .to_string()
}

/// The bits, the first one leftmost, squeezed and in base64url with the sign of that alphabet before it.
fn encoded(slots: &[i32]) -> String {
    let mut bits = vec![0_u8; usize::try_from(LIST_BITS / 8).unwrap_or(0)];
    for slot in slots {
        let at = usize::try_from(slot / 8).ok();
        if let Some(byte) = at.and_then(|at| bits.get_mut(at)) {
            *byte |= 0x80 >> (slot % 8);
        }
    }
    let mut squeezed = GzEncoder::new(Vec::new(), Compression::default());
    // Writing into memory does not fail.
    let whole = squeezed.write_all(&bits).and_then(|()| squeezed.finish());
    format!("u{}", URL_SAFE_NO_PAD.encode(whole.unwrap_or_default()))
}

/// What a file says: believed only where its signature holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Told {
    /// 2 or 3.
    pub version: u8,
    /// The part of its id by which the school knows it.
    pub id: String,
    /// Empty where version 2 names it by an address only.
    pub badge: String,
    pub person: Option<String>,
}

/// Reads the text that was signed; `None` where it is no badge.
#[must_use]
pub fn read(payload: &str) -> Option<Told> {
    let value: Value = serde_json::from_str(payload).ok()?;
    let has = |kind: &str| match value.get("type") {
        Some(Value::String(one)) => one == kind,
        Some(Value::Array(all)) => all.iter().any(|one| one == kind),
        _ => false,
    };
    if has("Assertion") {
        return open_badges_v2::read(&value);
    }
    let id = value.get("id")?.as_str()?.rsplit('/').next()?.to_owned();
    let subject = value.get("credentialSubject")?;
    let person = subject.pointer("/identifier/0/identityHash");
    has("OpenBadgeCredential").then_some(Told {
        version: 3,
        id,
        badge: text(subject.pointer("/achievement/name")),
        person: person.and_then(Value::as_str).map(str::to_owned),
    })
}

pub(super) fn text(value: Option<&Value>) -> String {
    value.and_then(Value::as_str).unwrap_or_default().to_owned()
}

/// A made-up file for tests.
#[cfg(test)]
pub(super) fn sample(person: Option<&str>) -> Issue {
    Issue {
        school: School {
            base: "http://s.test".to_owned(),
            id: "school".to_owned(),
            name: "Ivy".to_owned(),
        },
        badge: Badge {
            class: "c1".to_owned(),
            name: "Helper".to_owned(),
            description: "Helps.".to_owned(),
            picture: "heart".to_owned(),
        },
        id: "11-22".to_owned(),
        subject: "33-44".to_owned(),
        person: person.map(str::to_owned),
        place: (0, 9),
        awarded_at: 0,
        issued_at: 1_700_000_000_999,
        key: "k".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read as _;

    use super::*;

    #[test]
    fn claims_repeat_the_credential_to_the_second() {
        let text = credential(&sample(Some("Z**")));
        let value: Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value["iss"], value["issuer"]["id"]);
        assert_eq!(value["jti"], value["id"]);
        assert_eq!(value["sub"], value["credentialSubject"]["id"]);
        assert_eq!(value["validFrom"], "2023-11-14T22:13:20Z");
        assert_eq!(value["nbf"], 1_700_000_000);
        let told = read(&text).unwrap();
        assert_eq!((told.version, told.id.as_str()), (3, "11-22"));
        assert_eq!(told.person.as_deref(), Some("Z**"));
        let nameless = credential(&sample(None));
        assert!(!nameless.contains("identifier"));
        assert_eq!(read(&nameless).unwrap().person, None);
    }

    #[test]
    fn a_withdrawn_slot_is_the_bit_from_the_left() {
        let bits = |slots: &[i32]| {
            let text = encoded(slots);
            let squeezed = URL_SAFE_NO_PAD
                .decode(text.strip_prefix('u').unwrap())
                .unwrap();
            let mut all = Vec::new();
            flate2::read::GzDecoder::new(squeezed.as_slice())
                .read_to_end(&mut all)
                .unwrap();
            all
        };
        let all = bits(&[0, 9, 131_071]);
        assert_eq!(all.len(), 16_384);
        assert_eq!((all[0], all[1], all[16_383]), (0x80, 0x40, 0x01));
        assert_eq!(all.iter().filter(|byte| **byte != 0).count(), 3);
        assert!(bits(&[]).iter().all(|byte| *byte == 0));
    }

    #[test]
    fn other_documents_are_no_badge() {
        for text in ["", "[]", "{}", r#"{"type":"Issuer","id":"x"}"#] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
