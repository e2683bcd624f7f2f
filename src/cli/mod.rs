//! The commands, one file each.

pub mod export;
mod files;
pub mod import;
pub mod opened;
pub mod score;
mod score_explain;
mod words;
