//! Shining moments (闪光点), small goals (成功点) and praises (点赞) of the demo's term so far.
//! Used by the demo; a few children have no moment yet, so that the teacher's page has work.

use super::answers::{Ratee, Rater, pair};
use super::comments::from_bank;
use super::dice::{Dice, topic};
use super::school::{OPEN_ROUND, World};
use super::truth::DIMENSIONS;
use super::words;
use crate::domain::compliments::{CHIPS, DIMENSIONS as STARS};
use crate::domain::goals::READY;

/// One good deed told in one sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    pub by: Rater,
    pub round: usize,
    /// 0 = Monday.
    pub weekday: usize,
    pub dimension: usize,
    /// A teacher's sentence; of a classmate the id of a ready one.
    pub text: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Goal {
    /// Id of a ready goal.
    pub ready: &'static str,
    pub done: bool,
    pub confirmed: bool,
}

/// Children nobody has written about yet.
const UNSEEN: f64 = 0.05;

impl World {
    /// What teachers told of a child in the rounds so far, in time order.
    pub fn moments(&self, student: usize) -> Vec<Moment> {
        let dice = self.dice.about(topic("moments")).nth(student);
        if dice.chance(UNSEEN) {
            return Vec::new();
        }
        let first = dice.about(topic("first")).below(OPEN_ROUND);
        let told =
            |round: &usize| *round == first || dice.about(topic("more")).nth(*round).chance(0.12);
        (0..=OPEN_ROUND)
            .filter(told)
            .filter_map(|round| self.moment(student, round))
            .collect()
    }

    fn moment(&self, student: usize, round: usize) -> Option<Moment> {
        let dice = self.dice.about(topic("moment")).nth(student).nth(round);
        let dimension = self.shining(student, dice);
        let sentence = from_bank(dice.about(1), &words::MOMENTS, dimension);
        Some(Moment {
            by: Rater::Teacher(self.class_of(student)?.homeroom),
            round,
            weekday: dice.about(2).below(5),
            dimension,
            text: sentence.replace("{n}", &self.students.get(student)?.call),
        })
    }

    /// What a classmate taps about a ratee after rating: a chip, about one sheet in eight.
    pub fn peer_moment(&self, rater: usize, ratee: usize, round: usize) -> Option<Moment> {
        let by = Rater::Student(rater);
        let dice = pair(
            self.dice.about(topic("peer moment")),
            by,
            Ratee::Student(ratee),
        )
        .nth(round);
        if self.careless(by) || !dice.chance(0.12) {
            return None;
        }
        let dimension = self.shining(ratee, dice);
        let star = STARS.get(dimension)?;
        let chips: Vec<&str> = CHIPS
            .iter()
            .filter(|c| c.dimension == *star)
            .map(|c| c.id)
            .collect();
        let text = dice.about(1).word(&chips).to_owned();
        Some(Moment {
            by,
            round,
            weekday: dice.about(2).below(5),
            dimension,
            text,
        })
    }

    /// The small goal of the term, set by two of three children, half of them done, most of these confirmed.
    pub fn goal(&self, student: usize) -> Option<Goal> {
        let dice = self.dice.about(topic("goal")).nth(student);
        let dimension = dice.about(1).below(DIMENSIONS);
        let star = STARS.get(dimension)?;
        let ready: Vec<&str> = READY
            .iter()
            .filter(|g| g.dimension == *star)
            .map(|g| g.id)
            .collect();
        let done = dice.about(3).chance(0.5);
        dice.chance(0.66).then(|| Goal {
            ready: dice.about(2).word(&ready),
            done,
            confirmed: done && dice.about(4).chance(0.8),
        })
    }

    /// Dimensions a child was praised for in a round, by the homeroom teacher, with repetitions.
    pub fn praises(&self, student: usize, round: usize) -> Vec<usize> {
        let dice = self.dice.about(topic("praise")).nth(student).nth(round);
        let taps = [0.45, 0.20, 0.08].into_iter().enumerate();
        let tap = |(n, chance): (usize, f64)| {
            dice.nth(n)
                .chance(chance)
                .then(|| self.praised_for(student, dice.nth(n)))
        };
        taps.filter_map(tap).collect()
    }

    fn praised_for(&self, student: usize, dice: Dice) -> usize {
        if dice.about(1).chance(0.5) {
            self.shining(student, dice)
        } else {
            dice.about(2).below(DIMENSIONS)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_children_are_unseen_and_most_have_a_moment_or_two() {
        let world = World::build(9, 2026);
        let counts: Vec<usize> = (0..2_000).map(|n| world.moments(n).len()).collect();
        let unseen = counts.iter().filter(|n| **n == 0).count();
        assert!((60..150).contains(&unseen), "{unseen}");
        assert!((3_000..5_500).contains(&counts.iter().sum::<usize>()));
    }

    #[test]
    fn moments_name_the_child_and_fit_a_screen_line() {
        let world = World::build(9, 2026);
        for student in 0..2_000 {
            for moment in world.moments(student) {
                assert!(moment.text.contains(&world.students[student].call));
                assert!(moment.text.chars().count() <= 30, "{}", moment.text);
            }
        }
    }

    #[test]
    fn praises_go_round_the_five_stars() {
        let world = World::build(9, 2026);
        let mut seen = [0_u32; DIMENSIONS];
        (0..2_000)
            .flat_map(|n| world.praises(n, 2))
            .for_each(|d| seen[d] += 1);
        assert!(seen.iter().all(|n| (150..450).contains(n)), "{seen:?}");
    }
}
