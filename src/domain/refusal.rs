//! Why the system says no: a closed list with stable keys. Pages and the API turn the key into a sentence.
//! Used by every judgement of the domain; storage and web never invent their own.

use std::fmt;

/// One reason with what the reader needs to know. `key()` names it for ever in texts, tests and API answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// Nobody is signed in, or not any more.
    SignedOut,
    /// The person is known and the thing is in reach, but not for this role.
    Forbidden,
    /// Out of scope and non-existent look alike.
    NotFound,
    /// The round does not take sheets: draft, closed or published.
    RoundNotOpen,
    /// The sheet is about somebody who was not allotted to the rater.
    NotYourRatee,
    /// An indicator that this form does not hold; its id.
    UnknownIndicator(String),
    /// An anchor outside 1…n of the indicator `.0`.
    AnchorOutOfRange(String, u8),
    /// The comment is longer than the limit in characters.
    CommentTooLong(usize),
    /// Words that would hurt a classmate.
    UnkindWords,
    /// Words of its own a child may write from this grade on.
    WordsLater(u32),
    /// Another copy of this form was saved in between.
    Stale,
    /// The step does not follow from the round's present state.
    WrongState,
    /// The sign-in window of the class is closed.
    WindowClosed,
    /// Login, password, picture PIN or code do not fit together.
    WrongSecret,
    /// Too many tries: wait this many seconds.
    Wait(u64),
    /// The password breaks a rule; the rule's key.
    WeakPassword(&'static str),
    /// A document (rubric, weights, dates) breaks a rule, said in words.
    Invalid(String),
    /// There is something of this name already.
    Taken(String),
    /// The link, code or set-up address is past its time.
    Expired,
    /// The term has an opened round: its rule is frozen.
    RuleFrozen,
    /// The class's term is closed: its comments stand.
    TermClosed,
    /// Proof of identity is older than five minutes.
    ProveAgain,
    /// The child is in a class; what is asked for comes after it has left.
    StillHere,
    /// The account has to set up its second factor first.
    EnrolFirst,
    /// The family has not answered the notice in force yet (security.md 3).
    NoticeFirst,
}

impl Refusal {
    /// Stable key: `refusal-…` in the texts, `type` in problem documents.
    pub fn key(&self) -> &'static str {
        match self {
            Self::SignedOut => "signed-out",
            Self::Forbidden => "forbidden",
            Self::NotFound => "not-found",
            Self::RoundNotOpen => "round-not-open",
            Self::NotYourRatee => "not-your-ratee",
            Self::UnknownIndicator(_) => "unknown-indicator",
            Self::AnchorOutOfRange(..) => "anchor-out-of-range",
            Self::CommentTooLong(_) => "comment-too-long",
            Self::UnkindWords => "unkind-words",
            Self::WordsLater(_) => "words-later",
            Self::Stale => "stale",
            Self::WrongState => "wrong-state",
            Self::WindowClosed => "window-closed",
            Self::WrongSecret => "wrong-secret",
            Self::Wait(_) => "wait",
            Self::WeakPassword(_) => "weak-password",
            Self::Invalid(_) => "invalid",
            Self::Taken(_) => "taken",
            Self::Expired => "expired",
            Self::RuleFrozen => "rule-frozen",
            Self::TermClosed => "term-closed",
            Self::ProveAgain => "prove-again",
            Self::StillHere => "still-here",
            Self::EnrolFirst => "enrol-first",
            Self::NoticeFirst => "notice-first",
        }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownIndicator(id) => write!(f, "unknown indicator {id}"),
            Self::AnchorOutOfRange(id, n) => write!(f, "anchor of {id} must be 1 to {n}"),
            Self::CommentTooLong(max) => write!(f, "the comment is longer than {max} characters"),
            Self::WordsLater(grade) => write!(f, "own words from grade {grade} on"),
            Self::Wait(seconds) => write!(f, "too many tries, wait {seconds} s"),
            Self::WeakPassword(rule) => write!(f, "weak password: {rule}"),
            Self::Invalid(what) | Self::Taken(what) => f.write_str(what),
            other => f.write_str(other.key()),
        }
    }
}

impl std::error::Error for Refusal {}
