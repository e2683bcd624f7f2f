//! Badges: declared rules, facts of a term, and the awards that follow (scoring.md section 9).
//! Pure and repeatable; used by the action that awards badges and by `starlight score`.

pub mod class_counts;
mod conditions;
pub mod counts;
#[cfg(test)]
mod counts_tests;
mod diff;
pub mod facts;
pub mod leximin;
pub mod pictures;
pub mod records;
#[cfg(test)]
mod replay_tests;
mod rules;
pub mod shining;

use std::collections::BTreeSet;

pub use conditions::evaluate;
pub use diff::{Changes, Existing, Revocation, Why, diff, judge};
pub use rules::{
    Condition, Count, Counted, Flags, Guard, Recipient, Rounds, Rule, Rules, TIERS, Words,
};

/// The name of the term's rows among the rounds.
pub const TERM: &str = "term";

/// One row of `student_scores.csv`, a round's or the term's.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct StudentFact {
    pub student_no: String,
    pub class: String,
    /// Name of the round, or [`TERM`].
    pub round: String,
    /// Stars 1…5.
    pub score: Option<f64>,
    /// Stars 1…5, in the order of the rubric's dimensions.
    pub dimensions: Vec<Option<f64>>,
    /// Sources heard about the child, 0…4.
    pub voices: u32,
    pub provisional: bool,
    /// Per dimension, who else marked the child in the round; numbers that name the same person
    /// in every round. Needed for progress only.
    pub raters: Vec<BTreeSet<u32>>,
    /// Those who gave one answer throughout in the round, by the same numbers.
    pub flat: BTreeSet<u32>,
    /// Whether a peer mark is part of the score.
    pub peer_heard: bool,
}

/// One row of `class_rankings.csv`, a round's or the term's.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ClassFact {
    pub class: String,
    pub grade: u32,
    /// Name of the round, or [`TERM`].
    pub round: String,
    /// 0…100, before display rounding.
    pub points: Option<f64>,
    pub ranked: bool,
    /// Share of enrolled, not excused students who did all their sheets (p of section 5), 0…1.
    pub participation: Option<f64>,
}

/// Everything the rules look at: all rounds of one term so far, whole grades at a time.
#[derive(Debug, Clone, Copy)]
pub struct Facts<'a> {
    /// Ids of the rubric's dimensions, in its order.
    pub dimensions: &'a [String],
    pub students: &'a [StudentFact],
    pub classes: &'a [ClassFact],
}

/// What makes an award the same award again.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Key {
    pub recipient_kind: Recipient,
    /// Student number or class.
    pub recipient: String,
    /// E.g. `starlight_student.virtue`.
    pub badge: String,
    pub tier: String,
    pub round: String,
}

/// One award.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Award {
    pub key: Key,
    /// `name=value` joined by `;`, always in the same order; for the office and the homeroom
    /// teacher, never for a child (it holds numbers).
    pub evidence: String,
    /// The condition rests on marks of classmates, so the anonymity rule of `release` decides
    /// when child and family may see it.
    pub rests_on_peer: bool,
}

/// Numbers closer than this count as equal (scoring.md, introduction).
const SAME: f64 = 1e-9;

fn at_least(value: f64, bound: f64) -> bool {
    value > bound - SAME
}

/// Rounded half away from zero for display, numbers within [`SAME`] of a half counting as half.
fn displayed(value: f64, decimals: i32) -> f64 {
    let unit = 10_f64.powi(decimals);
    ((value.abs() + SAME) * unit + 0.5).floor().copysign(value) / unit + 0.0
}
