//! A roster file comes in: a dry run that writes nothing, and the import itself, all of it or nothing. Idempotent by
//! 学号; who is not in the file is left alone; nobody changes class unless the importer has agreed.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;

use super::{
    Acted,
    consent::{PAPER, register},
    import_classes, imports,
    imports::Imported,
    new_id, redeal,
};
use crate::{
    domain::{
        actor::{Call, SchoolPermit},
        avatar::Avatar,
        calendar::SchoolYear,
        enrolment::Reason,
        ids::ClassId,
        name_pinyin,
        roster_plan::{self, Change, ClassAt, Plan, Pupil, Sex},
    },
    exchange::{Message, Report, RowError, class_name::ClassName, roster::RosterRow},
    keys::{pin, server_key::KeyRing},
    storage::{
        Db, StorageError, Tx, schools, students,
        students::{ClassRow, EnrolmentRow, StudentRow},
    },
};

/// What a roster would change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RosterPlan {
    /// The children.
    pub plan: Plan,
    /// Classes the school does not have yet.
    pub new_classes: Vec<ClassAt>,
    /// 学号 of stored children whose reading or consent the file changes.
    pub details: Vec<String>,
}

impl RosterPlan {
    /// Whether carrying it out would change nothing.
    pub fn is_empty(&self) -> bool {
        self.plan.is_empty() && self.new_classes.is_empty() && self.details.is_empty()
    }
}

/// What the file would change; nothing is written. Moves between classes are among the notes.
pub fn report(db: &mut Db, call: &Call, read: &Report<RosterRow>) -> Acted<Imported<RosterPlan>> {
    let permit = call.actor.run_school()?;
    let school = Now::load(db, &permit, call)?;
    Ok(school.judge(read, true))
}

/// Carries the file out, if it has no error and its moves are confirmed.
pub fn apply(
    tx: &mut Tx<'_>,
    call: &Call,
    ring: &KeyRing,
    read: &Report<RosterRow>,
    confirm_moves: bool,
) -> Acted<Imported<RosterPlan>> {
    let permit = call.actor.run_school()?;
    let mut school = Now::load(tx, &permit, call)?;
    let mut found = school.judge(read, confirm_moves);
    let object = format!("school/{}", call.school);
    let detail = counts(&found);
    if !found.errors.is_empty() {
        tx.record_outcome(call, "import.roster", &object, "refused", &detail)?;
        return Ok(found);
    }
    for at in &found.plan.new_classes {
        let row = import_classes::new_class(tx, call, *at)?;
        students::add_class(tx, &permit, &row)?;
        school.classes.insert(*at, row);
    }
    for row in &read.rows {
        school.carry_out(tx, &permit, call, ring, row, &found.plan.plan)?;
    }
    schools::touch_board(tx, &call.school)?;
    let moved = redeal::classes(tx, call, &school.changed(read, &found.plan))?;
    tx.record(call, "import.roster", &object, &format!("{detail} {moved}"))?;
    found.done = true;
    Ok(found)
}

fn counts(found: &Imported<RosterPlan>) -> String {
    let plan = &found.plan.plan;
    format!(
        "classes={} new={} changed={} moved={} unchanged={} absent={} errors={}",
        found.plan.new_classes.len(),
        plan.new.len(),
        plan.changed.len() + found.plan.details.len(),
        plan.moved.len(),
        plan.unchanged.len(),
        plan.absent.len(),
        found.errors.len()
    )
}

/// The school as it is.
struct Now {
    /// First day of those who come with a class that is new or empty: they were there since the term began.
    since: NaiveDate,
    classes: BTreeMap<ClassAt, ClassRow>,
    students: HashMap<String, StudentRow>,
    pupils: Vec<Pupil>,
    /// Classes that have had children.
    peopled: BTreeSet<String>,
    /// Ids of children that were in a class once.
    known: BTreeSet<String>,
}

