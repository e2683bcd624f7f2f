//! Tests of the badges that go by counts: windows, tiers, quotas.

use super::{
    Condition, Count, Counted, Guard, Recipient, Rounds, Rule, Rules, Words,
    counts::{Counts, Deed, Occasion, Tally, evaluate},
    records::{Record, deeds_of},
};
use crate::domain::logs::find;

pub(super) fn rule(id: &str, tier: &str, of: Counted, at_least: &[u32]) -> Rule {
    Rule {
        id: id.to_owned(),
        recipient: Recipient::Student,
        each_dimension: false,
        rounds: Rounds::Term,
        tier: tier.to_owned(),
        picture: "star".to_owned(),
        name: Words::default(),
        text: Words::default(),
        quota: None,
        confirm: false,
        guard: Guard::default(),
        when: Condition::Count(Count {
            of,
            at_least: at_least.to_vec(),
            also: Vec::new(),
            star: None,
            within: None,
            which: None,
            overturned: None,
        }),
    }
}

pub(super) fn with(mut rule: Rule, change: impl FnOnce(&mut Count)) -> Rule {
    if let Condition::Count(count) = &mut rule.when {
        change(count);
    }
    rule
}

pub(super) fn rules(badges: Vec<Rule>) -> Rules {
    Rules { version: 2, badges }
}

pub(super) fn deeds(what: Counted, days: &[i32]) -> Vec<Deed> {
    let one = |at: &i32| Deed {
        what,
        at: *at,
        star: "labour".to_owned(),
        id: format!("{}{at}", what.key()),
        which: String::new(),
        times: 1,
    };
    days.iter().map(one).collect()
}

pub(super) fn child(no: &str, deeds: Vec<Deed>) -> Counts {
    Counts {
        student_no: no.to_owned(),
        class: "101".to_owned(),
        deeds,
    }
}

/// Badge and tier of each award, and who has it.
fn won(rules: &Rules, children: &[Counts], occasion: Occasion) -> Vec<(String, String, String)> {
    let dimensions = ["virtue".to_owned(), "labour".to_owned()];
    let tally = Tally {
        dimensions: &dimensions,
        children,
        classes: &[],
    };
    let awards = evaluate(rules, tally, occasion).into_iter();
    awards
        .map(|one| (one.key.recipient, one.key.badge, one.key.tier))
        .collect()
}

fn tiers(rules: &Rules, counted: Vec<Deed>) -> Vec<String> {
    let found = won(rules, &[child("1", counted)], Occasion::Publication);
    found.into_iter().map(|(_, _, tier)| tier).collect()
}

#[test]
fn a_badge_grows_tier_by_tier() {
    let growing = rules(vec![rule("a", "grow", Counted::Praises, &[1, 3, 4])]);
    let days: Vec<i32> = (1..=4).collect();
    let after = |n: usize| tiers(&growing, deeds(Counted::Praises, &days[..n]));
    assert_eq!(after(0), [""; 0]);
    assert_eq!(after(2), ["sprout"]);
    assert_eq!(after(3), ["bloom", "sprout"]);
    assert_eq!(after(4), ["bloom", "fruit", "sprout"]);
}

#[test]
fn four_of_five_rounds_in_a_row_anywhere_in_the_term() {
    let one = rule("a", "star", Counted::Rounds, &[4]);
    let keeps = rules(vec![with(one, |count| count.within = Some(5))]);
    let after = |days: &[i32]| !tiers(&keeps, deeds(Counted::Rounds, days)).is_empty();
    assert!(after(&[1, 2, 4, 5]));
    assert!(!after(&[1, 2, 4, 6]));
    assert!(after(&[1, 2, 4, 5, 12, 14]), "what was true stays true");
}

#[test]
fn only_the_wanted_star_counts_and_what_is_needed_besides() {
    let one = rule("a", "star", Counted::Praises, &[2]);
    let one = with(one, |count| {
        count.star = Some("virtue".to_owned());
        count.also = vec![(Counted::Told, 1)];
    });
    let only = rules(vec![one]);
    let mut all = deeds(Counted::Praises, &[1, 2, 3]);
    all.extend(deeds(Counted::Told, &[1]));
    assert!(tiers(&only, all.clone()).is_empty());
    all.iter_mut()
        .for_each(|deed| deed.star = "virtue".to_owned());
    assert_eq!(tiers(&only, all.clone()), ["star"]);
    all.retain(|deed| deed.what != Counted::Told);
    assert!(tiers(&only, all).is_empty());
}

