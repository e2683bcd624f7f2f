//! The same badge as an Open Badges 2.0 assertion, for the many readers that know nothing newer, and the documents on the
//! school's server that it leads to: badge, school, key, and what was withdrawn.

use serde_json::{Value, json};

use super::open_badges::{Badge, Issue, School, Told, moment, picture, text};
use crate::domain::credential::Withdrawal;

const CONTEXT: &str = "https://w3id.org/openbadges/v2";

fn key_address(school: &School, key: &str) -> String {
    format!("{}/keys/{key}", school.address())
}

fn withdrawn_address(school: &School) -> String {
    format!("{}/withdrawn", school.address())
}

/// The assertion. A reader without the school's server sees the words of `narrative` only.
#[must_use]
pub fn assertion(issue: &Issue) -> String {
    let words = [&issue.badge.name, &issue.school.name];
    let words = words.into_iter().chain(issue.person.as_ref());
    let words: Vec<&str> = words.map(String::as_str).collect();
    json!({
        "@context": CONTEXT,
        "type": "Assertion",
        "id": format!("urn:uuid:{}", issue.id),
        "recipient": { "type": "id", "hashed": false, "identity": format!("urn:uuid:{}", issue.subject) },
        "badge": issue.school.class_address(&issue.badge.class),
        "verification": { "type": "SignedBadge", "creator": key_address(&issue.school, &issue.key) },
        "issuedOn": moment(issue.issued_at),
        "narrative": words.join(" | "),
    })
    .to_string()
}

/// Reads one back.
pub(super) fn read(value: &Value) -> Option<Told> {
    let id = value.get("id")?.as_str()?.strip_prefix("urn:uuid:")?;
    let words = text(value.get("narrative"));
    let mut words = words.split(" | ");
    Some(Told {
        version: 2,
        id: id.to_owned(),
        badge: words.next().unwrap_or_default().to_owned(),
        person: words.nth(1).map(str::to_owned),
    })
}

/// The school.
#[must_use]
pub fn profile(school: &School, keys: &[String]) -> String {
    let keys: Vec<String> = keys.iter().map(|key| key_address(school, key)).collect();
    json!({
        "@context": CONTEXT, "type": "Issuer", "id": school.address(), "name": school.name, "url": school.base,
        "publicKey": keys, "revocationList": withdrawn_address(school),
    })
    .to_string()
}

/// One of its keys, by name and PEM.
#[must_use]
pub fn key(school: &School, name: &str, pem: &str) -> String {
    json!({
        "@context": CONTEXT, "type": "CryptographicKey", "id": key_address(school, name),
        "owner": school.address(), "publicKeyPem": pem,
    })
    .to_string()
}

/// A badge.
#[must_use]
pub fn badge(school: &School, badge: &Badge) -> String {
    json!({
        "@context": CONTEXT, "type": "BadgeClass", "id": school.class_address(&badge.class), "name": badge.name,
        "description": badge.description, "image": picture(school, &badge.picture),
        "criteria": { "narrative": badge.description }, "issuer": school.address(),
    })
    .to_string()
}

/// What was withdrawn: ids that lead to nothing, and one word.
#[must_use]
pub fn withdrawn(school: &School, ids: &[(String, Withdrawal)]) -> String {
    let entries = ids
        .iter()
        .map(|(id, why)| json!({ "id": format!("urn:uuid:{id}"), "revocationReason": why.key() }));
    json!({
        "@context": CONTEXT, "type": "RevocationList", "id": withdrawn_address(school), "issuer": school.address(),
        "revokedAssertions": entries.collect::<Vec<Value>>(),
    })
    .to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::open_badges::{self, sample};

    #[test]
    fn an_assertion_tells_what_it_was_made_of() {
        let told = open_badges::read(&assertion(&sample(Some("Z**")))).unwrap();
        let expected = Told {
            version: 2,
            id: "11-22".to_owned(),
            badge: "Helper".to_owned(),
            person: Some("Z**".to_owned()),
        };
        assert_eq!(told, expected);
        let nameless = open_badges::read(&assertion(&sample(None))).unwrap();
        assert_eq!(nameless.person, None);
    }

    #[test]
    fn the_documents_lead_to_each_other() {
        let school = sample(None).school;
        let profile = profile(&school, &["k".to_owned()]);
        let said: Value = serde_json::from_str(&assertion(&sample(None))).unwrap();
        let creator = said["verification"]["creator"].as_str().unwrap();
        assert!(profile.contains(creator));
        let list = withdrawn(&school, &[("11-22".to_owned(), Withdrawal::Home)]);
        let list: Value = serde_json::from_str(&list).unwrap();
        assert!(profile.contains(list["id"].as_str().unwrap()));
        assert_eq!(list["revokedAssertions"][0]["id"], said["id"]);
        let badge: Value = serde_json::from_str(&badge(&school, &sample(None).badge)).unwrap();
        assert_eq!(
            (&badge["id"], &badge["issuer"]),
            (&said["badge"], &list["issuer"])
        );
    }
}
