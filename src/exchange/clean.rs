//! Brings typed texts into one form: narrow digits, composed characters, no spaces inside Chinese names; and refuses
//! characters that nobody sees (security.md S-52). Used by every reader of rows.

use super::Message;
use unicode_normalization::UnicodeNormalization;

/// Without white space around, ideographic and non-breaking spaces included.
pub(super) fn trimmed(text: &str) -> &str {
    text.trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
}

/// Full-width ASCII (１２３，（ＡＢ）) as ASCII, the ideographic space as a space.
pub(super) fn narrow(text: &str) -> String {
    text.chars().map(narrow_char).collect()
}

fn narrow_char(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        _ => c,
    }
}

/// An identifier that people type: narrow, without white space. Its characters are judged by the caller.
pub(super) fn id(text: &str) -> String {
    narrow(text)
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect()
}

/// Characters that nobody sees: controls, zero-width, direction marks, tags, variation selectors.
pub(super) fn is_hidden(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180f}'
            | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fe00}'..='\u{fe0f}'
            | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
}

/// Characters that show differently on every computer or show that something was lost on the way.
fn is_lost(c: char) -> bool {
    matches!(c, '\u{fffd}' | '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}')
}

/// Longest name, in characters.
const LONGEST_NAME: usize = 60;

/// A person's name in its one form: NFC, narrow ASCII, “张 三” as 张三, every middle dot as `·`.
pub(super) fn name(text: &str) -> Result<String, Message> {
    let text = short_text(&narrow(text), LONGEST_NAME)?;
    let spaced: Vec<char> = text.chars().map(middle_dot).collect();
    let mut name = String::new();
    for (at, &c) in spaced.iter().enumerate() {
        let around = (
            name.chars().last(),
            spaced.iter().skip(at).find(|next| !next.is_whitespace()),
        );
        match (c.is_whitespace(), around) {
            (false, _) => name.push(c),
            (true, (Some(before), Some(&after))) if joins(before, after) || before == ' ' => {}
            (true, _) => name.push(' '),
        }
    }
    let spreadsheet_error = name.starts_with('#') && name.ends_with(['!', '?', 'A']);
    if name.is_empty() {
        return Err(Message::new("import-empty"));
    }
    if spreadsheet_error || name.chars().all(|c| c == '?') {
        return Err(Message::new("import-lost-characters"));
    }
    Ok(name.nfc().collect())
}

/// Text of at most `longest` characters, trimmed and NFC, without hidden or lost characters. May be empty.
pub(super) fn short_text(text: &str, longest: usize) -> Result<String, Message> {
    let text: String = trimmed(text).nfc().collect();
    if let Some(hidden) = text.chars().find(|c| is_hidden(*c)) {
        return Err(Message::new("import-hidden-character")
            .with("code", format!("U+{:04X}", u32::from(hidden))));
    }
    if text.chars().any(is_lost) {
        return Err(Message::new("import-lost-characters"));
    }
    if text.chars().count() > longest {
        return Err(Message::new("import-too-long").with("limit", longest));
    }
    Ok(text)
}

fn middle_dot(c: char) -> char {
    match c {
        '•' | '・' | '‧' | '∙' | '⋅' | '･' | '●' | '᛫' => '·',
        _ => c,
    }
}

/// No space belongs between two Chinese characters or beside the dot of a name.
fn joins(before: char, after: char) -> bool {
    (is_han(before) || before == '·') && (is_han(after) || after == '·')
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3007}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, expected: Result<&str, &str>) {
        let found = name(text).map_err(|message| message.key);
        assert_eq!(found.as_deref().map_err(|key| *key), expected, "{text:?}");
    }

    #[test]
    fn names_come_into_one_form() {
        check("张三", Ok("张三"));
        check(" 张 三 ", Ok("张三"));
        check("张\u{3000}\u{3000}三", Ok("张三"));
        check("阿依古丽 • 买买提", Ok("阿依古丽·买买提"));
        check("Ｍａｒｙ   Ann", Ok("Mary Ann"));
        check("e\u{301}mile", Ok("émile"));
        check("<script>alert(1)</script>", Ok("<script>alert(1)</script>"));
        check("𠮷 野", Ok("𠮷野"));
    }

    #[test]
    fn unseen_and_lost_characters_are_refused() {
        for hidden in [
            "张\u{202e}三",
            "张\u{200b}三",
            "张\u{0}三",
            "张\n三",
            "张\u{fe0f}",
            "张\u{e0041}",
            "\u{2066}张",
        ] {
            check(hidden, Err("import-hidden-character"));
        }
        for lost in ["张\u{fffd}", "张\u{e863}", "??", "#N/A", "#REF!", "#NAME?"] {
            check(lost, Err("import-lost-characters"));
        }
        check("  ", Err("import-empty"));
        check(&"张".repeat(61), Err("import-too-long"));
    }

    proptest! {
        #[test]
        fn cleaning_twice_changes_nothing(text in "[张三·• \u{3000}a-cＡe\u{301}]{0,12}") {
            if let Ok(once) = name(&text) {
                prop_assert_eq!(name(&once), Ok(once.clone()));
            }
        }
    }
}
