//! Family links of a class, the slips to print, and the PIN cards. Used by
//! `GET,POST /t/classes/{id}/links` and `GET /t/classes/{id}/cards`; templates
//! `teacher/links.html`, `teacher/slips.html`, `teacher/cards.html`.

use super::parts::Qr;
use super::teacher_shared::page;
use serde::Serialize;

page! {
    Links => "teacher/links.html", "staff-links-title";
    Slips => "teacher/slips.html", "staff-slips-title";
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

/// Slips just issued: the only time the addresses are shown.
#[derive(Debug, Clone, Serialize)]
pub struct Slips {
    pub class_id: String,
    pub class_name: String,
    pub school_name: String,
    pub teacher_name: String,
    pub slips: Vec<Slip>,
}

#[derive(Debug, Clone, Serialize)]
pub struct Slip {
    pub student_name: String,
    pub number: u32,
    pub address: String,
    pub qr: Option<Qr>,
    pub valid_until: String,
    pub round_name: String,
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
