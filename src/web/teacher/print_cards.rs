//! `/t/classes/{id}/privileges/print`: star cards to cut out. `POST` moves the mark, `GET` shows the newest printing or,
//! with `?blank=1`, a sheet of blank ones.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use crate::{
    actions::{Acted, class_room::current_term, print_cards, term_votes::read_rubric},
    domain::{ids::ClassId, star_cards::Unit},
    screens::{
        Lang, say,
        teacher_privileges::{CardSheets, PaperCard},
    },
    web::{
        failure::Failure,
        visit::{Door, Visit},
    },
};

/// Blank cards of each kind; three columns.
const BLANK: usize = 3;

/// Query of the page.
#[derive(Deserialize)]
pub struct Asked {
    blank: Option<u8>,
}

/// `GET`.
pub async fn show(
    visit: Visit,
    id: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let class = ClassId::new(id.into_inner());
    let (lang, blank) = (visit.lang, asked.blank.is_some());
    let read = visit.read(Door::Staff, move |db, seen| -> Acted<CardSheets> {
        let (class_name, found) = print_cards::newest(db, &seen.call, &class)?;
        let term = current_term(db, &seen.call)?;
        let rubric = read_rubric(db, &seen.call.school, &term.rubric_id)?;
        let stars: Vec<(String, String)> = rubric
            .dimensions
            .into_iter()
            .map(|d| (d.id, d.name))
            .collect();
        let cards = match blank {
            true => blanks(lang, &stars),
            false => found
                .iter()
                .flat_map(|one| of_child(lang, &stars, one))
                .collect(),
        };
        Ok(CardSheets {
            class_id: class.to_string(),
            class_name,
            blank,
            cards,
        })
    });
    let (seen, page) = read.await?;
    visit.page(&seen, &page)
}

fn card(lang: Lang, stars: &[(String, String)], unit: &str, child: &str) -> PaperCard {
    let star = stars.iter().find(|(id, _)| id == unit);
    PaperCard {
        child: child.to_owned(),
        unit: match (star, unit) {
            (None, "moon" | "sun") | (Some(_), _) => unit.to_owned(),
            (None, _) => "star".to_owned(),
        },
        name: star.map_or_else(
            || say(lang, &format!("card-unit-{unit}"), &[]),
            |(_, name)| name.clone(),
        ),
    }
}

fn of_child(lang: Lang, stars: &[(String, String)], one: &print_cards::ForChild) -> Vec<PaperCard> {
    let units = one.cards.iter();
    let each = units.flat_map(|(unit, n)| {
        let key = match unit {
            Unit::Star(star) if stars.iter().all(|(id, _)| id != star) => "star",
            unit => unit.key(),
        };
        let one = card(lang, stars, key, &one.child.name);
        vec![one; usize::try_from(*n).unwrap_or(1)]
    });
    each.collect()
}

fn blanks(lang: Lang, stars: &[(String, String)]) -> Vec<PaperCard> {
    let units = stars.iter().map(|(id, _)| id.as_str());
    let units = units.chain(["moon", "sun"]);
    units
        .flat_map(|unit| vec![card(lang, stars, unit, ""); BLANK])
        .collect()
}

/// `POST`.
pub async fn print(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let class = ClassId::new(id.into_inner());
    let here = format!("/t/classes/{class}/privileges/print");
    let write = visit.write(Door::Staff, move |tx, seen| {
        print_cards::print(tx, &seen.call, &class)
    });
    write.await?;
    Ok(visit.go(&here))
}
