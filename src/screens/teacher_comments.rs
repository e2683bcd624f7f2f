//! View models of term comments: `GET,POST /t/classes/{id}/comments`, template `teacher/comments.html`, and its print,
//! template `teacher/comments_print.html`.

use super::parts::Avatar;
use super::teacher_shared::page;
use serde::Serialize;

page! {
    TermComments => "teacher/comments.html", "comments-title";
    CommentsPrint => "teacher/comments_print.html", "comments-title";
}

/// One child of the class at a time, with all of them as a film above.
#[derive(Debug, Clone, Serialize)]
pub struct TermComments {
    pub class_id: String,
    pub class_name: String,
    pub term_name: String,
    /// Name of the copy that this device keeps of an unsaved text, without the child.
    pub keep_key: String,
    /// The homeroom teacher writes, the office reads.
    pub may_write: bool,
    /// Day on which the class's term was closed: the texts stand. Empty: it is open.
    pub closed: String,
    pub film: Vec<FilmChild>,
    pub finals: u32,
    pub drafts: u32,
    pub of: u32,
    /// Since when families read what is final; empty for not yet.
    pub released: String,
    /// None in a class without children.
    pub kid: Option<CommentKid>,
    pub tones: Vec<ToneDraft>,
    pub phrases: Vec<Phrase>,
    pub most: usize,
    pub most_phrase: usize,
    pub low: usize,
    pub high: usize,
    /// What is asked about the text.
    pub asks: Vec<AskLine>,
    /// It was to be final and was held back.
    pub held: bool,
    /// The text was changed elsewhere since this page was drawn.
    pub conflict: Option<Conflict>,
}

/// One child of the film.
#[derive(Debug, Clone, Serialize)]
pub struct FilmChild {
    pub id: String,
    pub number: u32,
    pub name: String,
    pub avatar: Avatar,
    /// empty, draft or final.
    pub state: &'static str,
    pub current: bool,
    pub left: bool,
}

/// The child that is written about.
#[derive(Debug, Clone, Serialize)]
pub struct CommentKid {
    pub id: String,
    pub number: u32,
    pub name: String,
    pub avatar: Avatar,
    /// male, female or empty.
    pub sex: String,
    /// Its comment can be changed now: not final, not left, by the homeroom teacher.
    pub writable: bool,
    pub left: bool,
    pub state: &'static str,
    pub text: String,
    pub length: usize,
    /// What the server has differs from `text`: a draft or an addition that is not saved yet.
    pub unsaved: bool,
    pub stamp: i64,
    pub hand: String,
    pub turn: i64,
    /// When it was saved last; empty for never.
    pub saved_at: String,
    pub final_on: String,
    /// Neighbours in the film; empty at its ends.
    pub before: String,
    pub after: String,
    pub moments: u32,
    pub stars: Vec<KidStar>,
    pub evidence: Vec<EvidenceCard>,
    pub history: Vec<EarlierFinal>,
}

/// One of the five stars: the word shown to the family, and own view beside the others' view.
#[derive(Debug, Clone, Serialize)]
pub struct KidStar {
    pub star: String,
    pub name: String,
    /// Word of the scale; empty for not yet.
    pub word: String,
    /// Pieces of the scale, true up to the word.
    pub pieces: Vec<bool>,
    pub own: String,
    pub others: String,
}

/// One thing seen, to be put into the text.
#[derive(Debug, Clone, Serialize)]
pub struct EvidenceCard {
    pub id: String,
    pub star: String,
    pub text: String,
    pub by: String,
    /// What of it is looked for in the text.
    pub mark: String,
    pub used: bool,
    pub names_other: bool,
    /// The sentence that is put in, by tone.
    pub sentences: Vec<ToneText>,
}

#[derive(Debug, Clone, Serialize)]
pub struct ToneText {
    pub tone: &'static str,
    pub text: String,
}

/// A composed draft.
#[derive(Debug, Clone, Serialize)]
pub struct ToneDraft {
    pub tone: &'static str,
    pub text: String,
    pub chosen: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct Phrase {
    pub place: usize,
    pub text: String,
}

/// One question about the text, in words.
#[derive(Debug, Clone, Serialize)]
pub struct AskLine {
    pub key: &'static str,
    pub text: String,
    pub blocks: bool,
    /// Words of the text that it is about; may be empty.
    pub place: String,
}

/// What stands, and what this page has.
#[derive(Debug, Clone, Serialize)]
pub struct Conflict {
    pub text: String,
    pub by: String,
    pub at: String,
    pub stamp: i64,
    /// It is final by now: only opening it again changes it.
    pub is_final: bool,
    pub mine: String,
}

/// A final text of before.
#[derive(Debug, Clone, Serialize)]
pub struct EarlierFinal {
    pub text: String,
    pub day: String,
    pub by: String,
}

/// The class's comments on paper.
#[derive(Debug, Clone, Serialize)]
pub struct CommentsPrint {
    pub class_id: String,
    pub class_name: String,
    pub school_name: String,
    pub term_name: String,
    pub teacher_name: String,
    /// One child a page instead of one after the other.
    pub each: bool,
    pub children: Vec<PrintedComment>,
}

#[derive(Debug, Clone, Serialize)]
pub struct PrintedComment {
    pub number: u32,
    pub name: String,
    pub text: String,
    pub state: &'static str,
}
