//! Sheets as they count: with the corrections that stand. The one function for it, used by everything that computes or
//! exports (`term_facts`) and by the pages that show both versions.

use std::collections::HashMap;

use crate::{
    domain::{
        correction::{Kind, corrected},
        sheet::Answers,
    },
    storage::{corrections::CorrectionRow, sheets::SheetRow},
};

/// What identifies a sheet within its round: ratee, source, rater.
type Sheet<'a> = (&'a str, &'a str, &'a str);

/// Puts the sheets of one round right.
pub fn apply(sheets: &mut [SheetRow], corrections: &[CorrectionRow]) {
    let mut of_sheet: HashMap<Sheet<'_>, Vec<Kind>> = HashMap::new();
    for row in corrections.iter().filter(|row| stands(row)) {
        let sheet = (
            row.ratee_id.as_str(),
            row.source.as_str(),
            row.rater_id.as_str(),
        );
        of_sheet.entry(sheet).or_default().extend(kind(row));
    }
    for row in sheets {
        let sheet = (
            row.ratee_id.as_str(),
            row.source.as_str(),
            row.rater_id.as_str(),
        );
        if let Some(standing) = of_sheet.get(&sheet) {
            row.answers = corrected(&Answers::unpack(&row.answers), standing).pack();
        }
    }
}

/// Whether a correction was not taken back.
pub fn stands(row: &CorrectionRow) -> bool {
    row.undone_at.is_none()
}

/// Whether a correction is of this sheet.
pub fn is_of(row: &CorrectionRow, sheet: &SheetRow) -> bool {
    row.round_id == sheet.round_id
        && row.ratee_id == sheet.ratee_id
        && row.source == sheet.source
        && row.rater_id == sheet.rater_id
}

/// What a stored correction does; none for a row that says nothing sensible.
pub fn kind(row: &CorrectionRow) -> Option<Kind> {
    if row.kind == Kind::Out.key() {
        return Some(Kind::Out);
    }
    Some(Kind::Override {
        indicator: row.indicator.clone()?,
        anchor: u8::try_from(row.anchor_after?).ok()?,
    })
}
