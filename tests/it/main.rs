//! One binary for all integration tests.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "helpers of tests stand outside the test functions that clippy excuses"
)]

mod actions;
mod exchange;
mod guard;
mod migrations;
mod office;
mod rubric_fixture;
mod school;
mod scoring;
mod story;
mod strict_bodies;
mod supply_chain;
mod tidy;
mod web;
