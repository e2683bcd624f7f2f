//! `/t/students/{id}/sheets`: the sheets about one child in a closed or published round, and what is put right in them.

use actix_web::{HttpResponse, http::StatusCode, web};
use serde::Deserialize;

use super::sheets_view::view;
use crate::{
    actions::{
        appeals::{self, Proposal},
        child_sheets,
        correct::{self, Act, Done, DoneMoved, Wish},
    },
    domain::{
        correction::Kind,
        ids::{ClassId, StudentId},
        refusal::Refusal,
        rubric::Source,
    },
    keys::form_key,
    screens::{FlashKind, say, teacher_sheets::Wrong},
    web::{
        failure::Failure,
        guard::Fields,
        visit::{Door, Visit},
    },
};

/// Threads of the long computation, as for a publication.
const THREADS: usize = 2;
/// What stands before an act that is only proposed.
const PROPOSE: &str = "propose-";
/// How often a correction is computed anew when another one came in between.
const TRIES: usize = 3;

/// Query of the page.
#[derive(Deserialize)]
pub struct Asked {
    round: Option<String>,
}

/// `GET`.
pub async fn show(
    visit: Visit,
    id: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let student = StudentId::new(id.into_inner());
    let round = asked.into_inner().round.unwrap_or_default();
    page(&visit, &student, &round, None).await
}

async fn page(
    visit: &Visit,
    student: &StudentId,
    round: &str,
    wrong: Option<Wrong>,
) -> Result<HttpResponse, Failure> {
    let (student, round, ring) = (student.clone(), round.to_owned(), visit.app.ring.clone());
    let read = visit.read(Door::Staff, move |db, seen| {
        child_sheets::load(db, &ring, &seen.call, &student, &round)
    });
    let (seen, facts) = read.await?;
    let status = match wrong {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    visit.page_as(status, Some(&seen), &view(visit, &facts, wrong))
}

/// What a form says.
struct Typed {
    act: String,
    round: String,
    /// Handle of a sheet or id of a correction.
    what: String,
    indicator: String,
    anchor: String,
    reason: String,
}

impl Typed {
    /// The act without what makes it a proposal.
    fn plain(&self) -> &str {
        self.act.strip_prefix(PROPOSE).unwrap_or(&self.act)
    }
}

/// What was done; none for a proposal.
async fn done(visit: &Visit, student: &StudentId, typed: &Typed) -> Result<Option<Done>, Failure> {
    let wish = wish(visit, student, typed)?;
    if typed.act.starts_with(PROPOSE) {
        return propose(visit, wish).await.map(|()| None);
    }
    correct(visit, &wish).await.map(Some)
}

async fn propose(visit: &Visit, wish: Wish) -> Result<(), Failure> {
    let write = visit.write(Door::Staff, move |tx, seen| {
        let call = &seen.call;
        let open = appeals::open_about(tx, call, &wish.student, &wish.round)?;
        let open = open.ok_or(Refusal::WrongState)?;
        let Act::Make {
            source,
            rater,
            kind,
        } = wish.act
        else {
            return Err(Refusal::Invalid("fix-act".to_owned()).into());
        };
        let proposal = Proposal::Correct {
            source,
            rater,
            kind,
        };
        let class = ClassId::new(open.class_id);
        appeals::propose(tx, call, &class, &open.id, &proposal, &wish.reason)
    });
    write.await.map(|_| ())
}

/// `POST`: `out`, `override` or `undo`, each with a reason.
pub async fn act(
    visit: Visit,
    id: web::Path<String>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let typed = Typed {
        act: fields.need("act")?,
        round: fields.need("round")?,
        what: fields.need("what")?,
        indicator: fields.take("indicator").unwrap_or_default(),
        anchor: fields.take("anchor").unwrap_or_default(),
        reason: fields.need("reason")?,
    };
    fields.finish()?;
    let student = StudentId::new(id.into_inner());
    let back = format!("/t/students/{student}/sheets?round={}", typed.round);
    let done = done(&visit, &student, &typed).await;
    match done {
        Ok(None) => Ok(visit.go_saying(&back, FlashKind::Ok, "appeals-proposed", &[])),
        Ok(Some(done)) => Ok(visit.go_saying(
            &back,
            FlashKind::Ok,
            "fix-done",
            &[("what", &told(&visit, &done))],
        )),
        Err(Failure::Refused(Refusal::WrongState)) => {
            Ok(visit.go_saying(&back, FlashKind::Note, "fix-already", &[]))
        }
        Err(Failure::Refused(refusal)) if wrong(&refusal).is_some() => {
            let wrong = Wrong {
                form: format!("{}:{}", typed.plain(), typed.what),
                why: wrong(&refusal).unwrap_or_default(),
                reason: typed.reason,
                indicator: typed.indicator,
                anchor: typed.anchor,
            };
            page(&visit, &student, &typed.round, Some(wrong)).await
        }
        Err(other) => Err(other),
    }
}

fn wrong(refusal: &Refusal) -> Option<&'static str> {
    match refusal {
        Refusal::Invalid(what) if what == "correction-reason" => Some("reason"),
        Refusal::AnchorOutOfRange(..) => Some("anchor"),
        _ => None,
    }
}

