//! The office's page of badges. Used by `GET,POST /a/badges`; template `office/badges.html`.

use super::teacher_shared::page;
use serde::Serialize;

page! {
    OfficeBadges => "office/badges.html", "office-badges-title";
}

/// See the file's head.
#[derive(Debug, Clone, Serialize)]
pub struct OfficeBadges {
    pub term_name: String,
    pub version: u32,
    /// A version that holds later, and from when; empty for none.
    pub later: String,
    pub later_from: String,
    pub rules: Vec<RuleView>,
    /// What stands in the form.
    pub document: String,
    /// `line:column: what is wrong`.
    pub mistakes: Vec<String>,
    pub trial: Option<TrialView>,
    /// Heads of the weeks looked at.
    pub weeks: Vec<String>,
    pub coverage: Vec<CoverageView>,
    /// Children whom nobody recognised in the whole term.
    pub never: u32,
}

/// One rule in force.
#[derive(Debug, Clone, Serialize)]
pub struct RuleView {
    pub name: String,
    pub picture: String,
    /// `student` or `class`.
    pub recipient: &'static str,
    /// Thresholds and the like, in words.
    pub when: String,
    /// Percent; empty for none.
    pub quota: String,
    pub confirm: bool,
    /// Awards of this term.
    pub given: u32,
}

/// What another version would have given.
#[derive(Debug, Clone, Serialize)]
pub struct TrialView {
    pub token: String,
    pub rules: Vec<TriedRule>,
    pub children: u32,
    pub without: u32,
}

/// One rule of it.
#[derive(Debug, Clone, Serialize)]
pub struct TriedRule {
    pub name: String,
    pub awards: u32,
    pub who: u32,
}

/// A class's children whom nobody recognised, by week.
#[derive(Debug, Clone, Serialize)]
pub struct CoverageView {
    pub href: String,
    pub name: String,
    pub children: u32,
    pub unseen: Vec<u32>,
    pub never: u32,
}

/// Invented, for the tests of the pages.
#[cfg(test)]
pub fn sample(tried: bool) -> OfficeBadges {
    let text = |text: &str| text.to_owned();
    let rule = |name: &str, picture: &str, quota: &str, confirm| RuleView {
        name: text(name),
        picture: text(picture),
        recipient: "student",
        when: text("点赞 5 · 12 · 24"),
        quota: text(quota),
        confirm,
        given: 12,
    };
    OfficeBadges {
        term_name: text("2026—2027 学年第一学期"),
        version: 2,
        later: if tried { text("3") } else { String::new() },
        later_from: text("2027-01-25"),
        rules: vec![
            rule("星光学生", "sun", "15", false),
            rule("公正小评委", "scales", "", true),
        ],
        document: text("version = 3\n"),
        mistakes: match tried {
            true => Vec::new(),
            false => vec![text("12:8: one_in = 0 is not within 1 to 100")],
        },
        trial: tried.then(|| TrialView {
            token: text("a"),
            rules: vec![TriedRule {
                name: text("公正小评委"),
                awards: 0,
                who: 0,
            }],
            children: 2000,
            without: 3,
        }),
        weeks: vec![text("11/16"), text("11/23")],
        coverage: vec![CoverageView {
            href: text("/t/classes/class-402"),
            name: text("四(2)班"),
            children: 45,
            unseen: vec![12, 30],
            never: 1,
        }],
        never: 1,
    }
}
