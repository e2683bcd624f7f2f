//! Use cases, one a file: load facts → ask the domain → store. Synchronous; called inside `Store::read` or
//! `Store::write`, by pages, API and commands alike.

pub mod appeal_list;
pub mod appeals;
mod award_badges;
pub mod badge_desk;
pub mod badge_rules;
pub mod board_ceremony;
pub mod board_facts;
pub mod board_flags;
pub mod board_moments;
pub mod board_plan;
pub mod carry_badge;
pub mod check_appeals;
pub mod child_deeds;
pub mod child_sheets;
pub mod child_view;
pub mod choose_avatar;
pub mod class_checks;
pub mod class_chips;
pub mod class_desk;
pub mod class_door;
pub mod class_heard;
pub mod class_link;
pub mod class_portrait;
pub mod class_room;
pub mod close_term;
pub mod comment_evidence;
pub mod comment_phrases;
pub mod compliment;
pub mod confirm_awards;
pub mod consent;
pub mod correct;
pub mod corrected;
mod counted_checks;
pub mod decide_week;
pub mod deliver;
pub mod deliver_checks;
pub mod doctor;
pub mod doubted_awards;
pub mod duty_sheet;
pub mod erase;
pub mod explanation;
pub mod export_class_list;
mod export_published;
pub mod export_score_folder;
pub mod export_tables;
pub mod extend;
pub mod family_door;
pub mod family_links;
pub mod festivals;
pub mod finished;
pub mod founding;
pub mod goals;
pub mod grid;
pub mod hide_display;
pub mod home_data;
pub mod home_requests;
mod import_classes;
mod import_facts;
pub mod import_files;
pub mod import_inspections;
pub mod import_roster;
pub mod import_sheets;
pub mod import_teachers;
pub mod imports;
pub mod inspections_day;
pub mod kept_apart;
pub mod letters;
pub mod logs;
pub mod logs_lines;
pub mod moments;
pub mod nominations;
pub mod office_facts;
pub mod own_sessions;
pub mod paper;
pub mod participation;
pub mod posts;
pub mod practice;
pub mod praise;
pub mod print_cards;
pub mod privileges;
pub mod programmes;
pub mod prove;
mod publication;
pub mod publish_round;
pub mod published;
pub mod published_class;
pub mod ranking_facts;
pub mod recall;
mod recognize;
pub mod redeal;
pub mod release_badges;
pub mod revise;
pub mod rosters;
pub mod round_list;
pub mod round_progress;
pub mod rounds;
pub mod rubric_now;
pub mod rule_appeal;
pub mod screens;
pub mod seating;
pub mod second_look;
pub mod send_checks;
pub mod session;
pub mod settle_term;
pub mod shining;
pub mod sign_in;
pub mod staff_accounts;
pub mod staff_list;
pub mod star_cards;
pub mod store_sheets;
pub mod submit_sheet;
mod takes_checks;
mod tally;
pub mod tasks;
pub mod term_book;
pub mod term_comments;
mod term_facts;
mod term_rooms;
pub mod term_votes;
pub mod terms;
pub mod thanks;
pub mod verify_badge;
pub mod week_facts;
pub mod week_flags;
pub mod week_history;
pub mod weights;
pub mod write_term_comment;

use crate::{domain::refusal::Refusal, storage::StorageError};

/// Why an action did not happen.
#[derive(Debug)]
pub enum ActionError {
    /// The domain says no.
    Refused(Refusal),
    /// The data room failed.
    Storage(StorageError),
}

/// Result of every action.
pub type Acted<T> = Result<T, ActionError>;

impl From<Refusal> for ActionError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<StorageError> for ActionError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::NotFound => Self::Refused(Refusal::NotFound),
            other => Self::Storage(other),
        }
    }
}

impl std::fmt::Display for ActionError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Storage(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for ActionError {}

/// A fresh id whose order follows time.
pub fn new_id() -> String {
    uuid::Uuid::now_v7().to_string()
}

/// A fresh id that says nothing about when: for whatever a child wrote about another.
pub fn new_hidden_id() -> String {
    uuid::Uuid::new_v4().to_string()
}
