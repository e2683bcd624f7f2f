//! Which released moments may stand on a display: of children whose family agreed and who are here, one a child, in an
//! order that says nothing. Used by `board_facts`.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::{Acted, rounds::graded};
use crate::{
    domain::{
        actor::SchoolPermit,
        ids::{ClassId, SchoolId},
        name_pinyin::on_screen,
        random::SplitMix64,
    },
    storage::{
        Db, moments,
        moments::MomentRow,
        students,
        students::{ClassRow, StudentRow},
    },
};

/// Moments released within these milliseconds are news.
const NEWS: i64 = 30 * 24 * 60 * 60_000;
/// Of so many at most some are drawn.
const MOST: i64 = 600;
/// Names of fewer characters are found in words that mean nobody.
const SHORTEST: usize = 2;

/// A moment for a display. Who told it is not here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardMoment {
    /// The child's name as in the register; the slide shows the given name.
    pub child: String,
    /// Code of the child's class.
    pub class: String,
    pub dimension: String,
    /// Chip and words of the sentence, as in the row.
    pub chip: String,
    pub text: String,
}

/// Whether a child may stand on a display: its family said yes (S-68).
pub fn may_stand(child: &StudentRow) -> bool {
    child.consent == "consented"
}

/// Up to `most` of them, of one class or of the whole school.
pub fn load(
    db: &mut Db,
    permit: &SchoolPermit,
    school: &SchoolId,
    class: Option<&ClassId>,
    (now, today): (i64, NaiveDate),
    (most, dice): (usize, u64),
) -> Acted<Vec<BoardMoment>> {
    let mut rows = moments::released_since(db, permit, school, now - NEWS, MOST)?;
    if rows.is_empty() {
        return Ok(Vec::new());
    }
    let here = Here::load(db, permit, school, today)?;
    rows.sort_by(|a, b| a.id.cmp(&b.id));
    SplitMix64::new(dice).shuffle(&mut rows);
    let mut children = HashSet::new();
    let shown = rows
        .into_iter()
        .filter(|row| class.is_none_or(|own| here.class_of(row) == Some(own.as_str())))
        .filter_map(|row| {
            let shown = here.shown(&row)?;
            children.insert(row.student_id).then_some(shown)
        });
    Ok(shown.take(most).collect())
}

/// Who is at the school today, and in which class.
struct Here {
    children: HashMap<String, StudentRow>,
    classes: HashMap<String, String>,
    codes: HashMap<String, String>,
}

impl Here {
    fn load(
        db: &mut Db,
        permit: &SchoolPermit,
        school: &SchoolId,
        today: NaiveDate,
    ) -> Acted<Self> {
        let stays = students::enrolments_between(db, permit, school, today, today)?;
        let code = |class: ClassRow| Some((class.id.clone(), graded(&class, today)?.0));
        Ok(Self {
            children: students::all(db, permit, school)?
                .into_iter()
                .map(|child| (child.id.clone(), child))
                .collect(),
            classes: stays
                .into_iter()
                .map(|stay| (stay.student_id, stay.class_id))
                .collect(),
            codes: students::classes(db, school)?
                .into_iter()
                .filter_map(code)
                .collect(),
        })
    }

    fn class_of(&self, row: &MomentRow) -> Option<&str> {
        self.classes.get(&row.student_id).map(String::as_str)
    }

    fn shown(&self, row: &MomentRow) -> Option<BoardMoment> {
        let child = self
            .children
            .get(&row.student_id)
            .filter(|c| may_stand(c))?;
        let class = self.class_of(row)?;
        if self.names_another(class, child, &row.text) {
            return None;
        }
        Some(BoardMoment {
            child: child.name.clone(),
            class: self.codes.get(class)?.clone(),
            dimension: row.dimension.clone(),
            chip: row.chip.clone(),
            text: row.text.clone(),
        })
    }

    /// Whether the words name a classmate whose family did not agree.
    fn names_another(&self, class: &str, about: &StudentRow, text: &str) -> bool {
        let mates = self.children.values().filter(|other| {
            other.id != about.id && self.classes.get(&other.id).is_some_and(|c| c == class)
        });
        mates.filter(|mate| !may_stand(mate)).any(|mate| {
            let named = |name: &str| name.chars().count() >= SHORTEST && text.contains(name);
            named(&mate.name) || named(on_screen(&mate.name))
        })
    }
}
