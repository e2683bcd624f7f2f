//! Quotas hold whoever counts at the same time: several connections to one database settle a term at once, as the
//! processes of a district do.

use std::collections::BTreeMap;

use starlight::{
    actions::{Acted, settle_term},
    domain::{
        actor::{Actor as Who, Call},
        badges::Rules,
    },
    exchange::badges_toml,
    storage::{DatabaseUrl, Migrate, Store, results},
};

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
