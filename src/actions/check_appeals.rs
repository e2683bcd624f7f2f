//! A check of a class is not right, its homeroom teacher says within a day; the office lets it stand or puts the points
//! right. What stood there is kept, and what counts flows into index, class score and export.

use super::{Acted, new_id, second_look, send_checks};
use crate::{
    domain::{
        actor::{Call, ClassView},
        badges::Rules,
        duty::may_appeal,
        ids::ClassId,
        refusal::Refusal,
    },
    storage::{Tx, check_appeals, check_appeals::CheckAppealRow, inspections, students},
};

/// Fewest and most characters of what is said.
pub const LENGTH: std::ops::RangeInclusive<usize> = 2..=200;

/// How the office decides.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Ruling {
    /// The check stands.
    Uphold,
    /// These points count.
    Correct(f64),
}

/// Files an appeal against one item of a check.
///
/// # Errors
/// `NotFound` for another class's check, `Forbidden` for whoever is not the homeroom teacher, `Expired` after a day,
/// `WrongState` for full marks or a second appeal, `Invalid("words")`.
pub fn file(
    tx: &mut Tx<'_>,
    call: &Call,
    class: &ClassId,
    check: &str,
    words: &str,
) -> Acted<CheckAppealRow> {
    students::class(tx, &call.school, class)?;
    let permit = call.actor.lead_class(class)?;
    if permit.view() != ClassView::Homeroom {
        return Err(Refusal::Forbidden.into());
    }
    let row = inspections::get(tx, &call.school, check)?;
    if row.class_id != class.as_str() {
        return Err(Refusal::NotFound.into());
    }
    if !may_appeal(row.first_at, call.now) {
        return Err(Refusal::Expired.into());
    }
    let before = check_appeals::of_class(tx, &permit, &call.school)?;
    let again = before.iter().any(|a| a.inspection_id == row.id);
    if again || !row.counts || row.points >= row.full_marks {
        return Err(Refusal::WrongState.into());
    }
    let appeal = CheckAppealRow {
        school_id: call.school.to_string(),
        id: new_id(),
        inspection_id: row.id.clone(),
        class_id: class.to_string(),
        words: judged(words)?,
        filed_by: call.actor.id().to_owned(),
        filed_at: call.now,
        state: "open".to_owned(),
        answer: String::new(),
        decided_by: String::new(),
        decided_at: None,
    };
    check_appeals::add(tx, &permit, &appeal)?;
    let object = format!("check/{}", row.id);
    tx.record(call, "check.appeal", &object, "")?;
    Ok(appeal)
}

fn judged(words: &str) -> Acted<String> {
    let words = words.trim();
    let fits = LENGTH.contains(&words.chars().count()) && !words.chars().any(char::is_control);
    match fits {
        true => Ok(words.to_owned()),
        false => Err(Refusal::Invalid("words".to_owned()).into()),
    }
}

/// Decides an appeal; a published round is published anew where its numbers change.
///
/// # Errors
/// `NotFound`; `WrongState` where it is decided; `Invalid` (`words`, `points`).
pub fn decide(
    tx: &mut Tx<'_>,
    call: &Call,
    id: &str,
    ruling: Ruling,
    (words, rules): (&str, &Rules),
) -> Acted<CheckAppealRow> {
    let permit = call.actor.run_school()?;
    let all = check_appeals::all(tx, &permit, &call.school)?;
    let appeal = all.into_iter().find(|a| a.id == id);
    let appeal = appeal.ok_or(Refusal::NotFound)?;
    if appeal.state != "open" {
        return Err(Refusal::WrongState.into());
    }
    let row = inspections::get(tx, &call.school, &appeal.inspection_id)?;
    let words = judged(words)?;
    let state = match ruling {
        Ruling::Uphold => "upheld",
        Ruling::Correct(points) => {
            if !(0.0..=row.full_marks).contains(&points) || points.to_bits() == row.points.to_bits()
            {
                return Err(Refusal::Invalid("points".to_owned()).into());
            }
            let former = send_checks::former(call, &row, "corrected", &words);
            inspections::keep(tx, &former)?;
            inspections::correct(tx, &permit, &row, points)?;
            "corrected"
        }
    };
    let decided = CheckAppealRow {
        state: state.to_owned(),
        answer: words.clone(),
        decided_by: call.actor.id().to_owned(),
        decided_at: Some(call.now),
        ..appeal
    };
    check_appeals::change(tx, &permit, &decided)?;
    let object = format!("check/{}", row.id);
    tx.record(call, "check.rule", &object, state)?;
    if state == "corrected" {
        let round = row.round_id.as_deref().into_iter();
        second_look::publish_anew(tx, call, round, &words, rules)?;
    }
    Ok(decided)
}
