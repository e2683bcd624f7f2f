//! OneRoster 1.2 as a zip of .csv files: orgs, sessions, courses, classes, users, roles, enrollments. Read into the same
//! tables that a roster and a teachers file give, so that the same readers judge them; written for other systems.
//! Used by `starlight import oneroster` and `starlight export oneroster`.

mod pack;
mod unpack;

use super::class_name::ClassName;
use chrono::NaiveDate;

pub use pack::pack;
pub use unpack::{Unpacked, unpack};

/// What is exported. Sexes, seats and marks are not: other systems need none of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct School {
    /// Id of the school, e.g. its own code.
    pub id: String,
    /// Name of the school.
    pub name: String,
    /// Title of the term, e.g. 2026-2027-1.
    pub term: String,
    /// First day of the term.
    pub begins: NaiveDate,
    /// Last day of the term.
    pub ends: NaiveDate,
    /// Students with their class.
    pub students: Vec<Person>,
    /// Teachers with their classes.
    pub teachers: Vec<Person>,
}

/// A student or teacher.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// student_no or login; student numbers and logins must not overlap.
    pub id: String,
    /// Whole name.
    pub name: String,
    /// The class of a student, the classes of a teacher.
    pub classes: Vec<ClassName>,
    /// The class whose 班主任 a teacher is.
    pub homeroom: Option<ClassName>,
}
