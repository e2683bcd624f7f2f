//! A child's star cards on its own page, what its class exchanges them for, and the festivals it took part in.

use crate::{
    actions::{
        child_deeds::ChildDeeds,
        privileges::{self, Taken},
    },
    domain::festivals::find,
    screens::{
        Lang,
        own::{OwnFestival, OwnPrivilege, StarCards},
        parts::{Spoken, spoken_text},
        pinyin, say,
        teacher_privileges::PurseView,
    },
    storage::{
        festivals::{FestivalRow, PartRow},
        star_cards::PrivilegeRow,
    },
    web::moment_words::spoken,
};

/// Most privileges already had that are shown.
const HAD: usize = 4;

/// Most festivals that are shown.
const FESTIVALS: usize = 6;

/// Everything of it; the privileges are the class's, `had` is the child's own.
pub fn cards(
    (lang, low): (Lang, bool),
    deeds: &ChildDeeds,
    dimensions: &[&str],
    (on, had): (&[PrivilegeRow], &[Taken]),
) -> StarCards {
    let (earned, purse) = (&deeds.cards.earned, deeds.cards.purse);
    let have = dimensions.iter().zip(&earned.have);
    let have = have.filter(|(_, has)| **has);
    let have = have.map(|(id, _)| (*id).to_owned()).collect();
    let view = |row: &PrivilegeRow| OwnPrivilege {
        picture: row.picture.clone(),
        words: words(lang, row, low),
        unit: row.unit.clone(),
        price: row.price,
        enough: privileges::price(row).is_some_and(|price| price.is_within(purse, dimensions)),
    };
    StarCards {
        purse: PurseView {
            stars: purse.stars,
            moons: purse.moons,
            suns: purse.suns,
        },
        privileges: on.iter().map(view).collect(),
        had: had.iter().take(HAD).map(|t| view(&t.privilege)).collect(),
        ..StarCards::new(have, earned.moons, earned.suns)
    }
}

/// A ready one with its syllables, a teacher's own words as they are.
fn words(lang: Lang, row: &PrivilegeRow, low: bool) -> Spoken {
    let key = format!("privilege-ready-{}", row.picture);
    match say(lang, &key, &[]) == row.words {
        true => spoken(lang, &key, &[], low),
        false => spoken_text(&row.words, None),
    }
}

/// The cards as a family reads them: one warm line, empty before the first star.
pub fn in_a_line(lang: Lang, deeds: &ChildDeeds) -> String {
    let earned = &deeds.cards.earned;
    let stars: u32 = earned.stars.iter().sum();
    if stars == 0 {
        return String::new();
    }
    let whole = earned.suns.saturating_mul(4).saturating_add(earned.moons);
    let (stars, moons) = (stars.to_string(), whole.to_string());
    let key = match whole {
        0 => "family-card-stars",
        _ => "family-card-stars-moons",
    };
    say(lang, key, &[("stars", &stars), ("moons", &moons)])
}

/// The festivals of own page and family card.
pub fn festivals(rows: &[(FestivalRow, PartRow)]) -> Vec<OwnFestival> {
    let one = |(festival, part): &(FestivalRow, PartRow)| OwnFestival {
        star: find(&festival.kind)
            .map_or("star", |kind| kind.dimension)
            .to_owned(),
        name: festival.name.clone(),
        spoken: pinyin::phrase(&festival.name),
        words: part.words.clone(),
    };
    rows.iter().take(FESTIVALS).map(one).collect()
}
