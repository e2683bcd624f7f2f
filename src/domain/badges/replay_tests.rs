//! A change at a time gives what a replay gives, and no quota is exceeded: random histories of a small class.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{
    Changes, Counted, Existing, Key, Rule, Rules,
    counts::{Counts, Deed, Occasion, Tally, recognise},
    counts_tests::{child, deeds, rule, rules, with},
    records::{Record, deeds_of},
};
use crate::domain::{festivals, logs::find};

/// What happens to a small class: somebody is seen, a record is kept in place of what stood on the day, who took part in
/// a festival is ticked, or something is taken back, a festival from all of them.
#[derive(Clone, Debug)]
enum Event {
    Seen(usize, Counted, i32),
    Kept(usize, &'static str, u32, i32),
    Ticked(usize, BTreeSet<usize>),
    Gone(usize),
    Undone(usize),
    Cleared(usize),
}

fn event() -> impl Strategy<Value = Event> {
    let what = prop::sample::select(vec![Counted::Praises, Counted::Moments, Counted::Goals]);
    prop_oneof![
        4 => (0..4_usize, what, 0..60_i32).prop_map(|(who, what, at)| Event::Seen(who, what, at)),
        4 => (0..4_usize, prop::sample::select(vec!["rope", "read"]), 0..20_u32, 1..9_i32)
            .prop_map(|(who, kind, day, amount)| Event::Kept(who, kind, day, amount)),
        2 => (0..FESTIVALS.len(), prop::collection::btree_set(0..4_usize, 0..4))
            .prop_map(|(which, who)| Event::Ticked(which, who)),
        1 => (0..FESTIVALS.len()).prop_map(Event::Gone),
        1 => (0..40_usize).prop_map(Event::Undone),
        1 => (0..40_usize).prop_map(Event::Cleared),
    ]
}

/// Kinds of the festivals there are; `choir` and `arts` are of one star.
const FESTIVALS: [&str; 4] = ["science", "science", "choir", "arts"];

/// The school's rows, and the awards stored so far with whether each is in doubt.
#[derive(Clone, Default)]
struct House {
    children: Vec<Counts>,
    records: Vec<(usize, Record)>,
    stored: Vec<(Key, bool)>,
    entries: usize,
}

impl House {
    fn new() -> Self {
        let children = (0..4).map(|no: usize| child(&no.to_string(), Vec::new()));
        Self {
            children: children.collect(),
            ..Self::default()
        }
    }

    /// Changes the rows; whom it is about.
    fn happen(&mut self, event: &Event) -> Vec<usize> {
        match event {
            Event::Ticked(which, took_part) => self.tick(*which, took_part),
            Event::Gone(which) => self.tick(*which, &BTreeSet::new()),
            _ => self.happen_to_one(event).into_iter().collect(),
        }
    }

    /// Exactly these took part; for whom that is new.
    fn tick(&mut self, which: usize, took_part: &BTreeSet<usize>) -> Vec<usize> {
        let id = format!("festival {which}");
        let kind = festivals::find(FESTIVALS[which]).unwrap();
        let mut changed = Vec::new();
        for (who, child) in self.children.iter_mut().enumerate() {
            let is_in = child.deeds.iter().any(|deed| deed.id == id);
            if is_in == took_part.contains(&who) {
                continue;
            }
            changed.push(who);
            child.deeds.retain(|deed| deed.id != id);
            if !is_in {
                child.deeds.push(Deed {
                    what: Counted::Festivals,
                    at: 10 * i32::try_from(which).unwrap(),
                    star: kind.dimension.to_owned(),
                    id: id.clone(),
                    which: kind.id.to_owned(),
                    times: 1,
                });
            }
        }
        changed
    }

    fn happen_to_one(&mut self, event: &Event) -> Option<usize> {
        match event {
            Event::Ticked(..) | Event::Gone(_) => None,
            Event::Seen(who, what, at) => {
                self.entries += 1;
                let id = self.entries.to_string();
                let star = if at % 2 == 0 { "virtue" } else { "labour" };
                self.children[*who].deeds.push(Deed {
                    what: *what,
                    at: *at,
                    star: star.to_owned(),
                    id,
                    which: String::new(),
                    times: 1,
                });
                Some(*who)
            }
            Event::Kept(who, kind, day, amount) => {
                self.entries += 1;
                let record = Record {
                    id: self.entries.to_string(),
                    kind: find(kind).unwrap(),
                    on: chrono::NaiveDate::from_num_days_from_ce_opt(700_000).unwrap()
                        + chrono::Days::new(u64::from(*day)),
                    amount: *amount,
                };
                let same = |(of, r): &(usize, Record)| {
                    (*of, r.kind, r.on) == (*who, record.kind, record.on)
                };
                self.records.retain(|one| !same(one));
                self.records.push((*who, record));
                self.count_records(*who);
                Some(*who)
            }
            Event::Cleared(which) => {
                let who = self.records.get(*which)?.0;
                self.records.remove(*which);
                self.count_records(who);
                Some(who)
            }
            Event::Undone(which) => {
                let all = self.children.iter().enumerate();
                let mut ids = all
                    .flat_map(|(who, c)| c.deeds.iter().map(move |d| (who, d)))
                    .filter(|(_, deed)| deed.which.is_empty());
                let (who, deed) = ids.nth(*which)?;
                let id = deed.id.clone();
                self.children[who].deeds.retain(|deed| deed.id != id);
                Some(who)
            }
        }
    }

