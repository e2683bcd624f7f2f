//! The web room from outside, mirroring `src/web`.

mod api_matrix;
mod api_rating;
mod api_results;
mod api_sessions;
mod openapi;
mod child_sight;
mod site;
mod teacher_class;
mod teacher_grid;
mod teacher_results;
