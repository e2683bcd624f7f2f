//! What the duty posts wrote down: full marks less a little, per class and school day.
//! Used by the demo for the term's inspections and by the fixtures.

use super::dice::topic;
use super::posts::Post;
use super::school::World;

/// One line of `inspections.csv` without date and round.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    /// Position of the class.
    pub class: usize,
    /// Id of the rubric's `[[item]]`.
    pub item: &'static str,
    pub full: f64,
    pub points: f64,
    /// Why something was taken off, a chip of the monitor's form.
    pub reason: Option<&'static str>,
    /// Position of the child who checked.
    pub monitor: usize,
}

/// Full marks of an item and the weekdays (0 = Monday) on which it is looked at.
const ITEMS: [(&str, f64, &[usize]); 6] = [
    ("discipline", 10.0, &[0, 1, 2, 3, 4]),
    ("hygiene", 10.0, &[0, 1, 2, 3, 4]),
    ("courtesy", 10.0, &[1, 3]),
    ("assembly", 5.0, &[0]),
    ("recess", 10.0, &[0, 2, 4]),
    ("reading", 5.0, &[2, 4]),
];

const REASONS: [(&str, &[&str]); 6] = [
    (
        "discipline",
        &["课间追跑", "早读说话", "上课铃响后还没坐好"],
    ),
    (
        "hygiene",
        &["地面有纸屑", "黑板没擦", "桌椅没对齐", "垃圾桶满了"],
    ),
    (
        "courtesy",
        &["校门口没问好", "红领巾没戴好", "走廊里大声喊"],
    ),
    ("assembly", &["集合慢了", "队伍没对齐"]),
    ("recess", &["出操慢了", "动作没做到位", "队伍里说话"]),
    ("reading", &["还没安静下来", "有同学没带书"]),
];

/// Full marks of an item.
pub fn full_of(item: &str) -> f64 {
    let known = ITEMS.iter().find(|(id, ..)| *id == item);
    known.map_or(10.0, |(_, full, _)| *full)
}

impl World {
    /// What a post hands in on a school day. `day` counts school days from 0, five a week, so that
    /// `day / 5` is the round and `day % 5` the weekday. Now and then a post misses a class.
    pub fn checks(&self, post: &Post, day: usize) -> Vec<Check> {
        let items = ITEMS
            .iter()
            .filter(|(id, _, days)| post.items.contains(id) && days.contains(&(day % 5)));
        let each = |item| {
            post.classes
                .iter()
                .filter_map(move |class| self.check(post, item, *class, day))
        };
        items.flat_map(each).collect()
    }

    /// What the second monitors of a post write down: mostly the same, now and then half a point less.
    pub fn second_looks(&self, post: &Post, day: usize) -> Vec<Check> {
        let looks = self.checks(post, day).into_iter().filter_map(|first| {
            let dice = self.dice.about(topic("second look"));
            let dice = dice.about(topic(first.item)).nth(first.class).nth(day);
            let monitor = post.second_of(self.classes.get(first.class)?, day)?;
            let less = dice.about(1).chance(0.2) && first.points >= 1.0;
            let points = if less {
                first.points - 0.5
            } else {
                first.points
            };
            let missing = || dice.about(2).word(reasons(first.item));
            Some(Check {
                points,
                reason: first.reason.or_else(|| less.then(missing)),
                monitor,
                ..first
            })
        });
        looks.collect()
    }

    fn check(
        &self,
        post: &Post,
        item: &(&'static str, f64, &[usize]),
        class: usize,
        day: usize,
    ) -> Option<Check> {
        let (id, full, _) = *item;
        let dice = self
            .dice
            .about(topic("inspection"))
            .about(topic(id))
            .nth(class)
            .nth(day);
        if dice.about(1).chance(0.02) {
            return None;
        }
        let climate = self.truth.classes.get(class)?;
        let rounds = f64::from(u32::try_from(day / 5).unwrap_or(0));
        let rate = (climate.inspected + rounds * climate.inspected_growth).clamp(0.7, 0.995);
        let taken = taken_off(full * (1.0 - rate), dice.about(2).unit());
        Some(Check {
            class,
            item: id,
            full,
            points: (full - taken).max(0.0),
            reason: (taken > 0.0).then(|| dice.about(3).word(reasons(id))),
            monitor: post.monitor_of(self.classes.get(class)?, day),
        })
    }
}

/// Half points with the given mean, few large ones: a geometric draw by its inverse.
fn taken_off(mean: f64, luck: f64) -> f64 {
    let halves = 2.0 * mean;
    let stay = halves / (1.0 + halves);
    let (mut chance, mut taken) = (stay, 0.0);
    while luck < chance && taken < 3.0 {
        chance *= stay;
        taken += 0.5;
    }
    taken
}

fn reasons(item: &str) -> &'static [&'static str] {
    REASONS
        .iter()
        .find(|(id, _)| *id == item)
        .map_or(&[], |(_, reasons)| reasons)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn term(world: &World) -> Vec<Check> {
        let days = (0..42).flat_map(|day| world.posts.iter().map(move |post| (post, day)));
        days.flat_map(|(post, day)| world.checks(post, day))
            .collect()
    }

    #[test]
    fn a_second_look_is_mostly_the_same_and_by_somebody_else() {
        let world = World::build(2, 2026);
        let post = world.posts.iter().find(|p| p.second.is_some()).unwrap();
        let (mut all, mut other) = (0, 0);
        for day in 0..42 {
            let (firsts, seconds) = (world.checks(post, day), world.second_looks(post, day));
            assert_eq!(firsts.len(), seconds.len());
            for (first, second) in firsts.iter().zip(&seconds) {
                assert_ne!(first.monitor, second.monitor);
                assert_eq!(second.reason.is_some(), second.points < second.full);
                (all, other) = (all + 1, other + usize::from(first.points != second.points));
            }
        }
        assert!(other > 0 && other * 2 < all, "{other} of {all} differ");
    }

    #[test]
    fn points_are_half_steps_between_nothing_and_full() {
        for check in term(&World::build(2, 2026)) {
            assert!(
                (0.0..=check.full).contains(&check.points) && (check.points * 2.0).fract() == 0.0
            );
            assert_eq!(
                check.reason.is_some(),
                check.points < check.full,
                "{check:?}"
            );
        }
    }

    #[test]
    fn most_checks_are_nearly_full_and_classes_differ() {
        let world = World::build(2, 2026);
        let checks = term(&world);
        assert!((6_000..7_500).contains(&checks.len()), "{}", checks.len());
        let rate = |class: usize| {
            let own = checks.iter().filter(|c| c.class == class);
            let (points, full) = own.fold((0.0, 0.0), |(p, f), c| (p + c.points, f + c.full));
            points / full
        };
        let rates: Vec<f64> = (0..45).map(rate).collect();
        let (low, high) = (
            rates.iter().copied().fold(1.0, f64::min),
            rates.iter().copied().fold(0.0, f64::max),
        );
        assert!(
            low > 0.80 && high < 1.0 && high - low > 0.04,
            "{low} {high}"
        );
    }
}
