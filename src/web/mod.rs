//! The web shell: the only room that names actix. `routes` is the one table of addresses, `visit` the only way a
//! handler gets to data, `failure` the only table of statuses.

pub mod api;
pub mod app;
mod child;
mod doors;
pub mod failure;
mod family;
pub mod guard;
mod nav;
pub mod problem;
pub mod routes;
pub mod server;
mod sight;
mod sign_in;
pub mod visit;
