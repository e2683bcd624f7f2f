//! View models of badges that families take along, and of the page where anybody checks such a file.

use serde::Serialize;

use super::teacher_shared::page;

page! {
    FamilyBadges => "family/badges.html", "carry-title";
    FamilyBadge => "family/badge.html", "carry-title";
    Verify => "public/verify.html", "verify-title";
}

/// A badge with what became of it.
#[derive(Debug, Clone, Serialize)]
pub struct CarriedBadge {
    /// `/f/{link}/badges/{award}`.
    pub href: String,
    pub name: String,
    pub picture: String,
    /// The round, or empty.
    pub detail: String,
    /// open, doubted, taken or withdrawn: `carry-state-…`.
    pub state: &'static str,
    /// Since when it is taken along or withdrawn, in words; may be empty.
    pub since: String,
    /// Why it was withdrawn: `verify-why-…`; may be empty.
    pub why: &'static str,
}

/// `GET /f/{link}/badges`.
#[derive(Debug, Clone, Serialize)]
pub struct FamilyBadges {
    /// The card.
    pub back: String,
    pub child: String,
    pub class_name: String,
    pub badges: Vec<CarriedBadge>,
}

/// `GET,POST /f/{link}/badges/{award}`: what is in the file, the choice (fields `do` = take, `shown`, `agree`) or the
/// files and the way back (`do` = give-back).
#[derive(Debug, Clone, Serialize)]
pub struct FamilyBadge {
    pub back: String,
    pub child: String,
    pub badge: CarriedBadge,
    /// Names that may stand in the file: `carry-name-…`; the first is chosen.
    pub names: Vec<&'static str>,
    /// Sent without the guardian's yes.
    pub wrong: bool,
    /// Which name was chosen; empty before.
    pub shown: String,
    /// Files: the end of the address, and `carry-file-…`.
    pub files: Vec<(&'static str, &'static str)>,
    /// Where everybody may check it.
    pub verify: String,
}

/// `GET,POST /verify` and `GET /verify/{id}`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Verify {
    pub told: Option<Checked>,
    /// The text that was checked.
    pub text: String,
}

/// What became of a file.
#[derive(Debug, Clone, Serialize)]
pub struct Checked {
    /// genuine, changed, withdrawn, lost, not-ours or unreadable: `verify-…`.
    pub verdict: &'static str,
    /// In words, for one that was withdrawn.
    pub date: String,
    /// `verify-why-…`, for one that was withdrawn.
    pub why: &'static str,
    /// Of a genuine one.
    pub file: Option<GenuineFile>,
}

/// What a genuine file says.
#[derive(Debug, Clone, Serialize)]
pub struct GenuineFile {
    pub badge: String,
    pub text: String,
    pub picture: String,
    pub school: String,
    /// Empty where the guardian let no name in.
    pub person: String,
    /// In words.
    pub issued: String,
    /// 2 or 3.
    pub version: u8,
}
