//! `starlight demo`: a school to look at, written through the same actions as real use.

mod desk;
mod people;
mod rounds;
pub mod world;