fn wish(visit: &Visit, student: &StudentId, typed: &Typed) -> Result<Wish, Refusal> {
    let act = match typed.plain() {
        "undo" => Act::Undo(typed.what.clone()),
        "out" | "override" => {
            let sheet = form_key::open_handle(&visit.app.ring, &typed.what);
            let sheet = sheet.filter(|s| s.ratee == student.as_str() && s.round == typed.round);
            let sheet = sheet.ok_or(Refusal::NotFound)?;
            Act::Make {
                source: Source::from_name(&sheet.source).ok_or(Refusal::NotFound)?,
                rater: sheet.rater,
                kind: kind(typed),
            }
        }
        _ => return Err(Refusal::Invalid("fix-act".to_owned())),
    };
    Ok(Wish {
        round: typed.round.clone(),
        student: student.clone(),
        act,
        reason: typed.reason.clone(),
        appeal: None,
    })
}

fn kind(typed: &Typed) -> Kind {
    match typed.plain() {
        "out" => Kind::Out,
        _ => Kind::Override {
            indicator: typed.indicator.clone(),
            // 0 is outside every scale.
            anchor: typed.anchor.parse().unwrap_or(0),
        },
    }
}

/// Computes, then stores; again where another correction came in between.
pub async fn correct(visit: &Visit, wish: &Wish) -> Result<Done, Failure> {
    for _ in 0..TRIES {
        let wish = wish.clone();
        let read = visit.read(Door::Staff, move |db, seen| {
            correct::prepare(db, &seen.call, &wish, THREADS)
        });
        let (_, prepared) = read.await?;
        let rules = visit.app.rules.clone();
        let write = visit.write(Door::Staff, move |tx, seen| {
            correct::store(tx, &seen.call, &prepared, &rules)
        });
        match write.await {
            Err(Failure::Refused(Refusal::Stale)) => {}
            Ok((_, done)) => return Ok(done),
            Err(other) => return Err(other),
        }
    }
    Err(Refusal::Stale.into())
}

/// What moved, in one sentence.
pub fn told(visit: &Visit, done: &Done) -> String {
    let lang = visit.lang;
    let Some(moved) = &done.moved else {
        return say(lang, "fix-told-closed", &[("round", &done.round)]);
    };
    let mut text = match &moved.own {
        Some((before, now)) => {
            let none = say(lang, "fix-no-points", &[]);
            let (before, now) = (
                before.as_ref().unwrap_or(&none),
                now.as_ref().unwrap_or(&none),
            );
            let args = [
                ("name", done.name.as_str()),
                ("before", before),
                ("now", now),
            ];
            say(lang, "fix-told-own", &args)
        }
        None => say(lang, "fix-told-none", &[("name", &done.name)]),
    };
    text.push_str(&rest(visit, moved));
    text
}

fn rest(visit: &Visit, moved: &DoneMoved) -> String {
    let counts = [
        ("fix-told-children", moved.children),
        ("fix-told-classes", moved.classes),
        ("fix-told-later", moved.later),
    ];
    let told = counts.into_iter().filter(|(_, n)| *n > 0);
    told.map(|(key, n)| say(visit.lang, key, &[("n", &n.to_string())]))
        .collect()
}
