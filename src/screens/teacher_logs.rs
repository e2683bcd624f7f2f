//! Personal-best logs of a class: `GET,POST /t/classes/{id}/logs`, template `teacher/logs.html`.

use serde::Serialize;

use super::teacher_shared::{Pick, page};

page! {
    Logs => "teacher/logs.html", "logs-title";
}

/// The page of one kind and one day (fields `kind`, `on`, `v.{student}`).
#[derive(Debug, Clone, Serialize)]
pub struct Logs {
    pub class_id: String,
    pub class_name: String,
    pub kinds: Vec<Pick>,
    pub kind: &'static str,
    /// best or sum.
    pub way: &'static str,
    pub most: i32,
    /// ISO date chosen, the first and the last that may be.
    pub on: String,
    pub from: String,
    pub today: String,
    pub rows: Vec<LogChild>,
    pub waiting: Vec<LogWaiting>,
    pub text: String,
    /// amount or date, where the form was refused: `logs-wrong-…`.
    pub refused: &'static str,
    /// What is wrong with a paste or a file: line, what it says, why.
    pub wrong: Vec<LogWrong>,
    /// Why a file is none: `logs-file-…`.
    pub no_file: &'static str,
}

/// A child's line.
#[derive(Debug, Clone, Serialize)]
pub struct LogChild {
    pub id: String,
    pub number: u32,
    pub name: String,
    /// What stands for the day, or was typed.
    pub amount: String,
    pub bad: bool,
    pub last: Option<LogDay>,
    /// Best day, or sum of the term.
    pub total: Option<i32>,
    /// Against itself: before and now.
    pub rise: Option<(i32, i32)>,
}

/// An amount and its day.
#[derive(Debug, Clone, Serialize)]
pub struct LogDay {
    pub amount: i32,
    pub day: String,
}

/// What a child told.
#[derive(Debug, Clone, Serialize)]
pub struct LogWaiting {
    pub id: String,
    pub child: String,
    pub kind: String,
    pub amount: i32,
    pub day: String,
}

/// A line that cannot be taken.
#[derive(Debug, Clone, Serialize)]
pub struct LogWrong {
    pub line: usize,
    pub said: String,
    pub why: &'static str,
}
