//! Badges of a class waiting to be released to the screen. Used by
//! `GET,POST /t/classes/{id}/badges`; template `teacher/badges.html`.

use super::teacher_shared::page;
use serde::Serialize;

page! {
    BadgeQueue => "teacher/badges.html", "staff-badges-title";
    Certificates => "teacher/certificates.html", "certificate-title";
}

/// The awards of one period.
#[derive(Debug, Clone, Serialize)]
pub struct BadgeQueue {
    pub class_id: String,
    pub class_name: String,
    /// Awards that wait, of all periods.
    pub waiting: u32,
    /// Newest first.
    pub periods: Vec<BadgePeriod>,
    /// What waits for the teacher's yes, badge by badge.
    pub proposals: Vec<ProposalGroup>,
    pub groups: Vec<BadgeGroup>,
}

/// Proposals of one badge.
#[derive(Debug, Clone, Serialize)]
pub struct ProposalGroup {
    pub badge: String,
    pub period: String,
    pub name: String,
    /// The text as the child would read it.
    pub text: String,
    pub picture: String,
    pub awards: Vec<Proposal>,
}

/// One proposed badge.
#[derive(Debug, Clone, Serialize)]
pub struct Proposal {
    pub id: String,
    pub child: String,
    pub evidence: Vec<String>,
    /// No longer true: it can only be declined.
    pub doubted: bool,
}

/// Certificates (奖状), one sheet of A4 landscape each.
#[derive(Debug, Clone, Serialize)]
pub struct Certificates {
    pub class_id: String,
    pub class_name: String,
    pub school_name: String,
    pub term_name: String,
    pub date: String,
    pub sheets: Vec<Certificate>,
}

/// One certificate.
#[derive(Debug, Clone, Serialize)]
pub struct Certificate {
    pub child: String,
    pub badge: String,
    pub text: String,
    pub picture: String,
    /// The star of the badge, or `star`.
    pub star: String,
    /// Name of the round, empty for the term.
    pub round: String,
}

/// A round with awards, or the term.
#[derive(Debug, Clone, Serialize)]
pub struct BadgePeriod {
    pub value: String,
    pub href: String,
    pub name: String,
    pub waiting: u32,
    pub chosen: bool,
}

/// All awards of one badge in a period.
#[derive(Debug, Clone, Serialize)]
pub struct BadgeGroup {
    pub badge: String,
    pub period: String,
    pub name: String,
    /// Dimension of the badge's star, `star` for the golden one.
    pub star: String,
    /// The text as the screen would show it.
    pub screen_text: String,
    /// Name in `badges.svg`.
    pub picture: String,
    /// Address of the group's certificates.
    pub print: String,
    pub waiting: u32,
    pub released: u32,
    pub awards: Vec<Award>,
}

/// One child's award with its evidence.
#[derive(Debug, Clone, Serialize)]
pub struct Award {
    pub id: String,
    pub child: String,
    pub evidence: Vec<String>,
    pub date: String,
    /// waiting or released.
    pub state: &'static str,
    /// It is no longer true since something was taken back or put right.
    pub doubted: bool,
    /// The family does not want it on a screen: it cannot be released.
    pub opted_out: bool,
}
