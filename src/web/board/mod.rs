//! The paired displays: pairing, what they show, and how they hear of news. A display's token opens these addresses and
//! nothing else; `plans` says what a display does now, `slides` turns facts into slides, `frames` draws each frame once for
//! all displays that show the same.

pub mod events;
pub mod frames;
pub mod pairing;
pub mod plans;
pub mod show;
mod slides;

use crate::{
    actions::session::{Kind, Seen},
    domain::{actor::Actor, ids::ClassId, refusal::Refusal},
};

/// The class of a display that was seen; halls have none.
///
/// # Errors
/// `SignedOut` for any other session.
fn class_of(seen: &Seen) -> Result<Option<ClassId>, Refusal> {
    match (&seen.kind, &seen.call.actor) {
        (Kind::Screen, Actor::Screen { class, .. }) => Ok(class.clone()),
        _ => Err(Refusal::SignedOut),
    }
}
