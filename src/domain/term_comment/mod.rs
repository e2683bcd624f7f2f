//! A homeroom teacher's term comment about a child: which save counts (`save`), which evidence a draft speaks of and in
//! which order (`plan`), and what is asked about a text before it is final (`guard`). The words are Fluent's.

pub mod guard;
pub mod plan;
pub mod save;

use super::refusal::Refusal;

/// Longest comment, in characters (S-102).
pub const MOST: usize = 500;
/// Phrase keys of a teacher, 1 to this.
pub const PHRASES: usize = 9;
/// Longest phrase, in characters.
pub const MOST_PHRASE: usize = 40;

/// How a draft sounds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    #[default]
    Warm,
    Plain,
    Lively,
}

impl Tone {
    pub const ALL: [Self; 3] = [Self::Warm, Self::Plain, Self::Lively];

    /// The word that is stored, and part of Fluent keys.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Warm => "warm",
            Self::Plain => "plain",
            Self::Lively => "lively",
        }
    }

    /// From the stored word.
    pub fn parse(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|tone| tone.key() == key)
    }
}

/// How far a comment is; a child without a row, or with an empty draft, has none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Draft,
    Final,
}

impl State {
    /// The word that is stored.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Final => "final",
        }
    }

    /// From the stored word; anything unknown is not final.
    pub fn parse(key: &str) -> Self {
        if key == Self::Final.key() {
            Self::Final
        } else {
            Self::Draft
        }
    }
}

/// A text as it is kept: line ends alike, no control characters, blank text empty.
///
/// ```
/// # use starlight::domain::term_comment::tidy;
/// assert_eq!(tidy("a\r\nb \u{7}").unwrap(), "a\nb ");
/// assert_eq!(tidy(" \n").unwrap(), "");
/// ```
///
/// # Errors
/// `CommentTooLong` above [`MOST`] characters.
pub fn tidy(text: &str) -> Result<String, Refusal> {
    let text = text.replace("\r\n", "\n");
    let kept = |c: &char| *c == '\n' || !c.is_control();
    let text: String = text.chars().filter(kept).collect();
    if text.chars().count() > MOST {
        return Err(Refusal::CommentTooLong(MOST));
    }
    if text.trim().is_empty() {
        return Ok(String::new());
    }
    Ok(text)
}
