//! A class in words instead of places: who is known for what, whom classmates or the family see where no teacher has
//! looked yet, where a child sees itself otherwise than the others do, and whether groups are judged apart. Used by
//! `actions::class_portrait`.

pub mod gaps;
pub mod hidden;
pub mod outlook;
pub mod strengths;
