//! All votes of one term, compact and sorted: what the whole computation reads. Made by
//! `exchange::score_files` from files and by `actions` from the database; both must give the same.

use crate::domain::rubric::{Of, Source};

/// A whole school's term. Rounds and classes in ascending order of the bytes of their names.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TermInput {
    pub rounds: Vec<String>,
    pub classes: Vec<ClassInput>,
}

/// One class with everything said in and about it. Indices are local to the class, so that one class
/// can be kept, changed and recomputed by itself.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClassInput {
    /// Public class code, such as `101`.
    pub code: String,
    /// 1…6.
    pub grade: u8,
    /// Ascending by the bytes of `no`.
    pub students: Vec<StudentInput>,
    /// The class's teachers, ascending by the bytes of `login`.
    pub teachers: Vec<TeacherInput>,
    /// Family link ids heard about this class or its students, ascending by bytes.
    pub families: Vec<String>,
    /// As many as [`TermInput::rounds`].
    pub rounds: Vec<ClassRoundInput>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct StudentInput {
    pub no: String,
    pub name: String,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct TeacherInput {
    pub login: String,
    pub homeroom: bool,
    pub subject: bool,
}

impl TeacherInput {
    /// Weight by role: homeroom 2, subject 1, both 2 (scoring.md 3).
    pub fn weight(&self) -> f64 {
        if self.homeroom { 2.0 } else { 1.0 }
    }
}

/// One class's votes of one round.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ClassRoundInput {
    /// Sheets about students by source, each ascending by (ratee, rater). Rater: a student, a teacher
    /// or a family of this class by index; ratee: a student by index.
    pub about_students: [Vec<Sheet>; 4],
    /// Sheets about the class by source, each ascending by rater; ratee 0. Peer stays empty.
    pub about_class: [Vec<Sheet>; 4],
    /// Answers of all these sheets; [`Sheet::answers`] points here.
    pub answers: Vec<Answer>,
    /// (rater, ratee), students by index, ascending.
    pub assignments: Vec<(u32, u32)>,
    /// Excused students by index, ascending.
    pub excused: Vec<u32>,
    /// Ascending by (item, date, post).
    pub inspections: Vec<Inspection>,
}

/// What one rater says of one ratee in one round.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sheet {
    pub rater: u32,
    pub ratee: u32,
    /// Time taken for the whole sheet, if known; ≥ 0.
    pub seconds: Option<f64>,
    pub comment: Option<Box<str>>,
    /// First answer and number of answers.
    pub answers: (u32, u32),
}

/// One answered or skipped question.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Answer {
    /// Position in the rubric; ascending within a sheet.
    pub indicator: u16,
    /// 1…n; 0 = 没看见.
    pub anchor: u8,
}

/// One duty check of one item.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Inspection {
    /// Position of the item in the rubric.
    pub item: u16,
    /// Days in an order that sorts as the dates do: year·372 + month·31 + day.
    pub date: u32,
    pub post: String,
    /// > 0.
    pub full: f64,
    /// 0…full.
    pub points: f64,
}

impl ClassRoundInput {
    /// The sheets of a source about students or about the class.
    pub fn sheets(&self, of: Of, source: Source) -> &[Sheet] {
        let table = match of {
            Of::Student => &self.about_students,
            Of::Class => &self.about_class,
        };
        table.get(source.position()).map_or(&[], Vec::as_slice)
    }

    /// The answers of one sheet, in rubric order.
    pub fn answers_of(&self, sheet: &Sheet) -> &[Answer] {
        let (first, count) = sheet.answers;
        let first = super::number::ix(first);
        let range = first..first + super::number::ix(count);
        self.answers.get(range).unwrap_or(&[])
    }

    /// Whether anything was said about the class or its students, or was to be said.
    pub fn took_place(&self) -> bool {
        self.about_students.iter().any(|s| !s.is_empty())
            || self.about_class.iter().any(|s| !s.is_empty())
            || !self.assignments.is_empty()
    }
}
