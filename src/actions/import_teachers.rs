//! A teachers file comes in: accounts with first passwords, and who has which class from today on. Never touches the
//! password of an account that exists; teachers who are not in the file keep their account and their classes, but for
//! a homeroom that the file gives to somebody else.
//!
//! Three steps, because hashing takes seconds: [`report`] reads, [`prepare`] hashes without any connection, [`apply`]
//! writes.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{Acted, import_classes::ClassCodes, imports, imports::Imported, new_id};
use crate::{
    domain::{
        actor::{Call, SchoolPermit},
        ids::ClassId,
        refusal::Refusal,
    },
    exchange::{Message, Report, RowError, class_name::ClassName, teachers::TeacherRow},
    keys,
    storage::{
        Db, StorageError, Tx, staff,
        staff::{StaffRow, TeachingRow},
    },
};

/// A class had by a teacher.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lesson {
    pub login: String,
    pub class: ClassId,
    /// Public code of the class.
    pub code: String,
    /// `homeroom` or `subject`.
    pub role: &'static str,
    /// Subjects, separated by `、`; empty for a homeroom.
    pub subject: String,
}

/// What a teachers file would change.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TeacherPlan {
    /// Login and name of accounts to be made.
    pub new: Vec<(String, String)>,
    /// Login and new name.
    pub renamed: Vec<(String, String)>,
    pub started: Vec<Lesson>,
    /// Ids of teaching rows that end today.
    pub ended: Vec<String>,
    /// Logins of teachers whom the file does not name; nothing happens to them.
    pub absent: Vec<String>,
}

impl TeacherPlan {
    /// Whether carrying it out would change nothing.
    pub fn is_empty(&self) -> bool {
        self.new.is_empty()
            && self.renamed.is_empty()
            && self.started.is_empty()
            && self.ended.is_empty()
    }
}

/// What the office prints once and hands over.
#[derive(Clone, PartialEq, Eq)]
pub struct FirstPassword {
    pub login: String,
    pub name: String,
    pub password: String,
}

impl std::fmt::Debug for FirstPassword {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "FirstPassword({}, hidden)", self.login)
    }
}

/// First passwords with their hashes.
#[derive(Debug, Default)]
pub struct Prepared(Vec<(FirstPassword, String)>);

/// What the file would change; nothing is written.
pub fn report(db: &mut Db, call: &Call, read: &Report<TeacherRow>) -> Acted<Imported<TeacherPlan>> {
    let permit = call.actor.run_school()?;
    judge(db, &permit, call, read)
}

/// Makes and hashes the first passwords of a plan's new accounts: a few dozen milliseconds each, so on a blocking
/// thread and outside of any read or write.
pub fn prepare(plan: &TeacherPlan) -> Acted<Prepared> {
    let broken = |error: &dyn std::fmt::Display| StorageError::Broken(error.to_string());
    let mut all = Vec::with_capacity(plan.new.len());
    for (login, name) in &plan.new {
        let password = keys::first_password::first_password().map_err(|e| broken(&e))?;
        let hash = keys::password::hash(&password).map_err(|e| broken(&e))?;
        let first = FirstPassword {
            login: login.clone(),
            name: name.clone(),
            password,
        };
        all.push((first, hash));
    }
    Ok(Prepared(all))
}

/// Carries the file out, if it has no error. The first passwords are those of the accounts made now.
///
/// # Errors
/// `Stale` where accounts have gone since [`prepare`], so that there is no password for one.
pub fn apply(
    tx: &mut Tx<'_>,
    call: &Call,
    read: &Report<TeacherRow>,
    prepared: &Prepared,
) -> Acted<(Imported<TeacherPlan>, Vec<FirstPassword>)> {
    let permit = call.actor.run_school()?;
    let mut found = judge(tx, &permit, call, read)?;
    let object = format!("school/{}", call.school);
    let detail = format!(
        "new={} renamed={} started={} ended={} errors={}",
        found.plan.new.len(),
        found.plan.renamed.len(),
        found.plan.started.len(),
        found.plan.ended.len(),
        found.errors.len()
    );
    if !found.errors.is_empty() {
        tx.record_outcome(call, "import.teachers", &object, "refused", &detail)?;
        return Ok((found, Vec::new()));
    }
    let passwords = add_accounts(tx, &permit, call, &found.plan, prepared)?;
    let accounts = by_login(tx, &permit, call)?;
    for (login, name) in &found.plan.renamed {
        if let Some(account) = accounts.get(login) {
            staff::rename(tx, &permit, &call.school, &account.id, name)?;
        }
    }
    for id in &found.plan.ended {
        staff::end_teaching(tx, &permit, &call.school, id, call.today)?;
    }
    for lesson in &found.plan.started {
        let account = accounts.get(&lesson.login).ok_or(Refusal::Stale)?;
        staff::add_teaching(tx, &permit, &teaching_row(call, &account.id, lesson))?;
    }
    tx.record(call, "import.teachers", &object, &detail)?;
    found.done = true;
    Ok((found, passwords))
}

