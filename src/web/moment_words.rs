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
        pinyin, say,
    },
    storage::moments::MomentRow,
};

/// A Fluent text with its syllables, for small readers.
pub fn spoken(lang: Lang, key: &str, args: &[(&str, &str)], low: bool) -> Spoken {
    let text = say(lang, key, args);
    let syllables =
        (low && lang == Lang::Chinese).then(|| say(lang, &format!("{key}.pinyin"), args));
    spoken_text(&text, syllables.as_deref())
}

/// What a moment says.
pub fn sentence(lang: Lang, row: &MomentRow) -> String {
    said(lang, &row.chip, &row.text)
}

/// A chip, words, or both as one sentence.
pub fn said(lang: Lang, chip: &str, text: &str) -> String {
    let ready = || say(lang, &format!("compliment-{chip}"), &[]);
    match (chip.is_empty(), text.is_empty()) {
        (true, _) => text.to_owned(),
        (false, true) => ready(),
        (false, false) => say(
            lang,
            "compliment-both",
            &[("chip", &ready()), ("words", text)],
        ),
    }
}

/// The same for a small reader: with syllables where the sentence is a ready one.
pub fn sentence_spoken(lang: Lang, row: &MomentRow, low: bool) -> Spoken {
    if low && row.text.is_empty() && !row.chip.is_empty() {
        return spoken(lang, &format!("compliment-{}", row.chip), &[], true);
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
    told(lang, row, teachers, |key, args| say(lang, key, args))
}

/// Gives `phrase` the text about the teller and what goes into it, `reading` for the syllables.
fn told<T>(
    lang: Lang,
    row: &MomentRow,
    teachers: &HashMap<String, String>,
    phrase: impl Fn(&str, &[(&str, &str)]) -> T,
) -> T {
    let month = row.told_on.month().to_string();
    match Teller::parse(&row.by_kind) {
        Some(Teller::Teacher) => {
            let name = teachers.get(&row.by_id).map_or("", String::as_str);
            let (day, reading) = (words::day(lang, row.told_on), pinyin::reading(name));
            let args = [("name", name), ("day", &day), ("reading", &reading)];
            phrase("moment-by-teacher", &args)
        }
        Some(Teller::Parent) => phrase("moment-by-parent", &[("month", &month)]),
        _ => phrase("moment-by-peer", &[("month", &month)]),
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
        by: told(lang, row, teachers, |key, args| {
            spoken(lang, key, args, low)
        }),
        thanked: thanked.cloned().unwrap_or_default(),
    }
}
