//! What was seen of the demo's children beside their rounds: moments told by teachers and classmates, small goals,
//! praises. A few children were not seen this month, so that the teacher's page has work.

use std::collections::BTreeSet;

use chrono::{Datelike, Days, NaiveDate, Weekday};

use super::{
    desk::Desk,
    people::People,
    world::{OPEN_ROUND, World},
};
use crate::{
    actions::{Acted, class_room::current_term, new_hidden_id, new_id},
    domain::{
        actor::Call,
        compliments::DIMENSIONS,
        goals,
        ids::ClassId,
        moments::Teller,
        rubric::{Indicator, Rubric, Segment, Source},
    },
    storage::{Tx, goals::GoalRow, moments::MomentRow, praises::PraiseRow, rounds},
};

/// Stores them, class by class.
pub fn make(desk: &Desk, world: &World, people: &People) -> anyhow::Result<()> {
    let rubric = Rubric::built_in();
    for (place, class) in people.classes.iter().enumerate() {
        let call = desk.today();
        let telling = Telling {
            desk,
            world,
            people,
            rubric: &rubric,
            place,
            class,
        };
        let (moments, praises, goals) = (telling.moments()?, telling.praises(), telling.goals());
        let class = class.clone();
        desk.store.write_here(move |tx| {
            let term = current_term(tx, &call)?.id;
            store(tx, &call, &class, &term, moments, praises, goals)
        })?;
    }
    Ok(())
}

fn store(
    tx: &mut Tx<'_>,
    call: &Call,
    class: &ClassId,
    term: &str,
    moments: Vec<MomentRow>,
    praises: Vec<PraiseRow>,
    goals: Vec<GoalRow>,
) -> Acted<()> {
    let permit = call.actor.lead_class(class)?;
    let detail = format!(
        "moments={} praises={} goals={}",
        moments.len(),
        praises.len(),
        goals.len()
    );
    for row in moments {
        let row = MomentRow {
            term_id: term.to_owned(),
            ..row
        };
        crate::storage::moments::add(tx, &row)?;
    }
    for row in praises {
        let row = PraiseRow {
            term_id: term.to_owned(),
            ..row
        };
        crate::storage::praises::add(tx, &permit, &row)?;
    }
    for row in goals {
        let child = crate::domain::ids::StudentId::new(row.student_id.clone());
        let permit = call.actor.see_child(&child, class)?;
        let row = GoalRow {
            term_id: term.to_owned(),
            ..row
        };
        crate::storage::goals::add(tx, &permit, &row)?;
    }
    Ok(tx.record(call, "demo.deeds", &format!("class/{class}"), &detail)?)
}

/// One class of the demo.
struct Telling<'a> {
    desk: &'a Desk,
    world: &'a World,
    people: &'a People,
    rubric: &'a Rubric,
    place: usize,
    class: &'a ClassId,
}

