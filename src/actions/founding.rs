//! A school begins: its row, the built-in rubric, the default duty posts and a one-time set-up address, by which the
//! first administrator makes an account. No account exists before.

use super::{Acted, new_id, session::Origin, staff_accounts::NewStaff, staff_accounts::add_row};
use crate::{
    domain::{
        actor::{Actor, Call, SchoolPermit},
        refusal::Refusal,
        rubric::Rubric,
    },
    exchange::rubric_toml,
    keys::token::Token,
    storage::{
        StorageError, Tx, duty,
        duty::PostRow,
        schools,
        schools::{RubricRow, SchoolRow},
        staff::StaffRow,
    },
};

/// A set-up address holds for an hour.
const SETUP_MILLIS: i64 = 60 * 60 * 1000;

/// When each default post looks, in minutes of the day, by the inspection item's id.
const HOURS: [(&str, i32, i32); 6] = [
    ("discipline", 7 * 60 + 40, 17 * 60),
    ("hygiene", 7 * 60 + 40, 17 * 60),
    ("courtesy", 7 * 60 + 20, 17 * 60),
    ("assembly", 7 * 60 + 40, 17 * 60),
    ("recess", 9 * 60 + 30, 11 * 60),
    ("reading", 12 * 60, 14 * 60),
];
/// For an item that the table above does not know.
const ALL_DAY: (i32, i32) = (7 * 60 + 20, 17 * 60);

/// A school that was just founded.
#[derive(Debug)]
pub struct Founded {
    pub school: SchoolRow,
    /// Shown once, as the address `/setup/{token}`.
    pub setup: Token,
}

/// Founds the school whose fresh id is `call.school`; for the machine itself (`starlight init`, demo).
///
/// # Errors
/// `Invalid`: `school-name`, `timezone`. `Conflict` of storage where the id is in use.
pub fn found(tx: &mut Tx<'_>, call: &Call, name: &str, timezone: &str) -> Acted<Founded> {
    let permit = machine(call)?;
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 60 || name.chars().any(char::is_control) {
        return Err(Refusal::Invalid("school-name".to_owned()).into());
    }
    if timezone.parse::<chrono_tz::Tz>().is_err() {
        return Err(Refusal::Invalid("timezone".to_owned()).into());
    }
    let school = SchoolRow {
        id: call.school.to_string(),
        name: name.to_owned(),
        timezone: timezone.to_owned(),
        board_version: 1,
        created_at: call.now,
    };
    schools::add(tx, &permit, &school)?;
    let rubric = first_rubric(tx, &permit, call)?;
    for post in default_posts(call, &rubric) {
        duty::add_post(tx, &permit, &post)?;
    }
    tx.record(call, "school.found", &format!("school/{}", school.id), "")?;
    let setup = open_setup(tx, call)?;
    Ok(Founded { school, setup })
}

/// Opens another set-up address for the school: for the owner of the server, when the first one ran out or the last
/// administrator is locked out.
pub fn open_setup(tx: &mut Tx<'_>, call: &Call) -> Acted<Token> {
    let permit = machine(call)?;
    let setup = Token::fresh().map_err(|e| StorageError::Broken(e.to_string()))?;
    let expires = call.now + SETUP_MILLIS;
    schools::add_setup(tx, &permit, &call.school, &setup.hash().hex(), expires)?;
    tx.record(call, "setup.open", &format!("school/{}", call.school), "")?;
    Ok(setup)
}

/// Makes the administrator of a set-up address and uses the address up. `token_hash` is the hexadecimal hash of the
/// token in the address; password rules are judged and the hash is made before.
///
/// # Errors
/// `Expired` for an unknown, used or outdated address; those of an account's name and login.
pub fn set_up_first_admin(
    tx: &mut Tx<'_>,
    origin: &Origin,
    token_hash: &str,
    login: &str,
    name: &str,
    password_hash: &str,
) -> Acted<StaffRow> {
    let school = match schools::setup_school(tx, token_hash, origin.now) {
        Ok(school) => school,
        Err(StorageError::NotFound) => return Err(Refusal::Expired.into()),
        Err(other) => return Err(other.into()),
    };
    let call = origin.call(school, Actor::System);
    let permit = machine(&call)?;
    let new = NewStaff {
        login: login.to_owned(),
        name: name.to_owned(),
        admin: true,
    };
    let row = add_row(tx, &permit, &call, &new, password_hash, false)?;
    schools::use_setup(tx, token_hash, call.now)?;
    tx.record(
        &call,
        "setup.use",
        &format!("staff/{}", row.id),
        "role=admin",
    )?;
    Ok(row)
}

fn machine(call: &Call) -> Acted<SchoolPermit> {
    match call.actor {
        Actor::System => Ok(call.actor.run_school()?),
        _ => Err(Refusal::Forbidden.into()),
    }
}

fn first_rubric(tx: &mut Tx<'_>, permit: &SchoolPermit, call: &Call) -> Acted<Rubric> {
    let row = RubricRow {
        school_id: call.school.to_string(),
        id: new_id(),
        version: 1,
        name: String::new(),
        document: rubric_toml::STANDARD.to_owned(),
        created_at: call.now,
        created_by: call.actor.id().to_owned(),
    };
    schools::add_rubric(tx, permit, &row)?;
    Ok(rubric_toml::standard())
}

/// One post for each inspection item, under the item's name.
fn default_posts(call: &Call, rubric: &Rubric) -> Vec<PostRow> {
    let post = |item: &crate::domain::rubric::Item| {
        let known = HOURS.iter().find(|(id, ..)| *id == item.id);
        let (starts_minute, ends_minute) = known.map_or(ALL_DAY, |(_, from, to)| (*from, *to));
        PostRow {
            school_id: call.school.to_string(),
            id: new_id(),
            name: item.name.clone(),
            items: item.id.clone(),
            starts_minute,
            ends_minute,
            ..PostRow::default()
        }
    };
    rubric.items.iter().map(post).collect()
}
