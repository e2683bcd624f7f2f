//! Moments, goals and thank-yous as readers see them: the sentence, and who told it when. Used by the teacher's
//! pages, the child's own page and the family's card.

use std::collections::HashMap;

use chrono::Datelike;

use super::teacher::words;
use crate::{
    domain::moments::Teller,
    screens::{
        Lang,
        own::MomentView,
        parts::{Spoken, spoken_text},
        say,
    },
    storage::moments::MomentRow,
};

/// A Fluent text with its syllables, for small readers.
pub fn spoken(lang: Lang, key: &str, low: bool) -> Spoken {
    let text = say(lang, key, &[]);
    let syllables =
        (low && lang == Lang::Chinese).then(|| say(lang, &format!("{key}.pinyin"), &[]));
    spoken_text(&text, syllables.as_deref())
}

/// What a moment says.
pub fn sentence(lang: Lang, row: &MomentRow) -> String {
    let chip = || say(lang, &format!("compliment-{}", row.chip), &[]);
    match (row.chip.is_empty(), row.text.is_empty()) {
        (true, _) => row.text.clone(),
        (false, true) => chip(),
        (false, false) => say(
            lang,
            "compliment-both",
            &[("chip", &chip()), ("words", &row.text)],
        ),
    }
}

/// The same for a small reader: with syllables where the sentence is a ready one.
pub fn sentence_spoken(lang: Lang, row: &MomentRow, low: bool) -> Spoken {
    if low && row.text.is_empty() && !row.chip.is_empty() {
        return spoken(lang, &format!("compliment-{}", row.chip), true);
    }
    spoken_text(&sentence(lang, row), None)
}

/// The shape beside a moment.
pub fn star(row: &MomentRow) -> &str {
    match row.dimension.as_str() {
        "" => "star",
        star => star,
    }
}

/// Who told it when, in one phrase: a teacher by name and day, anybody else by the month.
pub fn by(lang: Lang, row: &MomentRow, teachers: &HashMap<String, String>) -> String {
    let month = row.told_on.month().to_string();
    match Teller::parse(&row.by_kind) {
        Some(Teller::Teacher) => {
            let name = teachers.get(&row.by_id).map_or("", String::as_str);
            let day = words::day(lang, row.told_on);
            say(lang, "moment-by-teacher", &[("name", name), ("day", &day)])
        }
        Some(Teller::Parent) => say(lang, "moment-by-parent", &[("month", &month)]),
        _ => say(lang, "moment-by-peer", &[("month", &month)]),
    }
}

/// A released moment on a child's or family's page.
pub fn view(
    lang: Lang,
    row: &MomentRow,
    teachers: &HashMap<String, String>,
    thanked: Option<&String>,
    low: bool,
) -> MomentView {
    MomentView {
        id: row.id.clone(),
        star: star(row).to_owned(),
        text: sentence_spoken(lang, row, low),
        by: by(lang, row, teachers),
        thanked: thanked.cloned().unwrap_or_default(),
    }
}
