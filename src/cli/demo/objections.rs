//! Two checks of the demo's last days that were not right, as homeroom teachers said: one is answered, one waits.

use super::{desk::Desk, duty::instant, people::People, world::World};
use crate::{
    actions::{
        Acted,
        check_appeals::{self, Ruling},
    },
    domain::{
        actor::{Actor, Call},
        badges::Rules,
        ids::{ClassId, StaffId},
    },
    storage::{inspections, staff},
};

/// What they are about; the first look counts.
const ITEM: &str = "hygiene";
/// What the teachers say of the last day's check and of the one before, and the answer to the latter.
const WAITS: &str = "检查时值日生正在拖地，十分钟后已经干净了。";
const ANSWERED: &str = "那一组是隔壁班的包干区。";
const ANSWER: &str = "和值岗同学去看过，是本班门口，这次不改。";

/// Teachers say so at eleven, the office answers at three.
const SAID: i32 = 11 * 60;
const DECIDED: i32 = 15 * 60;

/// Files them, as far as there are days.
pub fn file(desk: &Desk, world: &World, people: &People, rules: &Rules) -> anyhow::Result<()> {
    let over = desk.plan.days_over(desk.date);
    let days = [(1, WAITS, None), (2, ANSWERED, Some(ANSWER))];
    for (back, words, answer) in days {
        let Some(day) = over.checked_sub(back) else {
            continue;
        };
        one(desk, world, people, day, (words, answer, rules))?;
    }
    Ok(())
}

/// The first class after the day's number of which something was taken off, in the eyes of its teacher for nothing.
fn one(
    desk: &Desk,
    world: &World,
    people: &People,
    day: usize,
    (words, answer, rules): (&'static str, Option<&'static str>, &Rules),
) -> anyhow::Result<()> {
    let on = desk.plan.date(day);
    let (school, rules) = (desk.school.clone(), rules.clone());
    let rows = desk.store.read_here(move |db| {
        let permit = Actor::System.run_school()?;
        Acted::Ok(inspections::between(db, &permit, &school, on, on)?)
    })?;
    let found = people
        .classes
        .iter()
        .enumerate()
        .skip(day % 3)
        .find_map(|(at, class)| {
            let less = |row: &&inspections::InspectionRow| {
                let own = row.class_id == class.as_str() && row.item == ITEM;
                own && row.counts && row.points < row.full_marks
            };
            let check = rows.iter().find(less)?.id.clone();
            let teacher = people.teachers.get(world.classes.get(at)?.homeroom)?;
            Some((class.clone(), teacher.clone(), check))
        });
    let (Some((class, teacher, check)), Some(said), Some(decided)) =
        (found, instant(on, SAID), instant(on, DECIDED))
    else {
        return Ok(());
    };
    let day = desk.on(on);
    desk.store.write_here(move |tx| {
        let says = Call {
            actor: homeroom(&teacher, &class),
            now: said,
            ..day.clone()
        };
        let appeal = check_appeals::file(tx, &says, &class, &check, words)?;
        if let Some(answer) = answer {
            let permit = day.actor.run_school()?;
            let all = staff::all(tx, &permit, &day.school)?.into_iter();
            let mut office = all.filter(|one| one.role == "office");
            let actor = office
                .next()
                .map_or(Actor::System, |one| Actor::Office(StaffId::new(one.id)));
            let call = Call {
                actor,
                now: decided,
                ..day
            };
            check_appeals::decide(tx, &call, &appeal.id, Ruling::Uphold, (answer, &rules))?;
        }
        Acted::Ok(())
    })?;
    Ok(())
}

fn homeroom(teacher: &str, class: &ClassId) -> Actor {
    Actor::Teacher {
        id: StaffId::new(teacher),
        homeroom: vec![class.clone()],
        teaches: vec![class.clone()],
    }
}
