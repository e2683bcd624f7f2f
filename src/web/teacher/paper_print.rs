//! `GET /t/classes/{id}/paper/print`: the open round's home questions on paper, one slip for each home that has not
//! answered over its link. Each printing is in the audit log.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::{
    paper::{Facts, facts, questions},
    words,
};
use crate::{
    actions::term_votes::read_rubric,
    domain::{ids::ClassId, refusal::Refusal, rubric::Source},
    screens::{
        explain_digits::fixed,
        teacher_paper::{PaperSlip, PaperSlips},
    },
    web::{
        failure::Failure,
        visit::{Door, Visit},
    },
};

/// Query of the page.
#[derive(Deserialize)]
pub struct Asked {
    four: Option<String>,
}

/// See the file's head.
pub async fn print(
    visit: Visit,
    id: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let class = ClassId::new(id.into_inner());
    let write = visit.write(Door::Staff, move |tx, seen| {
        let facts = facts(tx, seen, &class)?;
        let round = facts.desk.round.as_ref().ok_or(Refusal::RoundNotOpen)?;
        let rubric = read_rubric(tx, &seen.call.school, &round.row.rubric_id)?;
        let slips = facts.homes.iter().filter(|home| !home.online).count();
        let detail = format!("round={} slips={slips}", round.row.id);
        tx.record(
            &seen.call,
            "paper.print",
            &format!("class/{class}"),
            &detail,
        )?;
        let weight = rubric.weights.get(Source::Parent.position()).copied();
        Ok((facts, weight.unwrap_or(0.0)))
    });
    let (seen, (facts, weight)) = write.await?;
    let mut page = view(&visit, &facts, weight).ok_or(Refusal::RoundNotOpen)?;
    page.school_name = seen.school_name.clone();
    page.four = asked.four.as_deref() == Some("1");
    let response = visit.page(&seen, &page)?;
    Ok(crate::web::discreet::discreet(response, "same-origin"))
}

fn view(visit: &Visit, facts: &Facts, weight: f64) -> Option<PaperSlips> {
    let round = facts.desk.round.as_ref()?;
    let slips = (0..).zip(&facts.homes).filter(|(_, home)| !home.online);
    let slip = |(at, home): (usize, &crate::actions::paper::Home)| PaperSlip {
        number: words::number(&home.child, at),
        name: home.child.name.clone(),
    };
    Some(PaperSlips {
        class_id: facts.desk.class.id.clone(),
        class_name: facts.desk.name.clone(),
        school_name: String::new(),
        round_name: round.row.name.clone(),
        closes: words::day(visit.lang, round.row.ends_on),
        four: false,
        percent: fixed(100.0 * weight, 0),
        questions: questions(&facts.homes),
        slips: slips.map(slip).collect(),
    })
}
