//! The short phrases that a teacher keeps on the keys 1 to 9 while writing term comments.

use super::Acted;
use crate::{
    domain::{
        actor::Call,
        refusal::Refusal,
        term_comment::{MOST_PHRASE, PHRASES, tidy},
    },
    storage::{Db, Tx, comment_phrases},
};

/// The caller's own phrases by place; none where it never changed them. The office has none.
pub fn own(db: &mut Db, call: &Call) -> Acted<Option<Vec<String>>> {
    let Some(staff) = call.actor.staff() else {
        return Ok(None);
    };
    let rows = comment_phrases::own(db, &call.school, staff)?;
    let mut phrases = vec![String::new(); PHRASES];
    for (place, text) in &rows {
        let at = usize::try_from(*place).ok().and_then(|p| p.checked_sub(1));
        if let Some(slot) = at.and_then(|at| phrases.get_mut(at)) {
            slot.clone_from(text);
        }
    }
    Ok((!rows.is_empty()).then_some(phrases))
}

/// Keeps the caller's own phrases; an empty one leaves its key free.
///
/// # Errors
/// `Forbidden` for anybody but staff, `CommentTooLong` for a long phrase.
pub fn set(tx: &mut Tx<'_>, call: &Call, phrases: &[String]) -> Acted<()> {
    let staff = call.actor.staff().ok_or(Refusal::Forbidden)?;
    let mut rows = Vec::with_capacity(PHRASES);
    for (place, text) in (1_i32..).zip(phrases.iter().take(PHRASES)) {
        let text = tidy(text)?.replace('\n', " ").trim().to_owned();
        if text.chars().count() > MOST_PHRASE {
            return Err(Refusal::CommentTooLong(MOST_PHRASE).into());
        }
        rows.push((place, text));
    }
    comment_phrases::set_own(tx, &call.school, staff, &rows)?;
    Ok(tx.record(call, "comment.phrases", &format!("staff/{staff}"), "")?)
}
