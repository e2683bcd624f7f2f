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

/// Sets up the posts, and the rosters of every week up to the next one.
pub fn arrange(desk: &Desk, world: &World, people: &People) -> anyhow::Result<()> {
    let plans: Vec<(Plan, String)> = world
        .posts
        .iter()
        .map(|post| (plan(world, post), numbers(world, post)))
        .collect();
    let call = desk.start();
    let weeks = u64::try_from(OPEN_ROUND).unwrap_or(0) + 1;
    let known = people.classes.len();
    desk.store.write_here(move |tx| {
        // The posts of a new school are one an item; this school has its own.
        for post in duty::posts(tx, &call.school)? {
            posts::retire(tx, &call, &post.id, true)?;
        }
        for (plan, first) in &plans {
            let post = posts::save(tx, &call, None, plan)?;
            rosters::set(tx, &call, &post.id, call.today, (first, ""))?;
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
        double_check: false,
    }
}

fn numbers(world: &World, post: &Post) -> String {
    let all = post
        .monitors
        .iter()
        .filter_map(|at| world.students.get(*at));
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
                sheets.extend(sheets_of(desk, world, people, (post, row), (day, on)));
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

/// A post's sheets of a day: one a monitor.
fn sheets_of(
    desk: &Desk,
    world: &World,
    people: &People,
    (post, row): (&Post, &PostRow),
    (day, on): (usize, NaiveDate),
) -> Vec<(Call, Place, Sheet)> {
    let mut by: BTreeMap<usize, Sheet> = BTreeMap::new();
    for check in world.checks(post, day) {
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
            second: false,
            by: id.to_string(),
            own: Some(class.clone()),
        };
        Some((call, place, sheet))
    };
    by.into_iter().filter_map(one).collect()
}

/// A minute of a day by the school's clock.
fn instant(on: NaiveDate, minute: i32) -> Option<i64> {
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
