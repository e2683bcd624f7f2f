//! Questions to a teacher about a comment: friendly, none of them stops it. Used by the grid; what is
//! asked before a term comment is final is `term_comment::guard`, which shares sentences and labels.

use super::{
    scoring::signals::bare_text,
    term_comment::guard::{SENTENCE, Words, labels},
};

/// Recommended length in characters.
pub const LENGTH: (usize, usize) = (60, 120);

/// What is asked about `comment`: `short`, `long`, `reused` (a sentence of it stands in one of `others`), `label` (it
/// holds one of the labels of `words`). An empty comment is asked nothing.
///
/// ```
/// # use starlight::domain::{comment::asks, term_comment::guard::Words};
/// let words = Words { labels: vec![("lazy".to_owned(), vec!["lazy".to_owned()])], ..Words::default() };
/// assert_eq!(asks("", &[], &words), Vec::<&str>::new());
/// assert_eq!(asks("lazy", &[], &words), ["short", "label"]);
/// ```
pub fn asks(comment: &str, others: &[&str], words: &Words) -> Vec<&'static str> {
    let length = comment.chars().count();
    if length == 0 {
        return Vec::new();
    }
    let said = compared(comment);
    let found = [
        ("short", length < LENGTH.0),
        ("long", length > LENGTH.1),
        (
            "reused",
            others
                .iter()
                .any(|other| compared(other).iter().any(|bare| said.contains(bare))),
        ),
        ("label", !labels(comment, words).is_empty()),
    ];
    found
        .into_iter()
        .filter(|(_, is)| *is)
        .map(|(key, _)| key)
        .collect()
}

fn compared(text: &str) -> Vec<String> {
    let bare = sentences(text).map(bare_text);
    bare.filter(|s| s.chars().count() >= SENTENCE).collect()
}

/// The sentences of a text, without what ends them.
pub fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split([
        '\u{3002}', '\u{ff01}', '\u{ff1f}', '\u{ff1b}', '.', '!', '?', ';', '\n',
    ])
    .map(str::trim)
    .filter(|s| !s.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_used_twice_is_asked_about() {
        let other = "Helps others every day. Reads much.";
        let mine = "Runs fast and likes it. Helps others every day. ".repeat(2);
        assert_eq!(asks(&mine, &[other], &Words::default()), ["reused"]);
        assert_eq!(
            asks(&mine, &["Reads much."], &Words::default()),
            Vec::<&str>::new()
        );
    }

    #[test]
    fn length_counts_characters() {
        assert_eq!(
            asks(&"\u{597d}".repeat(60), &[], &Words::default()),
            Vec::<&str>::new()
        );
        assert_eq!(
            asks(&"\u{597d}".repeat(121), &[], &Words::default()),
            ["long"]
        );
    }
}
