//! What stands on a class's page: its name, and while the sign-in window is open its children and who has lit the own
//! star. Outside an opened window nobody is named.

use std::collections::BTreeSet;

use super::{Acted, finished::finished, rounds::graded, session::Origin};
use crate::{
    domain::{
        calendar::SchoolYear,
        ids::{ClassId, SchoolId},
        refusal::Refusal,
    },
    storage::{Db, rounds, schools, students, students::StudentRow},
};

/// A class's page.
#[derive(Clone, Debug)]
pub struct ClassDoor {
    pub door: String,
    pub grade: u32,
    pub number: u32,
    pub open: bool,
    /// Empty while the window is closed.
    pub children: Vec<DoorChild>,
}

/// One child on it.
#[derive(Clone, Debug)]
pub struct DoorChild {
    pub child: StudentRow,
    /// Self and all allotted classmates are answered.
    pub done: bool,
    pub excused: bool,
}

/// The class of a code as children type it: the door's own, or grade and class such as 203 where this server has one
/// school only.
pub fn by_any_code(db: &mut Db, origin: &Origin, code: &str) -> Acted<students::ClassRow> {
    if let Ok(class) = students::class_by_door(db, code) {
        return Ok(class);
    }
    let schools = schools::all(db)?;
    let [only] = schools.as_slice() else {
        return Err(Refusal::NotFound.into());
    };
    let classes = students::classes(db, &SchoolId::new(only.id.clone()))?;
    let same = |c: &students::ClassRow| {
        graded(c, origin.today()).is_some_and(|(public, _)| public == code)
    };
    classes
        .into_iter()
        .find(same)
        .ok_or_else(|| Refusal::NotFound.into())
}

/// Loads the page of a door code.
pub fn load(db: &mut Db, origin: &Origin, door: &str) -> Acted<ClassDoor> {
    let class = students::class_by_door(db, door)?;
    let school = SchoolId::new(class.school_id.clone());
    let id = ClassId::new(class.id.clone());
    let grade = SchoolYear::of(origin.today())
        .grade(class.cohort)
        .unwrap_or(6);
    let number = u32::try_from(class.number).unwrap_or(0);
    let window = students::window(db, &school, &id)?.filter(|w| w.closes_at > origin.now);
    let children = match &window {
        None => Vec::new(),
        Some(window) => {
            let children = students::behind_door(db, window, origin.today())?;
            lights(db, &school, &id, children)?
        }
    };
    let left = graded(&class, origin.today()).is_none();
    Ok(ClassDoor {
        door: class.door,
        grade,
        number,
        open: window.is_some() && !left,
        children,
    })
}

/// Who of a class is done in the open round: every question of the own card and of each allotted one is answered.
pub fn lights(
    db: &mut Db,
    school: &SchoolId,
    class: &ClassId,
    children: Vec<StudentRow>,
) -> Acted<Vec<DoorChild>> {
    let Some((round, part)) = rounds::open_for(db, school, class)? else {
        return Ok(children
            .into_iter()
            .map(|child| DoorChild {
                child,
                done: false,
                excused: false,
            })
            .collect());
    };
    let finished = finished(db, school, &part)?;
    let has = |source: &str, rater: &str, ratee: &str| {
        finished.contains(&(source.to_owned(), rater.to_owned(), ratee.to_owned()))
    };
    let excused: BTreeSet<String> = rounds::excused(db, school, &round.id)?
        .into_iter()
        .map(|e| e.student_id)
        .collect();
    let mut found = Vec::with_capacity(children.len());
    for child in children {
        let id = crate::domain::ids::StudentId::new(child.id.clone());
        let dealt = rounds::ratees_of(db, school, &round.id, &id)?;
        let done = has("self", &child.id, &child.id)
            && dealt.iter().all(|one| has("peer", &child.id, one));
        found.push(DoorChild {
            excused: excused.contains(&child.id),
            child,
            done,
        });
    }
    Ok(found)
}
