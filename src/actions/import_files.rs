//! A file on its way in through the office's page: kept with its hash after a dry run, carried out by naming the hash.
//! What the four kinds of files have in common for whoever shows it.

use super::{
    Acted, import_inspections, import_roster,
    import_roster::RosterPlan,
    import_sheets, import_teachers,
    import_teachers::{FirstPassword, Prepared},
    imports::{Imported, school_year},
    new_id,
};
use crate::{
    domain::{actor::Call, class_name::short_label, refusal::Refusal, roster_plan::ClassAt},
    exchange::{
        Report, RowError, inspections, inspections::InspectionRow, roster, roster::RosterRow,
        sheets, sheets::SheetRow, table::Table, teachers, teachers::TeacherRow,
    },
    keys::{mac, server_key::KeyRing},
    storage::{Db, Tx, access, access::UploadRow},
};

/// Rows shown of a long list of changes.
const MOST_CHANGES: usize = 300;

/// The rows of a file.
#[derive(Clone, Debug)]
pub enum Rows {
    Roster(Report<RosterRow>),
    Teachers(Report<TeacherRow>),
    Sheets(Report<SheetRow>),
    Inspections(Report<InspectionRow>),
}

/// Somebody whom the file adds, changes or does not name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// `new`, `changed` or `left`.
    pub kind: &'static str,
    pub who: String,
    pub before: String,
    pub after: String,
}

/// What the file would do, or did.
#[derive(Clone, Debug, Default)]
pub struct Told {
    pub rows: usize,
    pub new: usize,
    pub changed: usize,
    pub unchanged: usize,
    pub left: usize,
    pub errors: Vec<RowError>,
    pub moves: Vec<Moved>,
    pub done: bool,
    pub passwords: Vec<FirstPassword>,
}

impl Rows {
    /// Reads a table as one of the kinds; none for a kind that is not known.
    pub fn parse(kind: &str, table: &Table, call: &Call) -> Option<Self> {
        let year = school_year(call);
        Some(match kind {
            "roster" => Self::Roster(roster::parse(table, year)),
            "teachers" => Self::Teachers(teachers::parse(table, year)),
            "sheets" => Self::Sheets(sheets::parse(table)),
            "inspections" => Self::Inspections(inspections::parse(table, year)),
            _ => return None,
        })
    }

    /// What the file would change; nothing is written. For teachers also what their first passwords need.
    pub fn dry(&self, db: &mut Db, call: &Call) -> Acted<Told> {
        Ok(match self {
            Self::Roster(read) => of_roster(read, import_roster::report(db, call, read)?),
            Self::Teachers(read) => of_teachers(read, import_teachers::report(db, call, read)?),
            Self::Sheets(read) => {
                let found = import_sheets::report(db, call, read)?;
                let plan = &found.plan;
                let counts = [plan.created, plan.replaced, plan.unchanged];
                of_counts(read.rows.len(), counts, found)
            }
            Self::Inspections(read) => {
                let found = import_inspections::report(db, call, read)?;
                let plan = &found.plan;
                let counts = [plan.created, plan.replaced, plan.unchanged];
                of_counts(read.rows.len(), counts, found)
            }
        })
    }

    /// First passwords of the accounts that a teachers file would make; slow on purpose, hence before the write.
    pub fn prepare(&self, plan: Option<&import_teachers::TeacherPlan>) -> Acted<Prepared> {
        match (self, plan) {
            (Self::Teachers(_), Some(plan)) => import_teachers::prepare(plan),
            _ => Ok(Prepared::default()),
        }
    }

    /// The plan of a teachers file.
    pub fn teachers(
        &self,
        db: &mut Db,
        call: &Call,
    ) -> Acted<Option<import_teachers::TeacherPlan>> {
        match self {
            Self::Teachers(read) => Ok(Some(import_teachers::report(db, call, read)?.plan)),
            _ => Ok(None),
        }
    }

    /// Carries the file out: all of it or nothing. The report named every child that changes class, so whoever commits
    /// has seen them.
    pub fn apply(
        &self,
        tx: &mut Tx<'_>,
        call: &Call,
        ring: &KeyRing,
        prepared: &Prepared,
    ) -> Acted<Told> {
        Ok(match self {
            Self::Roster(read) => {
                let found = import_roster::apply(tx, call, ring, read, true)?;
                of_roster(read, found)
            }
            Self::Teachers(read) => {
                let (found, passwords) = import_teachers::apply(tx, call, read, prepared)?;
                Told {
                    passwords,
                    ..of_teachers(read, found)
                }
            }
            Self::Sheets(read) => {
                let found = import_sheets::apply(tx, call, read)?;
                let plan = &found.plan;
                let counts = [plan.created, plan.replaced, plan.unchanged];
                of_counts(read.rows.len(), counts, found)
            }
            Self::Inspections(read) => {
                let found = import_inspections::apply(tx, call, read)?;
                let plan = &found.plan;
                let counts = [plan.created, plan.replaced, plan.unchanged];
                of_counts(read.rows.len(), counts, found)
            }
        })
    }
}

