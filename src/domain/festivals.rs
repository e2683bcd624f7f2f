//! Festivals (product.md, Badges): the four feasts of a school's year in which taking part counts. Texts are Fluent
//! `festival-{id}`.

use super::refusal::Refusal;

/// A kind of festival.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Kind {
    pub id: &'static str,
    /// `virtue wisdom health arts labour`.
    pub dimension: &'static str,
}

/// 科技节, 体育节, 合唱节, 艺术节.
pub const KINDS: [Kind; 4] = [
    kind("science", "wisdom"),
    kind("sports", "health"),
    kind("choir", "arts"),
    kind("arts", "arts"),
];

const fn kind(id: &'static str, dimension: &'static str) -> Kind {
    Kind { id, dimension }
}

/// Most characters of a festival's name, and of the words for an award.
pub const MOST_NAME: usize = 24;
pub const MOST_WORDS: usize = 24;

/// The kind of an id.
pub fn find(id: &str) -> Option<Kind> {
    KINDS.into_iter().find(|kind| kind.id == id)
}

/// Judges a name; trimmed, not empty.
///
/// # Errors
/// `Invalid("festival-name")`.
///
/// ```
/// # use starlight::domain::festivals::name;
/// assert_eq!(name(" Science week "), Ok("Science week".to_owned()));
/// assert!(name(" ").is_err() && name(&"x".repeat(25)).is_err());
/// ```
pub fn name(typed: &str) -> Result<String, Refusal> {
    let text = line(typed, MOST_NAME, "festival-name")?;
    match text.is_empty() {
        true => Err(Refusal::Invalid("festival-name".to_owned())),
        false => Ok(text),
    }
}

/// Judges the words of an award; empty takes it away.
///
/// # Errors
/// `Invalid("festival-words")`.
pub fn words(typed: &str) -> Result<String, Refusal> {
    line(typed, MOST_WORDS, "festival-words")
}

fn line(typed: &str, most: usize, what: &str) -> Result<String, Refusal> {
    let text = typed.trim();
    if text.chars().count() > most || text.chars().any(char::is_control) {
        return Err(Refusal::Invalid(what.to_owned()));
    }
    Ok(text.to_owned())
}
