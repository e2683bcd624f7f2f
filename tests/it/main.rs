//! All integration tests in one binary.

mod exchange;
mod guard;
mod rubric_fixture;
mod scoring;
mod strict_bodies;
mod supply_chain;
mod tidy;
