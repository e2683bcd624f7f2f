//! `GET /t/classes/{id}/shining`: which star is proposed for whom, for the homeroom teacher to write down.

use actix_web::{HttpResponse, web};

use super::words::count;
use crate::{
    actions::{shining, shining::Shining},
    domain::ids::ClassId,
    screens::{
        say,
        teacher_shining::{ShiningChild, ShiningPage, ShiningStar},
    },
    web::{
        failure::Failure,
        visit::{Door, Visit},
    },
};

/// See the file's head.
pub async fn show(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let class = ClassId::new(id.into_inner());
    let asked = class.clone();
    let read = visit.read(Door::Staff, move |db, seen| {
        shining::load(db, &seen.call, &asked)
    });
    let (seen, (class_name, found)) = read.await?;
    let stars = found.as_ref().map(|found| stars(&visit, found));
    let page = ShiningPage {
        class_id: class.to_string(),
        class_name,
        children: count(found.as_ref().map_or(0, |found| found.children.len())),
        most: count(found.as_ref().map_or(0, |found| found.most)),
        stars: stars.unwrap_or_default(),
    };
    visit.page(&seen, &page)
}

fn stars(visit: &Visit, found: &Shining) -> Vec<ShiningStar> {
    let progress = ("star".to_owned(), say(visit.lang, "shining-progress", &[]));
    let names = found.rubric.dimensions.iter();
    let names = names.map(|d| (d.id.clone(), d.name.clone()));
    let all = names.chain([progress]).enumerate();
    all.map(|(column, (key, name))| {
        let mine = found.children.iter().filter(|(_, p)| p.column == column);
        let children: Vec<ShiningChild> = mine
            .map(|(child, proposal)| ShiningChild {
                id: child.id.clone(),
                name: child.name.clone(),
                hidden: proposal.hidden,
            })
            .collect();
        ShiningStar {
            key,
            name,
            spare: count(found.most.saturating_sub(children.len())),
            children,
        }
    })
    .collect()
}
