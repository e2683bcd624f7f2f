//! A file of daily checks comes in. Checks that are there already stay; for a post, class and day that were imported
//! before, the new file replaces what the old one said. All of it or nothing.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::{
    Acted, import_classes::ClassCodes, import_facts::Facts, imports, imports::Imported, new_id,
    takes_checks::CheckDay, term_votes::read_rubric,
};
use crate::{
    domain::{
        actor::{Call, SchoolPermit},
        ids::ClassId,
        round::RoundState,
        rubric::Rubric,
    },
    exchange::{
        Message, Report, RowError, inspections,
        inspections::{InspectionFacts, InspectionRow as FileRow},
    },
    storage::{Db, Tx, duty, inspections as checks, inspections::InspectionRow, schools},
};

/// Who made an imported check.
const IMPORTED: &str = "import";

/// What a file of checks would change.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct InspectionPlan {
    pub created: usize,
    /// Imported checks that the file replaces.
    pub replaced: usize,
    pub unchanged: usize,
}

/// What the file would change; nothing is written.
pub fn report(db: &mut Db, call: &Call, read: &Report<FileRow>) -> Acted<Imported<InspectionPlan>> {
    let permit = call.actor.run_school()?;
    Ok(judge(db, &permit, call, read)?.0)
}

/// Carries the file out, if it has no error.
pub fn apply(
    tx: &mut Tx<'_>,
    call: &Call,
    read: &Report<FileRow>,
) -> Acted<Imported<InspectionPlan>> {
    let permit = call.actor.run_school()?;
    let (mut found, visits) = judge(tx, &permit, call, read)?;
    let object = format!("school/{}", call.school);
    let plan = found.plan;
    let detail = format!(
        "created={} replaced={} unchanged={} errors={}",
        plan.created,
        plan.replaced,
        plan.unchanged,
        found.errors.len()
    );
    if !found.errors.is_empty() {
        tx.record_outcome(call, "import.inspections", &object, "refused", &detail)?;
        return Ok(found);
    }
    for visit in &visits {
        let (day, post) = (visit.day, visit.post.as_str());
        checks::clear(tx, &call.school, day, post, &visit.class, IMPORTED)?;
        for row in &visit.rows {
            checks::add(tx, row)?;
        }
    }
    schools::touch_board(tx, &call.school)?;
    tx.record(call, "import.inspections", &object, &detail)?;
    found.done = true;
    Ok(found)
}

/// A post's look at a class on a day, to be stored anew.
struct Visit {
    day: NaiveDate,
    post: String,
    class: ClassId,
    rows: Vec<InspectionRow>,
}

struct Known {
    facts: Facts,
    codes: ClassCodes,
    /// Id by name.
    posts: BTreeMap<String, String>,
    /// Of the days outside every round.
    days: BTreeMap<NaiveDate, Rubric>,
}

impl Known {
    fn class_id(&self, code: &str) -> Option<ClassId> {
        let in_term = self.facts.class_id(code).map(ClassId::new);
        in_term.or_else(|| self.codes.id(code).cloned())
    }

    /// The id of an item by its id or name.
    fn item(&self, row: &FileRow) -> Option<&str> {
        let rubric = match &row.round {
            Some(round) => self.facts.rubric(round)?,
            None => self.days.get(&row.date)?,
        };
        let mut items = rubric.items.iter();
        let found = items.find(|known| known.id == row.item || known.name == row.item);
        found.map(|known| known.id.as_str())
    }
}

impl InspectionFacts for Known {
    fn has_round(&self, round: &str) -> bool {
        self.facts.round(round).is_some()
    }

    fn has_post(&self, post: &str) -> bool {
        self.posts.contains_key(post)
    }

    fn has_class(&self, class: &str) -> bool {
        self.class_id(class).is_some()
    }

    fn has_day(&self, day: NaiveDate) -> bool {
        self.days.contains_key(&day)
    }

    fn has_item(&self, row: &FileRow) -> bool {
        self.item(row).is_some()
    }
}

/// The rubrics of the days whose checks name no round, as far as these are school days.
fn days(db: &mut Db, call: &Call, rows: &[FileRow]) -> Acted<BTreeMap<NaiveDate, Rubric>> {
    let outside = rows.iter().filter(|row| row.round.is_none());
    let asked: BTreeSet<NaiveDate> = outside.map(|row| row.date).collect();
    let mut found = BTreeMap::new();
    for day in asked {
        if let Some(rubric) = CheckDay::load(db, call, day)?.rubric() {
            found.insert(day, read_rubric(db, &call.school, rubric)?);
        }
    }
    Ok(found)
}

