//! Who is in the demo school: classes of 42 to 47, children with numbers, names and families.
//! `World::build` is where the demo starts; the other files of this folder answer for its people.

use super::classes::{self, Class};
use super::dice::{Dice, topic};
use super::names::{Name, NameMaker, Sex};
use super::posts::{self, Post};
use super::staff::{self, Office, Teacher};
use super::truth::Truth;

pub const PUBLISHED_ROUNDS: usize = 8;
/// The round that is open while the demo runs, counted from 0 like the published ones.
pub const OPEN_ROUND: usize = PUBLISHED_ROUNDS;

#[derive(Clone, Debug)]
pub struct Student {
    /// Cohort, class at entry and seat: 202410117. Never changes.
    pub student_no: String,
    pub name: String,
    pub surname: &'static str,
    /// What teachers call the child: the given name, or the whole name where that is one character.
    pub call: String,
    /// One syllable per character of `name`, tone marks, separated by spaces.
    pub pinyin: String,
    pub sex: Sex,
    pub seat: u32,
    /// Position in `World::classes`.
    pub class: usize,
    /// An elder brother or sister in the school (position), in the same class for twins.
    pub elder: Option<usize>,
}

pub struct World {
    pub school: &'static str,
    pub school_year: i32,
    /// By grade, then number: 45 of them.
    pub classes: Vec<Class>,
    /// Class by class, by seat: 2,000.
    pub students: Vec<Student>,
    /// Homeroom teachers first, in the order of the classes.
    pub teachers: Vec<Teacher>,
    pub office: Office,
    pub posts: Vec<Post>,
    pub(super) dice: Dice,
    pub(super) truth: Truth,
}

impl World {
    /// The school as it is in the school year that starts in September of `school_year`.
    pub fn build(seed: u64, school_year: i32) -> Self {
        let dice = Dice::new(seed);
        let maker = NameMaker::new(dice);
        let classes = classes::classes(dice, school_year);
        let students = students(dice, &classes, &maker);
        let (teachers, office) = staff::staff(dice, &classes, &maker);
        let posts = posts::posts(dice, &classes);
        let truth = Truth::draw(dice, &classes, &students, &teachers);
        Self {
            school: "星光小学",
            school_year,
            classes,
            students,
            teachers,
            office,
            posts,
            dice,
            truth,
        }
    }

    pub fn class_of(&self, student: usize) -> Option<&Class> {
        self.classes.get(self.students.get(student)?.class)
    }

    /// The id of the family's link as scores and exports know it.
    pub fn family_link(&self, student: usize) -> String {
        self.students
            .get(student)
            .map(|s| format!("F{}-1", s.student_no))
            .unwrap_or_default()
    }

    /// Pairs of one family within a class, to be kept apart when classmates are dealt.
    pub fn twins(&self) -> impl Iterator<Item = (usize, usize)> + '_ {
        let pairs = self
            .students
            .iter()
            .enumerate()
            .filter_map(|(n, s)| Some((n, s, s.elder?)));
        pairs
            .filter(|(_, s, elder)| {
                self.students
                    .get(*elder)
                    .is_some_and(|e| e.class == s.class)
            })
            .map(|(n, _, e)| (n, e))
    }
}

/// Children are named from the last to the first, since the elder ones stand further back.
fn students(dice: Dice, classes: &[Class], maker: &NameMaker) -> Vec<Student> {
    let total = classes.last().map_or(0, |class| class.students.end);
    let mut surnames: Vec<&'static str> = vec![""; total];
    let mut list: Vec<Student> = Vec::with_capacity(total);
    for (position, class) in classes.iter().enumerate().rev() {
        for number in class.students.clone().rev() {
            let elder = elder(dice, classes, class, number, total);
            let sex = if dice.about(topic("sex")).nth(number).chance(0.53) {
                Sex::Boy
            } else {
                Sex::Girl
            };
            let family = elder.and_then(|elder| surnames.get(elder).copied());
            let name = namesake(number, class).unwrap_or_else(|| maker.child(number, sex, family));
            if let Some(slot) = surnames.get_mut(number) {
                *slot = name.surname;
            }
            list.push(student(class, position, number, sex, name, elder, maker));
        }
    }
    list.reverse();
    list
}

