//! The office's list of accounts, and giving a class to a homeroom teacher.

use std::collections::HashMap;

use super::{Acted, new_id};
use crate::{
    domain::{actor::Call, ids::ClassId},
    storage::{
        Db, Tx, access, staff,
        staff::{StaffRow, TeachingRow},
        students,
    },
};

/// An account with its classes of today.
#[derive(Clone, Debug)]
pub struct Listed {
    pub account: StaffRow,
    /// Class id and whether as homeroom teacher.
    pub classes: Vec<(String, bool)>,
    /// When its newest session was used.
    pub seen: Option<i64>,
}

/// All accounts by login.
pub fn load(db: &mut Db, call: &Call) -> Acted<Vec<Listed>> {
    let permit = call.actor.run_school()?;
    let school = &call.school;
    let teaching = staff::teaching_between(db, &permit, school, call.today, call.today)?;
    let seen: HashMap<String, i64> = access::staff_seen(db, &permit, school)?
        .into_iter()
        .collect();
    let accounts = staff::all(db, &permit, school)?.into_iter();
    let listed = accounts.map(|account| {
        let own = teaching.iter().filter(|t| t.staff_id == account.id);
        let mut classes: Vec<(String, bool)> = own
            .map(|t| (t.class_id.clone(), t.role == "homeroom"))
            .collect();
        classes.sort();
        // Who leads a class and teaches it stands there once.
        classes.dedup_by(|b, a| {
            let same = a.0 == b.0;
            a.1 |= same && b.1;
            same
        });
        Listed {
            seen: seen.get(&account.id).copied(),
            classes,
            account,
        }
    });
    Ok(listed.collect())
}

/// Makes an account the homeroom teacher of a class from today on.
pub fn give_homeroom(tx: &mut Tx<'_>, call: &Call, account: &str, class: &ClassId) -> Acted<()> {
    let permit = call.actor.run_school()?;
    students::class(tx, &call.school, class)?;
    let row = TeachingRow {
        school_id: call.school.to_string(),
        id: new_id(),
        staff_id: account.to_owned(),
        class_id: class.to_string(),
        role: "homeroom".to_owned(),
        subject: String::new(),
        starts_on: call.today,
        ends_on: None,
    };
    staff::add_teaching(tx, &permit, &row)?;
    tx.record(
        call,
        "staff.homeroom",
        &format!("staff/{account}"),
        class.as_str(),
    )?;
    Ok(())
}
