//! The fields of a posted form, each at most once (S-24). Names are partly dynamic
//! (`a.{indicator}`), so handlers take the fields they know and call [`Fields::finish`], which
//! refuses whatever is left (S-23).

use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;

use actix_web::dev::Payload;
use actix_web::{FromRequest, HttpRequest};

use super::csrf;
use super::limits::{self, BodyKind};
use crate::web::problem::Problem;

/// Decoded fields by name; the CSRF token, checked before, is gone.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields(BTreeMap<String, String>);

impl Fields {
    /// Reads an urlencoded body.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let Some(pairs) = limits::pairs(text) else {
            return Err(Problem::bad_request("The form could not be read."));
        };
        if let Some(twin) = limits::first_twin(&pairs) {
            let pointer = format!("/{}", escape(twin));
            return Err(Problem::bad_request("A field is there twice.").at(pointer, "repeated"));
        }
        let mut fields: BTreeMap<String, String> = pairs.into_iter().collect();
        fields.remove(csrf::FIELD);
        Ok(Self(fields))
    }

    /// Reads a body in which the fields that `many` names may be there several times, as check boxes are.
    fn parse_with(text: &str, many: impl Fn(&str) -> bool) -> Result<(Self, Lists), Problem> {
        let Some(pairs) = limits::pairs(text) else {
            return Err(Problem::bad_request("The form could not be read."));
        };
        let (listed, single): (Vec<_>, Vec<_>) =
            pairs.into_iter().partition(|(name, _)| many(name));
        if let Some(twin) = limits::first_twin(&single) {
            let pointer = format!("/{}", escape(twin));
            return Err(Problem::bad_request("A field is there twice.").at(pointer, "repeated"));
        }
        let mut fields: BTreeMap<String, String> = single.into_iter().collect();
        fields.remove(csrf::FIELD);
        let mut lists = Lists::new();
        for (name, value) in listed {
            lists.entry(name).or_default().push(value);
        }
        Ok((Self(fields), lists))
    }

    /// Takes a field out; `None` when absent.
    pub fn take(&mut self, name: &str) -> Option<String> {
        self.0.remove(name)
    }

    /// Takes a field that must be there.
    pub fn need(&mut self, name: &str) -> Result<String, Problem> {
        self.take(name).ok_or_else(|| {
            let pointer = format!("/{}", escape(name));
            Problem::bad_request("A field is missing.").at(pointer, "missing")
        })
    }

    /// Takes every field whose name begins with `prefix`, by the rest of the name.
    pub fn take_all(&mut self, prefix: &str) -> BTreeMap<String, String> {
        let (taken, kept) = std::mem::take(&mut self.0)
            .into_iter()
            .partition(|(name, _)| name.starts_with(prefix));
        self.0 = kept;
        let strip = |(name, value): (String, String)| {
            let rest = name.strip_prefix(prefix).unwrap_or("").to_owned();
            (rest, value)
        };
        BTreeMap::into_iter(taken).map(strip).collect()
    }

    /// Refuses fields nobody asked for.
    pub fn finish(self) -> Result<(), Problem> {
        if self.0.is_empty() {
            return Ok(());
        }
        let problem = Problem::bad_request("The form has fields that do not belong there.");
        Err(self.0.keys().take(10).fold(problem, |problem, name| {
            problem.at(format!("/{}", escape(name)), "unknown field")
        }))
    }
}

/// Values of fields that may repeat, by name in the order sent.
pub type Lists = BTreeMap<String, Vec<String>>;

/// A form with check boxes: read, but not yet judged for fields that are there twice.
#[derive(Debug, Clone)]
pub struct Boxes(String);

impl Boxes {
    /// The single fields, and the repeated ones that `many` names.
    pub fn split(self, many: impl Fn(&str) -> bool) -> Result<(Fields, Lists), Problem> {
        Fields::parse_with(&self.0, many)
    }
}

type Reading<T> = Pin<Box<dyn Future<Output = Result<T, Problem>>>>;

impl FromRequest for Fields {
    type Error = Problem;
    type Future = Reading<Self>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, payload) = (req.clone(), payload.take());
        Box::pin(async move { Self::parse(&form_text(&req, payload).await?) })
    }
}

impl FromRequest for Boxes {
    type Error = Problem;
    type Future = Reading<Self>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, payload) = (req.clone(), payload.take());
        Box::pin(async move { form_text(&req, payload).await.map(Self) })
    }
}

async fn form_text(req: &HttpRequest, mut payload: Payload) -> Result<String, Problem> {
    if BodyKind::of(req.head()) != BodyKind::Form {
        let expected = "application/x-www-form-urlencoded";
        return Err(Problem::wrong_media_type(expected));
    }
    let body = limits::read_body(req, &mut payload, limits::MOST_FORM).await?;
    match std::str::from_utf8(&body) {
        Ok(text) => Ok(text.to_owned()),
        Err(_) => Err(Problem::bad_request("The form is not UTF-8.")),
    }
}

/// A name inside a JSON pointer.
pub(super) fn escape(name: &str) -> String {
    let short: String = name.chars().take(80).collect();
    short.replace('~', "~0").replace('/', "~1")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_taken_by_name_and_prefix() {
        let mut fields = Fields::parse("csrf=x&go=next&a.v1=3&a.v2=&c.7=%E5%A5%BD+a").unwrap();
        assert_eq!(fields.need("go").unwrap(), "next");
        let anchors = fields.take_all("a.");
        assert_eq!(anchors["v1"], "3");
        assert_eq!(anchors["v2"], "");
        assert_eq!(fields.take_all("c.")["7"], "好 a");
        assert_eq!(fields.take("go"), None);
        assert_eq!(fields.finish(), Ok(()));
    }

    #[test]
    fn twins_missing_and_unknown_fields_are_refused() {
        assert!(Fields::parse("a=1&b=2&a=1").is_err());
        assert!(Fields::parse("a=1&%61=2").is_err());
        let mut fields = Fields::parse("a=1&role=admin").unwrap();
        assert!(fields.need("b").is_err());
        fields.take("a");
        let said = format!("{:?}", fields.finish().unwrap_err());
        assert!(said.contains("/role"), "{said}");
    }
}
