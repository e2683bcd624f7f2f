//! How far a round is: per class who has done everything, of how many (scoring.md 5: excused children in neither).
//! Used by the office's rounds and by the screens, which show counts only.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;

use super::Acted;
use crate::{
    domain::{
        actor::SchoolPermit,
        ids::{ClassId, SchoolId},
    },
    storage::{
        Db, rounds,
        rounds::{RoundClassRow, RoundRow},
        sheets, staff, students,
    },
};

/// One class of a round. All numbers count people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClassPart {
    pub class: ClassId,
    pub code: String,
    pub grade: u8,
    /// Children with their own sheet and all assigned ones.
    pub done: u32,
    /// Enrolled and not excused.
    pub of: u32,
    pub excused: u32,
    pub teachers_done: u32,
    pub teachers_of: u32,
    pub families: u32,
}

/// Children of all classes of a round: done, and of how many.
pub fn totals(parts: &[ClassPart]) -> (u32, u32) {
    parts
        .iter()
        .fold((0, 0), |(done, of), p| (done + p.done, of + p.of))
}

/// Every class of a round, by class code; `today` decides who is enrolled while the round runs.
pub fn of_round(
    db: &mut Db,
    permit: &SchoolPermit,
    school: &SchoolId,
    round: &RoundRow,
    today: NaiveDate,
) -> Acted<Vec<ClassPart>> {
    let day = today.clamp(round.starts_on, round.ends_on.max(round.starts_on));
    let parts = rounds::classes_of(db, school, &round.id)?;
    let facts = Facts::load(db, permit, school, round, day)?;
    Ok(parts.into_iter().map(|part| facts.count(part)).collect())
}

struct Facts {
    children: BTreeMap<String, Vec<String>>,
    excused: HashSet<String>,
    ratees: HashMap<String, Vec<String>>,
    own: HashSet<String>,
    rated: HashSet<(String, String)>,
    teachers: BTreeMap<String, BTreeSet<String>>,
    taught: HashSet<(String, String)>,
    families: HashMap<String, HashSet<String>>,
}

impl Facts {
    fn load(
        db: &mut Db,
        permit: &SchoolPermit,
        school: &SchoolId,
        round: &RoundRow,
        day: NaiveDate,
    ) -> Acted<Self> {
        let mut facts = Self {
            children: BTreeMap::new(),
            excused: rounds::excused(db, school, &round.id)?
                .into_iter()
                .map(|e| e.student_id)
                .collect(),
            ratees: HashMap::new(),
            own: HashSet::new(),
            rated: HashSet::new(),
            teachers: BTreeMap::new(),
            taught: HashSet::new(),
            families: HashMap::new(),
        };
        for stay in students::enrolments_between(db, permit, school, day, day)? {
            let class = facts.children.entry(stay.class_id).or_default();
            class.push(stay.student_id);
        }
        for pair in rounds::assignments(db, permit, school, &round.id)? {
            let mine = facts.ratees.entry(pair.rater_id).or_default();
            mine.push(pair.ratee_id);
        }
        for row in staff::teaching_between(db, permit, school, day, day)? {
            let class = facts.teachers.entry(row.class_id).or_default();
            class.insert(row.staff_id);
        }
        for sheet in sheets::handed_in_round(db, permit, school, &round.id)? {
            facts.note(sheet);
        }
        Ok(facts)
    }

    fn note(&mut self, (class, source, rater, ratee): sheets::HandedIn) {
        match source.as_str() {
            "self" if rater == ratee => drop(self.own.insert(rater)),
            "peer" => drop(self.rated.insert((rater, ratee))),
            "teacher" if ratee != class => drop(self.taught.insert((class, rater))),
            "parent" if ratee != class => {
                self.families.entry(class).or_default().insert(ratee);
            }
            _ => {}
        }
    }

    fn is_done(&self, child: &str, classmates: &[String]) -> bool {
        let mut ratees = self.ratees.get(child).into_iter().flatten();
        self.own.contains(child)
            && ratees.all(|ratee| {
                // A classmate who left or is away can no longer be asked about.
                !classmates.contains(ratee)
                    || self.excused.contains(ratee)
                    || self.rated.contains(&(child.to_owned(), ratee.clone()))
            })
    }

    fn count(&self, part: RoundClassRow) -> ClassPart {
        let id = part.class_id;
        let children = self.children.get(&id).map_or(&[][..], Vec::as_slice);
        let away = |child: &&String| self.excused.contains(child.as_str());
        let asked = children.iter().filter(|c| !away(c));
        let done = asked.clone().filter(|c| self.is_done(c, children)).count();
        let teachers = self.teachers.get(&id);
        let wrote = |t: &&String| self.taught.contains(&(id.clone(), (*t).clone()));
        ClassPart {
            code: part.code,
            grade: u8::try_from(part.grade).unwrap_or(0),
            done: small(done),
            of: small(asked.count()),
            excused: small(children.iter().filter(away).count()),
            teachers_done: small(teachers.into_iter().flatten().filter(wrote).count()),
            teachers_of: small(teachers.map_or(0, BTreeSet::len)),
            families: small(self.families.get(&id).map_or(0, HashSet::len)),
            class: ClassId::new(id),
        }
    }
}

/// A count of people as pages take it.
pub fn small(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
