//! Strict queries and lists cut by cursor, the same for every list of the API.

use std::{future::Future, pin::Pin};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header, web};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use utoipa::ToSchema;

use crate::web::{
    guard::{
        limits,
        strict_json::{self, StrictJson},
    },
    problem::Problem,
};

/// Most items of one answer (S-102), and how many come unasked.
const MOST: u32 = 100;

/// The query of a request as `T`, which must refuse unknown fields.
#[derive(Debug)]
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned> FromRequest for Asked<T> {
    type Error = Problem;
    type Future = std::future::Ready<Result<Self, Problem>>;

    fn from_request(req: &HttpRequest, _: &mut Payload) -> Self::Future {
        let read = web::Query::<T>::from_query(req.query_string());
        let refused = "The query has an unknown key or a value that cannot be read.";
        std::future::ready(match read {
            Ok(query) => Ok(Self(query.into_inner())),
            Err(_unreadable) => Err(Problem::bad_request(refused)),
        })
    }
}

/// A query without any key.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Nothing {}

/// A request that brings no body, or an empty JSON object.
#[derive(Debug)]
pub struct NoBody;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Empty {}

impl FromRequest for NoBody {
    type Error = Problem;
    type Future = Pin<Box<dyn Future<Output = Result<Self, Problem>>>>;

    fn from_request(req: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (req, mut payload) = (req.clone(), payload.take());
        Box::pin(async move {
            if req.headers().contains_key(header::CONTENT_TYPE) {
                let body = StrictJson::<Empty>::from_request(&req, &mut payload).await;
                return body.map(|_empty| Self);
            }
            let body = limits::read_body(&req, &mut payload, limits::MOST_JSON).await?;
            if !body.is_empty() {
                strict_json::parse::<Empty>(&body)?;
            }
            Ok(Self)
        })
    }
}

/// Part of a list.
#[derive(Debug, Serialize, ToSchema)]
pub struct Listed<T> {
    pub items: Vec<T>,
    /// Pass it as `cursor` to get the items after these; absent at the end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

/// How many items are wanted.
pub fn limit(asked: Option<u32>) -> Result<usize, Problem> {
    let wanted = asked.unwrap_or(MOST);
    if wanted == 0 || wanted > MOST {
        return Err(Problem::bad_request("limit must be 1 to 100."));
    }
    usize::try_from(wanted).map_err(|_never| Problem::broken())
}

/// Cuts a list: the items after the one whose key is the cursor.
pub fn cut<T>(
    items: Vec<T>,
    limit: usize,
    cursor: Option<&str>,
    key: impl Fn(&T) -> String,
) -> Result<Listed<T>, Problem> {
    let start = match cursor {
        None => 0,
        Some(cursor) => {
            let at = items.iter().position(|item| key(item) == cursor);
            at.ok_or_else(|| Problem::bad_request("This cursor leads nowhere; start again."))? + 1
        }
    };
    let more = items.len() > start.saturating_add(limit);
    let items: Vec<T> = items.into_iter().skip(start).take(limit).collect();
    let next_cursor = items.last().filter(|_| more).map(&key);
    Ok(Listed { items, next_cursor })
}

/// An instant in milliseconds as RFC 3339, UTC.
pub fn instant(at: i64) -> String {
    let at = chrono::DateTime::from_timestamp_millis(at).unwrap_or_default();
    at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(limit: usize, cursor: Option<&str>) -> (Vec<u32>, Option<String>) {
        let listed = cut(vec![1, 2, 3, 4, 5], limit, cursor, u32::to_string).unwrap();
        (listed.items, listed.next_cursor)
    }

    #[test]
    fn cursors_lead_through_the_list_once() {
        assert_eq!(page(2, None), (vec![1, 2], Some("2".to_owned())));
        assert_eq!(page(2, Some("2")), (vec![3, 4], Some("4".to_owned())));
        assert_eq!(page(2, Some("4")), (vec![5], None));
        assert_eq!(page(5, None).1, None);
        assert!(cut(vec![1], 1, Some("9"), u32::to_string).is_err());
    }

    #[test]
    fn limits_are_one_to_a_hundred() {
        assert_eq!(limit(None).unwrap(), 100);
        assert_eq!(limit(Some(1)).unwrap(), 1);
        assert!(limit(Some(0)).is_err() && limit(Some(101)).is_err());
    }
}
