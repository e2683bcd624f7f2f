//! The homeroom teacher lets awards of the class's children onto the screens, one or a whole group at a time, and takes
//! them off again.

use super::Acted;
use crate::{
    domain::{actor::Call, badges::TIERS, ids::ClassId, refusal::Refusal},
    storage::{Tx, results, results::AwardRow, schools, students, students::StudentRow},
};

/// Which awards are meant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wanted {
    One(String),
    /// All of one badge in one period: a round's name, or `term`.
    Group {
        badge: String,
        period: String,
    },
}

/// What is decided about together: a badge, and of one that grows each tier by itself.
pub fn group_of(row: &AwardRow) -> String {
    match TIERS.contains(&row.tier.as_str()) {
        true => format!("{}:{}", row.badge, row.tier),
        false => row.badge.clone(),
    }
}

impl Wanted {
    pub(super) fn is(&self, row: &AwardRow) -> bool {
        match self {
            Self::One(id) => row.id == *id,
            Self::Group { badge, period } => group_of(row) == *badge && row.period == *period,
        }
    }
}

/// Whether an award may stand on a screen: child and family may see it, and the family has not refused screens.
pub fn may_show(children: &[StudentRow], row: &AwardRow) -> bool {
    let refused = |c: &StudentRow| c.id == row.recipient_id && c.consent == "refused";
    row.visible_at.is_some() && row.revoked_at.is_none() && !children.iter().any(refused)
}

/// Lets awards onto the screens or takes them off; how many changed. What may not be shown is left out.
///
/// # Errors
/// `NotFound` where the class has no such award, `Forbidden` where none of them may be shown.
pub fn release(
    tx: &mut Tx<'_>,
    call: &Call,
    class: &ClassId,
    wanted: &Wanted,
    on: bool,
) -> Acted<usize> {
    let permit = call.actor.lead_class(class)?;
    let children = students::of_class(tx, &permit, &call.school, call.today)?;
    let ids: Vec<String> = children.iter().map(|c| c.id.clone()).collect();
    let mut found = results::awards_among(tx, &permit, &call.school, &ids)?;
    found.retain(|row| row.revoked_at.is_none() && wanted.is(row));
    if found.is_empty() {
        return Err(Refusal::NotFound.into());
    }
    if on {
        found.retain(|row| may_show(&children, row));
        if found.is_empty() {
            return Err(Refusal::Forbidden.into());
        }
    }
    found.retain(|row| row.released_at.is_some() != on);
    let (by, at) = match on {
        true => (Some(call.actor.id()), Some(call.now)),
        false => (None, None),
    };
    let action = if on { "badge.release" } else { "badge.hold" };
    for row in &found {
        results::release_award(tx, &permit, &call.school, &row.id, by, at)?;
        tx.record(call, action, &format!("award/{}", row.id), "")?;
    }
    if found.is_empty() {
        let object = format!("class/{class}");
        tx.record(call, action, &object, "nothing to change")?;
    } else {
        schools::touch_board(tx, &call.school)?;
    }
    Ok(found.len())
}
