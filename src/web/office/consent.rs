//! `GET,POST /a/consent`: the register of what families said to the notice.

use std::collections::HashMap;

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::{class_label, short_day};
use crate::{
    actions::{consent, office_facts},
    domain::{home_rights::NOTICE, ids::ClassId, refusal::Refusal},
    screens::{
        FlashKind,
        office_people::{Consent, ConsentRow},
        teacher_shared::Pick,
    },
    storage::{home_rights::ConsentRow as RegisterRow, students::StudentRow},
    web::{
        failure::Failure,
        guard::Fields,
        visit::{Door, Visit},
    },
};

/// Query of the page.
#[derive(Deserialize)]
pub struct Asked {
    class: Option<String>,
}

/// `GET /a/consent`.
pub async fn show(visit: Visit, asked: web::Query<Asked>) -> Result<HttpResponse, Failure> {
    let wanted = asked.into_inner().class;
    let today = visit.origin.today().to_string();
    let (seen, page) = visit
        .read(Door::Staff, move |db, seen| {
            seen.call.actor.run_school()?;
            let classes = office_facts::classes_on(db, &seen.call.school, seen.call.today)?;
            let first = classes.first().map(|(c, ..)| c.id.clone());
            let chosen = wanted.filter(|w| !w.is_empty()).or(first);
            let (rows, said) = match &chosen {
                Some(id) => {
                    let class = ClassId::new(id.clone());
                    let rows = consent::of_class(db, &seen.call, &class)?;
                    let said = consent::newest(db, &seen.call, &class, &rows)?;
                    (rows, said)
                }
                None => Default::default(),
            };
            let picks = classes.into_iter().map(|(class, code, _)| Pick {
                chosen: Some(&class.id) == chosen.as_ref(),
                value: class.id,
                label: class_label(&code),
            });
            Ok(view(picks.collect(), rows, &said, today))
        })
        .await?;
    visit.page(&seen, &page)
}

fn view(
    classes: Vec<Pick>,
    rows: Vec<StudentRow>,
    said: &HashMap<String, RegisterRow>,
    today: String,
) -> Consent {
    let chosen = classes.iter().find(|p| p.chosen);
    let one = |(at, child): (u32, StudentRow)| row(at, said.get(&child.id), child);
    let rows: Vec<ConsentRow> = (1u32..).zip(rows).map(one).collect();
    let count =
        |state: &str| u32::try_from(rows.iter().filter(|r| r.state == state).count()).unwrap_or(0);
    Consent {
        class_id: chosen.map(|p| p.value.clone()).unwrap_or_default(),
        class_name: chosen.map(|p| p.label.clone()).unwrap_or_default(),
        notice_version: NOTICE.to_string(),
        today,
        given: count("given"),
        refused: count("refused"),
        none: count("none"),
        classes,
        rows,
    }
}

fn row(at: u32, said: Option<&RegisterRow>, student: StudentRow) -> ConsentRow {
    let state = match student.consent.as_str() {
        "consented" => "given",
        "refused" => "refused",
        _ => "none",
    };
    let answered = state != "none";
    ConsentRow {
        number: student
            .seat
            .and_then(|n| u32::try_from(n).ok())
            .unwrap_or(at),
        student_id: student.id,
        name: student.name,
        state,
        how: match said.map(|row| row.how.as_str()) {
            _ if !answered => "",
            Some("link") => "online",
            _ => "paper",
        },
        date: short_day(student.consent_on),
        // A register that began without rows holds answers to the first notice.
        version: match answered {
            true => said.map_or(1, |row| row.notice).to_string(),
            false => String::new(),
        },
    }
}

/// `POST /a/consent`.
pub async fn enter(visit: Visit, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let (action, class) = (fields.need("action")?, fields.need("class")?);
    let student = fields.take("student").unwrap_or_default();
    let date = fields.need("date")?;
    fields.finish()?;
    let bad_date = || Refusal::Invalid("consent-date".to_owned());
    let on = date.parse().map_err(|_bad| bad_date())?;
    let back = format!("/a/consent?class={class}");
    let class = ClassId::new(class);
    let (_, count) = visit
        .write(Door::Staff, move |tx, seen| {
            let call = &seen.call;
            match action.as_str() {
                "class-paper" => consent::class_paper(tx, call, &class, on),
                "given" | "refused" => {
                    let given = action == "given";
                    consent::enter(tx, call, &class, &student, given, on).map(|()| 1)
                }
                _ => Err(Refusal::Invalid("action".to_owned()).into()),
            }
        })
        .await?;
    let count = count.to_string();
    Ok(visit.go_saying(
        &back,
        FlashKind::Ok,
        "office-consent-saved",
        &[("n", &count)],
    ))
}
