//! Badges that a correction made untrue: the office revokes them with a reason, or keeps them, once and for all.

use super::{Acted, term_votes::read_rubric, terms};
use crate::{
    domain::{actor::Call, badges, correction, refusal::Refusal, rubric::Rubric},
    storage::{Db, Tx, results, results::AwardRow, schools, students},
};

/// What is proposed for revocation.
#[derive(Debug)]
pub struct Doubted {
    pub rubric: Option<Rubric>,
    /// With the name of the child or the door of the class.
    pub awards: Vec<(AwardRow, String)>,
}

/// The proposals of the present term.
pub fn list(db: &mut Db, call: &Call) -> Acted<Doubted> {
    let permit = call.actor.run_school()?;
    let Some(term) = terms::present(db, call)? else {
        return Ok(Doubted {
            rubric: None,
            awards: Vec::new(),
        });
    };
    let rows = results::awards(db, &permit, &call.school, &term.id)?;
    let mut awards = Vec::new();
    for row in rows.into_iter().filter(waits) {
        let name = match row.recipient_kind.as_str() {
            "student" => {
                let id = crate::domain::ids::StudentId::new(row.recipient_id.clone());
                students::by_id(db, &call.school, &id)?.name
            }
            _ => {
                let id = crate::domain::ids::ClassId::new(row.recipient_id.clone());
                let class = students::class(db, &call.school, &id)?;
                super::class_desk::name(&class, call.today)
            }
        };
        awards.push((row, name));
    }
    let rubric = read_rubric(db, &call.school, &term.rubric_id)?;
    Ok(Doubted {
        rubric: Some(rubric),
        awards,
    })
}

fn waits(row: &AwardRow) -> bool {
    row.revoked_at.is_none() && row.doubted.as_deref() == Some(badges::Why::NoLongerTrue.key())
}

/// Revokes a doubted award with a reason, or keeps it.
///
/// # Errors
/// `Invalid("correction-reason")`; `NotFound` for an award that nobody doubts.
pub fn decide(
    tx: &mut Tx<'_>,
    call: &Call,
    id: &str,
    revoke: bool,
    reason: &str,
) -> Acted<AwardRow> {
    let permit = call.actor.run_school()?;
    let reason = correction::reason(reason)?;
    let found = list(tx, call)?
        .awards
        .into_iter()
        .find(|(row, _)| row.id == id);
    let (row, _) = found.ok_or(Refusal::NotFound)?;
    match revoke {
        true => {
            let by = (call.actor.id(), call.now);
            results::revoke_award(tx, &call.school, id, by, &reason)?;
        }
        false => results::doubt_award(tx, &permit, &call.school, id, Some(KEPT))?,
    }
    schools::touch_board(tx, &call.school)?;
    let action = if revoke { "award.revoke" } else { "award.keep" };
    tx.record(call, action, &format!("award/{id}"), "")?;
    Ok(row)
}

/// Stands where a doubt was looked at and the award kept; the rules do not ask again.
pub(super) const KEPT: &str = "kept";
