//! The growth letter (成长信) that ends a child's term: which of what was told stands in it, and what a teacher should
//! still write before it is handed over. It speaks of the child alone; there is nothing in it to compare. Used by
//! `actions::letters`.

use super::term_comment::State;

/// Most told moments beside the shining point.
pub const MOMENTS: usize = 3;

/// A released moment as the choice sees it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Told<'a> {
    /// Empty where it belongs to no star.
    pub dimension: &'a str,
    /// Chip and own words.
    pub said: (&'a str, &'a str),
    pub by_teacher: bool,
}

/// Places in what was told.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Chosen {
    /// What a teacher wrote down itself.
    pub shining: Option<usize>,
    /// At most [`MOMENTS`] further.
    pub moments: Vec<usize>,
}

/// Chooses from what was told, newest first: the teacher's newest as the shining point, then the newest of each star
/// that was not spoken of yet, then the newest that are left. Nothing is told in the same words twice.
///
/// ```
/// # use starlight::domain::letter::{Chosen, Told, choose};
/// let told = |dimension, text, by_teacher| Told { dimension, said: ("", text), by_teacher };
/// let all = [told("arts", "a", false), told("arts", "b", true), told("arts", "c", false), told("health", "d", false)];
/// assert_eq!(choose(&all), Chosen { shining: Some(1), moments: vec![3, 0, 2] });
/// assert_eq!(choose(&[]), Chosen::default());
/// ```
pub fn choose(told: &[Told<'_>]) -> Chosen {
    let shining = told.iter().position(|one| one.by_teacher);
    let first = shining.and_then(|at| told.get(at));
    let mut spoken: Vec<&str> = first.iter().map(|one| one.dimension).collect();
    let mut said: Vec<(&str, &str)> = first.iter().map(|one| one.said).collect();
    let (mut fresh, mut others) = (Vec::new(), Vec::new());
    for (at, one) in told.iter().enumerate() {
        if Some(at) == shining || said.contains(&one.said) {
            continue;
        }
        said.push(one.said);
        if spoken.contains(&one.dimension) {
            others.push(at);
        } else {
            spoken.push(one.dimension);
            fresh.push(at);
        }
    }
    fresh.extend(others);
    fresh.truncate(MOMENTS);
    Chosen {
        shining,
        moments: fresh,
    }
}

/// What is still to be done for a letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gap {
    /// No term comment is written.
    Comment,
    /// It is written and not final.
    Draft,
    /// It is final, and the class's are not released.
    Release,
    /// No teacher told a moment.
    Shining,
}

impl Gap {
    /// Ends the key of its words.
    pub fn key(self) -> &'static str {
        match self {
            Self::Comment => "comment",
            Self::Draft => "draft",
            Self::Release => "release",
            Self::Shining => "shining",
        }
    }
}

/// What is missing; `written` is the comment's state, `in_letter` whether child and family may read it.
///
/// ```
/// # use starlight::domain::{letter::{Gap, gaps}, term_comment::State};
/// assert_eq!(gaps(None, false, false), [Gap::Comment, Gap::Shining]);
/// assert_eq!(gaps(Some(State::Draft), false, true), [Gap::Draft]);
/// assert_eq!(gaps(Some(State::Final), false, true), [Gap::Release]);
/// assert!(gaps(Some(State::Final), true, true).is_empty());
/// ```
pub fn gaps(written: Option<State>, in_letter: bool, shining: bool) -> Vec<Gap> {
    let comment = match written {
        _ if in_letter => None,
        None => Some(Gap::Comment),
        Some(State::Draft) => Some(Gap::Draft),
        Some(State::Final) => Some(Gap::Release),
    };
    let shining = (!shining).then_some(Gap::Shining);
    comment.into_iter().chain(shining).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told<'a>(dimension: &'a str, text: &'a str, by_teacher: bool) -> Told<'a> {
        Told {
            dimension,
            said: ("", text),
            by_teacher,
        }
    }

    #[test]
    fn different_stars_come_before_more_of_the_same() {
        let stars = ["arts", "arts", "arts", "health", "", "labour"];
        let all: Vec<Told> = stars
            .iter()
            .zip(["a", "b", "c", "d", "e", "f"])
            .map(|(star, text)| told(star, text, false))
            .collect();
        let chosen = choose(&all);
        assert_eq!(chosen.shining, None);
        assert_eq!(chosen.moments, [0, 3, 4]);
    }

    #[test]
    fn neither_the_shining_point_nor_the_same_words_are_told_twice() {
        let all = [
            told("arts", "a", true),
            told("arts", "b", true),
            told("health", "b", false),
            told("health", "a", false),
        ];
        let chosen = choose(&all);
        assert_eq!((chosen.shining, chosen.moments), (Some(0), vec![1]));
    }
}
