//! The office keeps the accounts of staff: adds them, resets what was forgotten, lets nobody in who has left.
//! Passwords arrive as hashes; rules and hashing come before the write.

use super::{Acted, new_id};
use crate::{
    domain::{
        actor::{Call, SchoolPermit},
        ids::StaffId,
        refusal::Refusal,
    },
    storage::{Db, StorageError, Tx, access, staff, staff::StaffRow},
};

/// Word of the office's role in the database.
pub const ADMIN: &str = "admin";
/// Word of everybody else's.
pub const TEACHER: &str = "teacher";

/// An account to be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewStaff {
    /// Letters, digits, `.`, `-`, `_`, `@`; 2 to 64.
    pub login: String,
    pub name: String,
    /// Of the moral-education office.
    pub admin: bool,
}

/// Adds an account whose first password must be changed at the first sign-in.
///
/// # Errors
/// `Invalid`: `staff-login`, `staff-name`. `Taken`: `staff-login`.
pub fn add_staff(
    tx: &mut Tx<'_>,
    call: &Call,
    new: &NewStaff,
    password_hash: &str,
) -> Acted<StaffRow> {
    let permit = call.actor.run_school()?;
    let row = add_row(tx, &permit, call, new, password_hash, true)?;
    let detail = format!("role={}", row.role);
    tx.record(call, "staff.add", &format!("staff/{}", row.id), &detail)?;
    Ok(row)
}

/// Gives an account a new first password and ends its sessions.
pub fn reset_password(tx: &mut Tx<'_>, call: &Call, id: &StaffId, hash: &str) -> Acted<()> {
    call.actor.run_school()?;
    staff::get(tx, &call.school, id)?;
    staff::set_password(tx, &call.school, id, hash, true)?;
    access::end_sessions_of(tx, &call.school, id.as_str(), "", call.now)?;
    tx.record(call, "staff.reset_password", &format!("staff/{id}"), "")?;
    Ok(())
}

/// Takes an account's second factor away, so that it is set up anew at the next sign-in, and ends its sessions.
pub fn reset_second_factor(tx: &mut Tx<'_>, call: &Call, id: &StaffId) -> Acted<()> {
    call.actor.run_school()?;
    staff::get(tx, &call.school, id)?;
    staff::set_totp(tx, &call.school, id, None, 0, "")?;
    access::end_sessions_of(tx, &call.school, id.as_str(), "", call.now)?;
    tx.record(
        call,
        "staff.reset_second_factor",
        &format!("staff/{id}"),
        "",
    )?;
    Ok(())
}

/// Lets nobody in by this account any more and ends its sessions. What it wrote stays.
///
/// # Errors
/// `Invalid` with `last-admin` for the last administrator.
pub fn disable_staff(tx: &mut Tx<'_>, call: &Call, id: &StaffId) -> Acted<()> {
    let permit = call.actor.run_school()?;
    let row = staff::get(tx, &call.school, id)?;
    if row.role == ADMIN && row.disabled_at.is_none() && admins(tx, &permit, call)? < 2 {
        return Err(Refusal::Invalid("last-admin".to_owned()).into());
    }
    let since = row.disabled_at.or(Some(call.now));
    staff::set_disabled(tx, &permit, &call.school, id.as_str(), since)?;
    access::end_sessions_of(tx, &call.school, id.as_str(), "", call.now)?;
    tx.record(call, "staff.disable", &format!("staff/{id}"), "")?;
    Ok(())
}

/// Lets an account in again.
pub fn enable_staff(tx: &mut Tx<'_>, call: &Call, id: &StaffId) -> Acted<()> {
    let permit = call.actor.run_school()?;
    staff::get(tx, &call.school, id)?;
    staff::set_disabled(tx, &permit, &call.school, id.as_str(), None)?;
    tx.record(call, "staff.enable", &format!("staff/{id}"), "")?;
    Ok(())
}

/// Administrators who can get in.
pub fn admins(db: &mut Db, permit: &SchoolPermit, call: &Call) -> Acted<usize> {
    let all = staff::all(db, permit, &call.school)?;
    let active = |s: &&StaffRow| s.role == ADMIN && s.disabled_at.is_none();
    Ok(all.iter().filter(active).count())
}

/// Judges and stores an account; the caller leaves the audit line.
pub(super) fn add_row(
    tx: &mut Tx<'_>,
    permit: &SchoolPermit,
    call: &Call,
    new: &NewStaff,
    password_hash: &str,
    must_change: bool,
) -> Acted<StaffRow> {
    let login = judge_login(&new.login)?;
    let name = new.name.trim();
    if name.is_empty() || name.chars().count() > 40 || name.chars().any(char::is_control) {
        return Err(Refusal::Invalid("staff-name".to_owned()).into());
    }
    let row = StaffRow {
        school_id: call.school.to_string(),
        id: new_id(),
        login: login.to_owned(),
        name: name.to_owned(),
        role: if new.admin { ADMIN } else { TEACHER }.to_owned(),
        password_hash: password_hash.to_owned(),
        must_change,
        totp_secret: None,
        totp_last_step: 0,
        recovery: String::new(),
        disabled_at: None,
        created_at: call.now,
    };
    match staff::add(tx, permit, &row) {
        Ok(()) => Ok(row),
        Err(StorageError::Conflict) => Err(Refusal::Taken("staff-login".to_owned()).into()),
        Err(other) => Err(other.into()),
    }
}

/// The same characters as in an imported teachers file.
fn judge_login(text: &str) -> Result<&str, Refusal> {
    let login = text.trim();
    let allowed = |c: char| c.is_ascii_alphanumeric() || ".-_@".contains(c);
    if !(2..=64).contains(&login.len()) || !login.chars().all(allowed) {
        return Err(Refusal::Invalid("staff-login".to_owned()));
    }
    Ok(login)
}
