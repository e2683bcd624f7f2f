//! The pure core: what is true and what may happen, without files, clocks, chance or a database.

pub mod actor;
pub mod allocation;
pub mod avatar;
pub mod badges;
pub mod calendar;
pub mod child_view;
pub mod class_list;
pub mod class_name;
pub mod comment;
pub mod draw;
pub mod enrolment;
pub mod ids;
pub mod name_pinyin;
pub mod published;
pub mod random;
pub mod recall;
pub mod refusal;
pub mod rehearsal;
pub mod release;
pub mod roster_plan;
pub mod round;
pub mod rubric;
pub mod scoring;
pub mod sheet;
pub mod weights;
