//! Several connections write to one database at once, as the processes of a district do: no quota is exceeded, and star
//! cards add up.

use std::collections::BTreeMap;

use starlight::{
    actions::{Acted, ActionError, praise, privileges, settle_term},
    domain::{
        actor::{Actor as Who, Call},
        badges::Rules,
        ids::{ClassId, StaffId},
    },
    exchange::badges_toml,
    storage::{DatabaseUrl, Migrate, Store, Tx, results},
};

use super::star_cards;
use crate::school::{House, School, Stage, now, today};

/// The shipped rules with titles that everybody reaches: only the quota stands between.
fn easy() -> Rules {
    let text = badges_toml::SHIPPED
        .replace("at_least = 4.0, voices = 3", "at_least = 1.0, voices = 1")
        .replace("at_least = 3.8, voices = 3", "at_least = 1.0, voices = 1")
        .replace("raters = 3, no_flat = true", "raters = 1, no_flat = false");
    badges_toml::parse(&text).unwrap()
}

/// Another process's way to the same database.
fn another(house: &House) -> Store {
    let path = house.store.file().unwrap().display().to_string();
    let url = DatabaseUrl::parse(&format!("sqlite:{path}")).unwrap();
    Store::open(&url, house.ring.clone(), Migrate::Refuse).unwrap()
}

/// Settles the term, or counts again; how many awards that gave.
fn settles(store: &Store, call: &Call, end: bool) -> usize {
    let (rules, call) = (easy(), call.clone());
    let by = call.clone();
    let prepared = store.read_here(move |db| settle_term::prepare(db, &by, 1));
    let prepared = prepared.unwrap();
    let given = store.write_here(move |tx| settle_term::settle(tx, &call, &prepared, &rules, end));
    given.unwrap().new
}

/// Awards of the term with a quota, by class and badge.
async fn standing(house: &House) -> BTreeMap<(String, String, String), usize> {
    let school = house.own().school.clone();
    let classes: Vec<_> = ["401", "402"]
        .map(|code| (code, house.own().class_id(code)))
        .into();
    let read = house.store.read(move |db| -> Acted<_> {
        let mut found = BTreeMap::new();
        for (code, class) in classes {
            let permit = Who::System.see_class(&class)?;
            let children = starlight::storage::students::of_class(db, &permit, &school, today())?;
            let ids: Vec<String> = children.into_iter().map(|c| c.id).collect();
            for award in results::awards_among(db, &permit, &school, &ids)? {
                let key = (code.to_owned(), award.badge, award.period);
                *found.entry(key).or_default() += 1;
            }
        }
        Ok(found)
    });
    read.await.unwrap()
}

#[actix_web::test]
async fn a_quota_is_not_exceeded_by_counting_at_once() {
    let house = School::new()
        .with_class("401", 14)
        .with_class("402", 11)
        .with_round("r 1", Stage::Published)
        .with_round("r 2", Stage::Published)
        .open()
        .await;
    let call = Call::system(house.own().school.clone(), now(), today());
    let stores: Vec<Store> = (0..4).map(|_| another(&house)).collect();
    let given: usize = std::thread::scope(|scope| {
        let work = |store, n: usize| {
            let call = &call;
            scope.spawn(move || {
                (0..3)
                    .map(|m| settles(store, call, (n + m).is_multiple_of(2)))
                    .sum()
            })
        };
        let threads: Vec<_> = stores.iter().zip(0..).map(|(s, n)| work(s, n)).collect();
        threads
            .into_iter()
            .map(|t| -> usize { t.join().unwrap() })
            .sum()
    });
    let standing = standing(&house).await;
    let of_term = |badge: &str, code: &str| {
        let key = (code.to_owned(), badge.to_owned(), "term".to_owned());
        standing.get(&key).copied().unwrap_or_default()
    };
    // 15 % of 14 and of 11; 30 % of both.
    for (badge, code, most) in [
        ("starlight_student", "401", 2),
        ("starlight_student", "402", 1),
        ("red_scarf", "401", 4),
        ("red_scarf", "402", 3),
    ] {
        let found = of_term(badge, code);
        assert!(
            (1..=most).contains(&found),
            "{badge} {code}: {found} of {most}"
        );
    }
    assert!(given > 0);
    let again = std::thread::spawn(move || settles(&stores[0], &call, true));
    assert_eq!(again.join().unwrap(), 0, "nothing is given twice");
}