fn judge(
    db: &mut Db,
    permit: &SchoolPermit,
    call: &Call,
    read: &Report<FileRow>,
) -> Acted<(Imported<InspectionPlan>, Vec<Visit>)> {
    let posts = duty::posts(db, &call.school)?;
    let known = Known {
        facts: Facts::load(db, permit, call)?,
        codes: ClassCodes::load(db, call)?,
        posts: posts.into_iter().map(|p| (p.name, p.id)).collect(),
        days: days(db, call, &read.rows)?,
    };
    let mut errors = read.errors.clone();
    errors.extend(inspections::judge(&read.rows, &known));
    errors.extend(
        read.rows
            .iter()
            .filter_map(|row| wrong_state(row, &known.facts)),
    );
    let mut found = Imported {
        plan: InspectionPlan::default(),
        errors: imports::sorted(errors),
        notes: read.notes.clone(),
        done: false,
    };
    let mut visits = Vec::new();
    if found.errors.is_empty() {
        for ((day, post, class), rows) in by_visit(call, read, &known) {
            let class = ClassId::new(class);
            let stored = checks::of_day(db, &call.school, day, &post)?;
            let stored = stored
                .iter()
                .filter(|row| row.counts && row.class_id == class.as_str());
            let rows = compare(rows, stored, &mut found.plan);
            visits.extend(rows.map(|rows| Visit {
                day,
                post,
                class,
                rows,
            }));
        }
    }
    Ok((found, visits))
}

/// Draft rounds may be inspected already; published numbers stand.
fn wrong_state(row: &FileRow, facts: &Facts) -> Option<RowError> {
    let name = row.round.as_deref()?;
    let round = facts.round(name)?;
    (round.state == RoundState::Published).then(|| RowError {
        line: row.line,
        column: "round",
        value: name.to_owned(),
        message: Message::new("import-round-not-taking").with("value", name),
    })
}

/// Day, post and class id.
type VisitKey = (NaiveDate, String, String);

fn by_visit(
    call: &Call,
    read: &Report<FileRow>,
    known: &Known,
) -> BTreeMap<VisitKey, Vec<InspectionRow>> {
    let mut visits: BTreeMap<VisitKey, Vec<InspectionRow>> = BTreeMap::new();
    for row in &read.rows {
        let round = row.round.as_deref();
        let round = round.and_then(|name| known.facts.round(name));
        let named = known
            .item(row)
            .zip(known.class_id(&row.class))
            .zip(known.posts.get(&row.post));
        let Some(((item, class), post)) = named else {
            continue;
        };
        let key = (row.date, post.clone(), class.to_string());
        visits.entry(key).or_default().push(InspectionRow {
            school_id: call.school.to_string(),
            id: new_id(),
            round_id: round.map(|round| round.id.clone()),
            on_date: row.date,
            post: post.clone(),
            class_id: class.to_string(),
            item: item.to_owned(),
            full_marks: row.full,
            points: row.points,
            reason: String::new(),
            checked_by: IMPORTED.to_owned(),
            saved_at: call.now,
            counts: true,
            first_at: call.now,
            ..InspectionRow::default()
        });
    }
    visits
}

/// The rows to be stored in place of the imported ones, or nothing where these say the same already.
fn compare<'s>(
    mut rows: Vec<InspectionRow>,
    stored: impl Iterator<Item = &'s InspectionRow>,
    plan: &mut InspectionPlan,
) -> Option<Vec<InspectionRow>> {
    let (imported, seen): (Vec<_>, Vec<_>) = stored.partition(|row| row.checked_by == IMPORTED);
    for row in seen {
        if let Some(at) = rows.iter().position(|new| same(new, row)) {
            rows.remove(at);
            plan.unchanged += 1;
        }
    }
    let mut fresh: Vec<&InspectionRow> = rows.iter().collect();
    let mut gone = 0;
    for row in imported {
        match fresh.iter().position(|new| same(new, row)) {
            Some(at) => drop(fresh.remove(at)),
            None => gone += 1,
        }
    }
    let new = fresh.len();
    plan.unchanged += rows.len() - new;
    plan.created += new.saturating_sub(gone);
    plan.replaced += gone;
    (new > 0 || gone > 0).then_some(rows)
}

fn same(a: &InspectionRow, b: &InspectionRow) -> bool {
    let key = |row: &InspectionRow| (row.round_id.clone(), row.item.clone());
    let bits = |row: &InspectionRow| (row.full_marks.to_bits(), row.points.to_bits());
    key(a) == key(b) && bits(a) == bits(b)
}
