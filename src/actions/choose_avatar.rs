//! A child chooses the picture on its tile.

use super::Acted;
use crate::{
    domain::{
        actor::{Actor, Call},
        avatar::Avatar,
        refusal::Refusal,
    },
    storage::{Tx, students},
};

/// Stores the choice of the child who acts; nobody chooses for another.
pub fn choose_avatar(tx: &mut Tx<'_>, call: &Call, avatar: Avatar) -> Acted<()> {
    let Actor::Student { id, class } = &call.actor else {
        return Err(Refusal::Forbidden.into());
    };
    let permit = call.actor.see_child(id, class)?;
    students::set_avatar(tx, &permit, &call.school, avatar.number())?;
    let detail = format!("avatar={}", avatar.number());
    Ok(tx.record(call, "avatar.choose", &format!("student/{id}"), &detail)?)
}
