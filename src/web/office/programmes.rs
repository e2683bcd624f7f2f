//! `GET,POST /a/screens/{target}`: what a display, all halls or all classrooms show.

use actix_web::{HttpResponse, web};

use crate::{
    actions::{board_plan, programmes},
    domain::{
        programme::{
            Board, Kind, LEAST_SECONDS, Lessons, Light, MOST_SECONDS, Programme, View, chosen,
        },
        refusal::Refusal,
    },
    screens::{
        FlashKind,
        office_screens::{BoardRow, Choices, ProgrammePage},
    },
    storage::displays,
    web::{
        failure::Failure,
        guard::Fields,
        visit::{Door, Visit},
    },
};

/// `GET /a/screens/{target}`.
pub async fn show(visit: Visit, target: web::Path<String>) -> Result<HttpResponse, Failure> {
    page(&visit, target.into_inner(), None).await
}

async fn page(
    visit: &Visit,
    target: String,
    typed: Option<Programme>,
) -> Result<HttpResponse, Failure> {
    let wanted = target.clone();
    let read = visit.read(Door::Staff, move |db, seen| {
        let call = &seen.call;
        let kind = programmes::kind_of(db, call, &wanted)?;
        let place = match wanted == kind.key() {
            true => String::new(),
            false => displays::screen(db, &call.school, &wanted)?.name,
        };
        let plan = board_plan::load(db, &call.school, call.now)?;
        Ok((kind, place, plan))
    });
    let (seen, (kind, place, plan)) = read.await?;
    let refused = typed.as_ref().map(|_| "seconds");
    let programme = typed.unwrap_or_else(|| plan.programme(&target, kind));
    let own = target != kind.key() && plan.has_own(&target);
    let view = ProgrammePage {
        place,
        own,
        refused,
        ..view(target, kind, &programme)
    };
    visit.page(&seen, &view)
}

fn view(target: String, kind: Kind, programme: &Programme) -> ProgrammePage {
    let rows = (1u32..).zip(&programme.boards);
    let list = |name, words, chosen| Choices {
        name,
        words,
        chosen,
    };
    let mut choices = vec![
        list("light", Light::WORDS, programme.light.key()),
        list("lessons", Lessons::WORDS, programme.lessons.key()),
    ];
    if kind == Kind::Hall {
        choices.insert(0, list("view", View::WORDS, programme.view.key()));
    }
    ProgrammePage {
        target,
        kind: kind.key(),
        place: String::new(),
        own: false,
        on: programme.on,
        boards: rows
            .map(|(place, (board, on))| BoardRow {
                board: board.key(),
                place,
                on: *on,
            })
            .collect(),
        seconds: programme.seconds,
        least: LEAST_SECONDS,
        most: MOST_SECONDS,
        choices,
        refused: None,
    }
}

/// `POST /a/screens/{target}`.
pub async fn act(
    visit: Visit,
    target: web::Path<String>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let target = target.into_inner();
    match fields.need("action")?.as_str() {
        "save" => save(visit, target, fields).await,
        "reset" => {
            fields.finish()?;
            let write = visit.write(Door::Staff, move |tx, seen| {
                programmes::reset(tx, &seen.call, &target)
            });
            write.await?;
            Ok(visit.go_saying("/a/screens", FlashKind::Ok, "office-saved", &[]))
        }
        _ => Err(Refusal::Invalid("action".to_owned()).into()),
    }
}

async fn save(visit: Visit, target: String, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let asked = target.clone();
    let read = visit.read(Door::Staff, move |db, seen| {
        programmes::kind_of(db, &seen.call, &asked)
    });
    let (_, kind) = read.await?;
    let typed = read_form(kind, &mut fields)?;
    fields.finish()?;
    let programme = match typed {
        Ok(programme) => programme,
        Err(again) => return page(&visit, target, Some(again)).await,
    };
    let write = visit.write(Door::Staff, move |tx, seen| {
        programmes::set(tx, &seen.call, &target, &programme)
    });
    write.await?;
    Ok(visit.go_saying("/a/screens", FlashKind::Ok, "office-saved", &[]))
}

/// The programme of the form; what was typed comes back where its seconds cannot be.
fn read_form(kind: Kind, fields: &mut Fields) -> Result<Result<Programme, Programme>, Failure> {
    let invalid = |name: &str| Failure::from(Refusal::Invalid(name.to_owned()));
    let number = |text: Option<String>| text.and_then(|t| t.trim().parse::<u32>().ok());
    let mut boards: Vec<(u32, Board, bool)> = Vec::new();
    for board in kind.boards() {
        let place = number(fields.take(&format!("place.{}", board.key())));
        let on = fields.take(&format!("on.{}", board.key())).is_some();
        boards.push((place.unwrap_or(u32::MAX), *board, on));
    }
    let seconds = number(fields.take("seconds")).unwrap_or(0);
    let usual = Programme::usual(kind);
    let view = fields
        .take("view")
        .unwrap_or_else(|| usual.view.key().to_owned());
    let (light, lessons) = (fields.need("light")?, fields.need("lessons")?);
    let programme = Programme {
        on: fields.take("on").is_some(),
        boards: boards.iter().map(|(_, board, on)| (*board, *on)).collect(),
        seconds,
        view: View::parse(&view).ok_or_else(|| invalid("view"))?,
        light: Light::parse(&light).ok_or_else(|| invalid("light"))?,
        lessons: Lessons::parse(&lessons).ok_or_else(|| invalid("lessons"))?,
    };
    Ok(match chosen(boards, seconds) {
        Ok(boards) => Ok(Programme {
            boards,
            ..programme
        }),
        Err(_too_short_or_long) => Err(programme),
    })
}
