//! `GET /t`: the classes of today, who is missing, what waits, what looks perfunctory.

use std::collections::HashMap;

use actix_web::HttpResponse;
use chrono::Datelike;

use super::{
    appeals::today as appeals_today,
    class_home::{round_view, window_view},
    words,
};
use crate::{
    actions::{
        Acted, appeals,
        class_checks::{self, ItemWeek},
        class_desk::{self, ClassDesk, RaterSignal},
        class_heard,
        moments::{self, Brief},
        session::Seen,
        term_votes::read_rubric,
    },
    domain::{
        actor::{Actor, ClassView},
        refusal::Refusal,
        rubric::Rubric,
    },
    screens::{
        explain_digits::{coordinate, percent},
        say,
        teacher::{
            BadgesWaiting, ChecksItem, ChecksToday, FLAGS, MomentsToday, NamedStar, Signal, Today,
            TodayClass, Unseen,
        },
    },
    storage::{Db, appeals::AppealRow, results::AwardRow, schools},
    web::{
        failure::Failure,
        visit::{Door, Visit},
    },
};

struct Facts {
    week: Option<u32>,
    rubric: Option<Rubric>,
    classes: Vec<ClassToday>,
}

struct ClassToday {
    desk: ClassDesk,
    awards: Vec<AwardRow>,
    signals: Vec<RaterSignal>,
    /// None for a subject teacher.
    moments: Option<Brief>,
    /// Of children whom nobody told of this month: star positions that only classmates or the family named.
    unspoken: HashMap<String, Vec<usize>>,
    checks: Vec<ItemWeek>,
    appeals: Vec<AppealRow>,
}

/// `GET /t`. The office has a home of its own.
pub async fn today(visit: Visit) -> Result<HttpResponse, Failure> {
    let (seen, facts) = visit.read(Door::Staff, facts).await?;
    match facts {
        None => Ok(visit.go("/a")),
        Some(facts) => visit.page(&seen, &view(&visit, &seen, &facts)),
    }
}

fn facts(db: &mut Db, seen: &Seen) -> Acted<Option<Facts>> {
    let call = &seen.call;
    let (homeroom, teaches) = match &call.actor {
        Actor::Teacher {
            homeroom, teaches, ..
        } => (homeroom, teaches),
        Actor::Office(_) => return Ok(None),
        _ => return Err(Refusal::Forbidden.into()),
    };
    let term = schools::terms(db, &call.school)?
        .into_iter()
        .rfind(|t| t.starts_on <= call.today);
    let rubric = term
        .as_ref()
        .map(|t| read_rubric(db, &call.school, &t.rubric_id))
        .transpose()?;
    let mut classes = Vec::new();
    let others = teaches.iter().filter(|c| !homeroom.contains(c));
    for class in homeroom.iter().chain(others) {
        let desk = class_desk::desk(db, call, class)?;
        let (awards, signals, moments, appeals) = match desk.view {
            ClassView::Subject => Default::default(),
            _ => (
                class_desk::awards(db, call, &desk)?,
                class_desk::signals(db, call, &desk)?,
                Some(moments::brief(db, call, &desk)?),
                appeals::of_class(db, call, class)?,
            ),
        };
        let unseen = moments.as_ref().map_or(&[][..], |brief| &brief.unseen);
        let (unspoken, checks) = match (&term, &rubric) {
            (Some(term), Some(rubric)) if desk.view == ClassView::Homeroom => (
                class_heard::unspoken(db, call, class, rubric, (&term.id, unseen))?,
                class_checks::this_week(db, call, class, rubric)?,
            ),
            _ => Default::default(),
        };
        classes.push(ClassToday {
            unspoken,
            checks,
            desk,
            awards,
            signals,
            moments,
            appeals,
        });
    }
    Ok(Some(Facts {
        week: class_desk::week(db, call)?,
        rubric,
        classes,
    }))
}

