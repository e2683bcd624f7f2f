//! The growth letter (成长信), one page of paper a child: for the homeroom teacher of a class and for a child's family.
//! No field for a place, a number of a score, or for anything that is not there: what is empty is not spoken of. Used by
//! `GET /t/classes/{id}/letters`, `…/letters/print` and `GET /f/{link}/letter`; templates `teacher/letters.html`,
//! `teacher/letters_print.html`, `family/letter.html`, `letter_parts.html`.

use serde::Serialize;

use super::{parts::BadgeView, teacher_book::Told, teacher_shared::page};

page! {
    LetterList => "teacher/letters.html", "letters-title";
    LetterSheets => "teacher/letters_print.html", "letters-title";
    FamilyLetter => "family/letter.html", "letters-title";
}

/// Most badges, goals, records and festivals on one page.
const MOST_BADGES: usize = 6;
const MOST_GOALS: usize = 3;
const MOST_RECORDS: usize = 5;
const MOST_FESTIVALS: usize = 4;
/// Columns of a line of usual size; a hanzi takes two.
const COLUMNS: usize = 74;
/// Lines of usual size up to which a letter is set in a size; what is longer is set in the last one.
const SIZES: [(usize, &str); 4] = [
    (23, "usual"),
    (29, "long"),
    (38, "longer"),
    (usize::MAX, "longest"),
];

/// A class's letters, and what is still missing in them.
#[derive(Debug, Clone, Serialize)]
pub struct LetterList {
    pub class_id: String,
    pub class_name: String,
    pub term_name: String,
    /// Letters in which nothing is missing.
    pub ready: usize,
    /// Families can open theirs.
    pub out: bool,
    pub rows: Vec<LetterRow>,
}

/// One child of the list.
#[derive(Debug, Clone, Serialize)]
pub struct LetterRow {
    pub id: String,
    pub number: u32,
    pub name: String,
    pub gaps: Vec<LetterGap>,
    /// Nothing of the term would be told.
    pub bare: bool,
}

/// What is missing, and where it is written.
#[derive(Debug, Clone, Serialize)]
pub struct LetterGap {
    /// `comment`, `draft`, `release` or `shining`.
    pub key: &'static str,
    pub href: String,
}

/// Letters to print.
#[derive(Debug, Clone, Serialize)]
pub struct LetterSheets {
    pub class_id: String,
    pub letters: Vec<Letter>,
}

/// The own child's.
#[derive(Debug, Clone, Serialize)]
pub struct FamilyLetter {
    /// `/f/{link}`.
    pub back: String,
    pub letter: Letter,
}

/// One letter. Empty parts are left out.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Letter {
    pub name: String,
    pub school_name: String,
    pub class_name: String,
    pub term_name: String,
    /// The term's last day, in words.
    pub date: String,
    /// What a teacher wrote down, with its star's name.
    pub shining: Option<Told>,
    pub shining_star: String,
    pub moments: Vec<Told>,
    pub goals: Vec<String>,
    /// Progress against oneself, in sentences.
    pub records: Vec<String>,
    pub badges: Vec<BadgeView>,
    /// The star cards in a line.
    pub cards: String,
    pub festivals: Vec<String>,
    pub comment: String,
    pub comment_by: String,
    /// The goal that the child is working on.
    pub next: String,
    /// Of [`SIZES`].
    pub size: &'static str,
    /// Nothing of the term is told: it greets and looks ahead.
    pub bare: bool,
}

impl Letter {
    /// Keeps what the paper holds, the newest of each, and says in which size it is set.
    pub fn fitted(mut self) -> Self {
        self.badges.truncate(MOST_BADGES);
        self.goals.truncate(MOST_GOALS);
        self.records.truncate(MOST_RECORDS);
        self.festivals.truncate(MOST_FESTIVALS);
        let lines = self.lines();
        let size = SIZES.iter().find(|(most, _)| lines <= *most);
        self.size = size.map_or("longest", |(_, size)| *size);
        self
    }

    /// How many lines of usual size it takes, about; greeting and close are four.
    fn lines(&self) -> usize {
        let told = |one: &Told| lines(columns(&one.text) + columns(&one.by) + 8);
        let of_list = |list: &[String]| match list {
            [] => 0,
            some => lines(some.iter().map(|one| columns(one) + 2).sum::<usize>() + 24),
        };
        let headed = |lines: usize| if lines == 0 { 0 } else { lines + 1 };
        let badges = self.badges.len().div_ceil(3);
        4 + headed(self.shining.iter().map(told).sum())
            + headed(self.moments.iter().map(told).sum())
            + of_list(&self.goals)
            + of_list(&self.records)
            + of_list(&self.festivals)
            + headed(badges + badges.div_ceil(2))
            + headed(headed(lines(columns(&self.comment))))
            + lines(columns(&self.cards))
            + lines(columns(&self.next))
    }
}

fn lines(columns: usize) -> usize {
    columns.div_ceil(COLUMNS)
}

/// How wide a text is: one for Latin letters, two for all others.
fn columns(text: &str) -> usize {
    text.chars()
        .map(|letter| if letter.is_ascii() { 1 } else { 2 })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn more_words_are_set_smaller_and_lists_are_cut() {
        let letter = |comment: usize, goals: usize| {
            Letter {
                comment: "字".repeat(comment),
                goals: vec!["目标".to_owned(); goals],
                ..Letter::default()
            }
            .fitted()
        };
        let sizes = [100, 700, 1000, 1400].map(|n| letter(n, 0).size);
        assert_eq!(sizes, ["usual", "long", "longer", "longest"]);
        assert_eq!(letter(0, 9).goals.len(), MOST_GOALS);
    }
}
