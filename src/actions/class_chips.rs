//! A class's own chips for praises, beside those of the rubric: the homeroom teacher adds and removes them. They are
//! good words within the rubric's dimensions (product.md, Teacher).

use super::{Acted, class_room::current_term, new_id, term_votes::read_rubric};
use crate::{
    domain::{
        actor::{Call, ClassPermit},
        ids::ClassId,
        refusal::Refusal,
        term_comment::guard::{Words, labels},
    },
    storage::{
        Db, Tx,
        classroom::{self, ChipRow},
    },
};

/// Fewest and most characters of a chip.
pub const LENGTH: (usize, usize) = (2, 14);
/// Most chips of a class.
pub const MOST: usize = 15;

/// The class's chips that stand, oldest first.
pub fn standing(db: &mut Db, call: &Call, permit: &ClassPermit) -> Acted<Vec<ChipRow>> {
    let mut rows = classroom::chips(db, permit, &call.school)?;
    rows.retain(|row| row.removed_at.is_none());
    Ok(rows)
}

/// Adds a chip to a star; the same words once more bring a removed one back.
///
/// # Errors
/// `Forbidden` for a subject teacher; `Invalid` with `chip-text`, `chip-star`, `chip-label` for words that fix a child
/// to what is wrong, `chip-many`; `Taken("chip")`.
pub fn add(
    tx: &mut Tx<'_>,
    call: &Call,
    class: &ClassId,
    (star, text): (&str, &str),
    words: &Words,
) -> Acted<()> {
    let permit = call.actor.lead_class(class)?;
    let rubric = current_term(tx, call)?.rubric_id;
    let rubric = read_rubric(tx, &call.school, &rubric)?;
    if !rubric.dimensions.iter().any(|one| one.id == star) {
        return Err(invalid("chip-star").into());
    }
    let text = judge(text, words)?;
    let rows = classroom::chips(tx, &permit, &call.school)?;
    let stand = rows.iter().filter(|row| row.removed_at.is_none());
    let taken = stand.clone().any(|row| row.text == text)
        || rubric.indicators.iter().any(|one| one.text == text);
    if taken {
        return Err(Refusal::Taken("chip".to_owned()).into());
    }
    if stand.count() >= MOST {
        return Err(invalid("chip-many").into());
    }
    let same = |row: &&ChipRow| row.text == text && row.dimension == star;
    let id = match rows.iter().find(same) {
        Some(row) => {
            classroom::remove_chip(tx, &permit, &call.school, &row.id, None)?;
            row.id.clone()
        }
        None => {
            let row = ChipRow {
                school_id: call.school.to_string(),
                id: new_id(),
                class_id: class.to_string(),
                dimension: star.to_owned(),
                text,
                added_by: call.actor.id().to_owned(),
                added_at: call.now,
                removed_at: None,
            };
            classroom::add_chip(tx, &permit, &row)?;
            row.id
        }
    };
    Ok(tx.record(call, "chip.add", &format!("chip/{id}"), "")?)
}

fn judge(text: &str, words: &Words) -> Result<String, Refusal> {
    let text = text.trim();
    let fits = (LENGTH.0..=LENGTH.1).contains(&text.chars().count());
    if !fits || text.chars().any(char::is_control) {
        return Err(invalid("chip-text"));
    }
    match labels(text, words).is_empty() {
        true => Ok(text.to_owned()),
        false => Err(invalid("chip-label")),
    }
}

fn invalid(what: &str) -> Refusal {
    Refusal::Invalid(what.to_owned())
}

/// Removes a chip, or brings it back; praises given with it stay.
///
/// # Errors
/// `Forbidden` for a subject teacher, `NotFound` for a chip of another class.
pub fn remove(tx: &mut Tx<'_>, call: &Call, class: &ClassId, id: &str, gone: bool) -> Acted<()> {
    let permit = call.actor.lead_class(class)?;
    let at = gone.then_some(call.now);
    if !classroom::remove_chip(tx, &permit, &call.school, id, at)? {
        return Err(Refusal::NotFound.into());
    }
    let action = if gone { "chip.remove" } else { "chip.back" };
    Ok(tx.record(call, action, &format!("chip/{id}"), "")?)
}
