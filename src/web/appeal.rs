//! "This is not right" for those who say it: `GET,POST /s/appeal` for a child, `GET,POST /f/{link}/appeal` for a family,
//! and what the own page and the card tell of it.

use actix_web::{HttpResponse, web};

use super::{
    child::{own::me, speak},
    discreet,
    failure::Failure,
    family::veiled,
    guard::Fields,
    visit::{Door, Visit},
};
use crate::{
    actions::{
        Acted,
        appeals::{self, Filing, OwnAppeals},
        session::Seen,
        term_votes::read_rubric,
    },
    domain::{
        actor::Actor,
        appeal::{State, WORDS, WORDS_FROM_GRADE},
        calendar::SchoolYear,
        class_name,
        refusal::Refusal,
    },
    screens::{
        FlashKind,
        appeal::{AppealNews, AppealStar, ChildAppeal, FamilyAppeal, OwnAppeal},
    },
    storage::{Db, students},
};

/// What the own page or card shows; `go` is the address of the form.
pub fn own(db: &mut Db, seen: &Seen, go: &str) -> Acted<OwnAppeal> {
    let own = appeals::own(db, &seen.call)?;
    let news = own.rows.first().and_then(|row| {
        let state = match State::parse(&row.state)? {
            State::Granted => "granted",
            State::Declined => "declined",
            State::Filed | State::Proposed => "open",
            State::Withdrawn => return None,
        };
        Some(AppealNews {
            state,
            answer: row.answer.clone().unwrap_or_default(),
        })
    });
    Ok(OwnAppeal {
        go: own.round.map(|_| go.to_owned()).unwrap_or_default(),
        action: go.to_owned(),
        news,
    })
}

/// The round that an appeal would be about, with its stars.
fn stars(
    db: &mut Db,
    seen: &Seen,
    own: &OwnAppeals,
    low: bool,
) -> Acted<(String, Vec<AppealStar>)> {
    let round = own.round.as_ref().ok_or(Refusal::NotFound)?;
    let rubric = read_rubric(db, &seen.call.school, &round.rubric_id)?;
    let stars = rubric.dimensions.iter().map(|d| AppealStar {
        star: d.id.clone(),
        name: speak::text(&d.name, None, low),
    });
    Ok((round.name.clone(), stars.collect()))
}

/// `GET /s/appeal`.
pub async fn child_form(visit: Visit) -> Result<HttpResponse, Failure> {
    let read = visit.read(Door::Child, |db, seen| {
        let me = me(db, seen)?;
        let own = appeals::own(db, &seen.call)?;
        if own.round.is_none() {
            return Ok(None);
        }
        let low = speak::is_low(me.grade);
        let (round, stars) = stars(db, seen, &own, low)?;
        let words = if me.grade >= WORDS_FROM_GRADE {
            WORDS
        } else {
            0
        };
        Ok(Some(ChildAppeal {
            low,
            round,
            stars,
            words,
        }))
    });
    match read.await? {
        (seen, Some(page)) => visit.page(&seen, &page),
        (_, None) => Ok(visit.go("/s/me")),
    }
}

/// `POST /s/appeal`.
pub async fn child_files(visit: Visit, fields: Fields) -> Result<HttpResponse, Failure> {
    let said = said(fields)?;
    let key = said.key();
    let write = visit.write(Door::Child, move |tx, seen| {
        let Said::File(filing) = said else {
            return appeals::withdraw(tx, &seen.call);
        };
        let me = me(tx, seen)?;
        if me.grade < WORDS_FROM_GRADE && !filing.words.is_empty() {
            return Err(Refusal::WordsLater(WORDS_FROM_GRADE).into());
        }
        appeals::file(tx, &seen.call, &filing)
    });
    let done = write.await.map(|_| key);
    told(&visit, "/s/me", done)
}

/// What comes from the form, or from the button beside an open appeal.
enum Said {
    File(Filing),
    Withdraw,
}

impl Said {
    /// What is told once it is done.
    const fn key(&self) -> &'static str {
        match self {
            Self::File(_) => "appeal-sent",
            Self::Withdraw => "appeal-withdrawn",
        }
    }
}

fn said(mut fields: Fields) -> Result<Said, Failure> {
    let said = match fields.take("withdraw").as_deref() {
        Some("1") => Said::Withdraw,
        _ => Said::File(Filing {
            about: fields.need("about")?,
            words: fields.take("words").unwrap_or_default(),
        }),
    };
    fields.finish()?;
    Ok(said)
}

fn told(visit: &Visit, back: &str, done: Result<&str, Failure>) -> Result<HttpResponse, Failure> {
    let (kind, key) = match done {
        Ok(key) => (FlashKind::Ok, key),
        Err(Failure::Refused(Refusal::WrongState)) => (FlashKind::Note, "appeal-too-late"),
        Err(Failure::Refused(Refusal::Taken(_))) => (FlashKind::Note, "appeal-already"),
        Err(Failure::Refused(Refusal::CommentTooLong(_))) => (FlashKind::Note, "appeal-wrong-long"),
        Err(other) => return Err(other),
    };
    Ok(visit.go_saying(back, kind, key, &[]))
}

/// `GET /f/{link}/appeal`.
pub async fn family_form(visit: Visit, link: web::Path<String>) -> Result<HttpResponse, Failure> {
    let link = link.into_inner();
    let back = format!("/f/{link}");
    let here = back.clone();
    let read = visit.read(Door::Family(link), move |db, seen| {
        let own = appeals::own(db, &seen.call)?;
        match own.round {
            Some(_) => Ok(Some(family_page(db, seen, &own, here)?)),
            None => Ok(None),
        }
    });
    match read.await? {
        (seen, Some(page)) => Ok(discreet::discreet(visit.page(&seen, &page)?, "no-referrer")),
        (_, None) => Ok(visit.go(&back)),
    }
}

fn family_page(db: &mut Db, seen: &Seen, own: &OwnAppeals, back: String) -> Acted<FamilyAppeal> {
    let Actor::Family { student, class, .. } = &seen.call.actor else {
        return Err(Refusal::NotFound.into());
    };
    let child = students::by_id(db, &seen.call.school, student)?;
    let row = students::class(db, &seen.call.school, class)?;
    let grade = SchoolYear::of(seen.call.today)
        .grade(row.cohort)
        .unwrap_or(6);
    let number = u32::try_from(row.number).unwrap_or(0);
    let (round, stars) = stars(db, seen, own, false)?;
    Ok(FamilyAppeal {
        child: veiled(&child.name),
        class_name: class_name::short_label(grade, number),
        round,
        stars,
        words: WORDS,
        action: format!("{back}/appeal"),
        back,
    })
}

/// `POST /f/{link}/appeal`.
pub async fn family_files(
    visit: Visit,
    link: web::Path<String>,
    fields: Fields,
) -> Result<HttpResponse, Failure> {
    let said = said(fields)?;
    let key = said.key();
    let link = link.into_inner();
    let back = format!("/f/{link}");
    let write = visit.write(Door::Family(link), move |tx, seen| match said {
        Said::File(filing) => appeals::file(tx, &seen.call, &filing),
        Said::Withdraw => appeals::withdraw(tx, &seen.call),
    });
    let done = write.await.map(|_| key);
    told(&visit, &back, done)
}
