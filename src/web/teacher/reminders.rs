//! `/t/classes/{id}/reminders`: whom to ask, words for the chat that name nobody, slips to print. For whoever leads the
//! class; nobody else is told who is missing.

use actix_web::{HttpResponse, web};

use super::{class_home::lacking, words};
use crate::{
    actions::{
        class_desk::{self, ClassDesk, OpenRound},
        session::Seen,
    },
    domain::ids::ClassId,
    screens::teacher_reminders::{Ask, RemindedRound, Reminders, Slip},
    web::{
        failure::Failure,
        visit::{Door, Visit},
    },
};

/// `GET /t/classes/{id}/reminders`.
pub async fn show(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let class = ClassId::new(id.into_inner());
    let read = visit.read(Door::Staff, move |db, seen| {
        seen.call.actor.lead_class(&class)?;
        class_desk::desk(db, &seen.call, &class)
    });
    let (seen, desk) = read.await?;
    let round = desk
        .round
        .as_ref()
        .map(|round| reminded(&visit, &seen, &desk, round));
    let page = Reminders {
        class_id: desk.class.id.clone(),
        class_name: desk.name.clone(),
        round,
    };
    visit.page(&seen, &page)
}

fn reminded(visit: &Visit, seen: &Seen, desk: &ClassDesk, round: &OpenRound) -> RemindedRound {
    let mut lacking = lacking(desk, round, seen.call.actor.id());
    lacking.retain(|(voice, _)| *voice != "teacher");
    let lacks = |voices: &[&str], id: &str| {
        let mut asked = lacking.iter().filter(|(voice, _)| voices.contains(voice));
        asked.any(|(_, children)| children.iter().any(|c| c.id == id))
    };
    let slips: Vec<Slip> = desk
        .children
        .iter()
        .enumerate()
        .map(|(at, child)| Slip {
            name: child.name.clone(),
            number: words::number(child, at),
            child: lacks(&["self", "peer"], &child.id),
            family: lacks(&["parent"], &child.id),
        })
        .filter(|slip| slip.child || slip.family)
        .collect();
    RemindedRound {
        name: round.row.name.clone(),
        closes: words::day(visit.lang, round.row.ends_on),
        children: words::count(slips.iter().filter(|s| s.child).count()),
        families: words::count(slips.iter().filter(|s| s.family).count()),
        asks: lacking
            .iter()
            .map(|(voice, children)| Ask {
                voice,
                names: children.iter().map(|c| c.name.clone()).collect(),
            })
            .collect(),
        slips,
    }
}
