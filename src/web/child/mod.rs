//! What children see: the class page, the picture PIN, the cards of a round, the own page.

mod cards;
pub mod deeds;
pub mod door;
pub mod outbox;
pub mod own;
pub mod pin;
pub mod practice;
mod say;
pub mod sheets;
pub mod speak;
