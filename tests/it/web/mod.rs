//! The web room from outside, mirroring `src/web`.

mod api_matrix;
mod api_rating;
mod api_results;
mod api_sessions;
mod openapi;
mod pages;
