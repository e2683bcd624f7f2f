//! `GET,POST /a/import/{kind}` and the copy to correct: upload, dry run, then commit of exactly the file that was looked
//! at, named by its hash.

use actix_web::{
    FromRequest as _, HttpRequest, HttpResponse,
    http::{StatusCode, header},
    web,
};
use serde::Deserialize;

use super::{import_view as view, upload};
use crate::{
    actions::{
        import_files::{self, Rows, Told},
        session::Seen,
    },
    domain::{actor::Call, refusal::Refusal},
    exchange::{
        report::fixable_copy,
        table::{self, Format, ReadOptions, Table, TableError, TableErrorKind},
    },
    screens::office_data::IMPORTS,
    storage::access::UploadRow,
    web::{
        failure::Failure,
        guard::{Fields, limits::BodyKind},
        visit::{Door, Visit},
    },
};

/// `GET /a/import/{kind}`.
pub async fn form(visit: Visit, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    let kind = known(&path)?;
    let seen = office(&visit).await?;
    visit.page(&seen, &view::empty(kind, visit.lang))
}

fn known(kind: &str) -> Result<&'static str, Refusal> {
    let known = IMPORTS.into_iter().find(|k| *k == kind);
    known.ok_or(Refusal::NotFound)
}

/// The office, before a byte of a file is read.
async fn office(visit: &Visit) -> Result<Seen, Failure> {
    let (seen, ()) = visit
        .read(Door::Staff, |_, seen| {
            seen.call.actor.run_school()?;
            Ok(())
        })
        .await?;
    Ok(seen)
}

/// `POST /a/import/{kind}`: a multipart upload is looked at, a small form commits.
pub async fn post(
    visit: Visit,
    path: web::Path<String>,
    req: HttpRequest,
    payload: web::Payload,
) -> Result<HttpResponse, Failure> {
    let kind = known(&path)?;
    let seen = office(&visit).await?;
    let mut payload = payload.into_inner();
    if BodyKind::of(req.head()) == BodyKind::Multipart {
        let upload = upload::read(&visit, &req, payload).await?;
        return check(&visit, seen, kind, upload).await;
    }
    let mut fields = Fields::from_request(&req, &mut payload).await?;
    let (action, hash) = (fields.need("action")?, fields.need("hash")?);
    fields.finish()?;
    if action != "commit" {
        return Err(Refusal::Invalid("action".to_owned()).into());
    }
    commit(&visit, seen, kind, hash).await
}

async fn check(
    visit: &Visit,
    seen: Seen,
    kind: &'static str,
    file: upload::Upload,
) -> Result<HttpResponse, Failure> {
    let media = file.media.as_deref();
    let table = match table::read(&file.name, media, &file.bytes, &ReadOptions::default()) {
        Ok(table) => table,
        Err(error) => return refused(visit, &seen, kind, &error),
    };
    let rows = Rows::parse(kind, &table, &seen.call).ok_or(Refusal::NotFound)?;
    let (_, told) = visit
        .read(Door::Staff, move |db, seen| rows.dry(db, &seen.call))
        .await?;
    let (name, bytes) = (file.name.clone(), file.bytes);
    let (_, hash) = visit
        .write(Door::Staff, move |tx, seen| {
            import_files::keep(tx, &seen.call, kind, &name, bytes)
        })
        .await?;
    let report = view::report(&told, file.name, hash, kind, visit.lang);
    let page = view::with_report(kind, visit.lang, report);
    visit.page(&seen, &page)
}

fn refused(
    visit: &Visit,
    seen: &Seen,
    kind: &'static str,
    error: &TableError,
) -> Result<HttpResponse, Failure> {
    let reason = match error.kind {
        TableErrorKind::TooLarge => "too_big",
        TableErrorKind::Media => "not_table",
        TableErrorKind::Ambiguous(_) => "encoding",
        TableErrorKind::Invalid => "no_header",
    };
    let status = StatusCode::from_u16(error.status()).unwrap_or(StatusCode::BAD_REQUEST);
    let page = view::refused(kind, visit.lang, reason);
    visit.page_as(status, Some(seen), &page)
}