    fn count_records(&mut self, who: usize) {
        let own = self.records.iter().filter(|(of, _)| *of == who);
        let deeds = deeds_of(own.map(|(_, record)| record.clone()).collect());
        let child = &mut self.children[who];
        let of_records = [Counted::Logs, Counted::Done, Counted::Bests];
        child.deeds.retain(|deed| !of_records.contains(&deed.what));
        child.deeds.extend(deeds);
    }

    fn run(&mut self, rules: &Rules, children: &[Counts]) -> Changes {
        let stored = self.stored.iter();
        let existing: Vec<Existing> = stored
            .filter(|(key, _)| children.iter().any(|c| c.student_no == key.recipient))
            .map(|(key, _)| Existing {
                key: key.clone(),
                revoked: false,
                by_other_rules: false,
            })
            .collect();
        let dimensions = ["virtue", "labour", "arts", "wisdom"].map(str::to_owned);
        let tally = Tally {
            dimensions: &dimensions,
            children,
            classes: &[],
        };
        let changes = recognise(&existing, rules, tally, Occasion::Change);
        let new = changes.new.iter().map(|award| (award.key.clone(), false));
        self.stored.extend(new);
        for (key, doubted) in &mut self.stored {
            if changes.judged.contains(key) {
                *doubted = changes.revocations.iter().any(|r| r.key == *key);
            }
        }
        self.stored.sort();
        changes
    }

    fn in_force(&self) -> BTreeSet<&Key> {
        let sure = self.stored.iter().filter(|(_, doubted)| !doubted);
        sure.map(|(key, _)| key).collect()
    }
}

fn live_rules() -> Rules {
    let by_star = |mut rule: Rule| {
        rule.each_dimension = true;
        rule
    };
    rules(vec![
        rule("a", "grow", Counted::Moments, &[1, 2, 4]),
        by_star(rule("b", "star", Counted::Praises, &[2])),
        with(rule("c", "star", Counted::Praises, &[3]), |count| {
            count.within = Some(10);
            count.also = vec![(Counted::Goals, 1)];
        }),
        rule("d", "grow", Counted::Goals, &[1, 3, 5]),
        with(rule("e", "grow", Counted::Bests, &[1, 2, 3]), |count| {
            count.which = Some("rope".to_owned());
        }),
        with(rule("f", "grow", Counted::Done, &[5, 12, 30]), |count| {
            count.which = Some("read".to_owned());
            count.within = Some(15);
        }),
        rule("g", "star", Counted::Logs, &[4]),
        with(rule("h", "grow", Counted::Festivals, &[1, 2]), |count| {
            count.which = Some("science".to_owned());
        }),
        with(rule("i", "grow", Counted::Festivals, &[1, 2]), |count| {
            count.star = Some("arts".to_owned());
        }),
        rule("j", "star", Counted::Festivals, &[3]),
    ])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    /// A change at a time, for the children it is about, gives the very awards and doubts that a batch over everybody
    /// gives when it replays the history; what is in force is what a batch over the end alone gives; and once more
    /// gives nothing.
    #[test]
    fn a_change_at_a_time_equals_a_replay(history in prop::collection::vec(event(), 0..60)) {
        let rules = live_rules();
        let (mut one_by_one, mut replayed) = (House::new(), House::new());
        for event in &history {
            let who = one_by_one.happen(event).into_iter();
            let touched: Vec<Counts> = who.map(|who| one_by_one.children[who].clone()).collect();
            one_by_one.run(&rules, &touched);
            replayed.happen(event);
            let everybody = replayed.children.clone();
            replayed.run(&rules, &everybody);
        }
        prop_assert_eq!(&one_by_one.stored, &replayed.stored);
        let mut fresh = House { children: one_by_one.children.clone(), ..House::default() };
        let everybody = fresh.children.clone();
        fresh.run(&rules, &everybody);
        prop_assert_eq!(fresh.in_force(), one_by_one.in_force());
        let before = one_by_one.stored.clone();
        prop_assert!(one_by_one.run(&rules, &everybody).new.is_empty());
        prop_assert_eq!(before, one_by_one.stored);
    }

    /// Whatever happened before, of whomever: no more stand than the quota allows.
    #[test]
    fn a_quota_is_never_exceeded(
        counts in prop::collection::vec(prop::collection::vec(0..8_usize, 10), 1..6),
        revoked in prop::collection::vec(0..10_usize, 6),
    ) {
        let mut one = rule("a", "star", Counted::Praises, &[1]);
        one.quota = Some(0.3);
        let few = rules(vec![one]);
        let days: Vec<i32> = (0..9).collect();
        let mut stored: Vec<Existing> = Vec::new();
        for (step, counts) in counts.iter().enumerate() {
            let children: Vec<Counts> = counts
                .iter()
                .enumerate()
                .map(|(no, n)| child(&no.to_string(), deeds(Counted::Praises, &days[..*n])))
                .collect();
            let tally = Tally { dimensions: &[], children: &children, classes: &[] };
            let changes = recognise(&stored, &few, tally, Occasion::TermEnd);
            let new = changes.new.into_iter().map(|award| Existing {
                key: award.key,
                revoked: false,
                by_other_rules: false,
            });
            stored.extend(new);
            prop_assert!(stored.iter().filter(|one| !one.revoked).count() <= 3);
            if let Some(one) = stored.get_mut(revoked[step]) {
                one.revoked = true;
            }
        }
    }
}
