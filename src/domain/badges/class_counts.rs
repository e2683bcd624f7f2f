//! Badges of classes that go by counts: children of whom a moment was told, weeks with a flag.

use chrono::NaiveDate;

use super::{Award, Condition, Flags, Key, Recipient, Rule, TERM, at_least};
use crate::domain::week_index::FlagKind;

/// What was counted of a class in a term.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ClassCounts {
    pub class: String,
    pub children: u32,
    /// Children of whom a moment was released.
    pub shining: u32,
    /// The Mondays of the decided weeks in which it won a flag, oldest first.
    pub flags: Vec<(NaiveDate, FlagKind)>,
}

/// The awards of classes that follow from a rule; none from a rule about children.
pub(super) fn of_classes(rule: &Rule, classes: &[ClassCounts]) -> Vec<Award> {
    let of_one = |class: &ClassCounts| match &rule.when {
        Condition::Shining { at_least } => shines(rule, *at_least, class),
        Condition::Flags(flags) => won(rule, flags, class),
        _ => Vec::new(),
    };
    classes.iter().flat_map(of_one).collect()
}

fn shines(rule: &Rule, bound: f64, class: &ClassCounts) -> Vec<Award> {
    let share = f64::from(class.shining) / f64::from(class.children.max(1));
    let evidence = format!("shining={};children={}", class.shining, class.children);
    let is_met = class.children > 0 && at_least(share, bound);
    let met = is_met.then(|| award(rule, &rule.tier, class, evidence));
    met.into_iter().collect()
}

fn won(rule: &Rule, flags: &Flags, class: &ClassCounts) -> Vec<Award> {
    let of_kind = class.flags.iter().filter(|(_, kind)| *kind == flags.kind);
    let weeks: Vec<String> = of_kind.map(|(monday, _)| monday.to_string()).collect();
    let steps = rule.steps(&flags.at_least).into_iter();
    let reached = steps.filter_map(|(tier, bound)| {
        let weeks = weeks.get(..usize::try_from(bound).ok()?)?.join(" ");
        let evidence = format!("count.{}={bound};entries={weeks}", flags.kind.key());
        Some(award(rule, tier, class, evidence))
    });
    reached.collect()
}

fn award(rule: &Rule, tier: &str, class: &ClassCounts, evidence: String) -> Award {
    Award {
        key: Key {
            recipient_kind: Recipient::Class,
            recipient: class.class.clone(),
            badge: rule.badge(None),
            tier: tier.to_owned(),
            round: TERM.to_owned(),
        },
        evidence,
        rests_on_peer: false,
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::{
            Counted, Rules,
            counts::{Occasion, Tally, evaluate},
            counts_tests::{rule, rules},
        },
        *,
    };

    fn given(rules: &Rules, classes: &[ClassCounts], occasion: Occasion) -> Vec<Award> {
        let tally = Tally {
            dimensions: &[],
            children: &[],
            classes,
        };
        evaluate(rules, tally, occasion)
    }

    fn of_class(when: Condition, tier: &str) -> Rules {
        let mut one = rule("a", tier, Counted::Moments, &[1]);
        (one.recipient, one.when) = (Recipient::Class, when);
        rules(vec![one])
    }

    #[test]
    fn a_class_shines_when_everybody_was_seen() {
        let shining = of_class(Condition::Shining { at_least: 1.0 }, "star");
        let class = |class: &str, shining| ClassCounts {
            class: class.to_owned(),
            children: 3,
            shining,
            flags: Vec::new(),
        };
        let classes = [class("101", 3), class("102", 2)];
        let found = given(&shining, &classes, Occasion::Publication);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].key.recipient, "101");
        assert!(given(&shining, &classes, Occasion::Change).is_empty());
    }

    #[test]
    fn weeks_with_the_flag_grow_a_badge_at_once_and_the_other_flag_does_not() {
        let kind = FlagKind::Flag;
        let at_least = vec![1, 3, 6];
        let flags = of_class(Condition::Flags(Flags { kind, at_least }), "grow");
        let monday =
            |week: u64| NaiveDate::from_ymd_opt(2026, 9, 7).unwrap() + chrono::Days::new(7 * week);
        let class = |class: &str, won: &[(u64, FlagKind)]| ClassCounts {
            class: class.to_owned(),
            flags: won
                .iter()
                .map(|(week, kind)| (monday(*week), *kind))
                .collect(),
            ..ClassCounts::default()
        };
        let progress = FlagKind::Progress;
        let classes = [
            class("101", &[(0, kind), (1, progress), (2, kind), (4, kind)]),
            class("102", &[(0, progress), (1, progress), (2, progress)]),
        ];
        let found = given(&flags, &classes, Occasion::Change);
        let told: Vec<(&str, &str, &str)> = found
            .iter()
            .map(|a| {
                (
                    a.key.recipient.as_str(),
                    a.key.tier.as_str(),
                    a.evidence.as_str(),
                )
            })
            .collect();
        let three = "count.flag=3;entries=2026-09-07 2026-09-21 2026-10-05";
        let one = "count.flag=1;entries=2026-09-07";
        assert_eq!(told, [("101", "bloom", three), ("101", "sprout", one)]);
    }
}
