//! Delivers a post's sheet that a device kept, by the form's key alone: the monitor may have signed out, or the network
//! may have been away. The key was made within the post's time; it opens that one sheet of that one day.

use chrono::{Days, NaiveDate};

use super::{
    Acted, duty_sheet,
    duty_sheet::Place,
    send_checks::{self, Sent, Sheet},
    session::Origin,
};
use crate::{
    domain::{
        actor::{Actor, Call},
        duty::slots,
        ids::{PostId, SchoolId, StudentId},
        refusal::Refusal,
    },
    keys::form_key::FormRef,
    storage::{Tx, duty, students},
};

/// The word of a post's sheet where a child's sheet has its source.
pub const SOURCE: &str = "duty";
/// Days after its own on which a sheet is still taken: a tablet switched off on Friday delivers on Monday.
const LATE_DAYS: u64 = 3;

/// What the key of a sheet names.
pub fn form(school: &SchoolId, place: &Place) -> FormRef {
    FormRef {
        school: school.to_string(),
        round: place.on.to_string(),
        rater: place.by.clone(),
        source: SOURCE.to_owned(),
        ratee: format!("{}#{}", place.post.id, place.slot.from),
    }
}

/// Stores it in the name of the monitor the key was made for.
///
/// # Errors
/// Those of [`send_checks::store`]; `Expired` days later; `NotFound` where monitor or post are gone.
pub fn deliver(tx: &mut Tx<'_>, origin: &Origin, form: &FormRef, sheet: &Sheet) -> Acted<Sent> {
    let school = SchoolId::new(form.school.as_str());
    let on: NaiveDate = form.round.parse().map_err(|_bad| Refusal::NotFound)?;
    let today = origin.today();
    if today < on || today > on + Days::new(LATE_DAYS) {
        return Err(Refusal::Expired.into());
    }
    let (post, slot) = form.ratee.split_once('#').ok_or(Refusal::NotFound)?;
    let id = StudentId::new(form.rater.as_str());
    let class = students::class_on(tx, &school, &id, on)?;
    let actor = Actor::Monitor {
        id: id.clone(),
        class: class.clone(),
        post: PostId::new(post),
    };
    let call = origin.call(school, actor);
    let then = Call {
        today: on,
        ..call.clone()
    };
    let second = duty_sheet::second_seat(tx, &then, &id, post)?;
    let rows = duty::posts(tx, &call.school)?;
    let found = rows.into_iter().find(|p| p.id == post);
    let found = found.ok_or(Refusal::NotFound)?;
    let all = slots(found.starts_minute, found.ends_minute, &found.more_slots);
    let slot = all.into_iter().find(|s| s.from.to_string() == slot);
    let place = Place {
        slot: slot.ok_or(Refusal::NotFound)?,
        post: found,
        on,
        second,
        by: id.to_string(),
        own: Some(class),
    };
    send_checks::store(tx, &call, &place, sheet)
}
