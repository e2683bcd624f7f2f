//! `GET,POST /a/week` and `GET /a/week/{monday}/certificates`: the running week's index and its flags, decided by hand or
//! by the machine on Friday, and the weeks before.

use actix_web::{HttpResponse, http::StatusCode, web};
use chrono::NaiveDate;
use serde::Deserialize;

use super::{class_label, clock, short_day};
use crate::{
    actions::{
        decide_week::{self, read_parts},
        week_facts::{self, WeekFacts},
        week_history::{self, WeekLook},
    },
    domain::{
        refusal::Refusal,
        week_index::{LEAST_DAYS, Part},
    },
    screens::{
        FlashKind,
        explain_digits::fixed,
        say,
        teacher_shared::Pick,
        week::{
            Certificate, Certificates, WeekChange, WeekDecision, WeekGrade, WeekLink, WeekPage,
            WeekRow,
        },
    },
    storage::week_flags::FlagRow,
    web::{
        failure::Failure,
        guard::Fields,
        visit::{Door, Visit},
    },
};

/// Query of the page.
#[derive(Deserialize)]
pub struct Asked {
    day: Option<String>,
}

/// `GET /a/week`.
pub async fn show(visit: Visit, asked: web::Query<Asked>) -> Result<HttpResponse, Failure> {
    let day = asked.into_inner().day.and_then(|d| d.parse().ok());
    let day = day.unwrap_or_else(|| visit.origin.today());
    page(&visit, day, false).await
}

async fn page(visit: &Visit, day: NaiveDate, wrong: bool) -> Result<HttpResponse, Failure> {
    let (seen, look) = visit
        .read(Door::Staff, move |db, seen| {
            week_history::look(db, &seen.call, day)
        })
        .await?;
    let status = match wrong {
        true => StatusCode::UNPROCESSABLE_ENTITY,
        false => StatusCode::OK,
    };
    visit.page_as(status, Some(&seen), &view(visit, day, &look, wrong))
}

fn view(visit: &Visit, day: NaiveDate, look: &WeekLook, wrong: bool) -> WeekPage {
    let facts = look.facts.as_ref();
    let monday = facts.map_or(day, |f| f.week.monday);
    let decided = look.decided.as_ref();
    let closes = decide_week::closes_at(monday);
    WeekPage {
        day: monday.to_string(),
        number: facts.map_or(0, |f| f.week.number),
        from: short_day(monday),
        to: short_day(week_facts::sunday(monday)),
        no_week: facts.is_none(),
        decided: decided.map(|d| WeekDecision {
            at: clock(d.closing.decided_at, visit.origin.timezone, "%m-%d %H:%M"),
            by: d.by.clone(),
            revision: d.closing.revision,
            why: d.closing.why.clone(),
        }),
        closes: closes.format("%m-%d %H:%M").to_string(),
        may_decide: facts.is_some_and(|f| f.classes.iter().any(|c| c.made.tenths.is_some())),
        grades: facts.map(|f| grades(f, look)).unwrap_or_default(),
        parts: facts.map(|f| parts(visit, f)).unwrap_or_default(),
        changes: changes(look),
        weeks: look
            .weeks
            .iter()
            .rev()
            .map(|week| link(week, monday))
            .collect(),
        wrong,
    }
}

fn parts(visit: &Visit, facts: &WeekFacts) -> Vec<String> {
    let names = facts.rubric.items.iter().map(|i| i.name.clone());
    names
        .chain([say(visit.lang, "week-participation", &[])])
        .collect()
}

fn link(week: &week_history::Week, monday: NaiveDate) -> WeekLink {
    let of = |kind: &str| -> Vec<String> {
        let rows = week.rows.iter();
        rows.filter(|r| won(&r.flags, kind))
            .map(|r| class_label(&r.code))
            .collect()
    };
    let number = week.week.number;
    WeekLink {
        pick: Pick {
            value: week.week.monday.to_string(),
            label: format!("{number} · {}", short_day(week.week.monday)),
            chosen: week.week.monday == monday,
        },
        flags: of("flag"),
        progress: of("progress"),
        decided: week.decided,
    }
}

fn won(flags: &str, kind: &str) -> bool {
    flags.split(' ').any(|word| word == kind)
}

/// What was decided where it was, else what would be.
fn grades(facts: &WeekFacts, look: &WeekLook) -> Vec<WeekGrade> {
    let keys: Vec<&str> = facts.rubric.items.iter().map(|i| i.id.as_str()).collect();
    let rows: Vec<(i32, WeekRow)> = match &look.decided {
        Some(decided) => decided
            .rows
            .iter()
            .map(|r| (r.grade, stored(r, &keys)))
            .collect(),
        None => facts
            .classes
            .iter()
            .map(|c| {
                let made = (c.made.tenths, c.made.rise, c.facts.days);
                let flags = (c.made.flag, c.made.progress);
                (
                    c.facts.grade,
                    row(&c.code, made, &c.facts.parts, flags, &keys),
                )
            })
            .collect(),
    };
    let mut grades: Vec<WeekGrade> = Vec::new();
    for (grade, row) in rows {
        match grades.iter_mut().find(|g| g.grade == grade) {
            Some(known) => known.classes.push(row),
            None => grades.push(WeekGrade {
                grade,
                classes: vec![row],
            }),
        }
    }
    grades.sort_by_key(|g| g.grade);
    grades
}

