//! What would raise a class's number the most, computed from its steps: the page says it to whoever teaches the class.
//! Used by `web/ranking_class.rs`.

use super::{published::RankedClass, rubric::Component};

/// Fewer contributing students are not ranked (scoring.md 5).
const ENOUGH: usize = 10;
/// From this share on participation counts fully.
const FULL: f64 = 0.95;
/// Less than this many points is not worth a sentence.
const LEAST: f64 = 0.05;
/// So many things are said at most.
const MOST: usize = 3;

/// A class's checks of an item: share of the marks, and the item's weight.
#[derive(Clone, Debug, PartialEq)]
pub struct ItemShare {
    pub name: String,
    pub rate: f64,
    pub weight: f64,
}

/// One thing that would help. Points are those of the class's number, all else being equal.
#[derive(Clone, Debug, PartialEq)]
pub enum Help {
    /// So many more students with a number, and the class is ranked.
    Ranked { more: usize },
    /// So many more students who did everything, and participation counts fully.
    TakePart { more: usize, points: f64 },
    /// Full marks in an item of the checks.
    Item { name: String, points: f64 },
    /// A voice that was not heard and is filled in by the rule.
    Voice(Component),
}

impl Help {
    fn points(&self) -> f64 {
        match self {
            Self::Ranked { .. } => f64::INFINITY,
            Self::TakePart { points, .. } | Self::Item { points, .. } => *points,
            Self::Voice(_) => 0.0,
        }
    }
}

/// How many more of `of` have to do everything so that participation counts fully, `done` of them being there.
///
/// ```
/// use starlight::domain::class_help::missing;
/// assert_eq!([missing(38, 45), missing(43, 45), missing(0, 0)], [5, 0, 0]);
/// ```
pub fn missing(done: usize, of: usize) -> usize {
    // 95 % of people, whole ones: ⌈of · 19 / 20⌉.
    (of * 19).div_ceil(20).saturating_sub(done)
}

/// The most helpful first. `taking_part` is done and of how many.
pub fn help(row: &RankedClass, taking_part: (usize, usize), items: &[ItemShare]) -> Vec<Help> {
    let mut all = Vec::new();
    if row.unranked.is_some() && row.contributing < ENOUGH {
        all.push(Help::Ranked {
            more: ENOUGH - row.contributing,
        });
    }
    all.extend(take_part(row, taking_part));
    all.extend(full_items(row, items));
    let heard = row.components.iter().zip(Component::ALL);
    let unheard = heard.filter(|(step, _)| step.weight > 0.0 && step.value.is_none());
    all.extend(unheard.map(|(_, component)| Help::Voice(component)));
    all.sort_by(|a, b| b.points().total_cmp(&a.points()));
    all.truncate(MOST);
    all
}

/// Points that a rise of a component by so many stars is worth.
fn worth(row: &RankedClass, component: Component, stars: f64) -> f64 {
    25.0 * row.component(component).weight * stars
}

fn take_part(row: &RankedClass, (done, of): (usize, usize)) -> Option<Help> {
    row.component(Component::Participation).value?;
    let more = missing(done, of);
    let real = |n: usize| u32::try_from(n).map_or(0.0, f64::from);
    let share = real(done) / real(of.max(1));
    let points = worth(
        row,
        Component::Participation,
        4.0 * (1.0 - share / FULL).max(0.0),
    );
    (more > 0 && points >= LEAST).then_some(Help::TakePart { more, points })
}

fn full_items(row: &RankedClass, items: &[ItemShare]) -> Vec<Help> {
    let all: f64 = items.iter().map(|item| item.weight).sum();
    let lost = |item: &ItemShare| {
        let points = worth(
            row,
            Component::Peer,
            4.0 * (1.0 - item.rate) * item.weight / all,
        );
        let name = item.name.clone();
        (all > 0.0 && points >= LEAST).then_some(Help::Item { name, points })
    };
    items.iter().filter_map(lost).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::{published::ComponentStep, rubric::COMPONENTS};

    fn row(unheard: Component) -> RankedClass {
        let mut components = [ComponentStep::default(); COMPONENTS];
        for (step, component) in components.iter_mut().zip(Component::ALL) {
            *step = ComponentStep {
                value: (component != unheard).then_some(4.0),
                weight: 0.2,
                ..ComponentStep::default()
            };
        }
        RankedClass {
            components,
            contributing: 7,
            unranked: Some("few_students".to_owned()),
            ..RankedClass::default()
        }
    }

    fn item(name: &str, rate: f64) -> ItemShare {
        ItemShare {
            name: name.to_owned(),
            rate,
            weight: 1.0,
        }
    }

    #[test]
    fn the_most_helpful_comes_first() {
        let items = [item("tidy", 0.9), item("calm", 1.0)];
        let said = help(&row(Component::Parent), (38, 45), &items);
        assert_eq!(said[0], Help::Ranked { more: 3 });
        let Help::TakePart { more: 5, points } = said[1] else {
            panic!("{said:?}");
        };
        // 38 of 45 is 84.4 %: 25 · .2 · 4 · (1 − .8444/.95).
        assert!((points - 2.222).abs() < 0.001, "{points}");
        let Help::Item { points, .. } = &said[2] else {
            panic!("{said:?}");
        };
        assert!((points - 1.0).abs() < 1e-9);
    }

    #[test]
    fn a_class_that_has_everything_needs_nothing() {
        let full = RankedClass {
            unranked: None,
            contributing: 30,
            ..row(Component::Parent)
        };
        assert_eq!(
            help(&full, (45, 45), &[item("tidy", 1.0)]),
            [Help::Voice(Component::Parent)]
        );
    }
}
