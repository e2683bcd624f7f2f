//! Bytes ↔ plain values: spreadsheets in, spreadsheets out. Opens no files, knows no database.
//! Used by the actions that import and export, by the pages (two-step import) and by the commands.

pub mod badge_files;
pub mod badges_csv;
pub mod badges_toml;
pub mod class_name;
mod clean;
mod columns;
mod confusable;
mod csv_rows;
mod export_layouts;
pub mod exports;
mod fast_map;
pub mod inspections;
pub mod logs;
pub mod message;
pub mod oneroster;
pub mod open_badges;
pub mod open_badges_v2;
pub mod report;
pub mod roster;
mod roster_checks;
pub mod rubric_toml;
pub mod score_files;
pub mod sheet_rules;
pub mod sheets;
pub mod table;
pub mod teachers;

pub use message::Message;
pub use report::{Report, RowError, RowNote};
