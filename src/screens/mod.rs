//! From plain view models to the pages a person reads.
//!
//! `web` fills a view model (a struct of this room, plain `serde::Serialize`), hands it with the
//! [`Shell`] to [`Engine::render`] and sends what comes back. Templates only print and loop;
//! every word on a page comes from `locales/` through the function `t`.

mod engine;
mod shell;
mod words;

pub mod api_docs;
pub mod appeal;
pub mod assets;
pub mod avatar;
pub mod child;
pub mod credentials;
pub mod family;
pub mod family_rights;
pub mod letter;
pub mod look_fors;
pub mod own;
pub mod parts;
pub mod pinyin;
pub mod practice;
pub mod prove;
pub mod public;
pub mod recovery;
pub mod sheet;

pub mod board;
pub mod board_sky;
pub mod board_slides;
pub mod constellation;
pub mod duty;
pub mod explain;
pub mod explain_digits;
pub mod explain_plot;
pub mod office;
pub mod office_badges;
pub mod office_data;
pub mod office_families;
pub mod office_inspection;
pub mod office_people;
pub mod office_screens;
pub mod office_weights;
pub mod posts;
pub mod ranking;
pub mod teacher;
pub mod teacher_apart;
pub mod teacher_appeals;
pub mod teacher_badges;
pub mod teacher_book;
pub mod teacher_checks;
pub mod teacher_closing;
pub mod teacher_comments;
pub mod teacher_festivals;
pub mod teacher_grid;
pub mod teacher_links;
pub mod teacher_logs;
pub mod teacher_moments;
pub mod teacher_nominations;
pub mod teacher_paper;
pub mod teacher_portrait;
pub mod teacher_privileges;
pub mod teacher_reminders;
pub mod teacher_results;
pub mod teacher_screen;
pub mod teacher_seats;
pub mod teacher_shared;
pub mod teacher_sheets;
pub mod teacher_shining;
pub mod term_comment_words;
pub mod trend_line;
pub mod week;

#[cfg(test)]
mod staff_tests;
#[cfg(test)]
mod tests;

#[doc(hidden)]
pub mod samples;
#[doc(hidden)]
pub mod samples_credentials;
#[doc(hidden)]
pub mod samples_doors;
#[doc(hidden)]
pub mod samples_family;
#[doc(hidden)]
pub mod samples_letter;
#[doc(hidden)]
pub mod samples_own;
pub mod samples_rights;
#[doc(hidden)]
pub mod samples_sheet;
#[doc(hidden)]
pub mod staff_samples;
#[doc(hidden)]
pub mod staff_samples_board;
#[doc(hidden)]
pub mod staff_samples_book;
#[doc(hidden)]
pub mod staff_samples_closing;
#[doc(hidden)]
pub mod staff_samples_comments;
#[doc(hidden)]
pub mod staff_samples_data;
#[doc(hidden)]
pub mod staff_samples_displays;
#[doc(hidden)]
pub mod staff_samples_duty;
#[doc(hidden)]
pub mod staff_samples_fix;
#[doc(hidden)]
pub mod staff_samples_moments;
#[doc(hidden)]
pub mod staff_samples_numbers;
#[doc(hidden)]
pub mod staff_samples_office;
#[doc(hidden)]
pub mod staff_samples_paper;
#[doc(hidden)]
pub mod staff_samples_portrait;
#[doc(hidden)]
pub mod staff_samples_screens;

pub use engine::{Engine, Page, ScreenError};
pub use shell::{Flash, FlashKind, Lang, NavItem, Shell, Undo, Viewer};
pub use words::say;
