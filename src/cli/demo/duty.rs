//! The demo school's duty: posts with their rosters, week by week, and the sheets that its monitors sent, all through
//! the actions of real use.

use std::collections::BTreeMap;

use chrono::{Days, NaiveDate};

use super::{
    TIMEZONE,
    desk::Desk,
    people::People,
    world::{OPEN_ROUND, Post, World, full_of},
};
use crate::{
    actions::{
        Acted,
        duty_sheet::Place,
        posts::{self, Plan},
        rosters,
        send_checks::{self, Sheet},
        session::minute_at,
    },
    domain::{
        actor::{Actor, Call},
        duty::{Slot, slots},
        ids::PostId,
    },
    storage::{duty, duty::PostRow},
};

/// How long a post of the demo stays open after a start, whatever the hour: somebody wants to see its sheet.
const OPEN_MINUTES: i32 = 180;

/// On so many of the last days a second monitor looked as well; the office has these to compare.
const LOOKED_AGAIN: usize = 2;

/// Sets up the posts, and the rosters of every week up to the next one.
pub fn arrange(desk: &Desk, world: &World, people: &People) -> anyhow::Result<()> {
    let both = |post: &Post| {
        let second = post.second.map(|second| numbers(world, &second));
        (numbers(world, &post.monitors), second.unwrap_or_default())
    };
    let posts = world.posts.iter();
    let plans: Vec<(Plan, (String, String))> =
        posts.map(|post| (plan(world, post), both(post))).collect();
    let call = desk.start();
    let weeks = u64::try_from(OPEN_ROUND).unwrap_or(0) + 1;
    let known = people.classes.len();
    desk.store.write_here(move |tx| {
        // The posts of a new school are one an item; this school has its own.
        for post in duty::posts(tx, &call.school)? {
            posts::retire(tx, &call, &post.id, true)?;
        }
        for (plan, (first, second)) in &plans {
            let post = posts::save(tx, &call, None, plan)?;
            rosters::set(tx, &call, &post.id, call.today, (first, second))?;
        }
        for week in 1..=weeks {
            rosters::copy(tx, &call, call.today + Days::new(7 * week))?;
        }
        Acted::Ok(known)
    })?;
    Ok(())
}

fn plan(world: &World, post: &Post) -> Plan {
    let minute = |at: u32| i32::try_from(at).unwrap_or(0);
    let classes = post.classes.iter().filter_map(|at| world.classes.get(*at));
    let mut grades: Vec<i32> = classes
        .filter_map(|c| i32::try_from(c.grade).ok())
        .collect();
    grades.dedup();
    Plan {
        name: post.name.clone(),
        items: post
            .items
            .iter()
            .map(|id| ((*id).to_owned(), full_of(id)))
            .collect(),
        slots: vec![Slot {
            from: minute(post.from),
            to: minute(post.to),
        }],
        grades,
        double_check: post.second.is_some(),
    }
}

fn numbers(world: &World, monitors: &[usize]) -> String {
    let all = monitors.iter().filter_map(|at| world.students.get(*at));
    let numbers: Vec<&str> = all.map(|child| child.student_no.as_str()).collect();
    numbers.join(" ")
}

/// Every post's sheets of a round's week, as far as its days are over.
pub fn check(desk: &Desk, world: &World, people: &People, round: usize) -> anyhow::Result<()> {
    let over = desk.plan.days_over(desk.date);
    let school = desk.school.clone();
    let rows = desk.store.read_here(|db| duty::posts(db, &school))?;
    for day in (round * 5..round * 5 + 5).filter(|day| *day < over) {
        let on = desk.plan.date(day);
        let mut sheets = Vec::new();
        for post in &world.posts {
            if let Some(row) = rows.iter().find(|row| row.name == post.name) {
                let at = (post, row, day, on);
                sheets.extend(sheets_of(desk, world, people, at, false));
                if day + LOOKED_AGAIN >= over {
                    sheets.extend(sheets_of(desk, world, people, at, true));
                }
            }
        }
        desk.store.write_here(move |tx| {
            for (call, place, sheet) in &sheets {
                send_checks::store(tx, call, place, sheet)?;
            }
            Acted::Ok(())
        })?;
    }
    Ok(())
}

/// A post's sheets of a day, of the first or the second look: one a monitor.
fn sheets_of(
    desk: &Desk,
    world: &World,
    people: &People,
    (post, row, day, on): (&Post, &PostRow, usize, NaiveDate),
    second: bool,
) -> Vec<(Call, Place, Sheet)> {
    let checks = match second {
        false => world.checks(post, day),
        true => world.second_looks(post, day),
    };
    let mut by: BTreeMap<usize, Sheet> = BTreeMap::new();
    for check in checks {
        let Some(class) = people.classes.get(check.class) else {
            continue;
        };
        let sheet = by.entry(check.monitor).or_default();
        let marks = sheet.classes.entry(class.to_string()).or_default();
        let reason = check.reason.unwrap_or_default().to_owned();
        marks.insert(check.item.to_owned(), (check.points, reason));
    }
    let slot = slots(row.starts_minute, row.ends_minute, &row.more_slots)
        .first()
        .copied();
    let one = |(monitor, sheet): (usize, Sheet)| {
        let (slot, child) = (slot?, world.students.get(monitor)?);
        let (id, class) = (
            people.students.get(monitor)?,
            people.classes.get(child.class)?,
        );
        let actor = Actor::Monitor {
            id: id.clone(),
            class: class.clone(),
            post: PostId::new(row.id.clone()),
        };
        let call = Call {
            now: instant(on, slot.from + 15)?,
            actor,
            ..desk.on(on)
        };
        let place = Place {
            post: row.clone(),
            slot,
            on,
            second,
            by: id.to_string(),
            own: Some(class.clone()),
        };
        Some((call, place, sheet))
    };
    by.into_iter().filter_map(one).collect()
}

/// A minute of a day by the school's clock.
pub fn instant(on: NaiveDate, minute: i32) -> Option<i64> {
    let minute = u32::try_from(minute).ok()?;
    let local = on.and_hms_opt(minute / 60, minute % 60, 0)?;
    let there = local.and_local_timezone(TIMEZONE).earliest()?;
    Some(there.timestamp_millis())
}

/// At every start each post has a slot from now on beside its own, so that its monitors can sign in.
pub fn open(desk: &Desk) -> anyhow::Result<()> {
    let minute = minute_at(desk.now, TIMEZONE);
    let to = (minute + OPEN_MINUTES).min(24 * 60);
    let call = desk.today();
    desk.store.write_here(move |tx| {
        let permit = call.actor.run_school()?;
        for post in duty::posts(tx, &call.school)? {
            let own = Slot {
                from: post.starts_minute,
                to: post.ends_minute,
            };
            // The own slot may be running: then the other begins after it.
            let from = if own.holds(minute) { own.to } else { minute };
            let row = PostRow {
                more_slots: format!("{from}-{to}"),
                ..post
            };
            duty::change_post(tx, &permit, &row)?;
        }
        tx.record(&call, "post.open", "posts", &format!("until={to}"))?;
        Acted::Ok(())
    })?;
    Ok(())
}
