//! Delivers what a device kept of one sheet, by the form's key alone: the child may have signed out long ago, or the
//! network may have been away. Judged like any other sheet; once the round is closed nothing is taken any more.

use super::{
    Acted,
    compliment::{self, Compliment},
    recall, redeal,
    session::Origin,
    submit_sheet::{Ratee, Saved, SheetSent, submit_sheet},
};
use crate::{
    domain::{
        actor::{Actor, Call},
        ids::{SchoolId, StudentId},
        recall::Recall,
        refusal::Refusal,
        rubric::Source,
        sheet::{Submission, first_stamp},
    },
    keys::form_key::FormRef,
    storage::{Db, Tx, rounds, sheets, students},
};

/// What the device kept.
#[derive(Clone, Debug)]
pub struct Kept {
    /// The form's counter at this save.
    pub stamp: i64,
    pub scores: Vec<(String, Option<u8>)>,
    /// Seconds the card took so far, where the server could measure them.
    pub seconds: Option<i64>,
    pub recall: Option<Recall>,
}

/// What the device kept of something good said about the classmate of the form.
#[derive(Clone, Debug)]
pub struct KeptSay {
    /// Counter of the page's saves of it.
    pub stamp: i64,
    pub chip: String,
    pub words: String,
}

/// Stores it in the name of the child the key was made for.
///
/// # Errors
/// Those of [`submit_sheet`]: `Stale` where a newer save stands, `RoundNotOpen`; `NotFound` where the child has left
/// the class or the classmate has.
pub fn deliver(tx: &mut Tx<'_>, origin: &Origin, form: &FormRef, kept: Kept) -> Acted<Saved> {
    let call = call_of(tx, origin, form)?;
    let source = Source::from_name(&form.source).ok_or(Refusal::NotFound)?;
    let ratee = Ratee::find(tx, &call.school, &form.ratee)?;
    let sent = SheetSent {
        round: form.round.clone(),
        source,
        ratee: ratee.clone(),
        submission: Submission {
            scores: kept.scores,
            comment: None,
        },
        seconds: kept.seconds,
        based_on: None,
        stamp: Some(kept.stamp),
        paper_of: None,
    };
    if let (Source::Peer, Ratee::Student(classmate)) = (source, &ratee) {
        let round = rounds::get(tx, &call.school, &form.round)?;
        let rater = StudentId::new(form.rater.as_str());
        redeal::give_back(tx, &call, &round, &rater, classmate)?;
    }
    let saved = submit_sheet(tx, &call, sent)?;
    if let Some(said) = kept.recall {
        recall::note(tx, &call, &form.round, &ratee, &said)?;
    }
    Ok(saved)
}

/// Stores something good about the classmate of the form, in the name of the child the key was made for.
///
/// # Errors
/// Those of [`compliment::put`]; `Stale` where a newer one stands.
pub fn deliver_say(tx: &mut Tx<'_>, origin: &Origin, form: &FormRef, kept: KeptSay) -> Acted<()> {
    let call = call_of(tx, origin, form)?;
    if Source::from_name(&form.source) != Some(Source::Peer) {
        return Err(Refusal::NotFound.into());
    }
    let said = Compliment {
        round: form.round.clone(),
        ratee: StudentId::new(form.ratee.as_str()),
        chip: kept.chip,
        words: kept.words,
        stamp: Some(kept.stamp),
    };
    compliment::put(tx, &call, &said)
}

/// The call of the child behind a key, with the class of today.
fn call_of(db: &mut Db, origin: &Origin, form: &FormRef) -> Acted<Call> {
    let school = SchoolId::new(form.school.as_str());
    let id = StudentId::new(form.rater.as_str());
    let class = students::class_on(db, &school, &id, origin.today())?;
    Ok(origin.call(school, Actor::Student { id, class }))
}

/// Where the counter of a page that just made a change and was told that a newer save stands goes on.
pub fn next_stamp(db: &mut Db, origin: &Origin, form: &FormRef) -> Acted<i64> {
    let school = SchoolId::new(form.school.as_str());
    let stored = sheets::own(
        db,
        &school,
        &form.round,
        &form.source,
        &form.rater,
        &form.ratee,
    )?;
    Ok(first_stamp(origin.now, stored.map(|row| row.stamp)))
}
