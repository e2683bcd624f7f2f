//! What the office decides about families' links. Used by `GET,POST /a/families`; template `office/families.html`.

use super::teacher_shared::page;
use serde::Serialize;

page! {
    Families => "office/families.html", "families-title";
}

/// The page (field `digits` = `on` or `off`).
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Families {
    /// Whether the four digits of the slip are asked for.
    pub digits: bool,
}