/// The kept file, read again.
fn again(kind: &str, upload: &UploadRow, call: &Call) -> Result<(Table, Rows), Refusal> {
    let table = table::read(
        &upload.file_name,
        None,
        &upload.body,
        &ReadOptions::default(),
    )
    .map_err(|_changed| Refusal::NotFound)?;
    let rows = Rows::parse(kind, &table, call).ok_or(Refusal::NotFound)?;
    Ok((table, rows))
}

async fn commit(
    visit: &Visit,
    seen: Seen,
    kind: &'static str,
    hash: String,
) -> Result<HttpResponse, Failure> {
    let found = visit
        .read(Door::Staff, move |db, seen| {
            let upload = import_files::kept(db, &seen.call, kind, &hash)?;
            let (_, rows) = again(kind, &upload, &seen.call)?;
            let plan = rows.teachers(db, &seen.call)?;
            Ok((upload, rows, plan))
        })
        .await;
    let (_, (upload, rows, plan)) = match found {
        Err(Failure::Refused(Refusal::NotFound)) => {
            let page = view::refused(kind, visit.lang, "changed");
            return visit.page_as(StatusCode::CONFLICT, Some(&seen), &page);
        }
        found => found?,
    };
    let asked = rows.clone();
    let prepared = visit
        .app
        .hashes
        .run(move || asked.prepare(plan.as_ref()))
        .await??;
    let ring = visit.app.ring.clone();
    let (id, file_name, sha256) = (upload.id, upload.file_name, upload.sha256);
    let (_, told) = visit
        .write(Door::Staff, move |tx, seen| {
            let told = rows.apply(tx, &seen.call, &ring, &prepared)?;
            if told.done {
                import_files::forget(tx, &seen.call, &id)?;
            }
            Ok(told)
        })
        .await?;
    let page = if told.done {
        view::done(kind, visit.lang, &told)
    } else {
        let report = view::report(&told, file_name, sha256, kind, visit.lang);
        view::with_report(kind, visit.lang, report)
    };
    visit.page(&seen, &page)
}

/// Query of the copy to correct.
#[derive(Deserialize)]
pub struct Asked {
    hash: String,
}

/// `GET /a/import/{kind}/fix`: the uploaded rows with what is wrong beside them.
pub async fn fix(
    visit: Visit,
    path: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let kind = known(&path)?;
    let (hash, lang) = (asked.into_inner().hash, visit.lang);
    let (_, (bytes, format)) = visit
        .read(Door::Staff, move |db, seen| {
            let upload = import_files::kept(db, &seen.call, kind, &hash)?;
            let (table, rows) = again(kind, &upload, &seen.call)?;
            let Told { errors, .. } = rows.dry(db, &seen.call)?;
            let heading = view::words(
                lang,
                &crate::exchange::Message::new("import-problems-heading"),
            );
            let sheet = fixable_copy(&table, &errors, &heading, &|m| view::words(lang, m));
            let format = Format::of_name(&upload.file_name).unwrap_or(Format::Csv);
            let bytes = table::write(&sheet, format)
                .map_err(|e| crate::storage::StorageError::Broken(e.to_string()))?;
            Ok((bytes, format))
        })
        .await?;
    Ok(attachment(&format!("{kind}-problems"), format, bytes))
}

/// A file to be saved, kept in no cache.
pub fn attachment(name: &str, format: Format, bytes: Vec<u8>) -> HttpResponse {
    let file = format!("attachment; filename=\"{name}.{}\"", format.extension());
    HttpResponse::Ok()
        .content_type(format.content_type())
        .insert_header((header::CONTENT_DISPOSITION, file))
        .insert_header((header::CACHE_CONTROL, "no-store"))
        .body(bytes)
}
