//! Small pieces that several pages share: syllables, avatars, stars, badges, choices, QR codes.

use fast_qr::QRBuilder;
use serde::Serialize;

use crate::domain::avatar;

/// One hanzi with its syllable; text without a syllable (punctuation, digits, Latin) has an empty one.
/// Pieces from one that opens to the one that closes stay on one line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Ruby {
    pub hanzi: String,
    pub pinyin: String,
    pub opens: bool,
    pub closes: bool,
}

/// A phrase as syllables. Without pinyin it is one piece.
pub type Spoken = Vec<Ruby>;

/// Joins a text with its syllables (separated by spaces), whole phrases or none:
/// when the numbers differ, the text is given back as one piece without pinyin.
///
/// Spaces of a text with syllables say where a line may break; without any, it may break before
/// each hanzi, but never before punctuation.
pub fn spoken_text(text: &str, pinyin: Option<&str>) -> Spoken {
    let hanzi = text.chars().filter(|c| is_hanzi(*c)).count();
    let syllables: Vec<&str> = pinyin.unwrap_or_default().split_whitespace().collect();
    if syllables.is_empty() || syllables.len() != hanzi {
        return vec![plain(text)];
    }
    let mut rest = syllables.into_iter();
    words(text)
        .into_iter()
        .flat_map(|word| one_word(&word, &mut rest))
        .collect()
}

/// The text cut where a line may break.
fn words(text: &str) -> Vec<String> {
    if text.contains(' ') {
        return text.split_whitespace().map(str::to_owned).collect();
    }
    let mut words: Vec<String> = Vec::new();
    for letter in text.chars() {
        match words.last_mut().filter(|_| !is_hanzi(letter)) {
            Some(word) => word.push(letter),
            None => words.push(letter.to_string()),
        }
    }
    words
}

fn one_word<'a>(word: &str, syllables: &mut impl Iterator<Item = &'a str>) -> Spoken {
    let mut spoken: Spoken = Vec::new();
    for letter in word.chars() {
        if is_hanzi(letter) {
            spoken.push(piece(
                &letter.to_string(),
                syllables.next().unwrap_or_default(),
            ));
            continue;
        }
        match spoken.last_mut().filter(|last| last.pinyin.is_empty()) {
            Some(last) => last.hanzi.push(letter),
            None => spoken.push(piece(&letter.to_string(), "")),
        }
    }
    if let Some(first) = spoken.first_mut() {
        first.opens = true;
    }
    if let Some(last) = spoken.last_mut() {
        last.closes = true;
    }
    spoken
}

fn piece(hanzi: &str, pinyin: &str) -> Ruby {
    Ruby {
        hanzi: hanzi.to_owned(),
        pinyin: pinyin.to_owned(),
        opens: false,
        closes: false,
    }
}

fn plain(text: &str) -> Ruby {
    Ruby {
        opens: true,
        closes: true,
        ..piece(text, "")
    }
}

fn is_hanzi(letter: char) -> bool {
    matches!(letter, '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{20000}'..='\u{3134f}')
}

/// Names of the animal heads, in the order of the sprite.
pub const ANIMALS: [&str; avatar::HEADS] = [
    "bear", "cat", "rabbit", "panda", "fox", "owl", "frog", "chick", "penguin", "koala", "dog",
    "mouse", "deer", "hedgehog", "whale", "tiger", "pig",
];

/// Number of grounds behind a head.
pub const GROUNDS: u8 = 7;

/// A head on a ground; says nothing of the child but what it chose.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Avatar {
    /// One of [`ANIMALS`].
    pub animal: String,
    /// 0 … [`GROUNDS`] − 1.
    pub ground: u8,
}

impl Avatar {
    /// As a child chose it.
    pub fn of(chosen: avatar::Avatar) -> Self {
        Self {
            animal: ANIMALS
                .get(chosen.head())
                .copied()
                .unwrap_or("bear")
                .to_owned(),
            ground: u8::try_from(chosen.ground()).unwrap_or(0),
        }
    }

    /// The head a child has before it chose one: by its number in the class, never by anything else.
    pub fn by_number(number: u32) -> Self {
        let heads = u32::try_from(ANIMALS.len()).unwrap_or(1);
        let index = usize::try_from(number.saturating_sub(1) % heads).unwrap_or(0);
        let turn = number / heads + number;
        Self {
            animal: ANIMALS.get(index).copied().unwrap_or("bear").to_owned(),
            ground: u8::try_from(turn % u32::from(GROUNDS)).unwrap_or(0),
        }
    }
}

