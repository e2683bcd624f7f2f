//! The web room from outside, mirroring `src/web`.

mod api_matrix;
mod api_rating;
mod api_results;
mod api_sessions;
mod child_sight;
mod openapi;
mod pages;
mod site;
mod teacher_class;
mod teacher_grid;
mod teacher_results;
