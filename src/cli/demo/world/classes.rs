//! The 45 classes of the demo school: codes, names, sizes that sum to 2,000. Used by `school`.

use super::dice::{Dice, topic};

const CHILDREN: u32 = 2_000;
const CLASSES_OF_GRADE: [u32; 6] = [8, 8, 8, 7, 7, 7];
const SMALLEST: u32 = 42;
const LARGEST: u32 = 47;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Segment {
    Low,
    Middle,
    High,
}

impl Segment {
    pub const fn of_grade(grade: u32) -> Self {
        match grade {
            0..=2 => Self::Low,
            3..=4 => Self::Middle,
            _ => Self::High,
        }
    }

    /// How many anchors the built-in rubric has here.
    pub const fn anchors(self) -> u32 {
        match self {
            Self::Low => 3,
            Self::Middle => 4,
            Self::High => 5,
        }
    }
}

/// One class; `students` are positions in `World::students`.
#[derive(Clone, Debug)]
pub struct Class {
    /// 101, 305 …: grade and number within the grade, this school year's code.
    pub code: String,
    /// 一(1)班
    pub name: String,
    pub grade: u32,
    pub cohort: i32,
    pub students: std::ops::Range<usize>,
    /// Position in `World::teachers`.
    pub homeroom: usize,
    /// The first class of its segment: in the open round it has only just begun.
    pub first_of_segment: bool,
}

impl Class {
    pub const fn segment(&self) -> Segment {
        Segment::of_grade(self.grade)
    }
}

pub fn classes(dice: Dice, school_year: i32) -> Vec<Class> {
    let mut sizes = sizes(dice).into_iter();
    let mut list: Vec<Class> = Vec::new();
    let mut next = 0;
    for (grade, count) in (1_u32..).zip(CLASSES_OF_GRADE) {
        for number in 1..=count {
            let end = next + sizes.next().unwrap_or(0);
            list.push(Class {
                code: format!("{grade}{number:02}"),
                name: format!("{}({number})班", grade_name(grade)),
                grade,
                cohort: school_year - i32::try_from(grade).unwrap_or(1) + 1,
                students: next..end,
                homeroom: list.len(),
                first_of_segment: number == 1 && grade % 2 == 1,
            });
            next = end;
        }
    }
    list
}

const fn grade_name(grade: u32) -> &'static str {
    match grade {
        1 => "一",
        2 => "二",
        3 => "三",
        4 => "四",
        5 => "五",
        _ => "六",
    }
}

/// Sizes of the 45 classes, 42 to 47, that sum to 2,000: equal ones first, then children moved about.
fn sizes(dice: Dice) -> Vec<usize> {
    let dice = dice.about(topic("class sizes"));
    let count: u32 = CLASSES_OF_GRADE.iter().sum();
    let (base, rest) = (CHILDREN / count, CHILDREN % count);
    let mut sizes: Vec<u32> = (0..count).map(|n| base + u32::from(n < rest)).collect();
    dice.shuffle(&mut sizes);
    for step in 0..200_u64 {
        let (from, to) = (
            dice.about(2 * step).below(sizes.len()),
            dice.about(2 * step + 1).below(sizes.len()),
        );
        let room = |sizes: &[u32], n: usize| sizes.get(n).copied().unwrap_or(0);
        if from != to && room(&sizes, from) > SMALLEST && room(&sizes, to) < LARGEST {
            if let Some(size) = sizes.get_mut(from) {
                *size -= 1;
            }
            if let Some(size) = sizes.get_mut(to) {
                *size += 1;
            }
        }
    }
    sizes
        .into_iter()
        .map(|size| usize::try_from(size).unwrap_or(0))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::World;
    use std::collections::BTreeSet;

    #[test]
    fn two_thousand_children_in_forty_five_classes() {
        for seed in 0..20 {
            let world = World::build(seed, 2026);
            let sizes: Vec<usize> = world.classes.iter().map(|c| c.students.len()).collect();
            assert_eq!(
                (
                    sizes.len(),
                    sizes.iter().sum::<usize>(),
                    world.students.len()
                ),
                (45, 2_000, 2_000)
            );
            assert!(sizes.iter().all(|n| (42..=47).contains(n)), "{sizes:?}");
            assert!(sizes.iter().collect::<BTreeSet<_>>().len() >= 4);
        }
    }
}