/// What the homeroom teacher does at a browser of its own: four kinds of things by turns, each for one of two children.
struct Desk {
    store: Store,
    call: Call,
    class: ClassId,
    children: [String; 2],
    chip: String,
    wish: String,
    /// What this browser took and gave, newest last.
    taken: Vec<String>,
    given: Vec<String>,
}

impl Desk {
    /// Does something in a transaction; whether it was done. A refusal is an answer, anything else is a fault.
    fn write<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut Tx<'_>, &Call, &ClassId) -> Acted<T> + Send + 'static,
    ) -> Option<T> {
        let (call, class) = (self.call.clone(), self.class.clone());
        match self.store.write_here(move |tx| act(tx, &call, &class)) {
            Ok(done) => Some(done),
            Err(ActionError::Refused(_)) => None,
            Err(fault) => panic!("{fault}"),
        }
    }

    /// Returns how many things were done.
    fn work(mut self, from: usize) -> usize {
        let turns = from..from + 16;
        turns.filter(|turn| self.one(*turn)).count()
    }

    fn one(&mut self, turn: usize) -> bool {
        let child = self.children[turn / 2 % 2].clone();
        match turn * 7 % 4 {
            0 => {
                let wish = self.wish.clone();
                let taking = self
                    .write(move |tx, call, class| privileges::take(tx, call, class, &child, &wish));
                self.taken.extend(taking.clone());
                taking.is_some()
            }
            1 => {
                let (chip, to) = (self.chip.clone(), [child].into());
                let rows =
                    self.write(move |tx, call, class| praise::give(tx, call, class, &to, &chip));
                self.given
                    .extend(rows.iter().flatten().map(|row| row.id.clone()));
                rows.is_some()
            }
            2 => {
                let Some(taking) = self.taken.pop() else {
                    return false;
                };
                self.write(move |tx, call, class| privileges::give_back(tx, call, class, &taking))
                    .is_some()
            }
            _ => {
                let Some(praise) = self.given.pop() else {
                    return false;
                };
                self.write(move |tx, call, class| praise::undo(tx, call, class, &praise))
                    .is_some()
            }
        }
    }
}

#[actix_web::test]
async fn star_cards_add_up_whoever_writes_at_once() {
    let house = star_cards::house().await;
    for no in ["40101", "40102"] {
        star_cards::praise(&house, no, 5).await;
    }
    let wish = star_cards::begin(&house, "chalk").await;
    let page = house
        .staff("h401")
        .get(&star_cards::at(&house, "praise"))
        .await
        .body;
    let chip = crate::school::after(&page, "name=\"chip\"", "value=\"", "\"").to_owned();
    let class = house.own().class_id("401");
    let teacher = Who::Teacher {
        id: StaffId::new(&house.own().staff["h401"]),
        homeroom: vec![class.clone()],
        teaches: vec![class.clone()],
    };
    let desk = || Desk {
        store: another(&house),
        call: Call {
            actor: teacher.clone(),
            ..Call::system(house.own().school.clone(), now(), today())
        },
        class: class.clone(),
        children: ["40101", "40102"].map(|no| house.student_id(no).to_owned()),
        chip: chip.clone(),
        wish: wish.clone(),
        taken: Vec::new(),
        given: Vec::new(),
    };
    let desks: Vec<Desk> = (0..4).map(|_| desk()).collect();
    let done: usize = std::thread::scope(|scope| {
        let work = |(from, desk): (usize, Desk)| scope.spawn(move || desk.work(from));
        let threads: Vec<_> = desks.into_iter().enumerate().map(work).collect();
        threads.into_iter().map(|t| t.join().unwrap()).sum()
    });
    assert!(done > 20, "{done} of 64 were done");
    for no in ["40101", "40102"] {
        star_cards::adds_up(&star_cards::ledger(&house, no));
    }
}
