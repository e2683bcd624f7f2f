//! The teachers of the demo school: a homeroom teacher per class, subject teachers with three to
//! five classes each, and the moral-education office. Used by `school` and `answers`.

use super::classes::Class;
use super::dice::{Dice, topic};
use super::names::{NameMaker, Sex};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Homeroom,
    Subject,
}

impl Role {
    /// The word of `teachers.csv`.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Homeroom => "homeroom",
            Self::Subject => "subject",
        }
    }
}

#[derive(Clone, Copy, Debug)]
pub struct Teaching {
    /// Position in `World::classes`.
    pub class: usize,
    pub role: Role,
}

#[derive(Clone, Debug)]
pub struct Teacher {
    pub login: String,
    pub name: String,
    pub sex: Sex,
    pub subject: &'static str,
    pub classes: Vec<Teaching>,
}

impl Teacher {
    pub fn role_in(&self, class: usize) -> Option<Role> {
        self.classes
            .iter()
            .find(|t| t.class == class)
            .map(|t| t.role)
    }
}

/// The account that manages the school (role `admin`).
#[derive(Clone, Debug)]
pub struct Office {
    pub login: &'static str,
    pub name: String,
}

/// Subject and how many teachers share the classes that still need one.
const SUBJECTS: [(&str, usize); 7] = [
    ("语文", 5),
    ("数学", 10),
    ("英语", 8),
    ("科学", 11),
    ("体育", 12),
    ("音乐", 10),
    ("美术", 10),
];

pub fn staff(dice: Dice, classes: &[Class], maker: &NameMaker) -> (Vec<Teacher>, Office) {
    let mut teachers: Vec<Teacher> = Vec::new();
    for class in 0..classes.len() {
        let own = vec![Teaching {
            class,
            role: Role::Homeroom,
        }];
        teachers.push(teacher(
            dice,
            maker,
            &teachers,
            homeroom_subject(class),
            own,
        ));
    }
    for (subject, count) in SUBJECTS {
        let open: Vec<usize> = (0..classes.len())
            .filter(|class| needs(classes, *class, subject))
            .collect();
        for share in shares(&open, count) {
            let own = share
                .iter()
                .map(|class| Teaching {
                    class: *class,
                    role: Role::Subject,
                })
                .collect();
            teachers.push(teacher(dice, maker, &teachers, subject, own));
        }
    }
    let office = Office {
        login: "office",
        name: maker.teacher(900, Sex::Girl).full(),
    };
    (teachers, office)
}

/// Two of three homeroom teachers teach Chinese, the third mathematics.
const fn homeroom_subject(class: usize) -> &'static str {
    if class % 3 == 2 { "数学" } else { "语文" }
}

fn needs(classes: &[Class], class: usize, subject: &str) -> bool {
    let grade = classes.get(class).map_or(0, |c| c.grade);
    homeroom_subject(class) != subject && (subject != "英语" || grade >= 3)
}

/// Cuts the list into `count` runs whose lengths differ by one at most.
fn shares(open: &[usize], count: usize) -> Vec<Vec<usize>> {
    let mut rest = open.iter().copied();
    let length = |n: usize| open.len() / count + usize::from(n < open.len() % count);
    (0..count)
        .map(|n| rest.by_ref().take(length(n)).collect())
        .collect()
}

fn teacher(
    dice: Dice,
    maker: &NameMaker,
    others: &[Teacher],
    subject: &'static str,
    classes: Vec<Teaching>,
) -> Teacher {
    let number = others.len();
    let men = if subject == "体育" { 0.7 } else { 0.18 };
    let sex = if dice.about(topic("teacher sex")).nth(number).chance(men) {
        Sex::Boy
    } else {
        Sex::Girl
    };
    // No two colleagues share a name: on lists of teachers it is all that tells them apart.
    let names = (0..8).map(|n| maker.teacher(number + 1_000 * n, sex).full());
    let name = names
        .into_iter()
        .find(|name| others.iter().all(|other| other.name != *name))
        .unwrap_or_default();
    Teacher {
        login: format!("t{:03}", number + 1),
        name,
        sex,
        subject,
        classes,
    }
}

#[cfg(test)]
mod tests {
    use super::super::World;
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn every_class_has_one_homeroom_teacher_and_all_its_subjects() {
        let world = World::build(3, 2026);
        for (position, class) in world.classes.iter().enumerate() {
            let here: Vec<&Teacher> = world
                .teachers
                .iter()
                .filter(|t| t.role_in(position).is_some())
                .collect();
            let homeroom = here
                .iter()
                .filter(|t| t.role_in(position) == Some(Role::Homeroom));
            assert_eq!(homeroom.count(), 1);
            assert_eq!(here.len(), if class.grade >= 3 { 7 } else { 6 });
            assert_eq!(
                world.teachers[class.homeroom].role_in(position),
                Some(Role::Homeroom)
            );
        }
    }

    #[test]
    fn about_a_hundred_and_ten_with_three_to_five_classes() {
        let world = World::build(3, 2026);
        assert_eq!(world.teachers.len(), 111);
        let others = world.teachers.iter().skip(45);
        assert!(others.clone().all(|t| (3..=5).contains(&t.classes.len())));
        assert_eq!(world.teachers[44].login, "t045");
        let names: BTreeSet<&str> = world.teachers.iter().map(|t| t.name.as_str()).collect();
        assert!(names.len() == 111 && !names.contains(""));
    }
}
