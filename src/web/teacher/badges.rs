//! `/t/classes/{id}/badges`: awards of the class's children, to be released to screens or held back.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, web};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;

use super::words;
use crate::{
    actions::{
        Acted, class_desk,
        class_desk::ClassDesk,
        class_room,
        release_badges::{self, Wanted, group_of},
        session::Seen,
        term_votes::read_rubric,
    },
    domain::{badges::Why, ids::ClassId, refusal::Refusal, rubric::Rubric},
    screens::{
        FlashKind, Lang, Undo, say,
        teacher_badges::{Award, BadgeGroup, BadgePeriod, BadgeQueue, Proposal, ProposalGroup},
    },
    storage::{Db, results::AwardRow},
    web::{
        failure::Failure,
        guard::Fields,
        visit::{Door, Visit},
    },
};

struct Facts {
    desk: ClassDesk,
    awards: Vec<AwardRow>,
    rubric: Rubric,
}

fn facts(db: &mut Db, seen: &Seen, class: &ClassId) -> Acted<Facts> {
    let call = &seen.call;
    call.actor.lead_class(class)?;
    let desk = class_desk::desk(db, call, class)?;
    let awards = class_desk::awards(db, call, &desk)?;
    let term = class_room::current_term(db, call)?;
    Ok(Facts {
        desk,
        awards,
        rubric: read_rubric(db, &call.school, &term.rubric_id)?,
    })
}

/// Query of the page.
#[derive(Deserialize)]
pub struct Asked {
    /// Name of a round, or `term`; without one the newest with an award.
    #[serde(default)]
    period: String,
}

/// `GET /t/classes/{id}/badges`: the awards of one period, badge by badge.
pub async fn badges(
    visit: Visit,
    id: web::Path<String>,
    asked: web::Query<Asked>,
) -> Result<HttpResponse, Failure> {
    let class = ClassId::new(id.into_inner());
    let (seen, facts) = visit
        .read(Door::Staff, move |db, seen| facts(db, seen, &class))
        .await?;
    let periods = periods(&visit, &facts, &asked.period);
    let chosen = periods.iter().find(|one| one.chosen);
    let chosen = chosen.map(|one| one.value.clone()).unwrap_or_default();
    let page = BadgeQueue {
        class_id: facts.desk.class.id.clone(),
        class_name: facts.desk.name.clone(),
        waiting: words::count(facts.awards.iter().filter(|a| waits(&facts, a)).count()),
        groups: groups(&visit, &facts, &chosen),
        proposals: proposals(&visit, &facts),
        periods,
    };
    visit.page(&seen, &page)
}

fn waits(facts: &Facts, award: &AwardRow) -> bool {
    class_desk::waits(&facts.desk, award)
}

/// The periods with awards, the newest first; what was asked for is chosen, else the first.
fn periods(visit: &Visit, facts: &Facts, asked: &str) -> Vec<BadgePeriod> {
    let mut newest: BTreeMap<&str, i64> = BTreeMap::new();
    for award in facts.awards.iter().filter(|a| !a.is_proposal()) {
        let at = newest.entry(&award.period).or_insert(award.awarded_at);
        *at = award.awarded_at.max(*at);
    }
    let mut order: Vec<(&str, i64)> = newest.into_iter().collect();
    order.sort_by(|a, b| (b.1, b.0).cmp(&(a.1, a.0)));
    let known = order.iter().any(|(period, _)| *period == asked);
    let one = |(at, (period, _)): (usize, &(&str, i64))| BadgePeriod {
        value: (*period).to_owned(),
        href: back(&ClassId::new(facts.desk.class.id.clone()), period),
        name: period_name(visit, period),
        waiting: words::count(
            (facts.awards.iter())
                .filter(|a| a.period == *period && waits(facts, a) && !a.is_proposal())
                .count(),
        ),
        chosen: if known { *period == asked } else { at == 0 },
    };
    order.iter().enumerate().map(one).collect()
}

fn period_name(visit: &Visit, period: &str) -> String {
    match period {
        "term" => say(visit.lang, "teacher-term", &[]),
        round => round.to_owned(),
    }
}

/// The awards of a period badge by badge, those with somebody waiting first.
fn groups(visit: &Visit, facts: &Facts, period: &str) -> Vec<BadgeGroup> {
    let mut by_badge: BTreeMap<String, Vec<&AwardRow>> = BTreeMap::new();
    let shown = |award: &&AwardRow| award.period == period && !award.is_proposal();
    for award in facts.awards.iter().filter(shown) {
        by_badge.entry(group_of(award)).or_default().push(award);
    }
    let one = |(badge, rows): (String, Vec<&AwardRow>)| {
        let words = words::badge(visit.lang, &visit.app.words(), &facts.rubric, rows.first()?);
        let awards = rows.iter().filter_map(|row| view(visit, facts, row));
        Some(BadgeGroup {
            period: period.to_owned(),
            name: words.name,
            star: match words.dimension.as_str() {
                "" => "star".to_owned(),
                star => star.to_owned(),
            },
            screen_text: words.text,
            picture: words.picture,
            print: print_of(&facts.desk.class.id, &badge, period),
            waiting: words::count(rows.iter().filter(|row| waits(facts, row)).count()),
            released: words::count(rows.iter().filter(|r| r.released_at.is_some()).count()),
            awards: awards.collect(),
            badge,
        })
    };
    let mut groups: Vec<BadgeGroup> = by_badge.into_iter().filter_map(one).collect();
    groups.sort_by_key(|group| group.waiting == 0);
    groups
}

