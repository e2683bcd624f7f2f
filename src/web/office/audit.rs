//! `GET /a/audit`: the log, newest first, by cursor.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::clock;
use crate::{
    actions::office_facts::{self, LogFacts},
    screens::{
        office::{Audit, AuditRow, ROLES},
        teacher_shared::Pick,
    },
    storage::audit::Wanted,
    web::{
        failure::Failure,
        visit::{Door, Visit},
    },
};

const LINES: usize = 100;

/// Query of the page; `after` continues behind the line of that number.
#[derive(Clone, Deserialize)]
pub struct Asked {
    actor: Option<String>,
    action: Option<String>,
    after: Option<i64>,
}

/// `GET /a/audit`.
pub async fn show(visit: Visit, asked: web::Query<Asked>) -> Result<HttpResponse, Failure> {
    let asked = asked.into_inner();
    let wanted = Wanted {
        actor: short(asked.actor.clone()),
        action: short(asked.action.clone()),
        before: asked.after,
    };
    let (ring, mine) = (visit.app.ring.clone(), wanted.clone());
    let (seen, facts) = visit
        .read(Door::Staff, move |db, seen| {
            office_facts::log(db, &seen.call, &ring, &mine, LINES)
        })
        .await?;
    visit.page(&seen, &view(&visit, facts, wanted))
}

fn short(text: Option<String>) -> String {
    text.unwrap_or_default().trim().chars().take(64).collect()
}

fn view(visit: &Visit, facts: LogFacts, wanted: Wanted) -> Audit {
    let timezone = visit.origin.timezone;
    let next = facts.rows.last().filter(|_| facts.rows.len() == LINES);
    let next = next.map(|last| {
        // Only plain characters reach an address of ours.
        let plain = |text: &str| -> String {
            let fits = |c: &char| c.is_ascii_alphanumeric() || "-_.@".contains(*c);
            text.chars().filter(fits).collect()
        };
        format!(
            "/a/audit?actor={}&action={}&after={}",
            plain(&wanted.actor),
            plain(&wanted.action),
            last.seq
        )
    });
    let row = |row: &crate::storage::audit::AuditRow| AuditRow {
        at: clock(row.at, timezone, "%m-%d %H:%M:%S"),
        actor: facts
            .logins
            .get(&row.actor_id)
            .unwrap_or(&row.actor_id)
            .clone(),
        role: role(&row.actor_kind),
        action: row.action.clone(),
        object: row.object.clone(),
        ok: row.outcome == "ok",
        from: row.ip.clone(),
        request: row.request_id.clone(),
    };
    Audit {
        rows: facts.rows.iter().map(row).collect(),
        next,
        chain_ok: facts.whole,
        checked: clock(visit.origin.now, timezone, "%H:%M"),
        actions: facts
            .actions
            .iter()
            .map(|action| Pick {
                value: action.clone(),
                label: action.clone(),
                chosen: *action == wanted.action,
            })
            .collect(),
        actor: wanted.actor,
        action: wanted.action,
    }
}

fn role(kind: &str) -> &'static str {
    let kind = if kind == "office" { "admin" } else { kind };
    ROLES
        .into_iter()
        .find(|role| *role == kind)
        .unwrap_or("system")
}
