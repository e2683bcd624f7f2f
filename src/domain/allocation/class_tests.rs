//! Properties of a whole class over a round, for every N from 3 to 60 and k from 1 to 6: siblings, absentees, late
//! joiners and sheets handed in, all at once.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::*;

/// A class before an open round is dealt again.
#[derive(Debug, Clone)]
struct Class {
    k: usize,
    apart: Vec<(String, String)>,
    current: Vec<Pair>,
    done: Vec<Pair>,
    present: Vec<String>,
}

/// Draws a class: `away` and `done` are shares in percent.
fn class(away: u64, joining: usize, done: u64) -> impl Strategy<Value = Class> {
    let pairs = prop::collection::vec((0_usize..60, 0_usize..60), 0..4);
    (
        3_usize..=60,
        1_usize..=6,
        any::<u64>(),
        pairs,
        0..=away,
        0..=joining,
        0..=done,
    )
        .prop_map(|(n, k, seed, picks, away, joining, share)| {
            let k = k.min(n - 1);
            let students: Vec<String> = (0..n).map(|i| format!("2024{i:03}")).collect();
            let apart = picks
                .into_iter()
                .filter(|(a, b)| a % n != b % n)
                .map(|(a, b)| (students[a % n].clone(), students[b % n].clone()))
                .collect::<Vec<_>>();
            let current = deal(&Request {
                students: &students,
                k,
                seed,
                earlier: &[],
                apart: &apart,
            });
            let dice = |text: &str| keyed(seed, text) % 100;
            let handed_in = |p: &&Pair| dice(&format!("{}{}", p.rater, p.ratee)) < share;
            let mut present = students;
            present.retain(|s| dice(s) >= away);
            present.extend((0..joining).map(|i| format!("new{i}")));
            Class {
                k,
                apart,
                done: current.pairs.iter().filter(handed_in).cloned().collect(),
                current: current.pairs,
                present,
            }
        })
}

impl Class {
    fn again(&self) -> Redealt {
        redeal(&Redeal {
            students: &self.present,
            k: self.k,
            current: &self.current,
            done: &self.done,
            apart: &self.apart,
        })
    }

    /// Each child's k now.
    fn each(&self) -> usize {
        self.k.min(self.present.len().saturating_sub(1))
    }

    fn roomy(&self) -> bool {
        keeps_apart(self.present.len(), self.k + self.apart.len())
    }

    fn here(&self, pair: &Pair) -> bool {
        self.present.contains(&pair.rater) && self.present.contains(&pair.ratee)
    }

    fn separate(&self, pair: &Pair) -> bool {
        let said = |a: &String, b: &String| *a == pair.rater && *b == pair.ratee;
        self.apart.iter().any(|(a, b)| said(a, b) || said(b, a))
    }

    /// Numbers given and received of everybody present.
    fn counts(&self, pairs: &[Pair]) -> [Vec<usize>; 2] {
        let mut sides: [BTreeMap<&str, usize>; 2] = Default::default();
        for pair in pairs {
            *sides[0].entry(&pair.rater).or_default() += 1;
            *sides[1].entry(&pair.ratee).or_default() += 1;
        }
        sides.map(|side| {
            let of = |s: &String| side.get(s.as_str()).copied().unwrap_or(0);
            self.present.iter().map(of).collect()
        })
    }

    /// Assignments that are missing before anything is dealt again, on the side where more are.
    fn missing(&self) -> usize {
        let stay = self
            .current
            .iter()
            .filter(|p| self.here(p) || self.done.contains(p));
        let stay: Vec<Pair> = stay.cloned().collect();
        let short = |counts: &Vec<usize>| -> usize {
            counts.iter().map(|c| self.each().saturating_sub(*c)).sum()
        };
        self.counts(&stay).iter().map(short).max().unwrap_or(0)
    }
}

fn spread(counts: &[usize]) -> usize {
    let (least, most) = (counts.iter().min(), counts.iter().max());
    most.unwrap_or(&0) - least.unwrap_or(&0)
}

