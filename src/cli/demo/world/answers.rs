//! What somebody answers about somebody: a latent number of stars from `truth`, the rater's habits,
//! noise, and the nearest anchor. `World::sheet` is all that the demo needs of it.

use super::dice::{Dice, topic};
use super::school::World;
use super::truth::CLASS_QUESTIONS;

/// The four sources of scoring.md; `Itself` is `self`, about oneself or the own class.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    Itself,
    Peer,
    Teacher,
    Parent,
}

/// Positions in `World::students` and `World::teachers`; a family goes by its child.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rater {
    Student(usize),
    Teacher(usize),
    Family(usize),
}

/// Positions in `World::students` and `World::classes`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ratee {
    Student(usize),
    Class(usize),
}

/// One indicator as far as an answer depends on it.
#[derive(Clone, Copy, Debug)]
pub struct Question {
    /// Position of the dimension in the rubric; for a class: which of its questions.
    pub dimension: usize,
    /// Position of the indicator in the rubric.
    pub indicator: usize,
    /// How many anchors the ratee's segment has.
    pub anchors: u32,
}

/// What one rater hands in: an anchor per question (`None` = 没看见), the time taken and a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sheet {
    pub answers: Vec<Option<u32>>,
    pub seconds: u32,
    pub comment: Option<String>,
}

/// How one voice sees: shift in stars, sd of its noise, chance of not having seen it.
struct Eyes {
    shift: f64,
    noise: f64,
    unseen: f64,
}

impl World {
    /// The whole sheet, or `None` where this rater does not hand one in.
    pub fn sheet(
        &self,
        voice: Voice,
        rater: Rater,
        ratee: Ratee,
        questions: &[Question],
        round: usize,
    ) -> Option<Sheet> {
        if !self.takes_part(voice, rater, ratee, round) {
            return None;
        }
        let answers = questions
            .iter()
            .map(|q| self.answer(voice, rater, ratee, *q, round))
            .collect();
        let seconds = self.seconds(voice, rater, ratee, round, questions.len());
        Some(Sheet {
            answers,
            seconds,
            comment: self.comment(voice, rater, ratee, round),
        })
    }

    /// An anchor 1…n, or `None` for 没看见. Careless children take the top of the scale throughout.
    pub fn answer(
        &self,
        voice: Voice,
        rater: Rater,
        ratee: Ratee,
        question: Question,
        round: usize,
    ) -> Option<u32> {
        if self.careless(rater) {
            return Some(question.anchors);
        }
        let dice = pair(self.dice.about(topic("answer")), rater, ratee)
            .nth(round)
            .nth(question.indicator);
        let eyes = self.eyes(voice, rater);
        if dice.about(1).chance(eyes.unseen) {
            return None;
        }
        let difficulty = 0.18
            * self
                .dice
                .about(topic("difficulty"))
                .nth(question.indicator)
                .normal();
        let stars = self.latent(ratee, question, round)
            + difficulty
            + eyes.shift
            + eyes.noise * dice.normal();
        Some(nearest_anchor(stars, question.anchors))
    }

    /// Whether a child ticks the top of the scale without looking.
    pub fn careless(&self, rater: Rater) -> bool {
        matches!(rater, Rater::Student(n) if self.truth.children.get(n).is_some_and(|c| c.careless))
    }

    /// Seconds for a sheet of so many questions; the careless are done in one or two each.
    pub fn seconds(
        &self,
        voice: Voice,
        rater: Rater,
        ratee: Ratee,
        round: usize,
        questions: usize,
    ) -> u32 {
        let dice = pair(self.dice.about(topic("seconds")), rater, ratee).nth(round);
        let pace = match voice {
            _ if self.careless(rater) => 1,
            Voice::Teacher => 2,
            Voice::Parent => 9,
            Voice::Itself | Voice::Peer => 4,
        };
        let each = |n: usize| {
            pace + u32::try_from(dice.nth(n).below(2 * usize::try_from(pace).unwrap_or(1)))
                .unwrap_or(0)
        };
        (0..questions).map(each).sum()
    }

    fn eyes(&self, voice: Voice, rater: Rater) -> Eyes {
        match (voice, rater) {
            (Voice::Itself, Rater::Student(n)) => Eyes {
                shift: self.truth.children.get(n).map_or(0.0, |c| c.self_view),
                noise: 0.45,
                unseen: 0.01,
            },
            (_, Rater::Student(n)) => Eyes {
                shift: self.truth.children.get(n).map_or(0.0, |c| c.severity),
                noise: 0.70,
                unseen: 0.06,
            },
            (_, Rater::Teacher(n)) => Eyes {
                shift: self.truth.teachers.get(n).map_or(0.0, |t| t.severity),
                noise: 0.40,
                unseen: 0.04,
            },
            (_, Rater::Family(n)) => Eyes {
                shift: self.truth.families.get(n).map_or(0.0, |f| f.kindness),
                noise: 0.45,
                unseen: 0.03,
            },
        }
    }

