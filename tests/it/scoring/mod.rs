//! The computation of scoring.md against golden results and by its promises.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that fails here has failed"
)]

mod careless;
mod commands;
mod examples;
mod files;
mod golden;
mod impartial;
mod order;
mod rubric;
mod support;
