//! JSON bodies without two readings: only `application/json` (S-48), at most 64 KiB, no key
//! twice (S-24). Unknown fields are refused by the type itself, which must carry
//! `#[serde(deny_unknown_fields)]` (S-23); the test `strict_bodies` sees to that.

use std::collections::BTreeSet;
use std::fmt;
use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};
use serde::Deserialize;
use serde::de::{DeserializeOwned, DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};

use super::fields::escape;
use super::limits::{self, BodyKind};
use crate::web::problem::Problem;

/// A body read as `T`.
#[derive(Debug, Clone)]
pub struct StrictJson<T>(pub T);

impl<T: DeserializeOwned + 'static> FromRequest for StrictJson<T> {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, mut payload) = (req.clone(), payload.take());
        Box::pin(async move {
            if BodyKind::of(req.head()) != BodyKind::Json {
                return Err(Problem::wrong_media_type("application/json"));
            }
            let body = limits::read_body(&req, &mut payload, limits::MOST_JSON).await?;
            parse(&body).map(StrictJson)
        })
    }
}

/// Reads `T` from bytes, or says what is wrong without a word of the library's.
pub fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, Problem> {
    if let Err(error) = refuse_twins(body) {
        let twice = error.to_string().starts_with(TWICE);
        let detail = if twice {
            "The JSON body has a key twice."
        } else {
            "The body is not JSON."
        };
        return Err(Problem::bad_request(detail));
    }
    serde_json::from_slice(body).map_err(|error| explain(&error))
}

/// serde names the field in backticks; only that name, which the sender knows, is passed on.
fn explain(error: &serde_json::Error) -> Problem {
    let said = error.to_string();
    let problem = Problem::bad_request("The JSON body does not have the expected fields.");
    let name = said.split('`').nth(1).map(escape).unwrap_or_default();
    if said.starts_with("unknown field") {
        return problem.at(format!("/{name}"), "unknown field");
    }
    if said.starts_with("missing field") {
        return problem.at(format!("/{name}"), "missing");
    }
    problem.at("", "a value has the wrong type")
}

const TWICE: &str = "a key is there twice";

fn refuse_twins(body: &[u8]) -> Result<(), serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_slice(body);
    Walk.deserialize(&mut reader)?;
    reader.end()
}

/// Walks through a document and stops at the first repeated key, however deep.
struct Walk;

impl<'de> DeserializeSeed<'de> for Walk {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut seen = BTreeSet::new();
        while let Some(Key(key)) = map.next_key()? {
            if !seen.insert(key) {
                return Err(serde::de::Error::custom(TWICE));
            }
            map.next_value_seed(Self)?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        while seq.next_element_seed(Self)?.is_some() {}
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

#[derive(Deserialize)]
struct Key(String);

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    #[derive(Debug, PartialEq, Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Sheet {
        scores: BTreeMap<String, Option<u8>>,
        comment: Option<String>,
    }

    fn refused(body: &str, reason: &str) {
        let problem = parse::<Sheet>(body.as_bytes()).unwrap_err();
        let said = format!("{problem:?}");
        assert!(said.contains(reason), "{body}: {said}");
    }

    #[test]
    fn a_plain_body_is_read() {
        let sheet: Sheet = parse(r#"{"scores": {"v1": 3, "v2": null}}"#.as_bytes()).unwrap();
        assert_eq!(sheet.scores["v1"], Some(3));
        assert_eq!(sheet.comment, None);
    }

    #[test]
    fn repeated_keys_are_refused_at_any_depth_and_in_any_spelling() {
        refused(r#"{"scores": {}, "scores": {}}"#, "twice");
        refused(r#"{"scores": {"v1": 1, "v1": 2}}"#, "twice");
        refused(r#"{"scores": {"v1": 1, "\u00761": 2}}"#, "twice");
        refused(r#"{"comment": [{"a": 1, "a": 2}]}"#, "twice");
    }

    #[test]
    fn unknown_missing_and_mistyped_fields_point_at_themselves() {
        refused(r#"{"scores": {}, "school_id": "x"}"#, "\"/school_id\"");
        refused(r#"{"scores": {}, "a/b~c": 1}"#, "\"/a~1b~0c\"");
        refused(r#"{"comment": "x"}"#, "\"/scores\"");
        refused(r#"{"scores": {"v1": "3"}}"#, "wrong type");
        refused(r#"{"scores": {"v1": 300}}"#, "wrong type");
    }

    #[test]
    fn what_is_not_one_json_document_is_refused() {
        for body in [
            "",
            "{",
            "{} {}",
            "nul",
            "{'a': 1}",
            "\u{feff}{}",
            &"[".repeat(1_000),
        ] {
            refused(body, "not JSON");
        }
    }
}
