//! `/t/classes/{id}/badges`: awards of the class's children, to be released to screens or held back.

use actix_web::{HttpResponse, web};

use super::words;
use crate::{
    actions::{
        Acted, class_desk, class_desk::ClassDesk, class_room, session::Seen,
        term_votes::read_rubric,
    },
    domain::{ids::ClassId, refusal::Refusal, rubric::Rubric},
    screens::{
        FlashKind, Lang, say,
        teacher_badges::{Award, BadgeQueue},
    },
    storage::{Db, results::AwardRow},
    web::{
        failure::Failure,
        guard::Fields,
        visit::{Door, Visit},
    },
};

struct Facts {
    desk: ClassDesk,
    awards: Vec<AwardRow>,
    rubric: Rubric,
}

fn facts(db: &mut Db, seen: &Seen, class: &ClassId) -> Acted<Facts> {
    let call = &seen.call;
    call.actor.lead_class(class)?;
    let desk = class_desk::desk(db, call, class)?;
    let awards = class_desk::awards(db, call, &desk)?;
    let term = class_room::current_term(db, call)?;
    Ok(Facts {
        desk,
        awards,
        rubric: read_rubric(db, &call.school, &term.rubric_id)?,
    })
}

/// `GET /t/classes/{id}/badges`.
pub async fn badges(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let class = ClassId::new(id.into_inner());
    let (seen, facts) = visit
        .read(Door::Staff, move |db, seen| facts(db, seen, &class))
        .await?;
    let (decided, waiting): (Vec<Award>, Vec<Award>) = facts
        .awards
        .iter()
        .filter_map(|a| view(&visit, &facts, a))
        .partition(|a| a.state == "released");
    let page = BadgeQueue {
        class_id: facts.desk.class.id.clone(),
        class_name: facts.desk.name.clone(),
        waiting,
        decided,
    };
    visit.page(&seen, &page)
}

/// `POST /t/classes/{id}/badges`: `release` or `hold` an award.
pub async fn decide(
    visit: Visit,
    id: web::Path<String>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let (release, hold) = (fields.take("release"), fields.take("hold"));
    fields.finish()?;
    let (award, on) = match (release, hold) {
        (Some(award), None) => (award, true),
        (None, Some(award)) => (award, false),
        _ => return Err(Refusal::Invalid("badge-action".to_owned()).into()),
    };
    let class = ClassId::new(id.into_inner());
    let back = format!("/t/classes/{class}/badges");
    let write = visit.write(Door::Staff, move |tx, seen| {
        class_room::release_badge(tx, &seen.call, &class, &award, on)
    });
    write.await?;
    let key = if on {
        "teacher-badge-released"
    } else {
        "teacher-badge-held"
    };
    Ok(visit.go_saying(&back, FlashKind::Ok, key, &[]))
}

fn view(visit: &Visit, facts: &Facts, award: &AwardRow) -> Option<Award> {
    let child = facts
        .desk
        .children
        .iter()
        .find(|c| c.id == award.recipient_id)?;
    let badge = words::badge(visit.lang, &visit.app.rules, &facts.rubric, award);
    let period = match award.period.as_str() {
        "term" => say(visit.lang, "teacher-term", &[]),
        round => round.to_owned(),
    };
    Some(Award {
        id: award.id.clone(),
        child: child.name.clone(),
        badge: badge.name,
        tier: String::new(),
        dimension: badge.dimension,
        evidence: std::iter::once(period)
            .chain(evidence(visit.lang, &facts.rubric, &award.evidence))
            .collect(),
        date: words::day(
            visit.lang,
            words::date_of(award.awarded_at, visit.app.timezone),
        ),
        state: if award.released_at.is_some() {
            "released"
        } else {
            "waiting"
        },
        opted_out: child.consent == "refused",
        screen_text: badge.text,
    })
}

/// The evidence `name=value;…` in words, a star's id as its name.
fn evidence(lang: Lang, rubric: &Rubric, text: &str) -> Vec<String> {
    let line = |(name, value): (&str, &str)| {
        let star = rubric.dimensions.iter().find(|d| d.id == name);
        match (star, name) {
            (Some(star), _) => say(
                lang,
                "teacher-evidence-star",
                &[("name", &star.name), ("stars", value)],
            ),
            (None, "score" | "voices" | "from" | "to" | "rise" | "rounds") => say(
                lang,
                &format!("teacher-evidence-{name}"),
                &[("value", value)],
            ),
            (None, other) => format!("{other} {value}"),
        }
    };
    text.split(';')
        .filter_map(|pair| pair.split_once('='))
        .map(line)
        .collect()
}
