//! `/audit`: the log of who did what, for the office.

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

use super::{
    lists::{Asked, Listed, instant, limit},
    shapes::Refusals,
};
use crate::{
    storage::{audit, audit::AuditRow},
    web::{
        failure::Failure,
        problem::Problem,
        visit::{Door, Visit},
    },
};

/// From where on.
#[derive(Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct AuditAsked {
    /// Lines after this number; absent: from the first.
    #[param(minimum = 0)]
    after: Option<i64>,
    /// 1 to 100.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<u32>,
}

/// One line. It holds opaque ids and counts, never a child's words.
#[derive(Serialize, ToSchema)]
pub struct AuditLine {
    seq: i64,
    at: String,
    actor_kind: String,
    actor_id: String,
    ip: String,
    action: String,
    object: String,
    outcome: String,
    detail: String,
    request_id: String,
}

/// Read the audit log, oldest first; `next_cursor` goes into `after`. Office only.
#[utoipa::path(get, path = "/api/v1/audit", tag = "audit", params(AuditAsked),
    responses((status = 200, description = "Lines.", body = Listed<AuditLine>), Refusals))]
pub async fn list(visit: Visit, Asked(asked): Asked<AuditAsked>) -> Result<HttpResponse, Failure> {
    let most = limit(asked.limit)?;
    let after = asked.after.unwrap_or(0);
    if after < 0 {
        return Err(Problem::bad_request("after must not be negative.").into());
    }
    let one_more = i64::try_from(most).unwrap_or(0) + 1;
    let (_, rows) = visit
        .read(Door::Any, move |db, seen| {
            let permit = seen.call.actor.run_school()?;
            Ok(audit::page(
                db,
                &permit,
                &seen.call.school,
                after,
                one_more,
            )?)
        })
        .await?;
    let more = rows.len() > most;
    let items: Vec<AuditLine> = rows.into_iter().take(most).map(line).collect();
    let next_cursor = items.last().filter(|_| more).map(|l| l.seq.to_string());
    Ok(HttpResponse::Ok().json(Listed { items, next_cursor }))
}

fn line(row: AuditRow) -> AuditLine {
    AuditLine {
        seq: row.seq,
        at: instant(row.at),
        actor_kind: row.actor_kind,
        actor_id: row.actor_id,
        ip: row.ip,
        action: row.action,
        object: row.object,
        outcome: row.outcome,
        detail: row.detail,
        request_id: row.request_id,
    }
}
