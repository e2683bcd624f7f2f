//! The web shell: the only room that names actix.

pub mod guard;
pub mod problem;
