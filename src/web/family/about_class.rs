//! The question about the class, after the child's: shown with the thanks, `POST /f/{link}/class`. It can be left alone.

use actix_web::{HttpResponse, http::StatusCode, web};

use super::{discreet, form::row, notice, page::home, rights::gone};
use crate::{
    actions::{
        Acted,
        session::Seen,
        submit_sheet::{Ratee, SheetSent, submit_sheet},
        tasks::Task,
    },
    domain::{refusal::Refusal, rubric::Source, sheet::Submission},
    screens::family::{ClassAsk, NoticeKind},
    storage::Tx,
    web::{
        failure::Failure,
        guard::Fields,
        visit::{Door, Visit},
    },
};

fn about_class(task: &&Task) -> bool {
    matches!(task.ratee, Ratee::Class(_))
}

/// The question with what was said before; none where nothing is asked about the class.
pub fn ask(here: &str, tasks: &[Task]) -> Option<ClassAsk> {
    let task = tasks.iter().find(about_class)?;
    let rows = task.questions.iter().map(|q| row(task, q, None)).collect();
    Some(ClassAsk {
        action: format!("{here}/class"),
        rows,
        again: task.answers.is_some(),
    })
}

/// `POST /f/{link}/class`: fields `a.{indicator}`.
pub async fn send(
    visit: Visit,
    path: web::Path<String>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let mut scores = Vec::new();
    for (id, value) in fields.take_all("a.") {
        let anchor = value.parse();
        let anchor = anchor.map_err(|_why| Refusal::AnchorOutOfRange(id.clone(), 5))?;
        scores.push((id, Some(anchor)));
    }
    fields.finish()?;
    let link = path.into_inner();
    let here = format!("/f/{link}");
    let write = visit.write(Door::Family(link), move |tx, seen| store(tx, seen, scores));
    match write.await {
        Ok(_) => Ok(discreet(visit.go(&format!("{here}?sent=2")))),
        Err(Failure::Refused(Refusal::RoundNotOpen)) => {
            notice(&visit, StatusCode::CONFLICT, NoticeKind::Closed, &here)
        }
        Err(other) => gone(&visit, other),
    }
}

fn store(tx: &mut Tx<'_>, seen: &Seen, scores: Vec<(String, Option<u8>)>) -> Acted<()> {
    let (round, tasks) = home(tx, seen)?.open.ok_or(Refusal::RoundNotOpen)?;
    let task = tasks.iter().find(about_class).ok_or(Refusal::NotFound)?;
    let submission = Submission {
        scores,
        comment: None,
    };
    let sent = SheetSent::once(&round, Source::Parent, task.ratee.clone(), submission);
    submit_sheet(tx, &seen.call, sent)?;
    Ok(())
}
