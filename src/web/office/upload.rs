//! A spreadsheet in a multipart form: one file of at most 2 MiB and the form's token.

use actix_multipart::{Field, Multipart};
use actix_web::{HttpRequest, dev::Payload};
use futures_util::TryStreamExt as _;

use crate::web::{
    failure::Failure,
    guard::{csrf, limits::MOST_UPLOAD},
    problem::Problem,
    visit::Visit,
};

/// Longest small field of the form.
const MOST_TEXT: usize = 256;

/// What was uploaded.
#[derive(Debug)]
pub struct Upload {
    pub name: String,
    pub media: Option<String>,
    pub bytes: Vec<u8>,
}

/// Reads the form and checks its token, which the middleware leaves to whoever reads multipart bodies.
pub async fn read(visit: &Visit, req: &HttpRequest, payload: Payload) -> Result<Upload, Failure> {
    let bad = || Problem::bad_request("The upload could not be read.");
    let mut form = Multipart::new(req.headers(), payload);
    let (mut token, mut file) = (None, None);
    while let Some(field) = form.try_next().await.map_err(|_broken| bad())? {
        match field.name() {
            Some(csrf::FIELD) if token.is_none() => {
                let text = bytes_of(field, MOST_TEXT).await?;
                token = String::from_utf8(text).ok();
            }
            Some("file") if file.is_none() => file = Some(upload(field).await?),
            _ => return Err(bad().into()),
        }
    }
    let ours = token.is_some_and(|t| visit.guard.csrf.check(&visit.req, &t));
    if !ours {
        let refused = "This request did not come from a page of this server.";
        return Err(Problem::forbidden(refused).into());
    }
    Ok(file.ok_or_else(bad)?)
}

async fn upload(field: Field) -> Result<Upload, Failure> {
    let disposition = field.content_disposition();
    let name = disposition.and_then(|d| d.get_filename()).unwrap_or("");
    let name: String = name.chars().filter(|c| !c.is_control()).collect();
    let media = field.content_type().map(ToString::to_string);
    Ok(Upload {
        name,
        media,
        bytes: bytes_of(field, MOST_UPLOAD).await?,
    })
}

async fn bytes_of(mut field: Field, most: usize) -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    while let Some(piece) = field
        .try_next()
        .await
        .map_err(|_broken| Problem::bad_request("The upload could not be read."))?
    {
        if bytes.len() + piece.len() > most {
            return Err(Problem::too_large(most).into());
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}
