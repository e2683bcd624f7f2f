//! `POST /t/classes/{id}/comments/{student}`: the page keeps what is typed, at each pause, and makes it final. What
//! comes back is what is asked about the text; where something else was saved elsewhere, that text comes back with 409.

use actix_web::{HttpResponse, web};
use serde::{Deserialize, Serialize};

use super::{finished, home, next, view};
use crate::{
    actions::{
        term_comments::{self, Comments},
        write_term_comment::{self, Draft, Saved, Wish},
    },
    domain::{
        ids::{ClassId, StudentId},
        refusal::Refusal,
        term_comment::{State, Tone},
    },
    screens::{teacher_comments::AskLine, term_comment_words::guard_words},
    web::{
        failure::{Failure, problem_of},
        guard::StrictJson,
        teacher::words,
        visit::{Door, Visit},
    },
};

/// What the page sends.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Typed {
    text: String,
    tone: String,
    based_on: i64,
    hand: String,
    turn: i64,
    #[serde(default)]
    finish: bool,
    /// The teacher has seen the questions.
    #[serde(default)]
    asked: bool,
}

#[derive(Serialize)]
struct Kept {
    stamp: i64,
    /// `HH:MM`.
    saved: String,
    /// It was to be final and the questions stand in the way.
    held: bool,
    asks: Vec<AskLine>,
    /// Where the page goes once the text is final.
    next: Option<String>,
}

/// See the file's head.
pub async fn keep(
    visit: Visit,
    path: web::Path<(String, String)>,
    body: StrictJson<Typed>,
) -> Result<HttpResponse, Failure> {
    let (class, student) = path.into_inner();
    let (class, student) = (ClassId::new(class), StudentId::new(student));
    let said = body.0;
    let draft = Draft {
        tone: Tone::parse(&said.tone).ok_or_else(|| Refusal::Invalid("tone".to_owned()))?,
        text: said.text,
        based_on: said.based_on,
        hand: said.hand.chars().take(40).collect(),
        turn: said.turn,
    };
    let wish = match said.finish {
        true => Wish::Finish { asked: said.asked },
        false => Wish::Keep,
    };
    let (of, about) = (class.clone(), student.clone());
    let write = visit.write(Door::Staff, move |tx, seen| {
        let saved =
            write_term_comment::save(tx, &seen.call, &of, &about, &draft, wish, &guard_words())?;
        Ok((saved, term_comments::of_class(tx, &seen.call, &of)?))
    });
    match write.await {
        Ok((_, (saved, comments))) => {
            let done = said.finish && !saved.held;
            Ok(kept(&visit, &class, &saved, &comments, done))
        }
        Err(Failure::Refused(Refusal::Stale | Refusal::WrongState)) => {
            other(&visit, class, student).await
        }
        Err(failure) => Err(failure),
    }
}

fn kept(
    visit: &Visit,
    class: &ClassId,
    saved: &Saved,
    comments: &Comments,
    done: bool,
) -> HttpResponse {
    let child = &saved.row.student_id;
    let about = comments.children.iter().find(|one| one.child.id == *child);
    let answer = Kept {
        stamp: saved.row.stamp,
        saved: words::clock(saved.row.updated_at, visit.app.timezone),
        held: saved.held,
        asks: about.map_or_else(Vec::new, |about| view::ask_lines(visit, about, &saved.asks)),
        next: done.then(|| home(class, next(comments, child).unwrap_or(child))),
    };
    let mut response = HttpResponse::Ok().json(answer);
    if done {
        // The message of the next page, with its way back, is the same as without script.
        for cookie in finished(visit, class, saved, comments).cookies() {
            let _ = response.add_cookie(&cookie);
        }
    }
    response
}

/// What stands instead, as a problem.
async fn other(visit: &Visit, class: ClassId, student: StudentId) -> Result<HttpResponse, Failure> {
    let read = visit.read(Door::Staff, move |db, seen| {
        let comments = term_comments::of_class(db, &seen.call, &class)?;
        let mut found = comments.children.into_iter();
        let found = found.find(|one| one.child.id == student.as_str());
        let about = found.ok_or(Refusal::NotFound)?;
        let state = about.state();
        let row = about.row.ok_or(Refusal::NotFound)?;
        let by = [row.updated_by.as_str()].into_iter();
        let names = term_comments::staff_names(db, &seen.call, by)?;
        Ok((row, state, names))
    });
    let (_, (row, state, names)) = read.await?;
    let by = names.get(&row.updated_by).cloned().unwrap_or_default();
    Ok(problem_of(&Refusal::Stale)
        .with("stamp", row.stamp)
        .with("by", by)
        .with("at", words::clock(row.updated_at, visit.app.timezone))
        .with("is_final", state == Some(State::Final))
        .with("text", row.text)
        .response())
}
