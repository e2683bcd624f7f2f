//! `GET /rankings` and `GET /rankings/classes/{id}`: classes in order, every voice named with its weight. For staff and
//! signed-in pupils of the school; never a child's place.

use actix_web::{HttpResponse, web};
use serde::Deserialize;

use super::{
    failure::Failure,
    office::{class_label, rubric::class_weights},
    ranking_class,
    visit::{Door, Visit},
};
use crate::{
    actions::{
        ranking_facts::{self, FEWEST, Ranked, RankingFacts},
        round_progress::small,
        session::Seen,
    },
    domain::{
        actor::Actor,
        ids::ClassId,
        published::{RankedClass, across_grades},
        refusal::Refusal,
    },
    screens::{
        Lang,
        explain_digits::fixed,
        ranking::{Choice, ClassRow, GradeTable, Rankings, interval_bar, trend},
        say,
    },
};

/// Stands for the whole school where a grade is asked for.
const SCHOOL: u8 = 0;

/// Query of both pages.
#[derive(Clone, Deserialize)]
pub struct Asked {
    round: Option<String>,
    grade: Option<String>,
}

/// `GET /rankings`.
pub async fn show(visit: Visit, asked: web::Query<Asked>) -> Result<HttpResponse, Failure> {
    let asked = asked.into_inner();
    let wanted = asked.round.filter(|r| !r.is_empty());
    let grade = asked.grade.and_then(|g| g.parse::<u8>().ok());
    let lang = visit.lang;
    let (seen, page) = visit
        .read(door(&visit), move |db, seen| {
            may_read(seen)?;
            let school = &seen.call.school;
            let facts = match ranking_facts::load(db, school, wanted.as_deref()) {
                Err(crate::actions::ActionError::Refused(Refusal::NotFound))
                    if wanted.is_none() =>
                {
                    return Ok(empty(lang));
                }
                loaded => loaded?,
            };
            Ok(view(&facts, seen, grade, lang))
        })
        .await?;
    visit.page(&seen, &page)
}

/// `GET /rankings/classes/{id}`.
pub async fn class(
    visit: Visit,
    path: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let id = ClassId::new(path.into_inner());
    let wanted = asked.into_inner().round.filter(|r| !r.is_empty());
    let lang = visit.lang;
    let (seen, page) = visit
        .read(door(&visit), move |db, seen| {
            may_read(seen)?;
            ranking_class::load(db, seen, &id, wanted.as_deref(), lang)
        })
        .await?;
    visit.page(&seen, &page)
}

/// Whoever is signed in on this device: staff first.
fn door(visit: &Visit) -> Door {
    match (visit.session(&Door::Staff), visit.session(&Door::Child)) {
        (Err(_), Ok(_)) => Door::Child,
        _ => Door::Staff,
    }
}

/// Staff and pupils of the school; a monitor's session opens the post's pages only.
fn may_read(seen: &Seen) -> Result<(), Refusal> {
    match &seen.call.actor {
        Actor::Office(_) | Actor::Teacher { .. } | Actor::Student { .. } => Ok(()),
        _ => Err(Refusal::Forbidden),
    }
}

/// Figures of fewer than ten contributing children are for the office and the class's teachers (S-77).
pub fn may_see_figures(seen: &Seen, ranked: &Ranked) -> bool {
    let class = ClassId::new(ranked.class_id.clone());
    ranked.row.contributing >= FEWEST || seen.call.actor.see_class(&class).is_ok()
}

/// Name of the period shown.
pub fn period(facts: &RankingFacts, lang: Lang) -> String {
    if facts.of_term {
        say(lang, "office-ranking-term", &[])
    } else {
        facts.round.name.clone()
    }
}

/// The value of `round` in addresses.
pub fn period_id(facts: &RankingFacts) -> &str {
    if facts.of_term {
        "term"
    } else {
        &facts.round.id
    }
}

fn empty(lang: Lang) -> Rankings {
    Rankings {
        rounds: Vec::new(),
        grades: Vec::new(),
        round_id: String::new(),
        round_name: say(lang, "office-ranking-none", &[]),
        weights: Vec::new(),
        rubric_version: "—".to_owned(),
        tables: Vec::new(),
    }
}

