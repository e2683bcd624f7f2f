//! "This is not right": what a child (`GET,POST /s/appeal`) and a family (`GET,POST /f/{link}/appeal`) see of it. The
//! link to it and what became of it stand on the own page and the family's card.

use serde::Serialize;

use super::{engine::Page, parts::Spoken};

/// The child's form: one tap says what; words from a grade on.
#[derive(Debug, Clone, Serialize)]
pub struct ChildAppeal {
    pub low: bool,
    pub round: String,
    pub stars: Vec<AppealStar>,
    /// Longest words; 0 where the child says none of its own.
    pub words: usize,
}

impl Page for ChildAppeal {
    const TEMPLATE: &'static str = "child/appeal.html";
    const TITLE_KEY: &'static str = "appeal-title";
}

/// The family's form.
#[derive(Debug, Clone, Serialize)]
pub struct FamilyAppeal {
    pub child: String,
    pub class_name: String,
    pub round: String,
    pub stars: Vec<AppealStar>,
    pub words: usize,
    /// `/f/{link}/appeal`.
    pub action: String,
    /// `/f/{link}`.
    pub back: String,
}

impl Page for FamilyAppeal {
    const TEMPLATE: &'static str = "family/appeal.html";
    const TITLE_KEY: &'static str = "appeal-title";
}

/// One star to tap.
#[derive(Debug, Clone, Serialize)]
pub struct AppealStar {
    pub star: String,
    pub name: Spoken,
}

/// What stands on the own page and the family's card.
#[derive(Debug, Clone, Default, Serialize)]
pub struct OwnAppeal {
    /// Address of the form; empty while nothing can be said.
    pub go: String,
    /// Where an open one is taken back.
    pub action: String,
    pub news: Option<AppealNews>,
}

/// The newest appeal of the reader.
#[derive(Debug, Clone, Serialize)]
pub struct AppealNews {
    /// open (it can be taken back), granted, declined.
    pub state: &'static str,
    /// The words of whoever decided.
    pub answer: String,
}
