//! `/t/classes/{id}/comments`: the homeroom teacher's term comments, one child at a time. Works as a plain form; with
//! script each keystroke is kept (`keep`), phrases and evidence go in at the cursor, and the keyboard does everything.

mod facts;
pub mod keep;
pub mod paper;
mod view;

use actix_web::{HttpResponse, http::StatusCode, web};

use crate::{
    actions::{
        Acted, comment_evidence,
        comment_evidence::Evidence,
        comment_phrases,
        session::Seen,
        term_comments::{self, About, Comments},
        write_term_comment::{self, Draft, Saved, Wish},
    },
    domain::{
        ids::{ClassId, StudentId},
        refusal::Refusal,
        term_comment::{MOST_PHRASE, PHRASES, State, Tone, guard::Ask},
    },
    screens::{FlashKind, Undo, term_comment_words::guard_words},
    storage::{Db, term_comments::TermCommentHistoryRow},
    web::{
        failure::Failure,
        guard::Fields,
        visit::{Door, Visit},
    },
};

/// What the address asks for: a child, and a draft in a tone.
#[derive(serde::Deserialize)]
pub struct Asked {
    #[serde(default)]
    child: String,
    #[serde(default)]
    tone: String,
}

/// What this visit typed, asked or met.
#[derive(Debug, Default)]
pub struct Shown {
    text: Option<String>,
    tone: Option<Tone>,
    /// The stamp that what was typed rests on.
    based_on: Option<i64>,
    /// Questions that held the text back.
    asks: Option<Vec<Ask>>,
    stale: bool,
}

/// What the page is drawn from.
pub struct Loaded {
    class: ClassId,
    comments: Comments,
    /// Place of the child that is written about.
    at: Option<usize>,
    evidence: Option<Evidence>,
    history: Vec<TermCommentHistoryRow>,
    names: std::collections::HashMap<String, String>,
    phrases: Option<Vec<String>>,
}

impl Loaded {
    fn about(&self) -> Option<&About> {
        self.at.and_then(|at| self.comments.children.get(at))
    }
}

/// Loads the page about a child, else about the first one without a final text.
fn load(db: &mut Db, seen: &Seen, class: &ClassId, child: &str) -> Acted<Loaded> {
    let call = &seen.call;
    let comments = term_comments::of_class(db, call, class)?;
    let children = &comments.children;
    let at = match child {
        "" => children
            .iter()
            .position(|one| one.state() != Some(State::Final) && !one.left)
            .or((!children.is_empty()).then_some(0)),
        id => {
            let at = children.iter().position(|one| one.child.id == id);
            Some(at.ok_or(Refusal::NotFound)?)
        }
    };
    let about = at.and_then(|at| children.get(at));
    let (mut evidence, mut history) = (None, Vec::new());
    if let Some(about) = about.filter(|one| !one.left) {
        let id = StudentId::new(about.child.id.clone());
        evidence = Some(comment_evidence::load(db, call, class, &id)?);
        history = term_comments::history(db, call, class, &id)?;
    }
    let writers = about
        .and_then(|one| one.row.as_ref())
        .map(|row| row.updated_by.as_str());
    let openers = history
        .iter()
        .map(|row: &TermCommentHistoryRow| row.opened_by.as_str());
    Ok(Loaded {
        names: term_comments::staff_names(db, call, writers.into_iter().chain(openers))?,
        phrases: comment_phrases::own(db, call)?,
        class: class.clone(),
        at,
        evidence,
        history,
        comments,
    })
}

/// `GET /t/classes/{id}/comments`.
pub async fn show(
    visit: Visit,
    id: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let Asked { child, tone } = asked.into_inner();
    let shown = Shown {
        tone: Tone::parse(&tone),
        ..Shown::default()
    };
    let class = ClassId::new(id.into_inner());
    page(&visit, &class, &child, StatusCode::OK, shown).await
}

async fn page(
    visit: &Visit,
    class: &ClassId,
    child: &str,
    status: StatusCode,
    shown: Shown,
) -> Result<HttpResponse, Failure> {
    let (class, child) = (class.clone(), child.to_owned());
    let read = visit.read(Door::Staff, move |db, seen| load(db, seen, &class, &child));
    let (seen, loaded) = read.await?;
    visit.page_as(
        status,
        Some(&seen),
        &view::view(visit, &seen, &loaded, &shown),
    )
}

