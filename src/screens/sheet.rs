//! View model of a rating sheet: the cards of a child's round, one person (or the class) each, with rows of indicators
//! and a foot. One card is open; the others lie ready in the page, so that a child can go on without network.

use serde::Serialize;

use super::engine::Page;
use super::look_fors;
use super::parts::{Avatar, Choice, Spoken, choices};
use crate::domain::recall::OCCASIONS;

/// `GET, POST /s/sheets/{source}/{ratee}` (fields `a.{indicator}` = level or empty for 没看见,
/// `go` = `next`, `back` or `send`, `sure` = `1` after the friendly question).
#[derive(Debug, Clone, Serialize)]
pub struct SheetPage {
    pub segment: Segment,
    /// All cards in order.
    pub cards: Vec<SheetCard>,
    /// Place of the open card, from 0.
    pub at: usize,
    /// Remember first: asked at most once a round.
    pub recall: Option<RecallView>,
    /// Something good about a classmate, on the last card; none once the teacher decided about it.
    pub say: Option<SayView>,
    /// The practice round is offered on the first card.
    pub practice: bool,
}

impl Page for SheetPage {
    const TEMPLATE: &'static str = "child/sheet.html";
    const TITLE_KEY: &'static str = "sheet-title";
}

/// One card.
#[derive(Debug, Clone, Serialize)]
pub struct SheetCard {
    pub source: SheetSource,
    /// Student id, or the class for [`SheetSource::Class`].
    pub ratee: String,
    /// The form's address.
    pub action: String,
    /// The form's key for the outbox, see `keys::form_key`.
    pub key: String,
    /// Where the form's counter begins.
    pub stamp: i64,
    /// Counter of the save the server has; 0 for none.
    pub stored: i64,
    /// The person's name, or the class's.
    pub who: Spoken,
    /// None for the class.
    pub avatar: Option<Avatar>,
    pub rows: Vec<IndicatorRow>,
    /// This card is number `position` of `total`, from 1.
    pub position: u32,
    pub total: u32,
    /// One for each card of the task.
    pub dots: Vec<Dot>,
    /// There is a card before this one.
    pub has_back: bool,
    /// Sending finishes the task.
    pub is_last: bool,
    /// Rows were left open at the last attempt; each says so itself.
    pub unanswered: bool,
    /// The friendly question before it counts.
    pub question: Option<KindQuestion>,
}

impl SheetCard {
    /// The dots of a task: cards before `position` done, itself now, the rest next.
    pub fn dots(position: u32, total: u32) -> Vec<Dot> {
        (1..=total)
            .map(|place| match place.cmp(&position) {
                std::cmp::Ordering::Less => Dot::Done,
                std::cmp::Ordering::Equal => Dot::Now,
                std::cmp::Ordering::Greater => Dot::Next,
            })
            .collect()
    }
}

/// About whom the card is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SheetSource {
    #[serde(rename = "self")]
    Myself,
    Peer,
    Class,
}

/// Decides size, pinyin and drawing of the levels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Segment {
    Low,
    Middle,
    High,
}

/// One indicator with its levels.
#[derive(Debug, Clone, Serialize)]
pub struct IndicatorRow {
    pub id: String,
    /// Key of the star: `virtue wisdom health arts labour`; `star` for class indicators.
    pub star: String,
    pub text: Spoken,
    pub choices: Vec<Choice>,
    /// 没看见 was chosen before.
    pub unseen: bool,
    /// Left open at the last attempt.
    pub missing: bool,
    /// What to look for, in children's words.
    pub look_fors: Vec<Spoken>,
    /// Symbol of `lookfors.svg` that shows it, where there is one.
    pub picture: Option<&'static str>,
}

/// What was answered before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Nothing yet.
    Open,
    /// 没看见.
    Unseen,
    /// Level 1 … n.
    Level(u8),
}

impl IndicatorRow {
    /// A row; `missing` when it is shown again because it was left open.
    pub fn new(
        id: &str,
        star: &str,
        text: Spoken,
        levels: &[Spoken],
        answer: Answer,
        asked_before: bool,
    ) -> Self {
        let chosen = match answer {
            Answer::Level(level) => Some(level),
            Answer::Open | Answer::Unseen => None,
        };
        Self {
            id: id.to_owned(),
            star: star.to_owned(),
            text,
            choices: choices(levels, chosen),
            unseen: answer == Answer::Unseen,
            missing: asked_before && answer == Answer::Open,
            look_fors: Vec::new(),
            picture: look_fors::picture(id),
        }
    }

    /// With what to look for.
    #[must_use]
    pub fn looking_for(self, look_fors: Vec<Spoken>) -> Self {
        Self { look_fors, ..self }
    }
}

/// State of one card of the task.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Dot {
    Done,
    Now,
    Next,
}

/// Why the page asks before it sends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum KindQuestion {
    /// The same level everywhere.
    Same,
    /// Faster than one can read.
    Fast,
}

/// What a child may say about one classmate it rates: who, one ready sentence, from some grade on own words.
/// Fields `say.to`, `say.chip`, `say.words` of the last card.
#[derive(Debug, Clone, Serialize)]
pub struct SayView {
    pub people: Vec<SayPerson>,
    pub chips: Vec<SayChip>,
    /// What the child wrote before.
    pub words: String,
    /// Longest own words, in characters; 0: none in this grade.
    pub most: usize,
    /// Where the counter of its saves begins.
    pub stamp: i64,
    /// Something was said already.
    pub said: bool,
    /// What was wrong with it at the last attempt: key of `say-wrong-…`; empty for nothing.
    pub wrong: String,
}

/// A classmate of the round.
#[derive(Debug, Clone, Serialize)]
pub struct SayPerson {
    pub ratee: String,
    /// The key of the form about this classmate.
    pub key: String,
    pub name: Spoken,
    pub avatar: Avatar,
    pub on: bool,
}

/// A ready sentence.
#[derive(Debug, Clone, Serialize)]
pub struct SayChip {
    pub id: String,
    pub star: String,
    pub text: Spoken,
    pub on: bool,
}

/// What helps a child to remember one concrete moment; the deeds are the look-fors of the indicator.
#[derive(Debug, Clone, Serialize)]
pub struct RecallView {
    /// Keys of `recall-when-…`.
    pub occasions: Vec<String>,
}

impl RecallView {
    /// With all occasions.
    pub fn new() -> Self {
        Self {
            occasions: OCCASIONS.map(str::to_owned).to_vec(),
        }
    }
}

impl Default for RecallView {
    fn default() -> Self {
        Self::new()
    }
}
