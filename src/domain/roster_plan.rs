//! What a roster file would change, before anything is written: new children, changed fields, moves between classes,
//! absent ones. Used by the two-step import of the roster (action, page report, `import roster --dry-run`).

use std::collections::{BTreeMap, BTreeSet};

/// 男 or 女, as the school registers it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sex {
    /// 男
    Male,
    /// 女
    Female,
}

impl Sex {
    /// The word in the database.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Male => "male",
            Self::Female => "female",
        }
    }

    /// Reads the word; anything else, the empty text too, is not known.
    pub fn parse(key: &str) -> Option<Self> {
        [Self::Male, Self::Female]
            .into_iter()
            .find(|sex| sex.key() == key)
    }
}

/// A class by grade (1–6) and number (1–99).
pub type ClassAt = (u8, u8);

/// One child, either as stored or as a roster file wants it. `student_no` is the key of every comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pupil {
    /// 学号, unique in the school.
    pub student_no: String,
    /// Name, already cleaned.
    pub name: String,
    /// Absent in a file: keep what is stored.
    pub sex: Option<Sex>,
    /// The class attended now; `None` for a stored child that is in no class. A file always names one.
    pub class: Option<ClassAt>,
    /// Seat, 1–99; absent in a file: keep what is stored.
    pub seat: Option<u8>,
}

/// One field that would change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// The name, before and after.
    Name(String, String),
    /// The sex, before and after.
    Sex(Option<Sex>, Sex),
    /// The seat, before and after.
    Seat(Option<u8>, u8),
}

/// A child whose fields would change; its class stays.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed {
    /// The child.
    pub student_no: String,
    /// At least one change.
    pub changes: Vec<Change>,
}

/// A child that would change class. Never done silently (security.md S-65).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moved {
    /// The child.
    pub student_no: String,
    /// The class before; `None`: known to the school but in no class now (转入, 复学).
    pub from: Option<ClassAt>,
    /// The class after.
    pub to: ClassAt,
    /// Other fields that would change with it.
    pub changes: Vec<Change>,
}

/// The whole plan, each list by 学号.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Plan {
    /// Children the school does not have yet.
    pub new: Vec<Pupil>,
    /// Children with changed fields.
    pub changed: Vec<Changed>,
    /// Children in another class than before.
    pub moved: Vec<Moved>,
    /// 学号 of children that stay as they are.
    pub unchanged: Vec<String>,
    /// 学号 of stored children of the file's classes whom the file does not name. Nothing happens to them by itself.
    pub absent: Vec<String>,
    /// 学号 of rows outside the importer's classes: from, to or both (security.md S-66).
    pub out_of_scope: Vec<String>,
}

/// Why a plan must not be carried out as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PlanRefusal {
    /// Children would change class and nobody confirmed it.
    MovesNotConfirmed,
    /// Rows name classes or children outside the importer's scope.
    OutOfScope,
}

impl Plan {
    /// Whether the plan may be carried out. `confirm_moves`: the importer has seen the moves and agreed.
    pub fn judge(&self, confirm_moves: bool) -> Result<(), PlanRefusal> {
        if !self.out_of_scope.is_empty() {
            return Err(PlanRefusal::OutOfScope);
        }
        if !self.moved.is_empty() && !confirm_moves {
            return Err(PlanRefusal::MovesNotConfirmed);
        }
        Ok(())
    }

    /// Whether carrying it out would change nothing.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty() && self.changed.is_empty() && self.moved.is_empty()
    }
}