/// `POST /t/classes/{id}/comments`: `act` = `keep`, `finish`, `reopen`, `release`, `withdraw` or `phrases`; or `put`, a
/// card or phrase to be added to the text.
pub async fn act(
    visit: Visit,
    id: web::Path<String>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let class = ClassId::new(id.into_inner());
    if let Some(put) = fields.take("put") {
        return add(&visit, &class, &put, fields).await;
    }
    match fields.need("act")?.as_str() {
        "keep" => write(&visit, &class, fields, false).await,
        "finish" => write(&visit, &class, fields, true).await,
        "reopen" => reopen(&visit, &class, fields).await,
        "release" => release(&visit, &class, fields, true).await,
        "withdraw" => release(&visit, &class, fields, false).await,
        "phrases" => set_phrases(&visit, &class, fields).await,
        _ => Err(Refusal::Invalid("comment-action".to_owned()).into()),
    }
}

fn home(class: &ClassId, child: &str) -> String {
    format!("/t/classes/{class}/comments?child={child}")
}

/// The fields of the text, and whether its questions were seen.
fn typed(mut fields: Fields) -> Result<(String, Draft, bool), Failure> {
    let number = |text: Option<String>| text.and_then(|n| n.parse().ok()).unwrap_or(0);
    let child = fields.need("child")?;
    let draft = Draft {
        text: fields.need("text")?.replace("\r\n", "\n"),
        tone: Tone::parse(&fields.need("tone")?).unwrap_or_default(),
        based_on: number(fields.take("based_on")),
        hand: fields.take("hand").unwrap_or_default(),
        turn: number(fields.take("turn")),
    };
    let asked = fields.take("asked").as_deref() == Some("1");
    fields.finish()?;
    Ok((child, draft, asked))
}

async fn write(
    visit: &Visit,
    class: &ClassId,
    fields: Fields,
    finish: bool,
) -> Result<HttpResponse, Failure> {
    let (child, draft, asked) = typed(fields)?;
    let wish = if finish {
        Wish::Finish { asked }
    } else {
        Wish::Keep
    };
    let (to, about, sent) = (class.clone(), StudentId::new(child.clone()), draft.clone());
    let write = visit.write(Door::Staff, move |tx, seen| {
        let saved =
            write_term_comment::save(tx, &seen.call, &to, &about, &sent, wish, &guard_words())?;
        Ok((saved, term_comments::of_class(tx, &seen.call, &to)?))
    });
    let shown = Shown {
        text: Some(draft.text),
        tone: Some(draft.tone),
        ..Shown::default()
    };
    match write.await {
        Ok((_, (saved, _))) if saved.held => {
            let shown = Shown {
                asks: Some(saved.asks),
                ..shown
            };
            page(
                visit,
                class,
                &child,
                StatusCode::UNPROCESSABLE_ENTITY,
                shown,
            )
            .await
        }
        Ok((_, (saved, comments))) if finish => Ok(finished(visit, class, &saved, &comments)),
        Ok(_) => Ok(visit.go_saying(&home(class, &child), FlashKind::Ok, "comments-kept", &[])),
        Err(Failure::Refused(Refusal::Stale | Refusal::WrongState)) => {
            let shown = Shown {
                stale: true,
                ..shown
            };
            page(visit, class, &child, StatusCode::CONFLICT, shown).await
        }
        Err(other) => Err(other),
    }
}

/// On to the next child without a final text, with a button that takes this one back.
fn finished(visit: &Visit, class: &ClassId, saved: &Saved, comments: &Comments) -> HttpResponse {
    let child = &saved.row.student_id;
    let own = comments.children.iter().find(|one| one.child.id == *child);
    let name = own.map(|one| one.child.name.clone()).unwrap_or_default();
    let all = comments
        .children
        .iter()
        .filter(|one| !one.left)
        .count()
        .to_string();
    let action = format!("/t/classes/{class}/comments");
    let undo = Undo::new(action, &[("act", "reopen"), ("child", child)]);
    let (to, key) = match next(comments, child) {
        Some(next) => (next, "comments-is-final"),
        None => (child.as_str(), "comments-all-final"),
    };
    let args = [("name", name.as_str()), ("n", all.as_str())];
    visit.go_undoing(&home(class, to), FlashKind::Ok, key, &args, Some(undo))
}

