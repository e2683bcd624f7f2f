//! Properties of section 7 for every class size 2…60 and k 1…6.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;

fn class(n: usize) -> Vec<String> {
    (0..n).map(|i| format!("2024{i:03}")).collect()
}

fn plain(students: &[String], k: usize, seed: u64) -> Deal {
    deal(&Request {
        students,
        k,
        seed,
        earlier: &[],
        apart: &[],
    })
}

fn degrees(pairs: &[Pair]) -> (BTreeMap<&str, usize>, BTreeMap<&str, usize>) {
    let (mut given, mut received) = (BTreeMap::new(), BTreeMap::new());
    for pair in pairs {
        *given.entry(pair.rater.as_str()).or_insert(0) += 1;
        *received.entry(pair.ratee.as_str()).or_insert(0) += 1;
    }
    (given, received)
}

fn connected(students: &[String], pairs: &[Pair]) -> bool {
    let order: Vec<String> = students.to_vec();
    let mut grid = Grid::empty(order.len());
    for (a, b) in indexed(pairs.iter().map(names), &order) {
        grid.set(a, b, true);
    }
    grid.connected()
}

/// Everything section 7 promises about any deal.
fn check(students: &[String], wanted: usize, deal: &Deal) {
    let (n, k) = (students.len(), wanted.min(students.len() - 1));
    let set: BTreeSet<&Pair> = deal.pairs.iter().collect();
    assert_eq!(set.len(), deal.pairs.len(), "duplicates");
    assert_eq!(deal.pairs.len(), n * k);
    assert!(deal.pairs.iter().all(|p| p.rater != p.ratee), "self");
    let (given, received) = degrees(&deal.pairs);
    for student in students {
        assert_eq!(given[student.as_str()], k);
        assert_eq!(received[student.as_str()], k);
    }
    if n > 2 * k {
        let reciprocal = deal
            .pairs
            .iter()
            .find(|p| set.contains(&Pair::new(&p.ratee, &p.rater)));
        assert_eq!(reciprocal, None, "n {n} k {k}");
    }
    if k >= 2 && n >= k + 2 {
        assert!(connected(students, &deal.pairs), "n {n} k {k}");
    }
    assert_eq!(
        deal.notes.contains(&Note::ClassTooSmall { wanted, k }),
        k < wanted
    );
}

#[test]
fn every_size_and_k_keeps_the_promises() {
    for n in 2..=60 {
        for k in 1..=6 {
            let seed = u64::try_from(n * 100 + k).unwrap();
            let students = class(n);
            check(&students, k, &plain(&students, k, seed));
        }
    }
}

#[test]
fn nobody_and_one_child_get_nothing() {
    assert_eq!(plain(&[], 3, 1).pairs, []);
    assert_eq!(plain(&class(1), 3, 1).pairs, []);
}

#[test]
fn two_children_rate_each_other() {
    let deal = plain(&class(2), 3, 1);
    assert_eq!(deal.pairs.len(), 2);
    assert_eq!(deal.notes, [Note::ClassTooSmall { wanted: 3, k: 1 }]);
}

#[test]
fn offsets_are_about_as_good_as_the_listed_ones() {
    for (n, listed) in [
        (45, &[11, 16, 23, 40, 41][..]),
        (40, &[25, 30, 31, 39]),
        (45, &[36, 40, 43]),
    ] {
        for seed in 0..5 {
            let found = plain(&class(n), listed.len(), seed);
            let bound = efficiency(n, listed) - 1e-6;
            assert!(
                found.efficiency >= bound,
                "{n} {:?} {} < {bound}",
                found.offsets,
                found.efficiency
            );
        }
    }
}

#[test]
fn careless_offsets_cost_two_thirds() {
    let share = efficiency(45, &[1, 2, 3]) / efficiency(45, &[36, 40, 43]);
    assert!((0.3..0.36).contains(&share), "{share}");
}

