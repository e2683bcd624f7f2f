//! `POST /t/classes/{id}/badges/decide`: the homeroom teacher's yes to proposed badges, and badges withdrawn with a
//! reason.

use actix_web::{HttpResponse, web};

use super::badges::back;
use crate::{
    actions::{confirm_awards, release_badges::Wanted},
    domain::{ids::ClassId, refusal::Refusal},
    screens::FlashKind,
    web::{
        failure::Failure,
        guard::Fields,
        visit::{Door, Visit},
    },
};

enum Decision {
    Confirm { wanted: Wanted, screen: bool },
    Withdraw { id: String, reason: String },
}

fn take(fields: &mut Fields, period: &str) -> Option<Decision> {
    let one = fields.take("confirm").map(Wanted::One);
    let all = fields.take("confirm_all").map(|badge| Wanted::Group {
        badge,
        period: period.to_owned(),
    });
    let screen = fields.take("screen").is_some();
    let withdraw = fields.take("withdraw");
    let reason = fields.take("reason").unwrap_or_default();
    match (one.or(all), withdraw) {
        (Some(wanted), None) => Some(Decision::Confirm { wanted, screen }),
        (None, Some(id)) => Some(Decision::Withdraw { id, reason }),
        _ => None,
    }
}

/// Fields `confirm` (an award) or `confirm_all` (a badge, with `period`) and `screen`; or `withdraw` and `reason`.
pub async fn act(
    visit: Visit,
    id: web::Path<String>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let period = fields.take("period").unwrap_or_default();
    let decision = take(&mut fields, &period);
    fields.finish()?;
    let decision = decision.ok_or_else(|| Refusal::Invalid("badge-action".to_owned()))?;
    let class = ClassId::new(id.into_inner());
    let here = back(&class, &period);
    let write = visit.write(Door::Staff, move |tx, seen| match &decision {
        Decision::Confirm { wanted, screen } => {
            let n = confirm_awards::confirm(tx, &seen.call, &class, wanted, *screen)?;
            Ok(("teacher-badge-confirmed", n))
        }
        Decision::Withdraw { id, reason } => {
            confirm_awards::withdraw(tx, &seen.call, &class, id, reason)?;
            Ok(("teacher-badge-withdrawn", 1))
        }
    });
    let (_, (key, n)) = write.await?;
    Ok(visit.go_saying(&here, FlashKind::Ok, key, &[("n", &n.to_string())]))
}