/// The next child of the film without a final text, from the beginning again after the last.
fn next<'c>(comments: &'c Comments, child: &str) -> Option<&'c str> {
    let children = &comments.children;
    let at = children
        .iter()
        .position(|one| one.child.id == child)
        .unwrap_or(0);
    let round = children.iter().skip(at + 1).chain(children.iter().take(at));
    let mut open = round.filter(|one| !one.left && one.state() != Some(State::Final));
    open.next().map(|one| one.child.id.as_str())
}

/// Adds a card's sentence or a phrase to the text; nothing is stored yet.
async fn add(
    visit: &Visit,
    class: &ClassId,
    put: &str,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    fields.take("act");
    let (child, draft, _) = typed(fields)?;
    let (of, about) = (class.clone(), child.clone());
    let read = visit.read(Door::Staff, move |db, seen| load(db, seen, &of, &about));
    let (seen, loaded) = read.await?;
    let mut shown = Shown {
        text: Some(draft.text.clone()),
        tone: Some(draft.tone),
        based_on: Some(draft.based_on),
        ..Shown::default()
    };
    let page = view::view(visit, &seen, &loaded, &shown);
    let card = page
        .kid
        .iter()
        .flat_map(|kid| &kid.evidence)
        .find(|card| card.id == put);
    let sentence = card.and_then(|card| card.sentences.iter().find(|s| s.tone == draft.tone.key()));
    let phrase = || {
        page.phrases
            .iter()
            .find(|p| format!("phrase-{}", p.place) == put)
    };
    let words = sentence
        .map(|s| s.text.clone())
        .or_else(|| phrase().map(|p| p.text.clone()));
    let words = words.ok_or(Refusal::NotFound)?;
    shown.text = Some(format!("{}{words}", draft.text));
    visit.page(&seen, &view::view(visit, &seen, &loaded, &shown))
}

async fn reopen(
    visit: &Visit,
    class: &ClassId,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let child = fields.need("child")?;
    fields.finish()?;
    let (of, about) = (class.clone(), StudentId::new(child.clone()));
    let write = visit.write(Door::Staff, move |tx, seen| {
        write_term_comment::reopen(tx, &seen.call, &of, &about)?;
        let comments = term_comments::of_class(tx, &seen.call, &of)?;
        let found = comments
            .children
            .into_iter()
            .find(|one| one.child.id == about.as_str());
        Ok(found.map(|one| one.child.name).unwrap_or_default())
    });
    let (_, name) = write.await?;
    let args = [("name", name.as_str())];
    Ok(visit.go_saying(
        &home(class, &child),
        FlashKind::Ok,
        "comments-reopened",
        &args,
    ))
}

async fn release(
    visit: &Visit,
    class: &ClassId,
    mut fields: Fields,
    on: bool,
) -> Result<HttpResponse, Failure> {
    let child = fields.take("child").unwrap_or_default();
    fields.finish()?;
    let of = class.clone();
    let write = visit.write(Door::Staff, move |tx, seen| {
        write_term_comment::release(tx, &seen.call, &of, on)
    });
    let (_, ready) = write.await?;
    let (key, back) = match on {
        true => ("comments-released", "withdraw"),
        false => ("comments-withdrawn", "release"),
    };
    let action = format!("/t/classes/{class}/comments");
    let undo = Undo::new(action, &[("act", back), ("child", &child)]);
    let n = ready.to_string();
    let args = [("n", n.as_str())];
    Ok(visit.go_undoing(&home(class, &child), FlashKind::Ok, key, &args, Some(undo)))
}

async fn set_phrases(
    visit: &Visit,
    class: &ClassId,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let child = fields.take("child").unwrap_or_default();
    let phrase = |place: usize| fields.take(&format!("p{place}")).unwrap_or_default();
    let phrases: Vec<String> = (1..=PHRASES).map(phrase).collect();
    fields.finish()?;
    let of = class.clone();
    let write = visit.write(Door::Staff, move |tx, seen| {
        seen.call.actor.lead_class(&of)?;
        comment_phrases::set(tx, &seen.call, &phrases)
    });
    let (kind, key) = match write.await {
        Ok(_) => (FlashKind::Ok, "comments-phrases-saved"),
        Err(Failure::Refused(Refusal::CommentTooLong(_))) => {
            (FlashKind::Attn, "comments-phrases-long")
        }
        Err(other) => return Err(other),
    };
    let most = MOST_PHRASE.to_string();
    Ok(visit.go_saying(&home(class, &child), kind, key, &[("n", &most)]))
}