    /// Stars before anybody's habits; a child may be better at one indicator than at its neighbour.
    fn latent(&self, ratee: Ratee, question: Question, round: usize) -> f64 {
        match ratee {
            Ratee::Student(n) => {
                let own = self
                    .dice
                    .about(topic("knack"))
                    .nth(n)
                    .nth(question.indicator);
                self.truth.stars(n, question.dimension, round) + 0.25 * own.normal()
            }
            Ratee::Class(n) => {
                let climate = self.truth.classes.get(n);
                climate
                    .and_then(|c| c.questions.get(question.dimension % CLASS_QUESTIONS))
                    .copied()
                    .unwrap_or(3.7)
            }
        }
    }
}

/// Dice about one rater and one ratee.
pub fn pair(dice: Dice, rater: Rater, ratee: Ratee) -> Dice {
    let dice = match rater {
        Rater::Student(n) => dice.about(1).nth(n),
        Rater::Teacher(n) => dice.about(2).nth(n),
        Rater::Family(n) => dice.about(3).nth(n),
    };
    match ratee {
        Ratee::Student(n) => dice.about(1).nth(n),
        Ratee::Class(n) => dice.about(2).nth(n),
    }
}

/// The anchor whose star value (1 + 4(a−1)/(n−1)) is nearest.
fn nearest_anchor(stars: f64, anchors: u32) -> u32 {
    let step = 4.0 / f64::from(anchors.saturating_sub(1).max(1));
    let reaches = |anchor: &u32| stars >= 1.0 + (f64::from(*anchor) - 1.5) * step;
    (1..=anchors).rev().find(reaches).unwrap_or(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(stars: f64, anchors: u32, expected: u32) {
        assert_eq!(
            nearest_anchor(stars, anchors),
            expected,
            "{stars} of {anchors}"
        );
    }

    #[test]
    fn the_nearest_anchor_is_taken() {
        check(3.9, 3, 2);
        check(4.1, 3, 3);
        check(-7.0, 3, 1);
        check(9.0, 5, 5);
        check(3.6, 5, 4);
        check(3.6, 4, 3);
    }

    fn peers(world: &World, ratee: usize) -> impl Iterator<Item = u32> + '_ {
        let class = world.classes[world.students[ratee].class].students.clone();
        let question = Question {
            dimension: 0,
            indicator: 8,
            anchors: 5,
        };
        let raters = class.filter(move |r| *r != ratee).map(Rater::Student);
        raters.filter_map(move |r| world.answer(Voice::Peer, r, Ratee::Student(ratee), question, 2))
    }

    #[test]
    fn classmates_see_what_is_there() {
        let world = World::build(8, 2026);
        let mean = |n: usize| {
            let marks: Vec<f64> = peers(&world, n).map(f64::from).collect();
            marks.iter().sum::<f64>() / f64::from(u32::try_from(marks.len()).unwrap())
        };
        let class = world.classes[40].students.clone();
        let mut order: Vec<usize> = class.collect();
        order.sort_by(|a, b| {
            world
                .truth
                .stars(*a, 0, 2)
                .total_cmp(&world.truth.stars(*b, 0, 2))
        });
        let third = order.len() / 3;
        let low: f64 = order[..third].iter().map(|n| mean(*n)).sum();
        let high: f64 = order[order.len() - third..].iter().map(|n| mean(*n)).sum();
        assert!(
            high > low + 0.4 * f64::from(u32::try_from(third).unwrap()),
            "{low} {high}"
        );
    }

    #[test]
    fn the_careless_always_take_the_top_and_are_quick() {
        let world = World::build(8, 2026);
        let careless = (0..2_000)
            .find(|n| world.careless(Rater::Student(*n)))
            .unwrap();
        let question = Question {
            dimension: 1,
            indicator: 3,
            anchors: 4,
        };
        let ratee = Ratee::Student((careless + 1) % 2_000);
        assert_eq!(
            world.answer(Voice::Peer, Rater::Student(careless), ratee, question, 0),
            Some(4)
        );
        assert!(world.seconds(Voice::Peer, Rater::Student(careless), ratee, 0, 3) <= 6);
    }

    #[test]
    fn an_answer_does_not_depend_on_what_was_asked_before() {
        let world = World::build(8, 2026);
        let ask = |n| {
            world.answer(
                Voice::Itself,
                Rater::Student(9),
                Ratee::Student(9),
                Question {
                    dimension: 2,
                    indicator: n,
                    anchors: 3,
                },
                1,
            )
        };
        let forwards: Vec<_> = (0..9).map(ask).collect();
        let mut backwards: Vec<_> = (0..9).rev().map(ask).collect();
        backwards.reverse();
        assert_eq!(forwards, backwards);
    }
}
