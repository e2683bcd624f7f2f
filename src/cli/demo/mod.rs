//! `starlight demo`: a school to look at, written through the same actions as real use.

pub mod world;
