//! View models of what a child sees when it is done: the lit star, and later the own page.

use serde::Serialize;

use super::appeal::OwnAppeal;
use super::engine::Page;
use super::parts::{Avatar, BadgeView, Spoken};
use super::teacher_privileges::PurseView;

/// `GET /s/done`: signs out after `seconds` (script: POST `/s/sign-out`; without script the page
/// goes to `class_href`, which ends the child's session when it is opened).
#[derive(Debug, Clone, Serialize)]
pub struct DonePage {
    pub low: bool,
    /// Given name, spoken to.
    pub name: Spoken,
    /// How many classmates were rated, for the thanks.
    pub seen: u32,
    pub seconds: u32,
    pub class_href: String,
    /// `/s/me`; empty hides the link.
    pub own_href: String,
    pub sky: Vec<SkyStar>,
}

impl Page for DonePage {
    const TEMPLATE: &'static str = "child/done.html";
    const TITLE_KEY: &'static str = "done-title";
}

/// One star of the class's sky in a picture of 1024 × 768.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SkyStar {
    pub x: u32,
    pub y: u32,
    pub lit: bool,
}

/// The class's sky: `total` stars of equal size round the middle, `lit` of them lit. Which ones
/// are lit says nothing of who.
pub fn sky(total: usize, lit: usize) -> Vec<SkyStar> {
    PLACES
        .iter()
        .take(total)
        .enumerate()
        .map(|(index, (x, y))| SkyStar {
            x: *x,
            y: *y,
            lit: index < lit,
        })
        .collect()
}

/// Scattered places that leave the middle, the title and the school house free.
const PLACES: [(u32, u32); 60] = [
    (46, 202),
    (838, 48),
    (520, 79),
    (174, 230),
    (965, 327),
    (266, 44),
    (144, 142),
    (807, 256),
    (92, 394),
    (699, 62),
    (976, 449),
    (248, 225),
    (402, 53),
    (887, 110),
    (74, 307),
    (896, 385),
    (328, 99),
    (926, 198),
    (156, 317),
    (801, 163),
    (934, 43),
    (48, 114),
    (643, 41),
    (231, 150),
    (973, 121),
    (137, 465),
    (610, 98),
    (116, 64),
    (985, 240),
    (816, 333),
    (772, 81),
    (38, 42),
    (249, 298),
    (858, 207),
    (46, 455),
    (575, 44),
    (956, 388),
    (888, 305),
    (192, 51),
    (106, 247),
    (457, 94),
    (927, 259),
    (37, 359),
    (988, 180),
    (330, 30),
    (700, 130),
    (300, 170),
    (735, 200),
    (205, 380),
    (455, 36),
    (870, 455),
    (20, 270),
    (765, 20),
    (200, 100),
    (1000, 80),
    (90, 520),
    (740, 300),
    (290, 250),
    (940, 500),
    (180, 540),
];

/// `GET /s/me`: strengths and moments first; no place, nobody else's.
#[derive(Debug, Clone, Serialize)]
pub struct OwnPage {
    /// "This is not right".
    pub appeal: OwnAppeal,
    pub low: bool,
    pub name: Spoken,
    pub avatar: Avatar,
    pub class_name: Spoken,
    /// The round the words come from, such as 第 6 次星光时刻; empty before the first.
    pub round: String,
    /// Five stars in the order 向善 智慧 健体 尚美 勤劳.
    pub stars: Vec<StarLevel>,
    /// Some star has `halves`: they are shown on a tap.
    pub shows_halves: bool,
    /// The classmates' part is not in the words yet (fewer than five, or not published).
    pub peer_hidden: bool,
    pub voices: Voices,
    /// Against the own former self; at most three are shown.
    pub growth: Vec<Growth>,
    pub moments: Vec<MomentView>,
    /// Classmates' released comments, shuffled, without time or name.
    pub comments: Vec<String>,
    pub goal: Option<GoalView>,
    /// None while one is on.
    pub choice: Option<GoalChoice>,
    /// What the child counted, against itself.
    pub logs: Vec<OwnLog>,
    /// Thank-yous for what the child told of classmates that it has not seen yet, without a name.
    pub thanks: Vec<String>,
    pub cards: Option<StarCards>,
    /// Newest first.
    pub festivals: Vec<OwnFestival>,
    pub badges: Vec<BadgeView>,
    /// `/c/{code}`.
    pub class_href: String,
    /// The practice round is offered.
    pub practice: bool,
}

impl Page for OwnPage {
    const TEMPLATE: &'static str = "child/own.html";
    const TITLE_KEY: &'static str = "own-title";
}