/// Compares the file's `rows` with the `existing` children.
///
/// `scope`: the classes the importer may touch, `None` for the whole school. Of rows with the same 学号 the last one
/// counts (the reader refuses such files before). Planning the same file again after carrying it out gives an empty plan.
///
/// ```
/// use starlight::domain::roster_plan::{Pupil, plan};
/// let row = Pupil { student_no: "202403017".into(), name: "张三".into(), sex: None, class: Some((3, 2)), seat: None };
/// assert_eq!(plan(&[], &[row.clone()], None).new, [row.clone()]);
/// assert!(plan(&[row.clone()], &[row], None).is_empty());
/// ```
pub fn plan(existing: &[Pupil], rows: &[Pupil], scope: Option<&BTreeSet<ClassAt>>) -> Plan {
    let stored: BTreeMap<&str, &Pupil> = existing
        .iter()
        .map(|pupil| (pupil.student_no.as_str(), pupil))
        .collect();
    let wanted: BTreeMap<&str, &Pupil> = rows
        .iter()
        .map(|pupil| (pupil.student_no.as_str(), pupil))
        .collect();
    let mut plan = Plan::default();
    for (student_no, row) in &wanted {
        let before = stored.get(student_no).copied();
        let classes = [row.class, before.and_then(|pupil| pupil.class)];
        if classes
            .into_iter()
            .flatten()
            .all(|class| may_touch(scope, class))
        {
            plan.place(before, row);
        } else {
            plan.out_of_scope.push((*student_no).to_owned());
        }
    }
    let classes: BTreeSet<ClassAt> = wanted.values().filter_map(|pupil| pupil.class).collect();
    let missing = stored.values().filter(|pupil| {
        let here = pupil
            .class
            .is_some_and(|class| classes.contains(&class) && may_touch(scope, class));
        here && !wanted.contains_key(pupil.student_no.as_str())
    });
    plan.absent = missing.map(|pupil| pupil.student_no.clone()).collect();
    plan
}

fn may_touch(scope: Option<&BTreeSet<ClassAt>>, class: ClassAt) -> bool {
    scope.is_none_or(|classes| classes.contains(&class))
}

impl Plan {
    fn place(&mut self, before: Option<&Pupil>, row: &Pupil) {
        let Some(before) = before else {
            self.new.push(row.clone());
            return;
        };
        let student_no = row.student_no.clone();
        let changes = differences(before, row);
        match row.class {
            Some(to) if before.class != Some(to) => {
                self.moved.push(Moved {
                    student_no,
                    from: before.class,
                    to,
                    changes,
                });
            }
            _ if changes.is_empty() => self.unchanged.push(student_no),
            _ => self.changed.push(Changed {
                student_no,
                changes,
            }),
        }
    }
}

