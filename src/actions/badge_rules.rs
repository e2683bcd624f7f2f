//! Which badge rules hold: a term goes by the school's newest version that held when the term began, and by those that
//! every school starts with where there is none.

use std::collections::BTreeSet;

use super::Acted;
use crate::{
    domain::{badges::Rules, ids::SchoolId},
    exchange::badges_toml,
    storage::{
        Db, StorageError, Store, results, results::BadgeRulesRow, schools, schools::TermRow,
    },
};

/// The rules of a term; `built_in` where the school has none of its own for it.
pub fn in_force(db: &mut Db, school: &SchoolId, term: &TermRow, built_in: &Rules) -> Acted<Rules> {
    let rows = results::rules(db, school)?;
    let held = rows
        .iter()
        .rfind(|row| row.holds_from <= term.starts_on)
        .map(read);
    held.unwrap_or_else(|| Ok(built_in.clone()))
}

/// The rules every school starts with.
pub fn built_in() -> Acted<Rules> {
    badges_toml::built_in().map_err(|e| StorageError::Broken(e.to_string()).into())
}

/// A stored version.
pub fn read(row: &BadgeRulesRow) -> Acted<Rules> {
    let flaw = |flaws: Vec<badges_toml::Mistake>| {
        StorageError::Broken(format!("stored badge rules {}: {flaws:?}", row.version))
    };
    Ok(badges_toml::parse(&row.document).map_err(flaw)?)
}

/// Every badge of any version with its newest words: what pages call awards by, also those of rules that are gone.
pub fn words(db: &mut Db, school: &SchoolId, built_in: &Rules) -> Acted<Rules> {
    let rows = results::rules(db, school)?;
    let versions = rows.iter().rev().map(read);
    let mut all = Rules {
        version: built_in.version,
        badges: Vec::new(),
    };
    let mut known = BTreeSet::new();
    for version in versions.chain([Ok(built_in.clone())]) {
        let new = version?.badges.into_iter();
        let new = new.filter(|rule| known.insert((rule.id.clone(), rule.each_dimension)));
        all.badges.extend(new);
    }
    Ok(all)
}

/// The same over all schools of a database, for a program that starts.
pub fn words_of_all(store: &Store, built_in: &Rules) -> Acted<Rules> {
    store.read_here(|db| {
        let mut all = built_in.clone();
        for school in schools::all(db)? {
            all = words(db, &SchoolId::new(school.id), &all)?;
        }
        Ok(all)
    })
}
