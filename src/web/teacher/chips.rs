//! `POST /t/classes/{id}/chips`: the class's own chips on the page of praises.

use actix_web::{HttpResponse, web};

use crate::{
    actions::class_chips,
    domain::{ids::ClassId, refusal::Refusal},
    screens::{FlashKind, Undo, term_comment_words::guard_words},
    web::{
        failure::Failure,
        guard::Fields,
        visit::{Door, Visit},
    },
};

/// `act` = `add` with `star` and `text`, or `remove` or `back` with `id`.
pub async fn act(
    visit: Visit,
    id: web::Path<String>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let class = ClassId::new(id.into_inner());
    match fields.need("act")?.as_str() {
        "add" => {
            let (star, text) = (fields.need("star")?, fields.need("text")?);
            fields.finish()?;
            add(&visit, class, star, text).await
        }
        act @ ("remove" | "back") => {
            let gone = act == "remove";
            let chip = fields.need("id")?;
            fields.finish()?;
            remove(&visit, class, chip, gone).await
        }
        _ => Err(Refusal::Invalid("chip-act".to_owned()).into()),
    }
}

fn home(class: &ClassId) -> String {
    format!("/t/classes/{class}/praise#chips")
}

async fn add(
    visit: &Visit,
    class: ClassId,
    star: String,
    text: String,
) -> Result<HttpResponse, Failure> {
    let (here, words) = (home(&class), text.trim().to_owned());
    let write = visit.write(Door::Staff, move |tx, seen| {
        class_chips::add(tx, &seen.call, &class, (&star, &text), &guard_words())
    });
    let (least, most) = class_chips::LENGTH;
    let (least, most, many) = (
        least.to_string(),
        most.to_string(),
        class_chips::MOST.to_string(),
    );
    let args = [
        ("text", words.as_str()),
        ("least", &least),
        ("most", &most),
        ("many", &many),
    ];
    let (kind, key) = match write.await {
        Ok(_) => (FlashKind::Ok, "praise-chip-added"),
        Err(Failure::Refused(Refusal::Taken(_))) => (FlashKind::Note, "praise-chip-taken"),
        Err(Failure::Refused(Refusal::Invalid(what))) => (
            FlashKind::Note,
            match what.as_str() {
                "chip-label" => "praise-chip-label",
                "chip-many" => "praise-chip-many",
                "chip-text" => "praise-chip-text",
                _ => return Err(Refusal::Invalid(what).into()),
            },
        ),
        Err(other) => return Err(other),
    };
    Ok(visit.go_saying(&here, kind, key, &args))
}

async fn remove(
    visit: &Visit,
    class: ClassId,
    chip: String,
    gone: bool,
) -> Result<HttpResponse, Failure> {
    let here = home(&class);
    let action = format!("/t/classes/{class}/chips");
    let undo = Undo::new(action, &[("act", "back"), ("id", &chip)]);
    let write = visit.write(Door::Staff, move |tx, seen| {
        class_chips::remove(tx, &seen.call, &class, &chip, gone)
    });
    write.await?;
    let key = if gone {
        "praise-chip-removed"
    } else {
        "praise-chip-back"
    };
    Ok(visit.go_undoing(&here, FlashKind::Ok, key, &[], gone.then_some(undo)))
}