fn view(facts: &RankingFacts, seen: &Seen, grade: Option<u8>, lang: Lang) -> Rankings {
    let mut grades: Vec<u8> = facts.classes.iter().map(|c| c.row.grade).collect();
    grades.sort_unstable();
    grades.dedup();
    let shown = grades.iter().filter(|g| grade.is_none_or(|one| one == **g));
    let tables = match grade {
        Some(SCHOOL) => vec![school_table(facts, seen)],
        _ => shown.map(|g| table(&facts.classes, seen, *g)).collect(),
    };
    Rankings {
        rounds: rounds(facts, grade, lang),
        grades: grade_choices(facts, &grades, grade),
        round_id: period_id(facts).to_owned(),
        round_name: period(facts, lang),
        weights: class_weights(&facts.weights),
        rubric_version: facts.rubric_version.to_string(),
        tables,
    }
}

fn address(round: &str, grade: Option<u8>) -> String {
    match grade {
        Some(grade) => format!("/rankings?round={round}&grade={grade}"),
        None => format!("/rankings?round={round}"),
    }
}

fn rounds(facts: &RankingFacts, grade: Option<u8>, lang: Lang) -> Vec<Choice> {
    let newest = facts.published.iter().rev().take(8);
    let one = newest.map(|round| Choice {
        value: round.id.clone(),
        label: round.name.clone(),
        href: address(&round.id, grade),
        chosen: !facts.of_term && round.id == facts.round.id,
    });
    let term = Choice {
        value: "term".to_owned(),
        label: say(lang, "office-ranking-term", &[]),
        href: address("term", grade),
        chosen: facts.of_term,
    };
    one.chain([term]).collect()
}

fn grade_choices(facts: &RankingFacts, grades: &[u8], chosen: Option<u8>) -> Vec<Choice> {
    let round = period_id(facts);
    let choice = |grade: Option<u8>| {
        let value = grade.map(|g| g.to_string()).unwrap_or_default();
        Choice {
            label: value.clone(),
            value,
            href: address(round, grade),
            chosen: grade == chosen,
        }
    };
    let all = std::iter::once(None)
        .chain(grades.iter().copied().map(Some))
        .chain([Some(SCHOOL)]);
    all.map(choice).collect()
}

/// All classes with places among all of them.
fn school_table(facts: &RankingFacts, seen: &Seen) -> GradeTable {
    let rows = facts
        .classes
        .iter()
        .map(|class| class.row.clone())
        .collect();
    let placed = across_grades(rows);
    let mut classes = facts.classes.clone();
    for class in &mut classes {
        let row = placed.iter().find(|row| row.code == class.row.code);
        class.row = row.unwrap_or(&class.row).clone();
    }
    table(&classes, seen, SCHOOL)
}

fn table(classes: &[Ranked], seen: &Seen, grade: u8) -> GradeTable {
    let mut classes: Vec<&Ranked> = classes.iter().collect();
    classes.retain(|c| grade == SCHOOL || c.row.grade == grade);
    classes.sort_by_key(|c| (c.row.place.map_or(usize::MAX, |p| p.0), c.row.code.clone()));
    let ranked = small(classes.iter().filter(|c| c.row.place.is_some()).count());
    GradeTable {
        grade,
        ranked,
        rows: classes.into_iter().map(|c| row(c, seen, ranked)).collect(),
    }
}

fn row(class: &Ranked, seen: &Seen, ranked: u32) -> ClassRow {
    let open = may_see_figures(seen, class);
    let row = &class.row;
    let place = row
        .place
        .map(|(p, low, high)| (small(p), small(low), small(high)));
    let voice = |value: Option<f64>| value.filter(|_| open).map(|v| fixed(v, 2));
    ClassRow {
        class_id: class.class_id.clone(),
        code: row.code.clone(),
        name: class_label(&row.code),
        place: place.map(|p| p.0),
        low: place.map(|p| p.1),
        high: place.map(|p| p.2),
        points: row.points.clone().filter(|_| open),
        band: row.gold,
        because: because(row),
        voices: row.components.iter().map(|c| voice(c.value)).collect(),
        trend: tenths(class.usual)
            .zip(tenths(row.tenths))
            .filter(|_| open)
            .map(|(before, now)| trend(before, now)),
        interval: place.map(|(p, low, high)| interval_bar(p, low, high, ranked)),
    }
}

/// Why a class has no place; the keys of the page.
pub fn because(row: &RankedClass) -> Option<&'static str> {
    row.unranked.as_deref().map(|why| match why {
        "no_data" => "no_data",
        _ => "few_students",
    })
}

/// Points from tenths.
pub fn tenths(tenths: Option<i64>) -> Option<f64> {
    let tenths = i32::try_from(tenths?).ok()?;
    Some(f64::from(tenths) / 10.0)
}
