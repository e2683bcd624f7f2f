//! The pure core: what is true and what may happen, without files, clocks, chance or a database.

pub mod actor;
pub mod ids;
pub mod refusal;
