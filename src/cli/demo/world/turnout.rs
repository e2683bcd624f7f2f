//! Who takes part: the excused, the forgetful, the families that answer, the teachers that skip, and
//! how far each class is in the open round. Used by `answers` before anything is answered.

use super::answers::{Ratee, Rater, Voice};
use super::classes::Class;
use super::dice::{Dice, topic};
use super::school::{OPEN_ROUND, World};
use super::staff::Role;

const EXCUSED: f64 = 0.012;
const STOPS_HALFWAY: f64 = 0.025;
/// One class (its position) no teacher looked at in one published round: ranked on three voices.
const UNRATED_CLASS: (usize, usize) = (18, 2);
/// Seats that are already done where the open round has only just begun.
const EARLY_SEATS: [u32; 3] = [3, 8, 15];

impl World {
    /// Why a child is excused in a round (病假 or 事假), if it is. Nobody is, yet, in the open round's
    /// classes that have just begun.
    pub fn excused(&self, student: usize, round: usize) -> Option<&'static str> {
        let dice = self.dice.about(topic("excused")).nth(student).nth(round);
        let fresh =
            round == OPEN_ROUND && self.class_of(student).is_some_and(|c| c.first_of_segment);
        (!fresh && dice.chance(EXCUSED)).then(|| {
            if dice.about(1).chance(0.8) {
                "病假"
            } else {
                "事假"
            }
        })
    }

    /// Share of the class that is done in the open round: a few where it has just begun, else 40–90 %.
    pub fn progress(&self, class: usize) -> f64 {
        match self.classes.get(class) {
            Some(class) if class.first_of_segment => 3.0 / 45.0,
            _ => 0.40 + 0.50 * self.dice.about(topic("progress")).nth(class).unit(),
        }
    }

    /// Whether this rater hands in a sheet about this ratee in this round.
    pub fn takes_part(&self, voice: Voice, rater: Rater, ratee: Ratee, round: usize) -> bool {
        match rater {
            Rater::Student(child) => self.child_takes_part(voice, child, ratee, round),
            Rater::Teacher(teacher) => self.teacher_takes_part(teacher, ratee, round),
            Rater::Family(child) => self.family_takes_part(child, ratee, round),
        }
    }

    fn child_takes_part(&self, voice: Voice, child: usize, ratee: Ratee, round: usize) -> bool {
        let dice = self.dice.about(topic("turnout")).nth(child).nth(round);
        if self.excused(child, round).is_some() || !self.comes(child, dice, round) {
            return false;
        }
        match (voice, ratee) {
            (Voice::Itself, Ratee::Class(_)) => dice.about(3).chance(0.9),
            (Voice::Peer, Ratee::Student(other)) if dice.about(4).chance(STOPS_HALFWAY) => {
                dice.about(5).nth(other).chance(0.5)
            }
            _ => true,
        }
    }

    fn comes(&self, child: usize, dice: Dice, round: usize) -> bool {
        let Some(student) = self.students.get(child) else {
            return false;
        };
        let turnout = self
            .truth
            .classes
            .get(student.class)
            .map_or(0.0, |c| c.turnout);
        if round < OPEN_ROUND {
            return dice.about(1).chance(turnout);
        }
        let fresh = self
            .classes
            .get(student.class)
            .is_some_and(|c| c.first_of_segment);
        if fresh {
            EARLY_SEATS.contains(&student.seat)
        } else {
            dice.about(2).chance(self.progress(student.class))
        }
    }

    /// Homeroom teachers nearly always; the others by a rota of three rounds, less what they skip.
    fn teacher_takes_part(&self, teacher: usize, ratee: Ratee, round: usize) -> bool {
        let Some(class) = self.class_position(ratee) else {
            return false;
        };
        let Some(role) = self.teachers.get(teacher).and_then(|t| t.role_in(class)) else {
            return false;
        };
        let dice = self
            .dice
            .about(topic("teacher turnout"))
            .nth(teacher)
            .nth(round)
            .nth(class);
        let silent = self.truth.teachers.get(teacher).is_none_or(|t| t.silent);
        let turn = role == Role::Homeroom || (round + teacher).is_multiple_of(3);
        let skips = dice.chance(if role == Role::Homeroom { 0.03 } else { 0.12 });
        let early = round == OPEN_ROUND && (self.just_begun(class) || dice.about(1).chance(0.5));
        let overlooks = matches!(ratee, Ratee::Student(n) if dice.about(2).nth(n).chance(0.008));
        (class, round) != UNRATED_CLASS && turn && !silent && !skips && !early && !overlooks
    }

    fn family_takes_part(&self, child: usize, ratee: Ratee, round: usize) -> bool {
        let Some(family) = self.truth.families.get(child) else {
            return false;
        };
        let dice = self
            .dice
            .about(topic("family turnout"))
            .nth(child)
            .nth(round);
        let hurry = if round == OPEN_ROUND { 0.5 } else { 1.0 };
        let begun = round < OPEN_ROUND || !self.class_of(child).is_some_and(|c| c.first_of_segment);
        let class_too = !matches!(ratee, Ratee::Class(_)) || dice.about(1).chance(0.9);
        !family.absent && begun && class_too && dice.chance(family.diligence * hurry)
    }

    fn class_position(&self, ratee: Ratee) -> Option<usize> {
        match ratee {
            Ratee::Student(student) => self.students.get(student).map(|s| s.class),
            Ratee::Class(class) => Some(class),
        }
    }

    fn just_begun(&self, class: usize) -> bool {
        self.classes
            .get(class)
            .is_some_and(|c: &Class| c.first_of_segment)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn done(world: &World, class: usize, round: usize) -> f64 {
        let students = world.classes[class].students.clone();
        let size = f64::from(u32::try_from(students.len()).unwrap());
        let done = students
            .filter(|s| {
                world.takes_part(Voice::Itself, Rater::Student(*s), Ratee::Student(*s), round)
            })
            .count();
        f64::from(u32::try_from(done).unwrap()) / size
    }

    #[test]
    fn published_rounds_are_nearly_complete() {
        let world = World::build(4, 2026);
        let all = (0..45).map(|class| done(&world, class, 3)).sum::<f64>() / 45.0;
        assert!((0.90..0.98).contains(&all), "{all}");
    }

    #[test]
    fn the_open_round_has_just_begun_in_the_first_class_of_each_segment() {
        let world = World::build(4, 2026);
        for class in 0..45 {
            let share = done(&world, class, OPEN_ROUND);
            let fresh = ["101", "301", "501"].contains(&world.classes[class].code.as_str());
            let expected = if fresh { 0.06..0.08 } else { 0.2..1.0 };
            assert!(
                expected.contains(&share),
                "{} {share}",
                world.classes[class].code
            );
        }
    }

    #[test]
    fn one_class_is_ranked_on_three_voices() {
        let world = World::build(4, 2026);
        let (class, round) = UNRATED_CLASS;
        assert!((0..111).all(|t| !world.takes_part(
            Voice::Teacher,
            Rater::Teacher(t),
            Ratee::Class(class),
            round
        )));
        let others = (0..45).filter(|c| *c != class).filter(|class| {
            (0..111).any(|t| {
                world.takes_part(
                    Voice::Teacher,
                    Rater::Teacher(t),
                    Ratee::Class(*class),
                    round,
                )
            })
        });
        assert!(others.count() >= 42);
    }

    #[test]
    fn a_few_are_excused() {
        let world = World::build(4, 2026);
        let excused = (0..2_000)
            .filter(|s| world.excused(*s, 1).is_some())
            .count();
        assert!((10..40).contains(&excused), "{excused}");
    }
}
