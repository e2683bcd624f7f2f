//! The ledger of star cards over random histories: it always adds up, nothing is below zero, and what was earned is never
//! spent.

use proptest::prelude::*;

use super::*;

const STARS: [&str; 5] = ["virtue", "wisdom", "health", "arts", "labour"];

fn seen(praises: &[(&str, u32)], moments: &[(&str, &str)]) -> Seen {
    let praises = praises.iter().map(|(star, n)| ((*star).to_owned(), *n));
    let moments = moments.iter();
    Seen {
        praises: praises.collect(),
        moments: moments
            .map(|(id, star)| ((*id).to_owned(), (*star).to_owned()))
            .collect(),
    }
}

fn lines(entries: &[Entry]) -> Vec<(&'static str, &str, i64)> {
    let line = |e: &Entry| (e.act.key(), e.amount);
    entries
        .iter()
        .map(|e| (line(e).0, e.unit.key(), line(e).1))
        .collect()
}

#[test]
fn five_praises_or_a_moment_are_a_star_and_five_stars_a_moon() {
    let mut ledger = Ledger::default();
    let four: Vec<(&str, u32)> = STARS[..4].iter().map(|star| (*star, 5)).collect();
    assert_eq!(settle(&mut ledger, &seen(&four, &[]), &STARS).len(), 4);
    assert_eq!(
        ledger.purse(),
        Purse {
            stars: 4,
            moons: 0,
            suns: 0
        }
    );
    let all = seen(&four, &[("m1", "labour")]);
    let written = settle(&mut ledger, &all, &STARS);
    assert_eq!(lines(&written)[0], ("earned", "labour", 1));
    assert_eq!(lines(&written).last(), Some(&("exchanged", "moon", 1)));
    assert_eq!(
        ledger.purse(),
        Purse {
            stars: 0,
            moons: 1,
            suns: 0
        }
    );
    assert_eq!(cards(&STARS.map(|star| ledger.earned(star))).moons, 1);
    assert!(
        settle(&mut ledger, &all, &STARS).is_empty(),
        "the same enters once"
    );
}

#[test]
fn a_star_taken_back_breaks_the_moon_it_was_in() {
    let mut ledger = Ledger::default();
    let all: Vec<(&str, u32)> = STARS.iter().map(|star| (*star, 5)).collect();
    settle(&mut ledger, &seen(&all, &[]), &STARS);
    let mut less = all.clone();
    less[0].1 = 4;
    settle(&mut ledger, &seen(&less, &[]), &STARS);
    assert_eq!((ledger.purse().stars, ledger.purse().moons), (4, 0));
    assert_eq!(ledger.earned("virtue"), 0);
}

#[test]
fn a_star_that_was_spent_stays_until_another_stands_in_for_it() {
    let mut ledger = Ledger::default();
    settle(&mut ledger, &seen(&[("arts", 5)], &[]), &STARS);
    let one = Price {
        unit: PriceUnit::Star,
        amount: 1,
    };
    assert!(pay(&mut ledger, &one, &STARS).is_some());
    assert_eq!(ledger.earned("arts"), 1, "what was earned is not spent");
    assert!(pay(&mut ledger, &one, &STARS).is_none());
    assert!(settle(&mut ledger, &seen(&[("arts", 4)], &[]), &STARS).is_empty());
    let told = seen(&[("arts", 4)], &[("m", "arts")]);
    assert_eq!(
        lines(&settle(&mut ledger, &told, &STARS)),
        [("earned", "arts", 1), ("earned", "arts", -1)]
    );
    assert_eq!((ledger.earned("arts"), ledger.purse().stars), (1, 0));
}

#[test]
fn a_moon_is_broken_for_stars_and_a_sun_for_a_moon() {
    let mut ledger = Ledger::default();
    let four: Vec<(&str, u32)> = STARS.iter().map(|star| (*star, 20)).collect();
    settle(&mut ledger, &seen(&four, &[]), &STARS);
    assert_eq!(
        ledger.purse(),
        Purse {
            stars: 0,
            moons: 0,
            suns: 1
        }
    );
    let price = Price {
        unit: PriceUnit::Star,
        amount: 2,
    };
    pay(&mut ledger, &price, &STARS).unwrap();
    assert_eq!(
        ledger.purse(),
        Purse {
            stars: 3,
            moons: 3,
            suns: 0
        }
    );
    let took = [
        (Unit::Star("virtue".to_owned()), -1),
        (Unit::Star("wisdom".to_owned()), -1),
    ];
    pay_back(&mut ledger, &took, &STARS);
    assert_eq!(
        ledger.purse(),
        Purse {
            stars: 0,
            moons: 0,
            suns: 1
        }
    );
}