/// Two girls called 张梓涵 sit in the second class of grade two, as they do everywhere.
fn namesake(number: usize, class: &Class) -> Option<Name> {
    let both = [class.students.start + 6, class.students.start + 29];
    (class.code == "202" && both.contains(&number)).then(|| Name {
        surname: "张",
        given: "梓涵".to_owned(),
    })
}

/// Twins sit next to each other in the lists; some forty others have an elder one in a higher grade.
fn elder(
    dice: Dice,
    classes: &[Class],
    class: &Class,
    number: usize,
    total: usize,
) -> Option<usize> {
    let dice = dice.about(topic("elder")).nth(number);
    if number % 251 == 10 && number + 1 < class.students.end {
        return Some(number + 1);
    }
    let above = classes
        .iter()
        .find(|c| c.grade > class.grade)?
        .students
        .start;
    let free = number % 251 != 10 && number % 251 != 11;
    (free && dice.chance(0.025)).then(|| above + dice.about(1).below(total - above))
}

fn student(
    class: &Class,
    position: usize,
    number: usize,
    sex: Sex,
    name: Name,
    elder: Option<usize>,
    maker: &NameMaker,
) -> Student {
    let seat = u32::try_from(number - class.students.start + 1).unwrap_or(1);
    let number_in_grade: String = class.code.chars().skip(1).collect();
    let full = name.full();
    let short = name.given.chars().count() == 1;
    Student {
        student_no: format!("{}1{number_in_grade}{seat:02}", class.cohort),
        pinyin: maker.reader.read(&full),
        call: if short { full.clone() } else { name.given },
        name: full,
        surname: name.surname,
        sex,
        seat,
        class: position,
        elder,
    }
}

#[cfg(test)]
mod tests {
    use super::super::names::is_famous;
    use super::*;
    use std::collections::{BTreeMap, BTreeSet};

    fn world() -> World {
        World::build(20_261, 2026)
    }

    #[test]
    fn student_numbers_are_unique_and_say_cohort_class_and_seat() {
        let world = world();
        let numbers: BTreeSet<&str> = world
            .students
            .iter()
            .map(|s| s.student_no.as_str())
            .collect();
        assert_eq!(numbers.len(), 2_000);
        let child = &world.students[world.classes[16].students.start + 16];
        assert_eq!(
            (world.classes[16].code.as_str(), child.student_no.as_str()),
            ("301", "202410117")
        );
    }

    #[test]
    fn some_share_a_name_and_none_has_a_famous_one() {
        let world = world();
        let mut seen: BTreeMap<&str, u32> = BTreeMap::new();
        world
            .students
            .iter()
            .for_each(|s| *seen.entry(&s.name).or_default() += 1);
        let shared = seen.values().filter(|n| **n > 1).count();
        assert!((20..200).contains(&shared), "{shared}");
        assert!(
            seen.keys()
                .all(|name| !is_famous(name) && (2..=4).contains(&name.chars().count()))
        );
        let second = &world.classes[9];
        let namesakes = world.students[second.students.clone()]
            .iter()
            .filter(|s| s.name == "张梓涵");
        assert_eq!(
            (second.code.as_str(), namesakes.count() >= 2),
            ("202", true)
        );
    }

    #[test]
    fn brothers_and_sisters_share_a_surname() {
        let world = world();
        let pairs: Vec<_> = world
            .students
            .iter()
            .filter_map(|s| Some((s, &world.students[s.elder?])))
            .collect();
        assert!((25..90).contains(&pairs.len()), "{}", pairs.len());
        assert!(
            pairs
                .iter()
                .all(|(young, old)| young.surname == old.surname)
        );
        assert!((4..=8).contains(&world.twins().count()));
    }

    #[test]
    fn the_same_seed_is_the_same_school() {
        let names = |w: &World| {
            w.students
                .iter()
                .map(|s| s.name.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(names(&world()), names(&world()));
        assert_ne!(names(&world()), names(&World::build(1, 2026)));
    }

    #[test]
    fn pinyin_has_a_syllable_for_every_character() {
        for student in &world().students {
            assert_eq!(
                student.pinyin.split(' ').count(),
                student.name.chars().count()
            );
            assert!(!student.pinyin.contains('·'));
        }
    }
}
