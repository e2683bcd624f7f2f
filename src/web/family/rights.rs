//! The notice and a family's rights: `POST /f/{link}/notice` decides, `GET,POST /f/{link}/rights` shows where the family
//! stands and takes requests. All of it through the door that outlives a refusal.

use actix_web::{HttpResponse, http::StatusCode, web};

use super::{discreet, notice, told, veiled};
use crate::{
    actions::{
        consent,
        home_data::{self, Standing},
        home_requests,
        session::Seen,
    },
    domain::{
        home_rights::{Kind, NOTICE, State, WORDS},
        refusal::Refusal,
    },
    screens::{
        FlashKind,
        family::NoticeKind,
        family_rights::{FamilyConsent, FamilyRights, HomeRequest},
    },
    storage::home_rights::RequestRow,
    web::{
        failure::Failure,
        guard::Fields,
        teacher::words,
        visit::{Door, Visit},
    },
};

/// The notice, where the family has not answered the one in force; for `GET /f/{link}`.
pub fn asks(visit: &Visit, here: &str, seen: &Seen, stands: &Standing) -> Option<HttpResponse> {
    if !stands.asked {
        return None;
    }
    let page = FamilyConsent {
        action: format!("{here}/notice"),
        child: veiled(&stands.child.name),
        class_name: stands.class_name.clone(),
        version: NOTICE,
        again: stands.child.consent != "notice",
        rights_href: format!("{here}/rights"),
    };
    visit.page(seen, &page).ok().map(discreet)
}

/// `POST /f/{link}/notice`: `say` = `agree` or `refuse`, to the `version` that was read.
pub async fn decide(
    visit: Visit,
    path: web::Path<String>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let (said, version) = (fields.need("say")?, fields.need("version")?);
    fields.finish()?;
    let given = match said.as_str() {
        "agree" => true,
        "refuse" => false,
        _ => return Err(Refusal::Invalid("say".to_owned()).into()),
    };
    let version = version.parse().unwrap_or(0);
    let link = path.into_inner();
    let here = format!("/f/{link}");
    let write = visit.write(Door::Rights(link), move |tx, seen| {
        let first = consent::is_asked(tx, &seen.call)?;
        consent::decide(tx, &seen.call, given, version).map(|()| first)
    });
    match write.await {
        // The first time the family goes on to what it came for.
        Ok((_, true)) if given => Ok(discreet(visit.go(&here))),
        Ok(_) => {
            let key = match given {
                true => "rights-changed-given",
                false => "rights-changed-refused",
            };
            let back = format!("{here}/rights");
            Ok(discreet(visit.go_saying(&back, FlashKind::Ok, key, &[])))
        }
        // Another notice came into force while this one was read.
        Err(Failure::Refused(Refusal::Stale)) => Ok(discreet(visit.go(&here))),
        Err(other) => gone(&visit, other),
    }
}

/// What a family reads where the page has lost its session or the link is over.
pub fn gone(visit: &Visit, failure: Failure) -> Result<HttpResponse, Failure> {
    match failure {
        Failure::Refused(Refusal::SignedOut) => {
            notice(visit, StatusCode::UNAUTHORIZED, NoticeKind::Reopen, "")
        }
        other => told(visit, other),
    }
}

/// `GET /f/{link}/rights`.
pub async fn show(visit: Visit, path: web::Path<String>) -> Result<HttpResponse, Failure> {
    page(&visit, &path.into_inner(), None).await
}

async fn page(
    visit: &Visit,
    link: &str,
    wrong: Option<(String, String)>,
) -> Result<HttpResponse, Failure> {
    let door = Door::Rights(link.to_owned());
    let read = visit.read(door, |db, seen| home_data::standing(db, &seen.call));
    let (seen, stands) = match read.await {
        Ok(read) => read,
        Err(failure) => return gone(visit, failure),
    };
    let status = match wrong {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    let mut page = view(visit, &format!("/f/{link}"), &stands);
    page.wrong = wrong;
    Ok(discreet(visit.page_as(status, Some(&seen), &page)?))
}

fn view(visit: &Visit, here: &str, stands: &Standing) -> FamilyRights {
    let state = match stands.child.consent.as_str() {
        "consented" => "given",
        "refused" => "refused",
        _ => "none",
    };
    let decided = match (&stands.decided, state) {
        (Some(row), _) => Some(row.said_on),
        (None, "none") => None,
        (None, _) => Some(stands.child.consent_on),
    };
    let row = stands.decided.as_ref();
    let waits = |kind: &Kind| {
        let mut open = stands.requests.iter();
        open.any(|r| r.kind == kind.key() && r.state == State::Open.key())
    };
    let kinds = [Kind::Correction, Kind::Deletion].into_iter();
    let open_kinds = kinds.filter(|kind| !waits(kind)).map(Kind::key).collect();
    let requests = stands.requests.iter();
    FamilyRights {
        here: here.to_owned(),
        child: veiled(&stands.child.name),
        class_name: stands.class_name.clone(),
        state,
        decided: decided.map_or_else(String::new, |day| words::date(visit.lang, day)),
        how: row.map_or("paper", |row| row.how.as_str()).to_owned(),
        version: row.map_or(1, |row| row.notice),
        notice: NOTICE,
        requests: requests.map(|row| request(visit, row)).collect(),
        open_kinds,
        words_max: WORDS,
        wrong: None,
        card: state == "given",
    }
}

/// A request in words.
pub fn request(visit: &Visit, row: &RequestRow) -> HomeRequest {
    HomeRequest {
        kind: row.kind.clone(),
        state: row.state.clone(),
        words: row.words.clone(),
        filed: words::day(visit.lang, row.filed_on),
        due: words::day(visit.lang, row.due_on),
        answer: row.answer.clone().unwrap_or_default(),
    }
}

/// `POST /f/{link}/rights`: asks for a `kind` with `words`.
pub async fn ask(
    visit: Visit,
    path: web::Path<String>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let (kind, said) = (fields.need("kind")?, fields.need("words")?);
    fields.finish()?;
    let wanted = Kind::parse(&kind).ok_or_else(|| Refusal::Invalid("kind".to_owned()))?;
    let link = path.into_inner();
    let typed = said.clone();
    let write = visit.write(Door::Rights(link.clone()), move |tx, seen| {
        home_requests::file(tx, &seen.call, wanted, &said)
    });
    let back = format!("/f/{link}/rights");
    match write.await {
        Ok((_, due)) => {
            let due = words::day(visit.lang, due);
            let args = [("due", due.as_str())];
            Ok(discreet(visit.go_saying(
                &back,
                FlashKind::Ok,
                "rights-asked",
                &args,
            )))
        }
        Err(Failure::Refused(Refusal::Invalid(_))) => {
            page(&visit, &link, Some((kind, typed))).await
        }
        Err(Failure::Refused(Refusal::Taken(_))) => Ok(discreet(visit.go_saying(
            &back,
            FlashKind::Note,
            "rights-waiting",
            &[],
        ))),
        Err(other) => gone(&visit, other),
    }
}