fn of_counts<P>(rows: usize, [new, changed, unchanged]: [usize; 3], found: Imported<P>) -> Told {
    Told {
        rows,
        new,
        changed,
        unchanged,
        errors: found.errors,
        done: found.done,
        ..Told::default()
    }
}

fn of_roster(read: &Report<RosterRow>, found: Imported<RosterPlan>) -> Told {
    let plan = &found.plan.plan;
    let named = |no: &str| {
        let row = read.rows.iter().find(|r| r.student_no == no);
        row.map_or_else(|| no.to_owned(), |r| format!("{no} {}", r.name))
    };
    let class = |at: Option<ClassAt>| {
        at.map(|(grade, number)| short_label(u32::from(grade), u32::from(number)))
            .unwrap_or_default()
    };
    let moved = |kind, who: String, before, after| Moved {
        kind,
        who,
        before,
        after,
    };
    let movers = plan.moved.iter();
    let movers = movers.map(|m| {
        moved(
            "changed",
            named(&m.student_no),
            class(m.from),
            class(Some(m.to)),
        )
    });
    let changed = plan.changed.iter();
    let changed = changed.map(|c| {
        moved(
            "changed",
            named(&c.student_no),
            String::new(),
            String::new(),
        )
    });
    let left = plan.absent.iter();
    let left = left.map(|no| moved("left", no.clone(), String::new(), String::new()));
    let new = plan.new.iter().map(|p| {
        let who = format!("{} {}", p.student_no, p.name);
        moved("new", who, String::new(), class(p.class))
    });
    let moves: Vec<Moved> = movers.chain(changed).chain(left).chain(new).collect();
    Told {
        rows: read.rows.len(),
        new: plan.new.len(),
        changed: plan.changed.len() + plan.moved.len() + found.plan.details.len(),
        unchanged: plan.unchanged.len(),
        left: plan.absent.len(),
        moves: moves.into_iter().take(MOST_CHANGES).collect(),
        errors: found.errors,
        done: found.done,
        passwords: Vec::new(),
    }
}

fn of_teachers(read: &Report<TeacherRow>, found: Imported<import_teachers::TeacherPlan>) -> Told {
    let plan = &found.plan;
    let one = |kind, who: String, after: &str| Moved {
        kind,
        who,
        before: String::new(),
        after: after.to_owned(),
    };
    let renamed = plan.renamed.iter();
    let renamed = renamed.map(|(login, name)| one("changed", login.clone(), name));
    let new = plan.new.iter();
    let new = new.map(|(login, name)| one("new", format!("{login} {name}"), ""));
    let started = plan.started.iter();
    let started = started.map(|l| one("changed", l.login.clone(), &l.code));
    let moves: Vec<Moved> = renamed.chain(started).chain(new).collect();
    let touched = plan.new.len() + plan.renamed.len();
    Told {
        rows: read.rows.len(),
        new: plan.new.len(),
        changed: plan.renamed.len(),
        unchanged: read.rows.len().saturating_sub(touched),
        left: plan.absent.len(),
        moves: moves.into_iter().take(MOST_CHANGES).collect(),
        errors: found.errors,
        done: found.done,
        passwords: Vec::new(),
    }
}

/// Keeps a file for its second step; returns its SHA-256.
pub fn keep(
    tx: &mut Tx<'_>,
    call: &Call,
    kind: &str,
    file_name: &str,
    body: Vec<u8>,
) -> Acted<String> {
    call.actor.run_school()?;
    let sha256 = mac::hex(&mac::sha256(&body));
    let detail = format!("bytes={} sha256={sha256}", body.len());
    let row = UploadRow {
        school_id: call.school.to_string(),
        id: new_id(),
        kind: kind.to_owned(),
        file_name: file_name.chars().take(120).collect(),
        sha256: sha256.clone(),
        body,
        uploaded_by: call.actor.id().to_owned(),
        uploaded_at: call.now,
    };
    access::add_upload(tx, &row)?;
    tx.record(call, "import.check", &format!("import/{kind}"), &detail)?;
    Ok(sha256)
}

/// The caller's own file of a kind with exactly this hash.
pub fn kept(db: &mut Db, call: &Call, kind: &str, sha256: &str) -> Acted<UploadRow> {
    call.actor.run_school()?;
    let found = access::upload(db, &call.school, call.actor.id(), kind, sha256)?;
    Ok(found.ok_or(Refusal::NotFound)?)
}

/// Forgets a file that was carried out.
pub fn forget(tx: &mut Tx<'_>, call: &Call, id: &str) -> Acted<()> {
    Ok(access::end_upload(tx, &call.school, id)?)
}
