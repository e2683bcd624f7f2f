//! Everything that `starlight score` reads, from the database: the published rounds of a term, on request with one more.
//! `score` on these files gives exactly the published numbers. Used by `export sheets` to a folder and by the tables of
//! answers and checks.

use super::{Acted, imports, term_votes, term_votes::TermVotes};
use crate::{
    domain::actor::Call,
    exchange::score_files::{OutFile, write_term},
    storage::{Db, Tx},
};

/// Which votes are meant.
#[derive(Clone, Debug, Default)]
pub struct Period {
    /// Id of the term; none: the current one.
    pub term: Option<String>,
    /// Id of a round to be counted before it is published.
    pub with: Option<String>,
}

/// The votes of the period.
pub fn votes(db: &mut Db, call: &Call, period: &Period) -> Acted<TermVotes> {
    let permit = call.actor.run_school()?;
    let term = match &period.term {
        Some(term) => term.clone(),
        None => imports::current_term(db, call)?.id,
    };
    let with = period.with.as_deref();
    term_votes::load(db, &permit, &call.school, &term, with)
}

/// The files of the period. The export is announced before.
pub fn files(db: &mut Db, call: &Call, period: &Period) -> Acted<Vec<OutFile>> {
    let votes = votes(db, call, period)?;
    Ok(write_term(&votes.rubric, &votes.input))
}

/// Leaves the audit line, which must be there before the first byte goes out.
pub fn announce(tx: &mut Tx<'_>, call: &Call) -> Acted<()> {
    call.actor.run_school()?;
    let object = format!("school/{}", call.school);
    Ok(tx.record(call, "export.score-folder", &object, "")?)
}
