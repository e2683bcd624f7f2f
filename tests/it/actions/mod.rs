//! Actions on a real store: what files bring in and what goes out again.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "helpers of tests may fail loudly"
)]

mod commands;
mod exports;
mod inspections;
mod roster;
pub mod school;
mod score_folder;
mod sheets;
mod teachers;
