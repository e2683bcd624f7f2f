//! `POST /t/classes/{id}/extend`: extra days for one child in a closed round, done at once.

use actix_web::{HttpResponse, web};
use chrono::NaiveDate;

use super::words;
use crate::{
    actions::extend,
    domain::{
        ids::{ClassId, StudentId},
        refusal::Refusal,
    },
    screens::FlashKind,
    storage::students,
    web::{
        failure::Failure,
        guard::Fields,
        visit::{Door, Visit},
    },
};

/// `on` = 1 with `until`, or 0.
pub async fn extend(
    visit: Visit,
    id: web::Path<String>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let student = StudentId::new(fields.need("student")?);
    let on = fields.need("on")? == "1";
    let until = fields.take("until").unwrap_or_default();
    fields.finish()?;
    let class = ClassId::new(id.into_inner());
    let home = format!("/t/classes/{class}");
    let until: Option<NaiveDate> = match on {
        true => Some(until.parse().unwrap_or(NaiveDate::MIN)),
        false => None,
    };
    let write = visit.write(Door::Staff, move |tx, seen| {
        extend::extend(tx, &seen.call, &class, &student, until)?;
        let permit = seen.call.actor.see_child(&student, &class)?;
        Ok(students::get(tx, &permit, &seen.call.school)?.name)
    });
    match write.await {
        Ok((_, name)) => {
            let day = until
                .map(|day| words::day(visit.lang, day))
                .unwrap_or_default();
            let key = if on { "extend-given" } else { "extend-taken" };
            let args = [("name", name.as_str()), ("day", &day)];
            Ok(visit.go_saying(&home, FlashKind::Ok, key, &args))
        }
        Err(Failure::Refused(Refusal::Invalid(_))) => {
            Ok(visit.go_saying(&home, FlashKind::Note, "extend-wrong-day", &[]))
        }
        Err(Failure::Refused(Refusal::WrongState)) => {
            Ok(visit.go_saying(&home, FlashKind::Note, "extend-wrong-state", &[]))
        }
        Err(other) => Err(other),
    }
}
