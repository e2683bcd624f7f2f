//! Actions on a real store: what files bring in and what goes out again.

mod commands;
mod exports;
mod inspections;
mod roster;
mod school;
mod score_folder;
mod sheets;
mod teachers;