/// Ids of the pictures of a PIN, in the order of the pad. A child picks three.
pub const PICTURES: [&str; 12] = [
    "sun", "moon", "fish", "car", "tree", "apple", "umbrella", "boat", "house", "ball", "kite",
    "bird",
];

/// One level of an indicator as a choice.
#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    /// 1 … n.
    pub value: u8,
    /// Symbol of the sprite, `an-…`.
    pub icon: String,
    pub label: Spoken,
    /// Chosen before.
    pub on: bool,
}

/// The levels of a scale as choices: `labels` from the lowest up, `chosen` 1 … n.
/// Three levels are drawn as sprout, flower and smiling star, other scales as a star that fills.
pub fn choices(labels: &[Spoken], chosen: Option<u8>) -> Vec<Choice> {
    let levels = labels.len();
    labels
        .iter()
        .zip(1u8..)
        .map(|(label, value)| Choice {
            value,
            icon: level_icon(value, levels).to_owned(),
            label: in_two(label),
            on: chosen == Some(value),
        })
        .collect()
}

/// A plain label of four hanzi or more in two pieces, so that a narrow box breaks between words:
/// 有时|做到, 几乎总|做到, 做到并|带动同学.
fn in_two(label: &Spoken) -> Spoken {
    let [whole] = label.as_slice() else {
        return label.clone();
    };
    let letters = whole.hanzi.chars().count();
    if letters < 4 || !whole.hanzi.chars().all(is_hanzi) {
        return label.clone();
    }
    let first = if letters == 7 { 3 } else { letters.div_ceil(2) };
    let (head, tail): (Vec<_>, Vec<_>) = whole
        .hanzi
        .chars()
        .enumerate()
        .partition(|(place, _)| *place < first);
    [head, tail]
        .into_iter()
        .map(|half| {
            plain(
                &half
                    .into_iter()
                    .map(|(_, letter)| letter)
                    .collect::<String>(),
            )
        })
        .collect()
}

fn level_icon(value: u8, levels: usize) -> &'static str {
    match (levels, value) {
        (3, 1) => "an-sprout",
        (3, 2) => "an-flower",
        (3, _) => "an-shine",
        (_, 1) => "an-f0",
        (4, 2) => "an-f2",
        (4, 3) => "an-f3",
        (5, 2) => "an-f1",
        (5, 3) => "an-f2",
        (5, 4) => "an-f3",
        _ => "an-rays",
    }
}

/// A badge as it is shown: gold ring, shape of its star, its name.
#[derive(Debug, Clone, Serialize)]
pub struct BadgeView {
    pub name: Spoken,
    /// Shape inside the ring: `virtue wisdom health arts labour`, or `star` for the picture.
    pub star: String,
    /// Name in `badges.svg`.
    pub picture: String,
    /// When or for what, in words; may be empty.
    pub detail: String,
    /// Times it was awarded; 1 shows no number.
    pub count: u32,
}

/// A QR code as one path of unit squares; drawn by `ui.qr`, printed escaped like all else.
#[derive(Debug, Clone, Serialize)]
pub struct Qr {
    /// Side with the quiet zone, in modules.
    pub side: usize,
    /// Path data in module units.
    pub path: String,
}

impl Qr {
    /// The code of an address; `None` when it is too long for any version.
    pub fn of(address: &str) -> Option<Self> {
        let code = QRBuilder::new(address).build().ok()?;
        let dark = |row: usize, column: usize| {
            code.data
                .get(row * code.size + column)
                .is_some_and(|module| module.value())
        };
        Some(Self::from_modules(code.size, dark))
    }

    /// From `modules` dark-or-light squares a side, asked by row and column.
    pub fn from_modules(modules: usize, dark: impl Fn(usize, usize) -> bool) -> Self {
        const QUIET: usize = 4;
        let mut path = String::new();
        for row in 0..modules {
            for column in (0..modules).filter(|column| dark(row, *column)) {
                path.push_str(&format!("M{} {}h1v1h-1z", column + QUIET, row + QUIET));
            }
        }
        Self {
            side: modules + 2 * QUIET,
            path,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_starts_with_its_finder_after_the_quiet_zone() {
        let code = Qr::of("http://192.168.1.10:8080/p/ABCDEFGH").unwrap();
        assert!(code.path.starts_with("M4 4h1v1h-1z"));
        assert!(code.side >= 29);
    }
}
