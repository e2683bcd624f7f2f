//! Public codes of today's classes ↔ their ids. Used by the imports of teachers and the exports.

use std::collections::BTreeMap;

use super::{Acted, rounds::graded};
use crate::{
    domain::{actor::Call, ids::ClassId},
    storage::{Db, students},
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
