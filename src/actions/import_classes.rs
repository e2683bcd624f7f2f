//! Public codes of today's classes ↔ their ids, and new classes. Used by the imports and the exports.

use std::collections::BTreeMap;

use super::{Acted, new_id, rounds::graded};
use crate::{
    domain::{actor::Call, calendar::SchoolYear, ids::ClassId, roster_plan::ClassAt},
    keys,
    storage::{Db, StorageError, students, students::ClassRow},
};

/// The classes that have a grade today.
pub(super) struct ClassCodes(BTreeMap<String, ClassId>);

impl ClassCodes {
    /// Reads them.
    pub fn load(db: &mut Db, call: &Call) -> Acted<Self> {
        let all = students::classes(db, &call.school)?.into_iter();
        let codes = all.filter_map(|class| {
            let (code, _) = graded(&class, call.today)?;
            Some((code, ClassId::new(class.id)))
        });
        Ok(Self(codes.collect()))
    }

    /// The class of a code.
    pub fn id(&self, code: &str) -> Option<&ClassId> {
        self.0.get(code)
    }

    /// By code.
    pub fn iter(&self) -> impl Iterator<Item = (&String, &ClassId)> {
        self.0.iter()
    }
}

/// A class with a door of its own: six digits that no class of any school has.
pub(super) fn new_class(db: &mut Db, call: &Call, (grade, number): ClassAt) -> Acted<ClassRow> {
    let cohort = SchoolYear::of(call.today).cohort(u32::from(grade));
    let cohort = cohort.ok_or_else(|| StorageError::Broken(format!("grade {grade}")))?;
    let door = loop {
        let drawn = keys::random::below(1_000_000)
            .map_err(|error| StorageError::Broken(error.to_string()))?;
        let door = format!("{drawn:06}");
        match students::class_by_door(db, &door) {
            Err(StorageError::NotFound) => break door,
            Ok(_) => {}
            Err(other) => return Err(other.into()),
        }
    };
    Ok(ClassRow {
        school_id: call.school.to_string(),
        id: new_id(),
        cohort,
        number: i32::from(number),
        door,
    })
}
