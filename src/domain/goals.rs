//! A child's small goal (成功点): ready ones by star, own words from grade 3 on, one at a time. Texts of the ready ones
//! are Fluent `goal-{id}` with `.pinyin`.

use super::{compliments::judge_words, refusal::Refusal};

/// A ready goal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ready {
    /// Fluent `goal-{id}`.
    pub id: &'static str,
    /// `virtue wisdom health arts labour`.
    pub dimension: &'static str,
}

/// Two for each star.
pub const READY: [Ready; 10] = [
    ready("greet", "virtue"),
    ready("calm", "virtue"),
    ready("read", "wisdom"),
    ready("speak", "wisdom"),
    ready("rope", "health"),
    ready("sleep", "health"),
    ready("write", "arts"),
    ready("sing", "arts"),
    ready("bag", "labour"),
    ready("house", "labour"),
];

/// Longest own goal, in characters.
pub const MOST_WORDS: usize = 20;
/// Grade from which a child may write a goal of its own.
pub const WORDS_FROM_GRADE: u32 = 3;

const fn ready(id: &'static str, dimension: &'static str) -> Ready {
    Ready { id, dimension }
}

/// The ready goal of an id.
pub fn find(id: &str) -> Option<Ready> {
    READY.into_iter().find(|ready| ready.id == id)
}

/// Judges a goal in a child's own words.
///
/// # Errors
/// `Invalid("goal-empty")`, and the refusals of [`judge_words`].
pub fn judge(words: &str, grade: u32) -> Result<String, Refusal> {
    let words = judge_words(words, grade, WORDS_FROM_GRADE, MOST_WORDS)?;
    if words.is_empty() {
        return Err(Refusal::Invalid("goal-empty".to_owned()));
    }
    Ok(words)
}

/// How far a goal is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// The child works at it.
    Open,
    /// The child says it is done; teacher or family have not confirmed it yet.
    Waiting,
    Reached,
    Dropped,
}

impl Stage {
    /// From what is stored: whether it was done, confirmed, dropped.
    pub fn of(done: bool, confirmed: bool, dropped: bool) -> Self {
        match (dropped, confirmed, done) {
            (true, ..) => Self::Dropped,
            (_, true, _) => Self::Reached,
            (_, _, true) => Self::Waiting,
            _ => Self::Open,
        }
    }

    /// Whether it stands in the way of another one.
    pub fn is_on(self) -> bool {
        matches!(self, Self::Open | Self::Waiting)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_goals_are_short_and_from_grade_three_on() {
        assert_eq!(judge("run", 2), Err(Refusal::WordsLater(3)));
        assert_eq!(judge(" run  far ", 3).unwrap(), "run far");
        assert_eq!(judge(&"x".repeat(21), 3), Err(Refusal::CommentTooLong(20)));
        assert_eq!(
            judge(" ", 3),
            Err(Refusal::Invalid("goal-empty".to_owned()))
        );
    }

    #[test]
    fn a_goal_goes_from_open_to_reached() {
        assert_eq!(Stage::of(false, false, false), Stage::Open);
        assert_eq!(Stage::of(true, false, false), Stage::Waiting);
        assert_eq!(Stage::of(true, true, false), Stage::Reached);
        assert!(!Stage::of(true, false, true).is_on());
    }
}