impl Now {
    fn load(db: &mut Db, permit: &SchoolPermit, call: &Call) -> Acted<Self> {
        let year = SchoolYear::of(call.today);
        let all = students::classes(db, &call.school)?.into_iter();
        let classes: BTreeMap<ClassAt, ClassRow> = all
            .filter_map(|class| {
                let grade = u8::try_from(year.grade(class.cohort)?).ok()?;
                Some(((grade, u8::try_from(class.number).ok()?), class))
            })
            .collect();
        let at: HashMap<&str, ClassAt> = classes
            .iter()
            .map(|(at, class)| (class.id.as_str(), *at))
            .collect();
        let ever = |year| NaiveDate::from_ymd_opt(year, 1, 1).unwrap_or(call.today);
        let stays = students::enrolments_between(db, permit, &call.school, ever(1900), ever(2999))?;
        let place: HashMap<&str, ClassAt> = stays
            .iter()
            .filter(|stay| covers(stay, call.today))
            .filter_map(|stay| Some((stay.student_id.as_str(), *at.get(stay.class_id.as_str())?)))
            .collect();
        let students = students::all(db, permit, &call.school)?;
        let pupils = students
            .iter()
            .map(|row| pupil(row, place.get(row.id.as_str()).copied()))
            .collect();
        let term = imports::current_term(db, call).ok();
        let since = term.filter(|term| call.today <= term.ends_on);
        Ok(Self {
            since: since.map_or(call.today, |term| term.starts_on),
            pupils,
            peopled: stays.iter().map(|stay| stay.class_id.clone()).collect(),
            known: stays.iter().map(|stay| stay.student_id.clone()).collect(),
            students: students
                .into_iter()
                .map(|row| (row.student_no.clone(), row))
                .collect(),
            classes,
        })
    }

    fn judge(&self, read: &Report<RosterRow>, confirm_moves: bool) -> Imported<RosterPlan> {
        let rows: Vec<Pupil> = read.rows.iter().map(RosterRow::pupil).collect();
        let plan = roster_plan::plan(&self.pupils, &rows, None);
        let moves = self.moves(read, &plan);
        let wanted: BTreeSet<ClassAt> = rows.iter().filter_map(|row| row.class).collect();
        let new_classes = wanted
            .into_iter()
            .filter(|at| !self.classes.contains_key(at));
        let detailed = |row: &&RosterRow| {
            let stored = self.students.get(&row.student_no);
            stored.is_some_and(|stored| {
                row.pinyin
                    .as_ref()
                    .is_some_and(|said| *said != stored.pinyin)
                    || row
                        .consent
                        .is_some_and(|given| consent(given) != stored.consent)
            })
        };
        let details = read.rows.iter().filter(detailed);
        let (mut errors, mut notes) = (read.errors.clone(), read.notes.clone());
        if confirm_moves {
            notes.extend(moves);
        } else {
            errors.extend(moves);
        }
        Imported {
            plan: RosterPlan {
                new_classes: new_classes.collect(),
                details: details.map(|row| row.student_no.clone()).collect(),
                plan,
            },
            errors: imports::sorted(errors),
            notes: imports::sorted(notes),
            done: false,
        }
    }

    /// Classes that somebody joins or leaves, or where somebody's consent changes.
    fn changed(&self, read: &Report<RosterRow>, plan: &RosterPlan) -> BTreeSet<ClassId> {
        let new: BTreeSet<&str> = plan
            .plan
            .new
            .iter()
            .map(|p| p.student_no.as_str())
            .collect();
        let moved = &plan.plan.moved;
        let touched = read.rows.iter().filter(|row| {
            new.contains(row.student_no.as_str())
                || plan.details.contains(&row.student_no)
                || moved.iter().any(|m| m.student_no == row.student_no)
        });
        let joined = touched.map(|row| (row.grade, row.class_number));
        let left = moved.iter().filter_map(|moved| moved.from);
        joined
            .chain(left)
            .filter_map(|at| Some(ClassId::new(self.classes.get(&at)?.id.clone())))
            .collect()
    }

    fn moves(&self, read: &Report<RosterRow>, plan: &Plan) -> Vec<RowError> {
        let lines: HashMap<&str, usize> = read
            .rows
            .iter()
            .map(|row| (row.student_no.as_str(), row.line))
            .collect();
        let moves = plan.moved.iter().map(|moved| {
            let from = moved.from.map_or_else(|| "–".to_owned(), code);
            let message = Message::new("import-moves-class")
                .with("from", from)
                .with("to", code(moved.to));
            RowError {
                line: lines.get(moved.student_no.as_str()).copied().unwrap_or(0),
                column: "class",
                value: moved.student_no.clone(),
                message,
            }
        });
        moves.collect()
    }

