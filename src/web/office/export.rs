//! `GET /a/export` and `GET /a/export/{what}.{csv|xlsx}`: behind a fresh proof of identity, announced in the log before
//! the first byte, five a minute at most.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::import::attachment;
use crate::{
    actions::{
        export_score_folder::Period,
        export_tables::{self, Table},
        prove::is_fresh,
        ranking_facts,
    },
    domain::refusal::Refusal,
    exchange::{
        exports::Headings,
        table::{self, Format},
    },
    screens::{
        Lang,
        office_data::{EXPORTS, Export, ExportItem},
        teacher_shared::Pick,
    },
    storage::{StorageError, rounds},
    web::{
        failure::Failure,
        prove,
        visit::{Door, Visit},
    },
};

/// `GET /a/export`.
pub async fn list(visit: Visit) -> Result<HttpResponse, Failure> {
    let (seen, published) = visit
        .read(Door::Staff, |db, seen| {
            seen.call.actor.run_school()?;
            ranking_facts::published(db, &seen.call.school)
        })
        .await?;
    let newest = published.iter().rev().enumerate();
    let rounds = newest.map(|(at, round)| Pick {
        value: round.id.clone(),
        label: round.name.clone(),
        chosen: at == 0,
    });
    let item = |what: &'static str| ExportItem {
        what,
        formats: vec!["csv", "xlsx"],
        personal: !matches!(what, "inspections" | "rankings"),
    };
    let page = Export {
        items: EXPORTS.into_iter().map(item).collect(),
        rounds: rounds.collect(),
        reauth: !is_fresh(&seen),
    };
    visit.page(&seen, &page)
}

/// Query of a download: a round whose term is meant.
#[derive(Deserialize)]
pub struct Asked {
    round: Option<String>,
}

/// `GET /a/export/{what}.{ext}`.
pub async fn download(
    visit: Visit,
    path: web::Path<(String, String)>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let (what, extension) = path.into_inner();
    let wanted = Table::parse(&what).ok_or(Refusal::NotFound)?;
    let format = match extension.as_str() {
        "csv" => Format::Csv,
        "xlsx" => Format::Xlsx,
        _ => return Err(Refusal::NotFound.into()),
    };
    let round = asked.into_inner().round.filter(|r| !r.is_empty());
    let (seen, period) = visit
        .read(Door::Staff, move |db, seen| {
            seen.call.actor.run_school()?;
            let Some(id) = round else {
                return Ok(Period::default());
            };
            let round = rounds::get(db, &seen.call.school, &id)?;
            Ok(Period {
                term: Some(round.term_id),
                with: None,
            })
        })
        .await?;
    prove::first(&seen, &format!("/a/export/{what}.{extension}"))?;
    visit.app.throttle.export(seen.call.actor.id())?;
    visit
        .write(Door::Staff, move |tx, seen| {
            export_tables::announce(tx, &seen.call, wanted)
        })
        .await?;
    let headings = match visit.lang {
        Lang::Chinese => Headings::Chinese,
        Lang::English => Headings::Keys,
    };
    let (_, bytes) = visit
        .read(Door::Staff, move |db, seen| {
            let sheet = export_tables::build(db, &seen.call, wanted, &period, headings)?;
            let bytes = table::write(&sheet, format);
            Ok(bytes.map_err(|e| StorageError::Broken(e.to_string()))?)
        })
        .await?;
    Ok(attachment(&what, format, bytes))
}
