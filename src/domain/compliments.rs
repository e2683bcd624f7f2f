//! What a child may say about a classmate it rated: a chip, and from grade 4 on words of its own. It becomes a moment
//! that waits for the homeroom teacher. Texts of the chips are Fluent `compliment-{id}` with `.pinyin`.

use super::refusal::Refusal;

/// One ready sentence about a deed that a classmate of any age can have done and another can have seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chip {
    /// Fluent `compliment-{id}`, and what is stored.
    pub id: &'static str,
    /// `virtue wisdom health arts labour`.
    pub dimension: &'static str,
}

/// Ids of the five stars in their order.
pub const DIMENSIONS: [&str; 5] = ["virtue", "wisdom", "health", "arts", "labour"];

/// Three for each star, in the order of the stars.
pub const CHIPS: [Chip; 15] = [
    chip("help", "virtue"),
    chip("comfort", "virtue"),
    chip("invite", "virtue"),
    chip("listen", "wisdom"),
    chip("explain", "wisdom"),
    chip("ask", "wisdom"),
    chip("exercise", "health"),
    chip("endure", "health"),
    chip("cheer", "health"),
    chip("craft", "arts"),
    chip("write", "arts"),
    chip("admire", "arts"),
    chip("duty", "labour"),
    chip("desks", "labour"),
    chip("paper", "labour"),
];

/// Longest own words, in characters.
pub const MOST_WORDS: usize = 60;
/// Grade from which a child may add words of its own.
pub const WORDS_FROM_GRADE: u32 = 4;

const fn chip(id: &'static str, dimension: &'static str) -> Chip {
    Chip { id, dimension }
}

/// The chip of an id.
pub fn find(id: &str) -> Option<Chip> {
    CHIPS.into_iter().find(|chip| chip.id == id)
}

/// What was said, once it was judged. Without either part it is nothing, which withdraws.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    pub chip: Option<Chip>,
    /// Trimmed, spaces between words single.
    pub words: String,
}

impl Said {
    /// Whether there is nothing in it.
    pub fn is_nothing(&self) -> bool {
        self.chip.is_none() && self.words.is_empty()
    }
}

/// Judges a chip id and own words (either may be empty) of a child in `grade` (1…6).
///
/// ```
/// # use starlight::domain::compliments::judge;
/// assert!(judge("help", "", 1).is_ok());
/// assert!(judge("help", "shared an umbrella", 3).is_err());
/// assert!(judge("", "shared an umbrella", 4).is_ok());
/// ```
///
/// # Errors
/// `Invalid("chip")` for an id that is none of [`CHIPS`]; the refusals of [`judge_words`].
pub fn judge(chip: &str, words: &str, grade: u32) -> Result<Said, Refusal> {
    let chip = match chip {
        "" => None,
        id => Some(find(id).ok_or_else(|| Refusal::Invalid("chip".to_owned()))?),
    };
    let words = judge_words(words, grade, WORDS_FROM_GRADE, MOST_WORDS)?;
    Ok(Said { chip, words })
}

/// Judges own words of a child in `grade`, allowed from grade `from` on and up to `most` characters.
///
/// # Errors
/// `WordsLater` below that grade, `CommentTooLong`, `UnkindWords`. Empty words are always fine.
pub fn judge_words(words: &str, grade: u32, from: u32, most: usize) -> Result<String, Refusal> {
    let words = tidy(words);
    if words.is_empty() {
        return Ok(words);
    }
    if grade < from {
        return Err(Refusal::WordsLater(from));
    }
    if words.chars().count() > most {
        return Err(Refusal::CommentTooLong(most));
    }
    if is_unkind(&words) {
        return Err(Refusal::UnkindWords);
    }
    Ok(words)
}

/// One line: no signs that steer a screen, single spaces.
pub fn tidy(words: &str) -> String {
    let visible: String = words
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Whether words hold something that hurts, from the list in `fixtures/unkind.txt`.
pub fn is_unkind(words: &str) -> bool {
    let small = words.to_lowercase();
    let close: String = small.chars().filter(|c| c.is_alphanumeric()).collect();
    let apart: String = small
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { ' ' })
        .collect();
    let apart = format!(
        " {} ",
        apart.split_whitespace().collect::<Vec<_>>().join(" ")
    );
    unkind().any(|word| {
        if word.is_ascii() {
            apart.contains(&format!(" {word} "))
        } else {
            close.contains(word)
        }
    })
}

fn unkind() -> impl Iterator<Item = &'static str> {
    include_str!("../../fixtures/unkind.txt")
        .lines()
        .map(str::trim)
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_star_has_three_chips_with_ids_of_their_own() {
        for star in DIMENSIONS {
            assert_eq!(CHIPS.iter().filter(|c| c.dimension == star).count(), 3);
        }
        let ids: std::collections::BTreeSet<&str> = CHIPS.iter().map(|c| c.id).collect();
        assert_eq!(ids.len(), CHIPS.len());
    }

    #[test]
    fn nothing_said_is_nothing() {
        assert!(judge("", "  \n ", 1).unwrap().is_nothing());
        assert!(!judge("ask", "", 1).unwrap().is_nothing());
        assert_eq!(judge("x", "", 6), Err(Refusal::Invalid("chip".to_owned())));
    }

    #[test]
    fn own_words_are_one_line_of_at_most_sixty_from_grade_four() {
        let said = judge("", " lent me\n his  pen ", 4).unwrap();
        assert_eq!(said.words, "lent me his pen");
        let long = "\u{597d}".repeat(MOST_WORDS + 1);
        assert_eq!(judge("", &long, 4), Err(Refusal::CommentTooLong(60)));
        assert_eq!(judge("", "good", 3), Err(Refusal::WordsLater(4)));
    }

    #[test]
    fn words_that_hurt_are_found_also_when_they_are_spread() {
        // "ben dan", plain and with a space, and "sb" as a word.
        for words in [
            "\u{7b28}\u{86cb}",
            "\u{7b28} \u{86cb}!",
            "you SB!",
            "shut  up",
        ] {
            assert_eq!(judge("", words, 5), Err(Refusal::UnkindWords), "{words}");
        }
        // Picking up litter, and a word that only begins like one of the list.
        for words in ["\u{6361}\u{5783}\u{573e}", "a fatherly hand"] {
            assert!(judge("", words, 5).is_ok(), "{words}");
        }
    }
}
