//! The festivals that the demo's school has had: which classes took part, who of them, and the words for a few children
//! and one team a class. Used by the demo.

use super::dice::{Dice, topic};
use super::school::World;

/// A festival of the whole school.
#[derive(Clone, Copy, Debug)]
pub struct Festival {
    /// Of `domain::festivals`.
    pub kind: &'static str,
    pub name: &'static str,
    /// The week of this round, and its day from Monday as 0.
    pub round: usize,
    pub weekday: usize,
    /// How many of the classes are in it.
    classes: f64,
    /// For one child, and for a team of four.
    words: [&'static str; 3],
    team: &'static str,
}

/// Oldest first.
pub const FESTIVALS: [Festival; 2] = [
    Festival {
        kind: "science",
        name: "科技节",
        round: 3,
        weekday: 4,
        classes: 0.9,
        words: ["最会提问", "纸桥最结实", "观察最仔细"],
        team: "合作最默契的小队",
    },
    Festival {
        kind: "arts",
        name: "艺术节",
        round: 6,
        weekday: 3,
        classes: 0.6,
        words: ["颜色用得最大胆", "唱得最投入", "剪纸最巧"],
        team: "一起完成了大画卷",
    },
];

/// What a class's children did in a festival, by their places in the world.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    pub children: Vec<usize>,
    /// Words, and for whom.
    pub awards: Vec<(&'static str, Vec<usize>)>,
}

/// How many children make a team.
const TEAM: usize = 4;
/// How likely a child of a class that is in it took part.
const TOOK_PART: f64 = 0.8;

impl World {
    /// What the class at this place did; nothing where it was not in it.
    pub fn festival(&self, festival: &Festival, class: usize) -> Part {
        let dice = self.dice.about(topic(festival.kind)).nth(class);
        if !dice.chance(festival.classes) {
            return Part::default();
        }
        let all = self.students.iter().enumerate();
        let all = all.filter(|(_, child)| child.class == class);
        let took = |place: &usize| dice.about(topic("took part")).nth(*place).chance(TOOK_PART);
        let children: Vec<usize> = all.map(|(place, _)| place).filter(took).collect();
        Part {
            awards: awards(dice, festival, &children),
            children,
        }
    }
}

/// A team, and a word for two more.
fn awards(dice: Dice, festival: &Festival, children: &[usize]) -> Vec<(&'static str, Vec<usize>)> {
    let first = dice.about(topic("team")).below(children.len());
    let mut turn = children.iter().copied().cycle().skip(first);
    let team: Vec<usize> = turn.by_ref().take(TEAM).collect();
    let word = dice.about(topic("words")).below(festival.words.len());
    let words = festival.words.iter().copied().cycle().skip(word).take(2);
    let alone = words.zip(turn.map(|child| vec![child]));
    match children.len() > TEAM + 2 {
        true => [(festival.team, team)].into_iter().chain(alone).collect(),
        false => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn most_classes_are_in_it_and_awards_go_to_children_who_took_part() {
        let world = World::build(7, 2026);
        for festival in &FESTIVALS {
            let parts = (0..world.classes.len()).map(|class| world.festival(festival, class));
            let parts: Vec<Part> = parts.filter(|part| !part.children.is_empty()).collect();
            assert!(2 * parts.len() > world.classes.len(), "{}", festival.kind);
            for part in parts {
                let told = part.awards.iter().flat_map(|(_, children)| children);
                assert!(told.clone().all(|child| part.children.contains(child)));
                assert_eq!(told.count(), TEAM + 2);
            }
        }
    }
}
