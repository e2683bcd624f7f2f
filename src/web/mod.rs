//! The web shell: the only room that names actix. `routes` is the one table of addresses, `visit` the only way a
//! handler gets to data, `failure` the only table of statuses.

mod answer;
pub mod api;
pub mod app;
mod appeal;
mod appeal_cards;
pub mod board;
mod child;
mod discreet;
mod doors;
mod duty;
mod duty_view;
mod enrol;
pub mod failure;
mod family;
pub mod guard;
mod jobs;
mod letter;
mod moment_words;
mod nav;
mod office;
mod pace;
pub mod problem;
mod prove;
mod ranking_class;
mod ranking_help;
mod rankings;
pub mod routes;
pub mod server;
mod setup;
mod sight;
mod sign_in;
mod teacher;
mod verify;
pub mod visit;
