//! `POST /s/outbox`: a device delivers what it kept of one sheet, by the form's key. No session is asked for, so that
//! it works after sign-out; the key opens that one sheet until its round closes and reads nothing.

use std::collections::BTreeMap;

use actix_web::HttpResponse;
use serde::{Deserialize, Serialize};

use crate::{
    actions::{
        ActionError,
        deliver::{self, Kept, KeptSay},
    },
    domain::{recall::Recall, refusal::Refusal},
    keys::form_key::{self, FormRef},
    web::{
        duty,
        failure::{Failure, problem_of},
        guard::{ClientIp, StrictJson},
        visit::Visit,
    },
};

/// What a device sends.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Delivery {
    key: String,
    stamp: i64,
    /// Not the first try: the time it took says nothing, and nobody may be sitting there.
    #[serde(default)]
    late: bool,
    #[serde(default)]
    scores: BTreeMap<String, Option<i64>>,
    #[serde(default)]
    recall: Option<Picked>,
    /// Instead of scores: something good about the classmate of the form; `stamp` then counts the saves of it.
    #[serde(default)]
    say: Option<Say>,
    /// Instead of scores: the sheet of a duty post, whose key it is.
    #[serde(default)]
    duty: Option<duty::Kept>,
}

/// A ready sentence, own words, or neither, which takes it back.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Say {
    #[serde(default)]
    chip: String,
    #[serde(default)]
    words: String,
}

/// The moment a child remembered.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Picked {
    indicator: String,
    #[serde(default)]
    occasion: String,
    #[serde(default)]
    deed: String,
}

#[derive(Serialize)]
struct Delivered {
    version: i32,
}

/// See the file's head.
pub async fn deliver(
    visit: Visit,
    ip: ClientIp,
    body: StrictJson<Delivery>,
) -> Result<HttpResponse, Failure> {
    let said = body.0;
    let Some(form) = form_key::open(&visit.app.ring, &said.key) else {
        visit.app.throttle.bad_token(ip)?;
        return Err(Refusal::NotFound.into());
    };
    if let Some(kept) = said.duty {
        return duty::deliver(&visit, form, said.stamp, kept).await;
    }
    if let Some(say) = said.say {
        return good_word(&visit, form, said.stamp, say).await;
    }
    let seconds = if said.late {
        None
    } else {
        visit
            .app
            .pace
            .tap(&form.rater, &form.ratee, visit.app.now())
    };
    let kept = Kept {
        stamp: said.stamp,
        // Numbers beyond a byte are out of every range, as 0 is.
        scores: said
            .scores
            .into_iter()
            .map(|(id, given)| (id, given.map(|a| u8::try_from(a).unwrap_or(0))))
            .collect(),
        seconds,
        recall: said.recall.map(|picked| Recall {
            indicator: picked.indicator,
            occasion: picked.occasion,
            deed: picked.deed,
        }),
    };
    let (origin, of) = (visit.origin.clone(), form.clone());
    let done = visit
        .app
        .store
        .write(move |tx| deliver::deliver(tx, &origin, &of, kept));
    match done.await {
        Ok(saved) => Ok(HttpResponse::Ok().json(Delivered {
            version: saved.version(),
        })),
        Err(ActionError::Refused(Refusal::Stale)) => stale(&visit, form).await,
        Err(other) => Err(other.into()),
    }
}

/// Something good about the classmate of the form.
async fn good_word(
    visit: &Visit,
    form: FormRef,
    stamp: i64,
    say: Say,
) -> Result<HttpResponse, Failure> {
    let kept = KeptSay {
        stamp,
        chip: say.chip,
        words: say.words,
    };
    let origin = visit.origin.clone();
    let write = visit
        .app
        .store
        .write(move |tx| deliver::deliver_say(tx, &origin, &form, kept));
    write.await?;
    Ok(HttpResponse::NoContent().finish())
}

/// A newer save stands; a page with a child before it may go on from `next_stamp`.
async fn stale(visit: &Visit, form: FormRef) -> Result<HttpResponse, Failure> {
    let origin = visit.origin.clone();
    let next_stamp = visit
        .app
        .store
        .read(move |db| deliver::next_stamp(db, &origin, &form))
        .await?;
    Ok(problem_of(&Refusal::Stale)
        .with("next_stamp", next_stamp)
        .response())
}
