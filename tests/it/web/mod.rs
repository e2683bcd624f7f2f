//! The web room from outside, mirroring `src/web`.

mod api_matrix;
mod api_rating;
mod api_results;
mod api_sessions;
mod board_screens;
mod child_avatar;
mod child_card;
mod child_memory;
mod child_outbox;
mod child_sight;
mod moments;
mod office_access;
mod office_data;
mod office_duty;
mod office_rounds;
mod openapi;
mod pages;
mod practice;
mod redeal;
mod site;
mod teacher_apart;
mod teacher_class;
mod teacher_grid;
mod teacher_results;
mod term_comment_saves;
mod term_comments;
