//! What people write: term comments of 60 to 120 characters composed from what a child is good at,
//! and the short words on sheets. Used by `answers` and by the demo's comment page.

use super::answers::{Ratee, Rater, Voice, pair};
use super::dice::{Dice, topic};
use super::school::{OPEN_ROUND, World};
use super::words::{self, Bank};

/// A closing is added while the whole stays within this many characters.
const ROOM: usize = 118;

impl World {
    /// The homeroom teacher's 评语 of the term: a greeting, two things seen, one wish.
    pub fn term_comment(&self, student: usize) -> String {
        let Some(child) = self.students.get(student) else {
            return String::new();
        };
        let dice = self.dice.about(topic("term comment")).nth(student);
        let [best, second, .., last] = self.truth.best_first(student, OPEN_ROUND);
        let mut text = dice
            .about(1)
            .word(words::OPENINGS)
            .replace("{n}", &child.call);
        text.push_str(from_bank(dice.about(2), &words::EVIDENCE, best));
        text.push_str(from_bank(dice.about(3), &words::EVIDENCE, second));
        text.push_str(from_bank(dice.about(4), &words::WISHES, last));
        let closing = dice.about(5).word(words::CLOSINGS);
        if text.chars().count() + closing.chars().count() <= ROOM {
            text.push_str(closing);
        }
        text
    }

    /// The comment on a sheet about a child: chips from classmates, a line from some families.
    pub(super) fn comment(
        &self,
        voice: Voice,
        rater: Rater,
        ratee: Ratee,
        round: usize,
    ) -> Option<String> {
        let Ratee::Student(student) = ratee else {
            return None;
        };
        let dice = pair(self.dice.about(topic("comment")), rater, ratee).nth(round);
        let text = match voice {
            Voice::Peer if self.careless(rater) => dice.chance(0.05).then_some("很好")?,
            Voice::Peer => dice
                .chance(0.14)
                .then(|| from_bank(dice.about(1), &words::CHIPS, self.shining(student, dice)))?,
            Voice::Parent => dice
                .chance(0.35)
                .then(|| dice.about(1).word(words::FAMILY))?,
            Voice::Itself | Voice::Teacher => return None,
        };
        Some(text.to_owned())
    }

    /// One of the child's two best dimensions.
    pub(super) fn shining(&self, student: usize, dice: Dice) -> usize {
        let [best, second, ..] = self.truth.best_first(student, 0);
        if dice.about(topic("shining")).chance(0.6) {
            best
        } else {
            second
        }
    }
}

pub fn from_bank(dice: Dice, bank: &Bank, dimension: usize) -> &'static str {
    bank.get(dimension)
        .map(|sentences| dice.word(sentences))
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn term_comments_have_60_to_120_characters() {
        let world = World::build(6, 2026);
        for student in 0..2_000 {
            let text = world.term_comment(student);
            let length = text.chars().count();
            assert!((60..=120).contains(&length), "{length}: {text}");
            assert!(text.starts_with(&world.students[student].call) && !text.contains("{n}"));
        }
    }

    #[test]
    fn hardly_two_term_comments_are_alike() {
        let world = World::build(6, 2026);
        let bodies = |n: usize| world.term_comment(n).chars().skip(4).collect::<String>();
        assert!((0..2_000).map(bodies).collect::<BTreeSet<_>>().len() > 1_900);
    }

    #[test]
    fn every_bank_is_filled_without_negative_labels() {
        let banks = [
            &words::EVIDENCE,
            &words::WISHES,
            &words::MOMENTS,
            &words::CHIPS,
        ];
        let lines: Vec<&str> = banks
            .iter()
            .flat_map(|b| b.iter())
            .flat_map(|l| l.iter().copied())
            .collect();
        assert!(lines.len() > 100 && lines.iter().all(|line| !line.is_empty()));
        assert_eq!(lines.iter().collect::<BTreeSet<_>>().len(), lines.len());
        for word in ["差", "笨", "懒", "落后", "倒数", "不如", "调皮", "必须"] {
            assert!(lines.iter().all(|line| !line.contains(word)), "{word}");
        }
    }
}