    /// One row: adds the child, or changes what the plan says about it.
    fn carry_out(
        &self,
        tx: &mut Tx<'_>,
        permit: &SchoolPermit,
        call: &Call,
        ring: &KeyRing,
        row: &RosterRow,
        plan: &Plan,
    ) -> Acted<()> {
        let at = (row.grade, row.class_number);
        let class = self.classes.get(&at);
        let class = class.ok_or_else(|| StorageError::Broken(format!("no class {at:?}")))?;
        let first_of_class = !self.peopled.contains(&class.id);
        let Some(stored) = self.students.get(&row.student_no) else {
            let child = new_child(call, ring, row);
            students::add(tx, permit, &child)?;
            if row.consent.is_some() {
                register(tx, call, &child.id, &child.consent, PAPER, call.today)?;
            }
            let (reason, from) = match first_of_class {
                true => (Reason::Entered, self.since),
                false => (Reason::TransferredIn, call.today),
            };
            return enrol(tx, permit, call, &child.id, &class.id, reason, from);
        };
        let mut child = stored.clone();
        let by_no = |no: &String| *no == row.student_no;
        let moved = plan.moved.iter().find(|moved| by_no(&moved.student_no));
        let changed = plan.changed.iter().find(|one| by_no(&one.student_no));
        let changes = moved.map(|m| &m.changes).or(changed.map(|c| &c.changes));
        for change in changes.into_iter().flatten() {
            take_over(&mut child, change);
        }
        if let Some(said) = &row.pinyin {
            child.pinyin.clone_from(said);
        }
        if let Some(given) = row
            .consent
            .filter(|given| consent(*given) != stored.consent)
        {
            child.consent = consent(given).to_owned();
            child.consent_on = call.today;
            register(tx, call, &child.id, &child.consent, PAPER, call.today)?;
        }
        if differs(&child, stored) {
            students::change(tx, permit, &child)?;
        }
        let Some(moved) = moved else { return Ok(()) };
        let reason = match (moved.from.is_some(), self.known.contains(&child.id)) {
            (true, _) => Reason::ChangedClass,
            (false, true) => Reason::Resumed,
            (false, false) => Reason::TransferredIn,
        };
        students::leave(tx, permit, &call.school, &child.id, call.today)?;
        enrol(tx, permit, call, &child.id, &class.id, reason, call.today)
    }
}

fn covers(stay: &EnrolmentRow, day: NaiveDate) -> bool {
    stay.starts_on <= day && stay.ends_on.is_none_or(|end| end > day)
}

fn code((grade, number): ClassAt) -> String {
    ClassName { grade, number }.code()
}

fn pupil(row: &StudentRow, class: Option<ClassAt>) -> Pupil {
    Pupil {
        student_no: row.student_no.clone(),
        name: row.name.clone(),
        sex: Sex::parse(&row.sex),
        class,
        seat: row.seat.and_then(|seat| u8::try_from(seat).ok()),
    }
}

const fn consent(given: bool) -> &'static str {
    if given { "consented" } else { "refused" }
}

fn take_over(child: &mut StudentRow, change: &Change) {
    match change {
        Change::Name(_, name) => {
            child.name.clone_from(name);
            child.pinyin = name_pinyin::reading(name);
        }
        Change::Sex(_, sex) => child.sex = sex.key().to_owned(),
        Change::Seat(_, seat) => child.seat = Some(i32::from(*seat)),
    }
}

fn differs(child: &StudentRow, stored: &StudentRow) -> bool {
    let fields = |row: &StudentRow| {
        (
            row.name.clone(),
            row.pinyin.clone(),
            row.sex.clone(),
            row.seat,
            row.consent.clone(),
        )
    };
    fields(child) != fields(stored)
}

fn new_child(call: &Call, ring: &KeyRing, row: &RosterRow) -> StudentRow {
    let id = new_id();
    let kind = match row.grade {
        5.. => pin::PinKind::Digits,
        _ => pin::PinKind::Pictures,
    };
    let (_, pin) = pin::issue(ring, &id, kind, 1);
    let reading = row
        .pinyin
        .clone()
        .unwrap_or_else(|| name_pinyin::reading(&row.name));
    StudentRow {
        school_id: call.school.to_string(),
        student_no: row.student_no.clone(),
        name: row.name.clone(),
        pinyin: reading,
        sex: row.sex.map_or("", Sex::key).to_owned(),
        seat: row.seat.map(i32::from),
        avatar: Avatar::first(&id).number(),
        pin_epoch: 1,
        pin_kind: match kind {
            pin::PinKind::Digits => "digits",
            pin::PinKind::Pictures => "pictures",
        }
        .to_owned(),
        pin_key: pin.key_id,
        pin_tag: pin.tag,
        consent: row.consent.map_or("notice", consent).to_owned(),
        consent_on: call.today,
        id,
    }
}

fn enrol(
    tx: &mut Tx<'_>,
    permit: &SchoolPermit,
    call: &Call,
    student: &str,
    class: &str,
    reason: Reason,
    from: NaiveDate,
) -> Acted<()> {
    let row = EnrolmentRow {
        school_id: call.school.to_string(),
        id: new_id(),
        student_id: student.to_owned(),
        class_id: class.to_owned(),
        starts_on: from,
        ends_on: None,
        reason: reason.key().to_owned(),
    };
    Ok(students::enrol(tx, permit, &row)?)
}
