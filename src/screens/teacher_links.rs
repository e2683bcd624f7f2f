//! Family links of a class, the slips to print, the texts to copy, the class's own link, and the PIN cards. Used by
//! `GET,POST /t/classes/{id}/links`, `GET,POST /t/classes/{id}/class-link` and `GET /t/classes/{id}/cards`; templates
//! `teacher/links.html`, `slips.html`, `messages.html`, `class_link.html`, `cards.html`.

use super::parts::Qr;
use super::teacher_shared::page;
use serde::Serialize;

page! {
    Links => "teacher/links.html", "staff-links-title";
    Slips => "teacher/slips.html", "staff-slips-title";
    Messages => "teacher/messages.html", "links-messages";
    ClassPoster => "teacher/class_link.html", "links-class";
    Cards => "teacher/cards.html", "staff-cards-title";
}

/// The list of links of the term.
#[derive(Debug, Clone, Serialize)]
pub struct Links {
    pub class_id: String,
    pub class_name: String,
    pub term_name: String,
    pub valid_until: String,
    pub rows: Vec<LinkRow>,
    /// Children without a link that works.
    pub without: u32,
    /// Children with one.
    pub with: u32,
    /// Until when the class's own link opens; empty where there is none.
    pub class_link: String,
    /// Whether the printed address works outside this PC (a warning from the settings).
    pub address_warning: bool,
    pub public_url: String,
}

/// A child and its links.
#[derive(Debug, Clone, Serialize)]
pub struct LinkRow {
    pub student_id: String,
    pub number: u32,
    pub name: String,
    pub links: Vec<LinkState>,
    /// Consent was refused: no link is issued.
    pub refused: bool,
    pub answered: bool,
}

/// One link; the address itself is stored nowhere and shown only when issued.
#[derive(Debug, Clone, Serialize)]
pub struct LinkState {
    pub id: String,
    /// out, opened, expired or revoked.
    pub state: &'static str,
    pub issued: String,
    pub until: String,
    pub devices: u32,
}

/// States of a link, so that a test can render each.
pub const LINK_STATES: [&str; 4] = ["out", "opened", "expired", "revoked"];

/// Slips to print, eight to a sheet of A4.
#[derive(Debug, Clone, Serialize)]
pub struct Slips {
    pub class_id: String,
    pub class_name: String,
    pub school_name: String,
    pub teacher_name: String,
    pub count: usize,
    pub sheets: Vec<Vec<Slip>>,
}

impl Slips {
    /// How many a sheet holds.
    pub const A_SHEET: usize = 8;
}

#[derive(Debug, Clone, Serialize)]
pub struct Slip {
    pub student_name: String,
    pub number: u32,
    pub address: String,
    pub qr: Option<Qr>,
    pub valid_until: String,
    /// Empty while no round is open.
    pub round_name: String,
    /// The child's own code for the class's link.
    pub code: String,
    /// The second factor; empty where the school does not ask for it.
    pub digits: String,
}

/// A text for each child's family, to copy into the class's own chat tool.
#[derive(Debug, Clone, Serialize)]
pub struct Messages {
    pub class_id: String,
    pub class_name: String,
    pub rows: Vec<Message>,
}

/// One text; it names the child by family name and stars.
#[derive(Debug, Clone, Serialize)]
pub struct Message {
    pub number: u32,
    pub name: String,
    pub text: String,
}

/// The class's own link, to post or to hang up.
#[derive(Debug, Clone, Serialize)]
pub struct ClassPoster {
    pub class_id: String,
    pub class_name: String,
    pub school_name: String,
    /// Empty when the server key was changed: then it must be made anew.
    pub address: String,
    pub qr: Option<Qr>,
    pub valid_until: String,
    /// For the parents' chat.
    pub text: String,
}

/// PIN cards to print and cut.
#[derive(Debug, Clone, Serialize)]
pub struct Cards {
    pub class_id: String,
    pub class_name: String,
    pub school_name: String,
    pub class_address: String,
    pub qr: Option<Qr>,
    pub cards: Vec<PinCard>,
}

/// A child's card: pictures (ids of the picture sprite) or digits, never both.
#[derive(Debug, Clone, Serialize)]
pub struct PinCard {
    pub number: u32,
    pub name: String,
    pub pictures: Vec<String>,
    pub digits: String,
    /// Personal QR card, where the school uses them.
    pub qr: Option<Qr>,
}
