//! A rehearsal: the same votes computed under two rules, side by side. Says who would move before a rule is adopted
//! (product.md, rule 6). Used by `actions::weights` and the weights page.

use super::scoring::{
    input::TermInput,
    number::{Tenths, shown},
    result::TermResult,
    school::{ClassRow, Standing},
};

/// How many of the largest changes [`Rehearsal::biggest`] names.
pub const NAMED: usize = 20;

/// A student's term score under both rules. Positions are those of the input.
#[derive(Clone, Debug, PartialEq)]
pub struct StudentMove {
    pub class: usize,
    pub student: usize,
    /// Stars 1…5; none without any voice.
    pub before: Option<f64>,
    pub after: Option<f64>,
}

impl StudentMove {
    /// Displayed points under both rules.
    pub fn points(&self) -> (Option<Tenths>, Option<Tenths>) {
        (self.before.map(shown), self.after.map(shown))
    }

    /// Difference of the displayed points; none where either side has no score.
    pub fn difference(&self) -> Option<Tenths> {
        let (before, after) = self.points();
        Some(Tenths(after?.0 - before?.0))
    }
}

/// A class's term row under one rule.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ClassStanding {
    pub score: Option<f64>,
    pub points: Option<Tenths>,
    /// Place in the grade; none while unranked.
    pub place: Option<usize>,
}

/// A class under both rules.
#[derive(Clone, Debug, PartialEq)]
pub struct ClassMove {
    pub class: usize,
    pub grade: u8,
    pub before: ClassStanding,
    pub after: ClassStanding,
}

/// Everybody under both rules.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rehearsal {
    /// By class, then by student, in the order of the input.
    pub students: Vec<StudentMove>,
    /// By grade, then in the order of the input.
    pub classes: Vec<ClassMove>,
}

impl Rehearsal {
    /// Compares two computations of the same votes.
    pub fn of(input: &TermInput, before: &TermResult, after: &TermResult) -> Self {
        let mut students = Vec::new();
        let both = before.classes.iter().zip(&after.classes);
        for (class, (_, (old, new))) in input.classes.iter().zip(both).enumerate() {
            let rows = old.term.iter().zip(&new.term).enumerate();
            students.extend(rows.map(|(student, (old, new))| StudentMove {
                class,
                student,
                before: old.number.blend.score,
                after: new.number.blend.score,
            }));
        }
        let mut classes = Vec::new();
        for (old, new) in before.grades.iter().zip(&after.grades) {
            let rows = old.term.iter().zip(&new.term);
            let moves = old.classes.iter().zip(rows);
            classes.extend(moves.map(|(class, (before, after))| ClassMove {
                class: *class,
                grade: old.grade,
                before: standing(before),
                after: standing(after),
            }));
        }
        Self { students, classes }
    }

    /// How many students' displayed points rise, and how many fall.
    pub fn students_moved(&self) -> (usize, usize) {
        let changes = || self.students.iter().filter_map(StudentMove::difference);
        (
            changes().filter(|d| d.0 > 0).count(),
            changes().filter(|d| d.0 < 0).count(),
        )
    }

    /// How many classes take a better place, and how many a worse one.
    pub fn classes_moved(&self) -> (usize, usize) {
        let places = || {
            let both = |c: &ClassMove| Some((c.before.place?, c.after.place?));
            self.classes.iter().filter_map(both)
        };
        (
            places().filter(|(before, after)| after < before).count(),
            places().filter(|(before, after)| after > before).count(),
        )
    }

    /// The students whose displayed points change most, largest change first, at most [`NAMED`].
    pub fn biggest(&self) -> Vec<&StudentMove> {
        let size = |m: &&StudentMove| m.difference().map_or(0, |d| d.0.abs());
        let mut moved: Vec<&StudentMove> = self.students.iter().filter(|m| size(m) > 0).collect();
        moved.sort_by_key(|m| (std::cmp::Reverse(size(m)), m.class, m.student));
        moved.truncate(NAMED);
        moved
    }
}

fn standing(row: &ClassRow) -> ClassStanding {
    ClassStanding {
        score: row.blend.score,
        points: row.shown(),
        place: match row.standing {
            Standing::Ranked { rank, .. } => Some(rank),
            Standing::NoData | Standing::FewStudents => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn student(at: usize, before: f64, after: f64) -> StudentMove {
        StudentMove {
            class: 0,
            student: at,
            before: Some(before),
            after: Some(after),
        }
    }

    #[test]
    fn moves_are_counted_in_displayed_points() {
        let rehearsal = Rehearsal {
            students: vec![
                student(0, 3.0, 3.0001),
                student(1, 3.0, 3.1),
                student(2, 3.0, 2.8),
                StudentMove {
                    before: None,
                    ..student(3, 0.0, 3.0)
                },
            ],
            classes: Vec::new(),
        };
        assert_eq!(rehearsal.students_moved(), (1, 1));
        let biggest: Vec<usize> = rehearsal.biggest().iter().map(|m| m.student).collect();
        assert_eq!(biggest, [2, 1]);
        let change = rehearsal.biggest()[0].difference().map(|d| d.to_string());
        assert_eq!(change.as_deref(), Some("-5.0"));
    }
}