#[test]
fn pieces_have_no_efficiency() {
    assert!(efficiency(8, &[1, 3]) < 1e-12);
    assert!(efficiency(7, &[1]) < 1e-12);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn promises_hold_for_any_seed(n in 2_usize..=60, k in 1_usize..=6, seed: u64) {
        let students = class(n);
        let deal = plain(&students, k, seed);
        check(&students, k, &deal);
        prop_assert_eq!(plain(&students, k, seed), deal);
    }

    #[test]
    fn the_order_of_the_list_is_nothing(n in 2_usize..=30, k in 1_usize..=4, seed: u64) {
        let mut students = class(n);
        let deal = plain(&students, k, seed);
        students.reverse();
        prop_assert_eq!(plain(&students, k, seed), deal);
    }

    #[test]
    fn the_next_round_has_new_pairs(n in 3_usize..=60, k in 1_usize..=6, seed: u64, other: bool) {
        prop_assume!(n > 2 * k);
        let students = class(n);
        let first = plain(&students, k, seed);
        let earlier = [first.pairs.clone()];
        let seed = if other && n > 4 * k { seed ^ 1 } else { seed };
        let second = deal(&Request { students: &students, k, seed, earlier: &earlier, apart: &[] });
        check(&students, k, &second);
        prop_assert!(second.pairs.iter().all(|pair| !earlier[0].contains(pair)), "{:?}", second.notes);
    }

    #[test]
    fn a_pair_is_kept_apart(n in 4_usize..=60, k in 1_usize..=6, seed: u64, who: (usize, usize)) {
        prop_assume!(n >= 2 * k + 2);
        let students = class(n);
        let (a, b) = (who.0 % n, (who.0 % n + 1 + who.1 % (n - 1)) % n);
        let apart = [(students[a].clone(), students[b].clone())];
        let deal = deal(&Request { students: &students, k, seed, earlier: &[], apart: &apart });
        check(&students, k, &deal);
        prop_assert!(!deal.pairs.contains(&Pair::new(&students[a], &students[b])));
        prop_assert!(!deal.pairs.contains(&Pair::new(&students[b], &students[a])));
    }

    #[test]
    fn several_pairs_are_kept_apart(n in 12_usize..=60, k in 1_usize..=6, seed: u64, picks in prop::collection::vec((0_usize..60, 0_usize..60), 1..6)) {
        prop_assume!(n >= 2 * k + 6);
        let students = class(n);
        let apart: Vec<(String, String)> = picks.iter().filter(|(a, b)| a % n != b % n)
            .map(|(a, b)| (students[a % n].clone(), students[b % n].clone())).collect();
        let first = plain(&students, k, seed).pairs;
        let deal = deal(&Request { students: &students, k, seed, earlier: &[first], apart: &apart });
        check(&students, k, &deal);
        for (a, b) in &apart {
            prop_assert!(!deal.pairs.contains(&Pair::new(a, b)) && !deal.pairs.contains(&Pair::new(b, a)));
        }
    }

    #[test]
    fn a_new_deal_is_level_and_keeps_what_is_done(
        n in 6_usize..=50, k in 1_usize..=4, seed: u64, share in 0_u64..=100,
        leaving in 0_usize..=3, joining in 0_usize..=3,
    ) {
        prop_assume!(n - leaving >= 2 * k + 2);
        let before = class(n);
        let current = plain(&before, k, seed).pairs;
        let done: Vec<Pair> = current.iter()
            .filter(|p| keyed(seed, &format!("{}{}", p.rater, p.ratee)) % 100 < share).cloned().collect();
        let mut students = before[leaving..].to_vec();
        students.extend((0..joining).map(|i| format!("new{i}")));
        let new = redeal(&Redeal { students: &students, k, current: &current, done: &done, apart: &[] });
        let set: BTreeSet<&Pair> = new.pairs.iter().collect();
        prop_assert_eq!(set.len(), new.pairs.len());
        prop_assert!(done.iter().all(|pair| set.contains(pair)), "done pairs stay");
        prop_assert!(new.pairs.iter().all(|p| p.rater != p.ratee));
        for p in new.pairs.iter().filter(|p| !done.contains(p)) {
            prop_assert!(students.contains(&p.rater) && students.contains(&p.ratee));
        }
        let (given, received) = degrees(&new.pairs);
        for counts in [given, received] {
            let counts: Vec<usize> = students.iter().map(|s| counts.get(s.as_str()).copied().unwrap_or(0)).collect();
            let (least, most) = (counts.iter().min().unwrap(), counts.iter().max().unwrap());
            prop_assert!(most - least <= 1, "{:?} k {}", counts, k);
        }
        // A joiner needs k raters and k ratees, a leaver's were k each; each may move one more pair.
        prop_assert!(new.added.len() <= 2 * k * (joining + leaving) + 2 * k, "{} added", new.added.len());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn a_new_deal_keeps_apart_and_mutual_out(
        n in 8_usize..=50, k in 2_usize..=4, seed: u64, share in 0_u64..=70, leaving in 0_usize..=2, joining in 0_usize..=2,
    ) {
        prop_assume!(n - leaving >= 3 * k + 2);
        let before = class(n);
        let mut students = before[leaving..].to_vec();
        students.extend((0..joining).map(|i| format!("new{i}")));
        let apart = [(students[0].clone(), students[students.len() - 1].clone())];
        let current = deal(&Request { students: &before, k, seed, earlier: &[], apart: &apart }).pairs;
        let done: Vec<Pair> = current.iter()
            .filter(|p| keyed(seed, &format!("{}{}", p.rater, p.ratee)) % 100 < share).cloned().collect();
        let new = redeal(&Redeal { students: &students, k, current: &current, done: &done, apart: &apart });
        let (a, b) = &apart[0];
        prop_assert!(!new.pairs.contains(&Pair::new(a, b)) && !new.pairs.contains(&Pair::new(b, a)));
        let mutual = new.pairs.iter().find(|p| new.pairs.contains(&Pair::new(&p.ratee, &p.rater)));
        prop_assert_eq!(mutual, None);
    }
}

#[test]
fn nothing_changes_without_a_reason() {
    let students = class(20);
    let current = plain(&students, 3, 5).pairs;
    let new = redeal(&Redeal {
        students: &students,
        k: 3,
        current: &current,
        done: &[],
        apart: &[],
    });
    assert_eq!(
        new,
        Redealt {
            pairs: current,
            added: vec![],
            removed: vec![]
        }
    );
}

#[test]
fn a_late_joiner_takes_over_instead_of_adding_work() {
    let mut students = class(20);
    let current = plain(&students, 3, 5).pairs;
    students.push("new".to_owned());
    let new = redeal(&Redeal {
        students: &students,
        k: 3,
        current: &current,
        done: &[],
        apart: &[],
    });
    assert_eq!((new.added.len(), new.removed.len()), (6, 3));
    let (given, received) = degrees(&new.pairs);
    assert!(
        given
            .values()
            .chain(received.values())
            .all(|count| *count == 3)
    );
}

#[test]
fn whoever_stays_away_is_closed_over() {
    let students = class(20);
    let current = plain(&students, 3, 5).pairs;
    let new = redeal(&Redeal {
        students: &students[1..],
        k: 3,
        current: &current,
        done: &[],
        apart: &[],
    });
    assert_eq!(
        new.removed
            .iter()
            .filter(|p| p.rater == students[0] || p.ratee == students[0])
            .count(),
        6
    );
    assert_eq!(new.pairs.len(), 19 * 3);
}
