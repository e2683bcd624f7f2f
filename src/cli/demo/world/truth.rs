//! What is really the case in the demo school, hidden from everybody: how each child does in each
//! dimension, how severe each rater is, which families never answer. Used by `answers`, `turnout`,
//! `comments` and `moments`; nothing of it is ever stored.

use super::classes::Class;
use super::dice::{Dice, topic};
use super::names::Sex;
use super::school::Student;
use super::staff::{Role, Teacher};

/// The five stars in the rubric's order: 向善 智慧 健体 尚美 勤劳.
pub const DIMENSIONS: usize = 5;
/// Questions about a class: respect, order, tidiness, warmth.
pub const CLASS_QUESTIONS: usize = 4;

/// Share of children who tick the top of the scale throughout.
const CARELESS: f64 = 0.08;
const ABSENT_FAMILIES: f64 = 0.30;
const SILENT_TEACHERS: f64 = 0.05;

pub struct Child {
    /// Stars in round 0.
    pub quality: [f64; DIMENSIONS],
    /// Stars gained per round.
    pub growth: [f64; DIMENSIONS],
    /// Added to the marks given to classmates; below 0 = strict.
    pub severity: f64,
    /// Added to the own marks.
    pub self_view: f64,
    pub careless: bool,
}

pub struct Family {
    pub absent: bool,
    /// Chance to answer in a round.
    pub diligence: f64,
    pub kindness: f64,
}

pub struct Rating {
    pub severity: f64,
    /// This teacher never finds the time.
    pub silent: bool,
}

pub struct Climate {
    pub questions: [f64; CLASS_QUESTIONS],
    /// Share of full marks in inspections, in round 0.
    pub inspected: f64,
    pub inspected_growth: f64,
    /// Share of children who take part in a round.
    pub turnout: f64,
}

pub struct Truth {
    pub children: Vec<Child>,
    pub families: Vec<Family>,
    pub teachers: Vec<Rating>,
    pub classes: Vec<Climate>,
}

impl Truth {
    pub fn draw(dice: Dice, classes: &[Class], students: &[Student], teachers: &[Teacher]) -> Self {
        let dice = dice.about(topic("truth"));
        Self {
            children: students
                .iter()
                .enumerate()
                .map(|(n, s)| child(dice, n, s))
                .collect(),
            families: (0..students.len())
                .map(|n| family(dice, n, students))
                .collect(),
            teachers: teachers
                .iter()
                .enumerate()
                .map(|(n, t)| rating(dice, n, t))
                .collect(),
            classes: (0..classes.len()).map(|n| climate(dice, n)).collect(),
        }
    }

    /// Stars of a child in a dimension in a round, before anybody looks at it.
    pub fn stars(&self, student: usize, dimension: usize, round: usize) -> f64 {
        let rounds = f64::from(u32::try_from(round).unwrap_or(0));
        self.children.get(student).map_or(3.7, |child| {
            let at = |list: &[f64; DIMENSIONS]| list.get(dimension).copied().unwrap_or(0.0);
            at(&child.quality) + rounds * at(&child.growth)
        })
    }

    /// Dimensions from the child's best to the one with most room.
    pub fn best_first(&self, student: usize, round: usize) -> [usize; DIMENSIONS] {
        let mut order = [0, 1, 2, 3, 4];
        order.sort_by(|a, b| {
            self.stars(student, *b, round)
                .total_cmp(&self.stars(student, *a, round))
        });
        order
    }
}