/// What waits for the teacher's yes, badge by badge.
fn proposals(visit: &Visit, facts: &Facts) -> Vec<ProposalGroup> {
    let mut by_badge: BTreeMap<(String, &str), Vec<&AwardRow>> = BTreeMap::new();
    for award in facts.awards.iter().filter(|a| a.is_proposal()) {
        let group = by_badge
            .entry((group_of(award), &award.period))
            .or_default();
        group.push(award);
    }
    let one = |((badge, period), rows): ((String, &str), Vec<&AwardRow>)| {
        let words = words::badge(visit.lang, &visit.app.words(), &facts.rubric, rows.first()?);
        let awards = rows.iter().filter_map(|row| {
            let child = (facts.desk.children.iter()).find(|c| c.id == row.recipient_id)?;
            Some(Proposal {
                id: row.id.clone(),
                child: child.name.clone(),
                evidence: evidence(visit.lang, &facts.rubric, &row.evidence),
                doubted: row.doubted.is_some(),
            })
        });
        Some(ProposalGroup {
            badge,
            period: period.to_owned(),
            name: words.name,
            text: words.text,
            picture: words.picture,
            awards: awards.collect(),
        })
    };
    by_badge.into_iter().filter_map(one).collect()
}

fn print_of(class: &str, badge: &str, period: &str) -> String {
    let quoted = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    format!(
        "/t/classes/{class}/badges/print?badge={}&period={}",
        quoted(badge),
        quoted(period)
    )
}

/// `POST /t/classes/{id}/badges`: `release` or `hold` an award, or of a `period` all of one badge by `release_all` or
/// `hold_all`.
pub async fn decide(
    visit: Visit,
    id: web::Path<String>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let period = fields.take("period").unwrap_or_default();
    let mut group = |name: &str| {
        let badge = fields.take(name)?;
        let period = period.clone();
        Some(Wanted::Group { badge, period })
    };
    let (release_all, hold_all) = (group("release_all"), group("hold_all"));
    let (release, hold) = (fields.take("release"), fields.take("hold"));
    fields.finish()?;
    let release = release.map(Wanted::One).or(release_all);
    let hold = hold.map(Wanted::One).or(hold_all);
    let (wanted, on) = match (release, hold) {
        (Some(wanted), None) => (wanted, true),
        (None, Some(wanted)) => (wanted, false),
        _ => return Err(Refusal::Invalid("badge-action".to_owned()).into()),
    };
    let class = ClassId::new(id.into_inner());
    let undo = undo(&class, &period, &wanted, on);
    let back = back(&class, &period);
    let write = visit.write(Door::Staff, move |tx, seen| {
        release_badges::release(tx, &seen.call, &class, &wanted, on)
    });
    let (_, n) = write.await?;
    let key = match on {
        true => "teacher-badge-released",
        false => "teacher-badge-held",
    };
    let args = [("n", &*n.to_string())];
    Ok(visit.go_undoing(&back, FlashKind::Ok, key, &args, Some(undo)))
}

pub(super) fn back(class: &ClassId, period: &str) -> String {
    let query = utf8_percent_encode(period, NON_ALPHANUMERIC);
    format!("/t/classes/{class}/badges?period={query}")
}

fn undo(class: &ClassId, period: &str, wanted: &Wanted, on: bool) -> Undo {
    let (what, which) = match (wanted, on) {
        (Wanted::One(id), true) => ("hold", id),
        (Wanted::One(id), false) => ("release", id),
        (Wanted::Group { badge, .. }, true) => ("hold_all", badge),
        (Wanted::Group { badge, .. }, false) => ("release_all", badge),
    };
    let fields = [("period", period), (what, which.as_str())];
    Undo::new(format!("/t/classes/{class}/badges"), &fields)
}

fn view(visit: &Visit, facts: &Facts, award: &AwardRow) -> Option<Award> {
    let child = facts
        .desk
        .children
        .iter()
        .find(|c| c.id == award.recipient_id)?;
    Some(Award {
        id: award.id.clone(),
        child: child.name.clone(),
        evidence: evidence(visit.lang, &facts.rubric, &award.evidence),
        date: words::day_at(visit, award.awarded_at),
        state: if award.released_at.is_some() {
            "released"
        } else {
            "waiting"
        },
        doubted: award.doubted.as_deref() == Some(Why::NoLongerTrue.key()),
        opted_out: child.consent == "refused",
    })
}

/// The evidence `name=value;…` in words, a star's id as its name.
fn evidence(lang: Lang, rubric: &Rubric, text: &str) -> Vec<String> {
    let line = |(name, value): (&str, &str)| {
        let star = rubric.dimensions.iter().find(|d| d.id == name);
        match (star, name) {
            (Some(star), _) => say(
                lang,
                "teacher-evidence-star",
                &[("name", &star.name), ("stars", value)],
            ),
            (None, "entries") => String::new(),
            (None, "score" | "voices" | "from" | "to" | "rise" | "rounds") => say(
                lang,
                &format!("teacher-evidence-{name}"),
                &[("value", value)],
            ),
            (None, counted) if counted.starts_with("count.") => say(
                lang,
                &format!("teacher-evidence-{}", counted.replace('.', "-")),
                &[("value", value)],
            ),
            (None, other) => format!("{other} {value}"),
        }
    };
    text.split(';')
        .filter_map(|pair| pair.split_once('='))
        .map(line)
        .filter(|line| !line.is_empty())
        .collect()
}
