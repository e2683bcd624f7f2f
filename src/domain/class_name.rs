//! Codes and names of classes (product.md, "Words"): 101, 一(1)班, 一年级1班; used by imports to read
//! what people write and by pages for labels.

use super::calendar::GRADES;

/// The code of a class within a school year: 101 = grade 1, class 1. Numbers 1…99.
///
/// ```
/// use starlight::domain::class_name::{class_code, parse_class, short_label};
/// assert_eq!(class_code(1, 12), Some(112));
/// assert_eq!(short_label(1, 1), "一(1)班");
/// assert_eq!(parse_class("１年１班"), Some((1, 1)));
/// ```
#[must_use]
pub fn class_code(grade: u32, number: u32) -> Option<u32> {
    (GRADES.contains(&grade) && (1..=99).contains(&number)).then(|| grade * 100 + number)
}

/// `一(1)班`, as on tiles and screens.
#[must_use]
pub fn short_label(grade: u32, number: u32) -> String {
    format!("{}({number})班", numeral(grade))
}

/// `一年级1班`, as in sentences and lists.
#[must_use]
pub fn long_label(grade: u32, number: u32) -> String {
    format!("{}年级{number}班", numeral(grade))
}

const NUMERALS: &str = "〇一二三四五六七八九";

fn numeral(grade: u32) -> String {
    let digit = usize::try_from(grade)
        .ok()
        .and_then(|at| NUMERALS.chars().nth(at));
    digit.map_or_else(|| grade.to_string(), String::from)
}

/// (grade, number) of a class as people write it: `一年级1班`, `一(1)班`, `一（1）班`, `101`, `1.1`,
/// `1年1班`, `一年级十二班`, with full-width signs and spaces as they come. Nothing for anything
/// else and for grades outside 1…6.
#[must_use]
pub fn parse_class(text: &str) -> Option<(u32, u32)> {
    let plain: String = text
        .chars()
        .map(half_width)
        .filter(|c| !c.is_whitespace() && *c != '\u{feff}')
        .collect();
    let (grade, number) = match plain.parse::<u32>() {
        Ok(code) if plain.len() == 3 => (code / 100, code % 100),
        _ => written(&plain)?,
    };
    class_code(grade, number).map(|_| (grade, number))
}

fn written(plain: &str) -> Option<(u32, u32)> {
    let named = plain.strip_suffix('班');
    let body = named.unwrap_or(plain);
    if let Some((grade, number)) = body.split_once('.') {
        return Some((digits(grade)?, digits(number)?));
    }
    let year = ["年级", "年"]
        .into_iter()
        .find_map(|word| body.split_once(word));
    let (grade, rest) = year.or_else(|| body.find('(').and_then(|at| body.split_at_checked(at)))?;
    let inner = rest
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'));
    // "1年1" without 班 could be anything; with brackets it is a class.
    (named.is_some() || inner.is_some()).then_some(())?;
    Some((count(grade)?, count(inner.unwrap_or(rest))?))
}

/// A number in digits or in Chinese numerals up to 99.
fn count(text: &str) -> Option<u32> {
    digits(text).or_else(|| match text.split_once('十') {
        None => single(text),
        Some((tens, ones)) => {
            let tens = if tens.is_empty() { 1 } else { single(tens)? };
            let ones = if ones.is_empty() { 0 } else { single(ones)? };
            Some(tens * 10 + ones)
        }
    })
}

fn digits(text: &str) -> Option<u32> {
    let fits = (1..=2).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    fits.then(|| text.parse().ok())?
}

fn single(text: &str) -> Option<u32> {
    let mut signs = text.chars();
    let sign = signs.next().filter(|_| signs.next().is_none())?;
    u32::try_from(NUMERALS.chars().position(|one| one == sign)?).ok()
}

/// Full-width forms U+FF01…U+FF5E are ASCII moved by 0xFEE0.
fn half_width(sign: char) -> char {
    match u32::from(sign) {
        code @ 0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(sign),
        _ => sign,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn class_names_as_people_write_them() {
        for text in [
            "一年级1班",
            "一(1)班",
            "一（1）班",
            "101",
            "1.1",
            "1年1班",
            "１０１",
            "１．１",
            "一年级一班",
            " 一 (1) 班 ",
            "1(1)班",
            "一（１）班",
            "一年级(1)班",
            "一(1)",
        ] {
            assert_eq!(parse_class(text), Some((1, 1)), "{text}");
        }
        assert_eq!(parse_class("六年级十二班"), Some((6, 12)));
        assert_eq!(parse_class("三年二十班"), Some((3, 20)));
        assert_eq!(parse_class("5.10"), Some((5, 10)));
    }

    #[test]
    fn other_things_are_no_classes() {
        for text in [
            "",
            "班",
            "一班",
            "1",
            "11",
            "100",
            "701",
            "1001",
            "七年级1班",
            "一()班",
            "1.",
            "1.1.1",
            "a(1)班",
            "一年级0班",
            "+01",
            "一(1班",
        ] {
            assert_eq!(parse_class(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn labels_read_back(grade in 1_u32..=6, number in 1_u32..=99) {
            let code = class_code(grade, number).unwrap().to_string();
            for text in [code, short_label(grade, number), long_label(grade, number)] {
                prop_assert_eq!(parse_class(&text), Some((grade, number)));
            }
        }

        #[test]
        fn parsing_never_panics(text in "\\PC{0,12}") {
            let _ = parse_class(&text);
        }
    }
}
