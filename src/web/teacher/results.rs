//! `/t/classes/{id}/results`: a class's numbers in order, for its homeroom teacher and the office. Asking shows nothing
//! of any child; showing is a write, because it leaves a line in the audit log.

use actix_web::{HttpResponse, web};

use super::words;
use crate::{
    actions::{
        Acted, class_desk,
        published_class::{self, ListedChild, Period, Rule},
        session::Seen,
    },
    domain::{
        badges::TERM,
        class_list::{Place, places, spread},
        ids::ClassId,
        published::Number,
        refusal::Refusal,
    },
    screens::{
        explain_digits::fixed,
        ranking::interval_bar,
        say,
        teacher_results::{ResultRow, Results, ResultsAsk, SORTS, sort_heads},
        teacher_shared::Pick,
    },
    storage::{Db, rounds::RoundRow, students},
    web::{
        failure::Failure,
        guard::Fields,
        visit::{Door, Visit},
    },
};

/// `GET`: explains and asks.
pub async fn ask(visit: Visit, id: web::Path<String>) -> Result<HttpResponse, Failure> {
    let class = ClassId::new(id.into_inner());
    let page_of = class.clone();
    let read = visit.read(Door::Staff, move |db, seen| {
        seen.call.actor.lead_class(&class)?;
        named_rounds(db, seen, &class)
    });
    let (seen, (class_name, published)) = read.await?;
    let page = ResultsAsk {
        class_id: page_of.to_string(),
        class_name,
        rounds: picks(
            &visit,
            &published,
            published.first().map_or("", |r| r.id.as_str()),
        ),
    };
    visit.page(&seen, &page)
}

fn named_rounds(db: &mut Db, seen: &Seen, class: &ClassId) -> Acted<(String, Vec<RoundRow>)> {
    let row = students::class(db, &seen.call.school, class)?;
    let name = class_desk::name(&row, seen.call.today);
    Ok((
        name,
        published_class::published_rounds(db, &seen.call, class)?,
    ))
}

/// The published rounds and, where there is one, the term.
fn picks(visit: &Visit, published: &[RoundRow], chosen: &str) -> Vec<Pick> {
    let pick = |value: &str, label: String| Pick {
        value: value.to_owned(),
        label,
        chosen: value == chosen,
    };
    let rounds = published.iter().map(|r| pick(&r.id, r.name.clone()));
    let term = (!published.is_empty()).then(|| pick(TERM, say(visit.lang, "teacher-term", &[])));
    rounds.chain(term).collect()
}

struct Facts {
    class_name: String,
    published: Vec<RoundRow>,
    period: Period,
    rule: Rule,
    children: Vec<ListedChild>,
}

/// `POST`: the list, audited.
pub async fn show(
    visit: Visit,
    id: web::Path<String>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let round = fields.need("round")?;
    let sort = fields.take("sort").unwrap_or_else(|| "points".to_owned());
    fields.finish()?;
    let sort = SORTS
        .into_iter()
        .find(|s| *s == sort)
        .ok_or_else(|| Refusal::Invalid("sort".to_owned()))?;
    let class = ClassId::new(id.into_inner());
    let page_of = class.clone();
    let write = visit.write(Door::Staff, move |tx, seen| {
        let call = &seen.call;
        let permit = call.actor.lead_class(&class)?;
        let (class_name, published) = named_rounds(tx, seen, &class)?;
        let period = published_class::period(&published, &round)?;
        let children = published_class::children(tx, &permit, call, &period.round)?;
        let rule = published_class::rule(tx, call, &period.round)?;
        tx.record(
            call,
            "results.show",
            &format!("class/{class}"),
            &format!("round={}", period.value()),
        )?;
        Ok(Facts {
            class_name,
            published,
            period,
            rule,
            children,
        })
    });
    let (seen, facts) = write.await?;
    visit.page(&seen, &view(&visit, &page_of, &facts, sort))
}

fn view(visit: &Visit, class: &ClassId, facts: &Facts, sort: &'static str) -> Results {
    let numbers: Vec<&Number> = facts
        .children
        .iter()
        .map(|c| facts.period.number(&c.results))
        .collect();
    let places = places(&numbers);
    let ranked = words::count(places.iter().flatten().count());
    let mut sorted: Vec<(ResultRow, SortKey)> = Vec::with_capacity(numbers.len());
    for (at, ((child, number), place)) in
        facts.children.iter().zip(&numbers).zip(&places).enumerate()
    {
        let row = row(child, number, *place, at, ranked);
        let key = sort_key(sort, child, number, *place, row.number);
        sorted.push((row, key));
    }
    sorted.sort_by(|(_, a), (_, b)| a.partial_cmp(b).unwrap_or(std::cmp::Ordering::Equal));
    let round_name = match facts.period.whole_term {
        true => say(visit.lang, "teacher-term", &[]),
        false => facts.period.round.name.clone(),
    };
    Results {
        class_id: class.to_string(),
        class_name: facts.class_name.clone(),
        round_id: facts.period.value().to_owned(),
        round_name,
        rounds: picks(visit, &facts.published, facts.period.value()),
        rows: sorted.into_iter().map(|(row, _)| row).collect(),
        ranked,
        sort,
        sorts: sort_heads(sort),
        spread: words::count(spread(&places)),
        rubric_version: facts.rule.version.to_string(),
    }
}

/// First what is missing, then the value (words or numbers, larger ones first where that is the better end), then the
/// child's number.
type SortKey = (bool, f64, String, u32);

fn sort_key(
    sort: &str,
    child: &ListedChild,
    number: &Number,
    place: Option<Place>,
    no: u32,
) -> SortKey {
    let by = |value: Option<f64>| {
        (
            value.is_none(),
            value.unwrap_or_default(),
            String::new(),
            no,
        )
    };
    let voice = |at: usize| number.voices.get(at).and_then(|v| v.said).map(|said| -said);
    match sort {
        "number" => (false, 0.0, String::new(), no),
        "name" => {
            let reading = if child.child.pinyin.is_empty() {
                &child.child.name
            } else {
                &child.child.pinyin
            };
            (false, 0.0, reading.clone(), no)
        }
        "self" => by(voice(0)),
        "peer" => by(voice(1)),
        "teacher" => by(voice(2)),
        "parent" => by(voice(3)),
        "se" => by(number.se),
        _ => by(place.map(|p| f64::from(words::count(p.place)))),
    }
}

fn row(
    child: &ListedChild,
    number: &Number,
    place: Option<Place>,
    at: usize,
    ranked: u32,
) -> ResultRow {
    let place = place.map(|p| {
        (
            words::count(p.place),
            words::count(p.low),
            words::count(p.high),
        )
    });
    let (heard, of) = number.heard_of;
    ResultRow {
        student_id: child.child.id.clone(),
        number: words::number(&child.child, at),
        name: child.child.name.clone(),
        voices: number.voices.map(|v| v.said.map(|x| fixed(x, 2))),
        heard: u8::try_from(heard).unwrap_or(4),
        of: u8::try_from(of).unwrap_or(4),
        score: number.score.map(|x| fixed(x, 3)),
        points: number.points.clone(),
        // In points, like the number it stands beside.
        se: number.se.map(|se| fixed(25.0 * se, 1)),
        place: place.map(|p| p.0),
        low: place.map(|p| p.1),
        high: place.map(|p| p.2),
        interval: place.map(|(place, low, high)| interval_bar(place, low, high, ranked)),
        provisional: number.provisional.is_some(),
        excused: child.excused,
    }
}
