//! What the imports share: their outcome with every row error, and the term and school year that files speak of.

use super::Acted;
use crate::{
    domain::{actor::Call, calendar::SchoolYear, refusal::Refusal},
    exchange::{RowError, RowNote, class_name},
    storage::{Db, schools, schools::TermRow},
};

/// What an import would do, or did: all of it or nothing.
#[derive(Clone, Debug, PartialEq)]
pub struct Imported<P> {
    /// What the good rows ask for.
    pub plan: P,
    /// Everything that stands in the way, by line. With any of it nothing is written.
    pub errors: Vec<RowError>,
    /// What is worth a look.
    pub notes: Vec<RowNote>,
    /// Whether the plan was carried out; never in a dry run.
    pub done: bool,
}

/// The school year against which a file's cohorts are read.
pub fn school_year(call: &Call) -> class_name::SchoolYear {
    class_name::SchoolYear(u16::try_from(SchoolYear::of(call.today).0).ok())
}

/// The term of today; between terms the last one that has begun.
///
/// # Errors
/// `NotFound` before the first term.
pub fn current_term(db: &mut Db, call: &Call) -> Acted<TermRow> {
    let terms = schools::terms(db, &call.school)?;
    let begun = terms
        .into_iter()
        .filter(|term| term.starts_on <= call.today)
        .max_by_key(|term| term.starts_on);
    Ok(begun.ok_or(Refusal::NotFound)?)
}

/// By line, as a report tells them.
pub(super) fn sorted(mut errors: Vec<RowError>) -> Vec<RowError> {
    errors.sort_by_key(|error| error.line);
    errors
}
