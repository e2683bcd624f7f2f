//! `GET /t/classes/{id}/badges/print`: certificates (奖状) of a class's badges, one sheet of A4 landscape each. `?award=` is
//! one, `?badge=&period=` all of one badge. Each printing is in the audit log.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::words;
use crate::{
    actions::{Acted, class_desk, class_room, release_badges::group_of, term_votes::read_rubric},
    domain::{badges::TERM, ids::ClassId, refusal::Refusal},
    screens::teacher_badges::{Certificate, Certificates},
    storage::results::AwardRow,
    web::{
        failure::Failure,
        visit::{Door, Visit},
    },
};

/// Query of the page.
#[derive(Deserialize)]
pub struct Asked {
    #[serde(default)]
    award: String,
    #[serde(default)]
    badge: String,
    #[serde(default)]
    period: String,
}

impl Asked {
    fn wants(&self, row: &AwardRow) -> bool {
        let group = group_of(row) == self.badge && row.period == self.period;
        row.visible_at.is_some() && (row.id == self.award || group)
    }
}

/// See the file's head.
pub async fn print(
    visit: Visit,
    id: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let class = ClassId::new(id.into_inner());
    let (lang, rules) = (visit.lang, visit.app.words());
    let write = visit.write(Door::Staff, move |tx, seen| -> Acted<Certificates> {
        let call = &seen.call;
        call.actor.lead_class(&class)?;
        let desk = class_desk::desk(tx, call, &class)?;
        let term = class_room::current_term(tx, call)?;
        let rubric = read_rubric(tx, &call.school, &term.rubric_id)?;
        let mut awards = class_desk::awards(tx, call, &desk)?;
        awards.retain(|row| asked.wants(row));
        if awards.is_empty() {
            return Err(Refusal::NotFound.into());
        }
        let sheet = |row: &AwardRow| {
            let child = desk.children.iter().find(|c| c.id == row.recipient_id)?;
            let badge = words::badge(lang, &rules, &rubric, row);
            Some(Certificate {
                child: child.name.clone(),
                badge: badge.name,
                text: badge.text,
                picture: badge.picture,
                star: match badge.dimension.as_str() {
                    "" => "star".to_owned(),
                    star => star.to_owned(),
                },
                round: match row.period.as_str() {
                    TERM => String::new(),
                    round => round.to_owned(),
                },
            })
        };
        let sheets: Vec<Certificate> = awards.iter().filter_map(sheet).collect();
        let detail = format!("certificates={}", sheets.len());
        tx.record(
            call,
            "certificate.print",
            &format!("class/{class}"),
            &detail,
        )?;
        Ok(Certificates {
            class_id: class.to_string(),
            class_name: desk.name.clone(),
            school_name: seen.school_name.clone(),
            term_name: term.name,
            date: words::date(lang, call.today),
            sheets,
        })
    });
    let (seen, page) = write.await?;
    let response = visit.page(&seen, &page)?;
    Ok(crate::web::discreet::discreet(response, "same-origin"))
}