fn add_accounts(
    tx: &mut Tx<'_>,
    permit: &SchoolPermit,
    call: &Call,
    plan: &TeacherPlan,
    prepared: &Prepared,
) -> Acted<Vec<FirstPassword>> {
    let mut passwords = Vec::with_capacity(plan.new.len());
    for (login, name) in &plan.new {
        let made = prepared.0.iter().find(|(first, _)| first.login == *login);
        let (first, hash) = made.ok_or(Refusal::Stale)?;
        let account = StaffRow {
            school_id: call.school.to_string(),
            id: new_id(),
            login: login.clone(),
            name: name.clone(),
            role: "teacher".to_owned(),
            password_hash: hash.clone(),
            must_change: true,
            totp_secret: None,
            totp_last_step: 0,
            recovery: String::new(),
            disabled_at: None,
            created_at: call.now,
        };
        staff::add(tx, permit, &account)?;
        passwords.push(first.clone());
    }
    Ok(passwords)
}

fn teaching_row(call: &Call, staff: &str, lesson: &Lesson) -> TeachingRow {
    TeachingRow {
        school_id: call.school.to_string(),
        id: new_id(),
        staff_id: staff.to_owned(),
        class_id: lesson.class.to_string(),
        role: lesson.role.to_owned(),
        subject: lesson.subject.clone(),
        starts_on: call.today,
        ends_on: None,
    }
}

fn by_login(db: &mut Db, permit: &SchoolPermit, call: &Call) -> Acted<HashMap<String, StaffRow>> {
    let all = staff::all(db, permit, &call.school)?.into_iter();
    Ok(all.map(|row| (row.login.clone(), row)).collect())
}

fn judge(
    db: &mut Db,
    permit: &SchoolPermit,
    call: &Call,
    read: &Report<TeacherRow>,
) -> Acted<Imported<TeacherPlan>> {
    let accounts = by_login(db, permit, call)?;
    let codes = ClassCodes::load(db, call)?;
    let today = staff::teaching_between(db, permit, &call.school, call.today, call.today)?;
    let (wanted, mut errors) = lessons(&read.rows, &codes);
    errors.extend(read.errors.iter().cloned());
    let mut plan = TeacherPlan::default();
    for row in &read.rows {
        let entry = (row.login.clone(), row.name.clone());
        match accounts.get(&row.login) {
            None => plan.new.push(entry),
            Some(account) if account.name != row.name => plan.renamed.push(entry),
            Some(_) => {}
        }
    }
    let named: HashSet<&str> = read.rows.iter().map(|row| row.login.as_str()).collect();
    let is_absent = |row: &&StaffRow| row.role == "teacher" && !named.contains(row.login.as_str());
    plan.absent = accounts
        .values()
        .filter(is_absent)
        .map(|row| row.login.clone())
        .collect();
    plan.absent.sort();
    change_lessons(&mut plan, wanted, &today, &accounts, &named);
    Ok(Imported {
        plan,
        errors: imports::sorted(errors),
        notes: read.notes.clone(),
        done: false,
    })
}

/// Every class that the file gives to somebody, and the rows that name a class nobody knows.
fn lessons(rows: &[TeacherRow], codes: &ClassCodes) -> (Vec<Lesson>, Vec<RowError>) {
    let (mut wanted, mut errors) = (Vec::new(), Vec::new());
    for row in rows {
        let homeroom = row.homeroom.map(|class| (class, "homeroom", String::new()));
        let subject = row.subjects.join("、");
        let taught = row
            .classes
            .iter()
            .map(|class| (*class, "subject", subject.clone()));
        for (class, role, subject) in homeroom.into_iter().chain(taught) {
            match codes.id(&class.code()) {
                Some(id) => wanted.push(Lesson {
                    login: row.login.clone(),
                    class: id.clone(),
                    code: class.code(),
                    role,
                    subject,
                }),
                None => errors.push(unknown_class(row, class, role)),
            }
        }
    }
    (wanted, errors)
}

fn unknown_class(row: &TeacherRow, class: ClassName, role: &str) -> RowError {
    let column = match role {
        "homeroom" => "homeroom",
        _ => "classes",
    };
    RowError {
        line: row.line,
        column,
        value: class.code(),
        message: Message::new("import-unknown-class").with("value", class.code()),
    }
}

fn change_lessons(
    plan: &mut TeacherPlan,
    wanted: Vec<Lesson>,
    today: &[TeachingRow],
    accounts: &HashMap<String, StaffRow>,
    named: &HashSet<&str>,
) {
    let login_of: HashMap<&str, &str> = accounts
        .values()
        .map(|row| (row.id.as_str(), row.login.as_str()))
        .collect();
    let is_kept = |row: &TeachingRow, lesson: &Lesson| {
        login_of.get(row.staff_id.as_str()) == Some(&lesson.login.as_str())
            && row.class_id == lesson.class.as_str()
            && row.role == lesson.role
            && row.subject == lesson.subject
    };
    let led: BTreeSet<&str> = wanted
        .iter()
        .filter(|lesson| lesson.role == "homeroom")
        .map(|lesson| lesson.class.as_str())
        .collect();
    for row in today {
        let in_file = login_of
            .get(row.staff_id.as_str())
            .is_some_and(|login| named.contains(login));
        let given_away = row.role == "homeroom" && led.contains(row.class_id.as_str());
        let kept = wanted.iter().any(|lesson| is_kept(row, lesson));
        if (in_file || given_away) && !kept {
            plan.ended.push(row.id.clone());
        }
    }
    plan.started = wanted
        .into_iter()
        .filter(|lesson| !today.iter().any(|row| is_kept(row, lesson)))
        .collect();
}
