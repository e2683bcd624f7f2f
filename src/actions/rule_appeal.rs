//! The second adult decides on an appeal. A grant stores the proposed correction in the same write.

use super::{
    Acted,
    appeals::{correction_of, find, object},
    correct::{self, Act, Done, Prepared, Wish},
};
use crate::{
    domain::{
        actor::Call,
        appeal::{self, State},
        badges::Rules,
        correction,
        ids::{ClassId, StudentId},
        refusal::Refusal,
    },
    storage::{Db, Tx, appeals, appeals::AppealRow},
};

/// What the office decides.
#[derive(Clone, Debug)]
pub struct Ruling {
    pub id: String,
    pub grant: bool,
    /// Words to the filer.
    pub answer: String,
}

/// A judged decision with the correction that it brings about.
#[derive(Debug)]
pub struct Decision {
    row: AppealRow,
    ruling: Ruling,
    correction: Option<Prepared>,
}

/// Judges a decision and, where a correction goes with it, computes that.
///
/// # Errors
/// `Forbidden` for whoever proposed; `WrongState` without a proposal; `Invalid("correction-reason")` for the words.
pub fn prepare(db: &mut Db, call: &Call, ruling: &Ruling, threads: usize) -> Acted<Decision> {
    let permit = call.actor.run_school()?;
    let answer = correction::reason(&ruling.answer)?;
    let mut all = appeals::of_school(db, &permit, &call.school)?.into_iter();
    let row = all
        .find(|row| row.id == ruling.id)
        .ok_or(Refusal::NotFound)?;
    judge_ruling(call, &row)?;
    let wish = correction_of(&row).filter(|_| ruling.grant);
    let wish = wish
        .zip(row.student_id.clone())
        .map(|((source, rater, kind), student)| Wish {
            round: row.round_id.clone(),
            student: StudentId::new(student),
            act: Act::Make {
                source,
                rater,
                kind,
            },
            reason: row.proposal_words.clone().unwrap_or_default(),
            appeal: Some(row.id.clone()),
        });
    Ok(Decision {
        correction: wish
            .map(|w| correct::prepare(db, call, &w, threads))
            .transpose()?,
        ruling: Ruling {
            answer,
            ..ruling.clone()
        },
        row,
    })
}

fn judge_ruling(call: &Call, row: &AppealRow) -> Result<(), Refusal> {
    let state = State::parse(&row.state).ok_or(Refusal::WrongState)?;
    let proposed_by = row.proposed_by.as_deref().unwrap_or_default();
    appeal::may_decide(state, proposed_by, call.actor.id())
}

/// Stores a decision, and the correction with it.
///
/// # Errors
/// `Stale` where the appeal or a sheet changed since: to be prepared again.
pub fn decide(
    tx: &mut Tx<'_>,
    call: &Call,
    decision: &Decision,
    rules: &Rules,
) -> Acted<Option<Done>> {
    call.actor.run_school()?;
    let class = ClassId::new(decision.row.class_id.clone());
    let permit = call.actor.lead_class(&class)?;
    if find(tx, call, &class, &decision.row.id)? != decision.row {
        return Err(Refusal::Stale.into());
    }
    let correction = decision.correction.as_ref();
    let done = correction
        .map(|c| correct::store(tx, call, c, rules))
        .transpose()?;
    let state = match decision.ruling.grant {
        true => State::Granted,
        false => State::Declined,
    };
    let row = AppealRow {
        state: state.key().to_owned(),
        decided_by: Some(call.actor.id().to_owned()),
        decided_at: Some(call.now),
        answer: Some(decision.ruling.answer.clone()),
        ..decision.row.clone()
    };
    appeals::change(tx, &permit, &row)?;
    tx.record(call, "appeal.decide", &object(&row), state.key())?;
    Ok(done)
}