/// One of the five stars with its level in words.
#[derive(Debug, Clone, Serialize)]
pub struct StarLevel {
    /// `virtue wisdom health arts labour`.
    pub star: String,
    pub name: Spoken,
    /// The word of the scale; None: not yet.
    pub level: Option<Spoken>,
    /// Half steps 0 … 10, shown on a tap; None while a number would tell the classmates' part.
    pub halves: Option<u8>,
}

/// Which of the four voices spoke.
#[derive(Debug, Clone, Serialize)]
pub struct Voices {
    pub came: u32,
    pub of: u32,
    pub list: Vec<Voice>,
}

/// One voice.
#[derive(Debug, Clone, Serialize)]
pub struct Voice {
    /// `self peer teacher parent`.
    pub source: String,
    pub state: VoiceState,
    /// Distinct raters, where a count may be shown; 0 shows none.
    pub count: u32,
}

/// What is known of a voice.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum VoiceState {
    Spoke,
    /// Came, and is shown once five have spoken.
    Waiting,
    /// Not this time; filled by the published rule.
    Absent,
}

/// One thing compared with the own past.
#[derive(Debug, Clone, Serialize)]
pub struct Growth {
    pub label: Spoken,
    pub before: Spoken,
    pub now: Spoken,
}

/// A kind of log on the own page (`POST /s/log`: `kind`, `amount`).
#[derive(Debug, Clone, Serialize)]
pub struct OwnLog {
    pub kind: &'static str,
    /// Shape beside it.
    pub star: &'static str,
    pub label: Spoken,
    pub most: i32,
    /// The best day, or this month's sum.
    pub now: Option<Spoken>,
    /// The former self, where there was less.
    pub before: Option<Spoken>,
    /// Told today, and not confirmed yet.
    pub waits: bool,
}

/// A released moment.
#[derive(Debug, Clone, Serialize)]
pub struct MomentView {
    pub id: String,
    /// Shape beside it: one of the five stars, or `star`.
    pub star: String,
    pub text: Spoken,
    /// Day for a teacher's, month for a classmate's, with who wrote it: already one phrase.
    pub by: Spoken,
    /// How the child said thank you, one of `domain::moments::THANKS`; empty: not yet.
    pub thanked: String,
}

/// The child's own small goal.
#[derive(Debug, Clone, Serialize)]
pub struct GoalView {
    pub id: String,
    pub star: String,
    pub text: Spoken,
    pub stage: GoalStage,
}

/// How far a goal is; a dropped one is not shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum GoalStage {
    Open,
    /// The child says it is done; teacher or family have not confirmed it.
    Waiting,
    Reached,
}

/// What a child may choose for its next goal.
#[derive(Debug, Clone, Serialize)]
pub struct GoalChoice {
    pub ready: Vec<ReadyGoal>,
    /// Own words are offered, at most so many characters; 0: not yet in this grade.
    pub words: usize,
}

/// A ready goal.
#[derive(Debug, Clone, Serialize)]
pub struct ReadyGoal {
    pub id: String,
    pub star: String,
    pub text: Spoken,
}

/// Star cards towards the next moon.
#[derive(Debug, Clone, Serialize)]
pub struct StarCards {
    /// The different stars collected, at most five.
    pub have: Vec<String>,
    /// Places still free.
    pub free: Vec<u8>,
    pub moons: u32,
    pub suns: u32,
    /// What can be exchanged for something.
    pub purse: PurseView,
    pub privileges: Vec<OwnPrivilege>,
    /// What the child had already, newest first.
    pub had: Vec<OwnPrivilege>,
}

impl StarCards {
    /// From the different stars collected since the last moon.
    pub fn new(have: Vec<String>, moons: u32, suns: u32) -> Self {
        let count = u8::try_from(have.len()).unwrap_or(5).min(5);
        Self {
            have,
            free: (count..5).collect(),
            moons,
            suns,
            purse: PurseView::default(),
            privileges: Vec::new(),
            had: Vec::new(),
        }
    }
}

/// A festival in which the child took part.
#[derive(Debug, Clone, Serialize)]
pub struct OwnFestival {
    /// Shape beside it.
    pub star: String,
    pub name: String,
    /// The name with its syllables, for the low grades; without where it is not known how it is read.
    pub spoken: Spoken,
    /// Of an award; may be empty.
    pub words: String,
}

/// Something that cards can be exchanged for, by the teacher.
#[derive(Debug, Clone, Serialize)]
pub struct OwnPrivilege {
    /// `g-…` of the sprite.
    pub picture: String,
    pub words: Spoken,
    /// star, moon or sun.
    pub unit: String,
    pub price: i32,
    /// There are enough for it.
    pub enough: bool,
}
