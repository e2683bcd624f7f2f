//! What children see: the class page, the picture PIN, the cards of a round, the own page.

pub mod avatar;
pub mod card;
mod cards;
pub mod deeds;
pub mod door;
mod enter;
pub mod outbox;
pub mod own;
pub mod pin;
pub mod practice;
pub mod records;
mod say;
pub mod sheets;
pub mod speak;
pub mod star_cards;
