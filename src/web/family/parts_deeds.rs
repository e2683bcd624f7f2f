//! Personal records, star cards and festivals among what the school holds about a child, to read and to take along.

use serde_json::{Value, json};

use crate::{
    actions::home_data::HomeData,
    screens::{family_rights::DataLine, say},
    web::{teacher::words, visit::Visit},
};

fn line(head: String, text: String) -> DataLine {
    DataLine { head, text }
}

/// Stars ever earned, and what cards were exchanged for.
pub fn cards(visit: &Visit, data: &HomeData) -> Vec<DataLine> {
    let names = data.sight.rubric.dimensions.iter();
    let stars = names.zip(&data.cards.earned.stars);
    let stars = stars.filter(|(_, n)| **n > 0);
    let stars = stars.map(|(star, n)| line(star.name.clone(), n.to_string()));
    let had = data.had.iter().map(|taken| {
        let day = words::day_at(visit, taken.at);
        line(day, taken.privilege.words.clone())
    });
    let purse = data.cards.purse;
    let args = [
        ("stars", purse.stars.to_string()),
        ("moons", purse.moons.to_string()),
        ("suns", purse.suns.to_string()),
    ];
    let args = args.each_ref().map(|(key, n)| (*key, n.as_str()));
    let in_hand = line(
        say(visit.lang, "own-cards-purse", &[]),
        say(visit.lang, "rights-cards-purse", &args),
    );
    let any = data.cards.earned.stars.iter().any(|n| *n > 0);
    stars.chain(any.then_some(in_hand)).chain(had).collect()
}

/// The personal records, for the file.
pub fn logs_document(data: &HomeData) -> Value {
    let rows = data.logs.iter().map(|row| {
        json!({
            "id": row.id, "kind": row.kind, "on": row.done_on.to_string(), "amount": row.amount,
            "confirmed": row.is_confirmed(),
        })
    });
    rows.collect()
}

/// The same for the file.
pub fn cards_document(data: &HomeData) -> Value {
    let names = data.sight.rubric.dimensions.iter();
    let earned = names.zip(&data.cards.earned.stars);
    let earned = earned.map(|(star, n)| (star.id.clone(), Value::from(*n)));
    let purse = data.cards.purse;
    json!({
        "earned": Value::Object(earned.collect()),
        "in_hand": { "stars": purse.stars, "moons": purse.moons, "suns": purse.suns },
        "exchanged": data.had.iter().map(|taken| json!({
            "id": taken.id, "for": taken.privilege.words, "at": taken.at,
        })).collect::<Vec<_>>(),
    })
}

/// Festivals in which the child took part.
pub fn festivals(visit: &Visit, data: &HomeData) -> Vec<DataLine> {
    let rows = data.festivals.iter();
    rows.map(|(festival, part)| {
        let day = words::date(visit.lang, festival.held_on);
        line(
            day,
            format!("{} {}", festival.name, part.words)
                .trim()
                .to_owned(),
        )
    })
    .collect()
}

/// The same for the file.
pub fn festivals_document(data: &HomeData) -> Value {
    let rows = data.festivals.iter().map(|(festival, part)| {
        json!({
            "id": festival.id, "kind": festival.kind, "name": festival.name,
            "on": festival.held_on.to_string(), "words": part.words,
        })
    });
    rows.collect()
}
