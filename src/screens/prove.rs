//! Password and code once more, before something weighty. Used by `GET,POST /prove`.

use serde::Serialize;

use super::engine::Page;

/// The page (fields `password`, `code`, hidden `next`).
#[derive(Debug, Clone, Serialize)]
pub struct Prove {
    /// A path of ours.
    pub next: String,
    /// The account has a second factor.
    pub needs_code: bool,
    pub wrong: bool,
}

impl Page for Prove {
    const TEMPLATE: &'static str = "public/prove.html";
    const TITLE_KEY: &'static str = "office-prove-title";
}