/// What the row would change besides the class; a field that the file leaves empty changes nothing.
fn differences(before: &Pupil, row: &Pupil) -> Vec<Change> {
    let name =
        (before.name != row.name).then(|| Change::Name(before.name.clone(), row.name.clone()));
    let sex = row
        .sex
        .filter(|sex| before.sex != Some(*sex))
        .map(|sex| Change::Sex(before.sex, sex));
    let seat = row
        .seat
        .filter(|seat| before.seat != Some(*seat))
        .map(|seat| Change::Seat(before.seat, seat));
    [name, sex, seat].into_iter().flatten().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pupil(student_no: &str, name: &str, class: ClassAt) -> Pupil {
        Pupil {
            student_no: student_no.into(),
            name: name.into(),
            sex: None,
            class: Some(class),
            seat: None,
        }
    }

    #[test]
    fn each_child_lands_in_one_list() {
        let mut stored = [
            pupil("1", "甲", (1, 1)),
            pupil("2", "乙", (1, 1)),
            pupil("3", "丙", (1, 1)),
            pupil("4", "丁", (1, 1)),
            pupil("5", "戊", (2, 1)),
        ];
        stored[1].sex = Some(Sex::Male);
        let mut rows = [
            pupil("1", "甲", (1, 1)),
            pupil("2", "乙乙", (1, 1)),
            pupil("3", "丙", (1, 2)),
            pupil("6", "己", (1, 1)),
        ];
        rows[1].seat = Some(7);
        let plan = plan(&stored, &rows, None);
        assert_eq!(plan.unchanged, ["1"]);
        let changes = vec![
            Change::Name("乙".into(), "乙乙".into()),
            Change::Seat(None, 7),
        ];
        assert_eq!(
            plan.changed,
            [Changed {
                student_no: "2".into(),
                changes
            }]
        );
        assert_eq!(
            plan.moved,
            [Moved {
                student_no: "3".into(),
                from: Some((1, 1)),
                to: (1, 2),
                changes: vec![]
            }]
        );
        assert_eq!(plan.new, [rows[3].clone()]);
        assert_eq!(plan.absent, ["4"]);
    }

    #[test]
    fn a_move_needs_a_word() {
        let plan = plan(
            &[pupil("1", "甲", (1, 1))],
            &[pupil("1", "甲", (1, 2))],
            None,
        );
        assert_eq!(plan.judge(false), Err(PlanRefusal::MovesNotConfirmed));
        assert_eq!(plan.judge(true), Ok(()));
    }

    #[test]
    fn a_homeroom_teacher_touches_the_own_class_only() {
        let own = BTreeSet::from([(1, 1)]);
        let stored = [pupil("1", "甲", (1, 2)), pupil("2", "乙", (1, 1))];
        let rows = [
            pupil("1", "甲", (1, 1)),
            pupil("2", "乙", (1, 2)),
            pupil("3", "丙", (1, 2)),
            pupil("4", "丁", (1, 1)),
        ];
        let plan = plan(&stored, &rows, Some(&own));
        assert_eq!(plan.out_of_scope, ["1", "2", "3"]);
        assert_eq!(plan.new.len(), 1);
        assert_eq!(plan.judge(true), Err(PlanRefusal::OutOfScope));
    }

    /// Carries the plan out on plain values.
    fn carried_out(stored: &[Pupil], plan: &Plan) -> Vec<Pupil> {
        let mut all: BTreeMap<String, Pupil> = stored
            .iter()
            .map(|p| (p.student_no.clone(), p.clone()))
            .collect();
        let edits = plan
            .changed
            .iter()
            .map(|c| (&c.student_no, &c.changes, None));
        for (student_no, changes, to) in edits.chain(
            plan.moved
                .iter()
                .map(|m| (&m.student_no, &m.changes, Some(m.to))),
        ) {
            let pupil = all.get_mut(student_no).unwrap();
            pupil.class = to.or(pupil.class);
            for change in changes {
                match change {
                    Change::Name(_, name) => pupil.name.clone_from(name),
                    Change::Sex(_, sex) => pupil.sex = Some(*sex),
                    Change::Seat(_, seat) => pupil.seat = Some(*seat),
                }
            }
        }
        all.extend(plan.new.iter().map(|p| (p.student_no.clone(), p.clone())));
        all.into_values().collect()
    }

    fn pupils() -> impl Strategy<Value = Vec<Pupil>> {
        let sex = prop_oneof![Just(None), Just(Some(Sex::Male)), Just(Some(Sex::Female))];
        let one = (
            "[1-9]",
            "[甲乙丙]",
            sex,
            (1_u8..3, 1_u8..3),
            proptest::option::of(1_u8..4),
        )
            .prop_map(|(student_no, name, sex, class, seat)| Pupil {
                student_no,
                name,
                sex,
                class: Some(class),
                seat,
            });
        proptest::collection::vec(one, 0..9).prop_map(|all| {
            let unique: BTreeMap<String, Pupil> =
                all.into_iter().map(|p| (p.student_no.clone(), p)).collect();
            unique.into_values().collect()
        })
    }

    proptest! {
        #[test]
        fn importing_twice_changes_nothing(stored in pupils(), rows in pupils()) {
            let first = plan(&stored, &rows, None);
            let again = plan(&carried_out(&stored, &first), &rows, None);
            prop_assert!(again.is_empty());
            prop_assert_eq!(again.unchanged.len(), rows.len());
        }
    }
}
