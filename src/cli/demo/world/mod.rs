//! The demo school 星光小学: 2,000 children in 45 classes, their teachers, and what everybody would
//! answer. Everything is a pure function of a seed (no clock, no files), so that every start of
//! `starlight demo` shows the same school. Used by `cli::demo`, `bench` and the fixtures.
//!
//! `World::build(seed, school_year)` makes the people. `World::sheet` says what one rater hands in
//! about one ratee in one round, or `None` where this rater does not; rubric and allocation stay
//! with the domain, which passes the questions in. Rounds count 0…7 published and 8 open.

mod answers;
mod calendar;
mod classes;
mod comments;
mod dice;
mod festivals;
mod given;
mod inspections;
mod moments;
mod names;
mod pinyin;
mod posts;
mod school;
mod staff;
mod truth;
mod turnout;
mod words;

pub use answers::{Question, Ratee, Rater, Sheet, Voice};
pub use calendar::{Plan, RoundPlan};
pub use classes::{Class, Segment};
pub use festivals::{FESTIVALS, Festival};
pub use inspections::{Check, full_of};
pub use moments::{Goal, Moment};
pub use names::{Name, Sex};
pub use posts::Post;
pub use school::{OPEN_ROUND, PUBLISHED_ROUNDS, Student, World};
pub use staff::{Office, Role, Teacher, Teaching};
