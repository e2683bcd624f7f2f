//! The whole computation of scoring.md, pure and deterministic. `class::score_class` does one class of a
//! term, `school::rank_classes` what needs all classes of a grade, `school::score_term` both for everybody.

pub mod agreement;
pub mod class;
pub mod components;
pub mod input;
pub mod mark_table;
pub mod marks;
pub mod number;
pub mod peer;
pub mod peer_term;
pub mod rank;
pub mod result;
pub mod school;
pub mod shrink;
pub mod signals;
mod sources;
pub mod uncounted;
pub mod voices;
