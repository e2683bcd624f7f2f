//! Starlight (星光): a primary school's student evaluation. See ARCHITECTURE.md for the rooms.
#![recursion_limit = "512"]

pub mod actions;
pub mod cli;
pub mod config;
pub mod domain;
pub mod exchange;
pub mod keys;
pub mod screens;
pub mod storage;
pub mod web;
