//! The page that shows the recovery codes of a second factor, once.

use serde::Serialize;

use super::engine::Page;

/// Shown right after `POST /enrol`.
#[derive(Debug, Clone, Serialize)]
pub struct RecoveryPage {
    /// Ten single-use codes.
    pub codes: Vec<String>,
    /// Where to go on.
    pub home: String,
}

impl Page for RecoveryPage {
    const TEMPLATE: &'static str = "public/recovery.html";
    const TITLE_KEY: &'static str = "web-recovery-title";
}
