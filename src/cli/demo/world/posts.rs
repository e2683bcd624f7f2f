//! The duty posts (监督岗) of the demo school and the high-segment children on them.
//! Used by `inspections` and by the demo, which makes their accounts and today's sheets.

use super::classes::{Class, Segment};
use super::dice::{Dice, topic};

/// One post looks at the classes of one segment for the items it knows about.
#[derive(Clone, Debug)]
pub struct Post {
    pub name: String,
    /// Ids of the rubric's `[[item]]`.
    pub items: &'static [&'static str],
    /// When the post is on duty, school time, minutes after midnight.
    pub from: u32,
    pub to: u32,
    /// Positions of the classes that this post checks.
    pub classes: Vec<usize>,
    /// Two children of different high-segment classes, so that nobody checks the own class.
    pub monitors: [usize; 2],
    /// Two more who look at the same classes a second time.
    pub second: Option<[usize; 2]>,
}

impl Post {
    /// Who of the two checks the class on a school day (counted from 0): by turns, never the own class.
    pub fn monitor_of(&self, class: &Class, day: usize) -> usize {
        by_turns(self.monitors, class, day)
    }

    /// Who looks at it a second time.
    pub fn second_of(&self, class: &Class, day: usize) -> Option<usize> {
        self.second.map(|both| by_turns(both, class, day))
    }
}

fn by_turns([first, second]: [usize; 2], class: &Class, day: usize) -> usize {
    let turn = if day.is_multiple_of(2) { first } else { second };
    let other = if turn == first { second } else { first };
    if class.students.contains(&turn) {
        other
    } else {
        turn
    }
}

type Kind = (&'static str, &'static [&'static str], u32, u32);

const KINDS: [Kind; 5] = [
    (
        "纪律岗",
        &["discipline", "assembly"],
        7 * 60 + 40,
        8 * 60 + 20,
    ),
    ("卫生岗", &["hygiene"], 7 * 60 + 40, 8 * 60 + 20),
    ("礼仪岗", &["courtesy"], 7 * 60 + 20, 8 * 60),
    ("健体岗", &["recess"], 9 * 60 + 40, 10 * 60 + 20),
    ("阅读岗", &["reading"], 12 * 60 + 30, 13 * 60 + 20),
];

/// The post that looks twice: the kind and the segment.
const TWICE: (&str, Segment) = ("卫生岗", Segment::High);
/// Number of its second monitors among all.
const SECOND: usize = 30;

const SEGMENTS: [(Segment, &str); 3] = [
    (Segment::Low, "低段"),
    (Segment::Middle, "中段"),
    (Segment::High, "高段"),
];

pub fn posts(dice: Dice, classes: &[Class]) -> Vec<Post> {
    let dice = dice.about(topic("monitors"));
    let high: Vec<&Class> = classes
        .iter()
        .filter(|c| c.segment() == Segment::High)
        .collect();
    let mut list = Vec::new();
    for (name, items, from, to) in KINDS {
        for (segment, label) in SEGMENTS {
            let number = 2 * list.len();
            list.push(Post {
                name: format!("{name}·{label}"),
                items,
                from,
                to,
                classes: (0..classes.len())
                    .filter(|c| classes.get(*c).is_some_and(|c| c.segment() == segment))
                    .collect(),
                monitors: [
                    monitor(dice, &high, number),
                    monitor(dice, &high, number + 1),
                ],
                second: (TWICE == (name, segment)).then(|| {
                    [
                        monitor(dice, &high, SECOND),
                        monitor(dice, &high, SECOND + 1),
                    ]
                }),
            });
        }
    }
    list
}

/// Neighbouring numbers fall into different classes; 30 monitors and two who look again, each on one post.
fn monitor(dice: Dice, high: &[&Class], number: usize) -> usize {
    let class = high
        .get(number % high.len().max(1))
        .map(|c| c.students.clone())
        .unwrap_or_default();
    let third = class.len() / 3;
    class.start + third * (number / high.len().max(1)) + dice.nth(number).below(third)
}

#[cfg(test)]
mod tests {
    use super::super::World;
    use std::collections::BTreeSet;

    #[test]
    fn thirty_monitors_of_the_high_segment_each_on_one_post() {
        let world = World::build(5, 2026);
        let posts = world.posts.iter();
        let all = posts.flat_map(|p| p.monitors.into_iter().chain(p.second.into_iter().flatten()));
        let monitors: BTreeSet<usize> = all.collect();
        assert_eq!((world.posts.len(), monitors.len()), (15, 32));
        assert!(
            monitors
                .iter()
                .all(|m| world.class_of(*m).is_some_and(|c| c.grade >= 5))
        );
    }

    #[test]
    fn nobody_checks_the_own_class() {
        let world = World::build(5, 2026);
        for (post, day) in world
            .posts
            .iter()
            .flat_map(|p| (0..4).map(move |day| (p, day)))
        {
            for class in post.classes.iter().filter_map(|c| world.classes.get(*c)) {
                assert!(!class.students.contains(&post.monitor_of(class, day)));
                let second = post.second_of(class, day);
                assert!(second.is_none_or(|at| !class.students.contains(&at)));
            }
        }
    }
}
