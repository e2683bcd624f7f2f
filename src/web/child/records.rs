//! What a child counted, on its own page, and `POST /s/log`: it tells what it did today.

use actix_web::HttpResponse;

use crate::{
    actions::logs::{self, OwnLogs},
    domain::{
        logs::{KINDS, Kind, find},
        refusal::Refusal,
    },
    screens::{FlashKind, Lang, own::OwnLog},
    web::{
        failure::Failure,
        guard::Fields,
        moment_words::spoken,
        visit::{Door, Visit},
    },
};

/// One line a kind.
pub fn own(lang: Lang, found: &OwnLogs, low: bool) -> Vec<OwnLog> {
    KINDS
        .iter()
        .map(|kind| line(lang, found, *kind, low))
        .collect()
}

fn line(lang: Lang, found: &OwnLogs, kind: Kind, low: bool) -> OwnLog {
    let stands = found.standings.iter().find(|(of, _)| *of == kind);
    let stands = stands.map(|(_, standing)| *standing);
    let amount = |n: i32| {
        let key = format!("log-{}-n", kind.id);
        spoken(lang, &key, &[("n", &n.to_string())], low)
    };
    let rise = stands.and_then(|s| s.rise());
    OwnLog {
        kind: kind.id,
        star: kind.dimension,
        label: spoken(lang, &format!("log-{}", kind.id), &[], low),
        most: kind.most,
        now: stands.map(|s| amount(rise.map_or(s.total, |(_, now)| now))),
        before: rise.map(|(before, _)| amount(before)),
        waits: found.waiting.contains_key(kind.id),
    }
}

/// `POST /s/log`.
pub async fn tell(visit: Visit, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let kind = fields.need("kind")?;
    let typed = fields.need("amount")?;
    fields.finish()?;
    let kind = find(&kind).ok_or_else(|| Refusal::Invalid("log-kind".to_owned()))?;
    let write = visit.write(Door::Child, move |tx, seen| {
        logs::tell(tx, &seen.call, kind, kind.judge(&typed)?)
    });
    let (flash, key) = match write.await {
        Ok(_) => (FlashKind::Ok, "log-is-told"),
        Err(Failure::Refused(Refusal::Invalid(_))) => (FlashKind::Note, "log-wrong-amount"),
        Err(Failure::Refused(Refusal::WrongState)) => (FlashKind::Note, "log-wrong-state"),
        Err(other) => return Err(other),
    };
    Ok(visit.go_saying("/s/me", flash, key, &[]))
}
