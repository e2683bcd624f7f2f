//! Questions to a teacher about a comment: friendly, none of them stops it. Used by the grid.

/// Recommended length in characters.
pub const LENGTH: (usize, usize) = (60, 120);
/// Shortest sentence that counts as used for several children.
const SENTENCE: usize = 8;

/// What is asked about `comment`: `short`, `long`, `reused` (a sentence of it stands in one of `others`), `label` (it
/// holds one of `labels`). An empty comment is asked nothing.
///
/// ```
/// # use starlight::domain::comment::asks;
/// assert_eq!(asks("", &[], &[]), Vec::<&str>::new());
/// assert_eq!(asks("lazy", &[], &["lazy"]), ["short", "label"]);
/// ```
pub fn asks(comment: &str, others: &[&str], labels: &[&str]) -> Vec<&'static str> {
    let length = comment.chars().count();
    if length == 0 {
        return Vec::new();
    }
    let found = [
        ("short", length < LENGTH.0),
        ("long", length > LENGTH.1),
        (
            "reused",
            sentences(comment).any(|s| others.iter().any(|o| sentences(o).any(|t| t == s))),
        ),
        ("label", labels.iter().any(|label| comment.contains(label))),
    ];
    found
        .into_iter()
        .filter(|(_, is)| *is)
        .map(|(key, _)| key)
        .collect()
}

fn sentences(text: &str) -> impl Iterator<Item = &str> {
    text.split(['\u{3002}', '\u{ff01}', '\u{ff1f}', '.', '!', '?', '\n'])
        .map(str::trim)
        .filter(|s| s.chars().count() >= SENTENCE)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_used_twice_is_asked_about() {
        let other = "Helps others every day. Reads much.";
        let mine = "Runs fast and likes it. Helps others every day. ".repeat(2);
        assert_eq!(asks(&mine, &[other], &[]), ["reused"]);
        assert_eq!(asks(&mine, &["Reads much."], &[]), Vec::<&str>::new());
    }

    #[test]
    fn length_counts_characters() {
        assert_eq!(asks(&"\u{597d}".repeat(60), &[], &[]), Vec::<&str>::new());
        assert_eq!(asks(&"\u{597d}".repeat(121), &[], &[]), ["long"]);
    }
}
