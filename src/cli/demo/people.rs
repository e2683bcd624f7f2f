//! The demo school's people, put in by the same imports as a real school's: roster, teachers, posts, family links.

use std::collections::HashMap;

use anyhow::{Context as _, bail};

use super::{desk::Desk, world::World};
use crate::{
    actions::{Acted, family_links, import_roster, import_teachers},
    domain::{
        ids::{ClassId, StaffId, StudentId},
        roster_plan::Sex,
    },
    exchange::{Report, class_name::ClassName, roster::RosterRow, teachers::TeacherRow},
    storage::{staff, students},
};

/// Ids of the database by position in the world.
#[derive(Clone, Debug, Default)]
pub struct People {
    pub classes: Vec<ClassId>,
    pub students: Vec<StudentId>,
    pub teachers: Vec<String>,
    /// Link id of each child's family.
    pub links: Vec<String>,
}

/// Imports roster and teachers; the teachers' first passwords come back by login.
pub fn import(desk: &Desk, world: &World) -> anyhow::Result<HashMap<String, String>> {
    let (call, ring) = (desk.start(), desk.ring.clone());
    let rows = report(roster(world)?);
    let done = desk
        .store
        .write_here(move |tx| import_roster::apply(tx, &call, &ring, &rows, false))?;
    if !done.done {
        bail!("the demo's roster was refused: {:?}", done.errors.first());
    }
    let call = desk.start();
    let rows = report(teachers(world)?);
    let plan = desk
        .store
        .read_here(|db| import_teachers::report(db, &call, &rows))?
        .plan;
    let prepared = import_teachers::prepare(&plan)?;
    let done = desk.store.write_here(move |tx| {
        let done = import_teachers::apply(tx, &call, &rows, &prepared)?;
        // The demo prints its passwords on every start; nobody has to change them first.
        for account in staff::all(tx, &call.actor.run_school()?, &call.school)? {
            let id = StaffId::new(account.id);
            staff::set_password(tx, &call.school, &id, &account.password_hash, false)?;
        }
        Acted::Ok(done)
    })?;
    let (found, fresh) = done;
    if !found.done {
        bail!(
            "the demo's teachers were refused: {:?}",
            found.errors.first()
        );
    }
    Ok(fresh
        .into_iter()
        .map(|one| (one.login, one.password))
        .collect())
}

fn report<T>(rows: Vec<T>) -> Report<T> {
    Report {
        rows,
        errors: Vec::new(),
        notes: Vec::new(),
        ignored_columns: Vec::new(),
    }
}

fn roster(world: &World) -> anyhow::Result<Vec<RosterRow>> {
    let row = |(line, child): (usize, &super::world::Student)| {
        let class = world
            .classes
            .get(child.class)
            .context("a child without class")?;
        let name = class_name(&class.code)?;
        let sex = match child.sex {
            super::world::Sex::Boy => Sex::Male,
            super::world::Sex::Girl => Sex::Female,
        };
        Ok(RosterRow {
            line: line + 2,
            student_no: child.student_no.clone(),
            name: child.name.clone(),
            sex: Some(sex),
            grade: name.grade,
            class_number: name.number,
            seat: u8::try_from(child.seat).ok(),
            group: None,
            pinyin: Some(child.pinyin.clone()),
            consent: Some(true),
        })
    };
    world.students.iter().enumerate().map(row).collect()
}

fn class_name(code: &str) -> anyhow::Result<ClassName> {
    let code: u16 = code.parse().context("a class code")?;
    Ok(ClassName {
        grade: u8::try_from(code / 100)?,
        number: u8::try_from(code % 100)?,
    })
}

fn teachers(world: &World) -> anyhow::Result<Vec<TeacherRow>> {
    let row = |(line, teacher): (usize, &super::world::Teacher)| {
        let mut homeroom = None;
        let mut classes = Vec::new();
        for lesson in &teacher.classes {
            let class = world
                .classes
                .get(lesson.class)
                .context("a lesson without class")?;
            let name = class_name(&class.code)?;
            match lesson.role {
                super::world::Role::Homeroom => homeroom = Some(name),
                super::world::Role::Subject => classes.push(name),
            }
        }
        let subjects = vec![teacher.subject.to_owned()];
        Ok(TeacherRow {
            line: line + 2,
            login: teacher.login.clone(),
            name: teacher.name.clone(),
            homeroom,
            classes,
            subjects,
        })
    };
    world.teachers.iter().enumerate().map(row).collect()
}

/// Issues the family links and sets up the posts with their monitors.
pub fn complete(desk: &Desk, world: &World) -> anyhow::Result<()> {
    let people = known(desk, world)?;
    let (call, ring) = (desk.start(), desk.ring.clone());
    let classes = people.classes.clone();
    desk.store.write_here(move |tx| {
        for class in &classes {
            family_links::issue_links(tx, &ring, &call, class)?;
        }
        Acted::Ok(())
    })?;
    super::duty::arrange(desk, world, &people)
}

/// Finds the people of the world in the database.
pub fn known(desk: &Desk, world: &World) -> anyhow::Result<People> {
    let call = desk.today();
    let ring = desk.ring.clone();
    desk.store
        .read_here(|db| {
            let permit = call.actor.run_school()?;
            let mut by_code = HashMap::new();
            for class in students::classes(db, &call.school)? {
                if let Some((code, _)) = crate::actions::rounds::graded(&class, call.today) {
                    by_code.insert(code, ClassId::new(class.id));
                }
            }
            let by_no: HashMap<String, StudentId> = students::all(db, &permit, &call.school)?
                .into_iter()
                .map(|s| (s.student_no, StudentId::new(s.id)))
                .collect();
            let by_login: HashMap<String, String> = staff::all(db, &permit, &call.school)?
                .into_iter()
                .map(|s| (s.login, s.id))
                .collect();
            let classes: Vec<ClassId> = world
                .classes
                .iter()
                .filter_map(|c| by_code.get(&c.code).cloned())
                .collect();
            let mut link_of = HashMap::new();
            for class in &classes {
                for slip in family_links::slips(db, &ring, &call, class)? {
                    link_of.insert(slip.child.student_no, slip.link.id);
                }
            }
            Acted::Ok(People {
                classes,
                students: world
                    .students
                    .iter()
                    .filter_map(|s| by_no.get(&s.student_no).cloned())
                    .collect(),
                teachers: world
                    .teachers
                    .iter()
                    .filter_map(|t| by_login.get(&t.login).cloned())
                    .collect(),
                links: world
                    .students
                    .iter()
                    .map(|s| link_of.get(&s.student_no).cloned().unwrap_or_default())
                    .collect(),
            })
        })
        .map_err(Into::into)
}
