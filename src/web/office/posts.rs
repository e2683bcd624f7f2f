//! `GET,POST /a/posts`: duty posts, and the week's rosters.

use std::collections::BTreeMap;

use actix_web::{HttpResponse, http::StatusCode, web};
use chrono::{Days, NaiveDate};
use serde::Deserialize;

use super::{class_label, short_day};
use crate::{
    actions::{
        posts::{self, Plan},
        rosters::{self, Gap, Member, PostRoster, WeekRosters},
        rubric_now,
    },
    domain::{
        calendar::monday,
        duty::{FULL, Slot, checks_grade, items, parse_slots, slots},
        refusal::Refusal,
        rubric::Item,
    },
    screens::{
        FlashKind,
        explain_digits::coordinate,
        posts::{GapLine, GradeField, ItemField, PostCard, PostForm, Posts},
        teacher_shared::Pick,
    },
    storage::duty::PostRow,
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

type Wrong = Option<(&'static str, String)>;

/// `GET /a/posts`.
pub async fn show(visit: Visit, asked: web::Query<Asked>) -> Result<HttpResponse, Failure> {
    let day = asked.into_inner().day.and_then(|d| d.parse().ok());
    let day = day.unwrap_or_else(|| visit.origin.today());
    page(&visit, day, None).await
}

async fn page(visit: &Visit, day: NaiveDate, wrong: Wrong) -> Result<HttpResponse, Failure> {
    let (seen, (week, known)) = visit
        .read(Door::Staff, move |db, seen| {
            let (_, rubric, _) = rubric_now::rubric_now(db, &seen.call)?;
            Ok((rosters::week(db, &seen.call, day)?, rubric.items))
        })
        .await?;
    let status = match wrong {
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
        None => StatusCode::OK,
    };
    visit.page_as(status, Some(&seen), &view(&week, &known, wrong))
}

fn view(week: &WeekRosters, known: &[Item], wrong: Wrong) -> Posts {
    let retired = week.retired.iter().map(|p| Pick {
        value: p.id.clone(),
        label: p.name.clone(),
        chosen: false,
    });
    Posts {
        day: week.monday.to_string(),
        label: short_day(week.monday),
        before: (week.monday - Days::new(7)).to_string(),
        after: (week.monday + Days::new(7)).to_string(),
        may_copy: week.may_copy,
        posts: week.posts.iter().map(|p| card(p, known)).collect(),
        retired: retired.collect(),
        fresh: form(None, known),
        wrong,
    }
}

fn card(roster: &PostRoster, known: &[Item]) -> PostCard {
    let post = &roster.post;
    let marks = items(&post.items);
    let of_rubric = known.iter().filter_map(|item| {
        let (_, full) = marks.iter().find(|(id, _)| *id == item.id)?;
        Some(format!("{} {}", item.name, coordinate(*full)))
    });
    let names = |members: &[Member]| -> Vec<String> {
        let of = |m: &Member| format!("{} {}", class_label(&m.code), m.name);
        members.iter().map(of).collect()
    };
    let numbers = |members: &[Member]| {
        let all: Vec<&str> = members.iter().map(|m| m.no.as_str()).collect();
        all.join(" ")
    };
    PostCard {
        name: post.name.clone(),
        slots: times(post).iter().map(|s| s.label()).collect(),
        items: of_rubric.collect(),
        grades: post
            .grades
            .split_whitespace()
            .filter_map(|g| g.parse().ok())
            .collect(),
        first: names(&roster.first),
        second: names(&roster.second),
        first_text: numbers(&roster.first),
        second_text: numbers(&roster.second),
        gaps: roster.gaps.iter().map(gap).collect(),
        form: form(Some(post), known),
    }
}

fn gap(gap: &Gap) -> GapLine {
    let (key, name) = match gap {
        Gap::NoMonitor => ("none", String::new()),
        Gap::NoSecond => ("second", String::new()),
        Gap::NobodyFor(code) => ("class", class_label(code)),
        Gap::Twice(name) => ("twice", name.clone()),
    };
    GapLine { key, name }
}

fn times(post: &PostRow) -> Vec<Slot> {
    slots(post.starts_minute, post.ends_minute, &post.more_slots)
}

fn form(post: Option<&PostRow>, known: &[Item]) -> PostForm {
    let marks = post.map(|p| items(&p.items)).unwrap_or_default();
    let field = |item: &Item| {
        let own = marks.iter().find(|(id, _)| *id == item.id);
        ItemField {
            id: item.id.clone(),
            name: item.name.clone(),
            full: coordinate(own.map_or(FULL, |(_, full)| *full)),
            chosen: own.is_some(),
        }
    };
    let grade = |n: i32| GradeField {
        n,
        chosen: post.is_some_and(|p| !p.grades.is_empty() && checks_grade(&p.grades, n)),
    };
    let texts: Vec<String> = post
        .map(times)
        .unwrap_or_default()
        .iter()
        .map(|s| s.label())
        .collect();
    PostForm {
        id: post.map(|p| p.id.clone()).unwrap_or_default(),
        name: post.map(|p| p.name.clone()).unwrap_or_default(),
        items: known.iter().map(field).collect(),
        slots: texts.join(" "),
        grades: (1..=6).map(grade).collect(),
        double_check: post.is_some_and(|p| p.double_check),
    }
}

/// `POST /a/posts`.
pub async fn act(visit: Visit, mut fields: Fields) -> Result<HttpResponse, Failure> {
    let act = fields.need("act")?;
    let day = fields.need("day")?.parse::<NaiveDate>();
    let day = monday(day.map_err(|_bad| Refusal::Invalid("day".to_owned()))?);
    let post = fields.take("post").unwrap_or_default();
    let done = match act.as_str() {
        "save" => save(&visit, fields, post).await,
        "retire" | "restore" => retire(&visit, post, act == "retire").await,
        "roster" => roster(&visit, fields, post, day).await,
        "copy" => copy(&visit, day).await,
        _ => Err(Refusal::NotFound.into()),
    };
    let wrong = match done {
        Ok((key, n)) => {
            let back = format!("/a/posts?day={day}");
            return Ok(visit.go_saying(&back, FlashKind::Ok, key, &[("n", n.as_str())]));
        }
        Err(Failure::Refused(Refusal::Taken(_))) => ("taken", String::new()),
        Err(Failure::Refused(Refusal::WrongState)) => ("copy", String::new()),
        Err(Failure::Refused(Refusal::Invalid(what))) => match what.as_str() {
            "name" => ("name", String::new()),
            "items" => ("items", String::new()),
            "slots" => ("slots", String::new()),
            _ => ("member", what),
        },
        Err(other) => return Err(other),
    };
    page(&visit, day, Some(wrong)).await
}

type Done = Result<(&'static str, String), Failure>;

async fn save(visit: &Visit, mut fields: Fields, post: String) -> Done {
    let chosen = fields.take_all("item.");
    let marks = fields.take_all("full.");
    let plan = Plan {
        name: fields.need("name")?,
        items: items_in(&chosen, &marks),
        slots: parse_slots(&fields.need("slots")?).unwrap_or_default(),
        grades: fields
            .take_all("grade.")
            .keys()
            .filter_map(|g| g.parse().ok().filter(|g| (1..=6).contains(g)))
            .collect(),
        double_check: fields.take("double").is_some(),
    };
    fields.finish()?;
    visit
        .write(Door::Staff, move |tx, seen| {
            let id = Some(post.as_str()).filter(|id| !id.is_empty());
            posts::save(tx, &seen.call, id, &plan)
        })
        .await?;
    Ok(("posts-saved", String::new()))
}

fn items_in(
    chosen: &BTreeMap<String, String>,
    marks: &BTreeMap<String, String>,
) -> Vec<(String, f64)> {
    let full = |id: &String| {
        marks
            .get(id)
            .and_then(|text| text.trim().parse::<f64>().ok())
    };
    let all = chosen
        .keys()
        .map(|id| (id.clone(), full(id).unwrap_or(0.0)));
    all.collect()
}

async fn retire(visit: &Visit, post: String, retired: bool) -> Done {
    visit
        .write(Door::Staff, move |tx, seen| {
            posts::retire(tx, &seen.call, &post, retired)
        })
        .await?;
    let key = match retired {
        true => "posts-retired-done",
        false => "posts-restored-done",
    };
    Ok((key, String::new()))
}

async fn roster(visit: &Visit, mut fields: Fields, post: String, day: NaiveDate) -> Done {
    let first = fields.take("first").unwrap_or_default();
    let second = fields.take("second").unwrap_or_default();
    fields.finish()?;
    visit
        .write(Door::Staff, move |tx, seen| {
            rosters::set(tx, &seen.call, &post, day, (&first, &second))
        })
        .await?;
    Ok(("posts-saved", String::new()))
}

async fn copy(visit: &Visit, day: NaiveDate) -> Done {
    let (_, n) = visit
        .write(Door::Staff, move |tx, seen| {
            rosters::copy(tx, &seen.call, day)
        })
        .await?;
    Ok(("posts-copied", n.to_string()))
}
