//! Hidden talents: what at least two classmates, or only the family, name in a child, and no teacher has named yet.

use std::collections::BTreeSet;

/// Classmates who have to name a star, so that it is not one friend's favour.
pub const ENOUGH_CLASSMATES: usize = 2;

/// Who named a star of a child so far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Named {
    /// Distinct classmates, by id.
    pub classmates: BTreeSet<String>,
    pub home: bool,
    pub teacher: bool,
}

/// Where a talent was seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seen {
    /// By so many classmates.
    Classmates(usize),
    /// Only at home.
    Home,
}

impl Named {
    /// Whether this is a talent that no teacher has named, and who sees it.
    pub fn hidden(&self) -> Option<Seen> {
        match self.classmates.len() {
            _ if self.teacher => None,
            n if n >= ENOUGH_CLASSMATES => Some(Seen::Classmates(n)),
            0 if self.home => Some(Seen::Home),
            _ => None,
        }
    }
}

/// The stars that a sheet names: those with the highest anchor `top`, unless all answers are alike: who gives everything
/// the same names nothing. `answers`: the star of each answered question with its anchor.
///
/// ```
/// # use starlight::domain::portrait::hidden::names;
/// assert_eq!(names(&[(0, 4), (1, 3)], 4), [0].into());
/// assert!(names(&[(0, 4), (1, 4)], 4).is_empty());
/// ```
pub fn names(answers: &[(usize, u8)], top: u8) -> BTreeSet<usize> {
    let alike = answers.windows(2).all(|two| match two {
        [(_, a), (_, b)] => a == b,
        _ => true,
    });
    if alike {
        return BTreeSet::new();
    }
    at_top(answers, top)
}

/// The stars with the highest anchor on a sheet, however the rest stands. For teachers: what a teacher gave the highest
/// anchor is not unseen.
pub fn at_top(answers: &[(usize, u8)], top: u8) -> BTreeSet<usize> {
    let high = answers.iter().filter(|(_, anchor)| *anchor == top);
    high.map(|(star, _)| *star).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(classmates: &[&str], home: bool, teacher: bool) -> Option<Seen> {
        let classmates = classmates.iter().map(|c| (*c).to_owned()).collect();
        Named {
            classmates,
            home,
            teacher,
        }
        .hidden()
    }

    #[test]
    fn two_classmates_or_only_the_family_and_never_a_teacher() {
        assert_eq!(named(&["a", "b"], false, false), Some(Seen::Classmates(2)));
        assert_eq!(named(&["a", "b"], true, false), Some(Seen::Classmates(2)));
        assert_eq!(named(&[], true, false), Some(Seen::Home));
        assert_eq!(named(&["a", "b", "c"], true, true), None);
        assert_eq!(named(&[], true, true), None);
        // One classmate is too few, and then it is not "only at home" either.
        assert_eq!(named(&["a"], false, false), None);
        assert_eq!(named(&["a"], true, false), None);
        assert_eq!(named(&[], false, false), None);
    }

    #[test]
    fn a_single_answer_tells_nothing_apart() {
        assert!(names(&[(2, 3)], 3).is_empty());
        assert!(names(&[], 3).is_empty());
        assert_eq!(at_top(&[(2, 3)], 3), [2].into());
    }
}