#[test]
fn a_monitor_with_too_many_overturned_shifts_waits() {
    let one = rule("a", "star", Counted::Shifts, &[10]);
    let monitor = rules(vec![with(one, |count| count.overturned = Some(0.05))]);
    let days: Vec<i32> = (1..=20).collect();
    let mut all = deeds(Counted::Shifts, &days);
    all.extend(deeds(Counted::Overturned, &[3]));
    assert_eq!(tiers(&monitor, all.clone()), ["star"]);
    all.extend(deeds(Counted::Overturned, &[4]));
    assert!(tiers(&monitor, all).is_empty());
}

#[test]
fn books_add_up_and_a_best_passes_the_own_former_one() {
    let with_kind = |rule, which: &str| with(rule, |count| count.which = Some(which.to_owned()));
    let both = rules(vec![
        with_kind(rule("a", "books", Counted::Done, &[5]), "read"),
        with_kind(rule("b", "best", Counted::Bests, &[2]), "rope"),
    ]);
    let record = |kind: &str, day: i32, amount| Record {
        id: format!("{kind}{day}"),
        kind: find(kind).unwrap(),
        on: chrono::NaiveDate::from_num_days_from_ce_opt(700_000 + day).unwrap(),
        amount,
    };
    let mut kept = vec![
        record("read", 1, 2),
        record("read", 5, 2),
        record("run", 6, 9),
    ];
    let after = |kept: &[Record]| tiers(&both, deeds_of(kept.to_vec()));
    assert!(after(&kept).is_empty(), "laps are no books");
    kept.push(record("read", 3, 1));
    assert_eq!(after(&kept), ["books"]);
    // Weak or strong, the step past the own best counts alike; as good as before is no step.
    for level in [1, 200] {
        let mut rope = vec![record("rope", 1, level), record("rope", 2, level + 1)];
        rope.push(record("rope", 3, level + 1));
        assert!(after(&rope).is_empty());
        rope.push(record("rope", 4, level + 2));
        assert_eq!(after(&rope), ["best"]);
    }
}

#[test]
fn evidence_names_entries_but_never_who_told() {
    let both = rules(vec![
        rule("a", "star", Counted::Praises, &[2]),
        rule("b", "star", Counted::Thanks, &[1]),
    ]);
    let mut all = deeds(Counted::Praises, &[3, 1, 2]);
    all.extend(deeds(Counted::Thanks, &[1]));
    let children = [child("1", all)];
    let tally = Tally {
        dimensions: &[],
        children: &children,
        classes: &[],
    };
    let found = evaluate(&both, tally, Occasion::Publication);
    let evidence: Vec<&str> = found.iter().map(|one| one.evidence.as_str()).collect();
    assert_eq!(
        evidence,
        [
            "count.praises=2;entries=praises1 praises2",
            "count.thanks=1"
        ]
    );
}

#[test]
fn a_quota_is_decided_at_the_end_and_ties_stay_out() {
    let mut one = rule("a", "star", Counted::Praises, &[1]);
    one.quota = Some(0.4);
    let few = rules(vec![one]);
    let days: Vec<i32> = (0..9).collect();
    let class = |counts: [usize; 5]| -> Vec<Counts> {
        let all = counts.into_iter().enumerate();
        all.map(|(no, n)| child(&no.to_string(), deeds(Counted::Praises, &days[..n])))
            .collect()
    };
    let who = |counts, occasion| -> Vec<String> {
        let found = won(&few, &class(counts), occasion).into_iter();
        found.map(|(who, _, _)| who).collect()
    };
    assert!(who([3, 2, 1, 1, 0], Occasion::Publication).is_empty());
    assert_eq!(who([3, 2, 1, 1, 0], Occasion::TermEnd), ["0", "1"]);
    assert_eq!(who([3, 1, 1, 1, 0], Occasion::TermEnd), ["0"]);
}