impl Telling<'_> {
    /// Places of the class's children in the world.
    fn children(&self) -> impl Iterator<Item = usize> + '_ {
        let children = self.world.students.iter().enumerate();
        children
            .filter(|(_, c)| c.class == self.place)
            .map(|(at, _)| at)
    }

    fn id(&self, child: usize) -> String {
        self.people
            .students
            .get(child)
            .map(ToString::to_string)
            .unwrap_or_default()
    }

    fn homeroom(&self) -> String {
        let at = self.world.classes.get(self.place).map_or(0, |c| c.homeroom);
        self.people.teachers.get(at).cloned().unwrap_or_default()
    }

    /// A school day of a round's week, today at the latest.
    fn day(&self, round: usize, weekday: usize) -> NaiveDate {
        self.desk.plan.date(5 * round + weekday).min(self.desk.date)
    }

    fn at(&self, day: NaiveDate) -> i64 {
        self.desk.on(day).now
    }

    fn moments(&self) -> anyhow::Result<Vec<MomentRow>> {
        let mut rows = Vec::new();
        for child in self.children() {
            let told = self.world.moments(child);
            let last = told.len().saturating_sub(1);
            for (at, moment) in told.into_iter().enumerate() {
                let mut day = self.day(moment.round, moment.weekday);
                if at == last {
                    day = this_month(self.desk.date, day);
                }
                rows.push(MomentRow {
                    text: moment.text,
                    ..self.row(
                        child,
                        moment.dimension,
                        day,
                        Teller::Teacher,
                        &self.homeroom(),
                    )
                });
            }
        }
        for round in 0..=OPEN_ROUND {
            rows.extend(self.of_classmates(round)?);
        }
        Ok(rows)
    }

    /// What classmates told in a round: one each, released but for the open round's.
    fn of_classmates(&self, round: usize) -> anyhow::Result<Vec<MomentRow>> {
        let Some(plan) = self.desk.plan.rounds.get(round) else {
            return Ok(Vec::new());
        };
        let ids: Vec<String> = self.children().map(|child| self.id(child)).collect();
        let (call, class, name) = (self.desk.today(), self.class.clone(), plan.name.clone());
        let (round_id, pairs) = self.desk.store.read_here(|db| {
            let permit = call.actor.see_class(&class)?;
            let all = rounds::all(db, &call.school)?;
            let found = all.into_iter().find(|r| r.name == name);
            let id = found.map(|r| r.id).unwrap_or_default();
            let pairs = rounds::assignments_among(db, &permit, &call.school, &id, &ids)?;
            Acted::Ok((id, pairs))
        })?;
        let mut spoke = BTreeSet::new();
        let mut rows = Vec::new();
        let place = |id: &str| self.children().find(|child| self.id(*child) == id);
        for pair in pairs {
            let (Some(rater), Some(ratee)) = (place(&pair.rater_id), place(&pair.ratee_id)) else {
                continue;
            };
            let Some(told) = self.world.peer_moment(rater, ratee, round) else {
                continue;
            };
            if !spoke.insert(rater) {
                continue;
            }
            let day = self.day(round, told.weekday);
            let waits = round == OPEN_ROUND;
            let row = self.row(ratee, told.dimension, day, Teller::Peer, &pair.rater_id);
            rows.push(MomentRow {
                round_id: Some(round_id.clone()),
                chip: told.text,
                state: if waits { "proposed" } else { "released" }.to_owned(),
                decided_by: (!waits).then(|| self.homeroom()),
                decided_at: (!waits).then(|| self.at(day)),
                ..row
            });
        }
        Ok(rows)
    }

    fn row(
        &self,
        child: usize,
        dimension: usize,
        day: NaiveDate,
        by: Teller,
        id: &str,
    ) -> MomentRow {
        MomentRow {
            school_id: self.desk.school.to_string(),
            id: if by == Teller::Teacher {
                new_id()
            } else {
                new_hidden_id()
            },
            student_id: self.id(child),
            class_id: self.class.to_string(),
            term_id: String::new(),
            round_id: None,
            by_kind: by.key().to_owned(),
            by_id: id.to_owned(),
            dimension: star(dimension),
            chip: String::new(),
            text: String::new(),
            told_on: day,
            state: "released".to_owned(),
            decided_by: Some(self.homeroom()),
            decided_at: Some(self.at(day)),
            created_at: self.at(day),
            stamp: 0,
        }
    }

    fn praises(&self) -> Vec<PraiseRow> {
        let chips = self.chips();
        let mut rows = Vec::new();
        for child in self.children() {
            for round in 0..=OPEN_ROUND {
                let day = self.day(round, (child + round) % 5);
                for (n, dimension) in self.world.praises(child, round).into_iter().enumerate() {
                    let of_star: Vec<&&Indicator> = chips
                        .iter()
                        .filter(|c| c.dimension == Some(dimension))
                        .collect();
                    let Some(chip) = of_star.get((child + n) % of_star.len().max(1)) else {
                        continue;
                    };
                    rows.push(PraiseRow {
                        school_id: self.desk.school.to_string(),
                        id: new_id(),
                        student_id: self.id(child),
                        class_id: self.class.to_string(),
                        term_id: String::new(),
                        dimension: star(dimension),
                        indicator: chip.id.clone(),
                        label: chip.text.clone(),
                        by_id: self.homeroom(),
                        praised_on: day,
                        praised_at: self.at(day),
                        undone_by: None,
                        undone_at: None,
                    });
                }
            }
        }
        rows
    }

    /// What a teacher may praise children of this class for.
    fn chips(&self) -> Vec<&Indicator> {
        let grade = self.world.classes.get(self.place).map_or(1, |c| c.grade);
        let segment = u8::try_from(grade).ok().and_then(Segment::of_grade);
        let indicators = self.rubric.indicators.iter();
        let fits =
            |one: &&Indicator| one.segment == segment && one.sources.contains(&Source::Teacher);
        indicators.filter(fits).collect()
    }

    fn goals(&self) -> Vec<GoalRow> {
        let day = self.day(1, 0);
        let row = |child: usize| {
            let goal = self.world.goal(child)?;
            let done = self.day(4, child % 5);
            Some(GoalRow {
                school_id: self.desk.school.to_string(),
                id: new_hidden_id(),
                student_id: self.id(child),
                term_id: String::new(),
                dimension: goals::find(goal.ready)?.dimension.to_owned(),
                ready: goal.ready.to_owned(),
                text: String::new(),
                set_at: self.at(day),
                done_at: goal.done.then(|| self.at(done)),
                confirmed_kind: goal.confirmed.then(|| "teacher".to_owned()),
                confirmed_by: goal.confirmed.then(|| self.homeroom()),
                confirmed_at: goal.confirmed.then(|| self.at(done)),
                dropped_at: None,
            })
        };
        self.children().filter_map(row).collect()
    }
}

fn star(dimension: usize) -> String {
    DIMENSIONS
        .get(dimension)
        .copied()
        .unwrap_or_default()
        .to_owned()
}

/// The same day of the month of `today`, on a school day and not later than today: the demo's newest moments are
/// always of this month, whatever the day it is made.
fn this_month(today: NaiveDate, day: NaiveDate) -> NaiveDate {
    let first = today.with_day(1).unwrap_or(today);
    let wanted = today.with_day(day.day().min(today.day())).unwrap_or(today);
    let back = match wanted.weekday() {
        Weekday::Sat => 1,
        Weekday::Sun => 2,
        _ => 0,
    };
    (wanted - Days::new(back)).max(first).min(today)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_moment_is_of_this_month_and_not_of_tomorrow() {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        for today in ["2026-11-26", "2026-12-01", "2027-02-06", "2026-08-31"].map(date) {
            for back in 0..60 {
                let told = this_month(today, today - Days::new(back));
                assert!(
                    told <= today && told.month() == today.month(),
                    "{today} {back}"
                );
            }
        }
    }
}
