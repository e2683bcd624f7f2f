//! Checks of a roster that look across rows, and the one at a number that must not be collected. Used by `roster.rs`.

use super::Message;
use super::confusable::skeleton;
use super::report::Problems;
use super::roster::RosterRow;
use std::collections::HashMap;

/// What earlier rows have taken.
#[derive(Default)]
pub(super) struct Seen {
    numbers: HashMap<String, usize>,
    seats: HashMap<(u8, u8, u8), usize>,
}

impl Seen {
    /// A 学号 stands once in a file, a seat once in a class.
    pub fn check(&mut self, row: &RosterRow, problems: &mut Problems) {
        let first = *self
            .numbers
            .entry(row.student_no.clone())
            .or_insert(row.line);
        if first != row.line {
            let message = Message::new("import-student-no-twice").with("first", first);
            problems.error(row.line, "student_no", &row.student_no, message);
            return;
        }
        let Some(seat) = row.seat else { return };
        let first = *self
            .seats
            .entry((row.grade, row.class_number, seat))
            .or_insert(row.line);
        if first != row.line {
            problems.error(
                row.line,
                "seat",
                &seat.to_string(),
                Message::new("import-seat-twice").with("first", first),
            );
        }
    }
}

/// Notes children of one class whose names are the same or look alike.
pub(super) fn note_same_names(rows: &[RosterRow], problems: &mut Problems) {
    let mut first: HashMap<(u8, u8, String), &RosterRow> = HashMap::new();
    for row in rows {
        let key = (row.grade, row.class_number, skeleton(&row.name));
        let Some(other) = first.get(&key) else {
            first.insert(key, row);
            continue;
        };
        let same = other.name == row.name;
        let message = Message::new(if same {
            "import-same-name"
        } else {
            "import-similar-name"
        });
        let message = message.with("first", other.line).with("other", &other.name);
        problems.note(row.line, "name", &row.name, message);
    }
}

/// Whether this is a Chinese identity number (or the national 学籍号 made of one): 17 digits, a date inside and a
/// check digit (GB 11643, ISO 7064 MOD 11-2). Those are not collected (security.md S-78).
pub(super) fn is_identity_number(id: &str) -> bool {
    let bare = id.strip_prefix(['G', 'g']).unwrap_or(id);
    let digits: Vec<u32> = bare
        .chars()
        .take(17)
        .filter_map(|c| c.to_digit(10))
        .collect();
    let Some(last) = bare
        .chars()
        .nth(17)
        .filter(|_| bare.chars().count() == 18 && digits.len() == 17)
    else {
        return false;
    };
    let number = |from: usize, count: usize| {
        digits
            .iter()
            .skip(from)
            .take(count)
            .fold(0, |sum, d| sum * 10 + d)
    };
    let dated = (1900..=2100).contains(&number(6, 4))
        && (1..=12).contains(&number(10, 2))
        && (1..=31).contains(&number(12, 2));
    let sum = digits.iter().fold(0, |sum, digit| (sum + digit) * 2 % 11);
    let check = (12 - sum) % 11;
    dated && last.to_ascii_uppercase() == char::from_digit(check, 10).unwrap_or('X')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identity_numbers_are_recognised() {
        // The specimen number printed in the standard's own examples, not a person's.
        assert!(is_identity_number("11010519491231002X"));
        assert!(is_identity_number("G11010519491231002x"));
        assert!(!is_identity_number("110105194912310021"));
        assert!(!is_identity_number("202403017"));
        assert!(!is_identity_number("G202403017"));
    }
}
