//! The formula guard of .csv exports: an apostrophe before texts that a spreadsheet would execute (security.md S-59).
//! Adding and taking away are exact inverses for every text, so export → import → export is byte-identical (S-60).

/// The text as it is written into a .csv cell.
pub fn guarded(text: &str) -> String {
    if needs_guard(text) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// The text that a .csv cell stands for: the apostrophe goes only when it guards something.
pub fn unguarded(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if needs_guard(rest) => rest,
        _ => cell,
    }
}

/// Dangerous itself, or looking like a guarded text: the second makes the guard reversible.
fn needs_guard(text: &str) -> bool {
    let bare = text.trim_start_matches('\'');
    bare.trim_start_matches(is_skipped)
        .starts_with(is_dangerous)
}

fn is_dangerous(c: char) -> bool {
    matches!(
        c,
        '=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠' | '\t' | '\r' | '\n' | '\0'
    )
}

/// White space and invisible characters that a spreadsheet may drop before it looks for a formula.
fn is_skipped(c: char) -> bool {
    let invisible = matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    (c.is_whitespace() || invisible) && !is_dangerous(c)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn dangerous_texts_are_guarded() {
        for text in [
            "=1+1",
            "+1",
            "-1",
            "@a",
            "＝1",
            "＋1",
            "－1",
            "＠a",
            "\ta",
            "\ra",
            "\na",
            "\0a",
            "  =1",
            "\u{3000}=1",
        ] {
            assert_eq!(guarded(text), format!("'{text}"));
            assert_eq!(unguarded(&guarded(text)), text);
        }
    }

    #[test]
    fn harmless_texts_stay() {
        for text in ["", "张三", "a=b", "'quoted'", "'", "3-1", "1", "' a"] {
            assert_eq!(guarded(text), text);
            assert_eq!(unguarded(text), text);
        }
    }

    proptest! {
        #[test]
        fn taking_away_undoes_adding(text in "['=+\\- @＝\t\r\n\0a张]{0,8}") {
            let cell = guarded(&text);
            prop_assert_eq!(unguarded(&cell), text.as_str());
            prop_assert!(!cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']));
        }
    }
}
