//! View models of the class page and the PIN page.

use serde::Serialize;

use super::engine::Page;
use super::parts::{Avatar, PICTURES, Spoken};

/// `GET /c/{code}`. Outside an opened window it names nobody: `open` false, `tiles` empty.
#[derive(Debug, Clone, Serialize)]
pub struct ClassPage {
    /// The code, as in `/c/{code}`.
    pub code: String,
    pub class_name: Spoken,
    /// Low segment: pinyin and larger type.
    pub low: bool,
    pub open: bool,
    pub tiles: Vec<Tile>,
    /// How many stars are lit.
    pub lit: u32,
    /// Children have QR cards: the page takes what a scanner types.
    pub cards: bool,
    /// Why the scanned card did not open the own page.
    pub scan: Option<CardProblem>,
    /// Seconds to wait, with [`CardProblem::Wait`].
    pub wait_seconds: u32,
    /// Of the high segment: a monitor comes in by number.
    pub duty: bool,
    /// The number just typed is on no duty now.
    pub no_duty: bool,
}

impl Page for ClassPage {
    const TEMPLATE: &'static str = "child/class.html";
    const TITLE_KEY: &'static str = "class-title";
}

/// One child on the class page.
#[derive(Debug, Clone, Serialize)]
pub struct Tile {
    /// 1 … 60, the child's number in the class.
    pub number: u32,
    /// `/c/{code}/{student}`.
    pub href: String,
    pub name: Spoken,
    pub avatar: Avatar,
    pub state: TileState,
}

/// “Not yet” has no mark of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum TileState {
    Plain,
    Done,
    Leave,
}

/// `GET, POST /c/{code}/{student}`. Pictures: fields `so_far` (ids joined by commas) and `pick`;
/// digits: `so_far` (the digits) and `digit`. The third pick or fourth digit signs in.
#[derive(Debug, Clone, Serialize)]
pub struct PinPage {
    /// The form's address, `/c/{code}/{student}`.
    pub action: String,
    /// `/c/{code}`.
    pub class_href: String,
    pub name: Spoken,
    pub avatar: Avatar,
    pub low: bool,
    pub pad: Pad,
    /// Pictures or digits of the pad, in order.
    pub keys: Vec<String>,
    /// What was tapped so far, as the field wants it.
    pub so_far: String,
    /// One for each place: tapped or not yet.
    pub filled: Vec<bool>,
    pub problem: Option<PinProblem>,
    /// Seconds to wait, with [`PinProblem::Wait`].
    pub wait_seconds: u32,
}

impl PinPage {
    /// An empty pad. `so_far` is what the form sent, cut to what is valid by the caller.
    pub fn new(action: &str, class_href: &str, name: Spoken, avatar: Avatar, pad: Pad) -> Self {
        let keys = match pad {
            Pad::Pictures => PICTURES.iter().map(|id| (*id).to_owned()).collect(),
            Pad::Digits => "1234567890".chars().map(String::from).collect(),
        };
        Self {
            action: action.to_owned(),
            class_href: class_href.to_owned(),
            name,
            avatar,
            low: pad == Pad::Pictures,
            keys,
            so_far: String::new(),
            filled: vec![false; pad.places()],
            pad,
            problem: None,
            wait_seconds: 0,
        }
    }

    /// With the taps made so far.
    pub fn with_taps(mut self, taps: &[&str]) -> Self {
        let between = match self.pad {
            Pad::Pictures => ",",
            Pad::Digits => "",
        };
        self.so_far = taps.join(between);
        self.filled = (0..self.pad.places())
            .map(|place| place < taps.len())
            .collect();
        self
    }
}

impl Page for PinPage {
    const TEMPLATE: &'static str = "child/pin.html";
    const TITLE_KEY: &'static str = "pin-title";
}

/// Kind of secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Pad {
    /// Three of twelve pictures.
    Pictures,
    /// Four digits.
    Digits,
}

impl Pad {
    /// Taps until it is sent.
    pub fn places(self) -> usize {
        match self {
            Self::Pictures => 3,
            Self::Digits => 4,
        }
    }
}

/// Why the child is not in yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PinProblem {
    Wrong,
    Wait,
    /// The window closed meanwhile.
    Closed,
}

/// `GET, POST /c/{code}/{student}/card/{token}`: the form has no action, so that the page does not hold its address.
#[derive(Debug, Clone, Serialize)]
pub struct CardPage {
    /// `/c/{code}`.
    pub class_href: String,
    pub low: bool,
    /// Empty while the window is closed.
    pub name: Spoken,
    /// None while the window is closed.
    pub avatar: Option<Avatar>,
    pub problem: Option<CardProblem>,
    /// Seconds to wait, with [`CardProblem::Wait`].
    pub wait_seconds: u32,
}

impl Page for CardPage {
    const TEMPLATE: &'static str = "child/card.html";
    const TITLE_KEY: &'static str = "card-title";
}

/// Why a card did not let the child in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum CardProblem {
    /// No card of this class.
    Unknown,
    /// Not the child's present card.
    Old,
    Wait,
    /// The window closed meanwhile.
    Closed,
}