/// What happens to a child.
#[derive(Clone, Debug)]
enum Event {
    Praised(usize, u32),
    Undone(usize, u32),
    Told(usize, usize),
    Hidden(usize),
    Taken(PriceUnit, u32),
    GivenBack(usize),
}

fn event() -> impl Strategy<Value = Event> {
    let unit = prop::sample::select(vec![PriceUnit::Star, PriceUnit::Moon, PriceUnit::Sun]);
    prop_oneof![
        4 => (0..5_usize, 1..9_u32).prop_map(|(star, n)| Event::Praised(star, n)),
        2 => (0..5_usize, 1..9_u32).prop_map(|(star, n)| Event::Undone(star, n)),
        4 => (0..12_usize, 0..5_usize).prop_map(|(id, star)| Event::Told(id, star)),
        2 => (0..12_usize).prop_map(Event::Hidden),
        3 => (unit, 1..6_u32).prop_map(|(unit, n)| Event::Taken(unit, n)),
        1 => (0..6_usize).prop_map(Event::GivenBack),
    ]
}

/// A child with all that was ever written.
#[derive(Default)]
struct Child {
    seen: Seen,
    ledger: Ledger,
    written: Vec<Entry>,
    taken: Vec<Vec<(Unit, i64)>>,
}

impl Child {
    fn happen(&mut self, event: &Event) {
        match event {
            Event::Praised(star, n) => *self.praises(*star) += n,
            Event::Undone(star, n) => {
                let left = self.praises(*star).saturating_sub(*n);
                *self.praises(*star) = left;
            }
            Event::Told(id, star) => {
                let star = STARS[*star].to_owned();
                self.seen.moments.insert(id.to_string(), star);
            }
            Event::Hidden(id) => drop(self.seen.moments.remove(&id.to_string())),
            Event::Taken(unit, amount) => self.take(Price {
                unit: *unit,
                amount: *amount,
            }),
            Event::GivenBack(which) => {
                if *which < self.taken.len() {
                    let took = self.taken.remove(*which);
                    let back = pay_back(&mut self.ledger, &took, &STARS);
                    self.written.extend(back);
                }
            }
        }
        let written = settle(&mut self.ledger, &self.seen, &STARS);
        self.written.extend(written);
    }

    fn praises(&mut self, star: usize) -> &mut u32 {
        self.seen.praises.entry(STARS[star].to_owned()).or_default()
    }

    fn take(&mut self, price: Price) {
        let enough = price.is_within(self.ledger.purse(), &STARS);
        let paid = pay(&mut self.ledger, &price, &STARS);
        assert_eq!(paid.is_some(), enough);
        let paid = paid.unwrap_or_default();
        let took = paid.iter().filter(|e| e.act == Act::Privilege);
        let took: Vec<(Unit, i64)> = took.map(|e| (e.unit.clone(), e.amount)).collect();
        if enough {
            self.taken.push(took);
        }
        self.written.extend(paid);
    }

    /// In stars, what the privileges took that were not given back.
    fn spent(&self) -> i64 {
        let worth = |unit: &Unit| match unit {
            Unit::Star(_) => 1,
            Unit::Moon => 5,
            Unit::Sun => 20,
        };
        let all = self.taken.iter().flatten();
        all.map(|(unit, amount)| -amount * worth(unit)).sum()
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn a_ledger_always_adds_up(history in prop::collection::vec(event(), 0..60)) {
        let mut child = Child::default();
        for event in &history {
            child.happen(event);
            prop_assert!(child.ledger.is_sound(), "{:?}", child.ledger);
            prop_assert!(settle(&mut child.ledger, &child.seen, &STARS).is_empty());
            let earned: u32 = STARS.iter().map(|star| child.ledger.earned(star)).sum();
            let there = i64::from(child.ledger.purse().in_stars(5));
            prop_assert_eq!(i64::from(earned), there + child.spent());
            for star in STARS {
                let told = child.seen.moments.values().filter(|s| *s == star).count();
                let praised = child.seen.praises.get(star).map_or(0, |n| n / PRAISES_PER_STAR);
                let right = u32::try_from(told).unwrap() + praised;
                prop_assert!(child.ledger.earned(star) >= right, "nothing seen is missing");
                if child.taken.is_empty() {
                    prop_assert_eq!(child.ledger.earned(star), right);
                }
            }
            let mut read = Ledger::default();
            child.written.iter().for_each(|entry| read.add(entry));
            prop_assert_eq!(&read, &child.ledger, "what was written is all there is");
        }
    }
}