/// What holds for every class, however small and however much is handed in.
fn sound(class: &Class, new: &Redealt) -> Result<(), TestCaseError> {
    let set: BTreeSet<&Pair> = new.pairs.iter().collect();
    prop_assert_eq!(set.len(), new.pairs.len(), "no pair twice");
    prop_assert!(
        class.done.iter().all(|pair| set.contains(pair)),
        "handed in stays"
    );
    prop_assert!(
        new.pairs.iter().all(|p| p.rater != p.ratee),
        "nobody oneself"
    );
    let undone = new.pairs.iter().filter(|p| !class.done.contains(p));
    for pair in undone {
        prop_assert!(class.here(pair), "{:?} of somebody away", pair);
    }
    prop_assert!(new.removed.iter().all(|p| class.current.contains(p)));
    prop_assert!(new.added.iter().all(|p| !class.current.contains(p)));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn siblings_are_dealt_apart_wherever_there_is_room(class in class(0, 0, 0)) {
        let n = class.present.len();
        for counts in class.counts(&class.current) {
            prop_assert!(counts.iter().all(|c| *c == class.k), "{:?}", counts);
        }
        // One pair fits wherever the others leave room; several need a place each.
        let together = class.current.iter().filter(|p| class.separate(p)).count();
        if keeps_apart(n, class.k) && class.apart.len() == 1 || n >= 2 * class.k + 6 {
            prop_assert_eq!(together, 0);
        }
        if class.k == n - 1 {
            prop_assert_eq!(class.current.len(), n * (n - 1), "everybody rates everybody");
        }
    }

    #[test]
    fn nothing_handed_in_is_lost(class in class(60, 4, 100)) {
        sound(&class, &class.again())?;
    }

    #[test]
    fn before_anything_is_handed_in_everybody_gives_and_gets_the_same(class in class(40, 4, 0)) {
        let class = Class { apart: Vec::new(), ..class };
        let new = class.again();
        sound(&class, &new)?;
        for counts in class.counts(&new.pairs) {
            prop_assert!(counts.iter().all(|c| *c == class.each()), "{:?} k {}", counts, class.each());
        }
    }

    #[test]
    fn with_room_numbers_differ_by_one_at_most_and_siblings_stay_apart(class in class(25, 4, 100)) {
        prop_assume!(class.roomy());
        let new = class.again();
        sound(&class, &new)?;
        for counts in class.counts(&new.pairs) {
            prop_assert!(spread(&counts) <= 1, "{:?} k {}", counts, class.k);
            prop_assert!(counts.iter().all(|c| c + 1 >= class.k), "{:?} k {}", counts, class.k);
        }
        prop_assert!(new.added.iter().all(|pair| !class.separate(pair)));
    }

    #[test]
    fn little_moves_that_does_not_have_to(class in class(25, 4, 60)) {
        prop_assume!(class.roomy());
        let class = Class { apart: Vec::new(), ..class };
        let (new, missing) = (class.again(), class.missing());
        // What is missing has to come; it takes one more exchange where nobody short meets somebody short.
        prop_assert!(new.added.len() <= 2 * missing, "{} added for {}", new.added.len(), missing);
        let second = redeal(&Redeal { students: &class.present, k: class.k, current: &new.pairs, done: &class.done, apart: &[] });
        prop_assert_eq!((second.added, second.removed), (vec![], vec![]), "dealt again at once");
    }

    #[test]
    fn siblings_named_during_a_round_are_taken_apart_if_they_have_not_begun(class in class(0, 0, 40), who: prop::sample::Index, fresh: bool) {
        prop_assume!(class.present.len() >= 3 * class.k + 2);
        let met = class.current[who.index(class.current.len())].clone();
        let class = Class {
            apart: vec![(met.ratee.clone(), met.rater.clone())],
            done: if fresh { Vec::new() } else { class.done },
            ..class
        };
        let new = class.again();
        sound(&class, &new)?;
        prop_assert_eq!(class.counts(&new.pairs), class.counts(&class.current), "nobody's work changes");
        // In a small class what is handed in may leave nothing to exchange with.
        if fresh || class.present.len() >= 6 * class.k + 2 {
            prop_assert_eq!(new.pairs.contains(&met), class.done.contains(&met));
        }
    }
}