fn stored(r: &FlagRow, keys: &[&str]) -> WeekRow {
    let days = usize::try_from(r.days).unwrap_or(0);
    let flags = (won(&r.flags, "flag"), won(&r.flags, "progress"));
    row(
        &r.code,
        (r.tenths, r.rise, days),
        &read_parts(&r.parts),
        flags,
        keys,
    )
}

fn row(
    code: &str,
    (tenths, rise, days): (Option<i32>, Option<i32>, usize),
    parts: &[Part],
    (flag, progress): (bool, bool),
    keys: &[&str],
) -> WeekRow {
    let rate = |key: &&str| {
        let part = parts.iter().find(|p| p.key == **key);
        part.map(|p| fixed(100.0 * p.points / p.full, 0))
            .unwrap_or_default()
    };
    let columns = keys.iter().chain([&"participation"]);
    WeekRow {
        name: class_label(code),
        index: tenths.map(index).unwrap_or_default(),
        days: u32::try_from(days).unwrap_or(0),
        few: days < LEAST_DAYS,
        rates: columns.map(rate).collect(),
        rise: rise.map(signed).unwrap_or_default(),
        flag,
        progress,
    }
}

/// Tenths with one decimal.
fn index(tenths: i32) -> String {
    fixed(f64::from(tenths) / 10.0, 1)
}

/// Hundredths with their sign.
fn signed(rise: i32) -> String {
    let text = fixed(f64::from(rise.abs()) / 100.0, 2);
    match rise {
        0 => text,
        r if r > 0 => format!("+{text}"),
        _ => format!("−{text}"),
    }
}

fn changes(look: &WeekLook) -> Vec<WeekChange> {
    let (Some(facts), Some(decided)) = (&look.facts, &look.decided) else {
        return Vec::new();
    };
    let words = |flags: &str| -> Vec<String> {
        flags
            .split(' ')
            .filter(|w| !w.is_empty())
            .map(str::to_owned)
            .collect()
    };
    let all = decide_week::changes(facts, &decided.closing, &decided.rows);
    let one = |(before, now): &(&FlagRow, &week_facts::WeekClass)| WeekChange {
        name: class_label(&now.code),
        before: before.tenths.map(index).unwrap_or_default(),
        now: now.made.tenths.map(index).unwrap_or_default(),
        flags_before: words(&before.flags),
        flags_now: words(&decide_week::flags_text(now.made.flag, now.made.progress)),
    };
    all.iter().map(one).collect()
}

/// `POST /a/week`.
pub async fn act(visit: Visit, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let act = fields.need("act")?;
    let day = fields.need("day")?.parse::<NaiveDate>();
    let day = day.map_err(|_bad| Refusal::Invalid("day".to_owned()))?;
    let why = fields.take("why").unwrap_or_default();
    fields.finish()?;
    if act != "decide" {
        return Err(Refusal::NotFound.into());
    }
    let done = visit.write(Door::Staff, move |tx, seen| {
        decide_week::decide_week(tx, &seen.call, day, &why)
    });
    let back = format!("/a/week?day={day}");
    match done.await {
        Ok(_) => Ok(visit.go_saying(&back, FlashKind::Ok, "week-done", &[])),
        Err(Failure::Refused(Refusal::Invalid(_))) => page(&visit, day, true).await,
        Err(Failure::Refused(Refusal::WrongState)) => {
            Ok(visit.go_saying(&back, FlashKind::Note, "week-nothing-new", &[]))
        }
        Err(other) => Err(other),
    }
}

/// `GET /a/week/{monday}/certificates`.
pub async fn certificates(
    visit: Visit,
    path: web::Path<NaiveDate>,
) -> Result<HttpResponse, Failure> {
    let day = path.into_inner();
    let (seen, look) = visit
        .read(Door::Staff, move |db, seen| {
            week_history::look(db, &seen.call, day)
        })
        .await?;
    let decided = look.decided.as_ref().ok_or(Refusal::NotFound)?;
    let number = look.facts.as_ref().map_or(0, |f| f.week.number);
    let monday = decided.closing.monday;
    let mut sheets = Vec::new();
    for kind in ["flag", "progress"] {
        for row in decided.rows.iter().filter(|r| won(&r.flags, kind)) {
            sheets.push(Certificate {
                school: seen.school_name.clone(),
                class_name: class_label(&row.code),
                kind,
                index: row.tenths.map(index).unwrap_or_default(),
                rise: row
                    .rise
                    .map(|r| fixed(f64::from(r) / 100.0, 2))
                    .unwrap_or_default(),
                number,
                from: short_day(monday),
                to: short_day(monday + chrono::Days::new(4)),
                date: clock(
                    decided.closing.decided_at,
                    visit.origin.timezone,
                    "%Y-%m-%d",
                ),
            });
        }
    }
    let day = monday.to_string();
    visit.page(&seen, &Certificates { day, sheets })
}
