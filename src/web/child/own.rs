//! The end of a child's round and its own page.

use actix_web::HttpResponse;

use super::{cards, door, speak};
use crate::{
    actions::{Acted, class_door, session::Seen},
    domain::{
        actor::Actor, calendar::SchoolYear, ids::StudentId, refusal::Refusal, rubric::Source,
    },
    screens::own::{DonePage, sky},
    storage::{Db, students, students::StudentRow},
    web::{
        app,
        failure::Failure,
        sign_in::add,
        visit::{Door, Visit},
    },
};

/// Seconds until the tablet is free for the next child.
const SECONDS: u32 = 5;

/// A signed-in child with its class.
pub struct Me {
    pub child: StudentRow,
    pub grade: u32,
    pub number: u32,
    pub door: String,
    pub class: crate::domain::ids::ClassId,
}

/// Loads the child behind the session.
pub fn me(db: &mut Db, seen: &Seen) -> Acted<Me> {
    let Actor::Student { id, class } = &seen.call.actor else {
        return Err(Refusal::Forbidden.into());
    };
    let child = students::by_id(db, &seen.call.school, &StudentId::new(id.as_str()))?;
    let row = students::class(db, &seen.call.school, class)?;
    Ok(Me {
        child,
        grade: SchoolYear::of(seen.call.today)
            .grade(row.cohort)
            .unwrap_or(6),
        number: u32::try_from(row.number).unwrap_or(0),
        door: row.door,
        class: class.clone(),
    })
}

/// `GET /s/done`.
pub async fn done(visit: Visit) -> Result<HttpResponse, Failure> {
    let loaded = visit.read(Door::Child, |db, seen| {
        let me = me(db, seen)?;
        let rated = cards::desk(db, seen)?.map_or(0, |d| {
            d.tasks.iter().filter(|t| t.source == Source::Peer).count()
        });
        let children =
            students::of_class_for_sky(db, &seen.call.school, &me.class, seen.call.today)?;
        let all = class_door::lights(db, &seen.call.school, &me.class, children)?;
        Ok((me, rated, all.len(), all.iter().filter(|c| c.done).count()))
    });
    let (seen, (me, rated, total, lit)) = loaded.await?;
    let low = speak::is_low(me.grade);
    let page = DonePage {
        low,
        name: speak::name(&me.child, low),
        seen: u32::try_from(rated).unwrap_or(0),
        seconds: SECONDS,
        class_href: format!("/c/{}", me.door),
        own_href: "/s/me".to_owned(),
        sky: sky(total, lit),
    };
    visit.page(&seen, &page)
}

/// `POST /s/sign-out`: back to the class page, for the next child.
pub async fn sign_out(visit: Visit) -> Result<HttpResponse, Failure> {
    let mut target = "/".to_owned();
    if let Ok(id) = visit.session(&Door::Child) {
        if let Ok((_, me)) = visit.read(Door::Child, me).await {
            target = format!("/c/{}", me.door);
        }
        door::end(&visit, id).await;
    }
    let mut response = visit.go(&target);
    add(&mut response, visit.guard.cookies.forget(app::CHILD))?;
    // No Clear-Site-Data: the outbox may outlive the sign-out; it holds keys and anchors, nobody's name.
    Ok(response)
}
