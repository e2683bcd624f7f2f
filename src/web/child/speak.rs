//! Names and texts as a child reads them: with syllables in grades 1 and 2, plain above.

use crate::{
    domain::{avatar as chosen, class_name},
    screens::{
        parts::{Avatar, Spoken, spoken_text},
        pinyin,
    },
    storage::students::StudentRow,
};

/// Whether a grade reads with pinyin.
pub const fn is_low(grade: u32) -> bool {
    grade <= 2
}

/// A child's name.
pub fn name(child: &StudentRow, low: bool) -> Spoken {
    if !low {
        return spoken_text(&child.name, None);
    }
    if child.pinyin.is_empty() {
        pinyin::name(&child.name)
    } else {
        spoken_text(&child.name, Some(&child.pinyin))
    }
}

/// A class's short name: the grade's numeral, a number, 班.
pub fn class(grade: u32, number: u32, low: bool) -> Spoken {
    let label = class_name::short_label(grade, number);
    let grades = ["yī", "èr", "sān", "sì", "wǔ", "liù"];
    let at = usize::try_from(grade).ok().and_then(|g| g.checked_sub(1));
    let read = at.and_then(|at| grades.get(at)).filter(|_| low);
    spoken_text(&label, read.map(|grade| format!("{grade} bān")).as_deref())
}

/// Any text of the rubric: with the document's own syllables where it has them.
pub fn text(text: &str, syllables: Option<&str>, low: bool) -> Spoken {
    match (low, syllables) {
        (false, _) => spoken_text(text, None),
        (true, Some(syllables)) => spoken_text(text, Some(syllables)),
        (true, None) => pinyin::phrase(text),
    }
}

/// The anchors of a scale from the lowest up.
pub fn levels(labels: &[String], low: bool) -> Vec<Spoken> {
    let one = |label: &String| match low {
        true => pinyin::level(label),
        false => text(label, None, false),
    };
    labels.iter().map(one).collect()
}

/// The head a child chose.
pub fn avatar(child: &StudentRow) -> Avatar {
    Avatar::of(chosen::Avatar::from_number(child.avatar))
}