fn view(visit: &Visit, seen: &Seen, facts: &Facts) -> Today {
    let hour = words::hour(seen.call.now, visit.app.timezone);
    Today {
        teacher_name: seen.name.clone(),
        day_part: match hour {
            0..=10 => "morning",
            11..=12 => "noon",
            13..=17 => "afternoon",
            _ => "evening",
        },
        week: facts.week,
        weekday: u8::try_from(seen.call.today.weekday().number_from_monday()).unwrap_or(1),
        classes: facts
            .classes
            .iter()
            .map(|one| class(visit, seen, &one.desk))
            .collect(),
        signals: facts
            .classes
            .iter()
            .flat_map(|one| signals(&one.desk, &one.signals))
            .collect(),
        badges: facts
            .classes
            .iter()
            .filter_map(|one| waiting(visit, facts, &one.desk, &one.awards))
            .collect(),
        moments: facts
            .classes
            .iter()
            .filter_map(|one| moments_today(facts, one))
            .collect(),
        checks: facts
            .classes
            .iter()
            .filter_map(|one| checks_today(visit, one))
            .collect(),
        appeals: facts
            .classes
            .iter()
            .filter_map(|one| appeals_today(seen, &one.desk.class.id, &one.desk.name, &one.appeals))
            .collect(),
    }
}

fn class(visit: &Visit, seen: &Seen, desk: &ClassDesk) -> TodayClass {
    TodayClass {
        id: desk.class.id.clone(),
        name: desk.name.clone(),
        homeroom: desk.view == ClassView::Homeroom,
        students: words::count(desk.children.len()),
        excused: words::count(desk.round.as_ref().map_or(0, |r| r.excused.len())),
        round: round_view(visit, seen, desk),
        window: window_view(visit, desk),
    }
}

/// Where no post came this week, nothing is shown.
fn checks_today(visit: &Visit, one: &ClassToday) -> Option<ChecksToday> {
    let off = |(on, points, reason): &(chrono::NaiveDate, f64, String)| {
        let (day, points) = (words::day(visit.lang, *on), coordinate(*points));
        let args = [("day", day.as_str()), ("points", &points), ("why", reason)];
        let key = if reason.is_empty() {
            "today-check-off"
        } else {
            "today-check-off-why"
        };
        say(visit.lang, key, &args)
    };
    let item = |week: &ItemWeek| ChecksItem {
        name: week.name.clone(),
        percent: percent(week.points / week.full),
        full: week.off.is_empty(),
        off: week.off.iter().map(off).collect(),
    };
    (!one.checks.is_empty()).then(|| ChecksToday {
        class_name: one.desk.name.clone(),
        items: one.checks.iter().map(item).collect(),
    })
}

fn moments_today(facts: &Facts, one: &ClassToday) -> Option<MomentsToday> {
    let brief = one.moments.as_ref()?;
    let children = one.desk.children.iter();
    let unseen = children.filter(|c| brief.unseen.contains(&c.id));
    Some(MomentsToday {
        class_id: one.desk.class.id.clone(),
        class_name: one.desk.name.clone(),
        waiting: words::count(brief.waiting),
        unseen: unseen
            .map(|c| Unseen {
                id: c.id.clone(),
                name: c.name.clone(),
                unspoken: stars(facts, one.unspoken.get(&c.id)),
            })
            .collect(),
    })
}

fn stars(facts: &Facts, found: Option<&Vec<usize>>) -> Vec<NamedStar> {
    let dimensions = facts.rubric.as_ref().map_or(&[][..], |r| &r.dimensions);
    let named = found.into_iter().flatten();
    named
        .filter_map(|at| dimensions.get(*at))
        .map(|star| NamedStar {
            key: star.id.clone(),
            name: star.name.clone(),
        })
        .collect()
}

fn signals(desk: &ClassDesk, found: &[RaterSignal]) -> Vec<Signal> {
    let known = |flags: &[String]| {
        FLAGS
            .into_iter()
            .filter(|f| flags.iter().any(|g| g == f))
            .collect()
    };
    let one = |signal: &RaterSignal| Signal {
        class_name: desk.name.clone(),
        rater_name: signal.rater.clone(),
        flags: known(&signal.flags),
        href: format!("/t/classes/{}", desk.class.id),
    };
    found.iter().map(one).collect()
}

fn waiting(
    visit: &Visit,
    facts: &Facts,
    desk: &ClassDesk,
    awards: &[AwardRow],
) -> Option<BadgesWaiting> {
    let waiting: Vec<&AwardRow> = awards
        .iter()
        .filter(|a| class_desk::waits(desk, a))
        .collect();
    let first = waiting.first()?;
    let child = desk.children.iter().find(|c| c.id == first.recipient_id)?;
    let badge = words::badge(
        visit.lang,
        &visit.app.words(),
        facts.rubric.as_ref()?,
        first,
    );
    Some(BadgesWaiting {
        class_id: desk.class.id.clone(),
        class_name: desk.name.clone(),
        count: words::count(waiting.len()),
        first: format!("{} · {}", child.name, badge.name),
    })
}
