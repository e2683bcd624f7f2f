//! View model of the term book: one sheet of paper a child, A4 or folded to A5. It has no field for a place or points.

use serde::Serialize;

use super::engine::Page;

/// Most moments on one sheet.
const MOST_MOMENTS: usize = 5;
/// Lines of moments that a sheet holds beside a comment of usual, greater and greatest length.
const MOMENT_LINES: [usize; 3] = [8, 5, 3];
/// Columns of a line of moments; a hanzi takes two.
const MOMENT_COLUMNS: usize = 72;
/// Columns of the term comment up to which it has the usual size, and the middle one.
const COMMENT_COLUMNS: (usize, usize) = (280, 560);
/// Most columns of a child's or family's words.
const WORDS_COLUMNS: usize = 124;
/// Most of them on one sheet, as of goals and badges.
const MOST_WORDS: usize = 2;
const MOST_GOALS: usize = 3;
const MOST_BADGES: usize = 6;

/// `GET /t/classes/{id}/book`.
#[derive(Debug, Clone, Serialize)]
pub struct TermBook {
    pub class_id: String,
    pub class_name: String,
    pub school_name: String,
    pub term_name: String,
    /// The child whose sheet alone this is; empty: the whole class.
    pub child: String,
    /// Two A5 pages side by side, to be folded, instead of A4.
    pub fold: bool,
    pub sheets: Vec<BookSheet>,
}

impl Page for TermBook {
    const TEMPLATE: &'static str = "teacher/book.html";
    const TITLE_KEY: &'static str = "book-title";
}

/// One child's sheet; what is empty becomes lines to write by hand.
#[derive(Debug, Clone, Serialize)]
pub struct BookSheet {
    pub id: String,
    pub name: String,
    pub stars: Vec<BookStar>,
    /// Voices that came and voices there are; none before the first published round.
    pub voices: Option<(usize, usize)>,
    /// The classmates' part is not in the words yet.
    pub peer_hidden: bool,
    pub moments: Vec<Told>,
    pub goals: Vec<Told>,
    pub badges: Vec<Told>,
    pub comment: String,
    pub comment_by: String,
    pub own_words: Vec<String>,
    /// The goal the child is working on; empty: none.
    pub goal_on: String,
    pub home_words: Vec<String>,
    /// `usual`, `long` or `longest`.
    pub size: &'static str,
}

/// One star: `pieces` are the steps of the scale, lit up to the word.
#[derive(Debug, Clone, Serialize)]
pub struct BookStar {
    pub star: String,
    pub name: String,
    /// Empty: not yet.
    pub word: String,
    pub pieces: Vec<bool>,
}

/// A moment, a goal reached or a badge; `by` may be empty.
#[derive(Debug, Clone, Serialize)]
pub struct Told {
    pub star: String,
    pub text: String,
    pub by: String,
}

impl BookSheet {
    /// Keeps what the paper holds, the newest of each; never half a sentence, but where one alone is too long.
    pub fn fitted(mut self) -> Self {
        let written = columns(&self.comment);
        let (usual, long) = COMMENT_COLUMNS;
        let [many, some, few_lines] = MOMENT_LINES;
        let (size, lines) = match written {
            n if n <= usual => ("usual", many),
            n if n <= long => ("long", some),
            _ => ("longest", few_lines),
        };
        self.size = size;
        self.moments.truncate(MOST_MOMENTS);
        let mut free = lines;
        self.moments.retain(|told| {
            let needed = columns(&told.text) + columns(&told.by) + 1;
            let lines = needed.div_ceil(MOMENT_COLUMNS);
            let fits = lines <= free;
            free -= if fits { lines } else { 0 };
            fits
        });
        self.goals.truncate(MOST_GOALS);
        self.badges.truncate(MOST_BADGES);
        self.own_words = few(self.own_words);
        self.home_words = few(self.home_words);
        self
    }
}

/// As many of the newest words as there is room for.
fn few(words: Vec<String>) -> Vec<String> {
    let mut free = WORDS_COLUMNS;
    let mut kept = Vec::new();
    for words in words.into_iter().take(MOST_WORDS) {
        let needed = columns(&words);
        if needed <= free {
            free -= needed;
            kept.push(words);
        } else if kept.is_empty() {
            kept.push(cut(&words));
            break;
        }
    }
    kept
}

/// The beginning of words that are too long for their place.
fn cut(words: &str) -> String {
    let mut short = String::new();
    for letter in words.chars() {
        if columns(&short) + 4 > WORDS_COLUMNS {
            break;
        }
        short.push(letter);
    }
    short.push('…');
    short
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

    fn sheet(moments: &[usize], comment: usize) -> BookSheet {
        let told = |n: &usize| Told {
            star: String::new(),
            text: "字".repeat(*n),
            by: String::new(),
        };
        BookSheet {
            id: String::new(),
            name: String::new(),
            stars: Vec::new(),
            voices: None,
            peer_hidden: false,
            moments: moments.iter().map(told).collect(),
            goals: Vec::new(),
            badges: Vec::new(),
            comment: "字".repeat(comment),
            comment_by: String::new(),
            own_words: Vec::new(),
            goal_on: String::new(),
            home_words: Vec::new(),
            size: "usual",
        }
        .fitted()
    }

    #[test]
    fn at_most_five_moments_and_no_more_lines_than_there_is_room_for() {
        assert_eq!(sheet(&[10; 9], 100).moments.len(), 5);
        assert_eq!(sheet(&[80; 5], 100).moments.len(), 2);
        // A long one that does not fit leaves its place to a short one behind it.
        let kept = sheet(&[80, 80, 80, 10], 100).moments;
        assert_eq!(kept.iter().map(|m| m.text.chars().count()).max(), Some(80));
        assert_eq!(kept.len(), 3);
        assert_eq!(sheet(&[80; 5], 400).moments.len(), 1);
    }

    #[test]
    fn a_longer_comment_is_set_smaller() {
        let sizes = [100, 200, 500].map(|n| sheet(&[], n).size);
        assert_eq!(sizes, ["usual", "long", "longest"]);
    }

    #[test]
    fn words_are_kept_whole_and_only_a_single_long_one_is_cut() {
        let said = |lengths: &[usize]| few(lengths.iter().map(|n| "话".repeat(*n)).collect());
        assert_eq!(said(&[30, 30, 30]).len(), 2);
        assert_eq!(said(&[60, 30]), ["话".repeat(60)]);
        let cut = said(&[200, 10]);
        assert_eq!(cut.len(), 1);
        assert!(cut[0].ends_with('…') && columns(&cut[0]) <= WORDS_COLUMNS);
    }
}
