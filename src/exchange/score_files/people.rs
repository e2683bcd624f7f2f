//! classes.csv, students.csv and teachers.csv: who there is. Ids become indices in byte order.

use std::collections::{BTreeMap, HashSet};

use super::{InFiles, RowError, each_row, needed};
use crate::domain::rubric::Segment;
use crate::domain::scoring::input::{ClassInput, StudentInput, TeacherInput};
use crate::domain::scoring::number::compact;
use crate::exchange::csv_rows::Column;
use crate::exchange::fast_map::FastMap;

/// The people of a school and how to find them.
pub(super) struct People {
    /// In byte order, without rounds.
    pub classes: Vec<ClassInput>,
    /// Segment of each class.
    pub segments: Vec<Segment>,
    /// A student or a class by id.
    pub ratees: FastMap<Vec<u8>, Ratee>,
    /// Number of a teacher by login, in no order.
    pub teachers: FastMap<Vec<u8>, u32>,
    /// Index of a teacher within a class, by (number of the teacher, class).
    pub teaches: FastMap<(u32, u32), u32>,
}

/// Whom a sheet can be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ratee {
    /// Class, and index within the class.
    Student(u32, u32),
    Class(u32),
}

const CLASS: Column = Column::required("class").or("班级");
const STUDENT: Column = Column::required("student_no").or("学号");

/// Rows under way: class code → grade, students by class, (login → roles) by class.
#[derive(Default)]
struct Draft {
    classes: BTreeMap<String, u8>,
    students: BTreeMap<String, (String, String)>,
    roles: BTreeMap<(String, String), (bool, bool)>,
}

/// Reads the three files; none where one of them cannot be read at all.
pub(super) fn read(files: &InFiles<'_>, errors: &mut Vec<RowError>) -> Option<People> {
    let classes = needed("classes.csv", files.classes, errors);
    let students = needed("students.csv", files.students, errors);
    let teachers = needed("teachers.csv", files.teachers, errors);
    let mut draft = Draft::default();
    // Without classes every row of the others would be wrong.
    let good = read_classes(classes?, &mut draft, errors)
        && read_students(students?, &mut draft, errors)
        && read_teachers(teachers?, &mut draft, errors);
    good.then(|| draft.people())
}

fn read_classes(bytes: &[u8], draft: &mut Draft, errors: &mut Vec<RowError>) -> bool {
    let columns = [CLASS, Column::required("grade")];
    each_row(
        "classes.csv",
        bytes,
        columns,
        errors,
        |[class, grade], _| {
            if class.is_empty() {
                return Err("class is empty".into());
            }
            if draft.classes.contains_key(class) {
                return Err(format!("class {class} appears twice"));
            }
            let number = grade.parse().ok().filter(|g| (1..=6).contains(g));
            // Kept even so, lest every row about the class be called wrong too.
            draft.classes.insert(class.to_owned(), number.unwrap_or(1));
            number
                .map(|_| ())
                .ok_or_else(|| "grade must be 1 to 6".into())
        },
    )
}

fn read_students(bytes: &[u8], draft: &mut Draft, errors: &mut Vec<RowError>) -> bool {
    let columns = [STUDENT, Column::optional("name").or("姓名"), CLASS];
    each_row(
        "students.csv",
        bytes,
        columns,
        errors,
        |[no, name, class], _| {
            if no.is_empty() {
                return Err("student_no is empty".into());
            }
            if draft.classes.contains_key(no) {
                return Err(format!("student_no {no} is also a class"));
            }
            if draft.students.contains_key(no) {
                return Err(format!("student_no {no} appears twice"));
            }
            if !draft.classes.contains_key(class) {
                return Err(format!("unknown class {class}"));
            }
            let row = (class.to_owned(), name.to_owned());
            draft.students.insert(no.to_owned(), row);
            Ok(())
        },
    )
}

fn read_teachers(bytes: &[u8], draft: &mut Draft, errors: &mut Vec<RowError>) -> bool {
    let columns = [Column::required("teacher"), CLASS, Column::required("role")];
    let mut seen = HashSet::new();
    each_row(
        "teachers.csv",
        bytes,
        columns,
        errors,
        |[login, class, role], _| {
            if login.is_empty() {
                return Err("teacher is empty".into());
            }
            if !draft.classes.contains_key(class) {
                return Err(format!("unknown class {class}"));
            }
            if !matches!(role, "homeroom" | "subject") {
                return Err(format!("unknown role {role}"));
            }
            if !seen.insert((login.to_owned(), class.to_owned(), role == "homeroom")) {
                return Err(format!("{login} is {role} teacher of {class} twice"));
            }
            let key = (class.to_owned(), login.to_owned());
            let roles = draft.roles.entry(key).or_default();
            match role {
                "homeroom" => roles.0 = true,
                _ => roles.1 = true,
            }
            Ok(())
        },
    )
}

impl Draft {
    fn people(self) -> People {
        let mut people = People {
            classes: Vec::with_capacity(self.classes.len()),
            segments: Vec::with_capacity(self.classes.len()),
            ratees: FastMap::default(),
            teachers: FastMap::default(),
            teaches: FastMap::default(),
        };
        for (at, (code, grade)) in self.classes.into_iter().enumerate() {
            let ratee = Ratee::Class(compact(at));
            people.ratees.insert(code.clone().into_bytes(), ratee);
            let segment = Segment::of_grade(grade).unwrap_or(Segment::Low);
            people.segments.push(segment);
            people.classes.push(ClassInput {
                code,
                grade,
                ..ClassInput::default()
            });
        }
        for (no, (class, name)) in self.students {
            people.enrol(no, name, &class);
        }
        for ((class, login), roles) in self.roles {
            people.employ(login, &class, roles);
        }
        people
    }
}

impl People {
    fn class_at(&self, code: &str) -> Option<u32> {
        match self.ratees.get(code.as_bytes()) {
            Some(Ratee::Class(class)) => Some(*class),
            _ => None,
        }
    }

    /// Students come in byte order.
    fn enrol(&mut self, no: String, name: String, class: &str) {
        let Some(at) = self.class_at(class) else {
            return;
        };
        if let Some(class) = self.classes.get_mut(crate::domain::scoring::number::ix(at)) {
            let ratee = Ratee::Student(at, compact(class.students.len()));
            self.ratees.insert(no.clone().into_bytes(), ratee);
            class.students.push(StudentInput { no, name });
        }
    }

    /// Teachers come by class and in byte order.
    fn employ(&mut self, login: String, class: &str, (homeroom, subject): (bool, bool)) {
        let Some(at) = self.class_at(class) else {
            return;
        };
        let fresh = compact(self.teachers.len());
        let key = login.clone().into_bytes();
        let number = *self.teachers.entry(key).or_insert(fresh);
        if let Some(class) = self.classes.get_mut(crate::domain::scoring::number::ix(at)) {
            let place = compact(class.teachers.len());
            self.teaches.insert((number, at), place);
            class.teachers.push(TeacherInput {
                login,
                homeroom,
                subject,
            });
        }
    }
}
