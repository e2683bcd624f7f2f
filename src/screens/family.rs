//! View models of the family's pages: landing, form, thanks, card, and the states of a link.

use serde::Serialize;

use super::appeal::OwnAppeal;
use super::engine::Page;
use super::family_rights::HomeRequest;
use super::own::{GoalView, MomentView, OwnFestival, StarLevel, Voices};
use super::parts::BadgeView;
use super::sheet::IndicatorRow;

/// `GET /p/{token}`: no personal data; one tap opens (POST to the same address; field `digits` where the school asks for
/// them).
#[derive(Debug, Clone, Default, Serialize)]
pub struct FamilyLanding {
    /// `/p/{token}`.
    pub action: String,
    /// Whether the four digits of the slip are asked for.
    pub digits: bool,
    pub tried: SlipTry,
}

/// What became of digits or a code just typed.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct SlipTry {
    /// They do not stand on the slip.
    pub wrong: bool,
    /// Minutes until the next try; 0 when there is one at once.
    pub wait: u64,
}

/// `GET /p/class/{token}`: nobody is named; a child's own code opens its own link (field `code`).
#[derive(Debug, Clone, Default, Serialize)]
pub struct FamilyClassLanding {
    /// `/p/class/{token}`.
    pub action: String,
    pub tried: SlipTry,
}

impl Page for FamilyClassLanding {
    const TEMPLATE: &'static str = "family/class_landing.html";
    const TITLE_KEY: &'static str = "family-title";
}

impl Page for FamilyLanding {
    const TEMPLATE: &'static str = "family/landing.html";
    const TITLE_KEY: &'static str = "family-title";
}

/// `GET, POST /f/{link}` (fields `a.{indicator}` = level, absent when left open; `chip` = one
/// encouragement's id or `own`; `text` = own words, at most 60 characters; `version`).
#[derive(Debug, Clone, Serialize)]
pub struct FamilyForm {
    pub action: String,
    /// 林**.
    pub child: String,
    pub class_name: String,
    pub rows: Vec<IndicatorRow>,
    pub chips: Vec<Encouragement>,
    pub own_words: String,
    /// How many rows are answered already.
    pub answered: u32,
    pub total: u32,
    /// Changes an answer given before.
    pub again: bool,
    /// Somebody else of the family sent meanwhile: these are the answers as typed here.
    pub conflict: bool,
    /// Nothing was chosen at all.
    pub nothing_chosen: bool,
    /// Copied into the hidden field `version`, to notice a conflict.
    pub version: String,
    /// Where 不是我的孩子 leads: `/f/{link}?wrong=1`.
    pub wrong_href: String,
    /// The teacher typed in a paper of this home: what is sent here takes its place.
    pub paper: bool,
}

impl Page for FamilyForm {
    const TEMPLATE: &'static str = "family/form.html";
    const TITLE_KEY: &'static str = "family-title";
}

/// One ready sentence for the child.
#[derive(Debug, Clone, Serialize)]
pub struct Encouragement {
    pub id: String,
    pub text: String,
    pub on: bool,
}

/// Shown once after sending.
#[derive(Debug, Clone, Default, Serialize)]
pub struct FamilyThanks {
    pub child: String,
    /// `/f/{link}?edit=1`.
    pub edit_href: String,
    /// `/f/{link}`.
    pub card_href: String,
    /// The question about the class.
    pub class: Option<ClassAsk>,
    /// It was just answered.
    pub class_sent: bool,
}

/// The question about the class, posted to `/f/{link}/class`.
#[derive(Debug, Clone, Serialize)]
pub struct ClassAsk {
    pub action: String,
    pub rows: Vec<IndicatorRow>,
    /// Something was said about it before.
    pub again: bool,
}

impl Page for FamilyThanks {
    const TEMPLATE: &'static str = "family/thanks.html";
    const TITLE_KEY: &'static str = "family-thanks-title";
}

/// A badge that was withdrawn, with the reason.
#[derive(Debug, Clone, Serialize)]
pub struct WithdrawnBadge {
    pub name: String,
    pub why: String,
}

/// The own child's card: words and bands, never a number of which a part could be worked out.
#[derive(Debug, Clone, Serialize)]
pub struct FamilyCard {
    /// "This is not right".
    pub appeal: OwnAppeal,
    pub child: String,
    pub class_name: String,
    pub round: String,
    /// Date of publishing, in words.
    pub date: String,
    pub stars: Vec<StarLevel>,
    /// Names of the strongest stars, in words; may be empty.
    pub strengths: Vec<String>,
    pub voices: Voices,
    pub peer_hidden: bool,
    /// The child was on leave in this round.
    pub excused: bool,
    /// No round is published yet: the card says so instead of stars.
    pub not_yet: bool,
    pub moments: Vec<MomentView>,
    pub goal: Option<GoalView>,
    /// Where the family confirms it: POST with `id`.
    pub goal_action: String,
    pub badges: Vec<BadgeView>,
    /// The star cards in a line; empty before the first.
    pub cards: String,
    pub festivals: Vec<OwnFestival>,
    /// Badges that were withdrawn this term.
    pub withdrawn: Vec<WithdrawnBadge>,
    /// The teacher's comment of the term; empty when there is none.
    pub comment: String,
    /// How the words came about, sentence by sentence.
    pub how: Vec<String>,
    /// `/f/{link}?edit=1` while the round is open; empty otherwise.
    pub edit_href: String,
    /// `/f/{link}/rights`.
    pub rights_href: String,
    /// `/f/{link}/badges`; empty while there is none.
    pub carry_href: String,
    /// `/f/{link}/letter`; empty before it is handed over.
    pub letter_href: String,
    /// The newest request about the child's data.
    pub request: Option<HomeRequest>,
}

impl Page for FamilyCard {
    const TEMPLATE: &'static str = "family/card.html";
    const TITLE_KEY: &'static str = "family-card-title";
}

/// A link that leads nowhere (any more), in the family's words.
#[derive(Debug, Clone, Serialize)]
pub struct FamilyNotice {
    pub kind: NoticeKind,
    /// `/f/{link}` to go back, or empty.
    pub back: String,
    /// What was typed and could not be taken.
    pub kept: Kept,
}

/// What a family typed, given back with the notice so that it is not lost.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Kept {
    /// The encouragement.
    pub words: String,
    /// `/f/{link}` to send it all once more, or empty.
    pub action: String,
    /// Fields of the form.
    pub fields: Vec<(String, String)>,
}

impl Page for FamilyNotice {
    const TEMPLATE: &'static str = "family/notice.html";
    const TITLE_KEY: &'static str = "family-title";
}

/// Why there is nothing to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeKind {
    /// 404: no such link.
    Unknown,
    /// 410: expired or taken back.
    Gone,
    /// 409: the round closed before it was sent.
    Closed,
    /// No round is open and none published.
    Nothing,
    /// 不是我的孩子.
    WrongChild,
    /// The page lost its cookie: open the link from the message again.
    Reopen,
    /// 403: a notice came into force that the family has not answered yet.
    Unasked,
}