fn child(dice: Dice, number: usize, student: &Student) -> Child {
    let own = dice.about(topic("child")).nth(number);
    let general = 3.72
        + 0.18 * class_level(dice, student.class)
        + 0.42 * own.about(topic("general")).normal();
    let tidy_girls = if student.sex == Sex::Girl {
        0.06
    } else {
        -0.05
    };
    let quality = std::array::from_fn(|d| {
        general + tidy_girls + 0.40 * own.about(topic("dimension")).nth(d).normal()
    });
    let blooming = own.about(topic("blooming"));
    let growth = std::array::from_fn(|d| {
        let drift = 0.012 * own.about(topic("growth")).nth(d).normal();
        if blooming.chance(0.15) && blooming.about(1).below(DIMENSIONS) == d {
            0.10 + drift
        } else {
            0.008 + drift
        }
    });
    Child {
        quality,
        growth,
        severity: 0.45 * own.about(topic("severity")).normal(),
        self_view: 0.30 + 0.35 * own.about(topic("self view")).normal(),
        careless: own.about(topic("careless")).chance(CARELESS),
    }
}

fn class_level(dice: Dice, class: usize) -> f64 {
    dice.about(topic("class level")).nth(class).normal()
}

/// Brothers and sisters have one family, so its habits are drawn for the eldest.
fn family(dice: Dice, number: usize, students: &[Student]) -> Family {
    let mut eldest = number;
    while let Some(elder) = students.get(eldest).and_then(|s| s.elder) {
        eldest = elder;
    }
    let own = dice.about(topic("family")).nth(eldest);
    Family {
        absent: own.about(1).chance(ABSENT_FAMILIES),
        diligence: 0.45 + 0.5 * own.about(2).unit(),
        kindness: 0.40 + 0.30 * own.about(3).normal(),
    }
}

fn rating(dice: Dice, number: usize, teacher: &Teacher) -> Rating {
    let own = dice.about(topic("teacher")).nth(number);
    let homeroom = teacher.classes.iter().any(|t| t.role == Role::Homeroom);
    Rating {
        severity: 0.25 * own.about(1).normal(),
        silent: !homeroom && own.about(2).chance(SILENT_TEACHERS),
    }
}

fn climate(dice: Dice, class: usize) -> Climate {
    let own = dice.about(topic("climate")).nth(class);
    let level = 3.85 + 0.20 * class_level(dice, class);
    let rising = if own.about(9).chance(0.12) {
        0.008
    } else {
        0.0
    };
    Climate {
        questions: std::array::from_fn(|q| level + 0.28 * own.about(1).nth(q).normal()),
        inspected: (0.945 + 0.022 * own.about(2).normal()).clamp(0.85, 0.99) - 6.0 * rising,
        inspected_growth: rising + 0.001 * own.about(3).normal(),
        turnout: if own.about(4).chance(0.07) {
            0.86
        } else {
            0.965 + 0.012 * own.about(5).normal()
        },
    }
}

#[cfg(test)]
mod tests {
    use super::super::World;
    use super::*;

    fn share(count: usize, of: usize) -> f64 {
        f64::from(u32::try_from(count).unwrap()) / f64::from(u32::try_from(of).unwrap())
    }

    #[test]
    fn the_shares_are_those_of_a_real_school() {
        let truth = World::build(11, 2026).truth;
        let careless = share(truth.children.iter().filter(|c| c.careless).count(), 2_000);
        let absent = share(truth.families.iter().filter(|f| f.absent).count(), 2_000);
        assert!((0.06..0.10).contains(&careless), "{careless}");
        assert!((0.27..0.33).contains(&absent), "{absent}");
    }

    #[test]
    fn qualities_fill_the_scale_without_leaving_it_much() {
        let truth = World::build(11, 2026).truth;
        let stars: Vec<f64> = (0..2_000)
            .map(|n| truth.stars(n, n % DIMENSIONS, 4))
            .collect();
        let mean = stars.iter().sum::<f64>() / 2_000.0;
        assert!((3.6..3.95).contains(&mean), "{mean}");
        assert!(
            share(
                stars.iter().filter(|s| (1.5..5.5).contains(*s)).count(),
                2_000
            ) > 0.98
        );
    }

    #[test]
    fn best_first_is_sorted() {
        let truth = World::build(11, 2026).truth;
        let order = truth.best_first(77, 8);
        assert!(
            order
                .windows(2)
                .all(|w| truth.stars(77, w[0], 8) >= truth.stars(77, w[1], 8))
        );
    }
}
